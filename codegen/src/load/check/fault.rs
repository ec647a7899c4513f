//! What can be wrong with a document that could be read.

mod document;
mod path;
mod reference;
mod schema;
mod version;

pub(super) use self::document::DocumentFault;
pub(crate) use self::document::UNSUPPORTED;
pub(super) use self::path::PathFault;
pub(super) use self::reference::ReferenceFault;
pub(super) use self::schema::SchemaFault;
pub(super) use self::version::VersionFault;
use crate::report::{Explanation, Fault};

/// Every explanation of them.
pub(crate) static FAULTS: [&[&Explanation]; 5] = [
    version::ALL,
    document::ALL,
    reference::ALL,
    schema::ALL,
    path::ALL,
];

/// A fault that the checks find.
pub(super) trait CheckFault: Fault {
    /// Says whether the OpenAPI parser takes a document with this fault. One that it refuses it must not see: it reads
    /// a schema in several ways before it gives up, and so each schema around that, which takes twice as long for each.
    fn is_readable(&self) -> bool;
}

/// What is no value at all.
impl CheckFault for crate::diagnostic::Problem {
    fn is_readable(&self) -> bool {
        false
    }
}
