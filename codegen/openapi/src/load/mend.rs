//! Corrects unambiguous faults before the checks, with a warning for each.

mod body;
mod content;
mod document;
mod fault;
mod kind;
mod media_type;
mod parameter;
mod path;
mod reading;
mod reference;
mod response;
mod security;
mod server;
mod style;
mod template;
mod undeclared_key;
mod value;

use std::sync::Arc;

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

pub(super) use self::fault::ALL as FAULTS;
use self::fault::MendFault;
use self::reference::Targets;
use super::check::OpenApiVersion;
use super::check::rule::{FieldRule, Kind, ObjectRule};
use super::check::rules::{
    DOCUMENT, HEADER, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA,
    SECURITY_SCHEME,
};
use super::walk::{SharedVisitor, Visitor, walk_document};
use crate::pointer::Trail;
use crate::report::Diagnostic;
use crate::tree::{Cursor, Tree};
use crate::workers::Workers;

/// Corrects the key of the version, and where the schemas are, which references depend on.
pub(super) fn prepare(document: &mut Tree, version: OpenApiVersion) -> Vec<Diagnostic> {
    let mut mender = Mender::new(version);
    mender.version_key(document);
    mender.misplaced_schemas(document);
    mender.faults
}

/// Corrects the document and returns its faults.
pub(super) fn mend(
    document: &mut Tree,
    version: OpenApiVersion,
    workers: &impl Workers,
) -> Vec<Diagnostic> {
    let mut mender = Mender::new(version);
    mender.misplaced_sections(document);
    mender.parameter_lists(document);
    mender.whole_urls(document);
    mender.paths(document);
    mender.bodies(document);
    mender.undeclared_keys(document);
    mender.targets = Targets::of(&document.value).into();
    walk_document(&mut mender, document, workers);
    mender.faults
}

struct Mender {
    faults: Vec<Diagnostic>,
    version: OpenApiVersion,
    targets: Arc<Targets>,
}

impl Visitor for Mender {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        if !object.value.is_object() && !is_extension(at) && !is_reference(object, at) {
            self.stand_in(rule, object, at);
        }
        let is = |known: &'static ObjectRule| std::ptr::eq(rule, known);
        if is(&MEDIA_TYPE) {
            self.misplaced_schema(object, at);
        }
        if is(&REQUEST_BODY) || is(&RESPONSE) {
            self.misplaced_content(object, at);
        }
        self.reference(rule, object, at);
        if object.has("$ref") || !object.value.is_object() {
            return;
        }
        self.cases(rule, object, at);
        self.nothing(rule, object, at);
        self.unquoted(rule, object, at);
        self.kinds(rule, object, at);
        if is(&SCHEMA) {
            self.schema(object, at);
        } else if is(&OPERATION) {
            self.operation(rule, object, at);
        } else if is(&RESPONSE) && object.get("description").is_none_or(Value::is_null) {
            self.supply(rule, object, "description", String::new(), at);
        } else if is(&PARAMETER) {
            self.parameter(rule, object, at);
        } else if is(&HEADER) {
            self.value_of(rule, object, at);
        } else if is(&SECURITY_SCHEME) {
            self.location(object, at);
            self.security_scheme(rule, object, at);
        } else if is(&REQUEST_BODY) && !object.has("content") {
            self.supply(rule, object, "content", Map::new(), at);
        } else if rule.name == "a tag" && !object.has("name") {
            self.supply(rule, object, "name", String::new(), at);
        } else if rule.name.ends_with(" OAuth flow") {
            self.flow(rule, object, at);
        }
        if is(&DOCUMENT) {
            self.document(object, at);
        }
        if is(&DOCUMENT) || is(&PATH_ITEM) || is(&OPERATION) {
            self.servers(object, is(&DOCUMENT), at);
        }
        if is(&OPERATION) || is(&PATH_ITEM) {
            self.other_parameters(object, at);
            self.repeated_parameters(object, at);
        }
        self.contents(rule, object, at);
    }

    fn schema_name(&mut self, _name: &mut Cursor<'_>, _at: &Trail<'_>) {}
}

