//! References to what is no component: `#/paths/…` and places inside of components.
//!
//! OpenAPI lets a `$ref` lead anywhere in the document. The typed document has names for components alone, so what another
//! reference leads to is put in its place, before anything is checked. One that leads around itself, or to too much, stays
//! as it is, and is refused later.

use serde_json::{Map, Value};

use crate::pointer::{Pointer, Trail};

/// How deep references to what is no component lead into each other.
const MAX_ROUNDS: usize = 8;

/// How many values are put in the place of references, all together.
const MAX_VALUES: usize = 200_000;

/// Keys whose values are no part of the description: a `$ref` in them is a text like any other.
const LITERAL: [&str; 4] = ["example", "examples", "default", "enum"];

/// Puts what references lead to in their place, where it is no component.
pub(super) fn inline(document: &mut Value) {
    let mut left = MAX_VALUES;
    for _ in 0..MAX_ROUNDS {
        let mut found = Vec::new();
        collect(document, &Trail::root(), &mut found);
        let mut is_done = true;
        for (at, target) in found {
            if at.is_in(&target) {
                continue;
            }
            let Some(value) = document.pointer(target.as_str()).cloned() else {
                continue;
            };
            let Some(rest) = left.checked_sub(count(&value)) else {
                return;
            };
            if let (Value::Object(_), Some(place)) = (&value, document.pointer_mut(at.as_str())) {
                left = rest;
                *place = value;
                is_done = false;
            }
        }
        if is_done {
            return;
        }
    }
}

/// Finds the references in a value to what is no component. The reader of values limits how deep they are.
fn collect(value: &Value, at: &Trail<'_>, found: &mut Vec<(Pointer, Pointer)>) {
    match value {
        Value::Object(object) => {
            if let Some(target) = target(object) {
                found.push((at.pointer(), target));
            }
            let described = object.iter();
            let described = described
                .filter(|(key, _)| !LITERAL.contains(&key.as_str()) && !key.starts_with("x-"));
            for (key, value) in described.filter(|(_, it)| it.is_object() || it.is_array()) {
                collect(value, &at.key(key), found);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                if value.is_object() || value.is_array() {
                    collect(value, &at.index(index), found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What an object refers to, if that is all it says and it is no component.
fn target(object: &Map<String, Value>) -> Option<Pointer> {
    let reference = object.get("$ref")?.as_str().filter(|_| object.len() == 1)?;
    let target = Pointer::from_fragment(reference)?;
    let tokens: Vec<String> = target.tokens().collect();
    // What else a document has describes nothing.
    let may_describe = match tokens.first().map(String::as_str) {
        Some("components") => tokens.len() > 3,
        Some("paths") => tokens.len() > 1,
        Some(_) | None => false,
    };
    may_describe.then_some(target)
}

fn count(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(count).sum::<usize>(),
        Value::Array(values) => 1 + values.iter().map(count).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_lead_anywhere() {
        let mut document = json!({
            "paths": {"/a": {"get": {"schema": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/c"}}}}}},
            "components": {"schemas": {
                "c": {"properties": {"d": {"type": "string"}}},
                "e": {"$ref": "#/paths/~1a/get/schema/properties/b"},
                "f": {"items": {"$ref": "#/components/schemas/c/properties/d"}},
                "g": {"example": {"$ref": "#/paths"}},
            }},
        });
        inline(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["e"], json!({"$ref": "#/components/schemas/c"}));
        assert_eq!(schemas["f"], json!({"items": {"type": "string"}}));
        assert_eq!(schemas["g"], json!({"example": {"$ref": "#/paths"}}));
    }

    #[test]
    fn what_has_no_end_stays() {
        let mut around = json!({"paths": {"a": {"b": {"$ref": "#/paths/a"}}}});
        let before = around.clone();
        inline(&mut around);
        assert_eq!(around, before);
        // Each round would double it.
        let mut each_other = json!({"paths": {
            "a": {"x": {"$ref": "#/paths/b"}, "y": {"$ref": "#/paths/b"}},
            "b": {"x": {"$ref": "#/paths/a"}, "y": {"$ref": "#/paths/a"}},
        }});
        inline(&mut each_other);
        assert!(count(&each_other) < MAX_VALUES * 2);
    }
}
