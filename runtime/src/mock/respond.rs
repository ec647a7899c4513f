//! Finds the response of a mock to a request.

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::Mock;
use super::list::MockedPage;
use super::recorded::RecordedRequest;
use super::state::Answer;
use crate::client::{ApiClient as _, Client};
use crate::error::{SendError, one_line};
use crate::media_type;
use crate::operation::Operation;
use crate::vendor::Vendor;

/// The length, in characters, to which a request without a response is truncated.
const SHOWN_LIMIT: usize = 300;

impl Mock {
    /// Responds to `request`, and records it unless it is a token request.
    pub(super) fn respond(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        if asks_for_token(request) {
            return Ok(response(StatusCode::OK, &token()));
        }
        let recorded = RecordedRequest::new(request);
        self.state().requests.push(recorded.clone());
        let Some(operation) = recorded.operation() else {
            return Ok(response(StatusCode::NOT_IMPLEMENTED, &foreign()));
        };
        let vendor = vendor_of(request);
        if let Some(page) = self.state().lists.page(vendor, operation, request.uri()) {
            return Ok(paged(request, &page));
        }
        // Conditions are the test's own code and may call this mock, so nothing is locked while they run.
        let conditions = self.state().conditions(operation);
        let holds = conditions.iter().find(|(_, holds)| holds(&recorded));
        let script = holds.map(|(script, _)| *script);
        let mut state = self.state();
        let Some(scripted) = state.answer(operation, script) else {
            let body = unanswered(vendor, operation, conditions.len(), &recorded);
            return Ok(response(StatusCode::NOT_IMPLEMENTED, &body));
        };
        let mut response = match scripted.answer {
            Answer::Body(status, body) => answer(request, status, &body),
            Answer::Error(status, code, message) => {
                let body = error(vendor, status, code, &message);
                answer(request, status, &body)
            }
            Answer::Raw(status, body) => raw(request, status, body),
            Answer::List(index) => {
                let uri = request.uri();
                let page = state.lists.first_page(vendor, operation, index, uri);
                paged(request, &page)
            }
            Answer::Failure(kind) => return Err(SendError::new(kind, "the mock's `fail`")),
        };
        response.headers_mut().extend(scripted.headers);
        Ok(response)
    }
}

/// Returns the vendor whose client sent `request`.
fn vendor_of(request: &Request<Bytes>) -> &'static Vendor {
    let known = request.extensions().get::<&'static Vendor>().copied();
    known.unwrap_or(Client::VENDOR)
}

/// Returns an error in the vendor's format.
fn error(vendor: &Vendor, status: StatusCode, code: i64, message: &str) -> Value {
    let errors = &vendor.errors;
    let mut body = Map::new();
    let mut add = |key: &str, value| body.insert(key.to_owned(), value);
    add(errors.code, code.into());
    add(errors.message, message.into());
    if let (Some(key), Some(before)) = (errors.more_info, errors.explained_at) {
        add(key, format!("{before}{code}").into());
    }
    if let Some(key) = errors.status_in_success {
        add(key, status.as_u16().into());
    }
    body.into()
}

/// Returns the error for a request that the test has no response for.
fn unanswered(
    vendor: &Vendor,
    operation: &Operation,
    conditions: usize,
    request: &RecordedRequest,
) -> Value {
    let id = operation.id;
    let asked = one_line(&request.asked_for(), SHOWN_LIMIT);
    let why = match conditions {
        0 => format!("call `mock.on::<{}>().answer(…)`", type_name(id)),
        1 => format!("its condition does not hold for {asked}"),
        count => format!("none of its {count} conditions holds for {asked}"),
    };
    let message = format!("the mock has no response to {id}: {why}");
    json!({ vendor.errors.message: message, "status": 501 })
}

/// Returns the name of the request's type, if it is obvious: that of `fetchSim` is `FetchSim`.
fn type_name(id: &str) -> String {
    let letters = || id.chars().zip(id.chars().skip(1));
    let is_camel = id.chars().all(|it| it.is_ascii_alphanumeric())
        && !letters().any(|(one, next)| one.is_uppercase() && next.is_uppercase());
    match id.get(..1) {
        Some(first) if is_camel => first.to_ascii_uppercase() + &id[1..],
        Some(_) | None => "…".to_owned(),
    }
}

/// Returns the error for a request without an operation.
fn foreign() -> Value {
    json!({"message": "a mock responds only to the requests of a client"})
}

/// Returns whether a request is a token request (RFC 6749 §4.4.2).
fn asks_for_token(request: &Request<Bytes>) -> bool {
    let is_foreign = request.extensions().get::<&'static Operation>().is_none();
    let mut form = form_urlencoded::parse(request.body());
    is_foreign && form.any(|pair| pair == ("grant_type".into(), "client_credentials".into()))
}

/// Returns a token that outlives any test (RFC 6749 §5.1).
fn token() -> Value {
    json!({"access_token": "mock", "token_type": "bearer"})
}

/// Returns the response to an operation: a success has the first accepted media type, an error is plain JSON.
fn answer(request: &Request<Bytes>, status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = response(status, body);
    if status.is_success()
        && let Some(Ok(first)) = accepted(request).map(HeaderValue::from_str)
    {
        response.headers_mut().insert(header::CONTENT_TYPE, first);
    }
    response
}

/// Returns a page of a list.
fn paged(request: &Request<Bytes>, page: &MockedPage) -> Response<Bytes> {
    let mut response = answer(request, StatusCode::OK, &page.body);
    if let Some(Ok(link)) = page.link.as_deref().map(HeaderValue::from_str) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// Returns a response that is not JSON. Ranges and parameters only occur in requests, and text is UTF-8 here.
fn raw(request: &Request<Bytes>, status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let essence = accepted(request).and_then(|it| it.split(';').next());
    let essence = essence.filter(|it| !it.contains('*'));
    if let Some(Ok(essence)) = essence.map(HeaderValue::from_str) {
        response.headers_mut().insert(header::CONTENT_TYPE, essence);
    }
    response
}

/// Returns the first accepted media type.
fn accepted(request: &Request<Bytes>) -> Option<&str> {
    let accepted = request.headers().get(header::ACCEPT);
    accepted.and_then(|it| it.to_str().ok()?.split(", ").next())
}

fn response(status: StatusCode, body: &Value) -> Response<Bytes> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static(media_type::JSON);
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