impl SharedVisitor for Mender {
    fn helper(&self) -> Self {
        Self {
            targets: Arc::clone(&self.targets),
            ..Self::new(self.version)
        }
    }

    fn take_over(&mut self, helper: Self) {
        self.faults.extend(helper.faults);
    }
}

impl Mender {
    fn new(version: OpenApiVersion) -> Self {
        Self {
            faults: Vec::new(),
            version,
            targets: Arc::default(),
        }
    }

    /// Supplies the title and the version of a document, which only its docs show, and paths to one that has none.
    fn document(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        self.older_document(document, at);
        // A document of OpenAPI 3.1 may have none.
        if !document.has("paths") && !self.version.is_newer() && document.has("components") {
            self.supply(&DOCUMENT, document, "paths", Map::new(), at);
        }
        // Without both, it is probably no document.
        let is_described = document.has("paths") || document.has("components");
        if is_described && document.get("info").is_none_or(Value::is_null) {
            let field = "info";
            let object = DOCUMENT.name;
            let info = json!({"title": "", "version": ""});
            document.set(field, info, "openapi");
            self.report(MendFault::Supplied { object, field }, at);
            return;
        }
        if let Some(title) = document.text("info").map(str::to_owned) {
            document.set("info", json!({"title": title}), "info");
            let fault = MendFault::OtherKind {
                expected: "an object",
                found: "text",
                taken: "the title".to_owned(),
            };
            self.report(fault, &at.key("info"));
        }
        let at = at.key("info");
        let Some(mut info) = document.member("info").filter(|it| it.value.is_object()) else {
            return;
        };
        for field in ["title", "version"] {
            if info.get(field).is_none_or(Value::is_null) {
                let object = "`info`";
                info.set(field, "", "title");
                self.report(MendFault::Supplied { object, field }, &at);
            }
        }
    }

    fn operation(&mut self, rule: &ObjectRule, operation: &mut Cursor<'_>, at: &Trail<'_>) {
        if operation.has("responses") {
            if let Some(mut responses) = operation.member("responses") {
                self.statuses(&mut responses, &at.key("responses"));
            }
        } else if self.version.is_newer() {
            // It is optional in OpenAPI 3.1. `lower` reports that no success is declared.
            operation.set("responses", Map::new(), "operationId");
        } else {
            self.supply(rule, operation, "responses", Map::new(), at);
        }
        self.blank_id(operation, at);
    }

    /// Corrects the media types of contents.
    fn contents(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let contents = rule.fields.iter();
        for field in contents.filter(|it| matches!(it.kind, Kind::Content)) {
            if let Some(mut content) = object.member(field.name) {
                self.media_types(&mut content, &at.key(field.name));
            }
        }
    }

    /// Respells the fields whose names differ from a known one only in their case, or by signs between their words.
    fn cases(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let keys = object.value.as_object().into_iter().flat_map(Map::keys);
        let is_unknown = |it: &&String| !rule.fields.iter().any(|field| field.name == it.as_str());
        let unknown: Vec<String> = keys.filter(is_unknown).cloned().collect();
        for found in unknown {
            let mut known = rule.fields.iter();
            let known = known.find(|it| is_same_word(it.name, &found));
            if let Some(known) = known.filter(|it| !object.has(it.name)) {
                object.respell(&found, known.name);
                let taken = known.name.to_owned();
                let place = at.key(known.name);
                self.report(MendFault::RespelledKey { found, taken }, &place);
            }
        }
    }

    fn report(&mut self, fault: MendFault, at: &Trail<'_>) {
        self.faults.push(Diagnostic::new(fault, at.pointer()));
    }

    /// Adds a required field where any value means the same.
    fn supply(
        &mut self,
        rule: &ObjectRule,
        object: &mut Cursor<'_>,
        field: &'static str,
        value: impl Into<Value>,
        at: &Trail<'_>,
    ) {
        let name = rule.name;
        self.report(
            MendFault::Supplied {
                object: name,
                field,
            },
            at,
        );
        object.set(field, value, "type");
    }

