//! Parses JSON (RFC 8259) into values and their places.
//!
//! JSON is almost a subset of YAML, but a YAML parser fails on surrogate pairs, long keys and some tabs.

use std::borrow::Cow;
use std::str::Chars;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::MAX_VALUES;
use super::builder::{Builder, Container};
use super::values::ValueReader;
use crate::report::{Diagnostic, Position};
use crate::source::TextFault;
use crate::workers::Workers;

/// Returns whether the whole text is JSON.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Parses a text. Values and places are found independently of each other.
pub(super) fn read(
    text: &str,
    builder: &mut Builder,
    faults: &mut Vec<Diagnostic>,
    workers: &impl Workers,
) -> Result<Value, TextFault> {
    workers
        .join(|| values(text, faults), || scan(text, builder))
        .0
}

/// Parses the values of a text.
fn values(text: &str, faults: &mut Vec<Diagnostic>) -> Result<Value, TextFault> {
    let mut reader = ValueReader::new(text, false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = reader.read(&mut deserializer);
    faults.append(&mut reader.faults);
    let result = result.and_then(|value| deserializer.end().map(|()| value));
    result.map_err(|error| {
        let (message, position) = fault(text, &error);
        if message == "number out of range" {
            let position = Some(position);
            return TextFault::NotFinite { position };
        }
        reader.limit(position).unwrap_or_else(|| TextFault::Syntax {
            message: format!("not valid JSON: {message}"),
            position,
            is_tab: false,
        })
    })
}

/// Returns the message of `serde_json` about `text` without the position, and the position: its own columns count
/// bytes.
pub fn fault(text: &str, error: &serde_json::Error) -> (String, Position) {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let before = line
        .char_indices()
        .take_while(|(offset, _)| offset + 1 < error.column());
    let position = Position {
        line: error.line().max(1),
        column: before.count() + 1,
    };
    (error.to_string().replace(&place, ""), position)
}

/// Passes every value of `text` to `builder`. It does not validate: `serde_json` reports where a text is broken, and
/// the values before that still get places.
pub(super) fn scan(text: &str, builder: &mut Builder) {
    let mut cursor = Scanner {
        rest: text.chars(),
        index: 0,
    };
    while builder.values <= MAX_VALUES {
        let (before, start) = (cursor.rest.as_str(), cursor.index);
        let Some(character) = cursor.next() else {
            return;
        };
        match character {
            '{' => builder.open(start, Container::Object),
            '[' => builder.open(start, Container::List),
            '}' | ']' => builder.close(cursor.index),
            ',' | ':' | ' ' | '\t' | '\r' | '\n' => {}
            '"' => {
                cursor.skip_string();
                let literal = &before[..before.len() - cursor.rest.as_str().len()];
                let text = builder.wants_text().then(|| decoded(literal));
                builder.scalar(Some(start..cursor.index), &text.unwrap_or_default(), false);
            }
            _ => {
                cursor.skip_literal();
                let literal = &before[..before.len() - cursor.rest.as_str().len()];
                builder.scalar(Some(start..cursor.index), literal, true);
            }
        }
    }
}

/// Returns the string that a literal represents.
fn decoded(literal: &str) -> Cow<'_, str> {
    let inside = literal
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'));
    match inside.filter(|it| !it.contains('\\')) {
        Some(plain) => plain.into(),
        // Only a broken text has an invalid literal.
        None => serde_json::from_str(literal).map_or(literal.into(), Cow::Owned),
    }
}

/// Iterates over a text and tracks the position.
struct Scanner<'a> {
    rest: Chars<'a>,
    /// The number of characters consumed.
    index: usize,
}

impl Scanner<'_> {
    /// Consumes a character.
    fn next(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        self.index += 1;
        Some(character)
    }

    /// Skips the rest of a string and its closing quote.
    fn skip_string(&mut self) {
        while let Some(character) = self.next() {
            match character {
                '"' => return,
                '\\' => {
                    self.next();
                }
                _ => {}
            }
        }
    }

    /// Skips the rest of a number, `true`, `false` or `null`.
    fn skip_literal(&mut self) {
        let is_part = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
        while self.rest.as_str().starts_with(is_part) {
            self.next();
        }
    }
}
