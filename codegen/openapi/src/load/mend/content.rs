//! Corrects contents in a wrong place: media types beside `content`, and schemas without a media type or in its place.

use serde_json::{Map, Value};

use super::Mender;
use super::fault::MendFault;
use crate::media_type::{JSON, is_sound};
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

/// The fields of a schema that a media type does not have, and that no other value has.
const OF_SCHEMA: [&str; 7] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
];

impl Mender {
    /// Moves media types, and a schema without one, into the content of a body or a response.
    pub(super) fn misplaced_content(&mut self, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        let is_schema = |it: &str| it.starts_with("#/components/schemas/");
        if owner.text("$ref").is_some_and(is_schema) {
            let mut schema = Branch::object(&owner.to_branch().node);
            if let Some(reference) = owner.take("$ref") {
                schema.cursor().put("$ref", reference);
            }
            self.move_schema(owner, schema, "$ref", at);
        }
        let content = owner.get("content").and_then(Value::as_object);
        let has_schema = content
            .is_some_and(|it| it.contains_key("schema") && !it.keys().any(|key| key.contains('/')));
        if has_schema
            && let Some(mut content) = owner.take("content")
            && let Some(schema) = content.cursor().take("schema")
        {
            self.move_schema(owner, schema, "schema", &at.key("content"));
            return;
        }
        if owner.has("content") || owner.has("$ref") {
            return;
        }
        let is_type = |it: &&String| it.contains('/') && is_sound(it);
        let types: Vec<String> = owner.keys().iter().filter(is_type).cloned().collect();
        for found in types {
            if let Some(media_type) = owner.take(&found) {
                self.move_into_content(owner, &found, media_type);
                let field = found.clone();
                let place = "`content`";
                self.report(MendFault::Misplaced { field, place }, &at.key(&found));
            }
        }
        if !owner.has("content")
            && let Some(schema) = owner.take("schema")
        {
            self.move_schema(owner, schema, "schema", at);
        }
    }

    /// Makes a schema that is there in place of a content that of JSON.
    fn move_schema(&mut self, owner: &mut Cursor<'_>, schema: Branch, field: &str, at: &Trail<'_>) {
        let mut media_type = Branch::object(&schema.node);
        media_type.cursor().put("schema", schema);
        self.move_into_content(owner, JSON, media_type);
        let at = at.key(field);
        let field = field.to_owned();
        let place = "`content: {application/json: {schema: …}}`";
        self.report(MendFault::Misplaced { field, place }, &at);
    }

    /// Moves what describes a schema, but is among its properties, out of them.
    pub(super) fn misplaced_keywords(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let members = properties.into_iter().flatten();
        let is_newer = self.version.is_newer();
        let misplaced = members.filter(|(key, value)| match (key.as_str(), value) {
            ("required", Value::Array(list)) => list.iter().all(Value::is_string),
            ("type" | "title" | "description" | "format", it) => it.is_string(),
            // In OpenAPI 3.1, these are schemas.
            ("additionalProperties" | "nullable" | "deprecated", it) => {
                it.is_boolean() && !is_newer
            }
            _ => false,
        });
        let misplaced: Vec<String> = misplaced.map(|(key, _)| key.clone()).collect();
        for field in misplaced {
            let mut properties = schema.member("properties");
            let value = properties.as_mut().and_then(|it| it.take(&field));
            if let Some(value) = value.filter(|_| !schema.has(&field)) {
                schema.put(&field, value);
            }
            let at = at.key("properties");
            let at = at.key(&field);
            let fault = MendFault::Misplaced {
                field: field.clone(),
                place: "the schema around `properties`",
            };
            self.report(fault, &at);
        }
    }

    fn move_into_content(&mut self, owner: &mut Cursor<'_>, name: &str, media_type: Branch) {
        if !owner.has("content") {
            owner.put("content", Branch::object(&media_type.node));
        }
        if let Some(mut content) = owner.member("content") {
            content.put(name, media_type);
        }
    }

    /// Moves the fields of a schema that are in the place of a media type's into its `schema`.
    pub(super) fn misplaced_schema(&mut self, media_type: &mut Cursor<'_>, at: &Trail<'_>) {
        // OpenAPI 3.2 has shared media types, which are not supported.
        let is_shared = |it: &str| it.starts_with("#/components/mediaTypes/");
        if media_type.text("$ref").is_some_and(is_shared) {
            return;
        }
        let first = OF_SCHEMA.into_iter().find(|it| media_type.has(it));
        let Some(field) = first.filter(|_| !media_type.has("schema")) else {
            return;
        };
        let own = ["example", "examples", "encoding"];
        let is_moved = |it: &&String| !own.contains(&it.as_str()) && !it.starts_with("x-");
        let moved: Vec<String> = media_type.keys().iter().filter(is_moved).cloned().collect();
        let fields = moved
            .into_iter()
            .filter_map(|it| Some((media_type.take(&it)?, it)));
        let fields: Vec<(Branch, String)> = fields.collect();
        media_type.set("schema", Value::Object(Map::new()), field);
        if let Some(mut schema) = media_type.member("schema") {
            for (value, field) in fields {
                schema.put(&field, value);
            }
        }
        let place = "`schema`";
        let fault = MendFault::Misplaced {
            field: field.to_owned(),
            place,
        };
        self.report(fault, &at.key(field));
    }
}
