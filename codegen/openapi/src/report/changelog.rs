//! Formats the changes of a release for the changelog of the generated crate: lines that make sense without the specs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::printable::code;
use super::{ChangeReport, PlacedChange};
use crate::version::Bump;

/// The changes of a release: lines of Markdown in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseNotes {
    /// Changes that may break callers, at compile time or at run time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaking: Vec<Line>,
    /// Additions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Line>,
    /// Deprecations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deprecated: Vec<Line>,
    /// Changes that do not matter to callers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Line>,
}

impl ReleaseNotes {
    /// The note for a release with the same API and no reworded text, but a different crate.
    pub fn besides_the_api() -> Self {
        Self {
            changed: vec![Line::of(
                "examples, or other parts of the specs that do not affect the API, have changed",
            )],
            ..Self::default()
        }
    }

    /// Appends the lines of other notes.
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

    /// The notes of a crate's first release.
    pub fn first() -> Self {
        Self {
            added: vec![Line::of("the first release")],
            ..Self::default()
        }
    }

    /// The bump that the release needs; `None` if there are no notes.
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

/// Writes the non-empty sections as Markdown.
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

/// One line of Markdown: not empty, without control characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() {
            Err("a line of the changelog must not be empty")
        } else if text.chars().any(char::is_control) {
            Err("a line of the changelog must be a single line without control characters")
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
    /// A line with this text, with spaces instead of control characters.
    pub fn of(text: &str) -> Self {
        Self(text.replace(char::is_control, " "))
    }

    /// The text of the line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl ChangeReport {
    /// The changes as release notes, largest bumps first. Reworded texts are one line with their count.
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
