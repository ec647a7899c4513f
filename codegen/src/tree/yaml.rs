//! Parses YAML into values and their places.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::Value;

use super::builder::{Builder, Container};
use super::values::ValueReader;
use super::{MAX_DEPTH, MAX_VALUES};
use crate::report::{Diagnostic, Position};
use crate::source::TextFault;

/// Parses a text.
///
/// The time of the parser for values grows with the square of the depth of brackets, and it holds all values at once in
/// a form that takes many times their text. So depth and number are measured first.
pub(super) fn read(
    text: &str,
    builder: &mut Builder,
    faults: &mut Vec<Diagnostic>,
) -> Result<Value, TextFault> {
    builder.merges = true;
    let second_document = scan(text, builder)?;
    let mut reader = ValueReader::new(text, true);
    let result = reader.read(serde_yaml::Deserializer::from_str(text));
    faults.append(&mut reader.faults);
    let value = result.map_err(|error| {
        let message = error.to_string();
        if message == "repetition limit exceeded" {
            return TextFault::TooManyAliases;
        }
        // The only fault without a position is a second document.
        let position = match error.location() {
            Some(it) => Position {
                line: it.line(),
                column: it.column(),
            },
            None => second_document.unwrap_or(Position::START),
        };
        reader.limit(position).unwrap_or_else(|| {
            let Position { line, column } = position;
            let message = message.replacen(&format!(" at line {line} column {column}"), "", 1);
            TextFault::Syntax {
                message: format!("not valid YAML: {message}"),
                position,
                is_tab: is_tab(text, position),
            }
        })
    })?;
    // A text with only comments is null.
    if value.is_null() {
        Err(TextFault::Empty)
    } else {
        Ok(value)
    }
}

/// Passes every value of the first document in `text` to `builder`. Returns where the second one starts.
///
/// Values before a syntax error still get places; the parser for values reports the error.
///
/// # Errors
///
/// Returns the limit that the text exceeds.
pub(super) fn scan(text: &str, builder: &mut Builder) -> Result<Option<Position>, TextFault> {
    let (mut documents, mut second) = (0, None);
    let mut deepest = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // This parser has a limit of its own.
            Err(error) if error.info() == "recursion limit exceeded" => {
                deepest.get_or_insert_with(|| too_deep(error.marker()));
                break;
            }
            Err(_) => break,
        };
        let (start, end) = (span.start.index(), span.end.index());
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents == 2 {
                    second = Some(position_of(&span.start));
                    break;
                }
            }
            Event::MappingStart(..) => builder.open(start, Container::Object),
            Event::SequenceStart(..) => builder.open(start, Container::List),
            // The parser includes the spaces after a bracket, and has no position for the end of a block.
            Event::MappingEnd | Event::SequenceEnd if span.is_empty() => builder.close(end),
            Event::MappingEnd | Event::SequenceEnd => builder.close(start + 1),
            Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty() => {
                builder.scalar(None, "", false);
            }
            Event::Scalar(value, style, ..) => {
                builder.scalar(Some(start..end), &value, style == ScalarStyle::Plain);
            }
            Event::Alias(_) => builder.scalar(Some(start..end), "", false),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        if builder.is_too_deep {
            deepest.get_or_insert_with(|| too_deep(&span.start));
        }
        if builder.values > MAX_VALUES {
            return Err(TextFault::TooManyValues);
        }
    }
    deepest.map_or(Ok(second), Err)
}

fn too_deep(at: &Marker) -> TextFault {
    TextFault::TooDeep {
        limit: MAX_DEPTH,
        position: position_of(at),
    }
}

/// Converts a position to that of editors: columns from 1, where the parser counts from 0.
fn position_of(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// Returns whether the character that stopped a parser is a tab: the parser does not say so.
fn is_tab(text: &str, position: Position) -> bool {
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    line.chars().nth(position.column - 1) == Some('\t')
}
