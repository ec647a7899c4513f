//! Text to values: YAML or JSON to one tree of `serde_json::Value`s, in the order of the text.
//!
//! Nothing here knows OpenAPI. What can be read in spite of a fault is read, so that all faults of
//! a file are reported at once. Depth and size are limited: no text can exhaust stack or memory.

use std::collections::BTreeSet;
use std::fmt;

use saphyr_parser::{Event, Parser};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::brackets;
use super::crowd;
use super::place::Place;
use crate::diagnostic::Problem;
use crate::pointer::Pointer;
use crate::report::Diagnostic;
use crate::source::{Format, Position, SourceFile, json_fault, position_of};

/// How many levels of values are read. The deepest of a hundred real documents has 21; the OpenAPI
/// parser takes 40 before it overflows the stack of a thread (2 MiB) in a debug build.
pub(crate) const MAX_DEPTH: usize = 32;

/// How many values aliases may add. Any other value takes at least two bytes of text.
const MAX_REPEATED_VALUES: usize = 50_000;

/// How many values are read. The largest of Twilio's specs has 35,000, the largest of a hundred public ones 750,000.
const MAX_VALUES: usize = 1_000_000;

/// How many bytes of keys and texts aliases may add. Any other takes at least half of its length: of what YAML
/// escapes, `\\L` gains most, two bytes that stand for three.
const MAX_REPEATED_BYTES: usize = 4 << 20;

/// Reads a text.
///
/// The values come with the faults that did not stop the reading.
///
/// # Errors
///
/// Returns the fault that did.
pub(crate) fn read(source: &SourceFile) -> Result<(Value, Vec<Diagnostic>), Diagnostic> {
    let fault = |problem| Diagnostic::new(problem, Pointer::root());
    let text = &source.text;
    if text.trim().is_empty() {
        return Err(fault(Problem::EmptyFile));
    }
    let format = source.format();
    let mut reader = Reader {
        faults: Vec::new(),
        values_left: MAX_VALUES.min(text.len() / 2 + MAX_REPEATED_VALUES),
        is_large: text.len() / 2 + MAX_REPEATED_VALUES > MAX_VALUES,
        bytes_left: 2 * text.len() + MAX_REPEATED_BYTES,
        merges: format == Format::Yaml,
        stopped: None,
    };
    let result = match format {
        Format::Json => reader.json(text),
        Format::Yaml => reader.yaml(text),
    };
    let value = result.map_err(fault)?;
    // YAML reads a text of comments as null.
    if value.is_null() && format == Format::Yaml {
        return Err(fault(Problem::EmptyFile));
    }
    Ok((value, reader.faults))
}

/// What a reading keeps beside the values.
struct Reader {
    /// Faults that do not stop the reading.
    faults: Vec<Diagnostic>,
    /// How many more values may be read.
    values_left: usize,
    /// Whether the text may have too many values without any alias.
    is_large: bool,
    /// How many more bytes keys and texts may have.
    bytes_left: usize,
    /// Whether `<<` merges mappings, as YAML 1.1 has it.
    merges: bool,
    /// Which limit stopped the reading.
    stopped: Option<Limit>,
}

/// A limit of a reading.
#[derive(Clone, Copy)]
enum Limit {
    Depth,
    Values,
    Bytes,
}

fn too_many_values() -> Problem {
    Problem::TooLarge {
        what: "more than 1,000,000 values".to_owned(),
    }
}

