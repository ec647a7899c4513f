//! Computes containment: of types in each other, and of operations and resources in resources.
//!
//! Computed once for a version, without recursion: specs may have chains of thousands of types.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{
    Api, OperationIndex, Presence, ResourceId, Scalar, Shape, Type, TypeDefinition, TypeId,
};

/// Containment in one version. Types only count as contained if no list and no map is between them.
pub(super) struct Graph {
    /// For each type: one representative of its cycle, the same for all its members.
    circles: Vec<usize>,
    /// For each type: whether it has a default value.
    defaults: Vec<bool>,
    /// The types with floating-point numbers, which are neither `Eq` nor `Hash`.
    inexact: BTreeSet<TypeId>,
    /// The types of requests that responses convert into.
    convertible: BTreeSet<TypeId>,
    /// For each resource: its parent.
    parents: Vec<Option<ResourceId>>,
    /// For each operation: its resource.
    owners: Vec<Option<ResourceId>>,
}

impl Graph {
    pub(super) fn of(api: &Api) -> Self {
        let mut parents = vec![None; api.resources.len()];
        let mut owners = vec![None; api.operations.len()];
        for (index, resource) in api.resources.iter().enumerate() {
            for child in &resource.children {
                parents[child.0].get_or_insert(ResourceId(index));
            }
            for operation in &resource.operations {
                owners[operation.0].get_or_insert(ResourceId(index));
            }
        }
        Self {
            circles: circles(&parts(api)),
            defaults: defaults(api),
            inexact: inexact(api),
            convertible: convertible(api),
            parents,
            owners,
        }
    }

    /// Whether a value of type `ty` in a field of `owner` contains a value of `owner`.
    pub(super) fn is_circular(&self, owner: TypeId, ty: &Type) -> bool {
        ty.named()
            .is_some_and(|part| self.circles[part.0] == self.circles[owner.0])
    }

    /// Whether an object has a default value: whether each of its fields has one.
    pub(super) fn has_default(&self, id: TypeId) -> bool {
        self.defaults[id.0]
    }

    /// Whether values of the type can be `Eq` and `Hash`.
    pub(super) fn is_exact(&self, id: TypeId) -> bool {
        !self.inexact.contains(&id)
    }

    /// Whether the response type that corresponds to a request type converts into it.
    pub(super) fn is_convertible(&self, id: TypeId) -> bool {
        self.convertible.contains(&id)
    }

    pub(super) fn parent(&self, id: ResourceId) -> Option<ResourceId> {
        self.parents[id.0]
    }

    pub(super) fn owner(&self, index: OperationIndex) -> Option<ResourceId> {
        self.owners[index.0]
    }
}

/// For each type: the types inside of it.
fn parts(api: &Api) -> Vec<Vec<usize>> {
    let parts = api.types.iter().map(|it| {
        let held = it
            .shape
            .children()
            .filter_map(|it| api.ty(it.schema).named());
        held.map(|id| id.0).collect()
    });
    parts.collect()
}

/// Finds the strongly connected components of a graph (Kosaraju's algorithm): for each node, a representative.
pub(super) fn circles(parts: &[Vec<usize>]) -> Vec<usize> {
    let mut wholes = vec![Vec::new(); parts.len()];
    for (whole, parts) in parts.iter().enumerate() {
        for &part in parts {
            wholes[part].push(whole);
        }
    }
    let mut circles: Vec<usize> = (0..parts.len()).collect();
    let mut is_placed = vec![false; parts.len()];
    for start in parts_first(parts).into_iter().rev() {
        let mut next = vec![start];
        while let Some(id) = next.pop() {
            if !std::mem::replace(&mut is_placed[id], true) {
                circles[id] = start;
                next.extend(&wholes[id]);
            }
        }
    }
    circles
}

/// Sorts the nodes of a graph so that each comes after those it leads to, except in cycles.
pub(super) fn parts_first(parts: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(parts.len());
    let mut is_seen = vec![false; parts.len()];
    for start in 0..parts.len() {
        let mut way = Vec::new();
        if !std::mem::replace(&mut is_seen[start], true) {
            way.push((start, parts[start].iter()));
        }
        while let Some((id, rest)) = way.last_mut() {
            match rest.next() {
                Some(&part) if !std::mem::replace(&mut is_seen[part], true) => {
                    way.push((part, parts[part].iter()));
                }
                Some(_) => {}
                None => {
                    order.push(*id);
                    way.pop();
                }
            }
        }
    }
    order
}

