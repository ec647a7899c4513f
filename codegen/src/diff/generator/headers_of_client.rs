//! Parameters that callers do not pass: headers that only the client may set or that have invalid names, and API keys.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates whose document has such a header.
pub(super) const HEADERS: Note = Note::breaking(
    has_headers,
    "operations have no parameter for the headers that the client sets itself, such as `Content-Length`, and for those \
     with invalid names: remove the argument, with which no call was sent",
);

/// The note for crates whose document has such an API key.
pub(super) const KEYS: Note = Note::breaking(
    has_keys,
    "operations have no parameter for an API key that each of their calls has: remove the argument; the client sends \
     the key that its builder has",
);

fn has_headers(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.headers_of_client.is_empty())
}

fn has_keys(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.keys_of_client.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_parameters_that_callers_do_not_pass() {
        let told = |security: &str, parameter: &str| {
            let models = models(&format!(
                "security: [{security}]\ncomponents: {{securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}\n\
                 paths:\n  /pets: {{get: {{operationId: listPets, parameters: [{{{parameter}, schema: {{type: string}}}}], \
                 responses: {{'204': {{description: None.}}}}}}}}\n"
            ));
            [has_headers(&models), has_keys(&models)]
        };
        for (parameter, notes) in [
            ("name: Transfer-Encoding, in: header", [true, false]),
            ("name: X Mode, in: header", [true, false]),
            ("name: '', in: header", [true, false]),
            ("name: Transfer-Encoding, in: query", [false; 2]),
            ("name: Accept, in: header", [false; 2]),
            ("name: X-Mode, in: header", [false; 2]),
            ("name: x-key, in: header, required: true", [false, true]),
            ("name: X-Key, in: query", [false; 2]),
        ] {
            assert_eq!(told("{key: []}", parameter), notes, "{parameter}");
        }
        assert_eq!(told("{key: []}, {}", "name: X-Key, in: header"), [false; 2]);
    }
}
