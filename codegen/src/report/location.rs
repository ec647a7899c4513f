//! Places in files.

use std::fmt;

use super::printable::one_line;
use crate::pointer::Pointer;

/// A place in a text; both numbers count from 1, columns count characters.
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

/// A stretch of a text: from its first character up to `end`, which is the place behind its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Where it begins.
    pub start: Position,
    /// Where it has ended.
    pub end: Position,
}

impl Span {
    /// Returns the stretch of one character, or of none at the end of a line.
    pub(crate) fn at(start: Position) -> Self {
        let end = Position {
            column: start.column + 1,
            ..start
        };
        Self { start, end }
    }
}

/// A stretch of a file. `Display` writes where it begins, on one line, as editors link it: `specs/a.yaml:4:31`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// How the file was named to the generator, usually its path.
    pub file: String,
    /// The stretch.
    pub span: Span,
}

impl Location {
    /// Returns where it begins, for sorting.
    pub(crate) fn start(&self) -> (&str, Position) {
        (&self.file, self.span.start)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.span.start;
        write!(f, "{}:{line}:{column}", one_line(&self.file))
    }
}

/// Where a value of a document is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The value, or its key.
    pub location: Location,
    /// The value in the document.
    pub pointer: Pointer,
    /// Where an overlay changed what the value holds, if the value itself is the spec's.
    pub changed_at: Vec<Location>,
}

impl Site {
    /// Lists the places where an overlay changed what the value holds: `specs/a.overlay.yaml:3:5`.
    pub(super) fn changes(&self) -> Option<String> {
        let places: Vec<String> = self.changed_at.iter().map(Location::to_string).collect();
        (!places.is_empty()).then(|| places.join(", "))
    }
}

/// Where the value is, and where an overlay had a hand in it: `a.yaml:4:31, changed at a.overlay.yaml:3:5`.
impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.location.fmt(f)?;
        match self.changes() {
            Some(changes) => write!(f, ", changed at {changes}"),
            None => Ok(()),
        }
    }
}
