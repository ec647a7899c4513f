//! Spreads a value over the fields of a query, form or cookie, or over the text of a header. Nothing is escaped here.

use std::borrow::Cow;

use crate::json::Node;
use crate::parameter::Entry;
use crate::style::{Layout, Style};

/// Returns the fields of a value. Null, an empty list and an empty object have none.
///
/// Where OpenAPI defines no encoding, this follows what most services read: lists and objects inside others have keys
/// in brackets, or are JSON if the value is a single field.
pub(crate) fn fields(name: &'static str, value: &Node, style: Style) -> Vec<Entry> {
    let mut fields = match style.layout {
        Layout::Exploded => exploded(name, value),
        Layout::Joined(delimiter) => joined(name, value, delimiter),
        Layout::Brackets => bracketed(name.into(), value),
    };
    for field in &mut fields {
        field.keeps_reserved = style.keeps_reserved;
    }
    fields
}

/// Returns the text of a header, in the style `simple`. `None` if there is nothing to send.
pub(crate) fn simple(value: &Node, style: Style) -> Option<String> {
    let parts = parts(value, style.layout == Layout::Exploded, str::to_owned);
    (!parts.is_empty()).then(|| parts.join(","))
}

/// Returns the texts of a form field without a style: of each item of a list, or of the value itself. Lists in lists and
/// objects are JSON, and null has no text.
pub(crate) fn texts(value: &Node) -> Vec<String> {
    match value {
        Node::List(items) => items.iter().filter_map(flat).collect(),
        Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_) => {
            flat(value).into_iter().collect()
        }
    }
}

/// Returns the texts of a value, each passed through `escaped`: the value itself, the items of a list, or the keys and
/// values of an object, as `key=value` if the object explodes. Null has none.
pub(super) fn parts(value: &Node, explodes: bool, escaped: fn(&str) -> String) -> Vec<String> {
    match value {
        Node::Null => Vec::new(),
        Node::Literal(text) | Node::Text(text) => vec![escaped(text)],
        Node::List(items) => {
            let items = items.iter().filter_map(flat);
            items.map(|it| escaped(&it)).collect()
        }
        Node::Object(members) => {
            let pairs = members
                .iter()
                .filter_map(|(key, value)| Some([escaped(key), escaped(&flat(value)?)]));
            match explodes {
                true => pairs.map(|it| it.join("=")).collect(),
                false => pairs.flatten().collect(),
            }
        }
    }
}

/// Returns the text of a part: the part itself, or its JSON if it is a list or an object. `None` for null.
fn flat(value: &Node) -> Option<String> {
    match value {
        Node::Null => None,
        Node::Literal(text) | Node::Text(text) => Some(text.clone()),
        Node::List(_) | Node::Object(_) => Some(value.json()),
    }
}

fn exploded(name: &'static str, value: &Node) -> Vec<Entry> {
    match value {
        Node::Null => Vec::new(),
        Node::Literal(_) | Node::Text(_) => bracketed(name.into(), value),
        Node::List(_) => repeated(name.into(), value),
        Node::Object(members) => {
            let members = members.iter();
            let members = members.flat_map(|(key, it)| repeated(key.clone().into(), it));
            members.collect()
        }
    }
}

/// Returns one field for each item of a list, all of the same name. Nested lists and objects have keys in brackets.
fn repeated(name: Cow<'static, str>, value: &Node) -> Vec<Entry> {
    match value {
        Node::List(items) => match texts_of(items) {
            Some(texts) => vec![Entry::new(name, texts)],
            None => bracketed(name, value),
        },
        Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_) => bracketed(name, value),
    }
}

fn joined(name: &'static str, value: &Node, delimiter: &'static str) -> Vec<Entry> {
    match value {
        Node::Null | Node::Literal(_) | Node::Text(_) => bracketed(name.into(), value),
        Node::List(_) | Node::Object(_) => vec![Entry {
            delimiter: Some(delimiter),
            ..Entry::new(name.into(), parts(value, false, str::to_owned))
        }],
    }
}

fn bracketed(name: Cow<'static, str>, value: &Node) -> Vec<Entry> {
    match value {
        Node::Null => Vec::new(),
        Node::Literal(text) | Node::Text(text) => vec![Entry::new(name, vec![text.clone()])],
        Node::List(items) => match texts_of(items) {
            Some(texts) => vec![Entry::new(format!("{name}[]").into(), texts)],
            None => {
                let items = items.iter().enumerate();
                let items =
                    items.flat_map(|(at, it)| bracketed(format!("{name}[{at}]").into(), it));
                items.collect()
            }
        },
        Node::Object(members) => {
            let members = members.iter();
            let members =
                members.flat_map(|(key, it)| bracketed(format!("{name}[{key}]").into(), it));
            members.collect()
        }
    }
}

