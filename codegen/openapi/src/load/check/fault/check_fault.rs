//! Defines the trait of the faults that the checks find.

use crate::report::Fault;
use crate::source::TextFault;

/// A fault that the checks find.
pub(in crate::load::check) trait CheckFault: Fault {
    /// Returns whether the OpenAPI parser accepts a document with this fault. It must never see a document it refuses:
    /// it tries several readings of a schema before it gives up, and does so again for each enclosing schema, so its
    /// time doubles with each level.
    fn is_readable(&self) -> bool;
}

/// The text has no value at all.
impl CheckFault for TextFault {
    fn is_readable(&self) -> bool {
        false
    }
}
