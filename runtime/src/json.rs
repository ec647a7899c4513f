//! From the bytes of a body to a value: first a tree, the same for all types, then the type from the tree.
//!
//! The detour is there for compile times. A tree is read through [`Node`], which hands a visitor nothing but what
//! its type can use: an object to a struct, a list to a list. So the half of every derived `Deserialize` that reads
//! structs from lists is never compiled, and a type is compiled once, whether it stands alone or in a page. A fault
//! gathers its path on its way out of the tree, which costs a type nothing either.
//! Nothing here knows about requests.

use std::fmt;
use std::slice;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};

/// What is wrong with a body, and where.
#[derive(Debug)]
pub(crate) struct Fault(Box<Details>);

#[derive(Debug)]
struct Details {
    /// The place, such as `[3].data_limit`; empty for the whole of what was read.
    path: String,
    message: String,
}

impl Fault {
    /// Makes a fault of the whole.
    pub(crate) fn new(message: String) -> Self {
        let path = String::new();
        Self(Box::new(Details { path, message }))
    }

    /// Returns the place, such as `fleets[3].data_limit`; `.` is the whole of what was read.
    pub(crate) fn path(&self) -> &str {
        if self.0.path.is_empty() {
            "."
        } else {
            &self.0.path
        }
    }

    /// Returns what is wrong there.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Moves the fault below the member `key` of an object.
    #[cold]
    pub(crate) fn below(mut self, key: &str) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, key);
        self
    }

    /// Moves the fault below member `index` of a list, counted from 0.
    #[cold]
    fn below_index(mut self, index: usize) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, &format!("[{index}]"));
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    /// Names the kinds alone: the value may be personal data, and errors end up in logs.
    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Unit => "null",
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Str(_) | Unexpected::Char(_) | Unexpected::Bytes(_) => "a string",
            Unexpected::Seq => "a list",
            Unexpected::Map => "an object",
            Unexpected::Option
            | Unexpected::NewtypeStruct
            | Unexpected::Enum
            | Unexpected::UnitVariant
            | Unexpected::NewtypeVariant
            | Unexpected::TupleVariant
            | Unexpected::StructVariant
            | Unexpected::Other(_) => "another kind of value",
        };
        Self::new(format!("invalid type: {found}, expected {expected}"))
    }
}

/// Parses a body.
pub(crate) fn parse(body: &[u8]) -> Result<Value, Fault> {
    if body.is_empty() {
        return Err(Fault::new("the body is empty".to_owned()));
    }
    serde_json::from_slice(body).map_err(|error| Fault::new(error.to_string()))
}

/// Reads a value of type `T`.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Fault> {
    T::deserialize(Node(value))
}

/// Reads the members of a list.
pub(crate) fn read_list<T: DeserializeOwned>(value: &Value) -> Result<Vec<T>, Fault> {
    let members = list(value)?;
    let mut items = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        items.push(read(member).map_err(|fault| fault.below_index(index))?);
    }
    Ok(items)
}

fn list(value: &Value) -> Result<&[Value], Fault> {
    match value {
        Value::Array(members) => Ok(members),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(mismatch(value, &"a list"))
        }
    }
}

/// A value in a tree, on its way to a type.
struct Node<'de>(&'de Value);

#[cold]
fn mismatch(found: &Value, expected: &dyn Expected) -> Fault {
    let found = match found {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => unexpected_number(number),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    Fault::invalid_type(found, expected)
}

fn unexpected_number(number: &serde_json::Number) -> Unexpected<'_> {
    let signed = number.as_i64().map(Unexpected::Signed);
    let unsigned = || number.as_u64().map(Unexpected::Unsigned);
    let float = || number.as_f64().map(Unexpected::Float);
    signed
        .or_else(unsigned)
        .or_else(float)
        .unwrap_or(Unexpected::Other("number"))
}

