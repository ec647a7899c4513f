//! Component schemas, and how far references lead.

use openapiv3::{OpenAPI, ReferenceOr, Schema as SpecSchema};

use crate::pointer::Pointer;

/// The prefix of references to component schemas. `load` reports those that lead nowhere.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// How many references, lists, maps and inline objects are followed into each other. A component that is an object
/// has a name, where one begins anew. Real specs have less than ten; the parsers of Rust take about 40 lists in each
/// other before they overflow the stack of a thread (2 MiB) in a debug build.
pub(super) const MAX_LEVELS: usize = 32;

/// A component schema.
pub(super) struct Component<'a> {
    /// Its place.
    pub(super) at: Pointer,
    pub(super) name: &'a str,
    pub(super) schema: &'a ReferenceOr<SpecSchema>,
}

/// Finds the component schema that a `$ref` names. `None` if there is none; `load` has reported a `$ref` that leads
/// nowhere.
pub(super) fn component<'a>(spec: &'a OpenAPI, reference: &str) -> Option<Component<'a>> {
    let at = Pointer::from_fragment(reference)?;
    let schemas = &spec.components.as_ref()?.schemas;
    let (name, schema) = schemas.get_key_value(&at.tokens().last()?)?;
    Some(Component { at, name, schema })
}
