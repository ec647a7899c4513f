//! What differs between two versions of APIs.

use super::rule::Rule;
use crate::pointer::Pointer;
use crate::report::Breaks;
use crate::version::Bump;

/// A place in a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the spec among those of its side.
    pub file: usize,
    /// The value.
    pub at: Pointer,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub rule: Rule,
    /// The Rust item that it touches: `supersim::v1::UpdateFleet::data_limit`.
    pub item: String,
    /// Where the old spec says what is no longer so; `None` if it says nothing.
    pub old: Option<Place>,
    /// Where the new spec says what is so now; `None` if it says nothing.
    pub new: Option<Place>,
    /// Whom it breaks.
    pub breaks: Breaks,
    /// The bump that it calls for.
    pub bump: Bump,
    /// What has changed. Words of a spec stand between backticks, on one line.
    pub message: String,
}

/// A change of prose: no change of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The Rust item that it documents.
    pub item: String,
    /// Its place in the old spec.
    pub old: Place,
    /// Its place in the new spec.
    pub new: Place,
}

/// An operation that no crate can have, as either version describes it, so that callers see nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncompared {
    /// Its method and path, between backticks.
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
    /// What has been reworded.
    pub prose: Vec<Prose>,
}

impl Comparison {
    /// Adds what differs between other versions.
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

    /// The bump that all changes together call for; `None` if there is no change.
    pub fn bump(&self) -> Option<Bump> {
        self.changes.iter().map(|change| change.bump).max()
    }
}
