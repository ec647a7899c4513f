//! The headers of errors and redirects in docs.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates with such headers.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "docs of requests name the headers of errors, and of redirects, whose `location` is in the `headers` of an `Error::Api`; \
     docs only, nothing to migrate",
);

fn concerns(apis: &[Api]) -> bool {
    let mut headers = operations(apis).flat_map(|it| &it.error_headers);
    headers.any(|it| !it.headers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_headers_of_errors_and_redirects_are_told() {
        let of = |status: &str, header: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{'{status}': {{description: Some., \
                 headers: {{{header}: {{schema: {{type: string}}}}}}}}}}\n"
            )))
        };
        assert!(of("302", "Location"));
        assert!(of("4XX", "Retry-After"));
        assert!(!of("200", "Location"));
        assert!(!of("429", "Access-Control-Max-Age"));
    }
}
