//! Alternatives that are a component for null.

use super::Note;
use crate::api::{Api, Json, Schema, Type};

/// The note for crates with a component whose only value is null.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a value that is one of several types, or a component for null such as `NullEnum`, has one of these types, no \
     longer arbitrary JSON",
);

fn concerns(apis: &[Api]) -> bool {
    let mut schemas = apis.iter().flat_map(|it| &it.schemas);
    schemas.any(is_null_component)
}

fn is_null_component(schema: &Schema) -> bool {
    let mut tokens = schema.at.tokens();
    let is_component = tokens.next().as_deref() == Some("components")
        && tokens.next().as_deref() == Some("schemas")
        && tokens.count() == 1;
    is_component && schema.ty == Type::Any && schema.bounds.values == [Json::Null]
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_components_for_null() {
        let told = |schema: &str| {
            let text = format!(
                "paths: {{}}\n\
                 components: {{schemas: {{nothing: {schema}}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(told("{enum: [null]}"));
        assert!(!told("{enum: [null, a]}"));
        assert!(!told("{nullable: true}"));
        assert!(!told("{type: object, properties: {none: {enum: [null]}}}"));
    }
}
