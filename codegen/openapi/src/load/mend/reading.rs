//! Decides what a value of another kind than its field takes is read as.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::value::is_type;
use crate::load::check::rule::{FieldRule, Kind};
use crate::load::check::rules::COMPONENTS;

/// What a value is read as.
pub(super) enum Reading {
    /// Another value.
    As(Value),
    /// A list of this one value.
    ListOfOne,
    /// A list of the members, whose keys are their names.
    Members,
    /// An object with the members of all objects in a list.
    Merged,
    /// An object with the objects in a list, by their names.
    ByName,
    /// A list with the elements of the lists in it.
    Flat,
    /// Nothing.
    Ignored,
}

/// Whether a value is of a kind that fields often have by mistake. Most values are not, and need no look at their rule.
pub(super) fn is_suspect(value: &Value) -> bool {
    match value {
        Value::Null | Value::Array(_) => true,
        Value::Bool(_) => false,
        Value::Number(_) => true,
        Value::String(text) => {
            let is_number = text.starts_with(|it: char| it.is_ascii_digit() || it == '-');
            let is_word = text.len() < 24 && (is_number || !text.contains(' '));
            is_word || text.starts_with("#/")
        }
        Value::Object(_) => true,
    }
}

/// What the value of a field is read as, and what was expected, unless it has the right kind or its meaning is not clear.
pub(super) fn reading(field: &FieldRule, value: &Value) -> Option<(&'static str, Reading)> {
    match value {
        Value::String(text) => reading_of_text(&field.kind, text),
        Value::Number(number) => {
            let flag = number.as_u64().filter(|it| *it < 2)? == 1;
            // In OpenAPI 3.1, `exclusiveMinimum` is a limit.
            let is_flag = matches!(field.kind, Kind::Bool | Kind::BoolOrSchema)
                && !field.name.starts_with("exclusive");
            is_flag.then(|| ("`true` or `false`", Reading::As(flag.into())))
        }
        Value::Null => reading_of_nothing(&field.kind),
        Value::Array(list) if list.is_empty() => reading_of_nothing(&field.kind),
        Value::Array(list) => reading_of_list(field, list),
        Value::Object(object) => reading_of_object(field, object),
        Value::Bool(_) => None,
    }
}

