//! What the checks ask of each fault.

use crate::report::Fault;
use crate::source::TextFault;

/// A fault that the checks find.
pub(in crate::load::check) trait CheckFault: Fault {
    /// Says whether the OpenAPI parser takes a document with this fault. One that it refuses it must not see: it reads
    /// a schema in several ways before it gives up, and so each schema around that, which takes twice as long for each.
    fn is_readable(&self) -> bool;
}

/// What is no value at all.
impl CheckFault for TextFault {
    fn is_readable(&self) -> bool {
        false
    }
}
