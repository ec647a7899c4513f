//! Calls whose response has a body that the document does not describe.

use super::{Note, operations};
use crate::api::{Api, Encoding, Method, Operation, Payload, ResponseKind};

/// The note for crates with such calls.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a `GET` whose success has no `content` returns the body as bytes, which were dropped, and asks for any media type; \
     ignore the result to use it as before",
);

fn concerns(apis: &[Api]) -> bool {
    operations(apis).any(is_undescribed)
}

fn is_undescribed(operation: &Operation) -> bool {
    let is_bytes = match &operation.result {
        ResponseKind::Value(Payload { encoding, .. }) => *encoding == Encoding::Bytes,
        ResponseKind::Nothing | ResponseKind::Page { .. } | ResponseKind::OneOf(_) => false,
    };
    operation.method == Method::Get && is_bytes && operation.media_types.response.is_empty()
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_calls_without_contents_are_told() {
        let of = |status: u16, contents: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{'{status}': {{description: \
                 Some.{contents}}}}}\n"
            )))
        };
        assert!(of(200, ""));
        assert!(!of(204, ""));
        assert!(!of(200, ", content: {image/png: {}}"));
    }
}
