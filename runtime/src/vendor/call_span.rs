//! What the log is told of a call: a span with what is fixed about its operation and what came of it.
//!
//! It holds no values of parameters, no URLs, no bodies and nothing that a server wrote but its request id.

use tracing::Span;

use crate::operation::{Method, Operation};

/// Opens the span of a call, whose name is the vendor's, at level `INFO`.
///
/// | field | |
/// |---|---|
/// | `operation` | the `operationId` |
/// | `method`, `path` | the method and the path template; a later page of a list has those of the list |
/// | `status`, `request_id`, `code` | those of the last answer, if there was one |
/// | `attempts` | how many were made; a call that is given up has none |
/// | `elapsed_ms` | the time of all of them, waits included |
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

/// The span of a call to a vendor that has no name for it.
pub(super) fn api_call(operation: &Operation, method: Method) -> Span {
    open_span!("api_call", operation, method)
}
