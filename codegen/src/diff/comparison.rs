//! Defines the result of a comparison.

use super::rule::Rule;
use crate::pointer::Pointer;
use crate::report::Breaks;
use crate::version::Bump;

/// A place in a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the spec among those of its version.
    pub file: usize,
    /// The value.
    pub at: Pointer,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub rule: Rule,
    /// The Rust item that it affects: `supersim::v1::UpdateFleet::data_limit`.
    pub item: String,
    /// The place in the old spec; `None` if it has none.
    pub old: Option<Place>,
    /// The place in the new spec; `None` if it has none.
    pub new: Option<Place>,
    /// Whom it breaks.
    pub breaks: Breaks,
    /// The version bump that it requires.
    pub bump: Bump,
    /// What has changed. Words of a spec are in backticks, on one line.
    pub message: String,
}

/// A change of prose, which does not change the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The Rust item that it documents.
    pub item: String,
    /// Its place in the old spec.
    pub old: Place,
    /// Its place in the new spec.
    pub new: Place,
}

/// An operation that neither version's crate can call, so that callers never see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncompared {
    /// Its method and path, in backticks.
    pub operation: String,
    /// What is wrong with it, in one sentence.
    pub why: String,
    /// Its place in the old spec, if it is there.
    pub old: Option<Place>,
    /// Its place in the new spec, if it is there.
    pub new: Option<Place>,
}

/// Everything that differs between two versions of APIs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The changes, product by product in the order of the specs.
    pub changes: Vec<Change>,
    /// The operations that could not be compared.
    pub uncompared: Vec<Uncompared>,
    /// The changes of prose.
    pub prose: Vec<Prose>,
}

impl Comparison {
    /// Adds the changes of another comparison.
    pub(super) fn extend(&mut self, other: Self) {
        let Self {
            changes,
            uncompared,
            prose,
        } = other;
        self.changes.extend(changes);
        self.uncompared.extend(uncompared);
        self.prose.extend(prose);
    }

    /// Returns the version bump that the changes require; `None` if there is no change.
    pub fn bump(&self) -> Option<Bump> {
        self.changes.iter().map(|change| change.bump).max()
    }
}
