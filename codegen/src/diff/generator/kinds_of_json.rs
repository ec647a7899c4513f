//! The media type of JSON, where a document has several kinds of it.

use super::Note;
use crate::api::Api;
use crate::media_type::{JSON, are_same, is_json};

/// The note for crates with bodies of several kinds of JSON.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "of several kinds of JSON, requests send and read `application/json`, no longer the first of them, which has a \
     setter of its own; `text/json` is JSON, no longer text",
);

fn concerns(apis: &[Api]) -> bool {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    let is_concerned = |types: &[String]| {
        let mut json = types.iter().filter(|it| is_json(it));
        let is_other = |it: &&String| !are_same(it, JSON);
        let has_text_json = types.iter().any(|it| it.starts_with("text/json"));
        has_text_json
            || json.next().is_some_and(|it| is_other(&it)) && !json.all(|it| is_other(&it))
    };
    operations
        .any(|it| is_concerned(&it.media_types.request) || is_concerned(&it.media_types.response))
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_other_kinds_of_json() {
        let told = |media_types: &[&str]| {
            let contents = media_types.iter().map(|it| format!("{it}: {{}}"));
            let contents = contents.collect::<Vec<String>>().join(", ");
            let text = format!(
                "paths:\n  /pets:\n    post:\n      operationId: createPet\n      \
                 requestBody: {{content: {{{contents}}}}}\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(told(&["application/json-patch+json", "application/json"]));
        assert!(told(&["text/json"]));
        assert!(!told(&["application/json", "application/json-patch+json"]));
        assert!(!told(&["application/a+json", "application/b+json"]));
        assert!(!told(&["text/plain", "application/json"]));
    }
}
