//! Faults of a spec: what is wrong, where, and how a user reads it.
//!
//! Every stage reports a [`Diagnostic`]: a [`Problem`] and the [`Pointer`] of the value at fault.
//! Only a [`Report`] knows lines and columns; it looks them up once, when there is something to
//! report. No stage prints, and none stops at its first fault.

mod problem;

pub use problem::Problem;

use std::fmt;

use crate::pointer::Pointer;
use crate::source::{Part, Position, SourceFile, locate};

/// A problem in a spec and the place that caused it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// The value at fault.
    pub at: Pointer,
}

/// All faults of a run, each with its place: what a user reads.
///
/// `Display` writes a line for each, sorted by place: `specs/a.yaml:4:31: error: …`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sorted by path, line and column.
    entries: Vec<Placed>,
}

/// A problem and the place where an editor can show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The path of the [`SourceFile`].
    pub path: String,
    /// The value at fault, or the key if the key is at fault.
    pub position: Position,
    /// What is wrong.
    pub problem: Problem,
}

impl Report {
    /// Finds the places of `diagnostics` in their file.
    ///
    /// A place that the text lacks, such as the inside of an alias, becomes the nearest value
    /// around it. Reads the whole text again: call it only when there is something to report.
    pub fn new(source: &SourceFile, diagnostics: Vec<Diagnostic>) -> Self {
        if diagnostics.is_empty() {
            return Self::default();
        }
        let wanted: Vec<(&Pointer, Part)> =
            diagnostics.iter().map(|it| (&it.at, it.part())).collect();
        let positions = locate(source, &wanted);
        let placed = diagnostics
            .into_iter()
            .zip(positions)
            .map(|(diagnostic, found)| Placed {
                path: source.path.clone(),
                position: diagnostic.problem.position().unwrap_or(found),
                problem: diagnostic.problem,
            });
        let mut report = Self {
            entries: placed.collect(),
        };
        report.sort();
        report
    }

    /// Returns a report of one fault.
    pub(crate) fn of(placed: Placed) -> Self {
        Self {
            entries: vec![placed],
        }
    }

    /// Says whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns how many faults there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the faults, sorted by path, line and column.
    pub fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.entries.iter()
    }

    /// Adds the faults of another file or stage.
    pub fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.sort();
    }

    /// Sorts by place; faults at the same place stay in the order in which they were found.
    fn sort(&mut self) {
        self.entries
            .sort_by(|a, b| (&a.path, a.position).cmp(&(&b.path, b.position)));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (
            index,
            Placed {
                path,
                position,
                problem,
            },
        ) in self.entries.iter().enumerate()
        {
            let separator = if index == 0 { "" } else { "\n" };
            let Position { line, column } = position;
            let problem = one_line(&problem.to_string());
            write!(f, "{separator}{path}:{line}:{column}: error: {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// Keeps what a spec says from filling a terminal, breaking a line or turning it around.
fn one_line(text: &str) -> String {
    const MAX_CHARACTERS: usize = 300;
    let mut line = String::with_capacity(text.len());
    for character in text.chars().take(MAX_CHARACTERS) {
        let reorders = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || reorders {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        line.push('…');
    }
    line
}

impl Diagnostic {
    /// Says what to look up to place the problem: the value, or one of its keys.
    fn part(&self) -> Part {
        if matches!(self.problem, Problem::DuplicateKey { .. }) {
            Part::SecondKey
        } else if self.problem.is_about_key() {
            Part::Key
        } else {
            Part::Value
        }
    }
}
