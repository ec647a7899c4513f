//! Which types operations use, and in which direction they travel.
//!
//! A type that only comes back needs no way to be written, and callers must not depend on its fields
//! being all there are. One that is sent is made by callers.

use std::collections::BTreeSet;

use super::{Api, Operation, OperationIndex, Outcome, Shape, Type, TypeId};

/// The types that are sent and those that come back, each with all that it holds.
pub(crate) struct Usage {
    pub(crate) sent: BTreeSet<TypeId>,
    pub(crate) received: BTreeSet<TypeId>,
}

impl Usage {
    /// The directions of the types of `api`. Parameters do not count: they are text.
    pub(crate) fn of(api: &Api) -> Self {
        let mut usage = Self {
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
        };
        for operation in &api.operations {
            add_received(api, operation, &mut usage.received);
            add_sent(api, operation, &mut usage.sent);
        }
        // What no operation uses can at least be read, and so can all that it holds.
        for id in (0..api.types.len()).map(TypeId) {
            if !usage.sent.contains(&id) {
                add(api, &Type::Named(id), &mut usage.received);
            }
        }
        usage
    }
}

/// The types that `operations` mention anywhere, and all that those hold.
pub(crate) fn types_of(api: &Api, operations: &[OperationIndex]) -> BTreeSet<TypeId> {
    let mut used = BTreeSet::new();
    for operation in operations.iter().map(|&index| api.operation(index)) {
        add_received(api, operation, &mut used);
        add_sent(api, operation, &mut used);
        for parameter in operation
            .path_parameters
            .iter()
            .chain(&operation.parameters)
        {
            add(api, &parameter.ty, &mut used);
        }
    }
    used
}

fn add_received(api: &Api, operation: &Operation, used: &mut BTreeSet<TypeId>) {
    match &operation.result {
        Outcome::Nothing => {}
        Outcome::Value(ty) | Outcome::Page { item: ty, .. } => add(api, ty, used),
    }
}

fn add_sent(api: &Api, operation: &Operation, used: &mut BTreeSet<TypeId>) {
    if let Some(body) = &operation.body {
        add(api, &body.ty, used);
    }
}

fn add(api: &Api, ty: &Type, used: &mut BTreeSet<TypeId>) {
    match ty {
        Type::Array(item) | Type::Map(item) => add(api, item, used),
        Type::Named(id) => {
            if used.insert(*id)
                && let Shape::Object(fields) = &api.type_definition(*id).shape
            {
                fields.iter().for_each(|field| add(api, &field.ty, used));
            }
        }
        Type::String | Type::Boolean | Type::Integer | Type::Decimal | Type::Any => {}
        Type::DateTime | Type::DateTimeRfc2822 | Type::Date => {}
    }
}
