//! A token refresh that calls share. It runs in its own task, so that cancelling a call does not cancel it.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use crate::auth::Authorization;
use crate::error::AuthenticationError;

/// The time limit of a refresh, for all attempts, however long the calls that wait for the token may take. It is less
/// than the default timeout of a call, so that the call reports why there is no token.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);

/// How much longer to wait for a refresh. One that has not ended by then belongs to a runtime that runs nothing.
const GRACE: Duration = Duration::from_secs(1);

/// The result of a refresh, for all calls that wait for it.
pub(super) type RefreshResult = Result<Authorization, AuthenticationError>;

/// A refresh that was started, as seen by the calls that wait for it.
#[derive(Clone)]
pub(super) struct Refresh {
    /// Closed without a result if the task has died: with its runtime, or in a panic.
    result: watch::Receiver<Option<RefreshResult>>,
    ends_at: Instant,
}

impl Refresh {
    /// Starts a task on the runtime of the caller, which must have one. `work` receives the refresh itself, and returns
    /// `None` if no call waits for it any more.
    pub(super) fn start<F>(work: impl FnOnce(Self) -> F) -> Self
    where
        F: Future<Output = Option<RefreshResult>> + Send + 'static,
    {
        let (sender, result) = watch::channel(None);
        let ends_at = Instant::now() + TIMEOUT + GRACE;
        let refresh = Self { result, ends_at };
        let work = work(refresh.clone());
        // Its log events belong to the call that needed the token first.
        tokio::spawn(async move { sender.send_replace(work.await) }.in_current_span());
        refresh
    }

    /// Returns whether the refresh may still complete.
    pub(super) fn is_alive(&self) -> bool {
        self.result.has_changed().is_ok() && Instant::now() < self.ends_at
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.result.same_channel(&other.result)
    }

    /// Waits for the result; `None` if there will be none.
    pub(super) async fn result(mut self) -> Option<RefreshResult> {
        let ended = self.result.wait_for(Option::is_some);
        let ended = timeout_at(self.ends_at, ended).await.ok()?;
        ended.ok()?.clone()
    }
}
