//! Corrects schemas: values that YAML reads as another type, and fields of older OpenAPI versions.

use serde_json::{Map, Number, Value, json};

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
const TYPES: [(&str, &str, Option<&str>); 49] = [
    ("string", "string", None),
    ("number", "number", None),
    ("integer", "integer", None),
    ("boolean", "boolean", None),
    ("array", "array", None),
    ("object", "object", None),
    ("str", "string", None),
    ("text", "string", None),
    ("char", "string", None),
    ("varchar", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("time", "string", Some("time")),
    ("uuid", "string", Some("uuid")),
    ("guid", "string", Some("uuid")),
    ("email", "string", Some("email")),
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
    ("bigdecimal", "number", None),
    ("short", "integer", None),
    ("biginteger", "integer", None),
    ("bigint", "integer", None),
    ("smallint", "integer", None),
    ("numeric", "number", None),
    ("real", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("hash", "object", None),
    ("dictionary", "object", None),
    ("any", ANY, None),
    ("mixed", ANY, None),
    ("json", ANY, None),
    ("enum", ANY, None),
    ("undefined", ANY, None),
    ("unknown", ANY, None),
    ("*", ANY, None),
    ("", ANY, None),
];

impl Mender {
    pub(super) fn schema(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        self.misplaced_keywords(schema, at);
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
        let name = schema.get("discriminator");
        let only = name.and_then(Value::as_array).filter(|it| it.len() == 1);
        let name = only
            .and_then(|it| it.first())
            .or(name)
            .and_then(Value::as_str);
        if let Some(name) = name.map(str::to_owned) {
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
        if schema.get("type").is_some_and(Value::is_array) {
            self.several_types(schema, &at);
            return;
        }
        let Some(found) = schema.text("type").map(str::to_owned) else {
            return;
        };
        let Some((taken, format)) = known_type(&found) else {
            self.compound_type(schema, found, &at);
            return;
        };
        if found == "object" && is_stream(schema) {
            schema.set("type", "string", "type");
            schema.set("format", "binary", "format");
            let taken = "string` with the format `binary".to_owned();
            self.report(MendFault::Respelled { found, taken }, &at);
            return;
        }
        if found == taken && taken != ANY {
            return;
        }
        let format = format.filter(|it| is_format(schema, &found, it));
        match taken {
            ANY => {
                schema.drop("type");
            }
            taken => schema.set("type", taken, "type"),
        }
        if let Some(format) = format.filter(|_| !schema.has("format")) {
            schema.set("format", format, "type");
        }
        let fault = match format {
            _ if taken == ANY => MendFault::Untyped { found },
            Some(format) => MendFault::Respelled {
                found,
                taken: format!("{taken}` with the format `{format}"),
            },
            None => MendFault::Respelled {
                found,
                taken: taken.to_owned(),
            },
        };
        self.report(fault, &at);
    }

    /// Corrects a list of types.
    fn several_types(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
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
                self.report(MendFault::Nothing { field: "type" }, at);
            }
        }
    }

    /// Reads what other languages write with several types: `string[]`, `string|null`.
    fn compound_type(&mut self, schema: &mut Cursor<'_>, found: String, at: &Trail<'_>) {
        if let Some(item) = found.strip_suffix("[]").filter(|it| is_type(it)) {
            let item = item.to_owned();
            if !schema.has("items") {
                schema.set("items", json!({"type": item}), "type");
            }
            schema.set("type", "array", "type");
            let taken = format!("array` of `{item}");
            self.report(MendFault::Respelled { found, taken }, at);
            return;
        }
        let parts = found.split(['|', ',']).map(str::trim);
        let parts: Vec<&str> = parts.collect();
        let is_null = |it: &&str| it.eq_ignore_ascii_case("null");
        if parts.len() < 2 || !parts.iter().all(|it| is_null(it) || is_type(it)) {
            return;
        }
        let types: Vec<&str> = parts.iter().filter(|it| !is_null(it)).copied().collect();
        let may_be_null = types.len() < parts.len();
        match &types[..] {
            [only] => {
                let only = (*only).to_owned();
                schema.set("type", only.clone(), "type");
                if self.version.is_newer() {
                    schema.set("type", json!([only, "null"]), "type");
                } else {
                    schema.set("nullable", may_be_null, "type");
                }
                let taken = format!("{only}` or `null");
                self.report(MendFault::Respelled { found, taken }, at);
            }
            _ => {
                schema.drop("type");
                self.report(MendFault::Untyped { found }, at);
            }
        }
    }

    /// Corrects what only the documentation shows, and a discriminator without a property.
    fn shown(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        if schema
            .get("examples")
            .is_some_and(|it| !it.is_object() && !it.is_array())
        {
            let only = schema.drop("examples");
            schema.set(
                "examples",
                Value::Array(only.into_iter().collect()),
                "examples",
            );
        }
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

    /// Removes limits with impossible values. The YAML parser returns a number larger than any float as text.
    fn limits(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let counts = SCHEMA.fields.iter();
        let counts = counts.filter(|it| matches!(it.kind, Kind::Count));
        let counts = counts.map(|it| (it.name, true));
        for (field, is_count) in counts.chain([("minimum", false), ("maximum", false)]) {
            let is_usable = |number: &Number| !is_count || count(number).is_some();
            let value = schema.get(field);
            if value.is_some_and(|it| !it.as_number().is_some_and(is_usable)) {
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
        self.nested_list(schema, &typ, at);
        let Some(mut list) = schema.member("enum") else {
            return;
        };
        let mut first = None;
        let mut converted = Vec::new();
        for index in 0..list.count() {
            if let Some(element) = list.element(index) {
                let taken = as_type(&element, &typ);
                if taken.as_ref() != Some(element.value) {
                    first = first.or(Some(index));
                }
                converted.push(taken);
            }
        }
        let Some(first) = first else { return };
        let at = at.key("enum");
        let at = at.index(first);
        match converted.into_iter().collect::<Option<Vec<Value>>>() {
            Some(converted) => {
                for (index, value) in converted.into_iter().enumerate() {
                    if let Some(element) = list.element(index) {
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

    /// Reads a list among the values of an enum as its elements, if no value of the type is a list: in YAML, brackets after a
    /// dash.
    fn nested_list(&mut self, schema: &mut Cursor<'_>, typ: &str, at: &Trail<'_>) {
        let is_scalar = ["string", "integer", "number", "boolean"].contains(&typ);
        let list = schema.get("enum").and_then(Value::as_array);
        let nested = list.and_then(|it| it.iter().position(Value::is_array));
        if let Some(index) = nested.filter(|_| is_scalar)
            && let Some(list) = schema.take("enum")
        {
            schema.put("enum", list.flattened());
            let fault = MendFault::OtherKind {
                expected: "a value of the type",
                found: "a list",
                taken: "its elements".to_owned(),
            };
            self.report(fault, &at.key("enum").index(index));
        }
    }
}

/// Whether an object is a stream of bytes, as AutoRest writes it.
fn is_stream(object: &Cursor<'_>) -> bool {
    object.text("format") == Some("file") && !object.has("properties")
}

/// Whether a text is the name of a type.
pub(super) fn is_type(text: &str) -> bool {
    !text.trim().is_empty() && known_type(text).is_some()
}

/// Whether a schema with the type `found` has a format that this implies. The class `Date` of many languages is usually
/// written with its time, and an example shows more than a name.
fn is_format(schema: &Cursor<'_>, found: &str, format: &str) -> bool {
    let shown = schema.text("example").or_else(|| schema.text("default"));
    match format {
        "date" => found.trim() != "Date" && shown.is_none_or(|it| it.len() == "2026-01-31".len()),
        "date-time" => shown.is_none_or(|it| it.contains(['T', 't'])),
        _ => true,
    }
}

/// The type that a name means, and the format that it implies.
fn known_type(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let plain = name.trim().to_ascii_lowercase();
    let mut known = TYPES.into_iter();
    let (_, taken, format) = known.find(|(name, _, _)| *name == plain)?;
    Some((taken, format))
}

/// Converts a value to a type; `None` if that is not possible.
fn as_type(element: &Cursor<'_>, typ: &str) -> Option<Value> {
    let value = &*element.value;
    match (typ, value) {
        (_, Value::Null) => Some(Value::Null),
        ("string", Value::Bool(_)) => Some(value.to_string().into()),
        ("string", Value::Number(number)) if number.is_i64() || number.is_u64() => {
            Some(number.to_string().into())
        }
        // `1.10` is not `1.1`.
        ("string", Value::Number(_)) => element.float_text().map(Value::from),
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) => Some(value.clone()),
        ("integer" | "number", Value::Number(_)) => Some(value.clone()),
        ("integer" | "number", Value::String(text)) => {
            let number: Number = text.parse().ok()?;
            Some(number.into())
        }
        ("boolean", Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        ("string" | "integer" | "number" | "boolean", _) => None,
        (_, _) => Some(value.clone()),
    }
}
