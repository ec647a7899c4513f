//! Parses a document into its values and the place of each in its file.
//!
//! One parser finds the places, and measures the text before all of it is in memory. In YAML it usually finds the
//! values, too, in several parts of a long text at once; `serde_json` parses those of JSON, and `yaml_serde` those of
//! unusual YAML. After that, the text is only used to show a line of it. An overlay changes values and places together,
//! so that each value still knows the file it came from.
//!
//! Nothing here knows OpenAPI. Parsing continues after a fault where possible, so that all faults of a file are
//! reported at once. Depth and size are limited: no text can exhaust the stack or memory.

mod builder;
mod cursor;
mod events;
mod json;
mod places;
mod values;
mod yaml;

use serde_json::Value;

use self::builder::Builder;
pub(crate) use self::cursor::{Branch, Cursor};
pub use self::json::fault as json_fault;
pub use self::places::Places;
pub(crate) use self::places::{FoundPlace, Node};
use crate::pointer::Pointer;
use crate::report::Diagnostic;
use crate::source::SourceFile;
use crate::source::TextFault;
use crate::workers::{OneByOne, Workers};

/// The maximum depth of values. The deepest of 276 real documents has 26. Later stages recurse into values, on threads with
/// 2 MiB of stack.
pub(crate) const MAX_DEPTH: usize = 64;

/// The maximum number of values. The largest of Twilio's specs has 35,000, and the largest public ones about 2 million, in
/// 50 MB of JSON.
pub(crate) const MAX_VALUES: usize = 3_000_000;

/// The values of a document and their places.
pub(crate) struct Tree {
    pub(crate) value: Value,
    pub(crate) places: Places,
}

/// The result of parsing a file.
pub(crate) struct Reading {
    /// The places of its values, as far as it could be parsed.
    pub(crate) places: Places,
    /// Its values; `None` if a fault prevented parsing them, which is then the only fault.
    pub(crate) value: Option<Value>,
    /// The faults.
    pub(crate) faults: Vec<Diagnostic>,
}

/// The syntax of a file.
enum Syntax {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Syntax {
    /// Returns JSON if the file is named so, or if it starts with `{` and is entirely JSON; YAML otherwise.
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

/// Parses a file.
pub(crate) fn read(source: &SourceFile) -> Reading {
    read_with(source, &OneByOne)
}

/// Parses a file like [`read()`], and lets `workers` find values and places at once.
pub(crate) fn read_with(source: &SourceFile, workers: &impl Workers) -> Reading {
    parse(source, &Places::default(), workers)
}

/// Parses a file whose values may be inserted among those of `others`.
pub(crate) fn read_behind(source: &SourceFile, others: &Places) -> Reading {
    parse(source, others, &OneByOne)
}

fn parse(source: &SourceFile, others: &Places, workers: &impl Workers) -> Reading {
    let text = &source.text;
    let mut builder = Builder::new(others.end());
    let mut faults = Vec::new();
    let value = if text.trim().is_empty() {
        Err(TextFault::Empty)
    } else {
        match Syntax::of(source) {
            Syntax::Json => json::read(text, &mut builder, &mut faults, workers),
            Syntax::Yaml => yaml::read(text, &mut builder, &mut faults, workers),
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

/// Returns the number of values in a value, including itself.
pub(crate) fn count(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(count).sum::<usize>(),
        Value::Array(values) => 1 + values.iter().map(count).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Finds the places of the values of a file that is parsed in another way.
pub(crate) fn places(source: &SourceFile) -> Places {
    let mut builder = Builder::new(0);
    match Syntax::of(source) {
        Syntax::Json => json::scan(&source.text, &mut builder),
        // Values after a fault have no place.
        Syntax::Yaml => drop(yaml::scan(&source.text, &mut builder)),
    }
    builder.finish(source).0
}

impl Tree {
    /// Returns a value and its place, mutable.
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
