//! What a spec says of JSON that a form carries as text, place by place.
//!
//! No type is made of such JSON, so this is all that tells whether it is another. Prose is left out, and references
//! are resolved: a component stands at its first place, and a further one says that it is like that.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, SchemaKind};
use serde_json::Map;

use super::Lowering;
use super::annotations::marks_of;
use super::component::{MAX_LEVELS, component};
use super::view::{Part, SchemaRef};
use crate::api::{Json, LIMIT_KEYWORDS, Marks};
use crate::load;
use crate::pointer::Pointer;
use crate::vendor::Vendor;

/// What is said in prose, or of extensions that are nothing to callers.
const PROSE: [&str; 4] = ["description", "title", "example", "externalDocs"];

/// What the parameter itself says of the whole value, beside its limits.
const OWN: [&str; 7] = [
    "type",
    "nullable",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
    "pii",
];

/// How many places a document may have in all its forms, with references resolved and each item of a list counted.
const MAX_PLACES: usize = 100_000;

/// How many characters the name of a place may have.
const MAX_NAME: usize = 2_000;

impl Lowering<'_> {
    /// The facts about the JSON that has this schema, by place: `.rules[].name`. Each place but the whole says `in` which
    /// other it is.
    pub(super) fn facts(&mut self, at: &Pointer, schema: Json) -> BTreeMap<String, Json> {
        let mut facts: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
        let mut firsts: BTreeMap<String, String> = BTreeMap::new();
        // In the order of the places, so that the order of the spec's keys is nothing.
        let mut open: BTreeSet<(String, usize)> = BTreeSet::from([(String::new(), 0)]);
        let mut schemas = vec![schema];
        while let Some((place, number)) = open.pop_first() {
            let schema = self.as_sent(std::mem::take(&mut schemas[number]));
            let mut found = Shallow::of(self.vendor, schema);
            let lists = found.said.values().filter_map(Json::as_array);
            self.places += 1 + lists.map(Vec::len).sum::<usize>();
            if self.places > MAX_PLACES || place.len() > MAX_NAME {
                self.unsupported(at, "a form with JSON of too many parts");
                break;
            }
            if let Some(name) = found.reference.take() {
                match firsts.get(&name) {
                    Some(first) => {
                        let like = Json::from(first.as_str());
                        found.said.insert("like".to_owned(), like);
                    }
                    None => {
                        found.parts.push((String::new(), self.component(&name)));
                        firsts.insert(name, place.clone());
                    }
                }
            }
            for (part, schema) in found.parts {
                let inner = format!("{place}{part}");
                if !part.is_empty() {
                    let facts = facts.entry(inner.clone()).or_default();
                    facts.insert("in".to_owned(), Json::from(place.as_str()));
                }
                open.insert((inner, schemas.len()));
                schemas.push(schema);
            }
            facts.entry(place).or_default().extend(found.said);
        }
        if let Some(whole) = facts.get_mut("") {
            let is_own = |key: &str| OWN.contains(&key) || LIMIT_KEYWORDS.contains(&key);
            whole.retain(|key, _| !is_own(key));
        }
        let facts = facts.into_iter();
        facts.map(|(place, it)| (place, Json::Object(it))).collect()
    }

    /// A schema without the properties that only come back. Those of which that is said along with the opposite need
    /// not be there.
    fn as_sent(&self, mut schema: Json) -> Json {
        let Some(Json::Object(properties)) = schema.get_mut("properties") else {
            return schema;
        };
        let mut not_required = BTreeSet::new();
        properties.retain(|name, property| {
            let marks = self.marks(property);
            if marks.read_only {
                not_required.insert(name.clone());
            }
            marks.direction().is_sent()
        });
        if !not_required.is_empty()
            && let Some(Json::Array(required)) = schema.get_mut("required")
        {
            required.retain(|it| it.as_str().is_none_or(|name| !not_required.contains(name)));
            let is_empty = required.is_empty();
            if let (true, Some(schema)) = (is_empty, schema.as_object_mut()) {
                schema.remove("required");
            }
        }
        schema
    }

    /// What is said of the ways of a property with this schema, here or in the schemas that it refines.
    fn marks(&self, schema: &Json) -> Marks {
        let is_set = |key: &str| schema.get(key) == Some(&Json::Bool(true));
        let own = Marks {
            read_only: is_set("readOnly"),
            write_only: is_set("writeOnly"),
        };
        let refined = schema.get("allOf").and_then(Json::as_array);
        let reference = schema.get("$ref").and_then(Json::as_str);
        match (reference, refined.map(Vec::as_slice)) {
            (Some(reference), _) => own.and(self.marks_behind(reference)),
            (None, Some([only])) => own.and(self.marks(only)),
            (None, Some(_) | None) => own,
        }
    }

    /// The same, of a component.
    fn marks_behind(&self, reference: &str) -> Marks {
        let behind = |reference: &str| component(self.spec, reference).map(|it| it.schema);
        let mut marks = Marks::default();
        let mut next = behind(reference);
        // A longer row is reported where it is lowered.
        for _ in 0..MAX_LEVELS {
            next = match next {
                None => break,
                Some(ReferenceOr::Reference { reference }) => behind(reference),
                Some(ReferenceOr::Item(schema)) => {
                    marks = marks.and(marks_of(schema));
                    match &schema.schema_kind {
                        SchemaKind::AllOf { all_of } if all_of.len() == 1 => all_of.first(),
                        SchemaKind::AllOf { .. } | SchemaKind::OneOf { .. } => None,
                        SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => None,
                        SchemaKind::Type(_) | SchemaKind::Any(_) => None,
                    }
                }
            };
        }
        marks
    }

    fn component(&self, reference: &str) -> Json {
        component(self.spec, reference).map_or(Json::Null, |it| json(it.schema))
    }
}

