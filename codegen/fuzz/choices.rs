//! Derives specs and overlays with faults from bytes.
//!
//! The mutations keep the structure of a spec: subtrees are moved, removed, repeated and change their types. A few make
//! it large, which reveals code whose time or stack grows with each pair or chain of parts.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use twilio_codegen::source::SourceFile;

/// The initial specs: small ones of one rule each, and both real ones.
const SPECS: [&str; 14] = [
    include_str!("../../tests/fixtures/rules/mocks/examples-of-answers.yaml"),
    include_str!("../../tests/fixtures/rules/names/accessor-names.yaml"),
    include_str!("../../tests/fixtures/rules/names/hostile-description.yaml"),
    include_str!("../../tests/fixtures/rules/names/prelude-names.yaml"),
    include_str!("../../tests/fixtures/rules/requests/answer-converts-into-request.yaml"),
    include_str!("../../tests/fixtures/rules/requests/example-values.yaml"),
    include_str!("../../tests/fixtures/rules/requests/json-body.yaml"),
    include_str!("../../tests/fixtures/rules/requests/paging-envelope.yaml"),
    include_str!("../../tests/fixtures/rules/requests/parameter-types.yaml"),
    include_str!("../../tests/fixtures/rules/requests/read-only-and-write-only.yaml"),
    include_str!("../../tests/fixtures/rules/resources/parent-and-child.yaml"),
    include_str!("../../tests/fixtures/rules/schemas/recursive-type.yaml"),
    include_str!("../../specs/twilio_supersim_v1.yaml"),
    include_str!("../../specs/twilio_wireless_v1.yaml"),
];

/// The initial overlays: those of both real specs.
const OVERLAYS: [&str; 2] = [
    include_str!("../../specs/twilio_supersim_v1.overlay.yaml"),
    include_str!("../../specs/twilio_wireless_v1.overlay.yaml"),
];

/// Replacement strings.
const TEXTS: [&str; 16] = [
    "",
    "*/ \" ]] #![x]",
    "```\npanic!()\n```",
    "\u{202e}\0\n",
    "../..",
    "Self",
    "type",
    "string",
    "object",
    "array",
    "integer",
    "date-time",
    "uri-map",
    "#/components/schemas/x~1y",
    "application/json",
    "200",
];

/// Targets for overlay actions: one value, many values, nested values, none.
const TARGETS: [&str; 20] = [
    "$",
    "$.*",
    "$..*",
    "$.info",
    "$.servers[0]",
    "$.paths",
    "$.paths.*",
    "$.paths.*.*",
    "$.paths.*.*.parameters[0, -1, 0]",
    "$..parameters[?@.in == 'query'].schema",
    "$.paths..responses.*.content.*.schema",
    "$..required",
    "$..enum",
    "$.components",
    "$.components.schemas.*",
    "$.components.schemas.*.properties",
    "$.components.schemas.*.properties.*",
    "$..[?@.type == 'string' && @.nullable]",
    "$..[?search(@.description, '[Ss]im')]",
    "$..[?length(@.properties) > 3 || count(@.*) == 2]",
];

/// A spec gets fewer changes than this.
pub const MAX_CHANGES: usize = 6;

/// One in this many changes makes a document large, which takes much longer than others.
pub const RARELY: usize = 100;

/// How many parts a large document gets.
const MANY: usize = 2_000;

/// Ways in which a schema can refer to the next one in a chain.
const LINKS: [fn(&Value) -> Value; 6] = [
    Value::clone,
    |next| json!({ "type": "array", "items": next }),
    |next| json!({ "type": "object", "additionalProperties": next }),
    |next| json!({ "allOf": [next], "nullable": true }),
    |next| json!({ "type": "object", "properties": { "next": next } }),
    |next| json!({ "type": "object", "properties": { "next": next }, "required": ["next"] }),
];

