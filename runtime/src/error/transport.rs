//! Requests without a complete response.

use std::borrow::Cow;
use std::fmt;

use super::send::{SendError, SendErrorKind};
use super::text::FailedAttempts;

/// Why no complete response arrived. The source is the transport's own error, without its URL.
#[derive(Debug)]
pub struct TransportError {
    operation: &'static str,
    kind: SendErrorKind,
    /// Host and port of the request, if they are known.
    authority: Option<String>,
    /// A description of the source.
    cause: Option<Cow<'static, str>>,
    pub(super) attempts: Option<FailedAttempts>,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    pub(crate) fn new(operation: &'static str, error: SendError) -> Self {
        let kind = error.kind();
        let (cause, source) = error.into_cause();
        Self {
            operation,
            kind,
            authority: None,
            cause,
            attempts: None,
            source,
        }
    }

    /// Sets where the request went: host and port.
    pub(crate) fn to(mut self, authority: String) -> Self {
        self.authority = Some(authority);
        self
    }

    /// Returns the number of attempts, including this one.
    pub fn attempts(&self) -> u32 {
        self.attempts.map_or(1, |it| it.made)
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the kind of failure.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Returns whether a timeout was reached: that for connecting, for an attempt or for the whole call, even before
    /// the request was sent.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Timeout | SendErrorKind::ConnectTimeout | SendErrorKind::WaitTimeout
        )
    }

    /// Returns whether the service has not seen the request, so that making it again cannot carry it out twice: it
    /// cannot be sent, no connection could be made, the connection closed before the request was written to it, or the
    /// time ran out before that.
    ///
    /// For a call with several attempts, this is about the last. The earlier ones were not carried out, unless the
    /// method is `GET` or `DELETE`, which may be repeated in any case.
    pub fn is_unsent(&self) -> bool {
        match self.kind {
            SendErrorKind::Unsendable
            | SendErrorKind::Connect
            | SendErrorKind::ConnectTimeout
            | SendErrorKind::Certificate
            | SendErrorKind::Unsent
            | SendErrorKind::WaitTimeout => true,
            SendErrorKind::Timeout | SendErrorKind::Body | SendErrorKind::Disconnect => false,
        }
    }

    /// Returns whether no connection could be made: the service has not seen the request.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Connect | SendErrorKind::ConnectTimeout | SendErrorKind::Certificate
        )
    }
}

/// `FetchSim: cannot connect to api.example.com:443: connection refused (attempt 3 of 3)`.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.authority {
            Some(authority) => write!(f, "{} {authority}", towards(self.kind))?,
            None => fmt::Display::fmt(&self.kind, f)?,
        }
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        match self.attempts {
            Some(attempts) if attempts.of > 1 => write!(f, " ({attempts})"),
            Some(_) | None => Ok(()),
        }
    }
}

/// Returns what happened, up to the name of the host.
fn towards(kind: SendErrorKind) -> &'static str {
    match kind {
        SendErrorKind::Connect | SendErrorKind::ConnectTimeout | SendErrorKind::Certificate => {
            "cannot connect to"
        }
        SendErrorKind::Unsent => "the connection closed before the request was sent to",
        SendErrorKind::Unsendable => "cannot send the request to",
        SendErrorKind::WaitTimeout => "timed out before sending the request to",
        SendErrorKind::Timeout => "timed out waiting for",
        SendErrorKind::Body => "cannot read the body of the request to",
        SendErrorKind::Disconnect => "incomplete response from",
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
