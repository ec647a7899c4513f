//! Where the credentials of a request go.

use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Request};
use url::Url;

use crate::auth::Authorization;
use crate::error::{ConfigurationError, Error};

/// Where an API key goes, and the name that it has there (OpenAPI 3.0.3, Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKey {
    /// A header.
    Header(&'static str),
    /// The query. No log, error or link to a page holds the key.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// What an operation takes for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signing {
    /// Those of the client, in `Authorization`.
    Usual,
    /// An API key, if the client has one, else the same.
    Key(ApiKey),
    /// None.
    Nothing,
}

impl Signing {
    /// Puts credentials into a request for `url`, and returns the URL that it goes to.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an API key that the operation does not take, and for one that fits no header.
    pub(crate) fn sign(
        self,
        operation: &'static str,
        authorization: &Authorization,
        headers: &mut HeaderMap,
        url: &Url,
    ) -> Result<Url, Error> {
        let mut url = url.clone();
        match (self, authorization.key()) {
            (Self::Nothing, _) => {}
            (Self::Usual | Self::Key(_), None) => {
                headers.insert(header::AUTHORIZATION, authorization.header_value());
            }
            (Self::Usual, Some(_)) => {
                let problem = format!("{operation} takes no API key");
                let remedy = "sign in with `basic_auth`, `bearer_token` or `credential_source`";
                return Err(ConfigurationError::new(problem, remedy).into());
            }
            (Self::Key(ApiKey::Header(name)), Some(_)) => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| no_header())?;
                headers.insert(name, authorization.header_value());
            }
            (Self::Key(ApiKey::Cookie(name)), Some(key)) => {
                let others = headers.get(header::COOKIE).map(HeaderValue::as_bytes);
                let mut cookie = others.map(<[u8]>::to_vec).unwrap_or_default();
                if !cookie.is_empty() {
                    cookie.extend_from_slice(b"; ");
                }
                cookie.extend_from_slice(format!("{name}={key}").as_bytes());
                let mut cookie = HeaderValue::from_bytes(&cookie).map_err(|_| no_header())?;
                cookie.set_sensitive(true);
                headers.insert(header::COOKIE, cookie);
            }
            (Self::Key(ApiKey::Query(name)), Some(key)) => {
                url.query_pairs_mut().append_pair(name, key);
            }
        }
        Ok(url)
    }
}

fn no_header() -> Error {
    let problem = "the API key fits no header".to_owned();
    ConfigurationError::new(problem, "give it as it was issued").into()
}

/// What a request was signed with, for its answer to be read and for a mock to forget it.
#[derive(Clone)]
pub(crate) struct SignedWith {
    pub(crate) authorization: Authorization,
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock reads it"))]
    pub(crate) signing: Signing,
}

impl SignedWith {
    /// What `request` was signed with.
    pub(crate) fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get()
    }
}
