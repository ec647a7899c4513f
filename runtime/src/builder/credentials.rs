//! The credentials that a builder was given.

use std::fmt;
use std::sync::Arc;

use crate::auth::{Authorization, CredentialSource};
use crate::client_credentials::OAuthClient;
use crate::error::Error;
use crate::keyring::Keys;
use crate::vendor::Deployment;

/// The credentials of a client as they were given, unchecked.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// HTTP Basic authentication (RFC 7617).
    Basic { username: String, password: String },
    /// A bearer token (RFC 6750).
    Bearer(String),
    /// OAuth 2.0 client credentials (RFC 6749 §4.4).
    OAuth(OAuthClient),
    /// OAuth 2.0 client credentials at another company, whose servers are then used.
    Deployment(&'static Deployment, OAuthClient),
    /// The program's own source.
    Source(Arc<dyn CredentialSource>),
}

/// The API keys of a client as they were given, unchecked.
#[derive(Clone, Default)]
pub(crate) struct ApiKeys {
    /// Keys by name.
    pub(crate) named: Vec<(String, String)>,
    /// The key for any other name.
    pub(crate) other: Option<String>,
    /// A mock's key, for every name.
    pub(crate) stand_in: Option<String>,
}

impl ApiKeys {
    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.other.is_none() && self.stand_in.is_none()
    }

    /// Returns the keys as they are sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for a key that cannot be sent.
    pub(super) fn checked(&self) -> Result<Keys, Error> {
        let checked = |key: &String| Authorization::api_key(key);
        let named = self.named.iter();
        Ok(Keys {
            named: named
                .map(|(name, key)| Ok((name.clone(), checked(key)?)))
                .collect::<Result<_, Error>>()?,
            other: self.other.as_ref().map(checked).transpose()?,
            stand_in: self.stand_in.as_ref().map(checked).transpose()?,
        })
    }
}

/// Shows only the names.
impl fmt::Debug for ApiKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.named.iter().map(|(name, _)| name);
        let other = self.other.iter().map(|_| "ApiKey(<redacted>)");
        let mut list = f.debug_list();
        list.entries(names).entries(other).finish()
    }
}

/// Shows only the kind.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic(<redacted>)",
            Self::Bearer(_) => "Bearer(<redacted>)",
            Self::OAuth(_) => "OAuth(<redacted>)",
            Self::Deployment(..) => "OAuth(<redacted>)",
            Self::Source(_) => "CredentialSource",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_redacts_credentials() {
        let basic = Credentials::Basic {
            username: "hunter".to_owned(),
            password: "hunter2".to_owned(),
        };
        for credentials in [basic, Credentials::Bearer("hunter2".to_owned())] {
            assert!(!format!("{credentials:?}").contains("hunter"));
        }
    }
}
