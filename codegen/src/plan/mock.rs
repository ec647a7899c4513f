//! Plans the mocks of a version: how each operation responds, and the examples of the spec.

mod minimal;

use super::viewpoint::{Basis, Viewpoint};
use super::{Gate, Leaf, ResponseDecoding, RustType};
use crate::api::{AnswerExample, Api, Encoding, Json, OperationIndex, Payload, ResponseKind};
use crate::naming::RustName;
use crate::report::is_hidden;

/// The part of a version behind the feature `mock`: how each operation responds.
#[derive(Clone, Debug, PartialEq)]
pub struct Mock {
    /// The requests, in the order of the spec.
    pub requests: Vec<MockedRequest>,
    /// The examples of their responses, by operation.
    pub examples: Vec<Examples>,
    /// A response for each operation that has no example, and for which an empty one would not do.
    pub minimal: Vec<MinimalResponse>,
}

/// A response that is made from the schema. Both strings are JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinimalResponse {
    /// The operation's id, as a string.
    pub operation: String,
    /// The body.
    pub body: String,
}

/// A request that a mock can respond to.
#[derive(Clone, Debug, PartialEq)]
pub struct MockedRequest {
    /// Its gate.
    pub gate: Gate,
    /// The request.
    pub name: RustName,
    /// The contents of a response; for a list, all of its items.
    pub body: RustType,
    /// The status of a success.
    pub status: u16,
    /// How the body is decoded.
    pub answer: ResponseDecoding,
}

/// The examples of one operation's responses. Each string is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examples {
    /// The request.
    pub request: RustName,
    /// The operation's id, as a string.
    pub operation: String,
    /// Each example, as an object with its name, status and body.
    pub answers: Vec<String>,
}

/// Plans the module for mocks, which is not one of the version's own files.
pub(super) fn mock(basis: &Basis<'_>) -> Mock {
    let at = basis.outside();
    let indices = (0..at.api.operations.len()).map(OperationIndex);
    Mock {
        requests: indices.clone().map(|it| request(at, it)).collect(),
        examples: indices.clone().filter_map(|it| examples(at, it)).collect(),
        minimal: indices.filter_map(|it| minimal_response(at, it)).collect(),
    }
}

/// Whether mocks respond with bodies that are made from schemas.
pub(crate) fn makes_responses(api: &Api) -> bool {
    let indices = (0..api.operations.len()).map(OperationIndex);
    let mut without = indices.filter(|it| api.operation(*it).examples.is_empty());
    without.any(|it| minimal::minimal(api, it).is_some())
}

fn request(at: Viewpoint<'_>, index: OperationIndex) -> MockedRequest {
    let operation = at.api.operation(index);
    MockedRequest {
        gate: at.gates.mock(index),
        name: at.names.request(index).clone(),
        body: match &operation.result {
            ResponseKind::Nothing => RustType::Unit,
            // For several kinds, the test chooses one by the status.
            ResponseKind::OneOf(_) => RustType::Leaf(Leaf::VALUE),
            ResponseKind::Value(payload) => mocked_type(at, payload),
            ResponseKind::Page { item, .. } => RustType::Vec(Box::new(at.rust_type(item))),
        },
        // An operation without a success is a redirect.
        status: operation.success.first().map_or(200, |it| it.status),
        answer: ResponseDecoding::of(at, &operation.result),
    }
}

/// The type that a mock takes for a value, which must have a JSON form.
fn mocked_type(at: Viewpoint<'_>, payload: &Payload) -> RustType {
    match payload.encoding {
        Encoding::Json | Encoding::Text => at.payload_type(payload),
        Encoding::Bytes => RustType::Vec(Box::new(RustType::Leaf(Leaf::U8))),
    }
}

/// The examples of an operation, if it has any.
fn examples(at: Viewpoint<'_>, index: OperationIndex) -> Option<Examples> {
    let operation = at.api.operation(index);
    let answer = |example: &AnswerExample| {
        let AnswerExample {
            name,
            at: _,
            status,
            body,
            is_text: _,
        } = example;
        let name = Json::from(name.as_str());
        visible(&format!(
            r#"{{"name":{name},"status":{status},"body":{body}}}"#
        ))
    };
    (!operation.examples.is_empty()).then(|| Examples {
        request: at.names.request(index).clone(),
        operation: visible(&Json::from(operation.id.as_str()).to_string()),
        answers: operation.examples.iter().map(answer).collect(),
    })
}

/// The response of an operation without examples.
fn minimal_response(at: Viewpoint<'_>, index: OperationIndex) -> Option<MinimalResponse> {
    let operation = at.api.operation(index);
    if !operation.examples.is_empty() {
        return None;
    }
    let body = minimal::minimal(at.api, index)?;
    Some(MinimalResponse {
        operation: visible(&Json::from(operation.id.as_str()).to_string()),
        body: visible(&body.to_string()),
    })
}

/// Escapes invisible characters, which can only be in strings, in JSON text (RFC 8259 §7).
fn visible(json: &str) -> String {
    if json.bytes().all(|it| matches!(it, b' '..=b'~')) {
        return json.to_owned();
    }
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