/// Derives choices from bytes, and ends with them.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    /// Returns a number below `count`, which must not be 0.
    pub fn below(&mut self, count: usize) -> usize {
        // Two bytes, so that every part of a large object is reached.
        let [high, low] = [0, 0].map(|_| match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first)
            }
            None => 0,
        });
        (high * 256 + low) % count.max(1)
    }

    /// Returns a valid spec.
    pub fn seed(&mut self) -> Value {
        seeds()[self.below(SPECS.len())].clone()
    }

    /// Returns a valid spec and an overlay for it: the project's own, or random actions.
    pub fn spec_and_overlay(&mut self) -> (Value, Value) {
        let real = seeds().iter().rev().zip(overlays().iter().rev());
        if let Some((spec, overlay)) = real.clone().nth(self.below(3 * OVERLAYS.len())) {
            return (spec.clone(), overlay.clone());
        }
        let spec = self.seed();
        let count = 1 + self.below(4);
        let actions: Vec<Value> = (0..count).map(|_| self.action(&spec)).collect();
        let info = json!({ "title": "", "version": "1" });
        (
            spec,
            json!({ "overlay": "1.0.0", "info": info, "actions": actions }),
        )
    }

    /// Returns an action that gives a place of `spec` a few changes, or one that points anywhere.
    fn action(&mut self, spec: &Value) -> Value {
        let kind = self.below(8);
        if kind > 2 {
            let mut containers = Vec::new();
            find_containers(spec, "", "$", &mut containers);
            let (pointer, target) = &containers[self.below(containers.len())];
            let mut update = spec.pointer(pointer).cloned().unwrap_or_default();
            self.changes(&mut update, 3);
            return json!({ "target": target, "update": update });
        }
        let target = TARGETS[self.below(TARGETS.len())];
        if kind == 0 {
            return json!({ "target": target, "remove": true });
        }
        let mut other = self.seed();
        json!({ "target": target, "update": self.place(&mut other) })
    }

    /// Makes fewer than `limit` changes.
    pub fn changes(&mut self, document: &mut Value, limit: usize) {
        for _ in 0..self.below(limit) {
            if !self.0.is_empty() {
                if self.below(RARELY) == 1 {
                    self.enlarge(document);
                } else {
                    self.change(document);
                }
            }
        }
    }

    /// Makes a document large in one respect.
    fn enlarge(&mut self, document: &mut Value) {
        let choice = self.below(4);
        let index = self.below(64);
        match choice {
            0 => multiply(self.place(document), index),
            1 => add_schemas(document, [("x".to_owned(), misspelled())]),
            2 => {
                // As identifiers, all are the same.
                let values = (0..MANY).map(|it| "-".repeat(it / 50) + "a" + &"-".repeat(it % 50));
                let values: Vec<String> = values.collect();
                let schema = json!({ "type": "string", "enum": values });
                add_schemas(document, [("x".to_owned(), schema)]);
            }
            _ => {
                let link = LINKS[self.below(LINKS.len())];
                let end = [json!({ "type": "string" }), reference(0)][index % 2].clone();
                let row = (0..MANY).map(|it| link(&reference(it + 1)));
                let row = row.chain([end]).enumerate();
                let mut row: Vec<_> = row.map(|(it, schema)| (format!("x{it}"), schema)).collect();
                if index < 32 {
                    row.reverse();
                }
                add_schemas(document, row);
            }
        }
    }

    /// Changes one place of a document.
    fn change(&mut self, document: &mut Value) {
        let other = self.place(document).clone();
        let choice = self.below(14);
        let number = self.number();
        let text = TEXTS[self.below(TEXTS.len())];
        let index = self.below(64);
        let place = self.place(document);
        match choice {
            0 => *place = other,
            1 => delete(place, index),
            2 => repeat(place, index),
            3 => *place = Value::Null,
            4 => *place = json!(true),
            5 => *place = number,
            6 => *place = json!([]),
            7 => *place = json!({}),
            8 => *place = json!(text),
            9 => *place = json!("x".repeat(100_000)),
            10 => rename(place, index, text),
            11 => {
                let deep = std::mem::take(place);
                *place = (0..index).fold(deep, |it, _| json!({ "items": it, "type": "array" }));
            }
            12 => {
                let names = names(document, "schemas");
                if let Some(name) = names.get(index % names.len().max(1)) {
                    let target = format!("#/components/schemas/{name}");
                    *self.place(document) = json!({ "$ref": target });
                }
            }
            _ => {
                // Swap two places.
                let one = std::mem::replace(place, other);
                *self.place(document) = one;
            }
        }
    }

    fn number(&mut self) -> Value {
        let numbers = [
            json!(0),
            json!(-1),
            json!(i64::MAX),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(0.1),
            json!(1e308),
            json!(-0.0),
        ];
        numbers[self.below(numbers.len())].clone()
    }

    /// Walks down from the root to a random place.
    fn place<'v>(&mut self, mut value: &'v mut Value) -> &'v mut Value {
        loop {
            let count = match &*value {
                Value::Object(members) => members.len(),
                Value::Array(items) => items.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
            };
            if count == 0 || self.0.is_empty() || self.below(8) == 0 {
                return value;
            }
            let index = self.below(count);
            value = match value {
                Value::Object(members) => match members.values_mut().nth(index) {
                    Some(member) => member,
                    None => unreachable!("the index is below the count"),
                },
                Value::Array(items) => &mut items[index],
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    unreachable!("it has no members")
                }
            };
        }
    }
}

