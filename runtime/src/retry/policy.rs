//! The retry policy: how often and how soon a request is retried. This module neither decides whether a failure may be
//! retried, nor reads a clock.

use std::time::Duration;

use super::quota::{self, RetryQuota};

/// How often and how soon a failed request is retried. On by default.
///
/// A retry never carries a request out twice. The client retries
///
/// | what happened | which methods | cost |
/// |---|---|---|
/// | 429, or an error with an equivalent code of the vendor: the service rejected the request before processing it | all | 0 |
/// | no connection could be made, or it closed before the request was sent: the service has not seen the request | all | 0 |
/// | 502, 503, 504, a broken connection | the idempotent ones: all but `POST` and `PATCH` (RFC 9110 §9.2.2), unless the policy is [`idempotent`](Self::idempotent) | 5 |
/// | a timeout | the idempotent ones | 10 |
///
/// and no other failure. If a `DELETE` succeeds but its response is lost, the retry finds nothing and returns 404.
///
/// The wait before the n-th retry is random, evenly distributed from 0 to `base_delay` · 2ⁿ⁻¹, and at most `delay_cap`
/// ("full jitter"), so that clients that failed together do not retry together. A longer `Retry-After` in the response
/// replaces it (RFC 9110 §10.2.3). When the retries end, the last failure is returned unchanged.
///
/// All clones of a client share a retry quota, so that retries do not make an outage worse: 1,000 `GET`s that all get a
/// 503 make 1,100 requests, not 3,000. The quota starts at 500. Each retry draws its cost; a successful call returns
/// what its last retry drew, or 1 if it needed none. If less is left than a retry costs, the failure is returned at
/// once and an event of level `WARN` is logged. The AWS SDKs use the same numbers.
///
/// `deadline` ends the retries in time to return the last failure itself. The client's timeouts, for each attempt and
/// for the whole call, cancel what is in progress.
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
    /// The size of the quota; `None` without one.
    quota: Option<u32>,
    /// Whether every request may be carried out twice.
    is_idempotent: bool,
}

/// The longest `Retry-After` to wait for by default.
pub(crate) const RETRY_AFTER_CAP: Duration = Duration::from_secs(30);

/// At most 3 attempts, waits of up to 500 ms and 1 s or a `Retry-After` of up to 30 s, and no new attempt after 60 s.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            delay_cap: Duration::from_secs(8),
            retry_after_cap: RETRY_AFTER_CAP,
            deadline: Duration::from_secs(60),
            quota: Some(quota::SIZE),
            is_idempotent: false,
        }
    }
}

impl RetryPolicy {
    /// Disables retries.
    pub fn off() -> Self {
        Self::default().attempts(1)
    }

    /// Limits the number of attempts, including the first. The default is 3; 0 counts as 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the first retry. It doubles with each further retry. The default is 500 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Limits the wait before any retry, however often it has doubled. The default is 8 s. `Retry-After` has its own
    /// cap.
    pub fn delay_cap(mut self, cap: Duration) -> Self {
        self.delay_cap = cap;
        self
    }

    /// Limits the `Retry-After` to wait for. A longer one ends the retries, and its response is returned as an error.
    /// The default is 30 s.
    pub fn retry_after_cap(mut self, cap: Duration) -> Self {
        self.retry_after_cap = cap;
        self
    }

    /// Limits the time from the start of a request to the start of its last attempt: if the wait for a retry would
    /// exceed it, the failure is returned at once. The default is 60 s. Each page of a list has its own deadline.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the size of the retry quota, in the policy of a client. The default is 500; with less than 5, only failures
    /// without a cost are retried.
    ///
    /// A request draws from its client's quota, so the size has no effect in the policy of a request.
    pub fn quota(mut self, size: u32) -> Self {
        self.quota = Some(size);
        self
    }

    /// Disables the quota: for all requests of a client, or for one request, which then neither draws from its client's
    /// quota nor refills it.
    pub fn without_quota(mut self) -> Self {
        self.quota = None;
        self
    }

    /// Declares that a request has the same effect if it is carried out twice, whatever its method: because it has an
    /// idempotency key, or because it says what to set rather than what to add. It is then retried like a `PUT`.
    ///
    /// Give such a policy to requests. In the policy of a client, it holds for all requests.
    ///
    /// ```
    /// # use twilio_runtime::RetryPolicy;
    /// let keyed = RetryPolicy::default().idempotent();
    /// // client.orders().create(order).idempotency_key("order-4711").retry_policy(keyed).await?;
    /// # let _ = keyed;
    /// ```
    pub fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Returns whether every request may be carried out twice.
    pub(super) fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Returns the quota of a client with this policy; `None` without one.
    pub(crate) fn new_quota(&self) -> Option<RetryQuota> {
        self.quota.map(RetryQuota::new)
    }

    /// Returns whether retries with this policy draw from the client's quota.
    pub(super) fn has_quota(&self) -> bool {
        self.quota.is_some()
    }

    /// Returns the maximum number of attempts.
    pub(super) fn most_attempts(&self) -> u32 {
        self.attempts.max(1)
    }

    /// Returns the wait before the next attempt; `None` if there is none.
    ///
    /// `made` attempts have been made (1 or more) in the time `elapsed`. `retry_after` is the wait that the last
    /// response asked for. `random` is an evenly distributed number.
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
        // Clients with a `Retry-After` of zero or in the past must not retry all at once.
        let wait = asked.max(share(self.longest_delay(made), random));
        (elapsed.saturating_add(wait) <= self.deadline).then_some(wait)
    }

    /// Returns the longest wait after `made` attempts.
    fn longest_delay(&self, made: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
        self.base_delay.saturating_mul(doubled).min(self.delay_cap)
    }
}

/// Returns the fraction `random` / 2⁶⁴ of a time, which counts as at most 2⁶⁴ ns (584 years).
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
    fn off_and_zero_are_one_attempt() {
        for policy in [RetryPolicy::off(), RetryPolicy::default().attempts(0)] {
            assert_eq!(policy.wait(1, AT_ONCE, None, 0), None);
            assert_eq!(policy.wait(1, AT_ONCE, Some(AT_ONCE), 0), None);
        }
    }

    #[test]
    fn shorter_retry_after_does_not_shorten_the_delay() {
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
    fn longer_retry_after_replaces_the_delay_up_to_its_cap() {
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
