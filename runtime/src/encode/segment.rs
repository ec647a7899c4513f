//! Encodes a value in a path (RFC 6570).

use std::sync::Arc;

use percent_encoding::utf8_percent_encode;

use super::spread::parts;
use super::{KEPT_RESERVED_IN_PATHS, UNRESERVED, keeping_reserved};
use crate::json::Node;
use crate::style::{PathStyle, Prefix};
use crate::vendor::Vendor;

/// The value of a path parameter.
#[derive(Clone)]
pub(crate) enum PathValue {
    /// A text, in the style `simple`.
    Text(String),
    /// Any value in any style, as a function from the name to the encoded text. Programs without such values do not
    /// contain the code.
    Styled(Arc<dyn Fn(&str) -> String + Send + Sync>),
    Missing(NoValue),
}

/// Why a path parameter has no value.
#[derive(Clone, Copy)]
pub(crate) enum NoValue {
    /// What the caller gave has no JSON.
    NotJson,
    /// It is the account of the client, who knows none. The vendor says how to set one.
    UnknownAccount(&'static Vendor),
}

impl PathValue {
    /// Encodes the value of the parameter `name`. The value is escaped, but not the characters that the style puts around
    /// it.
    pub(super) fn written(&self, name: &str) -> Result<String, NoValue> {
        match self {
            Self::Text(text) => Ok(escaped(text)),
            Self::Styled(styled) => Ok(styled(name)),
            Self::Missing(reason) => Err(*reason),
        }
    }

    pub(crate) fn styled(value: Node, style: PathStyle) -> Self {
        Self::Styled(Arc::new(move |name| styled(&value, style, name)))
    }
}

fn styled(value: &Node, style: PathStyle, name: &str) -> String {
    let name = escaped(name);
    let escaped: fn(&str) -> String = match style.keeps_reserved {
        true => |text: &str| keeping_reserved(text, KEPT_RESERVED_IN_PATHS),
        false => escaped,
    };
    let parts = parts(value, style.explodes, escaped);
    if parts.is_empty() {
        return String::new();
    }
    match (style.prefix, style.explodes) {
        (Prefix::Nothing, _) => parts.join(","),
        (Prefix::Dot, true) => format!(".{}", parts.join(".")),
        (Prefix::Dot, false) => format!(".{}", parts.join(",")),
        (Prefix::Name, true) if matches!(value, Node::Object(_)) => {
            parts.iter().map(|it| format!(";{it}")).collect()
        }
        (Prefix::Name, true) => parts.iter().map(|it| named(&name, it)).collect(),
        (Prefix::Name, false) => named(&name, &parts.join(",")),
    }
}

/// Encodes a matrix parameter; one without a value is only its name (RFC 6570 §3.2.7).
fn named(name: &str, value: &str) -> String {
    match value {
        "" => format!(";{name}"),
        _ => format!(";{name}={value}"),
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn written(value: &Value, style: PathStyle) -> String {
        let value = Node::of(value).expect("JSON");
        let written = PathValue::styled(value, style).written("p");
        written.unwrap_or_else(|_| panic!("JSON is written"))
    }

    #[test]
    fn values_are_written_in_each_style() {
        let values = [
            json!("a/b"),
            json!(["a", "b,c"]),
            json!({"x": 1, "y": "./"}),
        ];
        for (style, expected) in [
            (PathStyle::SIMPLE, ["a%2Fb", "a,b%2Cc", "x,1,y,.%2F"]),
            (
                PathStyle::SIMPLE.exploded(),
                ["a%2Fb", "a,b%2Cc", "x=1,y=.%2F"],
            ),
            (PathStyle::LABEL, [".a%2Fb", ".a,b%2Cc", ".x,1,y,.%2F"]),
            (
                PathStyle::LABEL.exploded(),
                [".a%2Fb", ".a.b%2Cc", ".x=1.y=.%2F"],
            ),
            (
                PathStyle::MATRIX,
                [";p=a%2Fb", ";p=a,b%2Cc", ";p=x,1,y,.%2F"],
            ),
            (
                PathStyle::MATRIX.exploded(),
                [";p=a%2Fb", ";p=a;p=b%2Cc", ";x=1;y=.%2F"],
            ),
            (
                PathStyle::SIMPLE.keeping_reserved(),
                ["a/b", "a,b,c", "x,1,y,./"],
            ),
        ] {
            for (value, expected) in values.iter().zip(expected) {
                assert_eq!(written(value, style), expected, "{style:?}");
            }
        }
    }

    #[test]
    fn reserved_characters_that_paths_can_contain_are_kept() {
        let style = PathStyle::SIMPLE.keeping_reserved();
        let written = |text: &str| written(&json!(text), style);
        assert_eq!(written("/a:b@c!$&'()*+,;=d"), "/a:b@c!$&'()*+,;=d");
        assert_eq!(written("a?b#c[d] e\\é"), "a%3Fb%23c%5Bd%5D%20e%5C%C3%A9");
        assert_eq!(written("a%2Fb%c"), "a%2Fb%25c");
    }

    #[test]
    fn empty_matrix_parameter_is_its_name() {
        assert_eq!(written(&json!(""), PathStyle::MATRIX), ";p");
        assert_eq!(written(&json!([]), PathStyle::MATRIX), "");
    }
}
