//! Corrects a document's version and the places of its components, and turns the fields that Swagger 2.0 has in the place of
//! `servers` and `securitySchemes` into those.

use serde_json::{Map, Value, json};

use super::fault::MendFault;
use super::value::is_type;
use super::{Mender, is_same_word};
use crate::load::check::rules::COMPONENTS;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor, Tree};

/// The sections of `components` that a document has at its top by mistake, and that nothing else there is called.
const SECTIONS: [&str; 3] = ["schemas", "requestBodies", "securitySchemes"];

/// What a document calls its schemas by mistake.
const OTHER_SCHEMAS: [&str; 3] = ["schema", "definitions", "models"];

impl Mender {
    /// Corrects the key of the version, which may be the former name of the specification.
    pub(super) fn version_key(&mut self, document: &mut Tree) {
        let mut document = document.cursor();
        let at = Trail::root();
        if !document.has("openapi") && document.has("swagger") {
            document.respell("swagger", "openapi");
            let (found, taken) = ("swagger".to_owned(), "openapi".to_owned());
            self.report(MendFault::RespelledKey { found, taken }, &at.key("openapi"));
        }
    }

    /// Moves schemas into their section that are beside it, or in one with another name.
    pub(super) fn misplaced_schemas(&mut self, document: &mut Tree) {
        let mut document = document.cursor();
        let Some(mut components) = document.member("components") else {
            return;
        };
        let at = Trail::root();
        let at = at.key("components");
        for found in components.keys() {
            let is_section = |name: &str| is_same_word(name, &found);
            if COMPONENTS.fields.iter().any(|it| is_section(it.name)) || found.starts_with("x-") {
                continue;
            }
            let value = components.get(&found).cloned().unwrap_or_default();
            let members = value.as_object().into_iter().flat_map(Map::values);
            let is_other = OTHER_SCHEMAS.contains(&found.as_str())
                && !components.has("schemas")
                && members.clone().all(is_schema)
                && members.count() > 0;
            if is_other {
                components.respell(&found, "schemas");
                let taken = "schemas".to_owned();
                self.report(MendFault::RespelledKey { found, taken }, &at.key("schemas"));
            } else if is_schema(&value)
                && !has_schema(&components, &found)
                && let Some(schema) = components.take(&found)
            {
                put_into(&mut components, "schemas", &found, schema);
                let place = "`schemas`";
                let field = found.clone();
                self.report(MendFault::Misplaced { field, place }, &at.key(&found));
            }
        }
    }

    /// Moves sections of `components` into them that are beside them: YAML that is not indented far enough.
    pub(super) fn misplaced_sections(&mut self, document: &mut Tree) {
        let mut document = document.cursor();
        let root = Trail::root();
        for field in SECTIONS {
            let components = document.get("components");
            let is_fit = components.is_none_or(|it| it.is_object() && it.get(field).is_none());
            if !is_fit || !document.get(field).is_some_and(Value::is_object) {
                continue;
            }
            if let Some(section) = document.take(field) {
                put_component(&mut document, field, section);
                let fault = MendFault::Misplaced {
                    field: field.to_owned(),
                    place: "`components`",
                };
                self.report(fault, &root.key(field));
            }
        }
    }

    /// Turns `host`, `basePath` and `schemes` into a server, and `securityDefinitions` into security schemes, if the
    /// document has none of its own.
    pub(super) fn older_document(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        let field = ["host", "basePath"].into_iter().find(|it| document.has(it));
        if let Some(field) = field.filter(|_| !document.has("servers")) {
            let url = older_server(document);
            document.set("servers", json!([{"url": url}]), field);
            for field in ["host", "basePath", "schemes"] {
                document.drop(field);
            }
            self.report(MendFault::Older { field }, &at.key(field));
        }
        let field = "securityDefinitions";
        let components = document.get("components");
        let has_own = components.is_some_and(|it| it.get("securitySchemes").is_some());
        if has_own || !document.get(field).is_some_and(Value::is_object) {
            return;
        }
        if let Some(schemes) = document.take(field) {
            put_component(document, "securitySchemes", schemes);
            self.report(MendFault::Older { field }, &at.key(field));
        }
    }
}

/// Puts a section into `components`.
pub(super) fn put_component(document: &mut Cursor<'_>, section: &str, value: Branch) {
    put_into(document, "components", section, value);
}

/// Puts a member into an object, which is created if it is missing.
fn put_into(owner: &mut Cursor<'_>, object: &str, key: &str, value: Branch) {
    if !owner.has(object) {
        owner.put(object, Branch::object(&value.node));
    }
    if let Some(mut object) = owner.member(object) {
        object.put(key, value);
    }
}

/// Whether a value can only be a schema.
fn is_schema(value: &Value) -> bool {
    let has = |field: &str, is_fit: fn(&Value) -> bool| value.get(field).is_some_and(is_fit);
    let is_parameter = value.get("in").is_some_and(Value::is_string);
    let has_list = |field: &&str| has(field, Value::is_array);
    !is_parameter
        && (has("type", |it| it.as_str().is_some_and(is_type))
            || has("properties", Value::is_object)
            || ["allOf", "anyOf", "oneOf", "enum"].iter().any(has_list))
}

fn has_schema(components: &Cursor<'_>, name: &str) -> bool {
    let schemas = components.get("schemas");
    schemas.is_some_and(|it| !it.is_object() || it.get(name).is_some())
}

/// The URL of the server. Without `schemes`, it is encrypted.
fn older_server(document: &Cursor<'_>) -> String {
    let schemes = document.get("schemes").and_then(Value::as_array);
    let mut schemes = schemes.into_iter().flatten().filter_map(Value::as_str);
    let is_plain = schemes.clone().any(|it| it == "http") && !schemes.any(|it| it == "https");
    let scheme = if is_plain { "http" } else { "https" };
    let path = document.text("basePath").unwrap_or_default();
    let path = path.trim_matches('/');
    match document.text("host") {
        Some(host) => format!("{scheme}://{host}/{path}")
            .trim_end_matches('/')
            .to_owned(),
        None => format!("/{path}"),
    }
}
