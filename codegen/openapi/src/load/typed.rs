//! Types the values of a document.
//!
//! openapiv3 would copy the values below each object that may be a reference or have extensions, so a value would be
//! copied once for each level above it. This module moves values into openapiv3's types instead; openapiv3 itself reads
//! only objects without schemas and examples, which are small.
//!
//! Schemas and paths make up most of a document, and each can be typed on its own, so threads share them.

mod operation;
mod schema;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value};

use super::Document;
use super::shared_error::shared_errors;
use crate::workers::Workers;

/// The values of an object by key.
pub(super) type Fields = Map<String, Value>;

/// The values of one kind by name.
type Named<T> = IndexMap<String, ReferenceOr<T>>;

/// An object that has schemas or examples.
pub(super) trait Typed: Sized {
    /// Types an object that is not a reference.
    fn typed(fields: Fields) -> Result<Self, Error>;
}

/// Types a document.
///
/// # Errors
///
/// Returns the error of openapiv3 or serde.
pub(super) fn document(mut value: Value, workers: &impl Workers) -> Result<Document, Error> {
    let mut components = taken(&mut value, "/components", |_| true);
    // There may be extensions beside the paths.
    let paths = taken(&mut value, "/paths", |key| key.starts_with('/'));
    let mut openapi: OpenAPI = rest(fields(Some(value))?)?;
    let paths = each(paths, workers)?;
    let mut section = |name| components.shift_remove(name);
    openapi.components = Some(Components {
        schemas: each(fields(section("schemas"))?, workers)?,
        parameters: named(section("parameters"))?,
        headers: named(section("headers"))?,
        request_bodies: named(section("requestBodies"))?,
        responses: named(section("responses"))?,
        examples: named(section("examples"))?,
        ..rest(components)?
    });
    let components = openapi.components.iter();
    let schema_names = components.flat_map(|it| it.schemas.keys().cloned());
    Ok(Document {
        operation_ids: operation_ids(&paths),
        schema_names: schema_names.collect(),
        shared_errors: shared_errors(&paths),
        openapi,
        paths,
    })
}

/// The ids of all operations.
fn operation_ids(paths: &Named<super::PathItem>) -> Vec<String> {
    let items = paths.values().filter_map(ReferenceOr::as_item);
    let operations = items.flat_map(|it| &it.operations);
    let ids = operations.filter_map(|(_, it)| it.operation_id.clone());
    ids.collect()
}

/// Takes the members with matching keys out of the object at a pointer.
fn taken(document: &mut Value, at: &str, is_such: fn(&str) -> bool) -> Fields {
    let object = document.pointer_mut(at).and_then(Value::as_object_mut);
    let Some(object) = object else {
        return Fields::new();
    };
    let (such, others) = std::mem::take(object)
        .into_iter()
        .partition(|(key, _)| is_such(key));
    *object = others;
    such
}

/// Types each value.
fn each<T: Typed + Send>(values: Fields, workers: &impl Workers) -> Result<Named<T>, Error> {
    let mut all = Named::with_capacity(values.len());
    let values = values.into_iter().collect();
    let typed = workers.map(values, |(name, value): (String, Value)| {
        Ok((name, one(value)?))
    });
    for it in typed {
        let (name, value) = it?;
        all.insert(name, value);
    }
    Ok(all)
}

/// Types a value that may be a reference.
pub(super) fn one<T: Typed>(value: Value) -> Result<ReferenceOr<T>, Error> {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => Ok(ReferenceOr::ref_(reference)),
        None => T::typed(fields(Some(value))?).map(ReferenceOr::Item),
    }
}

/// Types the values of an object, which may be missing.
fn named<T: Typed>(object: Option<Value>) -> Result<Named<T>, Error> {
    typed(fields(object)?, one)
}

/// Types each value with `one`. The capacity is exact: openapiv3's types take up to a kilobyte each.
fn typed<T>(
    values: Fields,
    one: fn(Value) -> Result<T, Error>,
) -> Result<IndexMap<String, T>, Error> {
    let mut typed = IndexMap::with_capacity(values.len());
    for (name, value) in values {
        typed.insert(name, one(value)?);
    }
    Ok(typed)
}

/// Types the elements of an array, which may be missing.
fn list<T: Typed>(array: Option<Value>) -> Result<Vec<ReferenceOr<T>>, Error> {
    let elements = match array {
        None => Vec::new(),
        Some(Value::Array(elements)) => elements,
        Some(other) => serde_json::from_value(other)?, // It says what is wrong.
    };
    let mut typed = Vec::with_capacity(elements.len());
    for element in elements {
        typed.push(one(element)?);
    }
    Ok(typed)
}

/// The fields of an object, which may be missing.
fn fields(object: Option<Value>) -> Result<Fields, Error> {
    match object {
        None => Ok(Fields::new()),
        Some(Value::Object(fields)) => Ok(fields),
        Some(other) => serde_json::from_value(other), // It says what is wrong.
    }
}

/// A value that openapiv3 regards as missing if it is null.
fn present(value: Option<Value>) -> Option<Value> {
    value.filter(|it| !it.is_null())
}

/// Types an object without its fields that were taken out.
fn rest<T: DeserializeOwned>(fields: Fields) -> Result<T, Error> {
    serde_json::from_value(Value::Object(fields))
}
