//! Types the values of a document.
//!
//! Schemas and paths make up most of a document, and each can be typed on its own, so threads share them.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value};

use crate::workers::Workers;

/// The values of one kind by name.
type Named<T> = IndexMap<String, ReferenceOr<T>>;

/// Types a document.
///
/// # Errors
///
/// Returns the error of openapiv3.
pub(super) fn openapi(mut value: Value, workers: &impl Workers) -> Result<OpenAPI, Error> {
    let schemas = taken(&mut value, "/components/schemas", |_| true);
    // There may be extensions beside the paths.
    let paths = taken(&mut value, "/paths", |key| key.starts_with('/'));
    let mut openapi: OpenAPI = serde_json::from_value(value)?;
    if let Some(components) = &mut openapi.components {
        components.schemas = each(schemas, workers)?;
    }
    openapi.paths.paths = each(paths, workers)?;
    Ok(openapi)
}

/// Takes the members with matching keys out of the object at a pointer.
fn taken(document: &mut Value, at: &str, is_such: fn(&str) -> bool) -> Map<String, Value> {
    let object = document.pointer_mut(at).and_then(Value::as_object_mut);
    let Some(object) = object else {
        return Map::new();
    };
    let (such, others) = std::mem::take(object)
        .into_iter()
        .partition(|(key, _)| is_such(key));
    *object = others;
    such
}

/// Types each value.
fn each<T: DeserializeOwned + Send>(
    values: Map<String, Value>,
    workers: &impl Workers,
) -> Result<Named<T>, Error> {
    let mut all = Named::with_capacity(values.len());
    let values = values.into_iter().collect();
    // A path item takes kilobytes, and the results of workers are moved.
    let typed = workers.map(values, |(name, value): (String, Value)| {
        Ok((name, Box::new(one(value)?)))
    });
    for it in typed {
        let (name, value) = it?;
        all.insert(name, *value);
    }
    Ok(all)
}

/// Types a value. openapiv3 would copy it to find out whether it is a reference.
fn one<T: DeserializeOwned>(value: Value) -> Result<ReferenceOr<T>, Error> {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => Ok(ReferenceOr::ref_(reference)),
        None => serde_json::from_value(value).map(ReferenceOr::Item),
    }
}
