//! What the log is told of each request, under the name of the client's own crate.

use std::time::Duration;

use crate::operation::{Method, Operation};

/// A request that has come to its end, with all its attempts. It holds no values of parameters, no credentials, and of what
/// a server wrote only the id of the request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FinishedRequest<'r> {
    /// The operation, whose path is a template.
    pub operation: &'static Operation,
    /// The method that was sent, which differs from the operation's for later pages of a list.
    pub method: Method,
    /// The host that the request was for.
    pub host: &'r str,
    /// The status of the last answer, if there was one.
    pub status: Option<u16>,
    /// The id of the request, as the service's support asks for it, if the last answer had one.
    pub request_id: Option<&'r str>,
    /// How many attempts were made.
    pub attempts: u32,
    /// The time of all of them, waits included.
    pub elapsed: Duration,
}

/// Tells the log of a request.
pub(crate) type LogRequest = fn(&FinishedRequest<'_>);

/// Makes a function that tells the log of a request under a target, which `tracing` needs when it is compiled:
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
                "a request has ended"
            );
        }
        log
    }};
}
