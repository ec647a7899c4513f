//! What can go wrong, one type for each kind. No error shows credentials, parameter values or whole bodies.

mod api;
mod authentication;
mod body_too_large;
pub(crate) mod cause;
mod configuration;
mod decode;
mod decode_limit;
mod next_page;
mod parameter;
mod runtime;
mod send;
mod text;
mod transport;

use std::fmt;

use http::StatusCode;

pub use self::api::ApiError;
pub(crate) use self::api::reason;
pub use self::authentication::AuthenticationError;
pub use self::body_too_large::BodyTooLargeError;
pub use self::configuration::ConfigurationError;
pub use self::decode::DecodeError;
pub use self::decode_limit::{DecodeLimit, DecodeLimitError};
pub use self::next_page::{NextPageError, NextPageProblem};
pub use self::parameter::{
    HeaderParameterError, HeaderParameterProblem, JsonParameterError, PathParameterError,
    PathParameterProblem,
};
pub use self::runtime::RuntimeError;
pub use self::send::{SendError, SendErrorKind};
pub(crate) use self::text::{AttemptCount, one_line};
pub use self::transport::TransportError;

/// Why a client could not be made or a request did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client is not configured well. Nothing was sent.
    Configuration(Box<ConfigurationError>),
    /// A path parameter cannot be part of a path. Nothing was sent.
    PathParameter(Box<PathParameterError>),
    /// A header parameter cannot be part of a header. Nothing was sent.
    HeaderParameter(Box<HeaderParameterError>),
    /// A parameter that is sent as JSON has none. Nothing was sent.
    JsonParameter(Box<JsonParameterError>),
    /// The request was made where it cannot run. Nothing was sent.
    Runtime(Box<RuntimeError>),
    /// There are no credentials for the request. It was not sent.
    Authentication(Box<AuthenticationError>),
    /// No whole answer came: no connection, a timeout, a broken connection.
    Transport(Box<TransportError>),
    /// The service answered with a status other than 2xx, or with 2xx and an error in the body.
    Api(Box<ApiError>),
    /// The service answered with 2xx and a body that is larger than the client takes.
    BodyTooLarge(Box<BodyTooLargeError>),
    /// The service answered with 2xx and a body that is not what its specification says.
    Decode(Box<DecodeError>),
    /// The service answered with 2xx and a body that takes too much memory or time to decode.
    DecodeLimit(Box<DecodeLimitError>),
    /// A link to a page of a list must not be followed. Nothing was sent there.
    NextPage(Box<NextPageError>),
}

impl Error {
    /// Returns the status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status()),
            Self::DecodeLimit(error) => Some(error.status()),
            Self::BodyTooLarge(error) => Some(error.status),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::Authentication(_)
            | Self::Transport(_)
            | Self::NextPage(_) => None,
        }
    }

    /// Returns the service's own error code, such as 20404, if it gave one.
    pub fn code(&self) -> Option<i64> {
        if let Self::Api(error) = self {
            error.code
        } else {
            None
        }
    }

    /// Returns the id of the request, as the service's support asks for it, if there was an answer that has one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id(),
            Self::DecodeLimit(error) => error.request_id(),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::Authentication(_)
            | Self::Transport(_)
            | Self::BodyTooLarge(_)
            | Self::NextPage(_) => None,
        }
    }

    /// Tells whether the time for connecting, for an attempt, for a token that it needs or for the whole call ran out.
    /// The service may have carried the request out nevertheless, unless there was no token or
    /// [`TransportError::is_unsent`].
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::Authentication(error) => error.is_timeout(),
            Self::DecodeLimit(error) => error.limit() == DecodeLimit::Time,
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::Api(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::NextPage(_) => false,
        }
    }

    /// Says how many attempts there were, of an error that ended the last of them.
    pub(crate) fn after(mut self, attempts: AttemptCount) -> Self {
        match &mut self {
            Self::Transport(error) => error.attempts = Some(attempts),
            Self::Api(error) => error.attempts = Some(attempts),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::Authentication(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::DecodeLimit(_)
            | Self::NextPage(_) => {}
        }
        self
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Configuration(error) => &**error,
            Self::PathParameter(error) => &**error,
            Self::HeaderParameter(error) => &**error,
            Self::JsonParameter(error) => &**error,
            Self::Runtime(error) => &**error,
            Self::Authentication(error) => &**error,
            Self::Transport(error) => &**error,
            Self::Api(error) => &**error,
            Self::BodyTooLarge(error) => &**error,
            Self::Decode(error) => &**error,
            Self::DecodeLimit(error) => &**error,
            Self::NextPage(error) => &**error,
        }
    }
}

impl AuthenticationError {
    /// Tells whether the time for a token ran out.
    pub fn is_timeout(&self) -> bool {
        let cause = std::error::Error::source(self);
        cause
            .and_then(|it| it.downcast_ref::<Error>())
            .is_some_and(Error::is_timeout)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

/// An error stands for the kind that it holds: its source is that kind's source.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

macro_rules! from_kind {
    ($($kind:ident => $variant:ident),* $(,)?) => {
        $(
            impl From<$kind> for Error {
                fn from(error: $kind) -> Self {
                    Self::$variant(Box::new(error))
                }
            }
        )*
    };
}

from_kind! {
    ConfigurationError => Configuration,
    PathParameterError => PathParameter,
    HeaderParameterError => HeaderParameter,
    JsonParameterError => JsonParameter,
    RuntimeError => Runtime,
    AuthenticationError => Authentication,
    TransportError => Transport,
    ApiError => Api,
    BodyTooLargeError => BodyTooLarge,
    DecodeError => Decode,
    DecodeLimitError => DecodeLimit,
    NextPageError => NextPage,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_small() {
        assert!(size_of::<Error>() <= 2 * size_of::<usize>());
    }
}
