//! API keys that a document describes as parameters only.

use super::Note;
use crate::api::{Api, SecurityScheme};

/// The note for crates of such documents.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "where most operations of a document without security schemes require an API key as a parameter, the key is no longer \
     an argument of each method: give it to the builder, or to `from_env` in the variable that its docs name",
);

/// Whether the only schemes are API keys with the names of their parameters. The model does not keep who declares them.
fn concerns(apis: &[Api]) -> bool {
    let is_named_alike = |(name, scheme): &(String, SecurityScheme)| match scheme {
        SecurityScheme::ApiKey { name: own, .. } => own == name,
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ClientCredentials { .. }
        | SecurityScheme::Http(_)
        | SecurityScheme::ClientCertificate => false,
    };
    apis.iter().any(|api| {
        let schemes = &api.security_schemes;
        !schemes.is_empty() && schemes.iter().all(is_named_alike)
    })
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_keys_among_parameters_are_told() {
        let of = |name: &str, end: &str| {
            let operation = "responses: {'204': {description: Done.}}";
            concerns(&models(&format!(
                "paths:\n  /pets:\n    parameters: [{{name: {name}, in: header, required: true, schema: {{type: string}}}}]\n    \
                 get: {{{operation}}}\n    put: {{{operation}}}\n    post: {{{operation}}}\n{end}"
            )))
        };
        let scheme = "components: {securitySchemes: {login: {type: http, scheme: basic}}}\n";
        assert!(of("X-Api-Key", ""));
        assert!(!of("X-Api-Key", scheme));
        assert!(!of("X-Breed", ""));
    }
}
