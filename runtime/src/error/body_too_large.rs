//! Answers that are larger than a client takes.

use std::fmt;

use http::StatusCode;

/// A 2xx answer whose body is larger than [`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size). The
/// rest of it was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyTooLargeError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status, which is 2xx: the service did what it was asked to do.
    pub status: StatusCode,
    /// How large the body may be, in bytes.
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
            "{operation}: the answer ({}) has more than {limit} bytes",
            status.as_u16()
        )
    }
}

impl std::error::Error for BodyTooLargeError {}
