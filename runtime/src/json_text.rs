//! Parameters that carry JSON as text.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::parameter::Parameter;
use crate::redacted::Redacted;
use crate::vendor::Vendor;

/// JSON that is sent as text, in a form or a query: a string that is JSON already, or a value to serialize.
///
/// The constructors distinguish the two, because a string is also a value: as JSON it is quoted. A [`Value`] that is a
/// string is sent without quotes, unless the service expects JSON there whatever the value is.
///
/// ```
/// # use twilio_runtime::{Json, Value};
/// #[derive(serde::Serialize)]
/// struct Rule { kind: &'static str }
///
/// let sent_as_it_is = Json::text(r#"{"kind": "include"}"#);
/// let written_as_json = Json::value(&Rule { kind: "include" });
/// let also: Json = Value::from(vec![1, 2]).into();
/// let sent_without_quotes: Json = Value::from("a").into();
/// ```
#[derive(Clone, PartialEq)]
pub struct Json {
    /// The text, or why there is none.
    text: Result<String, String>,
    /// The JSON, if the text is that of a string without its quotes.
    quoted: Option<String>,
}

impl Json {
    /// Creates JSON from a text, which is sent unchanged. The service decides whether it is valid.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: Ok(text.into()),
            quoted: None,
        }
    }

    /// Creates JSON from a value, without white space. A string is quoted; see [`Self::text`].
    ///
    /// If JSON cannot represent the value, the call fails with
    /// [`Error::JsonParameter`](crate::Error::JsonParameter), and nothing is sent.
    pub fn value(value: &(impl Serialize + ?Sized)) -> Self {
        let text = serde_json::to_string(value);
        Self {
            text: text.map_err(|error| error.to_string()),
            quoted: None,
        }
    }

    /// Returns the same JSON with the quotes of a string, for a place where the service expects JSON.
    #[doc(hidden)]
    pub fn quoted(self) -> Self {
        self.quoted.map_or(
            Self {
                text: self.text,
                quoted: None,
            },
            Self::text,
        )
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        let json = value.to_string();
        match value {
            Value::String(text) => Self {
                text: Ok(text),
                quoted: Some(json),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::text(json),
            Value::Array(_) | Value::Object(_) => Self::text(json),
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        Self::from(value.clone())
    }
}

/// Omits the text, which may be secret.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Json").field(&Redacted).finish()
    }
}

impl Parameter for Json {
    fn into_text(self) -> String {
        self.text.unwrap_or_default()
    }

    fn into_header_text(self, _: &Vendor) -> String {
        in_ascii(&self.into_text())
    }

    fn fault(&self) -> Option<&str> {
        self.text.as_ref().err().map(String::as_str)
    }
}

/// Escapes what is not visible ASCII, because headers have no other characters by which all services go (RFC 9110 §5.5).
/// In JSON, such characters are only in strings (RFC 8259 §7).
fn in_ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            text.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn headers_have_only_visible_ascii() {
        let json = Json::value(&["/\u{e9}\u{1f600}", "a\u{7f} b"]);
        let text = json.into_header_text(&Vendor::plain("demo"));
        assert_eq!(text, r#"["/\u00e9\ud83d\ude00","a\u007f b"]"#);
    }

    #[test]
    fn texts_are_sent_unchanged_and_values_as_json() {
        assert_eq!(Json::text(" {}").into_text(), " {}");
        assert_eq!(Json::value("{}").into_text(), r#""{}""#);
        assert_eq!(Json::value(&[1, 2]).into_text(), "[1,2]");
        let value = serde_json::json!({"a": null});
        assert_eq!(Json::from(&value).into_text(), r#"{"a":null}"#);
        assert_eq!(Json::from(value), Json::text(r#"{"a":null}"#));
    }

    #[test]
    fn strings_have_quotes_only_where_json_is_expected() {
        let string = || Json::from(serde_json::json!("a \"b\""));
        assert_eq!(string().into_text(), "a \"b\"");
        assert_eq!(string().quoted().into_text(), r#""a \"b\"""#);
        for (value, text) in [
            (Json::from(serde_json::json!(1.5)), "1.5"),
            (Json::from(serde_json::json!(["a"])), r#"["a"]"#),
            (Json::text("a"), "a"),
            (Json::value("a"), r#""a""#),
        ] {
            assert_eq!(value.clone().into_text(), text);
            assert_eq!(value.quoted().into_text(), text);
        }
    }

    #[test]
    fn value_without_json_has_a_fault() {
        let keyed = BTreeMap::from([(vec![1], 2)]);
        let json = Json::value(&keyed);
        assert_eq!(json.fault(), Some("key must be a string"));
        assert_eq!(Json::text("{").fault(), None);
    }

    #[test]
    fn debug_omits_the_text() {
        let debug = format!("{:?}", Json::text("s3cret"));
        assert!(!debug.contains("s3cret"), "{debug}");
    }
}
