//! Puts credentials into requests.

use http::header::{self, HeaderName, HeaderValue, InvalidHeaderValue};
use http::{HeaderMap, Request};
use url::Url;

use crate::auth::Authorization;
use crate::error::{ConfigurationError, Error};

/// A credential that a call may be signed with, by where it goes: everything that `security` says about it (OpenAPI
/// 3.0.3, Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The header `Authorization`.
    Authorization,
    /// An API key in a header of this name.
    Header(&'static str),
    /// An API key in the query. It appears in no log, error or page link.
    Query(&'static str),
    /// An API key in a cookie.
    Cookie(&'static str),
}

/// The credentials that an operation accepts: the first list that the client has all of. An empty list allows calls
/// without credentials.
pub(crate) type Alternatives = &'static [&'static [Credential]];

/// No credentials.
pub(crate) const NOTHING: Alternatives = &[&[]];

/// The default for an operation: `Authorization`.
pub(crate) const USUAL: Alternatives = &[&[Credential::Authorization]];

/// `Authorization`, if the client has it.
pub(crate) const OPTIONAL: Alternatives = &[&[Credential::Authorization], &[]];

impl Credential {
    /// The name of an API key.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Authorization => None,
            Self::Header(name) | Self::Query(name) | Self::Cookie(name) => Some(name),
        }
    }

    /// Whether a request has this key already: some operations declare it as a parameter, too. A header is replaced.
    fn is_passed(self, headers: &HeaderMap, url: &Url) -> bool {
        match self {
            Self::Authorization | Self::Header(_) => false,
            Self::Query(name) => url.query_pairs().any(|(it, _)| it == name),
            Self::Cookie(name) => {
                let all = headers.get_all(header::COOKIE).iter();
                let mut cookies = all.flat_map(|it| it.as_bytes().split(|it| *it == b';'));
                cookies.any(|it| {
                    let it = it.trim_ascii_start();
                    it.starts_with(name.as_bytes()) && it.get(name.len()) == Some(&b'=')
                })
            }
        }
    }

    /// The error for a key that cannot be sent where it belongs.
    fn no_key(self) -> Error {
        let place = match self {
            Self::Cookie(name) => format!("the cookie `{name}`"),
            Self::Header(name) => format!("the header `{name}`"),
            Self::Query(name) => format!("the query parameter `{name}`"),
            Self::Authorization => "a header".to_owned(),
        };
        let problem = format!("the API key cannot be sent in {place}");
        let remedy = "give it as it was issued, or if it is another key, name its place with `api_key_named`";
        ConfigurationError::new(problem, remedy).into()
    }

    fn put(
        self,
        authorization: &Authorization,
        headers: &mut HeaderMap,
        url: &mut Url,
    ) -> Result<(), Error> {
        match self {
            Self::Authorization => {
                headers.insert(header::AUTHORIZATION, authorization.header_value());
            }
            Self::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| self.no_key())?;
                headers.insert(name, authorization.header_value());
            }
            Self::Cookie(name) => {
                let key = authorization.key().unwrap_or_default();
                if key.contains(|it: char| it == ';' || it.is_whitespace()) {
                    return Err(self.no_key()); // It would end there, and begin another cookie.
                }
                add_cookie(headers, &format!("{name}={key}")).map_err(|_| self.no_key())?;
            }
            Self::Query(name) => {
                let key = authorization.key().unwrap_or_default();
                url.query_pairs_mut().append_pair(name, key);
            }
        }
        Ok(())
    }
}

/// Adds cookies to those already in the header: a request has one header `Cookie` (RFC 6265 §5.4).
pub(crate) fn add_cookie(headers: &mut HeaderMap, cookie: &str) -> Result<(), InvalidHeaderValue> {
    let others = headers.get_all(header::COOKIE).iter();
    let mut cookies: Vec<&[u8]> = others.map(HeaderValue::as_bytes).collect();
    cookies.push(cookie.as_bytes());
    let mut value = HeaderValue::from_bytes(&cookies.join(&b"; "[..]))?;
    value.set_sensitive(true);
    headers.insert(header::COOKIE, value);
    Ok(())
}

/// Removes the last cookie.
#[cfg(feature = "mock")]
pub(crate) fn remove_last_cookie(headers: &mut HeaderMap) {
    let Some(cookies) = headers.remove(header::COOKIE) else {
        return;
    };
    let end = cookies.as_bytes().windows(2).rposition(|it| it == b"; ");
    let others = end.map(|end| HeaderValue::from_bytes(&cookies.as_bytes()[..end]));
    if let Some(Ok(others)) = others {
        headers.insert(header::COOKIE, others);
    }
}

/// The credentials that a request was signed with. They are also needed to read its response, and for a mock to drop
/// them.
#[derive(Clone, Default)]
pub(crate) struct SignedWith {
    pub(crate) credentials: Vec<(Credential, Authorization)>,
}

impl SignedWith {
    /// Returns the credentials of `request`.
    pub(crate) fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    /// Adds the credentials to a request for `url`, and returns the URL to request. Drops a key that the caller passed as
    /// a parameter: the service would see two.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an API key that cannot be sent in a header.
    pub(crate) fn sign(&mut self, headers: &mut HeaderMap, url: &Url) -> Result<Url, Error> {
        self.credentials
            .retain(|(it, _)| !it.is_passed(headers, url));
        let mut url = url.clone();
        for (credential, authorization) in &self.credentials {
            credential.put(authorization, headers, &mut url)?;
        }
        Ok(url)
    }

    /// Returns `text`, which a server wrote, with every copy of the credentials redacted.
    pub(crate) fn redacted_in(&self, text: &str) -> String {
        let credentials = self.credentials.iter();
        credentials.fold(text.to_owned(), |text, (_, it)| it.redacted_in(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(key: &str, headers: &mut HeaderMap) -> Result<(), Error> {
        let key = Authorization::api_key(key).expect("a key");
        let mut url = Url::parse("https://api.example.com").expect("a URL");
        Credential::Cookie("key").put(&key, headers, &mut url)
    }

    #[test]
    fn cookies_share_one_header() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("own=1"));
        add_cookie(&mut headers, "session=2; seen=3").expect("cookies");
        signed("s3cret", &mut headers).expect("a key");
        let cookies: Vec<&HeaderValue> = headers.get_all(header::COOKIE).iter().collect();
        assert_eq!(cookies, ["own=1; session=2; seen=3; key=s3cret"]);
        assert!(cookies[0].is_sensitive());
    }

    #[test]
    fn key_cannot_begin_another_cookie() {
        for key in ["a;b", "a; admin=1", "a b"] {
            assert!(signed(key, &mut HeaderMap::new()).is_err(), "{key}");
        }
    }
}
