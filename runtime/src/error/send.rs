//! Why a transport has no response.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::cause;

/// Why a [`Transport`](crate::Transport) has no response. It determines whether the request may be sent again.
#[derive(Debug)]
pub struct SendError {
    kind: SendErrorKind,
    /// A displayable description of the source.
    cause: Option<Cow<'static, str>>,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kind of failure that left a request without a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The request can never be sent.
    Unsendable,
    /// No connection could be made: the service has not seen the request.
    Connect,
    /// No connection was made in time: the service has not seen the request.
    ConnectTimeout,
    /// The server's or the client's certificate prevented the connection, so another attempt would not help: the
    /// service has not seen the request.
    Certificate,
    /// The connection closed before any of the request was written to it: the service has not seen the request.
    Unsent,
    /// The time for the whole call ran out while the request waited for a permit or for credentials: it was not sent.
    WaitTimeout,
    /// The time for the attempt, or for the whole call, ran out. The service may have carried the request out.
    Timeout,
    /// The body of the request could not be read to its end. The service may have seen part of it.
    Body,
    /// The connection broke, or the server did not speak HTTP. The service may have carried the request out.
    Disconnect,
}

impl SendError {
    /// Creates an error. Printing the chain of errors shows `source`, so it must not contain credentials. If its cause
    /// is a system [`std::io::Error`], such as a refused connection, the call's error names it, too.
    pub fn new(kind: SendErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self {
            kind,
            cause: cause::of(&*source).map(Cow::from),
            source,
        }
    }

    /// Sets a description of the source, which must not contain anything of the request.
    pub(crate) fn because(mut self, cause: impl Into<Cow<'static, str>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Returns the kind of failure.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Returns the description of the source, and the source.
    pub(crate) fn into_cause(self) -> (Option<Cow<'static, str>>, Box<dyn StdError + Send + Sync>) {
        (self.cause, self.source)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.kind, f)
    }
}

impl fmt::Display for SendErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsendable => "the request cannot be sent",
            Self::Connect => "no connection could be made",
            Self::ConnectTimeout => "connecting timed out",
            Self::Certificate => "a certificate prevented the connection",
            Self::Unsent => "the connection closed before the request was sent",
            Self::WaitTimeout => "timed out before the request was sent",
            Self::Timeout => "the request timed out",
            Self::Body => "the body of the request could not be read",
            Self::Disconnect => "the connection broke",
        })
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
