//! How often and how soon a request is repeated: what users set, and the arithmetic behind it. Whether a failure
//! may be repeated at all is not decided here, and no clock is read.

use std::time::Duration;

use super::quota::{self, RetryQuota};

/// How often and how soon a request that failed is sent again. On by default.
///
/// Nothing is ever carried out twice. Repeated are
///
/// | what happened | which methods | cost |
/// |---|---|---|
/// | 429, or an error with a code of the vendor's for the same: the service refused the request before it began | all | 0 |
/// | no connection could be made, or it closed before the request was sent: the service has not seen the request | all | 0 |
/// | 502, 503, 504, a connection that broke | `GET` and `DELETE`, which are idempotent (RFC 9110 §9.2.2) | 5 |
/// | a timeout | `GET` and `DELETE` | 10 |
///
/// and no other failure. A `DELETE` that did its work although its answer was lost finds nothing when it is
/// repeated, so that a 404 comes back.
///
/// The wait before the n-th retry is drawn evenly from 0 to `base_delay` · 2ⁿ⁻¹, at most `delay_cap` ("full
/// jitter"), so that clients that failed together do not come back together. A `Retry-After` of the answer that is
/// longer takes its place (RFC 9110 §10.2.3). When the retries end, the last failure is returned as it is.
///
/// Retries have a quota that all clones of a client share, so that they do not make an outage worse: 1,000 `GET`s that
/// all get a 503 are 1,100 requests, not 3,000. It holds 500 at first. Each retry draws its cost; a call that succeeds
/// puts back what its last retry drew, or 1 if it needed none. When less is left than a retry costs, the failure is
/// returned at once, and an event of level `WARN` says so. The numbers are those of the AWS SDKs.
///
/// `deadline` ends the retries in time to return the last failure itself. The timeouts of the client, for each attempt
/// and for all of them, end what is under way.
///
/// ```
/// # use std::time::Duration;
/// # use twilio_runtime::{Client, RetryPolicy};
/// let patient = RetryPolicy::default()
///     .attempts(6)
///     .deadline(Duration::from_secs(300));
/// let builder = Client::builder().retry_policy(patient);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client or a request has it"]
pub struct RetryPolicy {
    attempts: u32,
    base_delay: Duration,
    delay_cap: Duration,
    retry_after_cap: Duration,
    deadline: Duration,
    /// The size of the quota; `None` if there is none to draw from.
    quota: Option<u32>,
}

/// At most 3 attempts, waits of up to 500 ms and 1 s or a `Retry-After` of up to 30 s, and no new attempt after 60 s.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            delay_cap: Duration::from_secs(8),
            retry_after_cap: Duration::from_secs(30),
            deadline: Duration::from_secs(60),
            quota: Some(quota::SIZE),
        }
    }
}

impl RetryPolicy {
    /// Sends every request once, whatever becomes of it.
    pub fn off() -> Self {
        Self::default().attempts(1)
    }

    /// Limits how often a request is sent in all, the first time included. The default is 3; 0 counts as 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the first retry. It doubles with every further one. The default is 500 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Limits the longest wait before any retry, however often it has doubled. The default is 8 s. A
    /// `Retry-After` has a cap of its own.
    pub fn delay_cap(mut self, cap: Duration) -> Self {
        self.delay_cap = cap;
        self
    }

    /// Limits the `Retry-After` that is waited for. A longer one ends the retries, and the answer that asked for it
    /// is returned as an error. The default is 30 s.
    pub fn retry_after_cap(mut self, cap: Duration) -> Self {
        self.retry_after_cap = cap;
        self
    }

    /// Limits the time from the start of a request to the start of its last attempt: a retry whose wait would pass
    /// it is not made, and the failure is returned at once. The default is 60 s. For a list, each page counts on
    /// its own.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets how much the retry quota of a client holds, for the policy of a client. The default is 500; with less than 5,
    /// only what costs nothing is repeated.
    ///
    /// A request draws from the quota of its client, so in the policy of a request the size does not matter.
    pub fn quota(mut self, size: u32) -> Self {
        self.quota = Some(size);
        self
    }

    /// Repeats without a quota: all requests of a client, or one request, which then neither draws from the quota of
    /// its client nor fills it up.
    pub fn without_quota(mut self) -> Self {
        self.quota = None;
        self
    }

    /// Returns the quota that a client with this policy has; `None` if its retries cost nothing.
    pub(crate) fn new_quota(&self) -> Option<RetryQuota> {
        self.quota.map(RetryQuota::new)
    }

    /// Tells whether the retries of a request with this policy draw from the quota of its client.
    pub(super) fn has_quota(&self) -> bool {
        self.quota.is_some()
    }

    /// Returns how often a request is sent at most.
    pub(super) fn most_attempts(&self) -> u32 {
        self.attempts.max(1)
    }

