//! Results for a model: an object, and a short text for clients that show nothing else.

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Map, Number, Value};

use super::definition::shortened;
use super::length::{self, ENVELOPE};
use crate::cli::exit::Failure;
use crate::cli::output::field::{cell, fields_of, value_at};
use crate::cli::output::visible;
use crate::cli::table::Shape;
use crate::json::Node;

/// The number of digits that every JSON parser keeps (RFC 8259 §6): those of a double.
const KEPT_DIGITS: usize = 15;

/// The largest integer up to which a double holds every one.
const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// The maximum length of a value in the short text, in characters.
const LONGEST_CELL: usize = 80;

/// The maximum number of fields in the short text, for an object of unknown shape.
const MOST_FIELDS: usize = 6;

/// The result of a tool.
#[derive(Debug)]
pub(super) struct ToolResult {
    pub(super) object: Map<String, Value>,
    pub(super) text: String,
    /// Sentences after the text, which are more important.
    pub(super) notes: Vec<String>,
}

impl ToolResult {
    /// Creates a result from members and a text.
    pub(super) fn new(
        members: impl IntoIterator<Item = (&'static str, Value)>,
        text: String,
    ) -> Self {
        let members = members.into_iter();
        Self {
            object: members.map(|(name, it)| (name.to_owned(), it)).collect(),
            text,
            notes: Vec::new(),
        }
    }

    /// Appends sentences to the text.
    pub(super) fn noted(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Returns the result for the client.
    pub(super) fn result(self) -> CallToolResult {
        self.result_within(usize::MAX)
    }

    /// Returns the result for the client, with as much of the text as fits besides the object in `size` bytes.
    pub(super) fn result_within(self, size: usize) -> CallToolResult {
        let object = Value::Object(self.object);
        let left = size.saturating_sub(length::of_json(&object));
        let notes = self.notes.iter().map(|it| format!("\n{it}"));
        let notes: String = notes.collect();
        let notes = length::first_lines(&notes, left);
        let text = length::first_lines(&self.text, left - notes.len());
        let text = format!("{text}{notes}");
        let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
        result.structured_content = Some(object);
        result
    }
}

/// Returns the result of a failed call.
pub(super) fn failed(failure: &Failure) -> CallToolResult {
    let mut result = CallToolResult::error(vec![ContentBlock::text(failure.message())]);
    result.structured_content = Some(value(&failure.json()));
    result
}

/// Returns the result of a call that was not made because of its arguments.
pub(super) fn refused(name: &str, faults: &[String]) -> CallToolResult {
    let faults = faults.join("\n- ");
    let message =
        format!("`{name}` was not called, because its arguments are invalid:\n- {faults}");
    CallToolResult::error(vec![ContentBlock::text(message)])
}

/// Creates a result from a value that is not a page of a list. Its JSON is truncated, so that the result has at most
/// `size` bytes.
pub(super) fn of_value(node: Node, shape: &Shape, size: usize) -> ToolResult {
    let node = match node {
        Node::List(items) => return of_list(items, shape, size),
        node @ (Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_)) => node,
    };
    let object = value(&node);
    if length::of_json(&object) > size.saturating_sub(ENVELOPE) {
        return cut(&node.json(), size);
    }
    match object {
        Value::Object(object) => ToolResult {
            object,
            text: record(&node, shape),
            notes: Vec::new(),
        },
        value @ (Value::Null | Value::Bool(_) | Value::Number(_)) => single(value, &node),
        value @ (Value::String(_) | Value::Array(_)) => single(value, &node),
    }
}

/// Creates a result from a scalar.
fn single(value: Value, node: &Node) -> ToolResult {
    ToolResult::new([("value", value)], shown(Some(node)))
}

/// Creates a result from an unpaged list, with as many of its items as fit.
fn of_list(items: Vec<Node>, shape: &Shape, size: usize) -> ToolResult {
    let total = items.len();
    let mut space = Space::new(size, shape);
    let items: Vec<Node> = items.into_iter().take_while(|it| space.take(it)).collect();
    let text = table(&items, shape);
    let given = items.len();
    let items = Value::Array(items.iter().map(value).collect());
    if given == total {
        return ToolResult::new([("items", items)], text);
    }
    let members = [
        ("items", items),
        ("total", total.into()),
        ("truncated", true.into()),
    ];
    ToolResult::new(members, text).noted([format!(
        "note: the result is truncated to {given} of {total} items, because it is too long"
    )])
}

/// The length that is left for the items of a list.
pub(super) struct Space<'s> {
    left: usize,
    shape: &'s Shape,
}

impl<'s> Space<'s> {
    /// Returns the space for items in a result of at most `size` bytes.
    pub(super) fn new(size: usize, shape: &'s Shape) -> Self {
        Self {
            left: size.saturating_sub(ENVELOPE),
            shape,
        }
    }

    /// Returns the length that is left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Takes the space for an item and its line in the text. Returns whether there was enough.
    pub(super) fn take(&mut self, item: &Node) -> bool {
        // With a comma and a line break.
        let length = length::of_json(&value(item)) + row(item, self.shape).len() + 2;
        let fits = length <= self.left;
        self.left = self.left.saturating_sub(length);
        fits
    }
}

/// Creates a result from the start of a text that is too long.
pub(super) fn cut(text: &str, size: usize) -> ToolResult {
    let length = text.len();
    let members = beginning(text, size.saturating_sub(ENVELOPE)).into_iter();
    let object = members.map(|(name, it)| (name, value(&it))).collect();
    ToolResult {
        object,
        text: format!("The result has {length} bytes and is truncated. The call was carried out."),
        notes: Vec::new(),
    }
}

