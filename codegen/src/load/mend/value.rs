//! Corrects schemas: values that YAML reads as another type, and fields of older OpenAPI versions.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use crate::load::check::count;
use crate::load::check::rule::Kind;
use crate::load::check::rules::SCHEMA;
use crate::pointer::Trail;
use crate::tree::Cursor;

/// What a type is called that any value has.
const ANY: &str = "any";

/// The types, the names that are read as them, and the format that a name implies.
const TYPES: [(&str, &str, Option<&str>); 34] = [
    ("string", "string", None),
    ("number", "number", None),
    ("integer", "integer", None),
    ("boolean", "boolean", None),
    ("array", "array", None),
    ("object", "object", None),
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("uri", "string", Some("uri")),
    ("url", "string", Some("uri")),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("numeric", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("any", ANY, None),
    ("mixed", ANY, None),
    ("json", ANY, None),
    ("enum", ANY, None),
    ("undefined", ANY, None),
    ("", ANY, None),
];

impl Mender {
    pub(super) fn schema(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        self.named(schema, at);
        if schema.text("type") == Some("array")
            && !schema.has("items")
            && !schema.has("prefixItems")
        {
            // It is optional in OpenAPI 3.1.
            if self.version.is_newer() {
                schema.set("items", Map::new(), "type");
            } else {
                self.supply(&SCHEMA, schema, "items", Map::new(), at);
            }
        }
        if let Some(name) = schema.text("discriminator").map(str::to_owned) {
            let value = json!({"propertyName": name});
            schema.set("discriminator", value, "discriminator");
            let field = "discriminator";
            self.report(MendFault::Older { field }, &at.key(field));
        }
        if schema.get("required").is_some_and(Value::is_boolean) {
            schema.drop("required");
            let field = "required";
            self.report(MendFault::Older { field }, &at.key(field));
        }
        // Literally, no value would be valid, which no author means.
        if schema
            .get("enum")
            .is_some_and(|it| it.as_array().is_some_and(Vec::is_empty))
        {
            schema.drop("enum");
            let field = "enum";
            self.report(MendFault::Nothing { field }, &at.key(field));
        }
        self.shown(schema, at);
        self.limits(schema, at);
        self.listed(schema, at);
    }

    /// Reads types of other languages and tools as those of OpenAPI.
    fn named(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let at = at.key("type");
        if let Some(Value::Array(types)) = schema.get("type") {
            // In YAML, `null` is text only in quotes.
            if types.contains(&Value::Null) {
                let null = |it: &Value| {
                    if it.is_null() {
                        json!("null")
                    } else {
                        it.clone()
                    }
                };
                let types: Vec<Value> = types.iter().map(null).collect();
                schema.set("type", types, "type");
            } else if types.is_empty() {
                schema.drop("type");
                self.report(MendFault::Nothing { field: "type" }, &at);
            }
            return;
        }
        let Some(found) = schema.text("type").map(str::to_owned) else {
            return;
        };
        let plain = found.trim().to_ascii_lowercase();
        let mut known = TYPES.into_iter();
        let Some((_, taken, format)) = known.find(|(name, _, _)| *name == plain) else {
            return;
        };
        if found == taken && taken != ANY {
            return;
        }
        match taken {
            ANY => {
                schema.drop("type");
            }
            taken => schema.set("type", taken, "type"),
        }
        if let Some(format) = format.filter(|_| !schema.has("format")) {
            schema.set("format", format, "type");
        }
        let taken = match format {
            Some(format) => format!("{taken}` with the format `{format}"),
            None => taken.to_owned(),
        };
        self.report(MendFault::Respelled { found, taken }, &at);
    }

    /// Corrects what only the documentation shows, and a discriminator without a property.
    fn shown(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        if let Some(Value::Object(examples)) = schema.get("examples") {
            // Those of a media type have names, and their values are below `value`.
            let first = examples.values().next();
            let first = first.map(|it| it.get("value").unwrap_or(it).clone());
            schema.set(
                "examples",
                Value::Array(first.into_iter().collect()),
                "examples",
            );
        }
        let is_useless = |it: &Value| it.is_object() && !it["propertyName"].is_string();
        if schema.get("discriminator").is_some_and(is_useless) {
            schema.drop("discriminator");
            let field = "discriminator";
            self.report(MendFault::Nothing { field }, &at.key(field));
        }
    }

    /// Removes limits with impossible values.
    fn limits(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let is_no_count = |value: &Value| value.as_number().is_some_and(|it| count(it).is_none());
        // The YAML parser returns a number larger than any float as text.
        let is_infinite = |value: &Value| {
            let float: Option<f64> = value.as_str().and_then(|it| it.parse().ok());
            float.is_some_and(f64::is_infinite)
        };
        let counts = SCHEMA.fields.iter();
        let counts = counts.filter(|it| matches!(it.kind, Kind::Count));
        let counts = counts.map(|it| (it.name, true));
        for (field, is_count) in counts.chain([("minimum", false), ("maximum", false)]) {
            let is_unusable =
                |value: &Value| (is_count && is_no_count(value)) || is_infinite(value);
            if schema.get(field).is_some_and(is_unusable) {
                self.report(MendFault::Limit { field }, &at.key(field));
                schema.drop(field);
            }
        }
    }

    /// Converts the values of an enum to its type. If not all of them can be converted, drops the type.
    fn listed(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(typ) = schema.text("type").map(str::to_owned) else {
            return;
        };
        let Some(Value::Array(values)) = schema.get("enum") else {
            return;
        };
        let converted: Vec<Option<Value>> = values.iter().map(|it| as_type(it, &typ)).collect();
        let mut pairs = converted.iter().zip(values);
        let Some(first) = pairs.position(|(new, old)| new.as_ref() != Some(old)) else {
            return;
        };
        let at = at.key("enum");
        let at = at.index(first);
        match converted.into_iter().collect::<Option<Vec<Value>>>() {
            Some(converted) => {
                for (index, value) in converted.into_iter().enumerate() {
                    let mut list = schema.member("enum");
                    if let Some(element) = list.as_mut().and_then(|it| it.element(index)) {
                        *element.value = value;
                    }
                }
                self.report(MendFault::Converted { typ }, &at);
            }
            None => {
                schema.drop("type");
                self.report(MendFault::OtherValues { typ }, &at);
            }
        }
    }
}

/// Converts a value to a type; `None` if that is not possible.
fn as_type(value: &Value, typ: &str) -> Option<Value> {
    match (typ, value) {
        (_, Value::Null) => Some(Value::Null),
        ("string", Value::Bool(_)) => Some(value.to_string().into()),
        // The spelling of a fraction is lost.
        ("string", Value::Number(number)) => {
            let is_whole = number.is_i64() || number.is_u64();
            is_whole.then(|| number.to_string().into())
        }
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) => Some(value.clone()),
        ("integer" | "number", Value::Number(_)) => Some(value.clone()),
        ("integer" | "number", Value::String(text)) => {
            let number: serde_json::Number = text.parse().ok()?;
            Some(number.into())
        }
        ("boolean", Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        ("string" | "integer" | "number" | "boolean", _) => None,
        (_, _) => Some(value.clone()),
    }
}
