//! Responses that take too much to decode.

use std::fmt;

use http::StatusCode;

use super::text::cannot_decode;

/// A 2xx response that exceeds the decoding limits of a call. The service carried out the request.
///
/// The decoded values of a response may take twice the memory of the largest body
/// ([`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size)), and at least 16 MiB. Unknown fields take
/// none. Decoding counts toward the time of the attempt.
#[derive(Debug)]
pub struct DecodeLimitError {
    operation: &'static str,
    limit: DecodeLimit,
    status: StatusCode,
    request_id: Option<String>,
}

/// The limit that decoding exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeLimit {
    /// Memory: more than this many bytes.
    Memory(usize),
    /// Time: that of the attempt.
    Time,
}

impl DecodeLimitError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        request_id: Option<String>,
        limit: DecodeLimit,
    ) -> Self {
        Self {
            operation,
            limit,
            status,
            request_id,
        }
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the exceeded limit.
    pub fn limit(&self) -> DecodeLimit {
        self.limit
    }

    /// Returns the status, which is 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the request id, which the service's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl fmt::Display for DecodeLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cannot_decode(f, self.operation, self.status, self.request_id.as_deref())?;
        match self.limit {
            DecodeLimit::Memory(bytes) => {
                write!(f, ": its values take more than {bytes} bytes of memory")
            }
            DecodeLimit::Time => f.write_str(": the time for the attempt ran out"),
        }
    }
}

impl std::error::Error for DecodeLimitError {}
