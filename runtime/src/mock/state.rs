//! The state of a mock: the responses that were set, and the recorded requests.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::answer_spec::{AnswerSpec, Content, status_of};
use super::example::{body_of, first};
use super::list::Lists;
use super::recorded::RecordedRequest;
use crate::error::SendErrorKind;
use crate::operation::Operation;
use crate::paging::PageFormat;

/// Responses, and recorded requests.
#[derive(Default)]
pub(super) struct State {
    /// Never removed, so that indices stay valid.
    pub(super) scripts: Vec<Script>,
    /// The operations that have their examples as a fallback.
    pub(super) examples: Vec<&'static AnswerSpec>,
    pub(super) lists: Lists,
    pub(super) requests: Vec<RecordedRequest>,
}

/// The responses to one operation.
pub(super) struct Script {
    operation: Operation,
    /// The requests that they apply to; `None` for any.
    condition: Option<Condition>,
    answers: VecDeque<Scripted>,
}

/// A response, and the headers that the test adds to it.
#[derive(Clone)]
pub(super) struct Scripted {
    pub(super) answer: Answer,
    pub(super) headers: HeaderMap,
}

impl From<Answer> for Scripted {
    fn from(answer: Answer) -> Self {
        let headers = HeaderMap::new();
        Self { answer, headers }
    }
}

/// Returns whether responses apply to a request.
pub(super) type Condition = Arc<dyn Fn(&RecordedRequest) -> bool + Send + Sync>;

/// One response.
#[derive(Clone)]
pub(super) enum Answer {
    /// A status and a JSON body; null for none.
    Body(StatusCode, Value),
    /// An error in the vendor's format: a status, a code and a message.
    Error(StatusCode, i64, String),
    /// A status and a raw body.
    Raw(StatusCode, Bytes),
    /// The list with this index, page by page.
    List(usize),
    /// No response.
    Failure(SendErrorKind),
}

/// Converts a JSON list of numbers to bytes. A larger number is not a byte.
fn bytes_of(numbers: &[Value]) -> Bytes {
    let bytes = numbers.iter().filter_map(Value::as_u64);
    bytes.filter_map(|it| u8::try_from(it).ok()).collect()
}

impl State {
    /// Creates the response for `body`: all items of a list, or a body.
    pub(super) fn body(
        &mut self,
        spec: &'static AnswerSpec,
        status: StatusCode,
        body: Value,
    ) -> Answer {
        match (spec.content, body) {
            (Content::Items(key), Value::Array(items)) => {
                Answer::List(self.lists.add(PageFormat::Envelope(key), items))
            }
            (Content::Pages(rule), Value::Array(items)) => {
                Answer::List(self.lists.add(PageFormat::Rule(rule), items))
            }
            (Content::Text, Value::String(text)) => Answer::Raw(status, text.into()),
            (Content::Bytes, Value::Array(bytes)) => Answer::Raw(status, bytes_of(&bytes)),
            (Content::Items(_) | Content::Pages(_), body)
            | (Content::Value | Content::Array | Content::Nothing, body)
            | (Content::Text | Content::Bytes, body) => Answer::Body(status, body),
        }
    }

    pub(super) fn example(&mut self, spec: &'static AnswerSpec) -> Answer {
        let (status, body) = first(spec);
        let status = StatusCode::from_u16(status).unwrap_or_else(|_| status_of(spec));
        self.body(spec, status, body_of(spec, body))
    }

    /// Returns the index of the script for the requests that meet `condition`: a new one, because conditions cannot be
    /// compared, or the one that all responses without a condition share.
    pub(super) fn script(&mut self, operation: Operation, condition: Option<Condition>) -> usize {
        if condition.is_none()
            && let Some(index) = self.unconditional(&operation)
        {
            return index;
        }
        self.scripts.push(Script {
            operation,
            condition,
            answers: VecDeque::new(),
        });
        self.scripts.len() - 1
    }

    /// Adds a response to a script.
    pub(super) fn add(&mut self, script: usize, answer: Answer) {
        self.scripts[script].answers.push_back(answer.into());
    }

    /// Returns the headers of the response that was added last to a script; `None` for a failure, which has none.
    pub(super) fn last_headers(&mut self, script: usize) -> Option<&mut HeaderMap> {
        let last = self.scripts[script].answers.back_mut()?;
        match last.answer {
            Answer::Failure(_) => None,
            Answer::Body(..) | Answer::Error(..) | Answer::Raw(..) | Answer::List(_) => {
                Some(&mut last.headers)
            }
        }
    }

    /// Returns the conditions on requests for `operation`, each with the index of its script, in the order in which
    /// they were set.
    pub(super) fn conditions(&self, operation: &Operation) -> Vec<(usize, Condition)> {
        let scripts = self.scripts.iter().enumerate();
        scripts
            .filter(|(_, script)| script.operation == *operation)
            .filter_map(|(index, script)| Some((index, script.condition.clone()?)))
            .collect()
    }

    /// Returns the next response of the script whose condition holds, or else of the one without a condition, or else
    /// the example, if any of these exists.
    pub(super) fn answer(
        &mut self,
        operation: &Operation,
        script: Option<usize>,
    ) -> Option<Scripted> {
        let script = script.or_else(|| self.unconditional(operation));
        if let Some(script) = script {
            return self.scripts[script].next();
        }
        let spec = self.examples.iter().find(|it| it.operation == operation)?;
        Some(self.example(spec).into())
    }

    fn unconditional(&self, operation: &Operation) -> Option<usize> {
        let mut scripts = self.scripts.iter();
        scripts.position(|it| it.operation == *operation && it.condition.is_none())
    }
}

impl Script {
    /// Returns the current response and advances. The last one repeats.
    fn next(&mut self) -> Option<Scripted> {
        let answer = self.answers.front().cloned();
        if self.answers.len() > 1 {
            self.answers.pop_front();
        }
        answer
    }
}
