//! A JSON value that keeps the order of keys and the text of numbers.

use serde::Serialize;

use super::cursor::{Cursor, Kind};
use super::fault::Fault;

/// A JSON value, to be written in another format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Node {
    #[default]
    Null,
    /// A number, `true` or `false`, as JSON writes it.
    Literal(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Returns the JSON of `value`, or why it has none: a number in it is not finite.
    pub(crate) fn of(value: &impl Serialize) -> Result<Self, String> {
        let text = serde_json::to_string(value).map_err(|it| it.to_string())?;
        let node = Self::read(&mut Cursor::new(&text));
        Ok(node.unwrap_or_else(|_| panic!("serde_json wrote invalid JSON")))
    }

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Fault> {
        match cursor.kind()? {
            Kind::Null => cursor.null().map(|()| Self::Null),
            Kind::Boolean => cursor.boolean().map(|it| Self::Literal(it.to_string())),
            Kind::Number => cursor.number().map(|it| Self::Literal(it.to_owned())),
            Kind::String => cursor.string().map(|it| Self::Text(it.into_owned())),
            Kind::List => {
                let mut items = Vec::new();
                cursor.expect(b'[')?;
                while !cursor.take(b']') {
                    if !items.is_empty() {
                        cursor.expect(b',')?;
                    }
                    items.push(Self::read(cursor)?);
                }
                Ok(Self::List(items))
            }
            Kind::Object => {
                let mut members = Vec::new();
                cursor.expect(b'{')?;
                while !cursor.take(b'}') {
                    if !members.is_empty() {
                        cursor.expect(b',')?;
                    }
                    let key = cursor.string()?.into_owned();
                    cursor.expect(b':')?;
                    members.push((key, Self::read(cursor)?));
                }
                Ok(Self::Object(members))
            }
        }
    }

    /// Returns the text of a scalar; `None` for other values and for null.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Literal(text) | Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns the members of an object; `None` for other values.
    pub(crate) fn members(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(members) => Some(members),
            Self::Null | Self::Literal(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// Returns the value of a key of an object.
    #[cfg(feature = "cli")]
    pub(crate) fn member(&self, key: &str) -> Option<&Self> {
        let mut members = self.members()?.iter();
        members.find(|(it, _)| it == key).map(|(_, value)| value)
    }

    /// Whether it is an object, or a list with something other than scalars in it.
    pub(crate) fn is_nested(&self) -> bool {
        match self {
            Self::Null | Self::Literal(_) | Self::Text(_) => false,
            Self::List(items) => items.iter().any(|it| match it {
                Self::Null | Self::Literal(_) | Self::Text(_) => false,
                Self::List(_) | Self::Object(_) => true,
            }),
            Self::Object(_) => true,
        }
    }

    /// Returns the value as JSON, without white space.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Literal(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(members) => {
                let members = members.iter();
                let members = members.map(|(key, it)| format!("{}:{}", quoted(key), it.json()));
                format!("{{{}}}", members.collect::<Vec<String>>().join(","))
            }
        }
    }
}

/// Reads any value. Only a [`Reader`](super::Reader) keeps the text of numbers.
#[cfg(feature = "cli")]
impl<'de> serde::Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(super::NUMBER_TEXT, NodeVisitor)
    }
}

#[cfg(feature = "cli")]
struct NodeVisitor;

#[cfg(feature = "cli")]
impl<'de> serde::de::Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// The text of a number.
    fn visit_borrowed_bytes<E>(self, number: &'de [u8]) -> Result<Node, E> {
        Ok(Node::Literal(String::from_utf8_lossy(number).into_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Literal(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry::<String, Node>()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| unreachable!("a text has JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_order_and_their_digits() {
        for json in [
            r#"{"b":1.50,"a":[null,true,"x\"\n\u0001"],"":{}}"#,
            "[]",
            "12345678901234567890.123456789",
            r#""""#,
        ] {
            let node = Node::read(&mut Cursor::new(json)).unwrap();
            assert_eq!(node.json(), json);
        }
    }

    #[test]
    fn any_type_becomes_its_json() {
        #[derive(serde::Serialize)]
        struct Filter {
            z: Option<i64>,
            a: Vec<&'static str>,
        }
        let filter = Filter {
            z: None,
            a: vec!["x"],
        };
        let members = vec![
            ("z".to_owned(), Node::Null),
            ("a".to_owned(), Node::List(vec![Node::Text("x".to_owned())])),
        ];
        assert_eq!(Node::of(&filter), Ok(Node::Object(members)));
    }
}
