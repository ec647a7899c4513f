//! Numbers that a document lists.

use super::Note;
use crate::api::Api;

/// The note for crates with such numbers.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "numbers that a document lists as alternatives (`oneOf` of `const`) have the type of the format beside them, `i32` for \
     `int32`, and tell the alternatives of a union apart also where an `allOf` narrows their list",
);

fn concerns(apis: &[Api]) -> bool {
    let mut schemas = apis.iter().flat_map(|it| &it.schemas);
    // Texts are enumerations.
    schemas.any(|it| it.ty.scalar().is_some() && !it.bounds.values.is_empty())
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models_of_property;

    #[test]
    fn only_listed_numbers_are_told() {
        let of = |schema: &str| concerns(&models_of_property(schema));
        assert!(of("type: integer, oneOf: [{enum: [1]}, {enum: [2]}]"));
        assert!(of("type: boolean, enum: [true]"));
        assert!(!of("type: integer"));
        assert!(!of("type: string, enum: [a]"));
    }
}
