//! Collects the keywords of a schema that neither a type nor a limit covers. They generate nothing and are only used to
//! compare two versions of a document.

use std::collections::BTreeMap;

use openapiv3::Schema as SpecSchema;
use serde::Serialize;

use crate::api::Json;
use crate::load;

/// Such keywords with their values.
pub(super) fn conditions(schema: &SpecSchema) -> BTreeMap<String, Json> {
    let kept = load::conditions(&schema.schema_data.extensions);
    let mut conditions: BTreeMap<String, Json> = kept
        .map(|(keyword, value)| (keyword.clone(), without_prose(value.clone())))
        .collect();
    if let Some(not) = &load::keywords(schema).not {
        conditions.insert("not".to_owned(), json(not));
    }
    conditions
}

/// The JSON of a schema, without prose.
pub(super) fn json(schema: &impl Serialize) -> Json {
    // A schema that was parsed from JSON can be serialized.
    without_prose(serde_json::to_value(schema).unwrap_or_default())
}

/// The JSON of schemas that no type describes.
pub(super) fn untyped_json(schema: Option<&SpecSchema>, parts: &[&SpecSchema]) -> Json {
    let schemas: Vec<&SpecSchema> = schema.map_or_else(|| parts.to_vec(), |it| vec![it]);
    match schemas.as_slice() {
        [only] => json(only),
        schemas => json(&schemas),
    }
}

/// The number of a limit, which is stored as text.
fn number(limit: Json) -> Json {
    let number = limit.as_str().and_then(|it| serde_json::from_str(it).ok());
    number.unwrap_or(limit)
}

/// Prose keywords, and others that do not matter to callers.
const PROSE: [&str; 5] = [
    "description",
    "title",
    "example",
    "externalDocs",
    "deprecated",
];

/// Whether a keyword has the value that its absence means.
fn says_nothing(keyword: &str, value: &Json) -> bool {
    match keyword {
        "minLength" | "minItems" | "minProperties" => value == 0,
        "uniqueItems" | "nullable" | "readOnly" | "writeOnly" => value == false,
        "additionalProperties" => value == true,
        _ => false,
    }
}

/// Removes prose, keywords without effect and extensions from a schema; references stay as they are.
fn without_prose(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let is_prose = |name: &str| PROSE.contains(&name) || name.starts_with("x-");
            let members = fields.into_iter();
            let members = members.filter(|(name, value)| !says_nothing(name, value));
            // A limit has its own name again.
            let members = members.filter_map(|(name, value)| match load::limit_key(&name) {
                Some(limit) => Some((limit.to_owned(), number(value))),
                None => (!is_prose(&name)).then_some((name, value)),
            });
            let members = members.map(|(name, value)| match (name.as_str(), value) {
                // Property names are not keywords.
                ("properties", Json::Object(properties)) => {
                    let properties = properties.into_iter();
                    let properties = properties.map(|(name, it)| (name, without_prose(it)));
                    (name, Json::Object(properties.collect()))
                }
                (_, value) => (name, without_prose(value)),
            });
            Json::Object(members.collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(without_prose).collect()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => value,
    }
}
