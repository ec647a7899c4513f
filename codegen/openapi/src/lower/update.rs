//! Determines which fields requests must be able to set to null.
//!
//! A request that changes an object leaves out what stays as it is (RFC 5789; RFC 7396), so null has a meaning of its own:
//! it clears the field. Elsewhere, null means the same as absence, and callers need only one of the two.

use std::collections::BTreeSet;

use crate::api::usage::Usage;
use crate::api::{
    Api, BodyEncoding, Encoding, Field, Method, Operation, Scalar, SchemaId, Type, TypeId,
};

/// The bodies of a `PATCH` that responses contain as well: only the requests distinguish null from absence. A `PUT`
/// usually sends back what was read, and a `POST` may create as well.
pub(super) fn shared_bodies(api: &Api, usage: &Usage) -> BTreeSet<TypeId> {
    let operations = api.operations.iter();
    let patches = operations.filter(|it| it.method == Method::Patch);
    let bodies = patches.flat_map(|it| bodies(api, it));
    let shared = bodies.filter(|id| usage.received.contains(id));
    shared
        .filter(|id| {
            let mut fields = api.type_definition(*id).shape.fields().iter();
            fields.any(|it| api.direction(&it.value).is_sent() && may_tell_null(api, it))
        })
        .collect()
}

/// Marks the optional fields of bodies that change objects, where they may be null.
pub(super) fn mark(api: &mut Api) {
    let usage = Usage::by_operations(api);
    let updates = api.operations.iter().filter(|it| is_update(it));
    let reached = reached(api, updates.flat_map(|it| bodies(api, it)).collect());
    for id in reached.difference(&usage.received) {
        let fields = api.type_definition(*id).shape.fields().iter();
        let marks: Vec<bool> = fields.map(|it| may_tell_null(api, it)).collect();
        let fields = api.types[id.0].shape.fields_mut().into_iter().flatten();
        for (field, mark) in fields.zip(marks) {
            field.tells_null = mark;
        }
    }
}

/// Whether an operation changes an object that exists.
fn is_update(operation: &Operation) -> bool {
    let path = operation.path.split('?').next().unwrap_or_default();
    match operation.method {
        Method::Patch | Method::Put => true,
        Method::Post => path.ends_with('}'),
        Method::Get | Method::Delete | Method::Options | Method::Head | Method::Trace => false,
    }
}

/// The types of an operation's JSON bodies, or of their items.
fn bodies<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = TypeId> + 'a {
    let body = operation.body.iter().map(|it| &it.payload);
    let body = body.filter(|it| it.encoding == Encoding::Json);
    let others = operation.other_bodies.iter();
    let others = others.filter(|it| it.writing == BodyEncoding::Json);
    let values = body.map(|it| &it.value).chain(others.map(|it| &it.value));
    values.filter_map(|it| api.ty(api.innermost(it.schema)).named())
}

/// The types of objects inside of these. Lists and maps are replaced as a whole.
fn reached(api: &Api, mut next: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = next.pop() {
        if !reached.insert(id) {
            continue;
        }
        let shape = &api.type_definition(id).shape;
        let rest: Option<SchemaId> = shape.rest().map(|it| it.schema);
        let children = shape.children().map(|it| it.schema);
        let children = children.filter(|it| Some(*it) != rest);
        next.extend(children.filter_map(|it| api.ty(it).named()));
    }
    reached
}

/// Whether a field may be null or absent, and null is not among the values of its type.
fn may_tell_null(api: &Api, field: &Field) -> bool {
    // No body has such a time.
    let is_known = *api.ty(field.value.schema) != Type::Scalar(Scalar::DateTimeRfc2822);
    !field.listed && api.is_or_null(&field.value) && is_known
}