/// The flag that a word means.
fn flag(word: &str) -> Option<bool> {
    match word {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The schema that a text means: the name of a type, or a reference.
pub(super) fn schema_of_text(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.starts_with("#/") {
        return Some(json!({"$ref": text}));
    }
    is_type(text).then(|| json!({"type": text}))
}

fn reading_of_text(kind: &Kind, text: &str) -> Option<(&'static str, Reading)> {
    let plain = text.trim().to_ascii_lowercase();
    match kind {
        Kind::Bool => {
            let flag = flag(&plain)?;
            Some(("`true` or `false`", Reading::As(flag.into())))
        }
        Kind::BoolOrSchema => {
            let schema = || schema_of_text(text);
            let taken = flag(&plain).map(Value::Bool).or_else(schema)?;
            Some(("`true`, `false` or a schema", Reading::As(taken)))
        }
        Kind::ObjectOrRef(rule) if rule.name == "a schema" => {
            Some(("an object", Reading::As(schema_of_text(text)?)))
        }
        Kind::Limit | Kind::Count if plain.is_empty() => Some(("a number", Reading::Ignored)),
        Kind::Limit | Kind::Count => {
            let number: serde_json::Number = plain.parse().ok()?;
            Some(("a number", Reading::As(number.into())))
        }
        Kind::List(Kind::Text | Kind::Object(_) | Kind::Security) if !plain.is_empty() => {
            Some(("a list", Reading::ListOfOne))
        }
        // An `enum`: of several values, it is not clear what separates them.
        Kind::List(Kind::Any) if !plain.is_empty() && !plain.contains([',', '|', ' ']) => {
            Some(("a list", Reading::ListOfOne))
        }
        Kind::Map(Kind::Text) => {
            let members = Map::from_iter([(text.to_owned(), "".into())]);
            Some(("an object", Reading::As(members.into())))
        }
        Kind::Map(Kind::ObjectOrRef(rule)) if rule.name == "an example" => {
            Some(("an object", Reading::Ignored))
        }
        Kind::Content if text.contains('/') => Some(("an object", Reading::As(json!({text: {}})))),
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => None,
        Kind::Pattern | Kind::OneOf(_) | Kind::Type | Kind::List(_) | Kind::Map(_) => None,
        Kind::Components(_) | Kind::Object(_) | Kind::ObjectOrRef(_) => None,
        Kind::SchemaName | Kind::Paths | Kind::Responses | Kind::Content => None,
        Kind::Security => None,
    }
}

/// What null and an empty list are read as in the place of an object.
fn reading_of_nothing(kind: &Kind) -> Option<(&'static str, Reading)> {
    match kind {
        Kind::Map(_) | Kind::Components(_) | Kind::Object(_) | Kind::BoolOrSchema => {
            Some(("an object", Reading::As(json!({}))))
        }
        Kind::Paths | Kind::Responses | Kind::Content => {
            Some(("an object", Reading::As(json!({}))))
        }
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => None,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => None,
        // `stand_in` reads an object that may be a reference.
        Kind::Type | Kind::List(_) | Kind::ObjectOrRef(_) => None,
        Kind::SchemaName | Kind::Security => None,
    }
}

fn reading_of_list(field: &FieldRule, list: &[Value]) -> Option<(&'static str, Reading)> {
    if matches!(field.kind, Kind::Text | Kind::Pattern) {
        return (!field.required).then_some(("text", Reading::Ignored));
    }
    // YAML with dashes in front of the members.
    if is_object_of_objects(&field.kind) && have_distinct_objects(list) {
        return Some(("an object", Reading::Merged));
    }
    // Properties in the way of fields in a table.
    if matches!(field.kind, Kind::Map(Kind::ObjectOrRef(rule)) if rule.name == "a schema")
        && have_distinct_names(list)
    {
        return Some(("an object", Reading::ByName));
    }
    // YAML with an alias of a list among the elements.
    if matches!(field.kind, Kind::List(Kind::ObjectOrRef(rule)) if rule.name == "a parameter")
        && list.iter().any(Value::is_array)
    {
        return Some(("a list of objects", Reading::Flat));
    }
    let is_media_type = |it: &Value| it.as_str().is_some_and(|it| it.contains('/'));
    if matches!(field.kind, Kind::Content) && list.iter().all(is_media_type) {
        let names = list.iter().filter_map(Value::as_str);
        let members: Map<String, Value> = names.map(|it| (it.to_owned(), json!({}))).collect();
        return Some(("an object", Reading::As(members.into())));
    }
    let Kind::Map(kind) = field.kind else {
        return None;
    };
    let members: Map<String, Value> = match kind {
        Kind::Text if list.iter().all(Value::is_string) => {
            let names = list.iter().filter_map(Value::as_str);
            names.map(|it| (it.to_owned(), "".into())).collect()
        }
        Kind::ObjectOrRef(rule) if rule.name == "an example" => {
            let named = |(index, it): (usize, &Value)| {
                (format!("example{}", index + 1), json!({"value": it}))
            };
            list.iter().enumerate().map(named).collect()
        }
        Kind::SchemaName => return Some(("an object", Reading::Ignored)),
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => return None,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => return None,
        Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => return None,
        Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema | Kind::Paths => return None,
        Kind::Responses | Kind::Content | Kind::Security => return None,
    };
    Some(("an object", Reading::As(members.into())))
}

/// Whether all members of an object of this kind are objects. Examples have names of their own in a list.
fn is_object_of_objects(kind: &Kind) -> bool {
    match kind {
        Kind::Map(Kind::ObjectOrRef(rule)) if rule.name == "an example" => false,
        Kind::Map(Kind::Object(_) | Kind::ObjectOrRef(_)) | Kind::Components(_) => true,
        Kind::Object(rule) if rule.name == COMPONENTS.name => true,
        Kind::Paths | Kind::Responses | Kind::Content => true,
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => false,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => false,
        Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Object(_) | Kind::ObjectOrRef(_) => false,
        Kind::BoolOrSchema | Kind::SchemaName | Kind::Security => false,
    }
}

/// Whether a list has only objects of objects, without a key in two of them.
fn have_distinct_objects(list: &[Value]) -> bool {
    let mut keys = BTreeSet::new();
    list.iter().all(|it| {
        let members = it.as_object().filter(|it| !it.is_empty());
        members.is_some_and(|it| {
            it.iter()
                .all(|(key, value)| value.is_object() && keys.insert(key))
        })
    })
}

/// Whether a list has only objects with a name and something else, and no name twice. The name of a type may be the schema
/// of a property called `name`.
fn have_distinct_names(list: &[Value]) -> bool {
    let mut names = BTreeSet::new();
    list.iter().all(|it| {
        let name = it.get("name").and_then(Value::as_str);
        let count = it.as_object().map_or(0, Map::len);
        name.is_some_and(|it| count > 1 && !is_type(it) && names.insert(it))
    })
}

fn reading_of_object(
    field: &FieldRule,
    object: &Map<String, Value>,
) -> Option<(&'static str, Reading)> {
    if matches!(field.kind, Kind::Text) {
        return (!field.required).then_some(("text", Reading::Ignored));
    }
    let Kind::List(kind) = field.kind else {
        return None;
    };
    let is_parameters = matches!(kind, Kind::ObjectOrRef(rule) if rule.name == "a parameter");
    if is_parameters && !object.is_empty() && !object.contains_key("$ref") {
        let is_parameter = |it: &Value| it.get("in").is_some();
        if object.values().all(is_parameter) {
            return Some(("a list", Reading::Members));
        }
    }
    // YAML writes `enum: {a: , b: }` with colons in the place of dashes.
    if matches!(kind, Kind::Any) && !object.is_empty() && object.values().all(Value::is_null) {
        let keys: Vec<&String> = object.keys().collect();
        return Some(("a list", Reading::As(json!(keys))));
    }
    let is_element = match kind {
        Kind::Security => true,
        Kind::ObjectOrRef(rule) => {
            let is_one = object.contains_key("$ref") || object.contains_key("in");
            rule.name == "a schema" || (rule.name == "a parameter" && is_one)
        }
        Kind::Object(_) => object.contains_key("url"),
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => false,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => false,
        Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => false,
        Kind::BoolOrSchema | Kind::SchemaName | Kind::Paths => false,
        Kind::Responses | Kind::Content => false,
    };
    if object.is_empty() {
        Some(("a list", Reading::As(json!([]))))
    } else {
        is_element.then_some(("a list", Reading::ListOfOne))
    }
}
