//! Bodies that do not match the specification.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName};

use super::text::{cannot_decode, one_line};
use crate::json::{self, Fault, Problem};
use crate::media_type;

/// The length, in characters, to which a path and a message are truncated: both may repeat what the server sent.
const TEXT_LIMIT: usize = 200;

/// A body that could not be decoded, and the location of the error in it.
pub struct DecodeError {
    operation: &'static str,
    path: String,
    message: String,
    status: StatusCode,
    request_id: Option<String>,
    body: Bytes,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        request_id: Option<String>,
        body: Bytes,
        fault: &Fault,
    ) -> Self {
        Self {
            operation,
            path: one_line(fault.path(), TEXT_LIMIT),
            message: one_line(&fault.to_string(), TEXT_LIMIT),
            status,
            request_id,
            body,
        }
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the location of the error in the JSON, such as `fleets[3].data_limit`; `.` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the status: 2xx, unless the body was that of an [`ApiError`](super::ApiError).
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the request id, which the service's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the undecoded body. It may contain personal data.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body as text, with `\u{fffd}` in place of invalid UTF-8.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, message, .. } = self;
        cannot_decode(f, self.operation, self.status, self.request_id())?;
        match path.as_str() {
            "." => write!(f, ": {message}"),
            path => write!(f, " at `{path}`: {message}"),
        }
    }
}

/// Shows the length of the body, but not the body.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("path", &self.path)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("body_len", &self.body.len())
            .finish()
    }
}

impl std::error::Error for DecodeError {}

/// Returns what a body is instead of JSON, if the headers say so. `fault` is the first error in it.
pub(crate) fn not_json(headers: &HeaderMap, body: &[u8], fault: Fault) -> Fault {
    let fault = match fault.problem() {
        Problem::Syntax => Fault::new(json::syntax_message(body)),
        Problem::Levels | Problem::Value(_) | Problem::Memory | Problem::Time => fault,
    };
    let header = |name: HeaderName| headers.get(name)?.to_str().ok();
    let coding = header(header::CONTENT_ENCODING).filter(|it| *it != "identity");
    let kind = header(header::CONTENT_TYPE).filter(|it| !media_type::is_json(it));
    match (coding, kind) {
        (Some(coding), _) => Fault::new(format!("encoded as `{coding}`, which was not requested")),
        (None, Some(kind)) => Fault::new(format!("{fault}; it is `{kind}`")),
        (None, None) => fault,
    }
}
