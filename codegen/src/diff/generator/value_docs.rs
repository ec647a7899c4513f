//! Docs of single values.

use super::Note;
use crate::api::Api;

/// The note for crates with enumerations whose values have docs.
pub(super) const NOTE: Note = Note::adding(
    concerns,
    "variants of enums have the docs of their values: `x-ms-enum`, `x-enum-descriptions`, and titles and descriptions of \
     alternatives with one value; docs of listed numbers name them, as `x-enum-varnames` does",
);

fn concerns(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    let mut schemas = apis.iter().flat_map(|it| &it.schemas);
    let are_documented = types.any(|it| {
        let mut values = it.shape.values().unwrap_or_default().iter();
        values.any(|it| it.doc.is_some())
    });
    are_documented || schemas.any(|it| !it.bounds.names.is_empty())
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models_of_property;

    #[test]
    fn only_documented_values_are_told() {
        let of = |schema: &str| concerns(&models_of_property(schema));
        assert!(of("enum: [a], x-enum-descriptions: [First.]"));
        assert!(of("oneOf: [{enum: [a]}, {enum: [b], title: Second}]"));
        assert!(of("type: integer, enum: [1], x-enum-varnames: [ONE]"));
        assert!(!of("enum: [a], description: First."));
        assert!(!of("type: integer, enum: [1]"));
    }
}
