//! Finds the fields of a value by path: keys separated by dots.

use super::visible;
use crate::cli::table::Shape;
use crate::json::Node;
use crate::suggestion;

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

/// Returns a hint if a field can be neither in a value nor, according to the specification, in others like it: which
/// field it is probably meant to be, if there is a similar one.
pub(crate) fn unknown_field(field: &str, value: &Node, shape: &Shape) -> Option<String> {
    let is_within = |known: &str| {
        let rest = known.strip_prefix(field);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    if value_at(value, field).is_some() || shape.fields.iter().any(|it| is_within(it)) {
        return None;
    }
    // A value that is null now may have any fields later.
    let outer = field.rsplit_once('.');
    let outer = outer.and_then(|(outer, _)| value_at(value, outer));
    if outer.is_some_and(|it| it.members().is_none()) {
        return None;
    }
    let mut known = fields_of(value);
    known.extend(shape.fields.iter().map(|it| (*it).to_owned()));
    let nearest = suggestion::closest(field, known.iter().map(String::as_str));
    let hint = |it: &str| format!("; did you mean `{}`?", visible(it));
    Some(nearest.map_or(String::new(), hint))
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
