//! The limits of a call, and its deadlines.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::task::unconstrained;
use tokio::time::{Instant, sleep_until};

use crate::body::Progress;
use crate::error::{SendError, SendErrorKind};

/// The limits of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The time from the start of an attempt to the last byte of its response.
    pub(crate) attempt_timeout: Duration,
    /// The time for all attempts and the waits between them.
    pub(crate) timeout: Duration,
    /// The maximum size of a decoded body, in bytes.
    pub(crate) max_body_size: usize,
}

/// The minimum of the memory limit for decoding a response, in bytes.
const LEAST_DECODE_MEMORY: usize = 16 * 1024 * 1024;

impl Limits {
    /// Returns the memory limit for decoding one response, in bytes: twice the size of the largest body. Small objects
    /// take more memory than their text, so it is never less than 16 MiB.
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
    // Created only when needed, because most futures are ready at once. It does not use the task's budget, which the
    // future may have exhausted.
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

/// Waits for `future` while its body makes progress: until there has been none for `limits.attempt_timeout`.
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

/// The builder methods that limit the time of an attempt and of a call, in messages.
pub(crate) const TIMEOUTS: [&str; 2] = ["the `attempt_timeout`", "the `timeout`"];

/// The time at which something must be complete, and the limit that sets it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    /// `None` for never.
    pub(crate) at: Option<Instant>,
    /// One of [`TIMEOUTS`], which sets the limit.
    setting: &'static str,
    limit: Duration,
}

impl Deadline {
    /// Returns the deadline of an attempt that began at `start`.
    pub(crate) fn of_attempt(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: TIMEOUTS[0],
            limit,
        }
    }

    /// Returns the deadline of a call that began at `start`.
    pub(crate) fn of_call(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: TIMEOUTS[1],
            limit,
        }
    }

    /// Returns the earlier of two deadlines.
    pub(crate) fn earlier(self, other: Self) -> Self {
        match (self.at, other.at) {
            (None, Some(_)) => other,
            (Some(own), Some(others)) if others < own => other,
            (None | Some(_), _) => self,
        }
    }
}

/// A time limit that was reached.
#[derive(Debug)]
pub(crate) struct OutOfTime(Deadline);

impl OutOfTime {
    /// Returns the limit for a wait until `by`.
    pub(crate) fn of(by: Deadline) -> Self {
        Self(by)
    }

    /// Converts this to the error of a request at the given stage.
    pub(crate) fn into_error(self, kind: SendErrorKind) -> SendError {
        let cause = self.to_string();
        SendError::new(kind, self).because(cause)
    }
}

/// Converts this to the error of a request in progress.
impl From<OutOfTime> for SendError {
    fn from(error: OutOfTime) -> Self {
        error.into_error(SendErrorKind::Timeout)
    }
}

impl fmt::Display for OutOfTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Deadline { setting, limit, .. } = self.0;
        write!(f, "{setting} of {limit:?} was exceeded")
    }
}

impl std::error::Error for OutOfTime {}
