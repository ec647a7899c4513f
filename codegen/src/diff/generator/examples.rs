//! Examples of responses that documents have as a text of JSON.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates with such an example.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "an example of a response that the document has as a text of JSON is that JSON in mocks, no longer a string",
);

fn concerns(apis: &[Api]) -> bool {
    let mut examples = operations(apis).flat_map(|it| &it.examples);
    examples.any(|it| it.is_text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_examples_as_text() {
        let told = |schema: &str, example: &str| {
            let text = format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{'200': {{description: All., \
                 content: {{application/json: {{schema: {{type: {schema}}}, example: {example}}}}}}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(told("object", "'{\"a\": 1}'"));
        assert!(told("array, items: {type: string}", "'[]'"));
        assert!(!told("string", "'{\"a\": 1}'"));
        assert!(!told("object", "'{\"a\": '"));
        assert!(!told("object", "'1'"));
        assert!(!told("object", "{a: 1}"));
    }
}
