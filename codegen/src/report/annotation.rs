//! What a fault and a change have in common.

use super::{Location, Severity};

/// A sentence about a place.
pub(super) struct Annotation<'a> {
    /// How bad it is.
    pub(super) severity: Severity,
    /// The stable name of the kind of fault or change.
    pub(super) id: &'static str,
    /// What is so.
    pub(super) message: &'a str,
    /// Where to show it; `None` if no file that is there says it.
    pub(super) location: Option<&'a Location>,
}
