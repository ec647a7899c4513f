//! What can go wrong, one type for each kind. No error shows credentials, parameter values or whole bodies.

mod api;
mod authentication;
mod body_too_large;
pub(crate) mod cause;
mod configuration;
mod decode;
mod decode_limit;
mod file;
mod next_page;
mod parameter;
mod runtime;
mod send;
mod text;
mod transport;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use self::api::ApiError;
pub(crate) use self::api::reason;
pub use self::authentication::AuthenticationError;
pub use self::body_too_large::BodyTooLargeError;
pub use self::configuration::ConfigurationError;
pub use self::decode::DecodeError;
pub(crate) use self::decode::not_json;
pub use self::decode_limit::{DecodeLimit, DecodeLimitError};
pub use self::file::FileError;
pub use self::next_page::{NextPageError, NextPageProblem};
pub use self::parameter::{
    HeaderParameterError, HeaderParameterProblem, JsonParameterError, PathParameterError,
    PathParameterProblem,
};
pub use self::runtime::RuntimeError;
pub use self::send::{SendError, SendErrorKind};
pub(crate) use self::text::{FailedAttempts, HEADER_NAME_LIMIT, one_line};
pub use self::transport::TransportError;

/// Why a client could not be made or a request did not succeed.
///
/// `{:?}` is for people, who see it if `main` returns an `Error`: the message, and below it what caused it. `{:#?}` shows the
/// fields.
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
    /// A file cannot be the body of a request, or a part of it. Nothing was sent.
    File(Box<FileError>),
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
            | Self::File(_)
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
            | Self::File(_)
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
            | Self::File(_)
            | Self::Api(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::NextPage(_) => false,
        }
    }

    /// Tells whether the service answered 404 Not Found: there is no such resource, or none that the credentials may see.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Api(error) if error.status == StatusCode::NOT_FOUND)
    }

    /// Tells whether the service refused the request because there were too many of them: with 429 Too Many Requests (RFC
    /// 6585 §4), or with a code of its own that says the same. [`Error::retry_after`] may say how long to wait.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self, Self::Api(error) if error.is_rate_limit)
    }

    /// Tells whether the same request may be sent again, and may succeed then: it failed in a way that passes, and either
    /// was not carried out or may be carried out twice.
    ///
    /// The client has made the retries of its [`RetryPolicy`](crate::RetryPolicy) by then, so wait longer than that.
    pub fn is_retryable(&self) -> bool {
        let is_retryable =
            |attempts: &Option<FailedAttempts>| attempts.is_some_and(|it| it.is_retryable);
        match self {
            Self::Api(error) => is_retryable(&error.attempts),
            Self::Transport(error) => {
                error.kind() == SendErrorKind::WaitTimeout || is_retryable(&error.attempts)
            }
            Self::Authentication(error) => error.is_retryable(),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::File(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::DecodeLimit(_)
            | Self::NextPage(_) => false,
        }
    }

    /// Returns how long the service asks to wait before the next request (RFC 9110 §10.2.3), if it does. A date is counted
    /// from when the answer was sent, or from now if it does not say.
    pub fn retry_after(&self) -> Option<Duration> {
        if let Self::Api(error) = self {
            error.retry_after()
        } else {
            None
        }
    }

    /// Says what is known of the attempts, of an error that ended the last of them.
    pub(crate) fn after(mut self, attempts: FailedAttempts) -> Self {
        match &mut self {
            Self::Transport(error) => error.attempts = Some(attempts),
            Self::Api(error) => error.attempts = Some(attempts),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::Runtime(_)
            | Self::File(_)
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
            Self::File(error) => &**error,
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
        self.cause().is_some_and(Error::is_timeout)
    }

    /// Tells whether the request for a token failed in a way that passes.
    fn is_retryable(&self) -> bool {
        self.cause().is_some_and(Error::is_retryable)
    }

    /// The error of the request for a token.
    fn cause(&self) -> Option<&Error> {
        std::error::Error::source(self)?.downcast_ref()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return fmt::Debug::fmt(self.inner(), f);
        }
        fmt::Display::fmt(self, f)?;
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
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
    FileError => File,
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

    #[test]
    fn debug_is_the_message_and_its_causes() {
        let cause = std::io::Error::other("no route");
        let error = SendError::new(SendErrorKind::Connect, cause);
        let error = TransportError::new("FetchSim", error).to("api.example.com:443".to_owned());
        let error: Error = AuthenticationError::caused_by("no token", Error::from(error)).into();
        assert_eq!(
            format!("{error:?}"),
            "no token\n  caused by: FetchSim: cannot connect to api.example.com:443\n  caused by: no route"
        );
        assert!(format!("{error:#?}").starts_with("AuthenticationError {"));
    }
}
