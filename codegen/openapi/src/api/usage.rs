//! Determines which types operations use, and in which directions.
//!
//! A type that only occurs in responses needs no serialization, and callers must not rely on knowing all its fields.
//! Types in requests are built by callers.

use std::collections::BTreeSet;

use super::{
    Api, Direction, Operation, OperationIndex, Parameter, Payload, ResponseKind, Shape, Type,
    TypeId, Use,
};

/// The types in requests and those in responses, each with all types inside of it.
pub struct Usage {
    /// Those that requests send.
    pub sent: BTreeSet<TypeId>,
    /// Those that responses have.
    pub received: BTreeSet<TypeId>,
}

impl Usage {
    /// The directions of the types of `api`. Parameters that are strings do not count.
    pub fn of(api: &Api) -> Self {
        let mut usage = Self::by_operations(api);
        // Types that no operation uses can at least be read, with all types inside of them.
        for id in api.items() {
            if !usage.sent.contains(&id) {
                walk_type(api, id, &mut |id| usage.received.insert(id));
            }
        }
        usage
    }

    /// The directions in which operations use the types of `api`, following only fields that are sent that way.
    pub fn by_operations(api: &Api) -> Self {
        let mut usage = Self {
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
        };
        for operation in &api.operations {
            add_received(api, operation, &mut |id| usage.received.insert(id));
            add_sent(api, operation, &mut |id| usage.sent.insert(id));
            let values = parameters(operation).filter(|it| api.is_passed_as_value(it));
            for parameter in values {
                let sent = &mut |id| usage.sent.insert(id);
                add(api, &parameter.value, Direction::is_sent, sent);
            }
        }
        usage
    }
}

/// Visits the types that `operations` mention, and all types inside of them, as long as `enter` returns true for a new
/// type.
pub fn walk_types(
    api: &Api,
    operations: &[OperationIndex],
    enter: &mut impl FnMut(TypeId) -> bool,
) {
    for operation in operations.iter().map(|&index| api.operation(index)) {
        add_received(api, operation, enter);
        add_sent(api, operation, enter);
        for parameter in parameters(operation) {
            add(api, &parameter.value, Direction::is_sent, enter);
        }
    }
}

/// Visits the type `id` and all types inside of it, as long as `enter` returns true for a new type.
pub fn walk_type(api: &Api, id: TypeId, enter: &mut impl FnMut(TypeId) -> bool) {
    walk(api, vec![&Type::Named(id)], |_| true, enter);
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .path_parameters
        .iter()
        .chain(&operation.parameters)
}

fn add_received(api: &Api, operation: &Operation, enter: &mut impl FnMut(TypeId) -> bool) {
    match &operation.result {
        ResponseKind::Nothing => {}
        ResponseKind::OneOf(alternatives) => {
            let payloads = alternatives.iter().filter_map(|it| it.payload.as_ref());
            for value in payloads.flat_map(Payload::values) {
                add(api, value, Direction::is_received, enter);
            }
        }
        ResponseKind::Value(payload) => {
            for value in payload.values() {
                add(api, value, Direction::is_received, enter);
            }
        }
        ResponseKind::Page { item, .. } => add(api, item, Direction::is_received, enter),
    }
    let others = operation.other_responses.iter();
    for value in others.flat_map(|it| it.payload.values()) {
        add(api, value, Direction::is_received, enter);
    }
    for error in &operation.errors {
        add(api, &error.value, Direction::is_received, enter);
    }
}

fn add_sent(api: &Api, operation: &Operation, enter: &mut impl FnMut(TypeId) -> bool) {
    if let Some(body) = &operation.body {
        add(api, &body.payload.value, Direction::is_sent, enter);
    }
    for body in &operation.other_bodies {
        add(api, &body.value, Direction::is_sent, enter);
    }
}

/// Visits the types that a value mentions and all types inside of their fields that are sent in its direction.
fn add(
    api: &Api,
    value: &Use,
    travels: fn(Direction) -> bool,
    enter: &mut impl FnMut(TypeId) -> bool,
) {
    walk(api, vec![api.ty(value.schema)], travels, enter);
}

/// All values inside of a type, each with its direction. Marks only apply to properties (OpenAPI 3.0.3, Schema Object).
pub(crate) fn directed<'a>(
    api: &'a Api,
    shape: &'a Shape,
) -> impl Iterator<Item = (&'a Use, Direction)> {
    let fields = shape.fields().iter().map(|it| &it.value);
    let fields = fields.map(|it| (it, api.direction(it)));
    fields.chain(shape.unnamed().map(|it| (it, Direction::Both)))
}

/// Keeps an explicit stack: types may be nested as deep as the spec is long.
fn walk<'a>(
    api: &'a Api,
    mut next: Vec<&'a Type>,
    travels: fn(Direction) -> bool,
    enter: &mut impl FnMut(TypeId) -> bool,
) {
    while let Some(ty) = next.pop() {
        match ty {
            Type::List(item) | Type::Map(item) => next.push(api.ty(item.schema)),
            Type::Named(id) if enter(*id) => {
                let children = directed(api, &api.type_definition(*id).shape);
                let children = children.filter(|(_, direction)| travels(*direction));
                next.extend(children.map(|(it, _)| api.ty(it.schema)));
            }
            Type::Scalar(_) | Type::Any | Type::Named(_) => {}
        }
    }
}
