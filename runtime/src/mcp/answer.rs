//! Answers as a model reads them: an object, and beside it a short text for clients that show nothing else.

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Map, Number, Value};

use super::definition::shortened;
use crate::cli::exit::Failure;
use crate::cli::output::field::{cell, fields_of, value_at};
use crate::cli::output::visible;
use crate::cli::table::Shape;
use crate::json::Node;

/// How many digits of a number every reader of JSON keeps (RFC 8259 §6): as many as a double holds, whatever they are.
const KEPT_DIGITS: usize = 15;

/// The length of a value in a short text, in characters.
const LONGEST_CELL: usize = 80;

/// How many fields a short text shows of an object whose shape nobody knows.
const MOST_FIELDS: usize = 6;

/// What a tool answers.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) object: Map<String, Value>,
    pub(super) text: String,
}

impl Answer {
    /// Returns an answer with members and a text.
    pub(super) fn new(
        members: impl IntoIterator<Item = (&'static str, Value)>,
        text: String,
    ) -> Self {
        let members = members.into_iter();
        Self {
            object: members.map(|(name, it)| (name.to_owned(), it)).collect(),
            text,
        }
    }

    /// Returns what a client is sent. `notes` are added to the text.
    pub(super) fn result(self, notes: &[String]) -> CallToolResult {
        let mut text = self.text;
        for note in notes {
            text.push_str(&format!("\nnote: {note}"));
        }
        let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
        result.structured_content = Some(Value::Object(self.object));
        result
    }
}

/// Returns what a client is sent of a call that did not succeed.
pub(super) fn failed(failure: &Failure) -> CallToolResult {
    let mut result = CallToolResult::error(vec![ContentBlock::text(failure.message())]);
    result.structured_content = Some(value(&failure.json()));
    result
}

/// Returns what a client is sent of a call that was not made because of what was given.
pub(super) fn refused(name: &str, faults: &[String]) -> CallToolResult {
    let faults = faults.join("\n- ");
    let message = format!("`{name}` was not called, because its arguments are wrong:\n- {faults}");
    CallToolResult::error(vec![ContentBlock::text(message)])
}

/// Returns one value that is no page of a list, cut to `size` characters of JSON.
pub(super) fn of_value(node: Node, shape: &Shape, size: usize) -> Answer {
    let node = match node {
        Node::List(items) => return of_list(items, shape, size),
        node @ (Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_)) => node,
    };
    let json = node.json();
    if json.len() > size {
        return cut(&json, size);
    }
    match value(&node) {
        Value::Object(object) => Answer {
            object,
            text: record(&node, shape),
        },
        value @ (Value::Null | Value::Bool(_) | Value::Number(_)) => single(value, &node),
        value @ (Value::String(_) | Value::Array(_)) => single(value, &node),
    }
}

/// Returns a value without parts.
fn single(value: Value, node: &Node) -> Answer {
    Answer::new([("value", value)], shown(Some(node)))
}

/// Returns a list that comes in one piece, with as many of its items as fit.
fn of_list(items: Vec<Node>, shape: &Shape, size: usize) -> Answer {
    let total = items.len();
    let mut left = size;
    let fits = |it: &Node| {
        let length = it.json().len();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    };
    let items: Vec<Node> = items.into_iter().take_while(fits).collect();
    let mut text = table(&items, shape);
    let given = items.len();
    let items = Value::Array(items.iter().map(value).collect());
    if given == total {
        return Answer::new([("items", items)], text);
    }
    text.push_str(&format!(
        "\nnote: the answer is cut to {given} of {total} items, because it is too long"
    ));
    Answer::new(
        [
            ("items", items),
            ("total", total.into()),
            ("truncated", true.into()),
        ],
        text,
    )
}

/// Returns the beginning of a text that is too long.
pub(super) fn cut(text: &str, size: usize) -> Answer {
    let length = text.len();
    let members = beginning(text, size).into_iter();
    Answer {
        object: members.map(|(name, it)| (name, value(&it))).collect(),
        text: format!(
            "The answer has {length} bytes and is cut to {size}. The call was carried out."
        ),
    }
}

