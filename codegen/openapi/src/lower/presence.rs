//! Decides whether the fields of objects are present, as far as callers can tell.
//!
//! The meaning of absence depends on the directions of an object, so this runs last, when every operation is known.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::fault::LoweringFault;
use crate::api::usage::Usage;
use crate::api::{Api, Field, Json, Presence, Scalar, Shape, Type, TypeId, Use};
use crate::number::Number;
use crate::report::Diagnostic;

const OF_ANOTHER_TYPE: LoweringFault = LoweringFault::UnusedDefault {
    why: "it is not a value of its type",
};

const ENDLESS: LoweringFault = LoweringFault::UnusedDefault {
    why: "it contains an object that may have the same default",
};

/// Sets the presence of every field of `api`. Returns a fault for each default that is not a value of its type.
pub(super) fn decide(api: &mut Api) -> Vec<Diagnostic> {
    let usage = Usage::by_operations(api);
    // A schema that several objects take in is one place.
    let mut faults = IndexMap::new();
    for index in 0..api.types.len() {
        let definition = &api.types[index];
        if !definition.is_item {
            continue;
        }
        let owner = Owner {
            id: TypeId(index),
            // What no operation uses is at most read.
            is_received: usage.received.contains(&TypeId(index))
                || !usage.sent.contains(&TypeId(index)),
            is_sent: usage.sent.contains(&TypeId(index)),
        };
        let fields = definition.shape.fields().iter();
        let decided = fields.map(|field| {
            presence(api, owner, field).unwrap_or_else(|fault| {
                let at = field.value.at.key("default");
                faults
                    .entry(at.clone())
                    .or_insert(Diagnostic::new(fault, at));
                Presence::Optional
            })
        });
        let decided: Vec<Presence> = decided.collect();
        let fields = api.types[index].shape.fields_mut().into_iter().flatten();
        for (field, presence) in fields.zip(decided) {
            field.presence = presence;
        }
    }
    faults.into_values().collect()
}

/// The object of a field.
#[derive(Clone, Copy)]
struct Owner {
    id: TypeId,
    is_received: bool,
    is_sent: bool,
}

/// The presence of `field`. It is required only if it is listed *and* not nullable: callers treat absent and null
/// alike, unless absent means a default.
fn presence(api: &Api, owner: Owner, field: &Field) -> Result<Presence, LoweringFault> {
    let schema = api.schema(field.value.schema);
    let is_required = field.listed && !field.value.nullable;
    match &schema.default {
        None if is_required => Ok(Presence::Required),
        None => Ok(Presence::Optional),
        Some(default) if owner.is_received => {
            let range = schema.ty.scalar().and_then(Scalar::whole_range);
            match range {
                Some(range) => {
                    // A request may leave out what need not be there, and then does not say what its value is.
                    let has_absence = field.value.nullable || (owner.is_sent && !field.listed);
                    default_of_integer(default, range, has_absence)
                }
                // A response has it whatever its default is.
                None if is_required => Ok(Presence::Required),
                None if !is_value(api, &field.value, default) => Err(OF_ANOTHER_TYPE),
                None if is_endless(api, owner, &field.value, default) => Err(ENDLESS),
                None => Ok(Presence::OptionalWithDefault),
            }
        }
        // The service fills in what a request may leave out.
        Some(_) if is_required => Ok(Presence::Required),
        Some(_) => Ok(Presence::Optional),
    }
}

/// The default for a missing integer of a response. If the field cannot hold the default, a missing value is visible to
/// callers. `has_absence` is whether the field is an `Option`, so that a request can omit it.
fn default_of_integer(
    default: &Json,
    range: (i128, i128),
    has_absence: bool,
) -> Result<Presence, LoweringFault> {
    let number = Number::parse(&default.to_string()).filter(Number::is_whole);
    let Some(number) = number else {
        return Err(OF_ANOTHER_TYPE);
    };
    let fitting = number.as_i64().filter(|_| number.is_within(range));
    Ok(match (fitting, has_absence) {
        (None, _) => Presence::Optional,
        (Some(_), true) => Presence::OptionalWithDefault,
        (Some(number), false) => Presence::Default(number),
    })
}

/// Whether the type of `place` can hold a JSON value.
fn is_value(api: &Api, place: &Use, json: &Json) -> bool {
    if json.is_null() {
        return place.nullable;
    }
    match api.ty(place.schema) {
        Type::Any => true,
        Type::Scalar(Scalar::Decimal) => json.is_number(),
        Type::Scalar(scalar) => scalar.fitted(json).is_some(),
        Type::List(item) => {
            let items = json.as_array();
            items.is_some_and(|items| items.iter().all(|it| is_value(api, item, it)))
        }
        Type::Map(value) => {
            let members = json.as_object();
            members.is_some_and(|it| it.values().all(|it| is_value(api, value, it)))
        }
        Type::Named(id) => match &api.type_definition(*id).shape {
            Shape::Enumeration(_) => json.is_string(), // Services add values.
            Shape::Union(_) => true,                   // It keeps values of other types.
            Shape::Object(object) => json.as_object().is_some_and(|members| {
                let mut fields = object.fields.iter();
                fields.all(|field| match members.get(&field.wire_name) {
                    Some(json) => is_value(api, &field.value, json),
                    None => !field.listed,
                })
            }),
        },
    }
}

/// Whether reading a default may need a default of the same field. A default without objects needs none.
fn is_endless(api: &Api, owner: Owner, place: &Use, default: &Json) -> bool {
    if !has_object(default) {
        return false;
    }
    let type_of = |place: &Use| api.ty(api.innermost(place.schema)).named();
    let mut next: Vec<TypeId> = type_of(place).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            let parts = api.type_definition(id).shape.children();
            next.extend(parts.filter_map(type_of));
        }
    }
    seen.contains(&owner.id)
}

fn has_object(json: &Json) -> bool {
    match json {
        Json::Object(_) => true,
        Json::Array(items) => items.iter().any(has_object),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Finding;
    use crate::source::SourceFile;

    /// A schema that two objects take in has one default.
    #[test]
    fn an_unused_default_is_told_once() {
        let text = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com'}]
paths: {}
components:
  schemas:
    base: {type: object, properties: {day: {type: string, format: date, default: today}}}
    one: {allOf: [{$ref: '#/components/schemas/base'}, {type: object, properties: {a: {type: string}}}]}
    two: {allOf: [{$ref: '#/components/schemas/base'}, {type: object, properties: {b: {type: string}}}]}
";
        let path = "demo.yaml".to_owned();
        let text = text.to_owned();
        let (_, report) = crate::read(&[SourceFile { path, text }]);
        let ids = report.iter().map(Finding::id);
        let told = ids.filter(|it| *it == "unused-default").count();
        assert_eq!(told, 1);
    }
}
