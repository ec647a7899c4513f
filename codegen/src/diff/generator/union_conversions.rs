//! Conversions of alternatives into their unions.

use super::Note;
use crate::api::Api;
use crate::plan;

/// The note for crates with unions that callers build.
pub(super) const NOTE: Note = Note::adding(
    concerns,
    "the types of alternatives convert into the enum of a `oneOf` or `anyOf` in a request, and methods take what converts: \
     `pets().add(cat)`; an argument whose type the compiler inferred, `serde_json::from_str(text)?`, must say which it is",
);

fn concerns(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let mut unions = client.files().flat_map(|it| &it.unions);
    unions.any(|it| it.variants.iter().any(|it| it.converts))
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models_of_value;

    #[test]
    fn only_unions_of_requests_are_told() {
        let of = |alternatives: &str, body| concerns(&models_of_value(alternatives, body));
        assert!(of("anyOf: [{type: string}, {type: integer}]", true));
        assert!(!of("anyOf: [{type: string}, {type: integer}]", false));
        assert!(!of("anyOf: [{type: string}]", true));
    }
}
