//! Operations that need no credentials, beside others that do.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates with such operations.
pub(super) const NOTE: Note = Note::adding(
    concerns,
    "a client can be built without credentials, to call the operations that need none, such as one that signs in; the \
     others fail when they are called",
);

fn concerns(apis: &[Api]) -> bool {
    let is_plain = apis.iter().all(|it| it.vendor.runtime().is_none());
    let needs = |wanted: bool| {
        let mut operations = operations(apis);
        operations.any(|it| it.signing.needs_credentials() == wanted)
    };
    is_plain && needs(true) && needs(false)
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_public_operations() {
        let told = |login: &str, list: &str| {
            let operation = |id: &str, security: &str| {
                format!(
                    "{{operationId: {id}, security: {security}, responses: {{'204': {{description: None.}}}}}}"
                )
            };
            let [login, list] = [operation("login", login), operation("listPets", list)];
            concerns(&models(&format!(
                "paths:\n  /login: {{post: {login}}}\n  /pets: {{get: {list}}}\n\
                 components: {{securitySchemes: {{token: {{type: http, scheme: bearer}}}}}}\n"
            )))
        };
        assert!(told("[]", "[{token: []}]"));
        assert!(told("[{token: []}, {}]", "[{token: []}]"));
        assert!(!told("[{token: []}]", "[{token: []}]"));
        assert!(!told("[]", "[]"));
    }
}
