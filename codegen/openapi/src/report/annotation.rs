//! Holds the fields that faults and changes share.

use super::{Location, Severity};

/// A message about a place.
pub(super) struct Annotation<'a> {
    /// How bad it is.
    pub(super) severity: Severity,
    /// The stable name of the kind of fault or change.
    pub(super) id: &'static str,
    /// The message.
    pub(super) message: &'a str,
    /// The place; `None` if no current file contains it.
    pub(super) location: Option<&'a Location>,
}