/// Returns the texts of the items, if all of them are scalars.
fn texts_of(items: &[Node]) -> Option<Vec<String>> {
    let there = items.iter().filter(|it| **it != Node::Null);
    there.map(|it| it.text().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::encode::form;
    use crate::parameter::Fields;

    /// Returns the query of the parameter `p`, with brackets unescaped.
    fn written(value: &serde_json::Value, style: Style) -> String {
        let mut all = Fields::default();
        all.put("p", fields("p", &Node::of(value).unwrap(), style));
        form(&all).replace("%5B", "[").replace("%5D", "]")
    }

    #[test]
    fn values_are_written_in_each_style() {
        let (list, object) = (json!(["a", 1]), json!({"G": "x y", "R": 100}));
        for (style, of_list, of_object) in [
            (Style::EXPLODED, "p=a&p=1", "G=x+y&R=100"),
            (Style::COMMAS, "p=a,1", "p=G,x+y,R,100"),
            (Style::SPACES, "p=a%201", "p=G%20x+y%20R%20100"),
            (Style::PIPES, "p=a%7C1", "p=G%7Cx+y%7CR%7C100"),
            (Style::BRACKETS, "p[]=a&p[]=1", "p[G]=x+y&p[R]=100"),
        ] {
            assert_eq!(written(&list, style), of_list);
            assert_eq!(written(&object, style), of_object);
            assert_eq!(written(&json!("a,b"), style), "p=a%2Cb");
            for nothing in [json!(null), json!([]), json!({}), json!({"a": null})] {
                assert_eq!(written(&nothing, style), "", "{nothing}");
            }
        }
    }

    #[test]
    fn nested_values_have_keys_in_brackets() {
        let value =
            json!({"a": {"b": [true, null]}, "c": [{"d": 1}, {"d": [2]}], "e": [[3], ["4"]]});
        let all = "a[b][]=true&c[0][d]=1&c[1][d][]=2&e[0][]=3&e[1][]=4";
        assert_eq!(written(&value, Style::EXPLODED), all);
        let all = "p[a][b][]=true&p[c][0][d]=1&p[c][1][d][]=2&p[e][0][]=3&p[e][1][]=4";
        assert_eq!(written(&value, Style::BRACKETS), all);
    }

    #[test]
    fn nested_values_in_one_field_are_json() {
        let value = json!([{"a": 1}, "b"]);
        assert_eq!(written(&value, Style::COMMAS), "p=%7B%22a%22%3A1%7D,b");
        let list = json!([1, [2]]);
        assert_eq!(
            simple(&Node::of(&list).unwrap(), Style::COMMAS).as_deref(),
            Some("1,[2]")
        );
    }

    #[test]
    fn only_what_is_no_text_is_json_in_a_form() {
        for (value, written) in [
            (json!("a \"b\""), vec!["a \"b\""]),
            (json!(1.5), vec!["1.5"]),
            (json!(["a", 1, null]), vec!["a", "1"]),
            (json!(null), vec![]),
            (json!([["a"], {"b": 1}]), vec![r#"["a"]"#, r#"{"b":1}"#]),
            (json!({"a": "b"}), vec![r#"{"a":"b"}"#]),
        ] {
            assert_eq!(texts(&Node::of(&value).unwrap()), written, "{value}");
        }
    }

    #[test]
    fn keys_cannot_open_another_field() {
        let value = json!({"a&b=c": "d&e", "f]": "g"});
        assert_eq!(written(&value, Style::EXPLODED), "a%26b%3Dc=d%26e&f]=g");
    }

    #[test]
    fn headers_are_comma_separated() {
        for (value, exploded, joined) in [
            (json!(["a", 1]), Some("a,1"), Some("a,1")),
            (json!({"x": 1, "y": "b"}), Some("x=1,y=b"), Some("x,1,y,b")),
            (json!("t"), Some("t"), Some("t")),
            (json!([]), None, None),
        ] {
            let value = Node::of(&value).unwrap();
            assert_eq!(simple(&value, Style::EXPLODED).as_deref(), exploded);
            assert_eq!(simple(&value, Style::COMMAS).as_deref(), joined);
        }
    }
}
