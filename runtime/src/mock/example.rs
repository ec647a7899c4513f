//! The answers that the specification shows.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer_spec::{AnswerSpec, Content, Mocked};
use crate::json::{self, Budget};

/// Returns what the specification shows first as the answer to `R`: the body, the items of a list, or `()`. Its
/// fields can be changed before it is the answer of a [`Mock`](super::Mock).
///
/// What the specification shows nothing for is decoded from `{}`, or is an empty list or text, or no bytes.
///
/// # Panics
///
/// Panics if that does not decode: if the specification's example contradicts its schema, or if it has none and a
/// field is required.
pub fn example<R: Mocked>() -> R::Body {
    let (_, body) = first(R::ANSWER);
    decoded(R::ANSWER, body)
}

/// Returns the example with a name, as [`example`] does the first.
///
/// # Panics
///
/// Panics if there is none with this name, which it then lists, or if it does not decode.
pub fn example_named<R: Mocked>(name: &str) -> R::Body {
    let examples = of(R::ANSWER);
    match examples.iter().find(|it| it.name == name) {
        Some(example) => decoded(R::ANSWER, example.body.clone()),
        None => {
            let id = R::ANSWER.operation.id;
            let names: Vec<&str> = examples.iter().map(|it| it.name.as_str()).collect();
            panic!("{id} has no example `{name}`, but `{}`", names.join("`, `"));
        }
    }
}

/// The first example with its status, or an empty body.
pub(super) fn first(spec: &AnswerSpec) -> (u16, Value) {
    let nothing = match spec.content {
        Content::Text => json!(""),
        Content::Bytes => json!([]),
        Content::Nothing | Content::Value | Content::Items(_) => json!({}),
    };
    let first = of(spec).into_iter().next();
    first.map_or((spec.status, nothing), |it| (it.status, it.body))
}

/// What an answer with the JSON `body` holds: all of it, the items of a page, or nothing.
pub(super) fn body_of(spec: &AnswerSpec, mut body: Value) -> Value {
    match spec.content {
        Content::Nothing => Value::Null,
        Content::Value | Content::Text | Content::Bytes => body,
        Content::Items(key) => match body.get_mut(key) {
            Some(items @ Value::Array(_)) => items.take(),
            Some(_) | None => json!([]),
        },
    }
}

fn decoded<T: DeserializeOwned>(spec: &AnswerSpec, body: Value) -> T {
    let id = spec.operation.id;
    let text = body_of(spec, body).to_string();
    json::read(&text, Budget::new(usize::MAX, None)).unwrap_or_else(|fault| {
        let path = fault.path();
        panic!("the specification has no usable example of {id}: {path}: {fault}")
    })
}

#[derive(serde::Deserialize)]
struct Example {
    name: String,
    status: u16,
    body: Value,
}

/// The examples of one operation, in the order of the specification.
fn of(spec: &AnswerSpec) -> Vec<Example> {
    let all: Value = serde_json::from_str(spec.examples)
        .unwrap_or_else(|error| panic!("the examples are no JSON: {error}"));
    let own = &all["operations"][spec.operation.id];
    let own = own.as_array().cloned().unwrap_or_default();
    let read = |it| serde_json::from_value(it);
    own.into_iter()
        .map(read)
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("the examples of {}: {error}", spec.operation.id))
}
