//! Reports retries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::operation::Method;

/// A failed request that is about to be retried. `Debug` shows neither parameter values nor credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// The id of the operation.
    pub operation: &'static str,
    /// The request method.
    pub method: Method,
    /// The number of the next attempt: 2 for the first retry.
    pub attempt: u32,
    /// The wait before it.
    pub wait: Duration,
    /// Why the previous attempt failed.
    pub reason: RetryReason,
}

impl Retry {
    /// Waits until the attempt is due.
    pub(crate) async fn due(&self) {
        tokio::time::sleep(self.wait).await;
    }
}

/// `FetchSim: attempt 2 in 0.31 s: 503 Service Unavailable`.
impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            attempt,
            wait,
            reason,
            ..
        } = self;
        let seconds = wait.as_secs_f64();
        write!(
            f,
            "{operation}: attempt {attempt} in {seconds:.2} s: {reason}"
        )
    }
}

/// Why a request is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryReason {
    /// The service responded with this status.
    Status(StatusCode),
    /// No connection could be made, in time or at all.
    Connect,
    /// The connection closed before the request was sent.
    Unsent,
    /// The time for the attempt ran out.
    Timeout,
    /// The connection broke, or the server did not speak HTTP.
    Disconnect,
}

impl fmt::Display for RetryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => fmt::Display::fmt(status, f),
            Self::Connect => f.write_str("no connection could be made"),
            Self::Unsent => f.write_str("the connection closed before the request was sent"),
            Self::Timeout => f.write_str("the request timed out"),
            Self::Disconnect => f.write_str("the connection broke"),
        }
    }
}

/// A callback that is called before the wait for each retry.
pub(crate) type RetryHook = Arc<dyn Fn(&Retry) + Send + Sync>;

/// Returns a time in whole milliseconds, for logs.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
