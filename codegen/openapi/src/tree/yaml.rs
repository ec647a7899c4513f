//! Parses YAML into values and their places.

use serde_json::Value;
use twilio_codegen_yaml::{Event, Events, Marker, ScalarStyle, Span, divide};

use super::builder::{Builder, Container};
use super::events::EventValues;
use super::values::ValueReader;
use super::{MAX_DEPTH, MAX_VALUES};
use crate::report::{Diagnostic, Position};
use crate::source::TextFault;
use crate::workers::Workers;

/// How many parts of a text are parsed at once, if these are not shorter than [`PART_SIZE`].
const PARTS: usize = 8;

/// The least number of bytes of a part.
const PART_SIZE: usize = 1 << 15;

/// What one pass over a text finds besides places.
pub(super) struct Scanned {
    /// The value of the text, unless it is unusual.
    pub(super) value: Option<Value>,
    /// Where a second document starts.
    second_document: Option<Position>,
}

/// Parses a text.
pub(super) fn read(
    text: &str,
    builder: &mut Builder,
    faults: &mut Vec<Diagnostic>,
    workers: &impl Workers,
) -> Result<Value, TextFault> {
    let size = PART_SIZE.max(text.len() / PARTS);
    if let Some((value, places)) = read_parts(text, size, builder, workers) {
        *builder = places;
        return Ok(value);
    }
    builder.merges = true;
    let Scanned {
        value,
        second_document,
    } = scan(text, builder)?;
    let value = match value {
        Some(value) if !text.contains('\t') => value,
        value => read_unusual(text, second_document, faults).or_else(|fault| {
            let other = value.filter(|_| is_about_a_tab_in_a_block(&fault));
            other.ok_or(fault)
        })?,
    };
    // A text with only comments is null.
    if value.is_null() {
        Err(TextFault::Empty)
    } else {
        Ok(value)
    }
}

/// Parses a text of several parts. Returns `None` if it has only one, or anything for which it must be parsed as a whole.
fn read_parts(
    text: &str,
    size: usize,
    builder: &Builder,
    workers: &impl Workers,
) -> Option<(Value, Builder)> {
    let parts = divide(text, size);
    if parts.len() < 2 {
        return None;
    }
    let read = workers.map(parts, |part| {
        let mut places = builder.for_part(&part);
        let value = scan(part.text, &mut places).ok()?.value;
        let Value::Object(members) = value.filter(|_| !part.text.contains('\t'))? else {
            return None;
        };
        Some((part.under, members, places))
    });
    let mut read = read.into_iter();
    let (_, mut whole, mut places) = read.next()??;
    for part in read {
        let (under, members, part) = part?;
        let holder = match under {
            Some(key) => whole.get_mut(key)?.as_object_mut()?,
            None => &mut whole,
        };
        let mut added = members
            .into_iter()
            .map(|(key, value)| holder.insert(key, value));
        if added.any(|it| it.is_some()) || !places.append(part, under) {
            return None;
        }
    }
    (places.values <= MAX_VALUES).then_some((Value::Object(whole), places))
}

/// Parses a text with faults, aliases, tabs, or anything else that [`EventValues`] leaves alone.
///
/// The time of this parser grows with the square of the depth of brackets, and it holds all values at once in a form that
/// takes many times their text. So depth and number are measured before.
fn read_unusual(
    text: &str,
    second_document: Option<Position>,
    faults: &mut Vec<Diagnostic>,
) -> Result<Value, TextFault> {
    let mut reader = ValueReader::new(text, true);
    let result = reader.read(serde_yaml::Deserializer::from_str(text));
    faults.append(&mut reader.faults);
    result.map_err(|error| {
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
    })
}

/// Passes every value of the first document in `text` to `builder`.
///
/// Values before a syntax error still get places; the parser for values reports the error.
///
/// # Errors
///
/// Returns the limit that the text exceeds.
pub(super) fn scan(text: &str, builder: &mut Builder) -> Result<Scanned, TextFault> {
    let mut values = EventValues::new(text);
    let (mut documents, mut second_document) = (0, None);
    let mut deepest = None;
    for event in Events::of(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // This parser has a limit of its own.
            Err(error) if error.info() == "recursion limit exceeded" => {
                deepest.get_or_insert_with(|| too_deep(error.marker()));
                break;
            }
            Err(_) => {
                values.give_up();
                break;
            }
        };
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents == 2 {
                second_document = Some(position_of(&span.start));
                values.give_up();
                break;
            }
        }
        place(builder, &event, &span);
        if builder.is_too_deep {
            deepest.get_or_insert_with(|| too_deep(&span.start));
            values.give_up();
        }
        values.add(event);
        if builder.values > MAX_VALUES {
            return Err(TextFault::TooManyValues);
        }
    }
    match deepest {
        Some(fault) => Err(fault),
        None => Ok(Scanned {
            value: values.finish(),
            second_document,
        }),
    }
}

