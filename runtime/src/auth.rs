//! Credentials: the `Authorization` header and the sources of it.
//!
//! `origin` and `hosts` decide where credentials go. Nothing here is ever shown.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use crate::error::{ConfigurationError, Error};

/// The length in bytes from which credentials are redacted in text from a server.
const SECRET_LENGTH: usize = 8;

/// The future of a [`CredentialSource`]: the credentials of one request, or why there are none.
pub type AuthorizationFuture = Pin<Box<dyn Future<Output = Result<Authorization, Error>> + Send>>;

/// Provides the credentials of each request, for credentials that come from a vault, are rotated, or are signed anew.
///
/// The client asks it before every attempt, so it should cache what it gets, and must not block. Set
/// with [`ClientBuilder::credential_source`](crate::ClientBuilder::credential_source).
///
/// ```
/// # use twilio_runtime::{AuthenticationError, Authorization, AuthorizationFuture, Client, CredentialSource};
/// use std::sync::{Arc, Mutex};
///
/// /// The token that another part of the program puts here.
/// #[derive(Default)]
/// struct CurrentToken(Mutex<Option<String>>);
///
/// impl CredentialSource for CurrentToken {
///     fn authorization(&self) -> AuthorizationFuture {
///         let token = self.0.lock().ok().and_then(|token| token.clone());
///         Box::pin(async move {
///             match token {
///                 Some(token) => Authorization::bearer(&token),
///                 None => Err(AuthenticationError::new("no token has come yet").into()),
///             }
///         })
///     }
/// }
///
/// let token = Arc::new(CurrentToken::default());
/// let client = Client::builder().credential_source(Arc::clone(&token)).build()?;
/// # Ok::<(), twilio_runtime::Error>(())
/// ```
pub trait CredentialSource: Send + Sync + 'static {
    /// Returns the credentials for a request that is about to be sent. On an error, the request is not sent and fails
    /// with it: an [`AuthenticationError`](crate::AuthenticationError) is the most specific.
    fn authorization(&self) -> AuthorizationFuture;

    /// Called when the service rejected `authorization` with 401. Returns whether
    /// [`authorization`](Self::authorization) may have better credentials now; the request is then sent once more.
    ///
    /// The default returns `false`.
    fn refused(&self, authorization: &Authorization) -> bool {
        let _ = authorization;
        false
    }
}

/// The credentials of a request: the value of its `Authorization` header, or an API key. `Debug` redacts them.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    value: HeaderValue,
    /// The password of Basic credentials, which `value` encodes.
    password: Option<Arc<str>>,
    is_key: bool,
}

impl Authorization {
    /// Creates HTTP Basic credentials (RFC 7617): an account and its password, or an API key and its secret.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if both are empty, and for a username with a colon, control characters (RFC 7617
    /// §2), and white space around either, such as a line end read from a file. Some services take a key as one of the
    /// two, and nothing as the other.
    pub fn basic(username: &str, password: &str) -> Result<Self, Error> {
        if username.contains(':') {
            let remedy = "give the username alone: the password is separate";
            return refuse("the username contains a colon", remedy);
        }
        if username.is_empty() && password.is_empty() {
            let remedy = "give at least one of them";
            return refuse("the username and the password are empty", remedy);
        }
        for (what, value) in [("username", username), ("password", password)] {
            refuse_padded(what, value)?;
            if value.contains(char::is_control) {
                return refuse(
                    &format!("the {what} contains a control character"),
                    "give it as it was issued",
                );
            }
        }
        let encoded = STANDARD.encode(format!("{username}:{password}"));
        Ok(Self {
            password: Some(password.into()),
            ..Self::of(&format!("Basic {encoded}"))?
        })
    }

    /// Creates HTTP Basic credentials of an account, which needs a password.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] as [`Authorization::basic`] does, and for an empty username or password.
    pub(crate) fn of_account(username: &str, password: &str) -> Result<Self, Error> {
        for (what, value) in [("username", username), ("password", password)] {
            if value.is_empty() {
                let remedy = "give an account or a key, and its token or secret";
                return refuse(&format!("the {what} is empty"), remedy);
            }
        }
        Self::basic(username, password)
    }

    /// Creates a bearer token (RFC 6750 §2.1).
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an empty token, and for one with a character that tokens cannot contain:
    /// white space, control characters, anything but ASCII.
    pub fn bearer(token: &str) -> Result<Self, Error> {
        if token.is_empty() {
            return refuse(
                "the bearer token is empty",
                "give the token as it was issued",
            );
        }
        refuse_padded("bearer token", token)?;
        if !token.bytes().all(|it| it.is_ascii_graphic()) {
            return refuse(
                "the bearer token contains a character that no token has",
                "give the token as it was issued",
            );
        }
        Self::of(&format!("Bearer {token}"))
    }

    /// Creates an API key, which is sent where the operation requires it.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an empty key, white space around it, and a character that headers cannot
    /// contain.
    pub fn api_key(key: &str) -> Result<Self, Error> {
        if key.is_empty() {
            return refuse("the API key is empty", "give the key as it was issued");
        }
        refuse_padded("API key", key)?;
        if !key.bytes().all(|it| it == b' ' || it.is_ascii_graphic()) {
            return refuse(
                "the API key contains a character that no key has",
                "give the key as it was issued",
            );
        }
        Ok(Self {
            is_key: true,
            ..Self::of(key)?
        })
    }

    /// Returns the API key, if these credentials are one.
    pub(crate) fn key(&self) -> Option<&str> {
        let text = self.value.to_str().unwrap_or_default();
        self.is_key.then_some(text)
    }

