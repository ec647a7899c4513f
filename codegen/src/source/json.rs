//! The values of a JSON text (RFC 8259) with their positions.
//!
//! JSON is nearly YAML, but a YAML parser stumbles over surrogate pairs, long keys and some tabs.
//! This scanner checks nothing: `serde_json` has read the text, or tells where it is broken, and then the values before
//! that are found all the same.

use std::str::Chars;

use serde::de::IgnoredAny;

use super::locate::{Container, Tracker};
use super::{Position, Span};

/// Says whether the whole text is JSON.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Returns what `serde_json` says is wrong with `text`, without the place, and the place: its own columns count bytes.
pub(crate) fn fault(text: &str, error: &serde_json::Error) -> (String, Position) {
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

/// Shows every value of `text` to `tracker`.
pub(super) fn scan(text: &str, tracker: &mut Tracker) {
    let mut cursor = Cursor {
        rest: text.chars(),
        position: Position { line: 1, column: 1 },
    };
    while let Some((at, character)) = cursor.next() {
        match character {
            '{' => tracker.open(at, Container::Object),
            '[' => tracker.open(at, Container::List),
            '}' | ']' => tracker.close(cursor.position),
            '"' => {
                let text = cursor.string();
                tracker.scalar(cursor.span_from(at), &text);
            }
            ',' | ':' | ' ' | '\t' | '\r' | '\n' => {}
            _ => {
                let rest = cursor.literal();
                tracker.scalar(cursor.span_from(at), &format!("{character}{rest}"));
            }
        }
    }
}

/// Walks a text and knows where it is.
struct Cursor<'a> {
    rest: Chars<'a>,
    position: Position,
}

impl<'a> Cursor<'a> {
    /// Takes a character and says where it stands.
    fn next(&mut self) -> Option<(Position, char)> {
        let at = self.position;
        let character = self.rest.next()?;
        if character == '\n' {
            self.position = Position {
                line: at.line + 1,
                column: 1,
            };
        } else {
            self.position.column += 1;
        }
        Some((at, character))
    }

    /// Returns the stretch from `start` to here.
    fn span_from(&self, start: Position) -> Span {
        let end = self.position;
        Span { start, end }
    }

    /// Takes the rest of a string and its closing quote, and returns the text that it stands for.
    fn string(&mut self) -> String {
        let mut literal = String::from('"');
        while let Some((_, character)) = self.next() {
            literal.push(character);
            match character {
                '"' => break,
                '\\' => literal.extend(self.next().map(|(_, escaped)| escaped)),
                _ => {}
            }
        }
        // Only the literal of a broken text is not sound.
        serde_json::from_str(&literal).unwrap_or(literal)
    }

    /// Takes the rest of a number, `true`, `false` or `null`.
    fn literal(&mut self) -> &'a str {
        let rest = self.rest.as_str();
        let is_part = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
        let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        for _ in 0..length {
            self.next();
        }
        &rest[..length]
    }
}
