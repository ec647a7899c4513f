//! Records the result of a call in its span.

use tracing::Span;

use crate::error::Error;
use crate::exchange::{self, Answer};
use crate::retry::{Attempts, millis};

/// Records the result of a call in the span, when it ends: a field that is recorded twice is shown twice.
pub(crate) fn record<B>(span: &Span, attempts: &Attempts<'_>, outcome: &Result<Answer<B>, Error>) {
    if span.is_disabled() {
        return;
    }
    let (status, request_id) = exchange::told(outcome);
    let code = outcome.as_ref().err().and_then(Error::code);
    span.record("status", status.map(|it| it.as_u16()));
    span.record("code", code);
    span.record("request_id", request_id);
    span.record("attempts", attempts.made());
    span.record("elapsed_ms", millis(attempts.elapsed()));
}
