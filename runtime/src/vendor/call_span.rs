//! The span of a call, with the fixed properties of its operation and its result.
//!
//! It contains no parameter values, URLs or bodies, and from the server only the request id.

use tracing::Span;

use crate::operation::{Method, Operation};

/// Opens the span of a call, whose name is the vendor's, at level `INFO`.
///
/// | field | |
/// |---|---|
/// | `operation` | the `operationId` |
/// | `method`, `path` | the method and the path template; a later page of a list has those of the list |
/// | `status`, `request_id`, `code` | from the last response, if there was one |
/// | `attempts` | the number of attempts; not recorded for a canceled call |
/// | `elapsed_ms` | the total time, including waits |
macro_rules! open_span {
    ($name:literal, $operation:ident, $method:ident) => {
        tracing::info_span!(
            target: "twilio_runtime::span",
            $name,
            operation = $operation.id,
            method = $method.as_str(),
            path = $operation.path,
            status = tracing::field::Empty,
            code = tracing::field::Empty,
            request_id = tracing::field::Empty,
            attempts = tracing::field::Empty,
            elapsed_ms = tracing::field::Empty,
        )
    };
}
pub(crate) use open_span;

/// Opens the span of a call, for a vendor without its own span name.
pub(super) fn api_call(operation: &Operation, method: Method) -> Span {
    open_span!("api_call", operation, method)
}
