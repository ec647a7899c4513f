//! What the log is told of a call: a span with what is fixed about its operation and what came of it.
//!
//! It holds no values of parameters, no URLs, no bodies and nothing that a server wrote but its request id.

use tracing::Span;
use tracing::field::Empty;

use crate::error::Error;
use crate::exchange::Answer;
use crate::operation::{Method, Operation};
use crate::response;
use crate::retry::{Attempts, millis};

/// Opens the span of a call: `twilio_call`, at level `INFO`.
///
/// | field | |
/// |---|---|
/// | `operation` | the `operationId` |
/// | `method`, `path` | the method and the path template; a later page of a list has those of the list |
/// | `status`, `request_id`, `code` | those of the last answer, if there was one |
/// | `attempts` | how many were made; a call that is given up has none |
/// | `elapsed_ms` | the time of all of them, waits included |
pub(crate) fn of(operation: &Operation, method: Method) -> Span {
    tracing::info_span!(
        "twilio_call",
        operation = operation.id,
        method = method.as_str(),
        path = operation.path,
        status = Empty,
        code = Empty,
        request_id = Empty,
        attempts = Empty,
        elapsed_ms = Empty,
    )
}

/// Writes into the span what came of a call, when it ends: a field that is written twice is shown twice.
pub(crate) fn record(span: &Span, attempts: &Attempts<'_>, outcome: &Result<Answer, Error>) {
    if span.is_disabled() {
        return;
    }
    let (status, code, request_id) = match outcome {
        Ok(answer) => (
            Some(answer.status),
            None,
            response::request_id(&answer.headers),
        ),
        Err(error) => (error.status(), error.code(), error.request_id()),
    };
    span.record("status", status.map(|it| it.as_u16()));
    span.record("code", code);
    span.record("request_id", request_id);
    span.record("attempts", attempts.made());
    span.record("elapsed_ms", millis(attempts.elapsed()));
}
