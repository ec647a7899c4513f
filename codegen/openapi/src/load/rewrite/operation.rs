//! Rewrites operations and other non-schema objects of OpenAPI 3.1 and 3.2.

use serde_json::Value;

use super::Rewriter;
use super::fault::RewriteFault;
use crate::load::check::rule::ObjectRule;
use crate::pointer::Trail;
use crate::tree::Cursor;

/// Fields of OpenAPI 3.2 that do not affect requests and responses, by object.
const NEWER: [(&str, &[&str]); 6] = [
    ("a server", &["name"]),
    ("a response", &["summary"]),
    ("a tag", &["summary", "parent", "kind"]),
    ("an example", &["dataValue", "serializedValue"]),
    ("a security scheme", &["deprecated", "oauth2MetadataUrl"]),
    ("a discriminator", &["defaultMapping"]),
];

/// Describes the items of a stream in place of the stream, as documents of OpenAPI 3.1 do.
pub(super) fn media_type(media_type: &mut Cursor<'_>) {
    match media_type.has("schema") {
        true => drop(media_type.drop("itemSchema")),
        false => media_type.rename("itemSchema", "schema"),
    }
}

impl Rewriter {
    /// Leaves out the operations with methods that OpenAPI 3.2 adds.
    pub(super) fn path_item(&mut self, item: &mut Cursor<'_>, at: &Trail<'_>) {
        for field in ["query", "additionalOperations"] {
            if item.drop(field).is_some() {
                self.report(RewriteFault::OtherMethod { field }, &at.key(field));
            }
        }
    }

    /// Removes fields of OpenAPI 3.2.
    pub(super) fn leave_out_newer(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>) {
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
