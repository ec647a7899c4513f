//! Rewrites the keywords of a schema.

use serde_json::{Value, json};

use super::fault::RewriteFault;
use super::{Rewriter, kept, types};
use crate::media_type::{is_json, is_text};
use crate::number::Number;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

/// Keywords that limit a value or describe a string but do not affect its type.
const WITHOUT_EFFECT: [&str; 10] = [
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependencies",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$dynamicAnchor",
];

/// Keywords that OpenAPI 3.0 does not have. In documents of 3.0, they are read as in 3.1.
const NEWER: [&str; 14] = [
    "const",
    "examples",
    "prefixItems",
    "patternProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "contentEncoding",
    "contentMediaType",
    "if",
    "$defs",
];

/// Returns a keyword of a schema that is new in OpenAPI 3.1 or has a value as in 3.1.
pub(super) fn newer(schema: &Cursor<'_>) -> Option<&'static str> {
    let is_newer = |key: &str, is: fn(&Value) -> bool| schema.get(key).is_some_and(is);
    let keyword = NEWER.iter().find(|it| schema.has(it)).copied();
    let typ = || {
        let is = |it: &Value| it == "null" || it.is_array();
        is_newer("type", is).then_some("type")
    };
    let limit = || {
        let mut keys = ["exclusiveMinimum", "exclusiveMaximum"].into_iter();
        keys.find(|it| is_newer(it, Value::is_number))
    };
    let tuple = || is_newer("items", Value::is_array).then_some("items");
    keyword.or_else(typ).or_else(limit).or_else(tuple)
}

/// Keywords for authors of schemas.
const SILENT: [&str; 6] = [
    "$schema",
    "$comment",
    "$vocabulary",
    "$anchor",
    "$defs",
    "definitions",
];

impl Rewriter {
    /// Rewrites a schema, but not the schemas inside of it.
    pub(super) fn schema(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        match schema.value {
            Value::Bool(true) => *schema.value = json!({}),
            Value::Bool(false) => *schema.value = json!({"not": {}}),
            Value::Object(_) => self.keywords(schema, at),
            // The checks refuse these.
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
        }
    }

    fn keywords(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        self.identity(schema, at);
        constant(schema);
        example(schema);
        limits(schema);
        content(schema);
        kept::keep(schema);
        self.items(schema, at);
        self.patterns(schema, at);
        self.conditions(schema, at);
        types::rewrite(schema);
        for keyword in SILENT {
            schema.drop(keyword);
        }
        for keyword in WITHOUT_EFFECT {
            self.leave_out(schema, keyword, at);
        }
    }

    /// Refuses the references by name that could not be followed (JSON Schema 2020-12, Core, §8.2).
    fn identity(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        for keyword in ["$dynamicRef", "$recursiveRef"] {
            if schema.drop(keyword).is_some() {
                let what = format!("`{keyword}`");
                self.report(RewriteFault::Unsupported { what }, &at.key(keyword));
            }
        }
        schema.drop("$recursiveAnchor");
        if schema.drop("$id").is_some() && leaves_document(schema.value) {
            let what = "`$id`, which changes where references in its schema lead to,".to_owned();
            self.report(RewriteFault::Unsupported { what }, &at.key("$id"));
        }
    }
}

/// Whether a value contains a reference that leaves the document. The reader of values limits their depth.
fn leaves_document(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            reference.is_some_and(|it| !it.starts_with('#')) || object.values().any(leaves_document)
        }
        Value::Array(list) => list.iter().any(leaves_document),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Turns `const` into an `enum` of one value (Validation, §6.1.3).
fn constant(schema: &mut Cursor<'_>) {
    let Some(value) = schema.take("const") else {
        return;
    };
    if value.value.is_null() {
        schema.set("nullable", true, "const");
    }
    schema.drop("enum");
    let node = value.node.clone();
    schema.put("enum", Branch::list(vec![value], &node));
}

/// Turns the first of `examples` into `example`.
fn example(schema: &mut Cursor<'_>) {
    if !schema.get("examples").is_some_and(Value::is_array) {
        return;
    }
    let first = schema.take("examples").map(Branch::into_elements);
    let first = first.and_then(|it| it.into_iter().next());
    if let Some(first) = first.filter(|_| !schema.has("example")) {
        schema.put("example", first);
    }
}

/// Turns numeric exclusive limits into those of 3.0 (Validation, §6.2). The narrower limit applies.
fn limits(schema: &mut Cursor<'_>) {
    for (limit, exclusive, is_lower) in [
        ("minimum", "exclusiveMinimum", true),
        ("maximum", "exclusiveMaximum", false),
    ] {
        let number = |key| schema.get(key).and_then(Value::as_number).map(Number::from);
        let is_boolean = schema.get(exclusive).is_none_or(Value::is_boolean);
        let is_narrower = number(limit).zip(number(exclusive));
        let is_narrower = is_narrower.is_some_and(|(limit, exclusive)| match is_lower {
            true => limit > exclusive,
            false => limit < exclusive,
        });
        if is_boolean {
            continue;
        }
        if is_narrower {
            schema.drop(exclusive);
        } else {
            schema.rename(exclusive, limit);
            schema.set(exclusive, true, limit);
        }
    }
}

/// Turns content keywords into a format (Validation, §8; OpenAPI 3.1.1, Data Types). `binary` is an encoding of RFC 2045
/// (§6.2): the bytes as they are.
fn content(schema: &mut Cursor<'_>) {
    let encoding = schema.text("contentEncoding").map(str::to_ascii_lowercase);
    let media_type = schema.text("contentMediaType");
    let format = match (encoding.as_deref(), media_type) {
        (Some("base64"), _) => "byte",
        (Some("binary"), _) => "binary",
        (None, Some(it)) if !is_json(it) && !is_text(it) => "binary",
        (Some(_) | None, _) => return,
    };
    let like = if encoding.is_some() {
        "contentEncoding"
    } else {
        "contentMediaType"
    };
    if !schema.has("format") {
        schema.set("format", format, like);
    }
    if !schema.has("type") {
        schema.set("type", "string", like);
    }
    schema.drop("contentEncoding");
    schema.drop("contentMediaType");
}
