//! Operations, and what else OpenAPI 3.1 and 3.2 add to objects that are no schemas.

use serde_json::Value;

use super::Rewriter;
use super::fault::RewriteFault;
use crate::load::check::rule::Rule;
use crate::pointer::Trail;
use crate::tree::Cursor;

/// Fields of OpenAPI 3.2 that say nothing of requests and answers, by the object that has them.
const NEWER: [(&str, &[&str]); 6] = [
    ("a server", &["name"]),
    ("a response", &["summary"]),
    ("a tag", &["summary", "parent", "kind"]),
    ("an example", &["dataValue", "serializedValue"]),
    ("a security scheme", &["deprecated", "oauth2MetadataUrl"]),
    ("a discriminator", &["defaultMapping"]),
];

impl Rewriter {
    /// Refuses the operations of OpenAPI 3.2 that have methods of their own.
    pub(super) fn path_item(&mut self, item: &mut Cursor<'_>, at: &Trail<'_>) {
        for field in ["query", "additionalOperations"] {
            if item.drop(field).is_some() {
                let what = format!("`{field}`, of OpenAPI 3.2,");
                self.report(RewriteFault::Unsupported { what }, &at.key(field));
            }
        }
    }

    /// Takes out fields of OpenAPI 3.2.
    pub(super) fn leave_out_newer(&mut self, rule: &Rule, object: &mut Cursor<'_>) {
        let fields = NEWER.iter().filter(|(name, _)| *name == rule.name);
        for field in fields.flat_map(|(_, fields)| *fields) {
            object.drop(field);
        }
        let example = object.get("example").is_some_and(Value::is_null);
        if example && rule.name == "an example" {
            object.drop("example");
        }
    }
}
