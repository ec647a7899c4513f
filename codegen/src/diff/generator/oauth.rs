//! OAuth clients, and the scopes of requests.

use super::{Note, operations};
use crate::api::{Api, SecurityScheme, TokenUrlBase};

/// The notes for crates whose document has a token URL for client credentials, or scopes.
pub(super) const NOTES: &[Note] = &[
    Note::adding(
        has_token_url,
        "the client gets tokens at the document's token URL, for the id and the secret that the builder's \
         `oauth_client`, the environment or a profile of the command line has",
    ),
    Note::changing(
        has_scopes,
        "docs list the scopes that a request requires; docs only, nothing to migrate",
    ),
];

fn has_token_url(apis: &[Api]) -> bool {
    let plain = apis.iter().filter(|it| it.vendor.runtime().is_none());
    let mut schemes = plain.flat_map(|it| &it.security_schemes);
    schemes.any(|(_, scheme)| match scheme {
        SecurityScheme::ClientCredentials { base, .. } => *base != TokenUrlBase::Unknown,
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ApiKey { .. }
        | SecurityScheme::Http(_)
        | SecurityScheme::ClientCertificate => false,
    })
}

fn has_scopes(apis: &[Api]) -> bool {
    let mut requirements = operations(apis).flat_map(|it| it.security.iter().flatten());
    requirements.any(|it| !it.scopes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_token_urls_and_scopes() {
        let told = |url: &str, scopes: &str| {
            let models = models(&format!(
                "security: [{{oauth: [{scopes}]}}]\npaths:\n  /pets: {{get: {{operationId: listPets, \
                 responses: {{'204': {{description: None.}}}}}}}}\ncomponents:\n  securitySchemes:\n    oauth: \
                 {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{url}', scopes: {{read: Reads.}}}}}}}}\n"
            ));
            NOTES
                .iter()
                .map(|it| (it.concerns)(&models))
                .collect::<Vec<_>>()
        };
        assert_eq!(told("https://pets.example.com/token", "read"), [true, true]);
        assert_eq!(told("/token", ""), [true, false]);
        assert_eq!(told("{host}/token", ""), [false, false]);
    }
}
