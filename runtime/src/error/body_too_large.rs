//! Responses that exceed the size limit.

use std::fmt;

use http::StatusCode;

/// A 2xx response whose body exceeds [`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size). The rest of
/// it was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyTooLargeError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status, which is 2xx: the service carried out the request.
    pub status: StatusCode,
    /// The limit, in bytes.
    pub limit: usize,
}

impl fmt::Display for BodyTooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            limit,
        } = self;
        write!(
            f,
            "{operation}: the response ({}) has more than {limit} bytes",
            status.as_u16()
        )
    }
}

impl std::error::Error for BodyTooLargeError {}
