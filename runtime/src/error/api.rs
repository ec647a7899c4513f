//! Answers that are not 2xx, in whatever form they come.

use std::fmt;

use http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use url::Url;

use super::one_line;
use crate::origin;
use crate::response::request_id;

/// How much of a body is kept, in bytes.
const BODY_LIMIT: usize = 64 * 1024;

/// The length, in characters, to which a message is cut.
const MESSAGE_LIMIT: usize = 1000;

/// An answer with a status other than 2xx.
///
/// Read from Twilio's own `{code, message, more_info, status, details}`, from problem details (RFC 9457), or from
/// anything else that a gateway on the way may answer.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The status of the answer, whatever its body says.
    pub status: StatusCode,
    /// Twilio's error code, such as 20404.
    pub code: Option<i64>,
    /// What went wrong, on one line; the reason phrase of the status if the body does not say.
    pub message: String,
    /// A URL where the error is explained.
    pub more_info: Option<String>,
    /// Further details, in a form that depends on the error.
    pub details: Option<Value>,
    /// The id of the request, as Twilio's support asks for it.
    pub request_id: Option<String>,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body as it came, cut after 64 KiB.
    pub body: Vec<u8>,
}

impl ApiError {
    /// Reads the answer to a request for `url`. Any bytes will do.
    pub(crate) fn read(
        operation: &'static str,
        url: &Url,
        status: StatusCode,
        headers: HeaderMap,
        mut body: Vec<u8>,
    ) -> Self {
        let fault = Fault::read(&body);
        let redirect = status
            .is_redirection()
            .then(|| redirect_message(url, &headers));
        let message = redirect
            .or(fault.message)
            .unwrap_or_else(|| reason(status).to_owned());
        body.truncate(BODY_LIMIT);
        Self {
            operation,
            status,
            code: fault.code,
            message,
            more_info: fault.more_info,
            details: fault.details,
            request_id: request_id(&headers).map(str::to_owned),
            headers,
            body,
        }
    }
}

/// `404 Not Found: The requested resource was not found (code 20404, request RQ…)`.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            status, message, ..
        } = self;
        let reason = reason(*status);
        write!(f, "{} {reason}", status.as_u16())?;
        if message != reason {
            write!(f, ": {message}")?;
        }
        match (self.code, &self.request_id) {
            (Some(code), Some(id)) => write!(f, " (code {code}, request {id})"),
            (Some(code), None) => write!(f, " (code {code})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (None, None) => Ok(()),
        }
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

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("unknown status")
}

fn redirect_message(url: &Url, headers: &HeaderMap) -> String {
    let location = headers
        .get(header::LOCATION)
        .and_then(|it| it.to_str().ok());
    match location.and_then(|it| url.join(it).ok()) {
        Some(target) => format!(
            "redirects are not followed; this one leads to `{}`",
            origin::origin(&target)
        ),
        None => "redirects are not followed".to_owned(),
    }
}

/// What the body of an error says.
#[derive(Default)]
struct Fault {
    code: Option<i64>,
    message: Option<String>,
    more_info: Option<String>,
    details: Option<Value>,
}

impl Fault {
    fn read(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::from_object(object),
            Ok(_) | Err(_) => Self::default(),
        }
    }

    /// Reads Twilio's members and those of RFC 9457 §3.1 alike; where both are there, Twilio's win.
    fn from_object(mut object: Map<String, Value>) -> Self {
        let text = |name: &str| {
            object
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.trim().is_empty())
        };
        let message = text("message")
            .or_else(|| text("detail"))
            .or_else(|| text("title"));
        let problem_type = text("type").filter(|it| *it != "about:blank");
        Self {
            code: object.get("code").and_then(lenient_integer),
            message: message.map(|it| one_line(it, MESSAGE_LIMIT)),
            more_info: text("more_info")
                .or(problem_type)
                .map(|it| one_line(it, MESSAGE_LIMIT)),
            details: ["details", "errors"]
                .iter()
                .find_map(|it| object.remove(*it).filter(|it| !it.is_null())),
        }
    }
}

fn lenient_integer(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}