    fn of(text: &str) -> Result<Self, Error> {
        let Ok(mut value) = HeaderValue::from_str(text) else {
            return refuse(
                "the credentials cannot be sent in a header",
                "give them as they were issued",
            );
        };
        // HTTP libraries do not log or compress sensitive values.
        value.set_sensitive(true);
        Ok(Self {
            value,
            password: None,
            is_key: false,
        })
    }

    pub(crate) fn header_value(&self) -> HeaderValue {
        self.value.clone()
    }

    /// Returns `text`, which a server wrote, with every copy of the credentials redacted.
    pub(crate) fn redacted_in(&self, text: &str) -> String {
        let sent = self.value.to_str().unwrap_or_default();
        let sent = match self.is_key {
            true => sent,
            false => sent.split_once(' ').map_or("", |(_, sent)| sent),
        };
        let password = self.password.as_deref().unwrap_or_default();
        let mut text = text.to_owned();
        for secret in [sent, password] {
            // Anything shorter is not a secret, and may be part of any word.
            if secret.len() >= SECRET_LENGTH {
                text = text.replace(secret, "<redacted>");
            }
        }
        text
    }
}

/// Rejects a credential with white space around it: no service issues one, but files and copy-and-paste add it.
///
/// # Errors
///
/// Returns [`Error::Configuration`], which contains `what` but not `value`.
pub(crate) fn refuse_padded(what: &str, value: &str) -> Result<(), Error> {
    if is_padded(value) {
        let problem = format!("the {what} has white space around it");
        return refuse(&problem, "remove blanks and line ends before and after it");
    }
    Ok(())
}

/// Returns whether `value` begins or ends with white space, or with a byte order mark, which text editors add to files.
pub(crate) fn is_padded(value: &str) -> bool {
    let is_padding = |it: char| it.is_whitespace() || it == '\u{feff}';
    value.starts_with(is_padding) || value.ends_with(is_padding)
}

fn refuse<T>(problem: &str, remedy: &str) -> Result<T, Error> {
    Err(ConfigurationError::new(problem.to_owned(), remedy).into())
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(<redacted>)")
    }
}

impl<T: CredentialSource + ?Sized> CredentialSource for Arc<T> {
    fn authorization(&self) -> AuthorizationFuture {
        (**self).authorization()
    }

    fn refused(&self, authorization: &Authorization) -> bool {
        (**self).refused(authorization)
    }
}

/// The same credentials for every request.
impl CredentialSource for Authorization {
    fn authorization(&self) -> AuthorizationFuture {
        let own = self.clone();
        Box::pin(async move { Ok(own) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(authorization: Result<Authorization, Error>) -> String {
        let error = authorization.unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        error.to_string()
    }

    #[test]
    fn credentials_become_a_header() {
        // The example of RFC 7617 §2.
        let basic = Authorization::basic("Aladdin", "open sesame").unwrap();
        assert_eq!(basic.header_value(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(basic.header_value().is_sensitive());
        let bearer = Authorization::bearer("mF_9.B5f-4.1JqM").unwrap();
        assert_eq!(bearer.header_value(), "Bearer mF_9.B5f-4.1JqM");
        assert!(bearer.header_value().is_sensitive());
    }

    #[test]
    fn credentials_that_cannot_be_sent_are_rejected() {
        assert!(Authorization::basic("AC1", "to:ken").is_ok());
        assert!(problem(Authorization::basic("A:C", "t")).contains("colon"));
        assert!(problem(Authorization::basic("", "")).contains("empty"));
        for (username, password) in [("", "t"), ("AC1", "")] {
            assert!(Authorization::basic(username, password).is_ok());
            assert!(problem(Authorization::of_account(username, password)).contains("empty"));
        }
        for (username, password) in [("AC1", "a\nb"), ("A\u{0}C", "t")] {
            assert!(problem(Authorization::basic(username, password)).contains("control"));
        }
        assert!(problem(Authorization::bearer("")).contains("empty"));
        for token in ["a b", "é", "\u{0}"] {
            assert!(problem(Authorization::bearer(token)).contains("character"));
        }
    }

    #[test]
    fn white_space_around_credentials_is_rejected_and_not_shown() {
        for padded in [
            "hunter2\n",
            "hunter2\r\n",
            " hunter2",
            "hunter2\t",
            "hunter2\u{a0}",
            "\u{feff}hunter2",
            " ",
        ] {
            for (what, refused) in [
                ("username", Authorization::basic(padded, "t").err()),
                ("password", Authorization::basic("AC1", padded).err()),
                ("bearer token", Authorization::bearer(padded).err()),
            ] {
                let error = refused.unwrap().to_string();
                let expected = format!("the {what} has white space around it");
                assert!(
                    error.contains(&expected) && !error.contains("hunter2"),
                    "{error}"
                );
            }
        }
    }

    #[test]
    fn credentials_echoed_by_a_server_are_redacted() {
        let basic = Authorization::basic("AC1", "open:sesame").unwrap();
        let encoded = STANDARD.encode("AC1:open:sesame");
        let text = basic.redacted_in(&format!("AC1 open:sesame Basic {encoded}"));
        assert_eq!(text, "AC1 <redacted> Basic <redacted>");
        let bearer = Authorization::bearer("0123456789").unwrap();
        assert_eq!(bearer.redacted_in("`0123456789`"), "`<redacted>`");
        let short = Authorization::basic("AC1", "t").unwrap();
        assert_eq!(short.redacted_in("not found"), "not found");
    }

    #[test]
    fn debug_redacts_credentials() {
        let authorization = Authorization::bearer("hunter2").unwrap();
        assert_eq!(format!("{authorization:?}"), "Authorization(<redacted>)");
        assert!(!format!("{:?}", authorization.header_value()).contains("hunter2"));
    }
}