/// Returns the members of the object that replaces a text that is too long, with at most `size` bytes of its beginning
/// as JSON.
pub(super) fn beginning(text: &str, size: usize) -> Vec<(String, Node)> {
    let start = length::beginning(text, size);
    let members = [
        ("truncated", Node::Literal("true".to_owned())),
        ("size", Node::Literal(text.len().to_string())),
        ("beginning", Node::Text(start.to_owned())),
    ];
    members
        .map(|(name, it)| (name.to_owned(), it))
        .into_iter()
        .collect()
}

/// Converts a value to `serde_json`. A number that other parsers would round becomes a string.
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
    if let Ok(number) = text.parse::<i64>()
        && number.unsigned_abs() <= LARGEST_INTEGER
    {
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

/// Returns the most important fields of the object, a line for each.
fn record(node: &Node, shape: &Shape) -> String {
    let lines = columns(node, shape).into_iter().map(|column| {
        let value = shown(value_at(node, &column));
        format!("{column}: {value}")
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// Returns the most important fields of each item, a line for each item.
pub(super) fn table(items: &[Node], shape: &Shape) -> String {
    let count = match items.len() {
        1 => "1 item".to_owned(),
        count => format!("{count} items"),
    };
    let Some(first) = items.first() else {
        return count;
    };
    let columns = columns(first, shape);
    let rows = items.iter().map(|it| row_of(it, &columns));
    let heading = (!columns.is_empty()).then(|| columns.join(" | "));
    let lines = [count].into_iter().chain(heading).chain(rows);
    lines.collect::<Vec<String>>().join("\n")
}

/// Returns the line of an item in a text about a list of items like it.
fn row(item: &Node, shape: &Shape) -> String {
    row_of(item, &columns(item, shape))
}

fn row_of(item: &Node, columns: &[String]) -> String {
    let cells = columns.iter().map(|it| shown(value_at(item, it)));
    match columns.is_empty() {
        true => shown(Some(item)),
        false => cells.collect::<Vec<String>>().join(" | "),
    }
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
        let result = of_value(read_json(json).unwrap(), &UNKNOWN_SHAPE, size);
        let result = result.result_within(size);
        let text = result.content[0].as_text().unwrap().text.clone();
        (result.structured_content.unwrap(), text)
    }

    #[test]
    fn every_result_is_an_object() {
        assert_eq!(
            answer(r#"{"a":{"b":1},"c":null}"#, 1000),
            (json!({"a": {"b": 1}, "c": null}), "a.b: 1\nc: ".to_owned())
        );
        assert_eq!(
            answer("[1,2]", 1000),
            (json!({"items": [1, 2]}), "2 items\n1\n2".to_owned())
        );
        assert_eq!(
            answer("true", 1000),
            (json!({"value": true}), "true".to_owned())
        );
    }

    #[test]
    fn numbers_that_a_double_would_round_are_strings() {
        for (number, value) in [
            ("-7", json!(-7)),
            ("0.10", json!(0.1)),
            ("1e3", json!(1000.0)),
            ("9007199254740991", json!(9_007_199_254_740_991_i64)),
            ("-9007199254740991", json!(-9_007_199_254_740_991_i64)),
            ("9007199254740993", json!("9007199254740993")),
            ("-9223372036854775808", json!("-9223372036854775808")),
            ("9223372036854775807", json!("9223372036854775807")),
            ("9223372036854775808", json!("9223372036854775808")),
            ("0.1234567890123456", json!("0.1234567890123456")),
            ("1e999", json!("1e999")),
        ] {
            assert_eq!(literal(number), value, "{number}");
        }
    }

    #[test]
    fn long_results_are_truncated() {
        let (object, text) = answer(r#"["a","b","c","d"]"#, ENVELOPE + 12);
        assert_eq!(
            object,
            json!({"items": ["a", "b"], "total": 4, "truncated": true})
        );
        assert!(text.contains("2 of 4 items"), "{text}");
        let (object, _) = answer(r#"{"name":"ä"}"#, ENVELOPE + 12);
        assert_eq!(
            object,
            json!({"truncated": true, "size": 13, "beginning": "{\"name\":\""})
        );
    }

    #[test]
    fn results_are_no_longer_than_their_maximum() {
        let text = "\\\"ä\\n".repeat(300);
        let object = format!(r#"{{"a":"{text}","b":{{"c":[1,"{text}"]}}}}"#);
        let fields: Vec<String> = (0..90).map(|it| format!(r#""field{it}":"{it}""#)).collect();
        let wide = format!("{{{}}}", fields.join(","));
        let words: Vec<String> = (0..99).map(|it| format!(r#""\"word\" {it}""#)).collect();
        let objects: Vec<String> = (0..99)
            .map(|it| format!(r#"{{"a":"x","b":{it}}}"#))
            .collect();
        let lists = [words, objects].map(|it| format!("[{}]", it.join(",")));
        let text = format!("\"{text}\"");
        for json in [&text, &object, &wide, &lists[0], &lists[1]] {
            for size in (length::LEAST..3000).step_by(7) {
                let (object, text) = answer(json, size);
                let length = length::of_json(&object) + text.len();
                assert!(length <= size, "{length} > {size}: {object}\n{text}");
            }
        }
    }
}
