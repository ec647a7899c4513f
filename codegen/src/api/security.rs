//! Credentials: what proves who makes a call, and where it goes.

/// How a call proves who makes it.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityScheme {
    /// HTTP Basic (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750) that the caller has, be it got by OAuth 2.0 or OpenID Connect.
    Bearer {
        /// The URLs where callers get it, each with what it is for: "authorization URL of the flow `implicit`".
        urls: Vec<(String, String)>,
    },
    /// A bearer token got with OAuth 2.0 client credentials (RFC 6749 §4.4).
    ClientCredentials {
        /// Where tokens are issued.
        token_url: String,
        /// The scopes that a token may have (RFC 6749 §3.3), sorted.
        scopes: Vec<String>,
    },
    /// An API key.
    ApiKey {
        /// Where it goes.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
    /// Another HTTP authentication scheme, by its name: the caller makes the `Authorization` header (RFC 9110 §11.4).
    Http(String),
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}

/// What a call is signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// The `Authorization` header.
    Usual,
    /// The same, or nothing.
    Optional,
    /// All of the first list that the caller has all of. An empty list comes last, for calls without credentials.
    OneOf(Vec<Vec<Credential>>),
    /// Nothing: anybody may call.
    Nothing,
}

/// A part of what a call is signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The `Authorization` header.
    Authorization,
    /// An API key.
    Key {
        /// Where it goes.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
}

impl Signing {
    /// Whether nobody may call without credentials.
    pub fn needs_credentials(&self) -> bool {
        match self {
            Self::Usual => true,
            Self::Optional | Self::Nothing => false,
            Self::OneOf(alternatives) => !alternatives.iter().any(Vec::is_empty),
        }
    }
}

/// A security scheme that an operation wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requirement {
    /// The scheme's name.
    pub scheme: String,
    /// The scopes that a token must have (RFC 6749 §3.3), sorted.
    pub scopes: Vec<String>,
}
