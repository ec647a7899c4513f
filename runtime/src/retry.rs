//! Which failures are repeated, and when. Nothing is sent here, and nothing is ever repeated that may have been
//! carried out, unless its method is idempotent.

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
pub use self::policy::RetryPolicy;
pub(crate) use self::quota::RetryQuota;
use crate::error::{ApiError, Error, FailedAttempts, SendErrorKind};
use crate::exchange::{Deadline, Limits};
use crate::operation::{Method, Operation};

impl Retry {
    /// Tells `hook` and the log of the retry.
    pub(crate) fn announce(&self, hook: Option<&RetryHook>) {
        tracing::warn!(
            operation = self.operation,
            attempt = self.attempt,
            wait_ms = millis(self.wait),
            reason = %self.reason,
            "a request is repeated"
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
    /// What retries draw from; `None` if they need not.
    quota: Option<&'a RetryQuota>,
    /// What the last retry has drawn.
    drawn: u32,
    /// Whether the request may be carried out twice.
    is_idempotent: bool,
    made: u32,
    /// Tokio's clock, which its timers keep to.
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
            is_idempotent: is_idempotent(method),
            made: 1,
            start: Instant::now(),
        }
    }

    /// Says that the request may be carried out twice, whatever its method.
    pub(crate) fn repeatable(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// Returns how many attempts were begun.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Returns the time since the first attempt was begun.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Returns what `error` should say of the attempts, the last of which it ended.
    pub(crate) fn failed(&self, error: &Error) -> FailedAttempts {
        FailedAttempts {
            made: self.made,
            of: self.policy.most_attempts(),
            is_retryable: reason(self.is_idempotent, error).is_some(),
        }
    }

    /// Returns when all attempts must have come to their end.
    pub(crate) fn call_ends(&self, limits: &Limits) -> Deadline {
        Deadline::of_call(self.start, limits.timeout)
    }

    /// Returns when an attempt that begins now must have come to its end.
    pub(crate) fn attempt_ends(&self, limits: &Limits) -> Deadline {
        let attempt = Deadline::of_attempt(Instant::now(), limits.attempt_timeout);
        attempt.earlier(self.call_ends(limits))
    }

    /// Takes note that the last attempt has succeeded.
    pub(crate) fn succeed(&self) {
        if let Some(quota) = self.quota {
            quota.refill(self.drawn);
        }
    }

    /// Returns the retry that the last attempt's failure calls for; `None` if the failure is final, if there is no
    /// time for a retry among the `limits` of the call, or if the quota of the client is used up.
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

    /// Draws what a retry costs; returns whether there was so much, and tells the log if not.
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
                "a request is not repeated: the retry quota of its client is used up"
            );
        }
        is_drawn
    }
}

/// Returns why a request that met `error` may be sent again; `None` if it must not be.
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

/// Returns what failed on the way; `None` if the request can never be sent, or no more.
fn transport_reason(kind: SendErrorKind) -> Option<RetryReason> {
    match kind {
        // Of the call, no time is left.
        SendErrorKind::Unsendable | SendErrorKind::WaitTimeout => None,
        // The next attempt would meet the same certificate.
        SendErrorKind::Certificate => None,
        // What the body is made of failed, not the way.
        SendErrorKind::Body => None,
        SendErrorKind::Connect | SendErrorKind::ConnectTimeout => Some(RetryReason::Connect),
        SendErrorKind::Unsent => Some(RetryReason::Unsent),
        SendErrorKind::Timeout => Some(RetryReason::Timeout),
        SendErrorKind::Disconnect => Some(RetryReason::Disconnect),
    }
}

/// Tells whether a request may be carried out twice (RFC 9110 §9.2.2). The RFC has `PUT` among them; the
/// APIs have none so far, so nothing is known of how a service takes two.
fn is_idempotent(method: Method) -> bool {
    match method {
        Method::Get | Method::Delete | Method::Options | Method::Head | Method::Trace => true,
        Method::Post | Method::Put | Method::Patch => false,
    }
}

impl ApiError {
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after::read(&self.headers, SystemTime::now().into())
    }
}

/// Returns a number that spreads the waits of clients: from the random keys of the standard library's hasher, so
/// without a library of its own. Not for security.
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
        Method::Post,
        Method::Put,
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

    /// The methods for which `error` is repeated.
    fn repeated(error: &Error) -> Vec<Method> {
        METHODS
            .into_iter()
            .filter(|method| reason(is_idempotent(*method), error).is_some())
            .collect()
    }

    #[test]
    fn errors_are_retryable_as_the_policy_sees_them() {
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
    fn rate_limits_are_known_by_status_or_code() {
        assert!(api(429, "").is_rate_limited());
        assert!(api(400, r#"{"code": 20429}"#).is_rate_limited());
        assert!(!api(400, r#"{"code": 20404}"#).is_rate_limited());
        assert!(api(404, "").is_not_found() && !api(410, "").is_not_found());
    }

    #[test]
    fn what_was_not_begun_is_repeated_for_every_method() {
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
    fn what_may_have_been_carried_out_is_repeated_for_get_and_delete_alone() {
        let errors = [
            api(502, ""),
            api(503, "busy"),
            api(504, ""),
            transport(SendErrorKind::Timeout),
            transport(SendErrorKind::Disconnect),
        ];
        for error in errors {
            assert_eq!(repeated(&error), METHODS[..2], "{error:?}");
        }
    }

    #[test]
    fn nothing_else_is_repeated() {
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
    fn attempts_are_counted_and_end() {
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
        // A hundred leading bits alike happen once in 10³⁰ runs.
        let halves = numbers.iter().filter(|it| **it >> 63 == 1).count();
        assert!((1..100).contains(&halves), "{halves}");
    }
}
