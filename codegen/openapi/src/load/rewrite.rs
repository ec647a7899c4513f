//! Rewrites OpenAPI 3.1 and 3.2 in terms of 3.0.
//!
//! The schemas of 3.1 are JSON Schema 2020-12. 3.0 can express most of it, and the rest of the generator only knows
//! 3.0. A keyword that it cannot express and that does not affect the shape of a value is reported as a note, once for
//! each keyword; one that makes a type wider than the document says is a warning. Features newer than 3.1 are removed
//! where a client does not need them.

mod condition;
mod fault;
mod kept;
mod operation;
mod schema;
mod security;
mod tuple;
mod types;

use std::collections::BTreeMap;

use serde_json::Value;

pub(super) use self::fault::ALL as FAULTS;
use self::fault::RewriteFault;
use super::check::OpenApiVersion;
use super::check::rule::ObjectRule;
use super::check::rules::{MEDIA_TYPE, PATH_ITEM, SCHEMA};
use super::walk::{SharedVisitor, Visitor, walk_document};
use crate::pointer::Trail;
use crate::report::{Diagnostic, Fault};
use crate::tree::{Cursor, Tree};
use crate::workers::Workers;

/// The schema dialects that mean the same as OpenAPI 3.1.
const DIALECTS: [&str; 2] = [
    "https://spec.openapis.org/oas/3.1/",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Rewrites a document of this version. Returns what is lost.
pub(super) fn rewrite(
    document: &mut Tree,
    version: OpenApiVersion,
    workers: &impl Workers,
) -> Vec<Diagnostic> {
    let mut rewriter = Rewriter::new(version);
    let root = &Trail::root();
    if version.is_newer() {
        rewriter.document(&mut document.cursor(), root);
    }
    rewriter.security(&mut document.cursor(), root);
    walk_document(&mut rewriter, document, workers);
    if version.is_newer() {
        // All targets of references are components by now.
        if let Some(mut components) = document.cursor().member("components") {
            components.drop("pathItems");
            components.drop("mediaTypes");
        }
    }
    rewriter.faults.extend(rewriter.notes.into_values());
    rewriter.faults
}

struct Rewriter {
    faults: Vec<Diagnostic>,
    /// The notes about keywords, which are given once for each.
    notes: BTreeMap<&'static str, Diagnostic>,
    version: OpenApiVersion,
}

impl Visitor for Rewriter {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let is_schema = std::ptr::eq(rule, &raw const SCHEMA);
        if is_schema {
            kept::forget(object);
        }
        if !self.version.is_newer() {
            if is_schema && let Some(keyword) = schema::newer(object) {
                self.schema(object, at);
                self.note(keyword, RewriteFault::Newer { keyword }, at);
            }
        } else if is_schema {
            self.schema(object, at);
        } else if object.has("$ref") {
            // Where a client shows them, they have already replaced those of the target.
            object.drop("summary");
            object.drop("description");
        } else if std::ptr::eq(rule, &raw const PATH_ITEM) {
            self.path_item(object, at);
        } else if std::ptr::eq(rule, &raw const MEDIA_TYPE) {
            operation::media_type(object);
        } else {
            self.leave_out_newer(rule, object);
        }
    }

    fn schema_name(&mut self, _name: &mut Cursor<'_>, _at: &Trail<'_>) {}
}

impl SharedVisitor for Rewriter {
    fn helper(&self) -> Self {
        Self::new(self.version)
    }

    fn take_over(&mut self, helper: Self) {
        self.faults.extend(helper.faults);
        for (keyword, note) in helper.notes {
            self.notes.entry(keyword).or_insert(note);
        }
    }
}

impl Rewriter {
    fn new(version: OpenApiVersion) -> Self {
        Self {
            faults: Vec::new(),
            notes: BTreeMap::new(),
            version,
        }
    }

    fn report(&mut self, fault: impl Fault, at: &Trail<'_>) {
        self.faults.push(Diagnostic::new(fault, at.pointer()));
    }

    /// Reports a keyword of the object at `at`, unless it is known.
    fn note(&mut self, keyword: &'static str, fault: RewriteFault, at: &Trail<'_>) {
        let place = || at.key(keyword).pointer();
        let note = self.notes.entry(keyword);
        note.or_insert_with(|| Diagnostic::new(fault, place()));
    }

    /// Removes a field that a client does not need, with one note for each field.
    fn leave_out(&mut self, object: &mut Cursor<'_>, field: &'static str, at: &Trail<'_>) {
        if object.drop(field).is_some() {
            self.note(field, RewriteFault::WithoutEffect { field }, at);
        }
    }

    /// Rewrites the top level of the document.
    fn document(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        self.leave_out(document, "webhooks", at);
        document.drop("$self");
        let dialect = document.drop("jsonSchemaDialect");
        if let Some(Value::String(dialect)) = dialect
            && !DIALECTS.iter().any(|it| dialect.starts_with(it))
        {
            let fault = RewriteFault::OtherDialect { dialect };
            self.report(fault, &at.key("jsonSchemaDialect"));
        }
        if !document.has("paths") {
            document.set("paths", serde_json::Map::new(), "info");
        }
        if let Some(mut info) = document.member("info") {
            if info.has("description") {
                info.drop("summary");
            } else {
                info.rename("summary", "description");
            }
        }
    }
}
