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
    use crate::diff::generator::tests::models;

    #[test]
    fn only_documented_values_are_told() {
        let of = |schema: &str| {
            let text = format!(
                "paths:\n  /Pets:\n    get:\n      operationId: GetPet\n      responses: {{'200': {{description: One., \
                 content: {{application/json: {{schema: {{type: object, properties: {{kind: {{{schema}}}}}}}}}}}}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(of("enum: [a], x-enum-descriptions: [First.]"));
        assert!(of("oneOf: [{enum: [a]}, {enum: [b], title: Second}]"));
        assert!(of("type: integer, enum: [1], x-enum-varnames: [ONE]"));
        assert!(!of("enum: [a], description: First."));
        assert!(!of("type: integer, enum: [1]"));
    }
}
