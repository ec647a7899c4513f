//! Alternatives that add properties to the object beside them.

use super::Note;
use crate::api::{Api, TypeDefinition};

/// The note for crates with such objects.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "an object whose `anyOf` only adds properties is a struct with all of them, which may be absent, no longer an enum \
     that had those of one alternative: read the fields instead of matching",
);

fn concerns(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    types.any(has_added_fields)
}

/// Whether an object has fields of its alternatives.
fn has_added_fields(definition: &TypeDefinition) -> bool {
    let alternatives = definition.at.key("anyOf");
    let mut fields = definition.shape.fields().iter();
    fields.any(|it| it.value.at.is_in(&alternatives))
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_added_properties() {
        let told = |beside: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses:\n        '200':\n          \
                 description: The pets.\n          content:\n            application/json:\n              \
                 schema: {{type: object, {beside}: [{{properties: {{a: {{type: string}}}}}}, \
                 {{properties: {{b: {{type: string}}}}}}]}}\n"
            )))
        };
        let object = "properties: {id: {type: string}}";
        assert!(told(&format!("{object}, anyOf")));
        assert!(!told(&format!("{object}, oneOf")));
        assert!(!told("anyOf"));
    }
}
