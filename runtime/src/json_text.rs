//! Parameters that carry JSON as text.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::parameter::Parameter;
use crate::redacted::Redacted;

/// JSON that is sent as text, in a form or a query: a string that is JSON already, or a value to serialize.
///
/// The constructors distinguish the two, because a string is also a value: as JSON it is quoted.
///
/// ```
/// # use twilio_runtime::{Json, Value};
/// #[derive(serde::Serialize)]
/// struct Rule { kind: &'static str }
///
/// let sent_as_it_is = Json::text(r#"{"kind": "include"}"#);
/// let written_as_json = Json::value(&Rule { kind: "include" });
/// let also: Json = Value::from(vec![1, 2]).into();
/// ```
#[derive(Clone, PartialEq)]
pub struct Json {
    /// The text, or why there is none.
    text: Result<String, String>,
}

impl Json {
    /// Creates JSON from a text, which is sent unchanged. The service decides whether it is valid.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: Ok(text.into()),
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
        }
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::text(value.to_string())
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        Self::text(value.to_string())
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

    fn fault(&self) -> Option<&str> {
        self.text.as_ref().err().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

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
