//! Defines the faults of a document that could be parsed.

mod check_fault;
mod document;
mod path;
mod reference;
mod schema;
mod version;

pub(super) use self::check_fault::CheckFault;
pub(crate) use self::document::UNSUPPORTED;
pub(super) use self::document::{DocumentFault, meant};
pub(super) use self::path::PathFault;
pub(super) use self::reference::ReferenceFault;
pub(super) use self::schema::SchemaFault;
pub(super) use self::version::VersionFault;
use crate::report::Explanation;

/// All their explanations.
pub(crate) static FAULTS: [&[&Explanation]; 5] = [
    version::ALL,
    document::ALL,
    reference::ALL,
    schema::ALL,
    path::ALL,
];