    /// Removes optional fields without a value: in YAML, a key with nothing after it.
    fn nothing(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let mut members = object.value.as_object().into_iter().flat_map(Map::values);
        if !members.any(Value::is_null) {
            return;
        }
        for field in rule.fields.iter().filter(|it| !it.required) {
            let says_nothing = object.get(field.name).is_some_and(Value::is_null);
            let is_any = matches!(field.kind, Kind::Any | Kind::LeftOut);
            if says_nothing && !is_any {
                object.drop(field.name);
                let fault = MendFault::Nothing { field: field.name };
                self.report(fault, &at.key(field.name));
            }
        }
    }

    /// Turns numbers and Booleans into text where a field takes text, or a list of texts.
    fn unquoted(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let members = object.value.as_object().into_iter().flatten();
        let suspects = members.filter(|(_, value)| {
            let list = value.as_array();
            list.map_or_else(|| is_unquoted(value), |it| it.iter().any(is_unquoted))
        });
        let fields = suspects.filter_map(|(key, _)| rule.fields.iter().find(|it| it.name == key));
        let fields: Vec<&FieldRule> = fields.collect();
        for field in fields {
            let Some(mut value) = object.member(field.name) else {
                continue;
            };
            let at = at.key(field.name);
            if matches!(field.kind, Kind::Text | Kind::Pattern) {
                self.quote(&mut value, &at);
            } else if matches!(field.kind, Kind::List(Kind::Text)) {
                for index in 0..value.count() {
                    if let Some(mut element) = value.element(index) {
                        self.quote(&mut element, &at.index(index));
                    }
                }
            }
        }
    }

    /// Turns a number or a Boolean into text.
    fn quote(&mut self, value: &mut Cursor<'_>, at: &Trail<'_>) {
        if is_unquoted(value.value) {
            let text = value.written();
            *value.value = text.clone().into();
            self.report(MendFault::Unquoted { text }, at);
        }
    }

    /// Removes a blank `operationId`, which names nothing.
    fn blank_id(&mut self, operation: &mut Cursor<'_>, at: &Trail<'_>) {
        let field = "operationId";
        if operation.text(field).is_some_and(|it| it.trim().is_empty()) {
            operation.drop(field);
            self.report(MendFault::Nothing { field }, &at.key(field));
        }
    }

    /// Removes parameters that repeat an earlier one.
    fn repeated_parameters(&mut self, owner: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(mut list) = owner.member("parameters") else {
            return;
        };
        let parameters = list.value.as_array().filter(|it| it.len() > 1);
        let mut seen = IndexSet::new();
        let parameters = parameters.into_iter().flatten().enumerate();
        let repeated = parameters.filter(|(_, it)| !seen.insert(*it));
        let repeated: Vec<usize> = repeated.map(|(index, _)| index).collect();
        let at = at.key("parameters");
        for index in repeated.into_iter().rev() {
            let place = list.set_aside(index);
            self.report(MendFault::Repeated, &at.index(place));
        }
    }
}

/// Whether a place is that of an extension.
fn is_extension(at: &Trail<'_>) -> bool {
    let last = at.pointer().tokens().last();
    last.is_some_and(|it| it.starts_with("x-"))
}

/// Whether a value is a reference in the place of the map around it.
fn is_reference(member: &Cursor<'_>, at: &Trail<'_>) -> bool {
    member.value.is_string() && at.pointer().tokens().last().is_some_and(|it| it == "$ref")
}

/// Whether two names have the same letters, in any case and with any signs between their words.
fn is_same_word(known: &str, found: &str) -> bool {
    let letters = |it: &str| it.bytes().filter(|it| !b"_-".contains(it)).count();
    let is_near = found.len().abs_diff(known.len()) < 4 && letters(found) == known.len();
    let found = found.bytes().filter(|it| !b"_-".contains(it));
    is_near
        && known
            .bytes()
            .zip(found)
            .all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// Whether a value is text in YAML only if it is in quotes.
fn is_unquoted(value: &Value) -> bool {
    value.is_number() || value.is_boolean()
}
