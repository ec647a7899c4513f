//! Finds the documentation of single values of an enumeration.
//!
//! OpenAPI has no place for it, so documents use the extensions of the tools that read them: `x-ms-enum` of AutoRest and
//! `x-enum-descriptions` of OpenAPI Generator, also in camel case; and alternatives of one value each, which have a title
//! and a description (OpenAPI 3.2.0, Annotated Enumerations).

use std::collections::BTreeMap;

use openapiv3::Schema;
use serde_json::Value;

use super::annotations::text;
use crate::api::EnumValue;

/// The extensions with a description of each value.
const LISTS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Documents values from the extensions of their schema.
pub(super) fn from_extensions(schema: &Schema, values: &mut [EnumValue]) {
    let extensions = &schema.schema_data.extensions;
    let described = LISTS.iter().find_map(|it| extensions.get(*it));
    for value in values {
        let of_list = described.and_then(|it| match it {
            Value::Array(list) => list.get(value.index),
            Value::Object(texts) => texts.get(&value.text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        });
        let of_ms = || in_ms_enum(schema, &Value::from(value.text.as_str()))?.get("description");
        let doc = of_list.or_else(of_ms).and_then(Value::as_str);
        value.doc = text(doc).or(value.doc.take());
    }
}

/// The extensions with a name of each value: of OpenAPI Generator, and of NSwag.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

/// The names that extensions of a schema give to its values, by their JSON.
pub(super) fn names(schema: &Schema, values: &[Value]) -> BTreeMap<String, String> {
    let extensions = &schema.schema_data.extensions;
    let listed = NAMES.iter().find_map(|it| extensions.get(*it)?.as_array());
    let names = values.iter().enumerate().filter_map(|(index, value)| {
        let of_list = || listed?.get(index)?.as_str();
        let of_ms = || in_ms_enum(schema, value)?.get("name")?.as_str();
        let name = text(of_list().or_else(of_ms))?;
        Some((value.to_string(), name))
    });
    names.collect()
}

/// What AutoRest's extension says of a value.
fn in_ms_enum<'a>(schema: &'a Schema, value: &Value) -> Option<&'a Value> {
    let values = schema
        .schema_data
        .extensions
        .get("x-ms-enum")?
        .get("values")?;
    let mut values = values.as_array()?.iter();
    values.find(|it| it.get("value") == Some(value))
}

/// The name of the only value of an alternative: its title.
pub(super) fn name_of_alternative(schema: &Schema) -> Option<String> {
    text(schema.schema_data.title.as_deref())
}

/// Documents the only value of an alternative from its schema.
pub(super) fn from_alternative(schema: &Schema, only: &mut EnumValue) {
    let title = text(schema.schema_data.title.as_deref());
    let title = title.filter(|it| letters(it) != letters(&only.text));
    let doc = text(schema.schema_data.description.as_deref()).or(title);
    only.doc = only.doc.take().or(doc);
}

/// The letters and digits of a text, to compare a title with a value.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