fn delete(place: &mut Value, index: usize) {
    match place {
        Value::Object(members) => {
            let mut number = 0;
            members.retain(|_, _| {
                number += 1;
                number != index + 1
            });
        }
        Value::Array(items) if index < items.len() => {
            items.remove(index);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            *place = Value::Null;
        }
    }
}

fn repeat(place: &mut Value, index: usize) {
    match place {
        Value::Object(members) => {
            if let Some((key, value)) = members.iter().nth(index) {
                let (key, value) = (format!("{key}_"), value.clone());
                members.insert(key, value);
            }
        }
        Value::Array(items) => {
            if let Some(item) = items.get(index).cloned() {
                items.push(item);
            }
        }
        Value::String(text) => *text = text.repeat(3),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Repeats a part many times: members under new names, list items with new suffixes.
fn multiply(place: &mut Value, index: usize) {
    match place {
        Value::Object(members) => {
            let index = index % members.len().max(1);
            if let Some((key, value)) = members.iter().nth(index) {
                let (key, value) = (key.clone(), value.clone());
                let names = (0..copies(&value)).map(|it| format!("{key}x{it}"));
                members.extend(names.map(|name| (name, value.clone())));
            }
        }
        Value::Array(items) => {
            if let Some(item) = items.get(index % items.len().max(1)).cloned() {
                items.extend((0..copies(&item)).map(|it| {
                    let text = item.as_str().map(|text| json!(format!("{text}x{it}")));
                    text.unwrap_or_else(|| item.clone())
                }));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Returns how many copies of a value make a document large but not huge.
fn copies(value: &Value) -> usize {
    MANY.min(200_000 / value.to_string().len())
}

/// Returns a schema that requires none of its properties, but others with similar names.
fn misspelled() -> Value {
    let properties = (0..MANY).map(|it| (format!("property{it:04}"), json!({})));
    let required: Vec<String> = (0..MANY).map(|it| format!("required{it:04}")).collect();
    let properties: Map<String, Value> = properties.collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn reference(number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/x{number}") })
}

fn add_schemas(document: &mut Value, schemas: impl IntoIterator<Item = (String, Value)>) {
    if let Some(Value::Object(members)) = document.pointer_mut("/components/schemas") {
        members.extend(schemas);
    }
}

/// Turns JSON into YAML in which aliases repeat a long text.
pub fn add_aliases(source: &mut SourceFile) {
    let rest = source.text.strip_prefix('{').unwrap_or_default();
    let (long, aliases) = ("x".repeat(100_000), "*x, ".repeat(40_000));
    source.text = format!("{{\"x-long\": &x {long}, \"x-longer\": [{aliases}], {rest}");
    source.path = "twilio_demo_v1.yaml".to_owned();
}

fn rename(place: &mut Value, index: usize, text: &str) {
    if let Value::Object(members) = place {
        let old = std::mem::take(members);
        *members = old
            .into_iter()
            .enumerate()
            .map(|(number, (key, value))| {
                let key = if number == index {
                    text.to_owned()
                } else {
                    key
                };
                (key, value)
            })
            .collect::<Map<String, Value>>();
    }
}

fn names(document: &Value, section: &str) -> Vec<String> {
    let members = document["components"][section].as_object();
    members.map_or_else(Vec::new, |it| it.keys().cloned().collect())
}

/// Finds all containers, each with its JSON Pointer and its JSONPath.
fn find_containers(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    let mut go_on = |value, token: &str, selector: &Value| {
        let (pointer, path) = (format!("{pointer}/{token}"), format!("{path}[{selector}]"));
        find_containers(value, &pointer, &path, found);
    };
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let token = key.replace('~', "~0").replace('/', "~1");
                go_on(value, &token, &json!(key));
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                go_on(value, &index.to_string(), &json!(index));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    }
    found.push((pointer.to_owned(), path.to_owned()));
}

fn seeds() -> &'static [Value] {
    static SEEDS: OnceLock<Vec<Value>> = OnceLock::new();
    SEEDS.get_or_init(|| values(&SPECS))
}

fn overlays() -> &'static [Value] {
    static OVERLAY_SEEDS: OnceLock<Vec<Value>> = OnceLock::new();
    OVERLAY_SEEDS.get_or_init(|| values(&OVERLAYS))
}

fn values(texts: &[&str]) -> Vec<Value> {
    let read = |text: &&str| serde_yaml::from_str(text);
    let values: Result<Vec<Value>, _> = texts.iter().map(read).collect();
    values.unwrap_or_else(|error| panic!("a seed is no YAML: {error}"))
}
