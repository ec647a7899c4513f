//! A document as it is written: its values, and the place of each in its file.
//!
//! Values are read by `yaml_serde` or `serde_json`; one pass of another parser before that finds the places, and measures
//! the text before all of it is held. After that, nobody looks at the text but to show a line of it. An overlay
//! changes values and places alike, so that each value still knows the file that it came from.
//!
//! Nothing here knows OpenAPI. What can be read in spite of a fault is read, so that all faults of
//! a file are reported at once. Depth and size are limited: no text can exhaust stack or memory.

mod builder;
mod cursor;
mod json;
mod places;
mod values;
mod yaml;

use serde_json::Value;

use self::builder::Builder;
pub(crate) use self::cursor::{Branch, Cursor};
pub(crate) use self::json::fault as json_fault;
pub use self::places::Places;
pub(crate) use self::places::{Found, Node};
use crate::pointer::Pointer;
use crate::report::Diagnostic;
use crate::source::SourceFile;
use crate::source::TextFault;

/// How many levels of values are read. The deepest of a hundred real documents has 21; the OpenAPI
/// parser takes 40 before it overflows the stack of a thread (2 MiB) in a debug build.
pub(crate) const MAX_DEPTH: usize = 32;

/// How many values are read. The largest of Twilio's specs has 35,000, the largest of a hundred public ones 750,000.
pub(crate) const MAX_VALUES: usize = 1_000_000;

/// The values of a document, and where they stand.
pub(crate) struct Tree {
    pub(crate) value: Value,
    pub(crate) places: Places,
}

/// What was read of a file.
pub(crate) struct Reading {
    /// The places of its values, as far as it could be read.
    pub(crate) places: Places,
    /// Its values; none if a fault kept them from being read, which is then the only one.
    pub(crate) value: Option<Value>,
    /// What is wrong with them.
    pub(crate) faults: Vec<Diagnostic>,
}

/// How a file is written down.
enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Format {
    /// Returns JSON if the file is named so, or if it opens with `{` and is JSON from end to end; YAML otherwise.
    fn of(source: &SourceFile) -> Self {
        let named_json = source.path.to_ascii_lowercase().ends_with(".json");
        let opens = || source.text.trim_start().starts_with('{');
        if named_json || (opens() && json::is_json(&source.text)) {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

/// Reads a file.
pub(crate) fn read(source: &SourceFile) -> Reading {
    read_behind(source, &Places::default())
}

/// Reads a file whose values may be put among those of `others`.
pub(crate) fn read_behind(source: &SourceFile, others: &Places) -> Reading {
    let text = &source.text;
    let mut builder = Builder::new(others.end());
    let mut faults = Vec::new();
    let value = if text.trim().is_empty() {
        Err(TextFault::Empty)
    } else {
        match Format::of(source) {
            Format::Json => json::read(text, &mut builder, &mut faults),
            Format::Yaml => yaml::read(text, &mut builder, &mut faults),
        }
    };
    let (places, duplicates) = builder.finish(source);
    faults.extend(duplicates);
    let value = value.map_err(|problem| faults = vec![Diagnostic::new(problem, Pointer::root())]);
    Reading {
        places,
        value: value.ok(),
        faults,
    }
}

/// Returns how many values there are in one, which counts, too.
pub(crate) fn count(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(count).sum::<usize>(),
        Value::Array(values) => 1 + values.iter().map(count).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Finds the places of the values of a file that is read in another way.
pub(crate) fn places(source: &SourceFile) -> Places {
    let mut builder = Builder::new(0);
    match Format::of(source) {
        Format::Json => json::scan(&source.text, &mut builder),
        // What lies behind a fault has no place.
        Format::Yaml => drop(yaml::scan(&source.text, &mut builder)),
    }
    builder.finish(source).0
}

impl Tree {
    /// Returns a value and its place, for writing.
    pub(crate) fn at_mut(&mut self, at: &Pointer) -> Option<(&mut Value, &mut Node)> {
        let mut here = (&mut self.value, self.places.root_mut());
        for token in at.tokens() {
            here = match here {
                (Value::Object(object), node) => (object.get_mut(&token)?, node.member_mut(&token)),
                (Value::Array(list), node) => {
                    let index = token.parse().ok()?;
                    (list.get_mut(index)?, node.element_mut(index))
                }
                (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {
                    return None;
                }
            };
        }
        Some(here)
    }
}

#[cfg(test)]
mod tests;
