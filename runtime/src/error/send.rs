//! Why a transport has no answer.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::cause;

/// Why a [`Transport`](crate::Transport) has no answer to a request. It decides whether the request may be sent again.
#[derive(Debug)]
pub struct SendError {
    kind: SendErrorKind,
    /// What is shown of the source.
    cause: Option<Cow<'static, str>>,
    source: Box<dyn StdError + Send + Sync>,
}

/// What kept a request from being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The request is none that can be sent, however often.
    Unsendable,
    /// No connection could be made: the service has not seen the request.
    Connect,
    /// No connection was made in time: the service has not seen the request.
    ConnectTimeout,
    /// A certificate kept the connection from being made, the server's or the client's, so that another attempt would not
    /// help: the service has not seen the request.
    Certificate,
    /// The connection closed before any of the request was written to it: the service has not seen the request.
    Unsent,
    /// The time for the whole call ran out while the request waited for its turn or for credentials: it was not sent.
    WaitTimeout,
    /// The time for the attempt, or for the whole call, ran out. The service may have carried the request out.
    Timeout,
    /// The body of the request could not be read to its end. The service may have seen a part of it.
    Body,
    /// The connection broke, or what came over it was no HTTP. The service may have carried the request out.
    Disconnect,
}

impl SendError {
    /// Makes an error. `source` is shown to whoever prints the chain of errors, so it must hold no credentials. If it comes
    /// of an [`std::io::Error`] of the system, such as a refused connection, the error of the call says that, too.
    pub fn new(kind: SendErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self {
            kind,
            cause: cause::of(&*source).map(Cow::from),
            source,
        }
    }

    /// Says what is shown of the source, which must be free of what the request holds.
    pub(crate) fn because(mut self, cause: impl Into<Cow<'static, str>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Returns what happened.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Returns what is shown of the source, and the source.
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
            Self::Certificate => "a certificate kept the connection from being made",
            Self::Unsent => "the connection closed before the request was sent",
            Self::WaitTimeout => "the time ran out before the request was sent",
            Self::Timeout => "the request timed out",
            Self::Body => "the body of the request could not be read",
            Self::Disconnect => "the request failed on its way",
        })
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
