//! Error responses.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Error;
use super::decode::{DecodeError, not_json};
use super::text::FailedAttempts;
use crate::json::{self, Budget, Fault};

/// The memory limit for a decoded error, in bytes. Its text has at most 64 KiB.
const DECODE_MEMORY: usize = 16 * 1024 * 1024;

/// A response with a status other than 2xx, or with 2xx and only an error in its body.
///
/// Read from the vendor's own format, such as `{code, message, more_info, status, details}`, from problem details (RFC
/// 9457), or from whatever else a gateway may return. A redirect is such an error, because the client does not follow
/// it; its `message` contains the target.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status of the response, whatever the body says.
    pub status: StatusCode,
    /// The service's own error code, such as 20404.
    pub code: Option<i64>,
    /// The error message, on one line; the status's reason phrase if the body has none.
    pub message: String,
    /// A URL that explains the error.
    pub more_info: Option<String>,
    /// Further details, in a format that depends on the error.
    pub details: Option<Value>,
    /// The request id, which the service's support asks for.
    pub request_id: Option<String>,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The undecoded body, truncated to 64 KiB. It may contain personal data.
    pub body: Bytes,
    /// Whether `body` is complete.
    pub(crate) is_whole: bool,
    /// Whether the service rejected the request before processing it, because there were too many.
    pub(crate) is_rate_limit: bool,
    /// The attempts, if this is the error of the last.
    pub(crate) attempts: Option<FailedAttempts>,
}

impl ApiError {
    /// Returns the number of attempts, including this one.
    pub fn attempts(&self) -> u32 {
        self.attempts.map_or(1, |it| it.made)
    }

    /// Decodes the JSON body as the type that the operation declares for this error; the docs of each request list it.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body is not JSON or not an `E`: if a gateway responded, or if the body was
    /// truncated.
    pub fn body_as<E: DeserializeOwned>(&self) -> Result<E, Error> {
        let budget = Budget::new(DECODE_MEMORY, None);
        let read = json::reader(&self.body, budget, None).and_then(|mut reader| {
            let body = E::deserialize(&mut reader)?;
            reader.end()?;
            Ok(body)
        });
        read.map_err(|fault| self.undecoded(fault).into())
    }

    /// Returns why the body is not the expected type. A body that is not JSON is reported as such, wherever decoding
    /// stopped.
    #[cold]
    fn undecoded(&self, fault: Fault) -> DecodeError {
        let budget = Budget::new(0, None);
        let whole = json::reader(&self.body, budget, None).and_then(|mut reader| {
            reader.skip()?;
            reader.end()
        });
        let fault = match whole {
            Ok(()) => fault,
            Err(_) if !self.is_whole => {
                let length = self.body.len();
                Fault::new(format!(
                    "only the first {length} bytes of the body were kept"
                ))
            }
            Err(fault) => not_json(&self.headers, &self.body, fault),
        };
        let request_id = self.request_id.clone();
        let body = self.body.clone();
        DecodeError::new(self.operation, self.status, request_id, body, &fault)
    }
}

/// `FetchSim: 404 Not Found: The requested resource was not found (code 20404, request RQ…)`. If there were several
/// attempts, it also has the number of this one.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            message,
            ..
        } = self;
        let reason = reason(*status);
        write!(f, "{operation}: {} {reason}", status.as_u16())?;
        if message != reason {
            write!(f, ": {message}")?;
        }
        let code = self.code.map(|it| format!("code {it}"));
        let request = self.request_id.as_ref().map(|it| format!("request {it}"));
        let attempts = self.attempts.filter(|it| it.made > 1);
        // Of other statuses, the header says nothing about the same request.
        let is_busy = [
            StatusCode::TOO_MANY_REQUESTS,
            StatusCode::SERVICE_UNAVAILABLE,
        ]
        .contains(status);
        let wait = self.retry_after().filter(|_| is_busy);
        let wait = wait.map(|it| format!("retry after {} s", it.as_secs()));
        let facts = [code, request, attempts.map(|it| it.to_string()), wait];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        if facts.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", facts.join(", "))
    }
}

/// Omits the headers, the body, and the details, which are part of it.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("more_info", &self.more_info)
            .field("request_id", &self.request_id)
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

/// Returns the reason phrase of a status.
pub(crate) fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("unknown status")
}
