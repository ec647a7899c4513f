//! Finds the fields of a value by path: keys separated by dots.

use crate::json::Node;

/// The maximum depth of nested objects to search.
const DEEPEST: usize = 3;

/// Returns the value at a path. A key that itself contains dots is found, too.
pub(crate) fn value_at<'n>(value: &'n Node, path: &str) -> Option<&'n Node> {
    value.member(path).or_else(|| {
        let (first, rest) = path.split_once('.')?;
        value_at(value.member(first)?, rest)
    })
}

/// Returns the paths of all scalar fields, and of fields at the maximum depth.
pub(crate) fn fields_of(value: &Node) -> Vec<String> {
    let mut fields = Vec::new();
    add_fields(value, "", 1, &mut fields);
    fields
}

fn add_fields(value: &Node, prefix: &str, depth: usize, fields: &mut Vec<String>) {
    let Node::Object(members) = value else {
        return;
    };
    for (key, value) in members {
        let path = format!("{prefix}{key}");
        match value {
            Node::Object(members) if !members.is_empty() && depth < DEEPEST => {
                add_fields(value, &format!("{path}."), depth + 1, fields);
            }
            Node::Null | Node::Literal(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => {
                fields.push(path);
            }
        }
    }
}

/// Returns a value as the text of a cell: empty for null and absent values, and JSON for lists and objects.
pub(crate) fn cell(value: Option<&Node>) -> String {
    match value {
        None | Some(Node::Null) => String::new(),
        Some(Node::Literal(text) | Node::Text(text)) => text.clone(),
        Some(value @ (Node::List(_) | Node::Object(_))) => value.json(),
    }
}
