//! The specification's example responses.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer_spec::{AnswerSpec, Content, Mocked};
use crate::json::{self, Budget};

/// Returns the specification's first example response to `R`: the body, the items of a list, or `()`. You can change
/// its fields before you pass it to a [`Mock`](super::Mock).
///
/// Without an example, the result has the fields that every response has, with plain values of their types, and those
/// with an example of their own. It is an empty text, no bytes, or no items for a response without fields.
///
/// # Panics
///
/// Panics if that does not decode: if the specification's example contradicts its schema, or if there is none and the
/// schema is endless.
pub fn example<R: Mocked>() -> R::Body {
    let (_, body) = first(R::ANSWER);
    decoded(R::ANSWER, body)
}

/// Returns the named example, like [`example`].
///
/// # Panics
///
/// Panics if there is no example with this name, listing the existing ones, or if it does not decode.
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

/// Returns, for each example of a successful response, whether the types of `R` decode it, as a line of JSON:
/// `operation`, `name`, and `fault`, the reason why not. For programs that check a specification against its examples.
#[doc(hidden)]
pub fn told_examples<R: Mocked>() -> String {
    let id = R::ANSWER.operation.id;
    let examples = of(R::ANSWER).into_iter();
    let examples = examples.filter(|it| (200..300).contains(&it.status));
    let lines = examples.map(|Example { name, body, .. }| {
        let fault = fault::<R::Body>(R::ANSWER, body);
        format!(
            "{}\n",
            json!({"operation": id, "name": name, "fault": fault})
        )
    });
    lines.collect()
}

/// Returns why an example does not decode, if it does not.
fn fault<T: DeserializeOwned>(spec: &AnswerSpec, body: Value) -> Option<String> {
    if let Some(key) = spec.content.items_key()
        && !list_in(&body, key).is_some_and(Value::is_array)
    {
        return Some(format!("there is no list `{}`", key.join(".")));
    }
    let text = body_of(spec, body).to_string();
    let read: Result<T, _> = json::read(&text, Budget::new(usize::MAX, None));
    read.err().map(|fault| format!("{}: {fault}", fault.path()))
}

/// Returns the first example with its status, or the response made from the schema, or an empty body.
pub(super) fn first(spec: &AnswerSpec) -> (u16, Value) {
    let minimal = all(spec)["minimal"][spec.operation.id].take();
    let nothing = match spec.content {
        Content::Text => json!(""),
        Content::Bytes | Content::Array => json!([]),
        Content::Nothing | Content::Value | Content::Items(_) | Content::Pages(_) => json!({}),
    };
    match of(spec).into_iter().next() {
        Some(example) => (example.status, example.body),
        None if minimal.is_null() => (spec.status, nothing),
        None => (spec.status, minimal),
    }
}

/// Returns the content of a response with the JSON `body`: all of it, the items of a page, or nothing.
pub(super) fn body_of(spec: &AnswerSpec, body: Value) -> Value {
    match spec.content {
        Content::Nothing => Value::Null,
        Content::Value | Content::Array | Content::Text | Content::Bytes => body,
        content @ (Content::Items(_) | Content::Pages(_)) => {
            let items = content.items_key().and_then(|key| list_in(&body, key));
            let items = items.filter(|it| it.is_array());
            items.cloned().unwrap_or_else(|| json!([]))
        }
    }
}

/// Returns the value of a key of a page.
fn list_in<'b>(body: &'b Value, key: &[&str]) -> Option<&'b Value> {
    key.iter().try_fold(body, |it, name| it.get(name))
}

fn decoded<T: DeserializeOwned>(spec: &AnswerSpec, body: Value) -> T {
    let id = spec.operation.id;
    let text = body_of(spec, body).to_string();
    json::read(&text, Budget::new(usize::MAX, None)).unwrap_or_else(|fault| {
        let path = fault.path();
        panic!("the specification has no usable example of {id}: {path}: {fault}")
    })
}

struct Example {
    name: String,
    status: u16,
    body: Value,
}

crate::deserialize! {
    Example { name, status, body, }
}

/// The examples of one operation, in the order of the specification.
fn of(spec: &AnswerSpec) -> Vec<Example> {
    let own = &all(spec)["operations"][spec.operation.id];
    let own = own.as_array().cloned().unwrap_or_default();
    let read = |it| serde_json::from_value(it);
    own.into_iter()
        .map(read)
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("the examples of {}: {error}", spec.operation.id))
}

/// Returns the file of examples.
fn all(spec: &AnswerSpec) -> Value {
    serde_json::from_str(spec.examples)
        .unwrap_or_else(|error| panic!("the examples are not JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Method, Operation};

    const LIST: Operation = Operation {
        id: "ListSim",
        method: Method::Get,
        server: "https://api.example.com",
        path: "/v1/Sims",
    };

    struct ListSim;

    impl Mocked for ListSim {
        type Body = Vec<u32>;

        const ANSWER: &'static AnswerSpec = &AnswerSpec {
            operation: &LIST,
            status: 200,
            content: Content::Items("sims"),
            examples: r#"{"operations": {"ListSim": [
                {"name": "fits", "status": 200, "body": {"sims": [1]}},
                {"name": "none", "status": 200, "body": {"cards": [1]}},
                {"name": "text", "status": 206, "body": {"sims": [1, "a"]}},
                {"name": "error", "status": 404, "body": {"sims": "a"}}]}}"#,
        };
    }

    struct FetchSim;

    const FETCH: Operation = Operation {
        id: "FetchSim",
        ..LIST
    };

    impl Mocked for FetchSim {
        type Body = std::collections::BTreeMap<String, u32>;

        const ANSWER: &'static AnswerSpec = &AnswerSpec {
            operation: &FETCH,
            status: 203,
            content: Content::Value,
            examples: r#"{"operations": {}, "minimal": {"FetchSim": {"id": 1}}}"#,
        };
    }

    #[test]
    fn responses_of_the_schema_replace_missing_examples() {
        assert_eq!(example::<FetchSim>()["id"], 1);
        assert_eq!(first(FetchSim::ANSWER), (203, json!({"id": 1})));
        // They are not the specification's.
        assert_eq!(told_examples::<FetchSim>(), "");
        // An example wins.
        assert_eq!(example::<ListSim>(), [1]);
    }

    #[test]
    fn examples_are_reported_with_their_faults() {
        let report = told_examples::<ListSim>();
        let lines: Vec<Value> = report
            .lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect();
        let line = |name, fault| json!({"operation": "ListSim", "name": name, "fault": fault});
        assert_eq!(lines[0], line("fits", Value::Null));
        assert_eq!(lines[1], line("none", json!("there is no list `sims`")));
        let fault = lines[2]["fault"].as_str().unwrap();
        assert!(fault.starts_with("[1]: "), "{fault}");
        assert_eq!(lines.len(), 3);
    }
}
