//! What tests can have of a version: how each operation is answered, and what the spec shows as its answer.

use super::names::Viewpoint;
use super::{Answer, Examples, Mock, MockedRequest, RustType};
use crate::api::{AnswerExample, Json, Operation, OperationIndex, Outcome};
use crate::report::is_hidden;

/// Plans the module for mocks, which is none of the version's own files.
pub(super) fn mock(at: Viewpoint<'_>) -> Mock {
    let indices = (0..at.api.operations.len()).map(OperationIndex);
    let shown = |it: &&Operation| !it.examples.is_empty();
    Mock {
        requests: indices.map(|index| request(at, index)).collect(),
        examples: at
            .api
            .operations
            .iter()
            .filter(shown)
            .map(examples)
            .collect(),
    }
}

fn request(at: Viewpoint<'_>, index: OperationIndex) -> MockedRequest {
    let operation = at.api.operation(index);
    MockedRequest {
        name: at.request_name(index),
        body: match &operation.result {
            Outcome::Nothing => RustType::Unit,
            Outcome::Value(value) => at.rust_type(value),
            Outcome::Page { item, .. } => RustType::Vec(Box::new(at.rust_type(item))),
        },
        // A redirect is an operation without a success.
        status: operation.success.first().map_or(200, |it| it.status),
        answer: Answer::of(&operation.result),
    }
}

fn examples(operation: &Operation) -> Examples {
    let answer = |example: &AnswerExample| {
        let AnswerExample {
            name,
            at: _,
            status,
            body,
        } = example;
        let name = Json::from(name.as_str());
        visible(&format!(
            r#"{{"name":{name},"status":{status},"body":{body}}}"#
        ))
    };
    Examples {
        operation: visible(&Json::from(operation.id.as_str()).to_string()),
        answers: operation.examples.iter().map(answer).collect(),
    }
}

/// JSON text in which every character can be seen: the others, which only strings can hold, are escaped
/// (RFC 8259 §7).
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

impl Answer {
    /// How the answer is read that brings `result`.
    pub(super) fn of(result: &Outcome) -> Self {
        match result {
            Outcome::Nothing => Self::Empty,
            Outcome::Value(_) => Self::Json,
            Outcome::Page { items, .. } => Self::Page(items.clone()),
        }
    }
}
