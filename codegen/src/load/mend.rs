//! Corrects unambiguous faults before the checks, with a warning for each.

mod fault;
mod media_type;
mod value;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Value};

pub(super) use self::fault::ALL as FAULTS;
use self::fault::MendFault;
use super::check::OpenApiVersion;
use super::check::rule::{FieldRule, Kind, ObjectRule};
use super::check::rules::{OPERATION, PATH_ITEM, RESPONSE, SCHEMA};
use super::walk::{ROOT, Visitor, walk};
use crate::pointer::Trail;
use crate::report::Diagnostic;
use crate::tree::{Cursor, Tree};

/// Corrects the document and returns its faults.
pub(super) fn mend(document: &mut Tree, version: OpenApiVersion) -> Vec<Diagnostic> {
    let mut mender = Mender {
        faults: Vec::new(),
        version,
    };
    walk(&mut mender, &ROOT, document.cursor(), &Trail::root());
    mender.faults
}

struct Mender {
    faults: Vec<Diagnostic>,
    version: OpenApiVersion,
}

impl Visitor for Mender {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        if object.has("$ref") || !object.value.is_object() {
            return;
        }
        let is = |known: &'static ObjectRule| std::ptr::eq(rule, known);
        self.nothing(rule, object, at);
        self.unquoted(rule, object, at);
        if is(&SCHEMA) {
            self.schema(object, at);
        } else if is(&OPERATION) && !object.has("responses") {
            // It is optional in OpenAPI 3.1. `lower` reports that no success is declared.
            if self.version.is_newer() {
                object.set("responses", Map::new(), "operationId");
            } else {
                self.supply(rule, object, "responses", Map::new(), at);
            }
        } else if is(&RESPONSE) && !object.has("description") {
            self.supply(rule, object, "description", String::new(), at);
        }
        if is(&OPERATION) {
            self.blank_id(object, at);
        }
        if is(&OPERATION) || is(&PATH_ITEM) {
            self.repeated_parameters(object, at);
        }
        let contents = rule
            .fields
            .iter()
            .filter(|it| matches!(it.kind, Kind::Content));
        for field in contents {
            if let Some(mut content) = object.member(field.name) {
                self.media_types(&mut content, &at.key(field.name));
            }
        }
    }

    fn schema_name(&mut self, _name: &mut Cursor<'_>, _at: &Trail<'_>) {}
}

impl Mender {
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
            if matches!(field.kind, Kind::Text) {
                self.quote(&mut value, &at);
            } else if matches!(field.kind, Kind::List(Kind::Text)) {
                let count = value.value.as_array().map_or(0, Vec::len);
                for index in 0..count {
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
        let Some(Value::Array(list)) = owner.get("parameters") else {
            return;
        };
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut repeated = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            match seen.entry(parameter.to_string()) {
                Entry::Vacant(entry) => drop(entry.insert(index)),
                Entry::Occupied(first) => repeated.push((index, *first.get())),
            }
        }
        let at = at.key("parameters");
        for (index, first) in repeated.into_iter().rev() {
            self.report(MendFault::Repeated, &at.index(first));
            if let Some(mut list) = owner.member("parameters") {
                list.remove(index);
            }
        }
    }
}

/// Whether a value is text in YAML only if it is in quotes.
fn is_unquoted(value: &Value) -> bool {
    value.is_number() || value.is_boolean()
}
