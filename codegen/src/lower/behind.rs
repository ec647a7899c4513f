//! Follows references, any number of them in a row, to parameters, request bodies, responses and schemas of forms.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema};

use super::Lowering;
use crate::api::Use;
use crate::pointer::Pointer;
use crate::vendor::Vendor;

/// An object where an operation has it, or behind references.
pub(super) struct Found<'a, T> {
    /// Its place.
    pub(super) at: Pointer,
    pub(super) item: &'a T,
    /// The name of the component that it is, if it is one: several operations may share it.
    pub(super) component: Option<&'a str>,
}

/// Finds what `body`, which stands at `at`, leads to. `None` if it leads nowhere, which `load` has reported.
pub(super) fn request_body<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    body: &'a ReferenceOr<RequestBody>,
) -> Option<Found<'a, RequestBody>> {
    found(spec, |it| &it.request_bodies, at, body)
}

/// Finds what `response`, which stands at `at`, leads to. `None` if it leads nowhere, which `load` has reported.
pub(super) fn response<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    response: &'a ReferenceOr<Response>,
) -> Option<Found<'a, Response>> {
    found(spec, |it| &it.responses, at, response)
}

/// Finds what `parameter`, which stands at `at`, leads to. `None` if it leads nowhere, which `load` has reported.
pub(super) fn parameter<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    parameter: &'a ReferenceOr<Parameter>,
) -> Option<Found<'a, Parameter>> {
    found(spec, |it| &it.parameters, at, parameter)
}

/// Finds what `schema`, which stands at `at`, leads to. `None` if it leads nowhere, which `load` has reported.
pub(super) fn schema<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    schema: &'a ReferenceOr<Schema>,
) -> Option<Found<'a, Schema>> {
    found(spec, |it| &it.schemas, at, schema)
}

/// The same of a response where nobody asks for its place.
pub(super) fn response_alone<'a>(
    spec: &'a OpenAPI,
    response: &'a ReferenceOr<Response>,
) -> Option<&'a Response> {
    self::response(spec, &Pointer::root(), response).map(|it| it.item)
}

impl<'a> Lowering<'a> {
    /// Lowers the schema of a body or an answer, once for all operations that share it.
    pub(super) fn value_once(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &str,
    ) -> Use {
        self.once(at, |it, at| it.value(at, schema, context))
    }

    /// Lowers the schema at `at`, unless that was done for another operation.
    pub(super) fn once(
        &mut self,
        at: &Pointer,
        lower: impl FnOnce(&mut Self, &Pointer) -> Use,
    ) -> Use {
        if let Some(value) = self.shared.get(at) {
            return value.clone();
        }
        let value = lower(self, at);
        self.shared.insert(at.clone(), value.clone());
        value
    }
}

/// The words for what is written inside a body or an answer, which is of this `kind`: a component gives its own, and what
/// is in an operation, the operation's.
pub(super) fn context(
    vendor: Vendor,
    component: Option<&str>,
    operation: &str,
    kind: &str,
) -> String {
    let Some(component) = component else {
        return format!("{operation}_{kind}");
    };
    let name = vendor.type_name(component);
    if name.to_ascii_lowercase().ends_with(kind) {
        name
    } else {
        format!("{name}_{kind}")
    }
}

fn found<'a, T>(
    spec: &'a OpenAPI,
    section: fn(&Components) -> &IndexMap<String, ReferenceOr<T>>,
    at: &Pointer,
    value: &'a ReferenceOr<T>,
) -> Option<Found<'a, T>> {
    let (mut at, mut value, mut component) = (at.clone(), value, None);
    // `load` has refused circles of references.
    loop {
        match value {
            ReferenceOr::Item(item) => {
                return Some(Found {
                    at,
                    item,
                    component,
                });
            }
            ReferenceOr::Reference { reference } => {
                at = Pointer::from_fragment(reference)?;
                let section = section(spec.components.as_ref()?);
                let (name, next) = section.get_key_value(&at.tokens().last()?)?;
                (value, component) = (next, Some(name.as_str()));
            }
        }
    }
}
