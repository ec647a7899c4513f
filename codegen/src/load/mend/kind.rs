//! Corrects values of another kind than their field takes: `[]` for an object without members, which PHP writes, `"true"`,
//! one value in place of a list.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use crate::load::check::kind_of;
use crate::load::check::rule::{FieldRule, Kind, ObjectRule};
use crate::load::check::rules::SCHEMA;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

/// What a value is read as.
enum Reading {
    /// Another value.
    As(Value),
    /// A list of this one value.
    ListOfOne,
    /// Nothing.
    Ignored,
}

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
            Kind::Map(Kind::Text) => {
                for key in holder.keys() {
                    let mut value = holder.member(&key);
                    if let Some(value) = value.as_mut().filter(|it| it.value.is_null()) {
                        *value.value = "".into();
                    }
                }
            }
            Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => {}
            Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => {}
            Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => {}
            Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema => {}
            Kind::SchemaName | Kind::Paths | Kind::Responses | Kind::Content => {}
            Kind::Security => {}
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

/// A value as JSON, if it is short.
fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.len() {
        0..=40 => format!("`{text}`"),
        _ => "such a value".to_owned(),
    }
}

/// Whether a value is of a kind that fields often have by mistake. Most values are not, and need no look at their rule.
fn is_suspect(value: &Value) -> bool {
    match value {
        Value::Null | Value::Array(_) => true,
        Value::Bool(_) => false,
        Value::Number(_) => true,
        Value::String(text) => {
            let is_number = text.starts_with(|it: char| it.is_ascii_digit() || it == '-');
            text.len() < 24 && (is_number || !text.contains(' '))
        }
        Value::Object(_) => true,
    }
}

/// What the value of a field is read as, and what was expected, unless it has the right kind or its meaning is not clear.
fn reading(field: &FieldRule, value: &Value) -> Option<(&'static str, Reading)> {
    match value {
        Value::String(text) => reading_of_text(&field.kind, text),
        Value::Number(number) => {
            let flag = number.as_u64().filter(|it| *it < 2)? == 1;
            // In OpenAPI 3.1, `exclusiveMinimum` is a limit.
            let is_flag = matches!(field.kind, Kind::Bool) && !field.name.starts_with("exclusive");
            is_flag.then(|| ("`true` or `false`", Reading::As(flag.into())))
        }
        Value::Null => reading_of_nothing(&field.kind),
        Value::Array(list) if list.is_empty() => reading_of_nothing(&field.kind),
        Value::Array(list) => reading_of_list(field, list),
        Value::Object(object) => reading_of_object(field, object),
        Value::Bool(_) => None,
    }
}

fn reading_of_text(kind: &Kind, text: &str) -> Option<(&'static str, Reading)> {
    let plain = text.trim().to_ascii_lowercase();
    match kind {
        Kind::Bool => {
            let flag: bool = plain.parse().ok()?;
            Some(("`true` or `false`", Reading::As(flag.into())))
        }
        Kind::BoolOrSchema => {
            let flag: bool = plain.parse().ok()?;
            Some(("`true`, `false` or a schema", Reading::As(flag.into())))
        }
        Kind::Limit | Kind::Count if plain.is_empty() => Some(("a number", Reading::Ignored)),
        Kind::Limit | Kind::Count => {
            let number: serde_json::Number = plain.parse().ok()?;
            Some(("a number", Reading::As(number.into())))
        }
        Kind::List(Kind::Text | Kind::Object(_)) if !plain.is_empty() => {
            Some(("a list", Reading::ListOfOne))
        }
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => None,
        Kind::Pattern | Kind::OneOf(_) | Kind::Type | Kind::List(_) | Kind::Map(_) => None,
        Kind::Components(_) | Kind::Object(_) | Kind::ObjectOrRef(_) => None,
        Kind::SchemaName | Kind::Paths | Kind::Responses | Kind::Content => None,
        Kind::Security => None,
    }
}

/// What null and an empty list are read as in the place of an object.
fn reading_of_nothing(kind: &Kind) -> Option<(&'static str, Reading)> {
    match kind {
        Kind::Map(_) | Kind::Components(_) | Kind::Object(_) | Kind::BoolOrSchema => {
            Some(("an object", Reading::As(json!({}))))
        }
        Kind::Paths | Kind::Responses | Kind::Content => {
            Some(("an object", Reading::As(json!({}))))
        }
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => None,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => None,
        // `stand_in` reads an object that may be a reference.
        Kind::Type | Kind::List(_) | Kind::ObjectOrRef(_) => None,
        Kind::SchemaName | Kind::Security => None,
    }
}

fn reading_of_list(field: &FieldRule, list: &[Value]) -> Option<(&'static str, Reading)> {
    if matches!(field.kind, Kind::Text) {
        return (!field.required).then_some(("text", Reading::Ignored));
    }
    let Kind::Map(kind) = field.kind else {
        return None;
    };
    let members: Map<String, Value> = match kind {
        Kind::Text if list.iter().all(Value::is_string) => {
            let names = list.iter().filter_map(Value::as_str);
            names.map(|it| (it.to_owned(), "".into())).collect()
        }
        Kind::ObjectOrRef(rule) if rule.name == "an example" => {
            let named = |(index, it): (usize, &Value)| {
                (format!("example{}", index + 1), json!({"value": it}))
            };
            list.iter().enumerate().map(named).collect()
        }
        Kind::SchemaName => return Some(("an object", Reading::Ignored)),
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => return None,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => return None,
        Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => return None,
        Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema | Kind::Paths => return None,
        Kind::Responses | Kind::Content | Kind::Security => return None,
    };
    Some(("an object", Reading::As(members.into())))
}

fn reading_of_object(
    field: &FieldRule,
    object: &Map<String, Value>,
) -> Option<(&'static str, Reading)> {
    if matches!(field.kind, Kind::Text) {
        return (!field.required).then_some(("text", Reading::Ignored));
    }
    let Kind::List(kind) = field.kind else {
        return None;
    };
    let is_element = match kind {
        Kind::Security => true,
        Kind::ObjectOrRef(rule) => rule.name == "a schema",
        Kind::Object(_) => object.contains_key("url"),
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => false,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => false,
        Kind::Type | Kind::List(_) | Kind::Map(_) | Kind::Components(_) => false,
        Kind::BoolOrSchema | Kind::SchemaName | Kind::Paths => false,
        Kind::Responses | Kind::Content => false,
    };
    if object.is_empty() {
        Some(("a list", Reading::As(json!([]))))
    } else {
        is_element.then_some(("a list", Reading::ListOfOne))
    }
}
