//! Answers that are not 2xx, in whatever form they come.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use url::Url;

use super::{AttemptCount, bounded_request_id};
use crate::exchange::Sent;
use crate::origin;

/// How much of a body is kept, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// The length, in characters, to which a message is cut.
const MESSAGE_LIMIT: usize = 1000;

/// An answer with a status other than 2xx, or with 2xx and nothing but an error in its body.
///
/// Read from Twilio's own `{code, message, more_info, status, details}`, from problem details (RFC 9457), or from
/// anything else that a gateway on the way may answer. A redirect is such an answer, because it is not followed; its
/// `message` names where it leads.
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
    /// The body as it came, cut after 64 KiB. It may hold personal data.
    pub body: Bytes,
    /// How many attempts there were, if this is the error of the last.
    pub(super) attempts: Option<AttemptCount>,
}

impl ApiError {
    /// Reads the answer to a request. Any bytes will do. What is shown of it has no credentials, should the service
    /// repeat them.
    pub(crate) fn read(
        operation: &'static str,
        sent: &Sent,
        status: StatusCode,
        headers: HeaderMap,
        mut body: Bytes,
    ) -> Self {
        let fault = Fault::read(&body, sent);
        body.truncate(BODY_LIMIT);
        let redirect = is_redirect(status).then(|| redirect_message(sent, &headers));
        let message = redirect
            .or(fault.message)
            .unwrap_or_else(|| reason(status).to_owned());
        Self {
            operation,
            status,
            code: fault.code,
            message,
            more_info: fault.more_info,
            details: fault.details,
            request_id: bounded_request_id(&headers, sent),
            headers,
            body,
            attempts: None,
        }
    }

    /// Returns how many attempts were made, this one included.
    pub fn attempts(&self) -> u32 {
        self.attempts.map_or(1, |it| it.made)
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

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("unknown status")
}

/// Tells whether an answer with this status sends the client elsewhere (RFC 9110 §15.4). 304, for one, does not.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 300..=303 | 307 | 308)
}

fn redirect_message(sent: &Sent, headers: &HeaderMap) -> String {
    let location = headers
        .get(header::LOCATION)
        .and_then(|it| it.to_str().ok());
    let base = Url::parse(&sent.url.to_string());
    match location.and_then(|it| base.ok()?.join(it).ok()) {
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
    fn read(body: &[u8], sent: &Sent) -> Self {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::from_object(object, sent),
            Ok(_) | Err(_) => Self::default(),
        }
    }

    /// Reads Twilio's members and those of RFC 9457 §3.1 alike; where both are there, Twilio's win.
    fn from_object(mut object: Map<String, Value>, sent: &Sent) -> Self {
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
            message: message.map(|it| sent.shown(it, MESSAGE_LIMIT)),
            more_info: text("more_info")
                .or(problem_type)
                .map(|it| sent.shown(it, MESSAGE_LIMIT)),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &[u8]) -> ApiError {
        let status = StatusCode::from_u16(status).unwrap();
        ApiError::read(
            "ListFleet",
            &Sent::default(),
            status,
            HeaderMap::new(),
            body.to_vec().into(),
        )
    }

    #[test]
    fn twilios_members_win_over_those_of_problem_details() {
        let body = br#"{"message": "m", "detail": "d", "title": "t", "more_info": "i", "type": "u",
            "details": {"a": 1}, "errors": [1]}"#;
        let error = read(400, body);
        assert_eq!(
            (error.message.as_str(), error.more_info.as_deref()),
            ("m", Some("i"))
        );
        assert_eq!(error.details.unwrap()["a"], 1);
        let error = read(
            400,
            br#"{"title": "t", "type": "about:blank", "details": null, "errors": [1]}"#,
        );
        assert_eq!((error.message.as_str(), error.more_info), ("t", None));
        assert_eq!(error.details.unwrap()[0], 1);
    }

    #[test]
    fn a_code_is_a_number_or_digits() {
        let cases = [
            ("20404", Some(20404)),
            ("\"20404\"", Some(20404)),
            ("\"x\"", None),
            ("1.5", None),
            ("{}", None),
        ];
        for (code, expected) in cases {
            assert_eq!(
                read(404, format!("{{\"code\": {code}}}").as_bytes()).code,
                expected,
                "{code}"
            );
        }
    }

    #[test]
    fn the_status_of_the_answer_counts() {
        assert_eq!(read(503, br#"{"status": 200}"#).status, 503);
    }

    #[test]
    fn a_long_message_is_cut_and_debug_shows_no_body() {
        let body = format!(
            r#"{{"message": "{}\nx", "details": "hunter2"}}"#,
            "m".repeat(100_000)
        );
        let error = read(400, body.as_bytes());
        assert!(error.to_string().len() < 1100);
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn any_bytes_will_do() {
        let body = br#"{"code": 20404, "message": "x", "details": {"a": [1]}}"#;
        for at in 0..body.len() {
            for byte in [0, b'"', b'{', b'[', b'\\', 0xff] {
                let mut bytes = body.to_vec();
                bytes[at] = byte;
                assert_eq!(read(404, &bytes).status, 404);
                assert_eq!(read(302, &bytes[..at]).status, 302);
            }
        }
    }
}
