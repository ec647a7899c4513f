//! Pairs the enumerations of responses with those of requests, to convert between them.
//!
//! A resource whose `status` has one enumeration often takes another one in an update, with some of the same values.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Encoding, Operation, Payload, ResponseKind, Shape, TypeId, Use};
use crate::words;

/// For each enumeration of requests: those of responses that convert into it, as far as it has their values.
#[derive(Debug, Default)]
pub(super) struct Counterparts(BTreeMap<TypeId, BTreeSet<TypeId>>);

impl Counterparts {
    /// Pairs the parameters of a resource's operations with fields of the same name in their responses.
    pub(super) fn of(api: &Api) -> Self {
        let mut pairs: BTreeMap<TypeId, BTreeSet<TypeId>> = BTreeMap::new();
        for resource in &api.resources {
            let operations = resource.operations.iter();
            let operations = operations.map(|&it| api.operation(it));
            let received = operations.clone().flat_map(|it| received(api, it));
            let mut by_name: BTreeMap<String, BTreeSet<TypeId>> = BTreeMap::new();
            for (name, id) in received {
                by_name.entry(name).or_default().insert(id);
            }
            for (name, to) in operations.flat_map(|it| sent(api, it)) {
                let candidates = by_name.get(&name).into_iter().flatten();
                let fitting = candidates.filter(|&&from| shares_values(api, from, to));
                pairs.entry(to).or_default().extend(fitting);
            }
        }
        pairs.retain(|_, from| !from.is_empty());
        Self(pairs)
    }

    /// The enumerations that convert into `to`.
    pub(super) fn sources(&self, to: TypeId) -> impl Iterator<Item = TypeId> {
        self.0.get(&to).into_iter().flatten().copied()
    }
}

/// The enumerations in the response of an operation, each with the name of its field in words.
fn received<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = (String, TypeId)> {
    let payloads: Vec<&Use> = match &operation.result {
        ResponseKind::Nothing => Vec::new(),
        ResponseKind::Value(payload) => vec![&payload.value],
        ResponseKind::OneOf(alternatives) => {
            let payloads = alternatives.iter().filter_map(|it| it.payload.as_ref());
            payloads.map(|it| &it.value).collect()
        }
        ResponseKind::Page { item, .. } => vec![item],
    };
    payloads.into_iter().flat_map(|it| of_fields(api, it))
}

/// The enumerations in the request of an operation outside of the path, each with the name of its parameter or field in
/// words.
fn sent<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = (String, TypeId)> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter_map(|it| {
        let id = enumeration(api, &it.value)?;
        Some((words::snake_with_marks(&it.wire_name), id))
    });
    let body = operation.body.iter().map(|it| &it.payload);
    let body = body.filter(|Payload { encoding, .. }| *encoding == Encoding::Json);
    parameters.chain(body.flat_map(|it| of_fields(api, &it.value)))
}

/// The enumerations in the fields of an object.
fn of_fields<'a>(api: &'a Api, value: &Use) -> impl Iterator<Item = (String, TypeId)> + use<'a> {
    let object = api.ty(value.schema).named();
    let fields = object.map(|id| api.type_definition(id).shape.fields());
    let fields = fields.into_iter().flatten();
    fields.filter_map(|it| {
        let id = enumeration(api, &it.value)?;
        Some((words::snake_with_marks(&it.wire_name), id))
    })
}

/// The enumeration of a value, or of the items of a list.
fn enumeration(api: &Api, value: &Use) -> Option<TypeId> {
    let id = api.named_inside(value.schema)?;
    let definition = api.type_definition(id);
    match definition.shape {
        Shape::Enumeration(_) => definition.is_item.then_some(id),
        Shape::Object(_) | Shape::Union(_) => None,
    }
}

/// Whether two different enumerations have a value in common.
fn shares_values(api: &Api, one: TypeId, other: TypeId) -> bool {
    let texts = |id: TypeId| {
        let values = api.type_definition(id).shape.values().unwrap_or_default();
        values.iter().map(|it| it.text.as_str())
    };
    let known: BTreeSet<&str> = texts(one).collect();
    one != other && texts(other).any(|it| known.contains(it))
}
