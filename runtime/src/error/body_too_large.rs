//! Responses that exceed the size limit.

use std::fmt;

use http::StatusCode;

use super::text::response;

/// A 2xx response whose body exceeds [`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size). The rest of
/// it was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyTooLargeError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status, which is 2xx: the service carried out the request.
    pub status: StatusCode,
    /// The id of the request, which the service's support asks for, if the response has one.
    pub request_id: Option<String>,
    /// The limit, in bytes.
    pub limit: usize,
}

impl fmt::Display for BodyTooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            request_id,
            limit,
        } = self;
        let response = response(*status, request_id.as_deref());
        write!(
            f,
            "{operation}: the response ({response}) has more than {limit} bytes"
        )
    }
}

impl std::error::Error for BodyTooLargeError {}
