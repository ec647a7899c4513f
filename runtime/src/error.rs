//! The errors of a client, one type for each kind. No error contains credentials, parameter values or whole bodies.

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
    HeaderParameterError, HeaderParameterProblem, JsonParameterError, PageSizeError,
    PathParameterError, PathParameterProblem,
};
pub use self::runtime::RuntimeError;
pub use self::send::{SendError, SendErrorKind};
pub(crate) use self::text::{FailedAttempts, HEADER_NAME_LIMIT, one_line};
pub use self::transport::TransportError;

/// Why a client could not be built or a request failed.
///
/// `{:?}` prints the message and then each cause on its own line, which is what a user sees if `main` returns an
/// `Error`. `{:#?}` prints the fields.
#[non_exhaustive]
pub enum Error {
    /// The client is misconfigured. Nothing was sent.
    Configuration(Box<ConfigurationError>),
    /// A path parameter has a value that paths cannot contain. Nothing was sent.
    PathParameter(Box<PathParameterError>),
    /// A header parameter has a value that headers cannot contain. Nothing was sent.
    HeaderParameter(Box<HeaderParameterError>),
    /// A parameter that is sent as JSON has a value that JSON cannot represent. Nothing was sent.
    JsonParameter(Box<JsonParameterError>),
    /// The page size is not one that the list allows. Nothing was sent.
    PageSize(Box<PageSizeError>),
    /// There is no usable Tokio runtime. Nothing was sent.
    Runtime(Box<RuntimeError>),
    /// A file cannot be a request body, or part of one. Nothing was sent.
    File(Box<FileError>),
    /// No credentials could be obtained for the request. It was not sent.
    Authentication(Box<AuthenticationError>),
    /// No complete response arrived: no connection, a timeout, or a broken connection.
    Transport(Box<TransportError>),
    /// The service responded with a status other than 2xx, or with 2xx and an error in the body.
    Api(Box<ApiError>),
    /// The service responded with 2xx and a body that exceeds the client's limit.
    BodyTooLarge(Box<BodyTooLargeError>),
    /// The service responded with 2xx and a body that does not match the specification.
    Decode(Box<DecodeError>),
    /// The service responded with 2xx and a body that takes too much memory or time to decode.
    DecodeLimit(Box<DecodeLimitError>),
    /// The client must not follow a link to a page of a list. Nothing was sent there.
    NextPage(Box<NextPageError>),
}

impl Error {
    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(|(status, _)| status)
    }

    /// Returns the status and the request id of the response, if there was one.
    fn response(&self) -> Option<(StatusCode, Option<&str>)> {
        match self {
            Self::Api(error) => Some((error.status, error.request_id.as_deref())),
            Self::Decode(error) => Some((error.status(), error.request_id())),
            Self::DecodeLimit(error) => Some((error.status(), error.request_id())),
            Self::BodyTooLarge(error) => Some((error.status, error.request_id.as_deref())),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::PageSize(_)
            | Self::Runtime(_)
            | Self::File(_)
            | Self::Authentication(_)
            | Self::Transport(_)
            | Self::NextPage(_) => None,
        }
    }

    /// Returns the service's own error code, such as 20404, if there is one.
    pub fn code(&self) -> Option<i64> {
        self.api()?.code
    }

    /// Returns the error that the service responded with, if it did.
    pub(crate) fn api(&self) -> Option<&ApiError> {
        if let Self::Api(error) = self {
            Some(error)
        } else {
            None
        }
    }

    /// Returns the request id, which the service's support asks for, if the response has one.
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.1
    }

    /// Returns whether a timeout was reached: that for connecting, for an attempt, for a token or for the whole call.
    /// The service may still have carried out the request, unless no token was obtained or
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
            | Self::PageSize(_)
            | Self::Runtime(_)
            | Self::File(_)
            | Self::Api(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::NextPage(_) => false,
        }
    }

    /// Returns whether the response is 404 Not Found: the resource does not exist, or the credentials may not see it.
    pub fn is_not_found(&self) -> bool {
        self.api()
            .is_some_and(|it| it.status == StatusCode::NOT_FOUND)
    }

    /// Returns whether the service rejected the request because there were too many: with 429 Too Many Requests (RFC
    /// 6585 §4), or with an equivalent code of its own. [`Error::retry_after`] may say how long to wait.
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(|it| it.is_rate_limit)
    }

    /// Returns whether the same request may be sent again and may then succeed: the failure is transient, and the
    /// request was not carried out or may be carried out twice.
    ///
    /// The client has already made the retries of its [`RetryPolicy`](crate::RetryPolicy), so wait longer than that.
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
            | Self::PageSize(_)
            | Self::Runtime(_)
            | Self::File(_)
            | Self::BodyTooLarge(_)
            | Self::Decode(_)
            | Self::DecodeLimit(_)
            | Self::NextPage(_) => false,
        }
    }

    /// Returns how long the service asks to wait before the next request (RFC 9110 §10.2.3), if it does. A date is
    /// relative to the response's `Date`, or to now if it has none.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after()
    }

    /// Records the attempts in an error that ended the last of them.
    pub(crate) fn after(mut self, attempts: FailedAttempts) -> Self {
        match &mut self {
            Self::Transport(error) => error.attempts = Some(attempts),
            Self::Api(error) => error.attempts = Some(attempts),
            Self::Configuration(_)
            | Self::PathParameter(_)
            | Self::HeaderParameter(_)
            | Self::JsonParameter(_)
            | Self::PageSize(_)
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
            Self::PageSize(error) => &**error,
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
    /// Returns whether waiting for a token timed out.
    pub fn is_timeout(&self) -> bool {
        self.cause().is_some_and(Error::is_timeout)
    }

    /// Returns whether the token request failed transiently.
    fn is_retryable(&self) -> bool {
        self.cause().is_some_and(Error::is_retryable)
    }

    /// Returns the error of the token request.
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

/// The source is that of the variant's own error, which this one displays.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

macro_rules! from_kind {
    ($($kind:ident => $variant:ident),* $(,)?) => {
        $(
            impl From<$kind> for Error {
                #[cold]
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
    PageSizeError => PageSize,
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
