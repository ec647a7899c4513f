//! Answers that are not 2xx.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Error;
use super::decode::{DecodeError, not_json};
use super::text::FailedAttempts;
use crate::json::{self, Budget, Fault};

/// The memory that a decoded error may take, in bytes. Its text has 64 KiB at most.
const DECODE_MEMORY: usize = 16 * 1024 * 1024;

/// An answer with a status other than 2xx, or with 2xx and nothing but an error in its body.
///
/// Read from the vendor's own format, such as `{code, message, more_info, status, details}`, from problem details (RFC
/// 9457), or from anything else that a gateway on the way may answer. A redirect is such an answer, because it is not followed; its
/// `message` names where it leads.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status of the answer, whatever its body says.
    pub status: StatusCode,
    /// The service's own error code, such as 20404.
    pub code: Option<i64>,
    /// What went wrong, on one line; the reason phrase of the status if the body does not say.
    pub message: String,
    /// A URL where the error is explained.
    pub more_info: Option<String>,
    /// Further details, in a form that depends on the error.
    pub details: Option<Value>,
    /// The id of the request, as the service's support asks for it.
    pub request_id: Option<String>,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body as it came, cut after 64 KiB. It may hold personal data.
    pub body: Bytes,
    /// Whether `body` is all that was sent.
    pub(crate) is_whole: bool,
    /// Whether the service refused the request before it began, because there are too many.
    pub(crate) is_rate_limit: bool,
    /// What is known of the attempts, if this is the error of the last.
    pub(crate) attempts: Option<FailedAttempts>,
}

impl ApiError {
    /// Returns how many attempts were made, this one included.
    pub fn attempts(&self) -> u32 {
        self.attempts.map_or(1, |it| it.made)
    }

    /// Decodes the body as JSON of the type that the operation declares for this error; the docs of requests name it.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body is no JSON or no `E`: if a gateway on the way has answered, or if the body
    /// was cut.
    pub fn body_as<E: DeserializeOwned>(&self) -> Result<E, Error> {
        let budget = Budget::new(DECODE_MEMORY, None);
        let read = json::reader(&self.body, budget, None).and_then(|mut reader| {
            let body = E::deserialize(&mut reader)?;
            reader.end()?;
            Ok(body)
        });
        read.map_err(|fault| self.undecoded(fault).into())
    }

    /// Says why the body is not what was asked for. What is not JSON is so wherever the fault was met.
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

/// `FetchSim: 404 Not Found: The requested resource was not found (code 20404, request RQ…)`. The number of the attempt
/// is added where there were several.
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
        let facts = [code, request, attempts.map(|it| it.to_string())];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        if facts.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", facts.join(", "))
    }
}

/// Shows neither headers nor the body, nor the details, which are a part of it.
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

/// Returns what a status is called.
pub(crate) fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("unknown status")
}
