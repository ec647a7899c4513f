//! Deserializes the values of a text, in order, as `serde_json::Value`s.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::builder::MERGE;
use super::{MAX_DEPTH, MAX_VALUES};
use crate::pointer::Trail;
use crate::report::{Diagnostic, Position};
use crate::source::TextFault;

/// How many values aliases may add. Any other value takes at least two bytes of text.
const MAX_REPEATED_VALUES: usize = 50_000;

/// How many bytes of keys and strings aliases may add. Any other takes at least half of its length in the text: of
/// YAML's escapes, `\\L` gains most, two bytes that stand for three.
const MAX_REPEATED_BYTES: usize = 4 << 20;

/// The state of parsing besides the values.
pub(super) struct ValueReader {
    /// Faults that do not stop parsing.
    pub(super) faults: Vec<Diagnostic>,
    /// How many more values may be parsed.
    values_left: usize,
    /// Whether the text may have too many values even without aliases.
    is_large: bool,
    /// How many more bytes keys and strings may have.
    bytes_left: usize,
    /// Whether [`MERGE`] merges mappings.
    merges: bool,
    /// The limit that stopped parsing.
    stopped: Option<ReadLimit>,
}

/// A limit of parsing.
#[derive(Clone, Copy)]
enum ReadLimit {
    Depth,
    Values,
    Bytes,
}

impl ValueReader {
    pub(super) fn new(text: &str, merges: bool) -> Self {
        let most_values = text.len() / 2 + MAX_REPEATED_VALUES;
        Self {
            faults: Vec::new(),
            values_left: MAX_VALUES.min(most_values),
            is_large: most_values > MAX_VALUES,
            bytes_left: 2 * text.len() + MAX_REPEATED_BYTES,
            merges,
            stopped: None,
        }
    }

    /// Parses the top-level value.
    pub(super) fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        let trail = &Trail::root();
        let reader = self;
        ValueAt { reader, trail }.deserialize(deserializer)
    }

    /// Returns the limit that stopped parsing at `position`, if one did.
    pub(super) fn limit(&self, position: Position) -> Option<TextFault> {
        Some(match self.stopped? {
            ReadLimit::Depth => TextFault::TooDeep {
                limit: MAX_DEPTH,
                position,
            },
            ReadLimit::Values if self.is_large => TextFault::TooManyValues,
            ReadLimit::Values | ReadLimit::Bytes => TextFault::TooManyAliases,
        })
    }

    /// Counts a value before it is parsed.
    fn count<E: Error>(&mut self, trail: &Trail<'_>) -> Result<(), E> {
        if trail.depth() > MAX_DEPTH {
            self.stopped = Some(ReadLimit::Depth);
        } else if self.values_left == 0 {
            self.stopped = Some(ReadLimit::Values);
        } else {
            self.values_left -= 1;
            return Ok(());
        }
        Err(E::custom("a limit was passed"))
    }

    /// Counts the bytes of a key or a string before it is stored.
    fn count_bytes<E: Error>(&mut self, text: &str) -> Result<(), E> {
        if let Some(left) = self.bytes_left.checked_sub(text.len()) {
            self.bytes_left = left;
            Ok(())
        } else {
            self.stopped = Some(ReadLimit::Bytes);
            Err(E::custom("a limit was passed"))
        }
    }
}

/// A value to be parsed.
struct ValueAt<'r, 'p> {
    reader: &'r mut ValueReader,
    trail: &'p Trail<'p>,
}

impl<'de> DeserializeSeed<'de> for ValueAt<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.reader.count(self.trail)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueAt<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON reads such a number as a float, too"
    )]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON reads such a number as a float, too"
    )]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if let Some(number) = Number::from_f64(value) {
            Ok(Value::Number(number))
        } else {
            let problem = TextFault::NotFinite { position: None };
            let fault = Diagnostic::new(problem, self.trail.pointer());
            self.reader.faults.push(fault);
            Ok(Value::Null)
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.reader.count_bytes(value)?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.reader.count_bytes(&value)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let trail = self.trail.index(list.len());
            match values.next_element_seed(ValueAt {
                reader: self.reader,
                trail: &trail,
            })? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = members.next_key_seed(Key)? {
            self.reader.count_bytes(&key)?;
            let trail = self.trail.key(&key);
            let value = members.next_value_seed(ValueAt {
                reader: self.reader,
                trail: &trail,
            })?;
            if self.reader.merges && key == MERGE && is_mergeable(&value) {
                merged.push(value);
            } else {
                object.entry(key).or_insert(value);
            }
        }
        for value in merged {
            merge(&mut object, value);
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _tagged: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("tags (`!name`) are not supported"))
    }
}

/// Returns whether a mapping can merge `value`: a mapping or a list of mappings.
fn is_mergeable(value: &Value) -> bool {
    value.is_object()
        || value
            .as_array()
            .is_some_and(|it| it.iter().all(Value::is_object))
}

/// Adds the members of `value` that `object` lacks (<https://yaml.org/type/merge.html>): earlier mappings of a list
/// take precedence.
fn merge(object: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                object.entry(key).or_insert(value);
            }
        }
        Value::Array(list) => list.into_iter().for_each(|it| merge(object, it)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A key to be parsed: its text as written, so that `200:` is `"200"`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
