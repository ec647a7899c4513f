//! Compares the operations of two documents as plain JSON, without prose: a second opinion that shares no code with the
//! generator.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// Keywords for people and other tools.
const PROSE: [&str; 8] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "tags",
    "callbacks",
];

/// An operation: its resolved content, and the pointers of everything in it.
pub struct Operation {
    pub said: Value,
    pub places: BTreeSet<String>,
}

/// Returns the operations of a document by method and path, without the names of path parameters.
pub fn operations(text: &str) -> BTreeMap<String, Operation> {
    let document: Value = serde_yaml::from_str(text).expect("a document");
    let mut operations = BTreeMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "put", "post", "delete", "patch"] {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let at = format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"));
            let mut reading = Reading {
                document: &document,
                places: BTreeSet::from([at]),
                around: Vec::new(),
            };
            let servers = [operation, item, &document].map(|it| it["servers"].clone());
            let security = [operation, &document].map(|it| it["security"].clone());
            let said = json!({
                "operation": reading.resolved(operation, false),
                "shared": reading.resolved(&item["parameters"], false),
                "servers": servers.iter().find(|it| !it.is_null()),
                "security": security.iter().find(|it| !it.is_null()),
            });
            let places = reading.places;
            operations.insert(format!("{method} {path}"), Operation { said, places });
        }
    }
    operations
}

/// Returns whether only page links carry a parameter.
fn is_link_state(said: &Value) -> bool {
    said["in"] == "query" && ["Page", "PageToken"].iter().any(|it| said["name"] == *it)
}

/// Returns whether only browsers read a header (CORS).
fn is_of_browsers(header: &str) -> bool {
    header.to_lowercase().starts_with("access-control-")
}

struct Reading<'a> {
    document: &'a Value,
    places: BTreeSet<String>,
    /// The references that lead to the current value.
    around: Vec<String>,
}

impl Reading<'_> {
    /// Returns a value with its references resolved and without prose. The keys of a map of names are not prose.
    fn resolved(&mut self, value: &Value, has_names: bool) -> Value {
        match value {
            Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
                Some(reference) => {
                    let mut resolved = self.referenced(reference);
                    // The generator treats siblings of a reference as refinements.
                    let mut beside = map.clone();
                    beside.shift_remove("$ref");
                    if let (Value::Object(all), Value::Object(own)) =
                        (&mut resolved, self.object(&beside, false))
                    {
                        all.extend(own);
                    }
                    resolved
                }
                None => self.object(map, has_names),
            },
            Value::Array(list) => {
                let list = list.iter().map(|it| self.resolved(it, false));
                let mut list: Vec<Value> = list.filter(|it| !is_link_state(it)).collect();
                list.sort_by_cached_key(Value::to_string);
                list.into()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }

    fn referenced(&mut self, reference: &str) -> Value {
        let pointer = reference.trim_start_matches('#').to_owned();
        self.places.insert(pointer.clone());
        if self.around.contains(&pointer) {
            return json!("around");
        }
        let document = self.document;
        let target = document.pointer(&pointer).expect("what a reference names");
        self.around.push(pointer);
        let resolved = self.resolved(target, false);
        self.around.pop();
        resolved
    }

    fn object(&mut self, map: &Map<String, Value>, has_names: bool) -> Value {
        let is_said = |key: &str| has_names || !(PROSE.contains(&key) || key.starts_with("x-"));
        // Page links are followed, not exposed.
        let is_links = |it: &Value| it.pointer("/properties/next_page_url").is_some();
        let said = map
            .iter()
            .filter(|(key, value)| is_said(key) && !(*key == "meta" && is_links(value)));
        // Only successful responses are decoded.
        let said = said.map(|(key, value)| match (key.as_str(), value) {
            ("responses", Value::Object(all)) if !has_names => {
                let all = all.iter().filter(|(code, _)| code.starts_with('2'));
                let all = all.map(|(code, it)| (code.clone(), self.resolved(it, false)));
                (key.clone(), Value::Object(all.collect()))
            }
            ("headers", Value::Object(all)) if !has_names => {
                let all = all.iter().filter(|(name, _)| !is_of_browsers(name));
                let all = all.map(|(name, it)| (name.clone(), self.resolved(it, false)));
                (key.clone(), Value::Object(all.collect()))
            }
            (name, value) => {
                let has_names = !has_names && ["properties", "content"].contains(&name);
                (key.clone(), self.resolved(value, has_names))
            }
        });
        // No header is the same as none.
        let is_there =
            |(key, value): &(String, Value)| has_names || key != "headers" || *value != json!({});
        Value::Object(said.filter(is_there).collect())
    }
}
