//! Corrects values of another kind than their field takes: `[]` for an object without members, which PHP writes, `"true"`,
//! one value in place of a list.

use serde_json::{Value, json};

use super::Mender;
use super::fault::MendFault;
use super::reading::{Reading, is_suspect, reading, schema_of_text};
use super::value::is_type;
use crate::load::check::kind_of;
use crate::load::check::rule::{FieldRule, Kind, ObjectRule};
use crate::load::check::rules::SCHEMA;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

impl Mender {
    /// Corrects the members of an object.
    pub(super) fn kinds(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let members = object.value.as_object().into_iter().flatten();
        let suspects = members.filter(|(_, value)| is_suspect(value));
        let fields = suspects.filter_map(|(key, _)| rule.fields.iter().find(|it| it.name == key));
        let fields: Vec<&FieldRule> = fields.collect();
        for field in fields {
            self.kind(field, object, at);
        }
    }

    fn kind(&mut self, field: &FieldRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let at = at.key(field.name);
        if let Some(value) = object.get(field.name)
            && let Some((expected, reading)) = reading(field, value)
        {
            let found = kind_of(value);
            let taken = match reading {
                Reading::As(value) => {
                    let taken = shortened(&value);
                    object.set(field.name, value, field.name);
                    Some(taken)
                }
                Reading::ListOfOne => {
                    if let Some(only) = object.take(field.name) {
                        let node = only.node.clone();
                        object.put(field.name, Branch::list(vec![only], &node));
                    }
                    Some("a list of one".to_owned())
                }
                Reading::Members => {
                    if let Some(members) = object.take(field.name) {
                        object.put(field.name, named(members));
                    }
                    Some("a list of its members".to_owned())
                }
                Reading::Merged => {
                    if let Some(list) = object.take(field.name) {
                        object.put(field.name, merged(list));
                    }
                    Some("an object with all of their members".to_owned())
                }
                Reading::ByName => {
                    if let Some(list) = object.take(field.name) {
                        object.put(field.name, by_name(list));
                    }
                    Some("an object of its elements by their names".to_owned())
                }
                Reading::Flat => {
                    if let Some(list) = object.take(field.name) {
                        object.put(field.name, list.flattened());
                    }
                    Some("one list".to_owned())
                }
                Reading::Ignored => {
                    object.drop(field.name);
                    None
                }
            };
            let fault = match taken {
                Some(taken) => MendFault::OtherKind {
                    expected,
                    found,
                    taken,
                },
                None => MendFault::Unread { expected, found },
            };
            self.report(fault, &at);
        }
        self.elements(field, object, &at);
    }

    /// Corrects the elements of a list and the members of a map.
    fn elements(&mut self, field: &FieldRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(mut holder) = object.member(field.name) else {
            return;
        };
        match &field.kind {
            Kind::List(kind) if !matches!(kind, Kind::Any) => {
                for index in (0..holder.count()).rev() {
                    if holder.element(index).is_some_and(|it| it.value.is_null()) {
                        let place = holder.set_aside(index);
                        let (expected, found) = ("a value", "nothing");
                        self.report(MendFault::Unread { expected, found }, &at.index(place));
                    }
                }
                if matches!(kind, Kind::Text) {
                    self.named_elements(&mut holder, at);
                }
                for index in (0..holder.count()).filter(|_| matches!(kind, Kind::Security)) {
                    if let Some(mut element) = holder.element(index) {
                        self.requirement(&mut element, &at.index(index));
                    }
                }
            }
            Kind::Map(Kind::SchemaName) => {
                let is_wrong = |it: &&String| !holder.get(it).is_some_and(Value::is_string);
                let wrong: Vec<String> = holder.keys().iter().filter(is_wrong).cloned().collect();
                for key in wrong {
                    let found = holder.drop(&key).map_or("nothing", |it| kind_of(&it));
                    let expected = "text";
                    self.report(MendFault::Unread { expected, found }, &at.key(&key));
                }
            }
            Kind::Map(Kind::Text) => self.texts(&mut holder, at),
            Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => {}
            Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => {}
            Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => {}
            Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema => {}
            Kind::SchemaName | Kind::Paths | Kind::Responses | Kind::Content => {}
            Kind::Security => {}
        }
    }

    /// Corrects the members of a map of texts, which only docs show.
    fn texts(&mut self, map: &mut Cursor<'_>, at: &Trail<'_>) {
        for key in map.keys() {
            let Some(mut value) = map.member(&key) else {
                continue;
            };
            let at = at.key(&key);
            self.quote(&mut value, &at);
            let found = kind_of(value.value);
            if value.value.is_null() {
                *value.value = "".into();
            } else if !value.value.is_string() {
                *value.value = "".into();
                let expected = "text";
                self.report(MendFault::Unread { expected, found }, &at);
            }
        }
    }

