//! Corrects parameters and headers: those of Swagger 2.0, those without a description of their values, and locations and
//! styles in another spelling.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use crate::load::check::rule::ObjectRule;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

/// The fields of Swagger 2.0 that describe a value. OpenAPI 3 has them in a schema.
const OF_VALUE: [&str; 17] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "nullable",
];

/// The styles of each location, the default first.
const STYLES: [(&str, &[&str]); 4] = [
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "matrix", "label"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

impl Mender {
    /// Corrects a parameter.
    pub(super) fn parameter(
        &mut self,
        rule: &ObjectRule,
        parameter: &mut Cursor<'_>,
        at: &Trail<'_>,
    ) {
        self.location(parameter, at);
        self.value_of(rule, parameter, at);
        let location = parameter.text("in");
        let styles = STYLES.iter().find(|(name, _)| Some(*name) == location);
        let Some((_, styles)) = styles else { return };
        let Some(style) = parameter.text("style").filter(|it| !styles.contains(it)) else {
            return;
        };
        let found = style.to_owned();
        let taken = styles[0].to_owned();
        // Values with commas between them are the same as of `form` without `explode`.
        if found == "simple" && !parameter.has("explode") {
            parameter.set("explode", false, "style");
        }
        parameter.set("style", taken.clone(), "style");
        self.report(MendFault::Respelled { found, taken }, &at.key("style"));
    }

    /// Corrects the case of a location.
    fn location(&mut self, parameter: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(found) = parameter.text("in").map(str::to_owned) else {
            return;
        };
        let plain = found.trim().to_ascii_lowercase();
        let is_same = |name: &&str| plain == *name || plain.strip_suffix('s') == Some(*name);
        let known = STYLES.iter().map(|(name, _)| *name).find(is_same);
        if let Some(known) = known.filter(|it| *it != found) {
            parameter.set("in", known, "in");
            let taken = known.to_owned();
            self.report(MendFault::Respelled { found, taken }, &at.key("in"));
        }
    }

    /// Moves the description of a value into a schema, or supplies that of text.
    pub(super) fn value_of(&mut self, rule: &ObjectRule, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        let older = OF_VALUE.into_iter().find(|it| owner.has(it));
        let is_described = owner.has("schema") || owner.has("content");
        if let Some(field) = older {
            self.report(MendFault::Older { field }, &at.key(field));
            self.delimiters(owner);
            let fields = OF_VALUE.into_iter();
            let fields = fields.filter_map(|it| Some((it, owner.take(it)?)));
            let fields: Vec<(&str, Branch)> = fields.collect();
            let schema = fields.first().map(|(_, it)| Branch::object(&it.node));
            owner.drop("collectionFormat");
            if let Some(mut schema) = schema.filter(|_| !is_described) {
                for (field, value) in fields {
                    schema.cursor().put(field, value);
                }
                owner.put("schema", schema);
            }
        } else if !is_described {
            let object = rule.name;
            let field = "schema";
            self.report(MendFault::Supplied { object, field }, at);
            let schema: Map<String, Value> =
                [("type".to_owned(), json!("string"))].into_iter().collect();
            owner.set("schema", schema, "name");
        }
    }

    /// Expresses how Swagger 2.0 separates the items of a list.
    fn delimiters(&mut self, parameter: &mut Cursor<'_>) {
        if parameter.text("type") != Some("array") || parameter.has("style") {
            return;
        }
        let (style, explode) = match parameter.text("collectionFormat") {
            Some("multi") => (None, true),
            Some("ssv") => (Some("spaceDelimited"), false),
            Some("pipes") => (Some("pipeDelimited"), false),
            Some(_) | None => (None, false),
        };
        if parameter.text("in") == Some("query") {
            if let Some(style) = style {
                parameter.set("style", style, "collectionFormat");
            }
            parameter.set("explode", explode, "collectionFormat");
        }
    }
}
