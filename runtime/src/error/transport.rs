//! Requests that got no whole answer.

use std::fmt;

/// Why no whole answer came. The source is the HTTP library's error, without its URL.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) operation: &'static str,
    pub(crate) timeout: bool,
    pub(crate) connect: bool,
    /// The request is none that the HTTP library can send, however often.
    pub(crate) unsendable: bool,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Tells whether the time for connecting or for the whole request ran out.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Tells whether no connection could be made: the service has not seen the request.
    pub fn is_connect(&self) -> bool {
        self.connect
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.connect, self.timeout) {
            (true, true) => "connecting timed out",
            (true, false) => "no connection could be made",
            (false, true) => "the request timed out",
            (false, false) => "the request failed on its way",
        };
        write!(f, "{}: {what}", self.operation)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
