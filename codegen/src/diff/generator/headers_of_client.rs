//! Header parameters that only the client may set.

use super::{Note, operations};
use crate::api::Api;

/// The note for crates whose document has such a parameter.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "operations have no parameter for the headers that the client sets itself, such as `Content-Length`: remove the \
     argument, with which no call was sent",
);

fn concerns(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.headers_of_client.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_headers_that_the_client_sets() {
        let told = |parameter: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets: {{get: {{operationId: listPets, parameters: [{{{parameter}, schema: {{type: string}}}}], \
                 responses: {{'204': {{description: None.}}}}}}}}\n"
            )))
        };
        assert!(told("name: Transfer-Encoding, in: header"));
        assert!(!told("name: Transfer-Encoding, in: query"));
        assert!(!told("name: Accept, in: header"));
        assert!(!told("name: X-Mode, in: header"));
    }
}
