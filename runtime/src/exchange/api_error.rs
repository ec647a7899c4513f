//! Parses error responses, in whatever format they come.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use url::Url;

use super::sent::Sent;
use crate::error::{ApiError, reason};
use crate::origin;

/// The number of body bytes to keep.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// The length, in characters, to which a message is truncated.
const MESSAGE_LIMIT: usize = 1000;

/// Parses an error response. It accepts any bytes. The message contains no credentials, even if the service echoes
/// them.
pub(crate) fn read(
    operation: &'static str,
    sent: &Sent,
    status: StatusCode,
    headers: HeaderMap,
    start: Start,
) -> ApiError {
    let Start { mut body, is_whole } = start;
    let fault = Fault::read(&body, sent);
    let is_whole = is_whole && body.len() <= BODY_LIMIT;
    body.truncate(BODY_LIMIT);
    let redirect = is_redirect(status).then(|| redirect_message(sent, &headers));
    let message = redirect
        .or(fault.message)
        .unwrap_or_else(|| reason(status).to_owned());
    ApiError {
        operation,
        status,
        is_rate_limit: is_rate_limit(sent, status, fault.code),
        code: fault.code,
        message,
        more_info: fault.more_info,
        details: fault.details,
        request_id: sent.request_id(&headers),
        headers,
        body,
        is_whole,
        attempts: None,
    }
}

/// The received part of an error's body.
pub(crate) struct Start {
    pub(crate) body: Bytes,
    /// Whether that is the whole body.
    pub(crate) is_whole: bool,
}

impl Start {
    /// Creates a complete body.
    pub(crate) fn whole(body: Bytes) -> Self {
        let is_whole = true;
        Self { body, is_whole }
    }
}

/// Returns whether the service rejected a request before processing it, by its status (RFC 6585 §4) or the vendor's
/// code.
fn is_rate_limit(sent: &Sent, status: StatusCode, code: Option<i64>) -> bool {
    let refusals = sent.vendor.errors.refusals;
    status == StatusCode::TOO_MANY_REQUESTS || code.is_some_and(|it| refusals.contains(&it))
}

/// Returns whether a status is a redirect (RFC 9110 §15.4). 304, for example, is not.
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
            "redirects are not followed; this one is to `{}`",
            origin::origin(&target)
        ),
        None => "redirects are not followed".to_owned(),
    }
}

/// The contents of an error's body.
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

    /// Reads the vendor's members and those of RFC 9457 §3.1; if both are present, the vendor's win.
    fn from_object(mut object: Map<String, Value>, sent: &Sent) -> Self {
        let errors = &sent.vendor.errors;
        let text = |name: &str| {
            object
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.trim().is_empty())
        };
        let message = text(errors.message)
            .or_else(|| text("detail"))
            .or_else(|| text("title"));
        let problem_type = text("type").filter(|it| *it != "about:blank");
        Self {
            code: object.get(errors.code).and_then(lenient_integer),
            message: message.map(|it| sent.shown(it, MESSAGE_LIMIT)),
            more_info: errors
                .more_info
                .and_then(text)
                .or(problem_type)
                .map(|it| sent.shown(it, MESSAGE_LIMIT)),
            details: [errors.details, "errors"].iter().find_map(|it| {
                let details = object.get_mut(*it)?.take();
                (!details.is_null()).then_some(details)
            }),
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
    use crate::twilio::VENDOR;

    fn read(status: u16, body: &[u8]) -> ApiError {
        let status = StatusCode::from_u16(status).unwrap();
        super::read(
            "ListFleet",
            &Sent::to(&VENDOR),
            status,
            HeaderMap::new(),
            Start::whole(body.to_vec().into()),
        )
    }

    #[test]
    fn vendor_members_win_over_problem_details() {
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
    fn body_is_decoded_as_the_declared_type() {
        let error = read(422, br#"{"fields": ["a"]}"#);
        let fields: std::collections::BTreeMap<String, Vec<String>> = error.body_as().unwrap();
        assert_eq!(fields["fields"], ["a"]);
        let wrong = error.body_as::<Vec<i64>>().unwrap_err().to_string();
        assert_eq!(
            wrong,
            "ListFleet: cannot decode the response (422): invalid type: an object, expected a sequence"
        );
    }

    #[test]
    fn body_that_is_not_json_is_reported_as_such() {
        let of = |error: ApiError| error.body_as::<Value>().unwrap_err().to_string();
        let mut error = read(502, b"<html>");
        error
            .headers
            .insert("content-type", "text/html".parse().unwrap());
        assert_eq!(
            of(error),
            "ListFleet: cannot decode the response (502): expected value at line 1 column 1; it is `text/html`"
        );
        assert!(of(read(503, b"")).ends_with("the body is empty"));
        let long = format!("[{}1]", "1,".repeat(40_000));
        assert_eq!(
            of(read(400, long.as_bytes())),
            "ListFleet: cannot decode the response (400): only the first 65536 bytes of the body were kept"
        );
        // What arrived before the connection broke may still be a value.
        let status = StatusCode::BAD_GATEWAY;
        let cut = |body: &'static [u8]| Start {
            body: body.into(),
            is_whole: false,
        };
        let sent = Sent::to(&VENDOR);
        let read = |body| super::read("ListFleet", &sent, status, HeaderMap::new(), cut(body));
        assert_eq!(
            read(b"{}").body_as::<Value>().unwrap(),
            serde_json::json!({})
        );
        assert!(of(read(b"{")).ends_with("only the first 1 bytes of the body were kept"));
    }

    #[test]
    fn code_is_a_number_or_digits() {
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
    fn response_status_wins_over_the_body() {
        assert_eq!(read(503, br#"{"status": 200}"#).status, 503);
    }

    #[test]
    fn long_message_is_truncated_and_debug_omits_the_body() {
        let body = format!(
            r#"{{"message": "{}\nx", "details": "hunter2"}}"#,
            "m".repeat(100_000)
        );
        let error = read(400, body.as_bytes());
        assert!(error.to_string().len() < 1100);
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn any_bytes_are_accepted() {
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
