//! Resolves references, any number of them in a row, to components of all kinds.

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::Lowering;
use super::context::Context;
use crate::api::Use;
use crate::pointer::Pointer;
use crate::vendor::Vendor;
use crate::words;

/// An object of an operation, after resolving references.
pub(super) struct Resolved<'a, T> {
    /// Its place.
    pub(super) at: Pointer,
    pub(super) item: &'a T,
    /// The component's name, if it is one: several operations may share it.
    pub(super) component: Option<&'a str>,
}

/// Resolves `body` at `at`. `None` if a reference has no target, which `load` has reported.
pub(super) fn request_body<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    body: &'a ReferenceOr<RequestBody>,
) -> Option<Resolved<'a, RequestBody>> {
    found(spec, |it| &it.request_bodies, at, body)
}

/// Resolves `response` at `at`. `None` if a reference has no target, which `load` has reported.
pub(super) fn response<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    response: &'a ReferenceOr<Response>,
) -> Option<Resolved<'a, Response>> {
    found(spec, |it| &it.responses, at, response)
}

/// Resolves `parameter` at `at`. `None` if a reference has no target, which `load` has reported.
pub(super) fn parameter<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    parameter: &'a ReferenceOr<Parameter>,
) -> Option<Resolved<'a, Parameter>> {
    found(spec, |it| &it.parameters, at, parameter)
}

/// Resolves `schema` at `at`. `None` if a reference has no target, which `load` has reported.
pub(super) fn schema<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    schema: &'a ReferenceOr<Schema>,
) -> Option<Resolved<'a, Schema>> {
    found(spec, |it| &it.schemas, at, schema)
}

/// Resolves a security scheme at `at`. `None` if a reference has no target, which `load` has reported.
pub(super) fn security_scheme<'a>(
    spec: &'a OpenAPI,
    at: &Pointer,
    scheme: &'a ReferenceOr<SecurityScheme>,
) -> Option<Resolved<'a, SecurityScheme>> {
    found(spec, |it| &it.security_schemes, at, scheme)
}

/// Resolves a response without its place.
pub(super) fn response_alone<'a>(
    spec: &'a OpenAPI,
    response: &'a ReferenceOr<Response>,
) -> Option<&'a Response> {
    self::response(spec, &Pointer::root(), response).map(|it| it.item)
}

/// Resolves a header of a response without its place.
pub(super) fn header<'a>(spec: &'a OpenAPI, header: &'a ReferenceOr<Header>) -> Option<&'a Header> {
    found(spec, |it| &it.headers, &Pointer::root(), header).map(|it| it.item)
}

impl<'a> Lowering<'a> {
    /// Lowers the schema of a body or a parameter, once for all operations that share it.
    pub(super) fn value_once(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &Context<'_>,
    ) -> Use {
        self.once(at, |it, at| it.value(at, schema, context))
    }

    /// Lowers the schema at `at`, unless that was already done for another operation.
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

/// The words that name inline types inside of a body of this `kind`: from the component if it is one, else from the
/// operation.
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
    let name = match name.to_ascii_lowercase().ends_with(kind) {
        true => name,
        false => format!("{name}_{kind}"),
    };
    words::status_last(&name)
}

fn found<'a, T>(
    spec: &'a OpenAPI,
    section: fn(&Components) -> &IndexMap<String, ReferenceOr<T>>,
    at: &Pointer,
    value: &'a ReferenceOr<T>,
) -> Option<Resolved<'a, T>> {
    let (mut at, mut value, mut component) = (at.clone(), value, None);
    // Cycles were refused by `load`.
    loop {
        match value {
            ReferenceOr::Item(item) => {
                return Some(Resolved {
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