    /// Reads objects with a name in the place of a text, such as tags, as their names.
    fn named_elements(&mut self, list: &mut Cursor<'_>, at: &Trail<'_>) {
        for index in 0..list.count() {
            let element = list.element(index).filter(|it| it.value.is_object());
            let Some(element) = element else { continue };
            let Some(name) = element.text("name").map(str::to_owned) else {
                continue;
            };
            let fault = MendFault::OtherKind {
                expected: "text",
                found: "an object",
                taken: format!("`\"{name}\"`"),
            };
            *element.value = name.into();
            self.report(fault, &at.index(index));
        }
    }

    /// Corrects a security requirement: the name of a scheme alone, or without a list of scopes.
    fn requirement(&mut self, requirement: &mut Cursor<'_>, at: &Trail<'_>) {
        let taken = match &*requirement.value {
            Value::Array(list) if list.is_empty() => json!({}),
            Value::String(name) => json!({name: []}),
            Value::Object(schemes) => {
                let scopes = |it: &Value| match it {
                    Value::Array(_) => it.clone(),
                    Value::String(scope) if !scope.is_empty() => json!([scope]),
                    Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => json!([]),
                    Value::Object(_) => json!([]),
                };
                let schemes = schemes.iter().map(|(name, it)| (name.clone(), scopes(it)));
                Value::Object(schemes.collect())
            }
            Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => return,
        };
        if taken != *requirement.value {
            let fault = MendFault::OtherKind {
                expected: "schemes with their scopes",
                found: kind_of(requirement.value),
                taken: shortened(&taken),
            };
            *requirement.value = taken;
            self.report(fault, at);
        }
    }

    /// Corrects a value in the place of an object.
    pub(super) fn stand_in(
        &mut self,
        rule: &'static ObjectRule,
        value: &mut Cursor<'_>,
        at: &Trail<'_>,
    ) {
        let is_schema = std::ptr::eq(rule, &raw const SCHEMA);
        let taken = match &*value.value {
            Value::Null => json!({}),
            Value::Array(list) if list.is_empty() => json!({}),
            Value::Bool(is_any) if is_schema && !self.version.is_newer() => match is_any {
                true => json!({}),
                false => json!({"not": {}}),
            },
            Value::String(text) if rule.name == "a tag" => json!({"name": text}),
            Value::String(text) if rule.name == "a server" => json!({"url": text}),
            it if rule.name == "an example" => json!({"value": it}),
            Value::String(text) if rule.name == "a response" => json!({"description": text}),
            Value::String(text) if rule.name == "a header" => {
                json!({"schema": schema_of_text(text).unwrap_or_else(|| json!({}))})
            }
            Value::String(text) if is_schema && is_whole(at) => {
                let Some(schema) = schema_of_text(text) else {
                    return;
                };
                schema
            }
            Value::Array(list) if is_schema && is_whole(at) => match list.as_slice() {
                [item @ Value::Object(_)] => json!({"type": "array", "items": item}),
                [Value::String(text)] if is_type(text) => {
                    json!({"type": "array", "items": {"type": text}})
                }
                _ => return,
            },
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => return,
            Value::Object(_) => return,
        };
        let fault = MendFault::OtherKind {
            expected: "an object",
            found: kind_of(value.value),
            taken: shortened(&taken),
        };
        *value.value = taken;
        self.report(fault, at);
    }
}

/// The members of an object as a list, each with its key as `name`.
fn named(mut object: Branch) -> Branch {
    let node = object.node.clone();
    let mut members = object.cursor();
    let named = members.keys().into_iter().filter_map(|key| {
        let mut member = members.take(&key)?;
        if !member.cursor().has("name") {
            member.cursor().set("name", key, "name");
        }
        Some(member)
    });
    Branch::list(named.collect(), &node)
}

/// The members of all objects in a list as one object.
fn merged(list: Branch) -> Branch {
    let mut merged = Branch::object(&list.node);
    for mut element in list.into_elements() {
        let mut members = element.cursor();
        for key in members.keys() {
            if let Some(member) = members.take(&key) {
                merged.cursor().put(&key, member);
            }
        }
    }
    merged
}

/// The objects in a list as an object, each under its name.
fn by_name(list: Branch) -> Branch {
    let mut named = Branch::object(&list.node);
    for mut element in list.into_elements() {
        let name = element.cursor().drop("name");
        if let Some(Value::String(name)) = name {
            named.cursor().put(&name, element);
        }
    }
    named
}

/// Whether text may stand for a schema here. Among properties, `type: object` is a field of the schema around them.
fn is_whole(at: &Trail<'_>) -> bool {
    let last = at.pointer().tokens().last();
    last.is_none_or(|it| !SCHEMA.fields.iter().any(|field| field.name == it))
}

/// A value as JSON, if it is short.
fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.len() {
        0..=40 => format!("`{text}`"),
        _ => "such a value".to_owned(),
    }
}
