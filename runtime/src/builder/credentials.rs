//! What a client is told to sign in with.

use std::fmt;
use std::sync::Arc;

use crate::auth::CredentialSource;
use crate::client_credentials::TokenEndpoint;
use crate::vendor::Deployment;

/// The credentials of a client as they were given: not checked yet.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// HTTP Basic authentication (RFC 7617).
    Basic { username: String, password: String },
    /// A bearer token (RFC 6750).
    Bearer(String),
    /// OAuth 2.0 client credentials (RFC 6749 §4.4).
    OAuth(TokenEndpoint),
    /// The same at another company, whose servers are then used.
    Deployment(&'static Deployment, TokenEndpoint),
    /// An API key, which goes where an operation wants it.
    ApiKey(String),
    /// Whatever the program has.
    Source(Arc<dyn CredentialSource>),
}

/// Shows the kind alone.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic(<redacted>)",
            Self::Bearer(_) => "Bearer(<redacted>)",
            Self::OAuth(_) => "OAuth(<redacted>)",
            Self::Deployment(..) => "OAuth(<redacted>)",
            Self::ApiKey(_) => "ApiKey(<redacted>)",
            Self::Source(_) => "CredentialSource",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let basic = Credentials::Basic {
            username: "hunter".to_owned(),
            password: "hunter2".to_owned(),
        };
        for credentials in [basic, Credentials::Bearer("hunter2".to_owned())] {
            assert!(!format!("{credentials:?}").contains("hunter"));
        }
    }
}
