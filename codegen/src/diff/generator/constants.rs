//! Required parameters with a single value.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates with such a parameter.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "requests send a required query or header parameter with a single value themselves, such as the version of the API: \
     remove the argument; its type is gone, too",
);

fn concerns(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.constants.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_parameters_with_a_single_value() {
        let told = |parameter: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets: {{get: {{operationId: listPets, parameters: [{{name: Version, {parameter}}}], \
                 responses: {{'204': {{description: None.}}}}}}}}\n"
            )))
        };
        assert!(told("in: query, required: true, schema: {enum: ['2']}"));
        assert!(told(
            "in: header, required: true, schema: {type: string, enum: ['2']}"
        ));
        assert!(!told("in: query, schema: {type: string, enum: ['2']}"));
        assert!(!told(
            "in: query, required: true, schema: {type: string, enum: ['2', '3']}"
        ));
    }
}