/// For each type: whether it has a default value. A type that must contain itself has none.
fn defaults(api: &Api) -> Vec<bool> {
    let mut owners = vec![Vec::new(); api.types.len()];
    // For each type: the number of fields still without a default.
    let mut obstacles = vec![0_usize; api.types.len()];
    for (owner, definition) in api.types.iter().enumerate() {
        let fields = match &definition.shape {
            Shape::Object(object) => &object.fields,
            Shape::Enumeration(_) | Shape::Union(_) => {
                obstacles[owner] = 1; // No value is special.
                continue;
            }
        };
        for field in fields {
            match (field.presence, api.ty(field.value.schema)) {
                (Presence::Optional | Presence::OptionalWithDefault | Presence::Default(_), _) => {}
                (Presence::Required, _) if field.initial.is_some() => {}
                (Presence::Required, Type::Named(part)) => {
                    obstacles[owner] += 1;
                    owners[part.0].push(owner);
                }
                (Presence::Required, _) => {}
            }
        }
    }
    let mut next: Vec<usize> = (0..obstacles.len())
        .filter(|&id| obstacles[id] == 0)
        .collect();
    while let Some(id) = next.pop() {
        for &owner in &owners[id] {
            obstacles[owner] -= 1;
            if obstacles[owner] == 0 {
                next.push(owner);
            }
        }
    }
    obstacles.into_iter().map(|it| it == 0).collect()
}

/// The types with floating-point numbers, also inside of lists, maps and other types.
fn inexact(api: &Api) -> BTreeSet<TypeId> {
    let mut owners: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut next = Vec::new();
    for owner in (0..api.types.len()).map(TypeId) {
        for child in api.type_definition(owner).shape.children() {
            match api.ty(api.innermost(child.schema)) {
                Type::Scalar(Scalar::Float) => next.push(owner),
                Type::Named(part) => owners.entry(*part).or_default().push(owner),
                Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) => {}
            }
        }
    }
    let mut inexact = BTreeSet::new();
    while let Some(id) = next.pop() {
        if inexact.insert(id) {
            next.extend(owners.remove(&id).into_iter().flatten());
        }
    }
    inexact
}

/// The types of requests that a response can provide completely: no required field is write-only.
fn convertible(api: &Api) -> BTreeSet<TypeId> {
    let inputs = (0..api.types.len()).map(TypeId);
    let mut convertible: BTreeSet<TypeId> = inputs
        .filter(|&id| api.type_definition(id).received_as.is_some())
        .collect();
    let mut owners: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut next = Vec::new();
    for &id in &convertible {
        let definition = api.type_definition(id);
        if !definition.shape.variants().is_empty() || definition.shape.rest().is_some() {
            next.push(id); // Its values in a request are unknown.
        }
        for field in definition.shape.fields() {
            let is_received = has_field(api, definition, &field.wire_name);
            let part = api.named_inside(field.value.schema);
            match (is_received, field.presence, part) {
                (false, Presence::Required | Presence::Default(_), _) => next.push(id),
                (true, _, Some(part)) => owners.entry(part).or_default().push(id),
                (false, Presence::Optional | Presence::OptionalWithDefault, _)
                | (true, _, None) => {}
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

/// Whether the response type that corresponds to an input type has a field.
fn has_field(api: &Api, input: &TypeDefinition, wire_name: &str) -> bool {
    let received = input
        .received_as
        .map(|id| api.type_definition(id).shape.fields());
    received.is_some_and(|fields| fields.iter().any(|it| it.wire_name == wire_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found() {
        // 0 leads to the cycle of 1, 2 and 3, which leads to 4, which contains itself, and to 5.
        let parts = [
            vec![1],
            vec![2, 5],
            vec![3, 4],
            vec![1],
            vec![4],
            Vec::new(),
        ];
        let circles = circles(&parts);
        let same = |a: usize, b: usize| circles[a] == circles[b];
        assert!(same(1, 2) && same(2, 3), "{circles:?}");
        for (a, b) in [(0, 1), (1, 4), (1, 5), (4, 5), (0, 5)] {
            assert!(!same(a, b), "{a} and {b}: {circles:?}");
        }
    }

    #[test]
    fn long_ways_take_no_stack() {
        let count = 1_000_000;
        let parts: Vec<Vec<usize>> = (1..=count).map(|it| vec![it % count]).collect();
        let circles = circles(&parts);
        assert!(circles.iter().all(|it| *it == circles[0]));
    }
}