/// Passes the value of an event to `builder`.
fn place(builder: &mut Builder, event: &Event<'_>, span: &Span) {
    let (start, end) = (span.start.index(), span.end.index());
    match event {
        Event::MappingStart(..) => builder.open(start, Container::Object),
        Event::SequenceStart(..) => builder.open(start, Container::List),
        // The parser includes the spaces after a bracket, and has no position for the end of a block.
        Event::MappingEnd | Event::SequenceEnd if span.is_empty() => builder.close(end),
        Event::MappingEnd | Event::SequenceEnd => builder.close(start + 1),
        Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty() => {
            builder.scalar(None, "", false);
        }
        Event::Scalar(value, style, ..) => {
            builder.scalar(Some(start..end), value, *style == ScalarStyle::Plain);
        }
        Event::Alias(_) => builder.scalar(Some(start..end), "", false),
        Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
        Event::DocumentStart(_) | Event::DocumentEnd => {}
    }
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

/// Returns whether the fault is one that `yaml_serde` finds in a valid block whose first line is only spaces and a tab: the
/// tab is part of its text (YAML 1.2.2 §8.1.1.1).
fn is_about_a_tab_in_a_block(fault: &TextFault) -> bool {
    let is_in_block = |message: &str| message.contains("while scanning a block scalar");
    matches!(fault, TextFault::Syntax { message, is_tab: true, .. } if is_in_block(message))
}

/// Returns whether the character that stopped a parser is a tab: the parser does not say so.
fn is_tab(text: &str, position: Position) -> bool {
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    line.chars().nth(position.column - 1) == Some('\t')
}

#[cfg(test)]
mod tests {
    use super::super::places::Places;
    use super::*;
    use crate::source::SourceFile;
    use crate::workers::OneByOne;

    fn finish(builder: Builder, text: &str) -> (Places, Vec<Diagnostic>) {
        let path = "a.yaml".to_owned();
        let text = text.to_owned();
        builder.finish(&SourceFile { path, text })
    }

    /// Returns whether a text can be parsed in parts, which must have the values and places of the whole.
    fn has_parts(text: &str) -> bool {
        let Some((value, parts)) = read_parts(text, 1, &Builder::new(7), &OneByOne) else {
            return false;
        };
        let mut builder = Builder::new(7);
        let whole = scan(text, &mut builder).ok().and_then(|it| it.value);
        assert_eq!(whole.as_ref(), Some(&value), "{text}");
        assert_eq!(builder.values, parts.values, "{text}");
        assert_eq!(finish(builder, text), finish(parts, text), "{text}");
        true
    }

    #[test]
    fn parts_have_the_values_and_places_of_the_whole() {
        for text in [
            "a: 1\nb: 2\n",
            "a:\n  é: 1\n  c: 2\nd:\n",
            "---\na:\n  b: {c: 1,\n    d: 2}\n  e: [3]\n\n  # f\n  g: 4\n",
            "a:\n  b: |\n    c\n  d: >-\n    e\n\n  f: |+\n    g\n\n  h: 5\ni:\n- j\n- k\nl: 6\n",
            "a:\n    b:\n      - c: d\n          e\n      - f\n    g:\n    h: i\n      j\nk: 1.50\n",
            "a: {b: 1, b: 2}\nc: 3\n",
        ] {
            assert!(has_parts(text), "{text}");
        }
    }

    #[test]
    fn blocks_may_start_with_a_tab() {
        let read = |text: &str| read(text, &mut Builder::new(0), &mut Vec::new(), &OneByOne);
        let text = "a:\n  b: |-\n    \t\n    c\n  d: e\n";
        let expected = serde_json::json!({"a": {"b": "\t\nc", "d": "e"}});
        let found = read(text).map_err(|it| format!("{it:?}"));
        assert_eq!(found, Ok(expected));
        for text in ["a:\n\tb: 1\n", "a: |\n\tb\n", "a:\n  b: |\n\t\tc\n"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn parts_may_be_as_deep_as_the_whole() {
        for (depth, is_allowed) in [(MAX_DEPTH - 1, true), (MAX_DEPTH, false)] {
            let (open, close) = ("[".repeat(depth), "]".repeat(depth));
            let text = format!("a:\n  b: 1\n  c: {open}{close}\nd: 2\n");
            assert_eq!(scan(&text, &mut Builder::new(0)).is_ok(), is_allowed);
            assert_eq!(has_parts(&text), is_allowed);
        }
    }

    #[test]
    fn texts_that_cannot_be_divided_are_parsed_as_a_whole() {
        for text in [
            "a: 'b\nc: d'\ne: 1\n",
            "a: [b,\nc: d]\ne: 1\n",
            "a:\n  b: [c,\n  d: e]\n  f: 1\n",
            "a:\n  b\n  c\nd: 1\n",
            "a:\n  b: 1\n  c: 2\n d: 3\n",
            "a: 1\nb: 2\na: 3\n",
            "a:\n  b: 1\n  c: 2\n  b: 3\n",
            "a: 1\nb: {c: 2, c: 3}\n",
            "a: &x 1\nb: *x\n",
            "a: 1\nb: [\n",
            "a: 1\nb:\tc\n",
        ] {
            assert!(!has_parts(text), "{text}");
        }
    }
}
