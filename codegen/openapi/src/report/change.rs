//! Holds the changes between two versions of specs, with their places.

use super::annotation::Annotation;
use super::{Severity, Site};
use crate::version::Bump;

/// Whom a change breaks, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breaks {
    /// Nobody.
    Nobody,
    /// Callers that still compile, but may fail or behave differently at run time.
    Runtime,
    /// Callers that may no longer compile.
    Compile,
}

impl Breaks {
    /// The words for it in a sentence about what breaks.
    pub(super) fn words(self) -> &'static str {
        match self {
            Breaks::Nobody => "nobody",
            Breaks::Runtime => "callers at run time",
            Breaks::Compile => "callers that compile",
        }
    }
}

/// A change with its places. Quotes from a spec are between backticks, on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedChange {
    /// The id of the rule.
    pub id: &'static str,
    /// Whether something is deprecated.
    pub is_deprecation: bool,
    /// The affected Rust item: `supersim::v1::UpdateFleet::data_limit`.
    pub item: String,
    /// Whom it breaks.
    pub breaks: Breaks,
    /// The bump that it requires.
    pub bump: Bump,
    /// What has changed.
    pub message: String,
    /// The place in the old spec; `None` if it has none.
    pub old: Option<Site>,
    /// The place in the new spec; `None` if it has none.
    pub new: Option<Site>,
}

impl PlacedChange {
    pub(super) fn annotation(&self) -> Annotation<'_> {
        Annotation {
            severity: severity(self.bump),
            id: self.id,
            message: &self.message,
            // A pull request only shows the new files.
            location: self.new.as_ref().map(|it| &it.location),
        }
    }
}

/// Returns the severity of a change that requires `bump`.
pub(super) fn severity(bump: Bump) -> Severity {
    match bump {
        Bump::Major => Severity::Error,
        Bump::Minor => Severity::Warning,
        Bump::Patch => Severity::Note,
    }
}

/// A reworded text with its places. The API is unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct Reworded {
    /// The Rust item that it documents.
    pub item: String,
    /// Its place in the old spec.
    pub old: Site,
    /// Its place in the new spec.
    pub new: Site,
}

/// An operation that no crate can have, as either version describes it, with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct UncomparedOperation {
    /// Its method and path, between backticks.
    pub operation: String,
    /// The reason, in one sentence.
    pub why: String,
    /// Its place in the old spec, if it is there.
    pub old: Option<Site>,
    /// Its place in the new spec, if it is there.
    pub new: Option<Site>,
}

/// A comparison of two versions of specs, ready for users.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeReport {
    /// Largest bumps first, then in the order of the specs.
    pub changes: Vec<PlacedChange>,
    /// The operations of either version that were not compared.
    pub uncompared: Vec<UncomparedOperation>,
    /// The reworded texts.
    pub prose: Vec<Reworded>,
}

impl ChangeReport {
    /// The bump that all changes together require; `None` if there is no change.
    pub fn bump(&self) -> Option<Bump> {
        self.changes.iter().map(|it| it.bump).max()
    }

    /// The verdict in one line: `major: 2 major, 1 minor, 0 patch; …`.
    pub fn verdict(&self) -> String {
        let count = |count: usize, [one, several]: [&str; 2]| match count {
            0 => String::new(),
            1 => format!("; 1 {one}"),
            count => format!("; {count} {several}"),
        };
        let others = [
            count(
                self.uncompared.len(),
                ["operation not compared", "operations not compared"],
            ),
            count(self.prose.len(), ["text reworded", "texts reworded"]),
        ];
        let others = others.concat();
        let Some(bump) = self.bump() else {
            return format!("no change{others}");
        };
        let counts = Bump::ALL.map(|it| format!("{} {}", self.count(it), it.name()));
        format!(
            "{}: {}; {} break callers that compile, {} break callers at run time{others}",
            bump.name(),
            counts.join(", "),
            self.count_breaking(Breaks::Compile),
            self.count_breaking(Breaks::Runtime)
        )
    }

    /// Returns how many changes require a bump.
    pub(super) fn count(&self, bump: Bump) -> usize {
        self.changes.iter().filter(|it| it.bump == bump).count()
    }

    /// Returns how many changes break such callers.
    pub(super) fn count_breaking(&self, breaks: Breaks) -> usize {
        self.changes.iter().filter(|it| it.breaks == breaks).count()
    }
}