fn visit_number<'de, V: Visitor<'de>>(value: &Value, visitor: V) -> Result<V::Value, Fault> {
    if let Some(number) = value.as_i64() {
        visitor.visit_i64(number)
    } else if let Some(number) = value.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = value.as_f64() {
        visitor.visit_f64(number)
    } else {
        Err(mismatch(value, &visitor))
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => visit_number(self.0, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(members) => visitor.visit_seq(Members::new(members)),
            Value::Object(object) => visitor.visit_map(Entries::new(object)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_array() {
            Some(members) => visitor.visit_seq(Members::new(members)),
            None => Err(mismatch(self.0, &visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_object() {
            Some(object) => visitor.visit_map(Entries::new(object)),
            None => Err(mismatch(self.0, &visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0.as_str() {
            Some(variant) => visitor.visit_enum(variant.into_deserializer()),
            None => Err(mismatch(self.0, &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

/// What is left of a list.
struct Members<'de> {
    members: slice::Iter<'de, Value>,
    /// How many have been read.
    count: usize,
}

impl<'de> Members<'de> {
    fn new(members: &'de [Value]) -> Self {
        Self {
            members: members.iter(),
            count: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        let index = self.count;
        self.count += 1;
        seed.deserialize(Node(member))
            .map(Some)
            .map_err(|fault| fault.below_index(index))
    }
}

/// What is left of an object.
struct Entries<'de> {
    entries: map::Iter<'de>,
    /// The key that was read last, and its value; nothing and null before the first.
    key: &'de str,
    value: &'de Value,
}

impl<'de> Entries<'de> {
    fn new(object: &'de Map<String, Value>) -> Self {
        Self {
            entries: object.iter(),
            key: "",
            value: &Value::Null,
        }
    }

    fn next_key(&mut self) -> Option<&'de str> {
        let (key, value) = self.entries.next()?;
        (self.key, self.value) = (key, value);
        Some(key)
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.next_key()
            .map(|key| seed.deserialize(BorrowedStrDeserializer::new(key)))
            .transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(Node(self.value))
            .map_err(|fault| fault.below(self.key))
    }

    /// Reads an entry of a map, which has its keys from the service: structs ask for keys and values in turn. A null is
    /// as good as no entry where the type has no place for one, just as it is in a field.
    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(
        &mut self,
    ) -> Result<Option<(K, V)>, Fault> {
        while let Some(key) = self.next_key() {
            let key = K::deserialize(BorrowedStrDeserializer::new(key))?;
            match self.next_value() {
                Ok(value) => return Ok(Some((key, value))),
                Err(_) if self.value.is_null() => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Model {
        text: Option<String>,
        number: f64,
        flags: Vec<bool>,
        children: BTreeMap<String, Model>,
        kind: Option<Kind>,
        any: Value,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Small,
    }

    fn path(value: &Value) -> String {
        read::<Model>(value).unwrap_err().path().to_owned()
    }

    #[test]
    fn what_serde_json_reads_is_read_the_same() {
        let documents = [
            json!({}),
            json!({"text": null, "number": 5, "flags": [], "unknown": {"a": [1, null]}}),
            json!({"text": "é", "number": 1.5, "flags": [true, false], "kind": "Small", "any": {"a": [1, "b", null]}}),
            json!({"children": {"a": {"text": "b"}, "": {"number": u64::MAX, "any": -1}}}),
        ];
        for document in documents {
            assert_eq!(
                read::<Model>(&document).unwrap(),
                Model::deserialize(&document).unwrap()
            );
        }
    }

    /// A type that has a place for a null keeps it.
    #[test]
    fn a_null_in_a_map_is_no_entry() {
        let document = json!({"a": null, "b": "c"});
        let texts: BTreeMap<String, String> = read(&document).unwrap();
        assert_eq!(texts, [("b".to_owned(), "c".to_owned())].into());
        let values: BTreeMap<String, Option<String>> = read(&document).unwrap();
        assert_eq!(values.len(), 2);
        let any: BTreeMap<String, Value> = read(&document).unwrap();
        assert_eq!(any["a"], Value::Null);
        let fault = read::<BTreeMap<String, String>>(&json!({"a": null, "b": 5})).unwrap_err();
        assert_eq!(fault.path(), "b");
    }

    #[test]
    fn faults_have_a_path() {
        assert_eq!(path(&json!([])), ".");
        assert_eq!(path(&json!({"text": 5})), "text");
        assert_eq!(path(&json!({"flags": [true, 1]})), "flags[1]");
        assert_eq!(path(&json!({"flags": {}})), "flags");
        assert_eq!(
            path(&json!({"children": {"a b": {"number": "5"}}})),
            "children.a b.number"
        );
        assert_eq!(path(&json!({"kind": {"Small": 1}})), "kind");
        assert_eq!(path(&json!({"kind": "Large"})), "kind");
    }

    #[test]
    fn lists_count_their_members() {
        let fault = read_list::<Model>(&json!([{}, {"flags": [0]}])).unwrap_err();
        assert_eq!(fault.below("fleets").path(), "fleets[1].flags[0]");
        let fault = read_list::<Model>(&json!([{}, 5])).unwrap_err();
        assert_eq!(fault.below("fleets").path(), "fleets[1]");
        for value in [
            json!(null),
            json!({}),
            json!(5),
            json!("x"),
            json!(1.5),
            json!(u64::MAX),
            json!(true),
        ] {
            let fault = read_list::<Model>(&value).unwrap_err();
            assert!(
                fault.path() == "." && fault.message().ends_with("expected a list"),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn any_bytes_are_parsed_or_refused() {
        assert_eq!(parse(b"").unwrap_err().message(), "the body is empty");
        let deep = "[".repeat(100_000);
        for bytes in [
            &b"\xff\xfe"[..],
            b"{",
            b"{}x",
            b"\"\\ud800\"",
            b"1e999",
            b"\0",
            deep.as_bytes(),
        ] {
            assert_eq!(parse(bytes).unwrap_err().path(), ".");
        }
    }

    #[test]
    fn a_broken_body_is_a_fault_or_another_value_but_no_panic() {
        let body = br#"{"text": "a", "number": 1.5, "flags": [true], "children": {"b": {}}, "any": {"c": null}}"#;
        for at in 0..body.len() {
            assert!(parse(&body[..at]).is_err());
            for byte in [0, b'"', b'{', b'[', b'0', b'\\', 0xff] {
                let mut bytes = body.to_vec();
                bytes[at] = byte;
                if let Ok(value) = parse(&bytes) {
                    drop(read::<Model>(&value));
                    drop(read_list::<Model>(&value));
                }
            }
        }
    }
}
