//! The retry quota of a client: what keeps its retries from adding to an outage.

use std::sync::atomic::{AtomicU32, Ordering};

use super::notice::RetryReason;

/// How much is in a full quota, unless a policy says otherwise: that of the AWS SDKs, as are the costs.
pub(super) const SIZE: u32 = 500;

/// What a retry costs.
const COST: u32 = 5;

/// What a retry after a timeout costs: the attempt before it has kept the service busy for long.
const TIMEOUT_COST: u32 = 10;

/// What a success brings in that needed no retry.
const REWARD: u32 = 1;

/// A bucket of units that all clones of a client share. A retry draws from it, a success fills it up again.
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

    /// Takes `cost` out; returns whether so much was left.
    pub(super) fn draw(&self, cost: u32) -> bool {
        self.update(|left| left.checked_sub(cost))
    }

    /// Puts in what the last retry of a call that succeeded had `drawn`, or a little if there was none.
    pub(super) fn refill(&self, drawn: u32) {
        let back = if drawn == 0 { REWARD } else { drawn };
        self.update(|left| Some(left.saturating_add(back).min(self.size)));
    }

    /// Sets what is left; returns whether there was anything to set.
    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        let left = &self.left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

/// Returns what a retry for `reason` costs: nothing if the service has not worked on the attempt before it, because it
/// refused that or has not seen it.
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
    fn retries_draw_until_nothing_is_left() {
        assert_eq!(draws(&RetryQuota::new(SIZE), COST), 100);
        assert_eq!(draws(&RetryQuota::new(SIZE), TIMEOUT_COST), 50);
        assert_eq!(draws(&RetryQuota::new(SIZE), 0), 10_000);
        assert_eq!(draws(&RetryQuota::new(0), COST), 0);
        let quota = RetryQuota::new(7);
        assert!(quota.draw(COST) && !quota.draw(COST) && quota.draw(0));
    }

    #[test]
    fn successes_fill_it_up_to_its_size() {
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
