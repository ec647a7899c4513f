//! Checks objects against their rules: which fields they have, lack or must not have.

use serde_json::{Map, Value};

use super::fault::{DocumentFault, meant};
use super::references::Target;
use super::rule::ObjectRule;
use super::{Checker, Edit, Members, rules};
use crate::load::KEPT_DIGITS;
use crate::pointer::Trail;

/// The fields that only describe their object.
const DESCRIBING: [&str; 6] = [
    "title",
    "summary",
    "description",
    "externalDocs",
    "example",
    "examples",
];

/// Whether an unknown field of a path item may be an operation, or changes what its operations send.
fn may_be_operations(field: &str, value: &Value) -> bool {
    value.is_object() || field == "security"
}

impl Checker<'_> {
    /// Returns the members of an object, or reports that the value is not an object.
    pub(super) fn object<'v>(
        &mut self,
        value: &'v Value,
        place: &Trail<'_>,
    ) -> Option<&'v Map<String, Value>> {
        self.expect(value.is_object(), "an object", value, place);
        value.as_object()
    }

    /// Checks an object: its fields, and the rules between them.
    pub(super) fn whole(
        &mut self,
        rule: &ObjectRule,
        object: &Map<String, Value>,
        place: &Trail<'_>,
    ) {
        let members = Members {
            object,
            meant: self.fields(rule, object, place),
        };
        for field in rule.fields.iter().filter(|it| it.required) {
            self.required(&members, rule.name, field.name, place);
        }
        (rule.also)(self, &members, place);
    }

    /// Reports a field that is missing.
    pub(super) fn required(
        &mut self,
        members: &Members<'_>,
        object: &'static str,
        field: &'static str,
        place: &Trail<'_>,
    ) {
        if !members.has(field) {
            self.fault(DocumentFault::MissingField { object, field }, place);
        }
    }

    /// Checks each field of an object by itself. Returns the fields that unknown ones probably mean.
    fn fields(
        &mut self,
        rule: &ObjectRule,
        object: &Map<String, Value>,
        place: &Trail<'_>,
    ) -> Vec<&'static str> {
        let mut meant = Vec::new();
        for key in object.keys().filter(|it| it.starts_with(KEPT_DIGITS)) {
            self.edits.push(Edit::Remove(place.key(key).pointer()));
        }
        for (key, value) in object.iter().filter(|(key, _)| !key.starts_with("x-")) {
            if let Some(field) = rule.fields.iter().find(|it| it.name == key) {
                self.value(&field.kind, value, &place.key(key));
            } else {
                let reference = rule.section.map(|_| "$ref");
                let names = rule.fields.iter().map(|it| it.name).chain(reference);
                let similar = self.guesses.similar(key, names);
                meant.extend(similar);
                self.broken
                    .extend(similar.map(|it| place.key(it).pointer()));
                let is_operation = rule.name == "a path item" && may_be_operations(key, value);
                self.unknown_field((rule.name, is_operation), key, similar, &place.key(key));
            }
        }
        meant
    }

    /// Reports a field that its object does not have: an error if it may be a typo or is Swagger 2.0, which says
    /// something that the document does not. A typo of a field that only describes the object is none.
    fn unknown_field(
        &mut self,
        (object, is_operation): (&'static str, bool),
        field: &str,
        similar: Option<&'static str>,
        place: &Trail<'_>,
    ) {
        let specification = self.specification;
        let field = field.to_owned();
        // We write overlays ourselves.
        let is_strict = !specification.starts_with("OpenAPI") || is_operation;
        let describes = similar.is_some_and(|it| DESCRIBING.contains(&it));
        let has_meaning = !describes && meant(object, &field, similar).is_some();
        let fault = if is_strict || has_meaning {
            DocumentFault::UnknownField {
                object,
                field,
                similar,
                specification,
            }
        } else {
            DocumentFault::IgnoredField {
                object,
                field,
                similar,
                specification,
            }
        };
        self.fault(fault, place);
    }

    /// Checks an object, or the reference in its place.
    ///
    /// Only a schema may have fields beside its `$ref`. OpenAPI 3.0 ignores them (Reference Object), but Twilio relies
    /// on them, on `nullable: true` above all. Its older documents repeat the `type` of the target, which adds nothing.
    pub(super) fn object_or_ref(
        &mut self,
        rule: &'static ObjectRule,
        value: &Value,
        place: &Trail<'_>,
    ) {
        let Some(object) = self.object(value, place) else {
            return;
        };
        let Some(reference) = object.get("$ref") else {
            return self.whole(rule, object, place);
        };
        match reference.as_str() {
            Some(target) => self.refer(Target::Object(rule, target.to_owned()), &place.key("$ref")),
            None => self.expect(false, "text", reference, &place.key("$ref")),
        }
        if std::ptr::eq(rule, &raw const rules::SCHEMA) && object.len() > 1 {
            let beside: Map<String, Value> = object
                .iter()
                .filter(|(key, _)| *key != "$ref")
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            self.fields(rule, &beside, place);
            self.edits.push(Edit::Wrap(place.pointer()));
        } else {
            let ignored = |key: &&String| *key != "$ref" && !key.starts_with("x-");
            for field in object.keys().filter(ignored) {
                let fault = DocumentFault::IgnoredSibling {
                    field: field.clone(),
                };
                self.fault(fault, &place.key(field));
            }
        }
    }
}
