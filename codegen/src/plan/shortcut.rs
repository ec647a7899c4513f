//! Which resource is the caller's account, so that what is below it can be reached without saying so.
//!
//! A vendor may have the account in its paths: `/Accounts/{AccountSid}/Messages`. Most callers have one, which the client
//! signs in with.

use crate::api::{Api, Parameter, Resource, ResourceId, Scalar};

/// The resource of the account below the root, if it is one text in the path and something is below it.
pub(super) fn account(api: &Api) -> Option<ResourceId> {
    let parameter = api.vendor.account()?.parameter;
    let mut children = api.resource(ResourceId(0)).children.iter().copied();
    children.find(|&id| {
        let resource = api.resource(id);
        let is_text = matches!(resource.parameters.as_slice(), [only] if is_text(api, only));
        is_text && names_below(api, resource).any(|it| it == parameter)
    })
}

/// What operations below a resource of one parameter call that. The resource itself may call it its own id.
fn names_below<'a>(api: &'a Api, resource: &'a Resource) -> impl Iterator<Item = &'a str> {
    let mut next: Vec<ResourceId> = resource.children.clone();
    let below = std::iter::from_fn(move || {
        let resource = api.resource(next.pop()?);
        next.extend(&resource.children);
        Some(resource)
    });
    let operations = below.flat_map(|it| &it.operations);
    let parameters = operations.filter_map(|&it| api.operation(it).path_parameters.first());
    parameters.map(|it| it.wire_name.as_str())
}

fn is_text(api: &Api, parameter: &Parameter) -> bool {
    let writing = parameter.writing;
    let is_plain = !writing.is_json() && writing.style().is_plain();
    is_plain && api.path_scalar(parameter) == Some(Scalar::String)
}
