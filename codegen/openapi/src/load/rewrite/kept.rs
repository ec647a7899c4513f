//! Keeps keywords that 3.0 cannot express and that do not affect types, so that two versions of a document can be
//! compared.

use serde_json::{Map, Value, json};

use super::super::CONDITIONS;
use super::condition::is_any_key;
use crate::tree::Cursor;

/// The keywords that only limit values or describe the contents of a string.
const KEPT: [&str; 12] = [
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "if",
    "then",
    "else",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

/// Removes a document's own extension of the same name.
pub(super) fn forget(schema: &mut Cursor<'_>) {
    schema.drop(CONDITIONS);
}

/// Stores such keywords of a schema in an extension.
pub(super) fn keep(schema: &mut Cursor<'_>) {
    let own = KEPT.iter().filter_map(|keyword| {
        let said = schema.get(keyword)?.clone();
        Some(((*keyword).to_owned(), said))
    });
    let mut kept: Map<String, Value> = own.collect();
    kept.extend(tuple(schema).map(|it| ("prefixItems".to_owned(), it)));
    kept.extend(keys(schema));
    let like = kept.keys().next().cloned();
    if let Some(like) = like {
        schema.set(CONDITIONS, kept, &like);
    }
}

/// The types of the items of a tuple, in order. The type of the list has no order, and does not name them if further items
/// may be anything.
fn tuple(schema: &Cursor<'_>) -> Option<Value> {
    let items = schema.get("prefixItems")?.as_array()?;
    let types = items.iter().map(|item| {
        let name = ["$ref", "type"].iter().find_map(|it| item.get(it));
        name.cloned().unwrap_or_default()
    });
    let types: Vec<Value> = types.collect();
    let is_mixed = types.iter().any(|it| Some(it) != types.first());
    let most = schema.get("maxItems").and_then(Value::as_u64);
    let is_open = matches!(schema.get("items"), None | Some(Value::Bool(true)))
        && !schema.has("unevaluatedItems")
        && most.is_none_or(|it| it > types.len() as u64);
    (is_mixed || is_open).then(|| types.into())
}

/// The rule for keys beyond those of an object's type, if there may be any.
fn keys(schema: &Cursor<'_>) -> Option<(String, Value)> {
    if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
        let patterns = patterns.keys().filter(|it| !is_any_key(it));
        let patterns: Vec<Value> = patterns.map(|it| it.as_str().into()).collect();
        if patterns.is_empty() {
            return None;
        }
        if is_closed_map(schema) {
            let names = match patterns.as_slice() {
                [only] => json!({ "pattern": only }),
                patterns => json!({ "pattern": patterns }),
            };
            return Some(("propertyNames".to_owned(), names));
        }
        return Some(("patternProperties".to_owned(), patterns.into()));
    }
    let has_others = match schema.get("additionalProperties") {
        None => !schema.has("properties"),
        Some(others) => *others != Value::Bool(false),
    };
    let names = schema.get("propertyNames").filter(|_| has_others)?;
    Some(("propertyNames".to_owned(), names.clone()))
}

/// Whether an object has keys that match its patterns, and no others: it is a map whose keys are limited.
fn is_closed_map(schema: &Cursor<'_>) -> bool {
    schema.get("additionalProperties") == Some(&Value::Bool(false)) && !schema.has("properties")
}
