//! Answers that take too much to decode.

use std::fmt;

use http::StatusCode;

use super::text::cannot_decode;

/// A 2xx answer that would take more to decode than a call may. The service carried the request out.
///
/// The decoded values of an answer may take twice the memory of the largest body
/// ([`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size)), and at least 16 MiB. Members that their
/// type does not have take none. Decoding counts to the time of the attempt.
#[derive(Debug)]
pub struct DecodeLimitError {
    operation: &'static str,
    limit: DecodeLimit,
    status: StatusCode,
    request_id: Option<String>,
}

/// What decoding an answer took too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeLimit {
    /// Memory: more than so many bytes.
    Memory(usize),
    /// Time: that of the attempt ran out.
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

    /// Returns what ran out.
    pub fn limit(&self) -> DecodeLimit {
        self.limit
    }

    /// Returns the status, which is 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the id of the request, as the service's support asks for it.
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
