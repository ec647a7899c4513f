//! The function `new` of structs that callers build.

use super::Note;
use crate::api::Api;
use crate::plan;

/// The note for crates with such a struct.
pub(super) const NOTE: Note = Note::adding(
    concerns,
    "structs of requests with required and optional fields have a function `new`, which takes the required ones: \
     `Pet { tag: Some(tag), ..Pet::new(name) }`",
);

fn concerns(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let mut structs = client.files().flat_map(|it| &it.structs);
    structs.any(|it| it.constructor.is_some())
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models_of_value;

    #[test]
    fn only_required_fields_beside_optional_ones_are_told() {
        let of = |required: &str, body: bool| {
            let schema = format!(
                "type: object, required: [{required}], properties: {{name: {{type: string}}, tag: {{type: string}}}}"
            );
            concerns(&models_of_value(&schema, body))
        };
        assert!(of("name", true));
        assert!(!of("", true));
        assert!(!of("name, tag", true));
        assert!(!of("name", false));
    }
}
