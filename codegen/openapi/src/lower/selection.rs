//! Selects the operations of a document for the crate.
//!
//! Operations are removed from the typed document before it is lowered, together with components that are then unused.
//! So parts that are not in the crate cannot cause faults.

use std::collections::BTreeSet;

use openapiv3::{Operation as SpecOperation, Parameter as SpecParameter, ReferenceOr};

use super::needs::Needs;
use super::operation::method;
use super::operation_name::{Suffixes, operation_name};
use crate::api::{Method, SkippedOperation};
use crate::load::Document;
use crate::path_item::PathKey;
use crate::pointer::Pointer;
use crate::report::Diagnostic;

/// The selected operations: by id, by tag, or by path prefix.
pub struct Selection<'a> {
    wanted: &'a [String],
    /// The selectors that matched something.
    found: BTreeSet<&'a str>,
    /// All possible selectors, to suggest similar ones.
    known: BTreeSet<String>,
}

impl<'a> Selection<'a> {
    /// Selects what `wanted` names, or everything if it is empty.
    pub fn new(wanted: &'a [String]) -> Self {
        Self {
            wanted,
            found: BTreeSet::new(),
            known: BTreeSet::new(),
        }
    }

    /// Removes from `document` what is not selected. Returns whether anything is left for the crate.
    pub fn apply(&mut self, document: &mut Document) -> bool {
        if self.wanted.is_empty() {
            return true;
        }
        retain(document, |it| self.is_wanted(it));
        Needs::of_operations(document).retain(&mut document.openapi);
        !document.paths.is_empty()
    }

    /// Adds the matches from another document.
    pub fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        self.known.extend(other.known);
    }

    /// The selectors without a match, with similar ones as suggestions.
    pub fn missing(&self) -> impl Iterator<Item = (&'a str, Option<&str>)> {
        let wanted = self.wanted.iter().map(String::as_str);
        let missing = wanted.filter(|it| !self.found.contains(it));
        missing.map(|it| {
            let known = self.known.iter().map(String::as_str);
            (it, crate::spelling::similar(it, known))
        })
    }

    fn is_wanted(&mut self, candidate: &Candidate<'_>) -> bool {
        let (id, path, operation) = (candidate.id(), candidate.path, candidate.operation);
        let mut is_wanted = false;
        for wanted in self.wanted {
            if self::is_wanted(wanted, &id, path, &operation.tags) {
                self.found.insert(wanted);
                is_wanted = true;
            }
        }
        self.known.extend([id, path.to_owned()]);
        self.known.extend(operation.tags.iter().cloned());
        is_wanted
    }
}

/// Whether `wanted` is the id or a tag of an operation, or a prefix of its path.
pub(super) fn is_wanted(wanted: &str, id: &str, path: &str, tags: &[String]) -> bool {
    let is_tag = tags.iter().any(|it| it == wanted);
    id == wanted || is_tag || is_below(PathKey::of(path).path, wanted)
}

/// Whether a path is `prefix`, or continues it with another segment or a custom verb.
fn is_below(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix.strip_suffix('/').unwrap_or(prefix));
    prefix.starts_with('/') && rest.is_some_and(|it| it.is_empty() || it.starts_with(['/', ':']))
}

/// Removes the operations that have one of these errors, directly or by reference, together with the faulty components.
/// Returns the removed operations.
pub(super) fn without(document: &mut Document, errors: &[&Diagnostic]) -> Vec<SkippedOperation> {
    let faulty = errors.iter().map(|it| (&it.at, it.fault.message.clone()));
    let faulty: Vec<(&Pointer, String)> = faulty.collect();
    let needs = Needs::of_components(&document.openapi, &faulty);
    let mut skipped = Vec::new();
    retain(document, |it| {
        let Some(why) = needs.fault_of(&it.at, it.operation, it.shared) else {
            return true;
        };
        skipped.push(SkippedOperation {
            id: it.id(),
            method: it.method,
            path: it.path.to_owned(),
            at: it.at.clone(),
            why: why.to_owned(),
        });
        false
    });
    needs.remove_faulty(&mut document.openapi);
    skipped
}

/// An operation that may be removed.
struct Candidate<'a> {
    at: Pointer,
    path: &'a str,
    method: Method,
    operation: &'a SpecOperation,
    /// The parameters of all operations of its path.
    shared: &'a [ReferenceOr<SpecParameter>],
}

impl Candidate<'_> {
    fn id(&self) -> String {
        operation_name(
            self.operation.operation_id.as_deref(),
            &Suffixes::default(), // The id has them.
            self.method,
            self.path,
            &self.operation.tags,
        )
        .id
    }
}

/// Keeps the operations for which `keep` returns true, and removes paths without any.
fn retain(document: &mut Document, mut keep: impl FnMut(&Candidate<'_>) -> bool) {
    let paths = Pointer::root().key("paths");
    document.paths.retain(|path, item| {
        let ReferenceOr::Item(item) = item else {
            return true;
        };
        let at = paths.key(path);
        let shared = &item.parameters;
        item.operations.retain(|(field, operation)| {
            method(field).is_some_and(|method| {
                keep(&Candidate {
                    at: at.key(field),
                    path,
                    method,
                    operation,
                    shared,
                })
            })
        });
        !item.operations.is_empty()
    });
}
