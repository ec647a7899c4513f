//! What one call may take, and when its time is over.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::task::unconstrained;
use tokio::time::{Instant, sleep_until};

use crate::body::Progress;
use crate::error::{SendError, SendErrorKind};

/// What one call may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The time from the start of an attempt to the last byte of its answer.
    pub(crate) attempt_timeout: Duration,
    /// The time for all attempts and the waits between them.
    pub(crate) timeout: Duration,
    /// The size of a decoded body, in bytes.
    pub(crate) max_body_size: usize,
}

/// The least memory that the decoded values of an answer may take, in bytes.
const LEAST_DECODE_MEMORY: usize = 16 * 1024 * 1024;

impl Limits {
    /// Returns how much memory the decoded values of one answer may take, in bytes: twice the size of the largest body.
    /// Small objects take more memory than their text, so it is never less than 16 MiB.
    pub(crate) fn decode_memory(&self) -> usize {
        self.max_body_size
            .saturating_mul(2)
            .max(LEAST_DECODE_MEMORY)
    }
}

/// Waits for `future`, until the time `by`.
pub(crate) async fn within<F: Future>(by: Deadline, future: F) -> Result<F::Output, OutOfTime> {
    let Some(at) = by.at else {
        return Ok(future.await);
    };
    let mut future = pin!(future);
    // Made when it is needed: most of what is waited for is there already. It does not share the task's budget, which
    // the future may have used up.
    let mut timer = pin!(None);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if timer.is_none() {
            timer.set(Some(unconstrained(sleep_until(at))));
        }
        if let Some(timer) = timer.as_mut().as_pin_mut() {
            ready!(timer.poll(context));
        }
        Poll::Ready(Err(OutOfTime(by)))
    })
    .await
}

/// Waits for `future` as long as something moves: until for `limits.attempt_timeout` nothing has.
pub(crate) async fn while_moving<F: Future>(
    progress: &Progress,
    limits: &Limits,
    future: F,
) -> Result<F::Output, OutOfTime> {
    let mut future = pin!(future);
    loop {
        let last = progress.last();
        let by = Deadline::of_attempt(last, limits.attempt_timeout);
        match within(by, future.as_mut()).await {
            Err(_) if progress.last() > last => {}
            outcome => return outcome,
        }
    }
}

/// When something must have come to its end, and which limit says so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    /// `None` is never.
    pub(crate) at: Option<Instant>,
    /// The builder's method that sets the limit.
    setting: &'static str,
    limit: Duration,
}

impl Deadline {
    /// The end of an attempt that began at `start`.
    pub(crate) fn of_attempt(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: "attempt_timeout",
            limit,
        }
    }

    /// The end of a call that began at `start`.
    pub(crate) fn of_call(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: "timeout",
            limit,
        }
    }

    /// Returns whichever of two comes first.
    pub(crate) fn earlier(self, other: Self) -> Self {
        match (self.at, other.at) {
            (None, Some(_)) => other,
            (Some(own), Some(others)) if others < own => other,
            (None | Some(_), _) => self,
        }
    }
}

/// A limit of time that was reached.
#[derive(Debug)]
pub(crate) struct OutOfTime(Deadline);

impl OutOfTime {
    /// The end of a wait until `by`.
    pub(crate) fn of(by: Deadline) -> Self {
        Self(by)
    }

    /// Returns the error of a request that was so far when the limit was reached.
    pub(crate) fn into_error(self, kind: SendErrorKind) -> SendError {
        let cause = self.to_string();
        SendError::new(kind, self).because(cause)
    }
}

/// Of a request that is under way.
impl From<OutOfTime> for SendError {
    fn from(error: OutOfTime) -> Self {
        error.into_error(SendErrorKind::Timeout)
    }
}

impl fmt::Display for OutOfTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Deadline { setting, limit, .. } = self.0;
        write!(f, "the `{setting}` of {limit:?} is over")
    }
}

impl std::error::Error for OutOfTime {}
