//! Decides which failures are retried, and when. It never retries a request that may have been carried out, unless its
//! method or the caller says that it is idempotent.

mod notice;
mod policy;
mod quota;
mod retry_after;

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, SystemTime};

use http::StatusCode;
use tokio::time::Instant;

pub use self::notice::{Retry, RetryReason};
pub(crate) use self::notice::{RetryHook, millis};
#[cfg(feature = "cli")]
pub(crate) use self::policy::RETRY_AFTER_CAP;
pub use self::policy::RetryPolicy;
pub(crate) use self::quota::RetryQuota;
use crate::error::{ApiError, Error, FailedAttempts, SendErrorKind};
use crate::exchange::{Deadline, Limits};
use crate::operation::{Method, Operation};

impl Retry {
    /// Calls `hook` and logs the retry.
    pub(crate) fn announce(&self, hook: Option<&RetryHook>) {
        tracing::warn!(
            operation = self.operation,
            attempt = self.attempt,
            wait_ms = millis(self.wait),
            reason = %self.reason,
            "retrying request"
        );
        if let Some(hook) = hook {
            hook(self);
        }
    }
}

/// The attempts of one request so far.
pub(crate) struct Attempts<'a> {
    policy: &'a RetryPolicy,
    operation: &'static Operation,
    method: Method,
    /// The quota that retries draw from; `None` without a quota.
    quota: Option<&'a RetryQuota>,
    /// The cost of the last retry.
    drawn: u32,
    /// Whether the request may be carried out twice.
    is_idempotent: bool,
    made: u32,
    /// Tokio's clock, which its timers use.
    start: Instant,
}

impl<'a> Attempts<'a> {
    /// Begins the first attempt of a client that has this `quota`.
    pub(crate) fn start(
        policy: &'a RetryPolicy,
        quota: Option<&'a RetryQuota>,
        operation: &'static Operation,
        method: Method,
    ) -> Self {
        Self {
            policy,
            operation,
            method,
            quota: quota.filter(|_| policy.has_quota()),
            drawn: 0,
            is_idempotent: is_idempotent(method) || policy.is_idempotent(),
            made: 1,
            start: Instant::now(),
        }
    }

