//! Corrects parameters and headers: those of Swagger 2.0, those without a description of their values, and names and
//! locations in another spelling.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use super::style::STYLES;
use crate::load::check::rule::ObjectRule;
use crate::pointer::{Pointer, Trail};
use crate::tree::{Branch, Cursor, Tree};

/// How many references in a row to follow to a parameter; cycles are reported elsewhere.
const MAX_REFERENCES: usize = 32;

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

/// What lists of parameters of one location are called elsewhere.
const LISTS: [&str; 6] = [
    "queryParams",
    "queryParameters",
    "pathParams",
    "pathParameters",
    "headerParams",
    "headerParameters",
];

/// What `query` is called elsewhere. In OpenAPI 3.2, `querystring` is the whole query.
const QUERY: [&str; 4] = ["queryparam", "queryparams", "querystring", "query_string"];

/// What `path` is called elsewhere.
const PATH: [&str; 7] = [
    "param",
    "params",
    "pathparam",
    "pathparams",
    "route",
    "uri",
    "url",
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
        self.name(parameter, at);
        self.collection(parameter, at);
        self.value_of(rule, parameter, at);
        self.style(parameter, at);
    }

    /// Corrects the case of a location.
    pub(super) fn location(&mut self, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        if !owner.has("in")
            && owner
                .text("name")
                .is_some_and(|it| is_in_template(bare(it), at))
        {
            owner.set("in", "path", "name");
            let (object, field) = ("a parameter", "in");
            self.report(MendFault::Supplied { object, field }, at);
        }
        let Some(found) = owner.text("in").map(str::to_owned) else {
            return;
        };
        let plain = found.trim().to_ascii_lowercase();
        let is_same = |name: &&str| plain == *name || plain.strip_suffix('s') == Some(*name);
        let known = STYLES.iter().map(|(name, _)| *name).find(is_same);
        let known = known.or_else(|| self.other_location(&plain, owner.text("name")?, at));
        if let Some(known) = known.filter(|it| *it != found) {
            owner.set("in", known, "in");
            let taken = known.to_owned();
            self.report(MendFault::Respelled { found, taken }, &at.key("in"));
        }
    }

    /// Moves the parameters in a field that only another tool has, such as `queryParams`, to all others.
    pub(super) fn other_parameters(&mut self, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        let is_parameter = |it: &Value| it.get("name").is_some() && it.get("in").is_some();
        for field in LISTS {
            let list = owner.get(field).and_then(Value::as_array);
            if !list.is_some_and(|it| !it.is_empty() && it.iter().all(is_parameter)) {
                continue;
            }
            if let Some(other) = owner.take(field) {
                let node = other.node.clone();
                let own = owner.take("parameters").map(Branch::into_elements);
                let all = own.into_iter().flatten().chain(other.into_elements());
                owner.put("parameters", Branch::list(all.collect(), &node));
                let fault = MendFault::Misplaced {
                    field: field.to_owned(),
                    place: "`parameters`",
                };
                self.report(fault, &at.key(field));
            }
        }
    }

    /// The location that another word means. In Express, `params` are those of the path.
    fn other_location(&self, found: &str, name: &str, at: &Trail<'_>) -> Option<&'static str> {
        let is_query = QUERY.contains(&found) && !self.version.is_newer();
        if is_query {
            Some("query")
        } else {
            let is_path = PATH.contains(&found) && is_in_template(name, at);
            is_path.then_some("path")
        }
    }

    /// Removes what is not part of a name: white space around it, the braces of a template, the colon after a header.
    fn name(&mut self, parameter: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(found) = parameter.text("name") else {
            return;
        };
        let taken = match parameter.text("in") {
            Some("path") => bare(found),
            Some("header") => found.trim().trim_end_matches(':').trim_end(),
            Some(_) | None => found.trim(),
        };
        if taken != found && !taken.is_empty() {
            let (found, taken) = (found.to_owned(), taken.to_owned());
            parameter.set("name", taken.clone(), "name");
            self.report(MendFault::Respelled { found, taken }, &at.key("name"));
        }
    }

    /// Moves the description of a value into a schema, or supplies that of text.
    pub(super) fn value_of(&mut self, rule: &ObjectRule, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        let older = OF_VALUE.into_iter().find(|it| owner.has(it));
        let is_described = owner.has("schema") || owner.has("content");
        if let Some(field) = older {
            self.report(MendFault::Older { field }, &at.key(field));
            describe(owner, is_described);
        } else if !is_described {
            let object = rule.name;
            let field = "schema";
            self.report(MendFault::Supplied { object, field }, at);
            let schema: Map<String, Value> =
                [("type".to_owned(), json!("string"))].into_iter().collect();
            owner.set("schema", schema, "name");
        }
    }
}

/// Whether the template of the path that a parameter belongs to has its name.
fn is_in_template(name: &str, at: &Trail<'_>) -> bool {
    let at = at.pointer();
    let mut tokens = at.tokens();
    let is_path = tokens.next().as_deref() == Some("paths");
    is_path
        && tokens
            .next()
            .is_some_and(|it| it.contains(&format!("{{{name}}}")))
}

/// The name of a path parameter without braces.
pub(super) fn bare(name: &str) -> &str {
    name.trim().trim_matches(['{', '}']).trim()
}

/// Moves the fields of Swagger 2.0 into the schema, which keeps its own. A composed schema, or one behind a reference,
/// says everything itself.
pub(super) fn describe(owner: &mut Cursor<'_>, is_described: bool) {
    let fields = OF_VALUE.into_iter();
    let fields = fields.filter_map(|it| Some((it, owner.take(it)?)));
    let fields: Vec<(&str, Branch)> = fields.collect();
    if let Some((_, first)) = fields.first().filter(|_| !is_described) {
        let schema = Branch::object(&first.node);
        owner.put("schema", schema);
    }
    let is_whole = |it: &Cursor<'_>| {
        ["$ref", "allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| it.has(key))
    };
    let Some(mut schema) = owner
        .member("schema")
        .filter(|it| it.value.is_object() && !is_whole(it))
    else {
        return;
    };
    for (field, value) in fields {
        if !schema.has(field) {
            schema.put(field, value);
        }
    }
}

/// The place that a parameter's references lead to.
pub(super) fn followed(document: &Tree, at: Pointer) -> Option<Pointer> {
    let mut at = at;
    for _ in 0..MAX_REFERENCES {
        let value = at.value(&document.value)?;
        let Some(target) = value.get("$ref").and_then(Value::as_str) else {
            return Some(at);
        };
        at = Pointer::from_fragment(target)?;
    }
    None
}
