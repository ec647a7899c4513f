//! Finds component schemas, and limits the depth of references.

use openapiv3::{OpenAPI, ReferenceOr, Schema as SpecSchema};

use crate::pointer::Pointer;

/// The prefix of references to component schemas. `load` reports references without a target.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// How deeply references, lists, maps and inline objects may be nested. A component that is an object has a named type,
/// where counting starts again. Real specs have less than ten levels; Rust parsers take about 40 nested lists before
/// they overflow the stack of a thread (2 MiB) in a debug build.
pub(super) const MAX_LEVELS: usize = 32;

/// A component schema.
pub(super) struct Component<'a> {
    /// Its place.
    pub(super) at: Pointer,
    pub(super) name: &'a str,
    pub(super) schema: &'a ReferenceOr<SpecSchema>,
}

/// Finds the component schema that a `$ref` names. `None` if there is none, which `load` has reported.
pub(super) fn component<'a>(spec: &'a OpenAPI, reference: &str) -> Option<Component<'a>> {
    let at = Pointer::from_fragment(reference)?;
    let schemas = &spec.components.as_ref()?.schemas;
    let (name, schema) = schemas.get_key_value(&at.tokens().last()?)?;
    Some(Component { at, name, schema })
}

/// The reference to the component schema with this name.
pub(super) fn reference_to(name: &str) -> String {
    let at = Pointer::root().key("components").key("schemas").key(name);
    at.to_fragment()
}
