//! Models credentials and where they are sent.

use super::{Location, ServerTemplate};

/// A way to authenticate calls.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityScheme {
    /// HTTP Basic (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750) that the caller provides, for example from OAuth 2.0 or OpenID Connect.
    Bearer {
        /// The URLs where callers get it, each with its purpose: "authorization URL of the flow `implicit`".
        urls: Vec<(String, String)>,
    },
    /// A bearer token from OAuth 2.0 client credentials (RFC 6749 §4.4).
    ClientCredentials {
        /// The token endpoint.
        token_url: String,
        /// What `token_url` is relative to.
        base: TokenUrlBase,
        /// The scopes that a token may have (RFC 6749 §3.3), sorted.
        scopes: Vec<String>,
    },
    /// An API key.
    ApiKey {
        /// Where it is sent.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
    /// Another HTTP authentication scheme, by name: the caller creates the `Authorization` header (RFC 9110 §11.4).
    Http(String),
    /// The TLS certificate of the connection, which is not part of requests.
    ClientCertificate,
}

impl SecurityScheme {
    /// Whether its credentials are part of requests.
    pub(crate) fn is_sent(&self) -> bool {
        match self {
            Self::Basic | Self::Bearer { .. } | Self::ClientCredentials { .. } => true,
            Self::ApiKey { .. } | Self::Http(_) => true,
            Self::ClientCertificate => false,
        }
    }
}

/// What a token URL is relative to.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenUrlBase {
    /// Nothing: it is absolute.
    Nothing,
    /// A server.
    Server {
        /// Its URL without a trailing slash. Variables have their defaults. One that is relative itself begins with a
        /// slash, and is empty if the document has no server.
        url: String,
        /// The parts of the URL, if it has variables.
        template: Option<ServerTemplate>,
        /// Whether the URL ends with a slash in the spec (RFC 3986 §5.2.3).
        is_folder: bool,
    },
    /// The spec does not tell to which URL requests go.
    Unknown,
}

/// The location of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}

/// The credentials that a call sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// The `Authorization` header.
    Usual,
    /// The `Authorization` header, if the caller has credentials.
    Optional,
    /// The first list whose credentials the caller has. An empty list comes last, for calls without credentials.
    OneOf(Vec<Vec<Credential>>),
    /// No credentials: anybody may call.
    Nothing,
}

/// A credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The `Authorization` header.
    Authorization,
    /// An API key.
    Key {
        /// Where it is sent.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
}

impl Signing {
    /// Whether calls need credentials.
    pub fn needs_credentials(&self) -> bool {
        match self {
            Self::Usual => true,
            Self::Optional | Self::Nothing => false,
            Self::OneOf(alternatives) => !alternatives.iter().any(Vec::is_empty),
        }
    }

    /// Whether every call has an API key of this name in this part of the request.
    pub(crate) fn always_has_key(&self, part: Location, name: &str) -> bool {
        let alternatives = match self {
            Self::Usual | Self::Optional | Self::Nothing => return false,
            Self::OneOf(alternatives) => alternatives,
        };
        let is_it = |it: &Credential| it.is_key(part, name);
        alternatives.iter().all(|it| it.iter().any(is_it))
    }
}

impl Credential {
    /// Whether it is an API key of this name in this part of the request. Names of headers have no case (RFC 9110 §5.1).
    fn is_key(&self, part: Location, name: &str) -> bool {
        match self {
            Self::Authorization => false,
            Self::Key {
                location,
                name: own,
            } => match location {
                KeyLocation::Header => part == Location::Header && own.eq_ignore_ascii_case(name),
                KeyLocation::Query => part == Location::Query && own == name,
                KeyLocation::Cookie => part == Location::Cookie && own == name,
            },
        }
    }
}

/// A security scheme that an operation requires.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requirement {
    /// The scheme's name.
    pub scheme: String,
    /// The scopes that a token must have (RFC 6749 §3.3), sorted.
    pub scopes: Vec<String>,
}
