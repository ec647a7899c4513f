//! Defines places in files.

use std::fmt;

use super::printable::one_line;
use crate::pointer::Pointer;

/// A position in a text. Both numbers count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character within the line.
    pub column: usize,
}

impl Position {
    /// The first character.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// A range of a text: from its first character up to `end`, the position after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The start.
    pub start: Position,
    /// The end (exclusive).
    pub end: Position,
}

impl Span {
    /// Returns the range of one character, or of none at the end of a line.
    pub(crate) fn at(start: Position) -> Self {
        let end = Position {
            column: start.column + 1,
            ..start
        };
        Self { start, end }
    }
}

/// A range of a file. `Display` formats its start as editors link it, on one line: `specs/a.yaml:4:31`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The name of the file as given to the generator, usually its path.
    pub file: String,
    /// The range.
    pub span: Span,
}

impl Location {
    /// Returns the start, for sorting.
    pub fn start(&self) -> (&str, Position) {
        (&self.file, self.span.start)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.span.start;
        write!(f, "{}:{line}:{column}", one_line(&self.file))
    }
}

/// The place of a value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The value, or its key.
    pub location: Location,
    /// The value in the document.
    pub pointer: Pointer,
    /// Where an overlay changed the contents of the value, if the value itself is from the spec.
    pub changed_at: Vec<Location>,
}

impl Site {
    /// Lists the places where an overlay changed the contents of the value: `specs/a.overlay.yaml:3:5`.
    pub(super) fn changes(&self) -> Option<String> {
        let places: Vec<String> = self.changed_at.iter().map(Location::to_string).collect();
        (!places.is_empty()).then(|| places.join(", "))
    }
}

/// Writes the place, and where an overlay changed the value: `a.yaml:4:31, changed at a.overlay.yaml:3:5`.
impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.location.fmt(f)?;
        match self.changes() {
            Some(changes) => write!(f, ", changed at {changes}"),
            None => Ok(()),
        }
    }
}
