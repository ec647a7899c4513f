//! Rewrites keywords that describe a value only under a condition, or keys by a pattern.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Rewriter;
use super::fault::RewriteFault;
use super::tuple::any_of;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

/// How many levels of schemas below a condition to search for properties.
const MAX_LEVELS: usize = 8;

impl Rewriter {
    /// Removes conditions. They limit a value or add to what the schema says without them.
    pub(super) fn conditions(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let own: Vec<String> = properties(schema.get("properties"));
        for field in ["then", "else", "dependentSchemas"] {
            let Some(said) = schema.get(field) else {
                continue;
            };
            let mut names = BTreeSet::new();
            named(said, MAX_LEVELS, &mut names);
            let is_wider = names.iter().any(|it| !own.contains(it));
            if is_wider {
                if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                    schema.set("additionalProperties", true, "additionalProperties");
                } else if !own.is_empty() && !schema.has("additionalProperties") {
                    schema.set("additionalProperties", true, field);
                }
                let what = "the type does not have the properties that it names";
                self.report(RewriteFault::Wider { field, what }, &at.key(field));
                schema.drop(field);
            } else {
                self.leave_out(schema, field, at);
            }
        }
        schema.drop("if");
    }

    /// Turns `patternProperties` into a map.
    pub(super) fn patterns(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        const FIELD: &str = "patternProperties";
        if schema.has("additionalProperties") {
            schema.drop("unevaluatedProperties");
        } else {
            schema.rename("unevaluatedProperties", "additionalProperties");
        }
        let Some(patterns) = schema.take(FIELD) else {
            return;
        };
        let Value::Object(members) = &patterns.value else {
            return;
        };
        let keys: Vec<String> = members.keys().cloned().collect();
        let fits_all = matches!(&keys[..], [only] if is_any_key(only));
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        let is_map = !schema.has("additionalProperties") && !schema.has("properties");
        let what = if fits_all || is_closed || is_map {
            let node = patterns.node.clone();
            let mut patterns = patterns;
            let values = keys.iter().filter_map(|it| patterns.cursor().take(it));
            let mut values: Vec<Branch> = values.collect();
            let is_one = values.len() == 1;
            let value = match values.pop() {
                Some(only) if is_one => only,
                Some(last) => any_of(values.into_iter().chain([last]).collect(), &node),
                None => return,
            };
            schema.put("additionalProperties", value);
            "values of other keys are assumed to have the same type"
        } else {
            schema.set("additionalProperties", true, FIELD);
            "other keys may have any value, so every key may"
        };
        if !(fits_all || is_closed) {
            self.report(RewriteFault::Wider { field: FIELD, what }, &at.key(FIELD));
        }
    }
}

/// Whether every key matches a pattern.
pub(super) fn is_any_key(pattern: &str) -> bool {
    ["", ".*", "^.*$", ".+", "^.+$", "^.*", ".*$", "^"].contains(&pattern)
}

fn properties(value: Option<&Value>) -> Vec<String> {
    let object = value.and_then(Value::as_object);
    object
        .into_iter()
        .flat_map(|it| it.keys().cloned())
        .collect()
}

/// Collects the names of the properties that schemas mention, except those that must be absent.
fn named(schema: &Value, levels: usize, names: &mut BTreeSet<String>) {
    let Some(levels) = levels.checked_sub(1) else {
        return;
    };
    match schema {
        Value::Object(object) => {
            names.extend(properties(object.get("properties")));
            let inner = object.iter().filter(|(key, it)| {
                *key != "not" && *key != "properties" && (it.is_object() || it.is_array())
            });
            inner.for_each(|(_, it)| named(it, levels, names));
        }
        Value::Array(list) => list.iter().for_each(|it| named(it, levels, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
