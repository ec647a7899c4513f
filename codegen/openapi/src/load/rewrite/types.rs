//! Rewrites `type`, which may be a list and may be `null` in JSON Schema (Validation, §6.1.1).

use serde_json::{Value, json};

use crate::tree::{Branch, Cursor};

/// The keywords that apply to one type only, with their types.
const TYPED: [(&str, &[&str]); 18] = [
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", NUMBERS),
    ("maximum", NUMBERS),
    ("exclusiveMinimum", NUMBERS),
    ("exclusiveMaximum", NUMBERS),
    ("multipleOf", NUMBERS),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
    ("discriminator", &["object"]),
];

const NUMBERS: &[&str] = &["number", "integer"];

/// The formats of numbers (OpenAPI Format Registry); all others are formats of strings.
const NUMBER_FORMATS: [&str; 12] = [
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "decimal128",
];

/// Turns a list of types into one type: null becomes `nullable`, and several types become alternatives.
pub(super) fn rewrite(schema: &mut Cursor<'_>) {
    let Some(said) = schema.get("type") else {
        return;
    };
    let listed: Vec<String> = match said {
        Value::String(only) if only == "null" => vec![only.clone()],
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => {
            let names = list.iter().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        }
        Value::String(_) | Value::Array(_) => return, // A single type, or a value that the checks refuse.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return,
    };
    let mut types: Vec<&str> = Vec::new();
    for name in listed.iter().map(String::as_str) {
        if name != "null" && !types.contains(&name) {
            types.push(name);
        }
    }
    if types.contains(&"number") {
        types.retain(|it| *it != "integer");
    }
    if listed.iter().any(|it| it == "null") {
        schema.set("nullable", true, "type");
    }
    match types.as_slice() {
        [] => {
            schema.set("enum", json!([null]), "type");
            schema.drop("type");
        }
        [only] => schema.set("type", *only, "type"),
        several => split(schema, several),
    }
}

/// Turns each type into an alternative with its keywords. A schema that lists values or is composed of others already
/// determines the types.
fn split(schema: &mut Cursor<'_>, types: &[&str]) {
    const TELLING: [&str; 5] = ["enum", "oneOf", "anyOf", "allOf", "$ref"];
    let Some(list) = schema.take("type") else {
        return;
    };
    if TELLING.iter().any(|it| schema.has(it)) {
        return;
    }
    let mut alternatives = Vec::new();
    for (index, name) in types.iter().enumerate() {
        let mut alternative = Branch::object(&list.node);
        let mut cursor = alternative.cursor();
        let typ = Value::from(*name);
        let node = Branch::object(&list.node).node;
        cursor.put("type", Branch { value: typ, node });
        for keyword in keywords_of(schema, name, types, index == 0) {
            if let Some(branch) = schema.take(keyword) {
                cursor.put(keyword, branch);
            }
        }
        alternatives.push(alternative);
    }
    let list = Branch::list(alternatives, &list.node);
    schema.put("anyOf", list);
}

/// The keywords of a schema that apply to `name`. The first type also gets those that apply to no type.
fn keywords_of(
    schema: &Cursor<'_>,
    name: &str,
    types: &[&str],
    is_first: bool,
) -> Vec<&'static str> {
    let belongs = |owners: &[&str]| {
        owners.contains(&name) || (is_first && !owners.iter().any(|it| types.contains(it)))
    };
    let typed = TYPED.iter().filter(|(_, owners)| belongs(owners));
    let mut keywords: Vec<&str> = typed.map(|(keyword, _)| *keyword).collect();
    let is_of_numbers = schema
        .text("format")
        .is_some_and(|it| NUMBER_FORMATS.contains(&it));
    let owners: &[&str] = if is_of_numbers { NUMBERS } else { &["string"] };
    if belongs(owners) {
        keywords.push("format");
    }
    keywords
}