/// Returns the members of the object that takes the place of a text that is too long.
pub(super) fn beginning(text: &str, size: usize) -> Vec<(String, Node)> {
    let mut end = size.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let members = [
        ("truncated", Node::Literal("true".to_owned())),
        ("size", Node::Literal(text.len().to_string())),
        ("beginning", Node::Text(text[..end].to_owned())),
    ];
    members
        .map(|(name, it)| (name.to_owned(), it))
        .into_iter()
        .collect()
}

/// Returns a value as other parts of a program write it. A number that others would round is a text.
pub(super) fn value(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Literal(text) => literal(text),
        Node::Text(text) => text.as_str().into(),
        Node::List(items) => items.iter().map(value).collect(),
        Node::Object(members) => {
            let members = members.iter();
            Value::Object(members.map(|(key, it)| (key.clone(), value(it))).collect())
        }
    }
}

fn literal(text: &str) -> Value {
    if let Ok(truth) = text.parse::<bool>() {
        return truth.into();
    }
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.chars().filter(char::is_ascii_digit);
    let is_kept = digits.skip_while(|it| *it == '0').count() <= KEPT_DIGITS;
    let number = text.parse().ok().filter(|_| is_kept);
    number
        .and_then(Number::from_f64)
        .map_or_else(|| text.into(), Value::Number)
}

/// The fields of an object that matter most, a line for each.
fn record(node: &Node, shape: &Shape) -> String {
    let lines = columns(node, shape).into_iter().map(|column| {
        let value = shown(value_at(node, &column));
        format!("{column}: {value}")
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// The fields of each item that matter most, a line for each item.
pub(super) fn table(items: &[Node], shape: &Shape) -> String {
    let count = match items.len() {
        1 => "1 item".to_owned(),
        count => format!("{count} items"),
    };
    let Some(first) = items.first() else {
        return count;
    };
    let columns = columns(first, shape);
    let rows = items.iter().map(|item| {
        let cells = columns.iter().map(|it| shown(value_at(item, it)));
        match columns.is_empty() {
            true => shown(Some(item)),
            false => cells.collect::<Vec<String>>().join(" | "),
        }
    });
    let heading = (!columns.is_empty()).then(|| columns.join(" | "));
    let lines = [count].into_iter().chain(heading).chain(rows);
    lines.collect::<Vec<String>>().join("\n")
}

fn columns(node: &Node, shape: &Shape) -> Vec<String> {
    match shape.columns {
        [] => fields_of(node).into_iter().take(MOST_FIELDS).collect(),
        columns => columns.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn shown(node: Option<&Node>) -> String {
    shortened(&visible(&cell(node)), LONGEST_CELL)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::table::UNKNOWN_SHAPE;
    use crate::cli::value::read_json;

    fn answer(json: &str, size: usize) -> (Value, String) {
        let Answer { object, text } = of_value(read_json(json).unwrap(), &UNKNOWN_SHAPE, size);
        (object.into(), text)
    }

    #[test]
    fn every_answer_is_an_object() {
        assert_eq!(
            answer(r#"{"a":{"b":1},"c":null}"#, 100),
            (json!({"a": {"b": 1}, "c": null}), "a.b: 1\nc: ".to_owned())
        );
        assert_eq!(
            answer("[1,2]", 100),
            (json!({"items": [1, 2]}), "2 items\n1\n2".to_owned())
        );
        assert_eq!(
            answer("true", 100),
            (json!({"value": true}), "true".to_owned())
        );
    }

    #[test]
    fn numbers_that_a_double_would_round_are_texts() {
        for (number, value) in [
            ("-7", json!(-7)),
            ("0.10", json!(0.1)),
            ("1e3", json!(1000.0)),
            ("9223372036854775807", json!(9_223_372_036_854_775_807_i64)),
            ("9223372036854775808", json!("9223372036854775808")),
            ("0.1234567890123456", json!("0.1234567890123456")),
            ("1e999", json!("1e999")),
        ] {
            assert_eq!(literal(number), value, "{number}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let (object, text) = answer(r#"["a","b","c","d"]"#, 6);
        assert_eq!(
            object,
            json!({"items": ["a", "b"], "total": 4, "truncated": true})
        );
        assert!(text.contains("2 of 4 items"), "{text}");
        let (object, _) = answer(r#"{"name":"ä"}"#, 10);
        assert_eq!(
            object,
            json!({"truncated": true, "size": 13, "beginning": "{\"name\":\""})
        );
    }
}
