//! Path parameters whose reserved characters are not escaped.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates with such parameters.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "path parameters keep their slashes and other reserved characters where the document says so (`allowReserved`, \
     `x-ms-skip-url-encoding`, `{+name}`, `{name=shelves/*}`): `name(\"shelves/1\")` was sent as `shelves%2F1`",
);

fn concerns(apis: &[Api]) -> bool {
    let mut parameters = operations(apis).flat_map(|it| &it.path_parameters);
    parameters.any(|it| it.writing.style().keeps_reserved)
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_parameters_that_keep_their_characters_are_told() {
        let of = |path: &str, keyword: &str| {
            concerns(&models(&format!(
                "paths:\n  {path}:\n    get:\n      parameters: [{{name: id, in: path, required: true{keyword}, schema: \
                 {{type: string}}}}]\n      responses: {{'204': {{description: None.}}}}\n"
            )))
        };
        assert!(of("/a/{id}", ", allowReserved: true"));
        assert!(of("/a/{id}", ", x-ms-skip-url-encoding: true"));
        assert!(!of("/a/{id}", ", allowReserved: false"));
        assert!(of("/a/{+id}", ""));
        assert!(of("/a/{id=**}", ""));
        assert!(!of("/a/{id=*}", ""));
        assert!(!of("/a/{id}", ""));
    }
}
