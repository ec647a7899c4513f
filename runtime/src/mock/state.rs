//! What a mock knows, and the answers that come of it.

use std::collections::VecDeque;

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use serde_json::{Value, json};

use super::example::{body_of, first};
use super::list::Lists;
use super::{AnswerSpec, Content, RecordedRequest};
use crate::operation::Operation;
use crate::transport::{SendError, SendErrorKind};

/// Answers, and the requests that came for them.
#[derive(Default)]
pub(super) struct State {
    pub(super) scripts: Vec<Script>,
    /// The operations that are answered with their examples if they have no script.
    pub(super) examples: Vec<&'static AnswerSpec>,
    pub(super) lists: Lists,
    pub(super) requests: Vec<RecordedRequest>,
}

/// The answers to one operation.
pub(super) struct Script {
    pub(super) operation: Operation,
    pub(super) answers: VecDeque<Answer>,
}

/// One answer.
#[derive(Clone)]
pub(super) enum Answer {
    /// A status and a JSON body; null is none.
    Body(StatusCode, Value),
    /// The list with this index, page by page.
    List(usize),
    /// None at all.
    Failure(SendErrorKind),
}

impl State {
    /// The answer that `body` makes: all items of a list, or a body.
    pub(super) fn body(
        &mut self,
        spec: &'static AnswerSpec,
        status: StatusCode,
        body: Value,
    ) -> Answer {
        match (spec.content, body) {
            (Content::Items(key), Value::Array(items)) => Answer::List(self.lists.add(key, items)),
            (Content::Items(_) | Content::Value | Content::Nothing, body) => {
                Answer::Body(status, body)
            }
        }
    }

    pub(super) fn example(&mut self, spec: &'static AnswerSpec) -> Answer {
        let (status, body) = first(spec);
        let status = StatusCode::from_u16(status).unwrap_or_else(|_| status_of(spec));
        self.body(spec, status, body_of(spec, body))
    }

    /// The answer to a request for `operation`.
    fn answer(&mut self, operation: &Operation) -> Answer {
        let script = self
            .scripts
            .iter_mut()
            .find(|it| it.operation == *operation);
        if let Some(Script { answers, .. }) = script
            && let Some(answer) = answers.front().cloned()
        {
            if answers.len() > 1 {
                answers.pop_front();
            }
            return answer;
        }
        match self.examples.iter().find(|it| it.operation == operation) {
            Some(spec) => self.example(spec),
            None => unanswered(operation),
        }
    }

    /// The whole of the answer to `request`, which is kept.
    pub(super) fn respond(
        &mut self,
        request: &Request<Bytes>,
    ) -> Result<Response<Bytes>, SendError> {
        if asks_for_token(request) {
            return Ok(response(StatusCode::OK, &token()));
        }
        self.requests.push(RecordedRequest::new(request));
        let answer = match request.extensions().get::<&'static Operation>() {
            None => return Ok(response(StatusCode::NOT_IMPLEMENTED, &foreign())),
            Some(operation) => match self.lists.page(request.uri()) {
                Some(page) => return Ok(response(StatusCode::OK, &page)),
                None => self.answer(operation),
            },
        };
        match answer {
            Answer::Body(status, body) => Ok(response(status, &body)),
            Answer::List(index) => Ok(response(
                StatusCode::OK,
                &self.lists.first_page(index, request.uri()),
            )),
            Answer::Failure(kind) => Err(SendError::new(kind, "a mock was told to fail")),
        }
    }
}

pub(super) fn status_of(spec: &AnswerSpec) -> StatusCode {
    StatusCode::from_u16(spec.status).unwrap_or(StatusCode::OK)
}

/// What says that a test lacks an answer.
fn unanswered(operation: &Operation) -> Answer {
    let id = operation.id;
    let message = format!("the mock has no answer to {id}: call `mock.on::<{id}>().answer(…)`");
    let body = json!({"code": null, "message": message, "status": 501});
    Answer::Body(StatusCode::NOT_IMPLEMENTED, body)
}

/// What says that a request is for no operation.
fn foreign() -> Value {
    json!({"message": "a mock answers the requests of a client, and this is none"})
}

/// Tells whether a request is for a token (RFC 6749 §4.4.2).
fn asks_for_token(request: &Request<Bytes>) -> bool {
    let is_foreign = request.extensions().get::<&'static Operation>().is_none();
    let mut form = form_urlencoded::parse(request.body());
    is_foreign && form.any(|pair| pair == ("grant_type".into(), "client_credentials".into()))
}

/// A token that lasts longer than any test (RFC 6749 §5.1).
fn token() -> Value {
    json!({"access_token": "mock", "token_type": "bearer"})
}

fn response(status: StatusCode, body: &Value) -> Response<Bytes> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
