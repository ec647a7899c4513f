//! Errors that several operations describe with equal inline schemas.

use super::Note;
use crate::api::Api;

/// The note for crates with such errors.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "operations that describe the same error have one type for it, in place of one named after each of them; that of most \
     operations is `ErrorBody`, and the docs of each request name its own",
);

/// Whether an inline type has the name of such errors.
fn concerns(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    types.any(|it| it.name == "error_body" && !it.is_component())
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_errors_of_several_operations_are_told() {
        let of = |fields: [&str; 2]| {
            let [get, put] = fields.map(|field| {
                format!(
                    "responses: {{'204': {{description: Done.}}, '404': {{description: None., content: {{application/json: \
                     {{schema: {{type: object, properties: {{{field}: {{type: string}}}}}}}}}}}}}}"
                )
            });
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get: {{{get}}}\n    put: {{{put}}}\n"
            )))
        };
        assert!(of(["message", "message"]));
        assert!(!of(["message", "reason"]));
    }
}