/// A schema as a document writes it, which is an `allOf` if it has several parts.
pub(super) fn written(parts: &[Part<'_>]) -> Json {
    let mut parts: Vec<Json> = parts.iter().map(|it| one(it.schema)).collect();
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            serde_json::json!({ "allOf": parts })
        }
    }
}

/// The same without prose and extensions, its references left as they are.
pub(super) fn without_prose(schema: Json) -> Json {
    match schema {
        Json::Object(fields) => {
            let is_prose = |name: &str| PROSE.contains(&name) || name.starts_with("x-");
            let said = fields.into_iter();
            let said = said.filter(|(name, _)| !is_prose(name) || load::limit_key(name).is_some());
            let said = said.map(|(name, value)| match (name.as_str(), value) {
                // Their names are no keywords.
                ("properties", Json::Object(properties)) => {
                    let properties = properties.into_iter();
                    let properties = properties.map(|(name, it)| (name, without_prose(it)));
                    (name, Json::Object(properties.collect()))
                }
                (_, value) => (name, without_prose(value)),
            });
            Json::Object(said.collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(without_prose).collect()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => schema,
    }
}

fn one(schema: SchemaRef<'_>) -> Json {
    match schema {
        SchemaRef::Reference(reference) => serde_json::json!({ "$ref": reference }),
        SchemaRef::Inline(it) | SchemaRef::Own(it) | SchemaRef::Choice(it, _) => json(it),
    }
}

fn json<T: serde::Serialize>(schema: &T) -> Json {
    // A schema that was read from JSON can be written as such.
    serde_json::to_value(schema).unwrap_or_default()
}

/// A schema without those in it.
#[derive(Default)]
struct Shallow {
    said: Map<String, Json>,
    /// The schemas in it, with where they stand from here.
    parts: Vec<(String, Json)>,
    reference: Option<String>,
}

impl Shallow {
    fn of(vendor: Vendor, schema: Json) -> Self {
        let mut shallow = Self::default();
        let Json::Object(schema) = schema else {
            return shallow;
        };
        for (key, value) in schema {
            shallow.add(vendor, key, value);
        }
        shallow
    }

    fn add(&mut self, vendor: Vendor, key: String, value: Json) {
        match (key.as_str(), value) {
            ("$ref", Json::String(reference)) => self.reference = Some(reference),
            ("properties", Json::Object(properties)) => {
                let parts = properties.into_iter();
                self.parts
                    .extend(parts.map(|(name, it)| (format!(".{name}"), it)));
            }
            ("items", it) => self.parts.push(("[]".to_owned(), it)),
            ("additionalProperties", it @ Json::Object(_)) => {
                self.parts.push(("{}".to_owned(), it));
            }
            ("not", it) => self.parts.push(("!".to_owned(), it)),
            ("allOf", Json::Array(mut all)) if all.len() == 1 => {
                let only = all.pop().unwrap_or_default();
                self.parts.push((String::new(), only));
            }
            ("allOf" | "anyOf" | "oneOf", Json::Array(list)) => {
                let parts = list.into_iter().enumerate();
                self.parts
                    .extend(parts.map(|(index, it)| (format!("<{key} {index}>"), it)));
            }
            ("required" | "enum", Json::Array(mut list)) => {
                list.sort_by_cached_key(Json::to_string);
                self.said.insert(key, Json::Array(list));
            }
            (name, value) if let Some(key) = load::limit_key(name) => {
                self.said.insert(key.to_owned(), value);
            }
            (name, value) if name.starts_with("x-") => {
                let extensions = [(name.to_owned(), value)].into_iter().collect();
                if vendor.is_pii(&extensions) {
                    self.said.insert("pii".to_owned(), Json::Bool(true));
                }
            }
            (name, _) if PROSE.contains(&name) => {}
            (_, value) => {
                self.said.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::api::Json;
    use crate::source::SourceFile;

    /// The facts about the field `Value` of a form, beside these component schemas; or what is wrong with them.
    fn facts(value: &str, schemas: &str) -> Result<BTreeMap<String, Json>, String> {
        let text = format!(
            r#"{{"openapi": "3.0.1", "info": {{"title": "Demo", "version": "1"}},
            "servers": [{{"url": "https://demo.example.com"}}],
            "paths": {{"/v1/Sims": {{"post": {{"operationId": "CreateSim",
                "requestBody": {{"content": {{"application/x-www-form-urlencoded": {{"schema":
                    {{"type": "object", "properties": {{"Value": {value}}}}}}}}}}},
                "responses": {{"204": {{"description": "Done."}}}}}}}}}},
            "components": {{"schemas": {{{schemas}}}}}}}"#
        );
        let path = "twilio_demo_v1.json".to_owned();
        let apis =
            crate::models(&[SourceFile { path, text }]).map_err(|report| report.to_string())?;
        Ok(apis[0].operations[0].parameters[0].json.clone())
    }

    #[test]
    fn another_spelling_is_the_same() {
        let inline = facts(
            r#"{"type": "object", "required": ["a", "b"], "properties": {
                "a": {"type": "string", "enum": ["x", "y"]},
                "b": {"type": "array", "items": {"type": "integer", "description": "Many."}}}}"#,
            "",
        );
        let referenced = facts(
            r##"{"$ref": "#/components/schemas/it"}"##,
            r##""it": {"type": "object", "properties": {
                "b": {"items": {"type": "integer"}, "type": "array"},
                "a": {"allOf": [{"$ref": "#/components/schemas/a"}]}}, "required": ["b", "a"]},
            "a": {"type": "string", "title": "A", "enum": ["y", "x"]}"##,
        );
        let inline = inline.expect("a model");
        let places: Vec<&str> = inline.keys().map(String::as_str).collect();
        assert_eq!(places, ["", ".a", ".b", ".b[]"]);
        assert_eq!(referenced, Ok(inline));
    }

    #[test]
    fn what_only_comes_back_is_no_part_of_a_form() {
        let schemas = r##""id": {"type": "string", "readOnly": true},
            "own": {"allOf": [{"$ref": "#/components/schemas/id"}]}"##;
        let sent = facts(
            r#"{"type": "object", "properties": {"b": {"type": "string"}, "e": {
                "type": "object", "required": ["f"], "properties": {"f": {"type": "string"}}}}}"#,
            schemas,
        );
        let marked = facts(
            r##"{"type": "object", "required": ["a", "c"], "properties": {
                "a": {"$ref": "#/components/schemas/own"},
                "b": {"type": "string"},
                "c": {"type": "object", "readOnly": true, "properties": {"d": {}}},
                "e": {"type": "object", "required": ["f", "g"], "properties": {
                    "f": {"type": "string"}, "g": {"$ref": "#/components/schemas/id"}}}}}"##,
            schemas,
        );
        let sent = sent.expect("a model");
        let places: Vec<&String> = sent.keys().collect();
        assert_eq!(places, ["", ".b", ".e", ".e.f"]);
        assert_eq!(marked, Ok(sent));
    }

    #[test]
    fn what_holds_itself_has_an_end() {
        let facts = facts(
            r##"{"type": "object", "properties": {"tree": {"$ref": "#/components/schemas/tree"}}}"##,
            r##""tree": {"type": "object", "properties": {
                "more": {"type": "array", "items": {"$ref": "#/components/schemas/tree"}}}}"##,
        );
        let facts = facts.expect("a model");
        assert_eq!(facts[".tree.more[]"]["like"], ".tree");
        assert_eq!(facts.len(), 4);
    }

    #[test]
    fn a_chain_without_end_is_refused() {
        let name = "x".repeat(300);
        let link = |number: usize| {
            let next = number + 1;
            format!(
                r##""c{number}": {{"type": "object", "properties": {{"{name}": {{"$ref": "#/components/schemas/c{next}"}}}}}}"##
            )
        };
        let mut chain: Vec<String> = (0..9).map(link).collect();
        chain.push(r#""c9": {"type": "object"}"#.to_owned());
        let fault = facts(r##"{"$ref": "#/components/schemas/c0"}"##, &chain.join(","));
        let fault = fault.expect_err("too long");
        assert!(fault.contains("JSON of too many parts"), "{fault}");
    }
}
