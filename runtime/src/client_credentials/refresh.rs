//! A token refresh that calls share: it runs in a task of its own, so that no call that gives up takes it along.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use crate::auth::Authorization;
use crate::error::AuthenticationError;

/// How long a refresh may take, all of its attempts together, however long the calls wait that need its token. It is
/// less than a call may take by default, so that the call learns why there is no token.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);

/// How much longer a refresh is waited for. One that has not ended by then belongs to a runtime that stands still.
const GRACE: Duration = Duration::from_secs(1);

/// What a refresh brings to all who wait for it.
pub(super) type Outcome = Result<Authorization, AuthenticationError>;

/// A refresh that was started, as those see it who wait for it.
#[derive(Clone)]
pub(super) struct Refresh {
    /// Closed without an outcome if the task has died: with its runtime, or in a panic.
    outcome: watch::Receiver<Option<Outcome>>,
    ends_at: Instant,
}

impl Refresh {
    /// Starts a task on the runtime of the caller, which must have one. `work` is given the refresh that it is, and
    /// brings no outcome if nobody waits for it any more.
    pub(super) fn start<F>(work: impl FnOnce(Self) -> F) -> Self
    where
        F: Future<Output = Option<Outcome>> + Send + 'static,
    {
        let (sender, outcome) = watch::channel(None);
        let ends_at = Instant::now() + TIMEOUT + GRACE;
        let refresh = Self { outcome, ends_at };
        let work = work(refresh.clone());
        // What it logs belongs to the call that needed the token first.
        tokio::spawn(async move { sender.send_replace(work.await) }.in_current_span());
        refresh
    }

    /// Tells whether the refresh may still bring something.
    pub(super) fn is_alive(&self) -> bool {
        self.outcome.has_changed().is_ok() && Instant::now() < self.ends_at
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.outcome.same_channel(&other.outcome)
    }

    /// Waits for the outcome; `None` if there will be none.
    pub(super) async fn outcome(mut self) -> Option<Outcome> {
        let ended = self.outcome.wait_for(Option::is_some);
        let ended = timeout_at(self.ends_at, ended).await.ok()?;
        ended.ok()?.clone()
    }
}
