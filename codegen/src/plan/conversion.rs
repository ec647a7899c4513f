//! How what an answer brings becomes what a request sends, where one schema describes both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conversion, Field, Named, RustType, Turn};
use crate::api::{Api, Presence, TypeDefinition, TypeId};

/// The types of requests that an answer has all of: nothing that must be there is only sent.
pub(super) fn convertible(api: &Api) -> BTreeSet<TypeId> {
    let inputs = (0..api.types.len()).map(TypeId);
    let mut convertible: BTreeSet<TypeId> = inputs
        .filter(|&id| api.type_definition(id).received_as.is_some())
        .collect();
    let mut owners: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut next = Vec::new();
    for &id in &convertible {
        let definition = api.type_definition(id);
        for field in definition.shape.fields() {
            let is_received = has_field(api, definition, &field.wire_name);
            let part = api.ty(api.innermost(field.value.schema)).named();
            match (is_received, field.presence, part) {
                (false, Presence::Required | Presence::Default(_), _) => next.push(id),
                (true, _, Some(part)) => owners.entry(part).or_default().push(id),
                (false, Presence::Optional, _) | (true, _, None) => {}
            }
        }
    }
    while let Some(id) = next.pop() {
        if convertible.remove(&id) {
            next.extend(owners.remove(&id).into_iter().flatten());
        }
    }
    convertible
}

/// Whether what answers bring in the place of an input has a field.
fn has_field(api: &Api, input: &TypeDefinition, wire_name: &str) -> bool {
    let received = input
        .received_as
        .map(|id| api.type_definition(id).shape.fields());
    received.is_some_and(|fields| fields.iter().any(|it| it.wire_name == wire_name))
}

/// Plans how a struct of answers becomes one of requests, which has `to`.
pub(super) fn conversion(from: Named, fields: &[Field], to: &[Field]) -> Conversion {
    let field = |to: &Field| {
        let from = fields.iter().find(|from| from.key() == to.key());
        let taken = from.map(|from| (from.name.clone(), turn(&from.ty, &to.ty)));
        (to.name.clone(), taken)
    };
    Conversion {
        from,
        fields: to.iter().map(field).collect(),
    }
}

/// How a value of one type becomes one of another, which differs in structs, boxes and whether it may be missing.
fn turn(from: &RustType, to: &RustType) -> Turn {
    let inner = |from, to| Box::new(turn(from, to));
    match (from, to) {
        (from, to) if from == to => Turn::Stay,
        (RustType::Box(from), RustType::Box(to)) => {
            Turn::Unbox(Box::new(Turn::Box(inner(from, to))))
        }
        (RustType::Box(from), to) => Turn::Unbox(inner(from, to)),
        (from, RustType::Box(to)) => Turn::Box(inner(from, to)),
        (RustType::Option(from), RustType::Option(to)) => Turn::Inside(inner(from, to)),
        (from, RustType::Option(to)) => Turn::Some(inner(from, to)),
        (RustType::Vec(from), RustType::Vec(to)) => Turn::Items(inner(from, to)),
        (RustType::Map(from), RustType::Map(to)) => Turn::Values(inner(from, to)),
        (_, _) => Turn::Into,
    }
}
