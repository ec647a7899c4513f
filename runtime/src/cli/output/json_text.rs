//! Pretty-prints JSON.

use crate::json::Node;

/// Returns a value as JSON, with a line for each member and each item.
pub(in crate::cli) fn pretty(value: &Node) -> String {
    let mut text = String::new();
    write(value, "\n", &mut text);
    text
}

/// `line` is a line break with the current indentation.
fn write(value: &Node, line: &str, text: &mut String) {
    let inner = format!("{line}  ");
    match value {
        Node::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "[" } else { "," });
                text.push_str(&inner);
                write(item, &inner, text);
            }
            text.push_str(line);
            text.push(']');
        }
        Node::Object(members) if !members.is_empty() => {
            for (index, (key, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "{" } else { "," });
                text.push_str(&inner);
                text.push_str(&Node::Text(key.clone()).json());
                text.push_str(": ");
                write(value, &inner, text);
            }
            text.push_str(line);
            text.push('}');
        }
        Node::Null | Node::Literal(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => {
            text.push_str(&value.json());
        }
    }
}