impl Reader {
    /// Reads JSON (RFC 8259).
    fn json(&mut self, text: &str) -> Result<Value, Problem> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        self.document(&mut deserializer)
            .and_then(|value| deserializer.end().map(|()| value))
            .map_err(|error| {
                let (message, position) = json_fault(text, &error);
                if message == "number out of range" {
                    let position = Some(position);
                    return Problem::NotFinite { position };
                }
                self.problem(Problem::Syntax {
                    message: format!("not valid JSON: {message}"),
                    position,
                    is_tab: false,
                })
            })
    }

    /// Reads YAML.
    fn yaml(&mut self, text: &str) -> Result<Value, Problem> {
        if let Some(position) = brackets::too_deep(text, MAX_DEPTH) {
            return Err(Problem::TooDeep {
                limit: MAX_DEPTH,
                position,
            });
        }
        if crowd::is_too_large(text, MAX_VALUES) {
            return Err(too_many_values());
        }
        self.document(serde_yaml::Deserializer::from_str(text))
            .map_err(|error| {
                let message = error.to_string();
                if message == "repetition limit exceeded" {
                    return Problem::TooManyAliases;
                }
                // The one fault without a place is that there is another document.
                let position = match error.location() {
                    Some(it) => Position {
                        line: it.line(),
                        column: it.column(),
                    },
                    None => second_document(text),
                };
                let Position { line, column } = position;
                let message = message.replacen(&format!(" at line {line} column {column}"), "", 1);
                self.problem(Problem::Syntax {
                    message: format!("not valid YAML: {message}"),
                    position,
                    is_tab: is_tab(text, position),
                })
            })
    }

    /// Reads the value that is the whole document.
    fn document<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Value, D::Error> {
        ValueAt {
            reader: self,
            place: &Place::root(),
        }
        .deserialize(deserializer)
    }

    /// Returns the problem that stopped the reading: a limit that was passed, or else `syntax`.
    fn problem(&self, syntax: Problem) -> Problem {
        let position = syntax.position();
        match (self.stopped, position) {
            (Some(Limit::Depth), Some(position)) => Problem::TooDeep {
                limit: MAX_DEPTH,
                position,
            },
            (Some(Limit::Values), _) if self.is_large => too_many_values(),
            (Some(Limit::Values | Limit::Bytes), _) => Problem::TooManyAliases,
            (Some(Limit::Depth) | None, _) => syntax,
        }
    }

    /// Notes a fault and carries on.
    fn note(&mut self, problem: Problem, place: &Place<'_>) {
        self.faults.push(Diagnostic::new(problem, place.pointer()));
    }

    /// Counts a value that is about to be read.
    fn count<E: Error>(&mut self, place: &Place<'_>) -> Result<(), E> {
        if place.depth() > MAX_DEPTH {
            self.stopped = Some(Limit::Depth);
        } else if self.values_left == 0 {
            self.stopped = Some(Limit::Values);
        } else {
            self.values_left -= 1;
            return Ok(());
        }
        Err(E::custom("a limit was passed"))
    }

    /// Counts the bytes of a key or a text before it is kept.
    fn count_bytes<E: Error>(&mut self, text: &str) -> Result<(), E> {
        if let Some(left) = self.bytes_left.checked_sub(text.len()) {
            self.bytes_left = left;
            Ok(())
        } else {
            self.stopped = Some(Limit::Bytes);
            Err(E::custom("a limit was passed"))
        }
    }
}

/// Returns where the second document of a YAML text begins, or its own beginning if it has only one.
fn second_document(text: &str) -> Position {
    Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| matches!(event, Event::DocumentStart(_)))
        .nth(1)
        .map_or(Position { line: 1, column: 1 }, |(_, span)| {
            position_of(&span.start)
        })
}

/// Says whether the character that stopped a YAML parser is a tab: the parser does not say so.
fn is_tab(text: &str, position: Position) -> bool {
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    line.chars().nth(position.column - 1) == Some('\t')
}

/// A value that is about to be read.
struct ValueAt<'r, 'p> {
    reader: &'r mut Reader,
    place: &'p Place<'p>,
}

impl<'de> DeserializeSeed<'de> for ValueAt<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.reader.count(self.place)?;
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
            let problem = Problem::NotFinite { position: None };
            self.reader.note(problem, self.place);
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
            let place = self.place.index(list.len());
            match values.next_element_seed(ValueAt {
                reader: self.reader,
                place: &place,
            })? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = Vec::new();
        let mut reported = BTreeSet::new();
        while let Some(key) = members.next_key_seed(Key)? {
            self.reader.count_bytes(&key)?;
            let place = self.place.key(&key);
            let value = members.next_value_seed(ValueAt {
                reader: self.reader,
                place: &place,
            })?;
            if self.reader.merges && key == "<<" && is_mergeable(&value) {
                merged.push(value);
            } else if !object.contains_key(&key) {
                object.insert(key, value);
            } else if reported.insert(key.clone()) {
                let problem = Problem::DuplicateKey { key: key.clone() };
                self.reader.note(problem, &place);
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

/// Says whether a mapping can take in `value`: a mapping or a list of mappings.
fn is_mergeable(value: &Value) -> bool {
    value.is_object()
        || value
            .as_array()
            .is_some_and(|it| it.iter().all(Value::is_object))
}

/// Adds the members of `value` that `object` lacks (<https://yaml.org/type/merge.html>): earlier
/// mappings of a list go before later ones.
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

/// A key that is about to be read: its text as it is written, so that `200:` is `"200"`.
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
