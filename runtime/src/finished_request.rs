//! Logs each finished request, under the name of the client's own crate.

use std::time::Duration;

use crate::operation::{Method, Operation};

/// A request that has finished, with all its attempts. It contains no parameter values and no credentials, and from the
/// server only the request id.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FinishedRequest<'r> {
    /// The operation, whose path is a template.
    pub operation: &'static Operation,
    /// The method that was sent, which differs from the operation's for later pages of a list.
    pub method: Method,
    /// The host of the request.
    pub host: &'r str,
    /// The status of the last response, if there was one.
    pub status: Option<u16>,
    /// The request id, which the service's support asks for, if the last response has one.
    pub request_id: Option<&'r str>,
    /// The number of attempts.
    pub attempts: u32,
    /// The total time, including waits.
    pub elapsed: Duration,
}

/// A function that logs a request.
pub(crate) type LogRequest = fn(&FinishedRequest<'_>);

/// Creates a function that logs a request under a target, which `tracing` needs at compile time:
/// `request_log!("petstore")`.
#[macro_export]
macro_rules! request_log {
    ($target:expr) => {{
        fn log(request: &$crate::FinishedRequest<'_>) {
            $crate::macro_support::tracing::debug!(
                target: $target,
                operation = request.operation.id,
                method = request.method.as_str(),
                host = request.host,
                path = request.operation.path,
                status = request.status,
                attempts = request.attempts,
                elapsed_ms = u64::try_from(request.elapsed.as_millis()).unwrap_or(u64::MAX),
                "request finished"
            );
        }
        log
    }};
}
