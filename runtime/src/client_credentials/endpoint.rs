//! The endpoint that issues the tokens of an OAuth client.

use url::Url;

/// How a token request contains the id and the secret (RFC 6749 §2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authentication {
    /// As HTTP Basic authentication.
    Basic,
    /// In the body.
    Body,
}

/// A token endpoint, checked, and what a client sends there.
pub(super) struct TokenEndpoint {
    pub(super) url: Url,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// The scopes, separated by blanks (RFC 6749 §3.3); empty to leave them to the endpoint.
    pub(super) scope: String,
    /// The ways to send the id and the secret, to be tried in this order.
    pub(super) authentications: &'static [Authentication],
}
