//! Small edits of a spec, at every possible place.

use std::num::NonZero;
use std::thread;

use serde_json::{Map, Value, json};
use twilio_codegen::diff::{self, Comparison};
use twilio_codegen::source::SourceFile;

use super::pair::{Pair, read_fixture};

/// Returns the spec of `fixtures/diff-edits` with each of its edits that is still a valid spec, and what a comparison says
/// about it. Threads share the work, because other tests wait for it.
pub fn compared() -> Vec<(Pair, Comparison)> {
    let base: Value =
        serde_yaml::from_str(&read_fixture("diff-edits/base.yaml")).expect("a fixture in YAML");
    let mut edits = Vec::new();
    edit(&base, &base, "", &mut edits);
    let old = vec![source(&base)];
    let old_models = twilio_codegen::models(&old).expect("a valid spec");
    let compare = |(name, edited): &(String, Value)| {
        let new = vec![source(edited)];
        let new_models = twilio_codegen::models(&new).ok()?;
        let comparison = diff::diff(&old_models, &new_models);
        let pair = Pair {
            name: name.clone(),
            old: old.clone(),
            new,
        };
        Some((pair, comparison))
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let shares = edits.chunks(edits.len().div_ceil(threads));
        let shares: Vec<_> = shares
            .map(|share| scope.spawn(|| share.iter().filter_map(compare).collect::<Vec<_>>()))
            .collect();
        let shares = shares.into_iter();
        shares.flat_map(|it| it.join().expect("no panic")).collect()
    })
}

fn source(spec: &Value) -> SourceFile {
    SourceFile {
        path: "twilio_demo_v1.json".to_owned(),
        text: format!("{spec:#}"),
    }
}

/// Adds every edit of the value at `pointer` of `base`, and of everything in it.
fn edit(base: &Value, value: &Value, pointer: &str, edits: &mut Vec<(String, Value)>) {
    for (what, edited) in variants(value, pointer.rsplit('/').next().unwrap_or_default()) {
        let mut spec = base.clone();
        if let Some(place) = spec.pointer_mut(pointer) {
            *place = edited;
        }
        edits.push((format!("{pointer}: {what}"), spec));
    }
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                edit(base, inner, &format!("{pointer}/{key}"), edits);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                edit(base, inner, &format!("{pointer}/{index}"), edits);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Returns replacements for a value.
fn variants(value: &Value, key: &str) -> Vec<(String, Value)> {
    match value {
        Value::Object(map) => of_object(map),
        Value::Array(list) => {
            let mut variants = vec![(
                "reversed".to_owned(),
                list.iter().rev().cloned().collect::<Value>(),
            )];
            for index in 0..list.len() {
                let mut list = list.clone();
                list.remove(index);
                variants.push((format!("without {index}"), list.into()));
            }
            if key == "enum" {
                let list = [list.as_slice(), &[json!("further")]].concat();
                variants.push(("with another value".to_owned(), list.into()));
            }
            variants
        }
        Value::Bool(it) => vec![("flipped".to_owned(), json!(!it))],
        Value::Number(it) => vec![(
            "raised".to_owned(),
            json!(it.as_i64().unwrap_or_default() + 1),
        )],
        Value::String(it) => of_text(it, key),
        Value::Null => Vec::new(),
    }
}

fn of_object(map: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut variants = vec![(
        "reversed".to_owned(),
        Value::Object(map.clone().into_iter().rev().collect()),
    )];
    for key in map.keys() {
        let without = map.iter().filter(|(it, _)| *it != key);
        let without = without.map(|(key, value)| (key.clone(), value.clone()));
        variants.push((format!("without {key}"), Value::Object(without.collect())));
        let renamed = map.iter().map(|(it, value)| {
            let name = if it == key {
                format!("{it}x")
            } else {
                it.clone()
            };
            (name, value.clone())
        });
        variants.push((format!("{key} renamed"), Value::Object(renamed.collect())));
    }
    let mut with = |key: &str, value: Value| {
        if !map.contains_key(key) {
            let mut map = map.clone();
            map.insert(key.to_owned(), value.clone());
            variants.push((format!("with {key}: {value}"), map.into()));
        }
    };
    if map.get("type").is_some_and(Value::is_string) {
        for (key, value) in keywords() {
            with(key, value);
        }
    }
    if map.contains_key("in") {
        with("required", json!(true));
        with("deprecated", json!(true));
    }
    if map.contains_key("operationId") {
        with("deprecated", json!(true));
        with("security", json!([]));
        with("servers", json!([{"url": "https://elsewhere.example.com"}]));
    }
    if map.contains_key("properties") {
        let first = map["properties"]
            .as_object()
            .and_then(|it| it.keys().next());
        with("required", json!([first]));
        if let Some(Value::Object(properties)) = map.get("properties") {
            let mut map = map.clone();
            let mut properties = properties.clone();
            properties.insert("further".to_owned(), json!({"type": "string"}));
            map.insert("properties".to_owned(), properties.into());
            variants.push(("with another property".to_owned(), map.into()));
        }
    }
    variants
}

/// Returns further keywords for a schema.
fn keywords() -> [(&'static str, Value); 17] {
    [
        ("nullable", json!(true)),
        ("deprecated", json!(true)),
        ("default", json!(5)),
        ("maximum", json!(7)),
        ("minItems", json!(1)),
        ("maxLength", json!(3)),
        ("pattern", json!("^a$")),
        ("minimum", json!(1)),
        ("multipleOf", json!(5)),
        ("minProperties", json!(1)),
        ("uniqueItems", json!(true)),
        ("additionalProperties", json!(false)),
        ("readOnly", json!(true)),
        ("writeOnly", json!(true)),
        ("format", json!("uri")),
        ("enum", json!(["a", "b"])),
        ("x-twilio", json!({"pii": {}})),
    ]
}

fn of_text(text: &str, key: &str) -> Vec<(String, Value)> {
    let others: &[&str] = match key {
        "type" => &["string", "integer", "number", "boolean", "array"],
        "format" => &["date", "date-time", "date-time-rfc-2822", "email", "int32"],
        "in" => &["query", "header"],
        "$ref" => &["#/components/schemas/place", "#/components/schemas/sim"],
        "url" => &["https://elsewhere.example.com"],
        "scheme" => &["bearer"],
        "operationId" => &["ListFleet", "ReplaceNote"],
        _ => &[],
    };
    let others = others.iter().filter(|it| **it != text);
    let mut variants: Vec<(String, Value)> = others
        .map(|it| (format!("{text} → {it}"), json!(it)))
        .collect();
    variants.push((format!("{text} → {text}x"), json!(format!("{text}x"))));
    variants
}
