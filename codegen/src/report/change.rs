//! The changes between two versions of specs, each with its places.

use super::annotation::Annotation;
use super::{Severity, Site};
use crate::version::Bump;

/// Whom a change breaks, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breaks {
    /// Nobody.
    Nobody,
    /// Callers that still compile: they may fail, or do something else, when they run.
    Runtime,
    /// Callers, which may no longer compile.
    Compile,
}

impl Breaks {
    /// Whom it is, for a sentence about what breaks.
    pub(super) fn words(self) -> &'static str {
        match self {
            Breaks::Nobody => "nobody",
            Breaks::Runtime => "callers at run time",
            Breaks::Compile => "callers that compile",
        }
    }
}

/// A change with its places. Words of a spec stand between backticks in the texts, on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedChange {
    /// The id of the rule.
    pub id: &'static str,
    /// Whether something is going away.
    pub is_deprecation: bool,
    /// The Rust item that it touches: `supersim::v1::UpdateFleet::data_limit`.
    pub item: String,
    /// Whom it breaks.
    pub breaks: Breaks,
    /// The bump that it calls for.
    pub bump: Bump,
    /// What has changed.
    pub message: String,
    /// Where the old spec says what is no longer so; `None` if it says nothing.
    pub old: Option<Site>,
    /// Where the new spec says what is so now; `None` if it says nothing.
    pub new: Option<Site>,
}

impl PlacedChange {
    pub(super) fn annotation(&self) -> Annotation<'_> {
        Annotation {
            severity: severity(self.bump),
            id: self.id,
            message: &self.message,
            // A page of a pull request shows the new files alone.
            location: self.new.as_ref().map(|it| &it.location),
        }
    }
}

/// Returns how bad a change is that calls for `bump`.
pub(super) fn severity(bump: Bump) -> Severity {
    match bump {
        Bump::Major => Severity::Error,
        Bump::Minor => Severity::Warning,
        Bump::Patch => Severity::Note,
    }
}

/// Reworded prose with its places: no change of the API.
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
    /// What is wrong with it, in one sentence.
    pub why: String,
    /// Its place in the old spec, if it is there.
    pub old: Option<Site>,
    /// Its place in the new spec, if it is there.
    pub new: Option<Site>,
}

/// A comparison of two versions of specs as users read it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeReport {
    /// The largest bumps first, and then in the order of the specs.
    pub(crate) changes: Vec<PlacedChange>,
    pub(crate) uncompared: Vec<UncomparedOperation>,
    pub(crate) prose: Vec<Reworded>,
}

impl ChangeReport {
    /// The bump that all changes together call for; `None` if there is no change.
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

    /// Returns how many changes call for a bump.
    pub(super) fn count(&self, bump: Bump) -> usize {
        self.changes.iter().filter(|it| it.bump == bump).count()
    }

    /// Returns how many changes break somebody.
    pub(super) fn count_breaking(&self, breaks: Breaks) -> usize {
        self.changes.iter().filter(|it| it.breaks == breaks).count()
    }
}
