//! Requests that got no whole answer.

use std::fmt;

use crate::transport::{SendError, SendErrorKind};

/// Why no whole answer came. The source is the transport's own error, without its URL.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) operation: &'static str,
    pub(crate) kind: SendErrorKind,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    pub(crate) fn new(operation: &'static str, error: SendError) -> Self {
        Self {
            operation,
            kind: error.kind(),
            source: error.into_source(),
        }
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns what happened.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Tells whether the time for connecting, for an attempt or for the whole call ran out, also before the request was
    /// sent.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Timeout | SendErrorKind::ConnectTimeout | SendErrorKind::WaitTimeout
        )
    }

    /// Tells whether the service has not seen the request, so that it may be made again without happening twice: it
    /// cannot be sent, no connection could be made, the connection closed before the request was written to it, or the
    /// time ran out before that.
    ///
    /// Of a call with several attempts it tells of the last. Those before it were not carried out, unless the method is
    /// `GET` or `DELETE`, which may be repeated in any case.
    pub fn is_unsent(&self) -> bool {
        match self.kind {
            SendErrorKind::Unsendable
            | SendErrorKind::Connect
            | SendErrorKind::ConnectTimeout
            | SendErrorKind::Unsent
            | SendErrorKind::WaitTimeout => true,
            SendErrorKind::Timeout | SendErrorKind::Disconnect => false,
        }
    }

    /// Tells whether no connection could be made: the service has not seen the request.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Connect | SendErrorKind::ConnectTimeout
        )
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.kind)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