    /// Marks the request as repeatable, whatever its method.
    pub(crate) fn repeatable(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// Returns the number of attempts that were started.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Returns the time since the start of the first attempt.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Returns the description of the attempts for `error`, which ended the last of them.
    pub(crate) fn failed(&self, error: &Error) -> FailedAttempts {
        FailedAttempts {
            made: self.made,
            of: self.policy.most_attempts(),
            is_retryable: reason(self.is_idempotent, error).is_some(),
        }
    }

    /// Returns the deadline of the call.
    pub(crate) fn call_ends(&self, limits: &Limits) -> Deadline {
        Deadline::of_call(self.start, limits.timeout)
    }

    /// Returns the deadline of an attempt that begins now.
    pub(crate) fn attempt_ends(&self, limits: &Limits) -> Deadline {
        let attempt = Deadline::of_attempt(Instant::now(), limits.attempt_timeout);
        attempt.earlier(self.call_ends(limits))
    }

    /// Records that the last attempt succeeded.
    pub(crate) fn succeed(&self) {
        if let Some(quota) = self.quota {
            quota.refill(self.drawn);
        }
    }

    /// Returns the retry after the last attempt's failure; `None` if the failure is final, if the `limits` of the call
    /// leave no time for a retry, or if the client's quota is used up.
    pub(crate) fn after(&mut self, error: &Error, limits: &Limits) -> Option<Retry> {
        let reason = reason(self.is_idempotent, error)?;
        let elapsed = self.start.elapsed();
        let wait = self
            .policy
            .wait(self.made, elapsed, error.retry_after(), random())?;
        if elapsed.saturating_add(wait) >= limits.timeout || !self.draw(reason, error) {
            return None;
        }
        self.made = self.made.saturating_add(1);
        Some(Retry {
            operation: self.operation.id,
            method: self.method,
            attempt: self.made,
            wait,
            reason,
        })
    }

    /// Draws the cost of a retry from the quota. Returns whether enough was left, and logs if not.
    fn draw(&mut self, reason: RetryReason, error: &Error) -> bool {
        let Some(quota) = self.quota else { return true };
        let is_refused = error.is_rate_limited();
        self.drawn = quota::cost(reason, is_refused);
        let is_drawn = quota.draw(self.drawn);
        if !is_drawn {
            tracing::warn!(
                operation = self.operation.id,
                attempts = self.made,
                reason = %reason,
                "not retrying request: the client's retry quota is used up"
            );
        }
        is_drawn
    }
}

/// Returns why a request that failed with `error` may be sent again; `None` if it must not be.
fn reason(is_idempotent: bool, error: &Error) -> Option<RetryReason> {
    match error {
        Error::Api(error) => {
            let is_repeated = is_repeatable(is_idempotent, error);
            is_repeated.then_some(RetryReason::Status(error.status))
        }
        Error::Transport(error) => {
            let reason = transport_reason(error.kind())?;
            (error.is_unsent() || is_idempotent).then_some(reason)
        }
        Error::Configuration(_)
        | Error::PathParameter(_)
        | Error::HeaderParameter(_)
        | Error::JsonParameter(_)
        | Error::PageSize(_)
        | Error::Runtime(_)
        | Error::File(_)
        | Error::Authentication(_)
        | Error::BodyTooLarge(_)
        | Error::Decode(_)
        | Error::DecodeLimit(_)
        | Error::NextPage(_) => None,
    }
}

fn is_repeatable(is_idempotent: bool, error: &ApiError) -> bool {
    let may_pass = matches!(
        error.status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    );
    error.is_rate_limit || (may_pass && is_idempotent)
}

/// Returns the transport failure; `None` if the request can never be sent, or no longer.
fn transport_reason(kind: SendErrorKind) -> Option<RetryReason> {
    match kind {
        // The call has no time left.
        SendErrorKind::Unsendable | SendErrorKind::WaitTimeout => None,
        // The next attempt would meet the same certificate.
        SendErrorKind::Certificate => None,
        // The source of the body failed, not the connection.
        SendErrorKind::Body => None,
        SendErrorKind::Connect | SendErrorKind::ConnectTimeout => Some(RetryReason::Connect),
        SendErrorKind::Unsent => Some(RetryReason::Unsent),
        SendErrorKind::Timeout => Some(RetryReason::Timeout),
        SendErrorKind::Disconnect => Some(RetryReason::Disconnect),
    }
}

/// Returns whether a request has the same effect if it is carried out twice (RFC 9110 §9.2.2).
fn is_idempotent(method: Method) -> bool {
    match method {
        Method::Get | Method::Head | Method::Options | Method::Trace => true,
        Method::Put | Method::Delete => true,
        Method::Post | Method::Patch => false,
    }
}

impl ApiError {
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after::read(&self.headers, SystemTime::now().into())
    }
}

