//! Collects the components that the conditions of values refer to.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use super::component::component;
use super::conditions::json;
use crate::api::{Json, Schema};

/// The component schemas that the conditions of `schemas` refer to, and those that these refer to, by reference.
pub(super) fn referenced(spec: &OpenAPI, schemas: &[Schema]) -> BTreeMap<String, Json> {
    let conditions = schemas.iter().flat_map(|it| it.bounds.conditions.values());
    let mut wanted = Vec::new();
    conditions.for_each(|it| references(it, &mut wanted));
    let mut found = BTreeMap::new();
    while let Some(reference) = wanted.pop() {
        if !found.contains_key(&reference)
            && let Some(component) = component(spec, &reference)
        {
            let said = json(component.schema);
            references(&said, &mut wanted);
            found.insert(reference, said);
        }
    }
    found
}

/// Adds the references in a schema to `found`.
fn references(said: &Json, found: &mut Vec<String>) {
    match said {
        Json::Object(fields) => {
            let reference = fields.get("$ref").and_then(Json::as_str);
            found.extend(reference.map(str::to_owned));
            fields.values().for_each(|it| references(it, found));
        }
        Json::Array(items) => items.iter().for_each(|it| references(it, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
