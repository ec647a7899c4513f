//! The retry quota of a client, which keeps retries from adding to an outage.

use std::sync::atomic::{AtomicU32, Ordering};

use super::notice::RetryReason;

/// The default size of the quota. It and the costs are those of the AWS SDKs.
pub(super) const SIZE: u32 = 500;

/// The cost of a retry.
const COST: u32 = 5;

/// The cost of a retry after a timeout, which kept the service busy for long.
const TIMEOUT_COST: u32 = 10;

/// The refill after a success without retries.
const REWARD: u32 = 1;

/// A budget that all clones of a client share. A retry draws from it, a success refills it.
pub(crate) struct RetryQuota {
    size: u32,
    left: AtomicU32,
}

impl RetryQuota {
    /// Starts with a full quota.
    pub(crate) fn new(size: u32) -> Self {
        Self {
            size,
            left: AtomicU32::new(size),
        }
    }

    /// Draws `cost`. Returns whether enough was left.
    pub(super) fn draw(&self, cost: u32) -> bool {
        self.update(|left| left.checked_sub(cost))
    }

    /// Returns what the last retry of a successful call has `drawn`, or a little if there was none.
    pub(super) fn refill(&self, drawn: u32) {
        let back = if drawn == 0 { REWARD } else { drawn };
        self.update(|left| Some(left.saturating_add(back).min(self.size)));
    }

    /// Updates the remaining quota. Returns whether it was updated.
    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        let left = &self.left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

/// Returns the cost of a retry for `reason`: nothing if the service did not work on the previous attempt, because it
/// rejected the attempt or has not seen it.
pub(super) fn cost(reason: RetryReason, is_refused: bool) -> u32 {
    match reason {
        RetryReason::Connect | RetryReason::Unsent => 0,
        RetryReason::Status(_) if is_refused => 0,
        RetryReason::Status(_) | RetryReason::Disconnect => COST,
        RetryReason::Timeout => TIMEOUT_COST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(quota: &RetryQuota, cost: u32) -> usize {
        (0..10_000).take_while(|_| quota.draw(cost)).count()
    }

    #[test]
    fn retries_draw_until_the_quota_is_empty() {
        assert_eq!(draws(&RetryQuota::new(SIZE), COST), 100);
        assert_eq!(draws(&RetryQuota::new(SIZE), TIMEOUT_COST), 50);
        assert_eq!(draws(&RetryQuota::new(SIZE), 0), 10_000);
        assert_eq!(draws(&RetryQuota::new(0), COST), 0);
        let quota = RetryQuota::new(7);
        assert!(quota.draw(COST) && !quota.draw(COST) && quota.draw(0));
    }

    #[test]
    fn successes_refill_up_to_the_size() {
        let quota = RetryQuota::new(10);
        assert_eq!(draws(&quota, COST), 2);
        for _ in 0..4 {
            quota.refill(0);
            assert!(!quota.draw(COST));
        }
        quota.refill(0);
        assert!(quota.draw(COST));
        quota.refill(TIMEOUT_COST);
        assert!(quota.draw(TIMEOUT_COST));
        (0..100).for_each(|_| quota.refill(TIMEOUT_COST));
        assert_eq!(draws(&quota, COST), 2);
        let largest = RetryQuota::new(u32::MAX);
        largest.refill(COST);
        assert!(largest.draw(u32::MAX));
    }
}