/// Returns a random number to spread the waits of clients, from the random keys of the standard library's hasher, which
/// needs no other library. Not for security.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::error::{
        AuthenticationError, ConfigurationError, NextPageError, NextPageProblem, SendError,
        TransportError,
    };
    use crate::exchange::{Sent, Start, api_error};
    use crate::twilio::VENDOR;

    const METHODS: [Method; 5] = [
        Method::Get,
        Method::Delete,
        Method::Put,
        Method::Post,
        Method::Patch,
    ];

    const OPERATION: Operation = Operation {
        id: "ListSim",
        method: Method::Get,
        server: "https://supersim.twilio.com",
        path: "/v1/Sims",
    };

    fn api(status: u16, body: &str) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        api_error::read(
            "ListSim",
            &Sent::to(&VENDOR),
            status,
            HeaderMap::new(),
            Start::whole(body.to_owned().into()),
        )
        .into()
    }

    fn transport(kind: SendErrorKind) -> Error {
        TransportError::new("ListSim", SendError::new(kind, "x")).into()
    }

    /// Returns the methods for which `error` is retried.
    fn repeated(error: &Error) -> Vec<Method> {
        METHODS
            .into_iter()
            .filter(|method| reason(is_idempotent(*method), error).is_some())
            .collect()
    }

    #[test]
    fn is_retryable_agrees_with_the_policy() {
        let is_retryable = |method, error: Error| {
            let policy = RetryPolicy::default();
            let attempts = Attempts::start(&policy, None, &OPERATION, method);
            let failed = attempts.failed(&error);
            error.after(failed).is_retryable()
        };
        assert!(is_retryable(Method::Post, api(429, "")));
        assert!(is_retryable(Method::Get, api(503, "")));
        assert!(!is_retryable(Method::Post, api(503, "")));
        assert!(!is_retryable(Method::Get, api(404, "")));
        assert!(is_retryable(
            Method::Post,
            transport(SendErrorKind::Connect)
        ));
        assert!(is_retryable(
            Method::Post,
            transport(SendErrorKind::WaitTimeout)
        ));
        assert!(!is_retryable(
            Method::Post,
            transport(SendErrorKind::Timeout)
        ));
        let no_token = AuthenticationError::caused_by("x", transport(SendErrorKind::WaitTimeout));
        assert!(is_retryable(Method::Post, no_token.into()));
    }

    #[test]
    fn rate_limits_are_recognised_by_status_or_code() {
        assert!(api(429, "").is_rate_limited());
        assert!(api(400, r#"{"code": 20429}"#).is_rate_limited());
        assert!(!api(400, r#"{"code": 20404}"#).is_rate_limited());
        assert!(api(404, "").is_not_found() && !api(410, "").is_not_found());
    }

    #[test]
    fn unprocessed_requests_are_retried_for_every_method() {
        let errors = [
            api(429, r#"{"code": 20429}"#),
            api(429, r#"{"code": 99999}"#),
            api(429, "<html>"),
            api(400, r#"{"code": 20429}"#),
            transport(SendErrorKind::Connect),
            transport(SendErrorKind::ConnectTimeout),
            transport(SendErrorKind::Unsent),
        ];
        for error in errors {
            assert_eq!(repeated(&error), METHODS, "{error:?}");
        }
    }

    #[test]
    fn possibly_processed_requests_are_retried_if_they_are_idempotent() {
        let errors = [
            api(502, ""),
            api(503, "busy"),
            api(504, ""),
            transport(SendErrorKind::Timeout),
            transport(SendErrorKind::Disconnect),
        ];
        for error in errors {
            assert_eq!(repeated(&error), METHODS[..3], "{error:?}");
        }
    }

    #[test]
    fn nothing_else_is_retried() {
        let statuses = [
            300, 304, 400, 401, 403, 404, 408, 409, 412, 425, 500, 501, 505, 507, 520, 599,
        ];
        let mut errors: Vec<_> = statuses.map(|status| api(status, "")).into();
        errors.push(transport(SendErrorKind::Unsendable));
        errors.push(transport(SendErrorKind::WaitTimeout));
        errors.push(transport(SendErrorKind::Certificate));
        errors.push(ConfigurationError::new("x".to_owned(), "y").into());
        let problem = NextPageProblem::NotAUrl;
        let operation = "ListSim";
        errors.push(NextPageError { operation, problem }.into());
        for error in errors {
            assert_eq!(repeated(&error), [], "{error:?}");
        }
    }

    #[test]
    fn attempts_are_counted_and_limited() {
        const LIMITS: Limits = Limits {
            attempt_timeout: Duration::MAX,
            timeout: Duration::MAX,
            max_body_size: 0,
        };
        let policy = RetryPolicy::default();
        let mut attempts = Attempts::start(&policy, None, &OPERATION, Method::Get);
        assert_eq!(attempts.after(&api(500, ""), &LIMITS), None);
        let retry = attempts.after(&api(503, ""), &LIMITS).unwrap();
        assert_eq!((retry.attempt, retry.method), (2, Method::Get));
        let shown = Retry {
            wait: Duration::from_millis(314),
            ..retry
        };
        assert_eq!(
            shown.to_string(),
            "ListSim: attempt 2 in 0.31 s: 503 Service Unavailable"
        );
        let retry = attempts
            .after(&transport(SendErrorKind::Connect), &LIMITS)
            .unwrap();
        assert_eq!((retry.attempt, retry.reason), (3, RetryReason::Connect));
        assert_eq!(attempts.after(&api(503, ""), &LIMITS), None);
    }

    #[test]
    fn random_numbers_differ() {
        let numbers: std::collections::BTreeSet<u64> = (0..100).map(|_| random()).collect();
        assert_eq!(numbers.len(), 100);
        // A hundred identical leading bits happen once in 10³⁰ runs.
        let halves = numbers.iter().filter(|it| **it >> 63 == 1).count();
        assert!((1..100).contains(&halves), "{halves}");
    }
}