    /// Returns the wait before the next attempt; `None` if there is to be none.
    ///
    /// `made` attempts have been made (1 or more) in the time `elapsed`, and the last answer asked to wait for
    /// `retry_after`, if it did. `random` is any number; all of them together are an even distribution.
    pub(super) fn wait(
        &self,
        made: u32,
        elapsed: Duration,
        retry_after: Option<Duration>,
        random: u64,
    ) -> Option<Duration> {
        if made >= self.attempts {
            return None;
        }
        let asked = retry_after.unwrap_or_default();
        if asked > self.retry_after_cap {
            return None;
        }
        // Who is told to come back at once, or by a date that has passed, must not come back with everyone else.
        let wait = asked.max(share(self.longest_delay(made), random));
        (elapsed.saturating_add(wait) <= self.deadline).then_some(wait)
    }

    /// Returns the longest wait after `made` attempts.
    fn longest_delay(&self, made: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
        self.base_delay.saturating_mul(doubled).min(self.delay_cap)
    }
}

/// Returns the share `random` / 2⁶⁴ of a time, which counts as at most 2⁶⁴ ns (584 years).
fn share(whole: Duration, random: u64) -> Duration {
    let nanos = whole.as_nanos().min(u128::from(u64::MAX));
    let share = (nanos * u128::from(random)) >> u64::BITS;
    Duration::from_nanos(u64::try_from(share).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Duration = Duration::ZERO;

    fn longest(policy: &RetryPolicy, made: u32) -> Option<u128> {
        let wait = policy.wait(made, AT_ONCE, None, u64::MAX)?;
        // The largest random number is just short of the whole.
        Some((wait + Duration::from_nanos(1)).as_millis())
    }

    #[test]
    fn delays_double_up_to_the_cap_and_attempts_end() {
        let policy = RetryPolicy::default();
        let delays: Vec<_> = (1..=4).map(|made| longest(&policy, made)).collect();
        assert_eq!(delays, [Some(500), Some(1000), None, None]);
        let policy = policy.attempts(8);
        let delays: Vec<_> = (1..8).filter_map(|made| longest(&policy, made)).collect();
        assert_eq!(delays, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    }

    #[test]
    fn jitter_is_full() {
        let policy = RetryPolicy::default();
        let wait = |random| policy.wait(1, AT_ONCE, None, random).unwrap();
        assert_eq!(wait(0), Duration::ZERO);
        assert_eq!(wait(1 << 62), Duration::from_millis(125));
        assert_eq!(wait(1 << 63), Duration::from_millis(250));
    }

    #[test]
    fn off_is_one_attempt_and_so_is_zero() {
        for policy in [RetryPolicy::off(), RetryPolicy::default().attempts(0)] {
            assert_eq!(policy.wait(1, AT_ONCE, None, 0), None);
            assert_eq!(policy.wait(1, AT_ONCE, Some(AT_ONCE), 0), None);
        }
    }

    #[test]
    fn the_delay_is_the_least_wait_whatever_retry_after_asks_for() {
        let policy = RetryPolicy::default();
        let millis = Duration::from_millis;
        for (asked, wait) in [(0, 250), (100, 250), (250, 250), (251, 251), (7000, 7000)] {
            let asked = Some(millis(asked));
            assert_eq!(policy.wait(1, AT_ONCE, asked, 1 << 63), Some(millis(wait)));
        }
        let asked = Some(AT_ONCE);
        assert_eq!(policy.wait(2, AT_ONCE, asked, 1 << 63), Some(millis(500)));
        let late = policy.deadline(millis(249));
        assert_eq!(late.wait(1, AT_ONCE, asked, 1 << 63), None);
    }

    #[test]
    fn a_longer_retry_after_replaces_the_delay_up_to_its_cap() {
        let policy = RetryPolicy::default();
        let second = Duration::from_secs(1);
        for asked in [second, 9 * second, 30 * second] {
            assert_eq!(policy.wait(1, AT_ONCE, Some(asked), 5), Some(asked));
        }
        for asked in [30 * second + Duration::from_nanos(1), Duration::MAX] {
            assert_eq!(policy.wait(1, AT_ONCE, Some(asked), 5), None);
        }
        let patient = policy
            .retry_after_cap(Duration::MAX)
            .deadline(Duration::MAX);
        assert_eq!(
            patient.wait(1, AT_ONCE, Some(3600 * second), 5),
            Some(3600 * second)
        );
    }

    #[test]
    fn no_wait_passes_the_deadline() {
        let policy = RetryPolicy::default();
        let second = Duration::from_secs(1);
        let asked = Some(10 * second);
        assert_eq!(policy.wait(1, 50 * second, asked, 0), asked);
        assert_eq!(policy.wait(1, 51 * second, asked, 0), None);
        assert_eq!(policy.wait(1, 61 * second, None, 0), None);
        assert_eq!(policy.wait(1, Duration::MAX, asked, 0), None);
        let never = policy.deadline(Duration::ZERO);
        assert_eq!(never.wait(1, Duration::from_nanos(1), None, 0), None);
    }

    #[test]
    fn no_setting_overflows() {
        let policy = RetryPolicy::default()
            .attempts(u32::MAX)
            .base_delay(Duration::MAX)
            .delay_cap(Duration::MAX)
            .deadline(Duration::MAX);
        for made in [1, 2, 40, u32::MAX - 1] {
            assert!(policy.wait(made, AT_ONCE, None, u64::MAX).is_some());
        }
    }
}
