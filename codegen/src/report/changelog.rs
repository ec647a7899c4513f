//! What a release changes, as the changelog of the emitted crate tells it: lines that make sense without the specs at
//! hand.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::printable::code;
use super::{ChangeReport, PlacedChange};
use crate::version::Bump;

/// What a release changes: lines of Markdown in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseNotes {
    /// What may break callers, when they are compiled or when they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaking: Vec<Line>,
    /// What is new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Line>,
    /// What is going away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deprecated: Vec<Line>,
    /// What callers need not care about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Line>,
}

impl ReleaseNotes {
    /// What to tell when the API is the same, no text is reworded, and the crate is another all the same.
    pub fn besides_the_api() -> Self {
        Self {
            changed: vec![Line::of(
                "the examples, or what else the specs say about the same API, have changed",
            )],
            ..Self::default()
        }
    }

    /// Adds a line about what breaks callers.
    pub fn breaking(&mut self, line: &str) {
        self.breaking.push(Line::of(line));
    }

    /// Adds a line about what is new.
    pub fn adding(&mut self, line: &str) {
        self.added.push(Line::of(line));
    }

    /// Adds a line about what is going away.
    pub fn deprecating(&mut self, line: &str) {
        self.deprecated.push(Line::of(line));
    }

    /// Adds what other notes tell, behind what these do.
    pub fn extend(&mut self, other: Self) {
        let Self {
            breaking,
            added,
            deprecated,
            changed,
        } = other;
        self.breaking.extend(breaking);
        self.added.extend(added);
        self.deprecated.extend(deprecated);
        self.changed.extend(changed);
    }

    /// What the first release of a crate tells.
    pub fn first() -> Self {
        Self {
            added: vec![Line::of("the first release")],
            ..Self::default()
        }
    }

    /// The bump that the release needs; `None` if there is nothing to tell.
    pub fn bump(&self) -> Option<Bump> {
        let Self {
            breaking,
            added,
            deprecated,
            changed,
        } = self;
        if !breaking.is_empty() {
            Some(Bump::Major)
        } else if !(added.is_empty() && deprecated.is_empty()) {
            Some(Bump::Minor)
        } else {
            (!changed.is_empty()).then_some(Bump::Patch)
        }
    }
}

/// The sections that have lines, as Markdown.
impl fmt::Display for ReleaseNotes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            breaking,
            added,
            deprecated,
            changed,
        } = self;
        for (title, lines) in [
            ("Breaking", breaking),
            ("Added", added),
            ("Deprecated", deprecated),
            ("Changed", changed),
        ] {
            if !lines.is_empty() {
                write!(f, "\n### {title}\n\n")?;
            }
            for line in lines {
                writeln!(f, "- {line}")?;
            }
        }
        Ok(())
    }
}

/// One line of Markdown, not empty and without control characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() {
            Err("a change has to say something")
        } else if text.chars().any(char::is_control) {
            Err("a change takes one line, without control characters")
        } else {
            Ok(Self(text))
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Line {
    /// A line that says `text`, with blanks in the place of control characters.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.replace(char::is_control, " "))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl ChangeReport {
    /// The changes as a release tells them, the largest bumps first. Reworded prose is one line with its count.
    pub fn release_notes(&self) -> ReleaseNotes {
        let mut notes = ReleaseNotes::default();
        for change in &self.changes {
            let section = match change.bump {
                Bump::Major => &mut notes.breaking,
                Bump::Minor | Bump::Patch if change.is_deprecation => &mut notes.deprecated,
                Bump::Minor => &mut notes.added,
                Bump::Patch => &mut notes.changed,
            };
            section.push(line(change));
        }
        let reworded = match self.prose.len() {
            0 => None,
            1 => Some("1 text is reworded".to_owned()),
            count => Some(format!("{count} texts are reworded")),
        };
        notes.changed.extend(reworded.map(|it| Line::of(&it)));
        notes
    }
}

fn line(change: &PlacedChange) -> Line {
    let PlacedChange {
        id, item, message, ..
    } = change;
    Line::of(&format!("{message}: {} (`{id}`)", code(item)))
}
