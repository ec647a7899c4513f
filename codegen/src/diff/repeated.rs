//! Changes that several operations or types may have alike, before it is known how many do.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::rule::Rule;
use crate::pointer::Pointer;

/// Fewer operations or types are reported one by one.
pub(super) const LEAST: usize = 3;

/// A change that many operations may have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CommonChange {
    pub(super) rule: Rule,
    /// The field of the document that most operations have in common: `servers`.
    pub(super) field: &'static str,
    /// The verb of the message, for one operation and for several.
    pub(super) verbs: [&'static str; 2],
}

/// An operation that has such a change.
pub(super) struct ChangedOperation {
    /// The Rust item.
    pub(super) item: String,
    /// Its name in messages.
    pub(super) name: String,
    /// The places in both versions.
    pub(super) at: [Pointer; 2],
}

/// The operations with each such change, by what follows the verb.
pub(super) type CommonChanges = BTreeMap<(CommonChange, String), Vec<ChangedOperation>>;

/// A change of a field of one type.
pub(super) struct FieldChange {
    /// The path of the type.
    pub(super) owner: String,
    /// The Rust item.
    pub(super) item: String,
    /// The places of the field in both versions, or of the type where it has no such field.
    pub(super) at: [Pointer; 2],
    /// The keys of public items that differ because of it.
    pub(super) evidence: Vec<String>,
}

/// What the changes of a field have in common if it is at one place of the document.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct SharedChange {
    pub(super) rule: Rule,
    /// The key of the field in JSON.
    pub(super) name: String,
    /// The message without its subject, the field.
    pub(super) what: String,
    /// The places of the field, in the versions that have it.
    pub(super) at: [Option<Pointer>; 2],
}

/// The changes of fields.
pub(super) type FieldChanges = IndexMap<SharedChange, Vec<FieldChange>>;
