//! Makes methods of resources that are only an action: `POST /sims/{sid}/ring` is `sim(sid).ring()`, not
//! `sim(sid).ring().create()`.
//!
//! Such a resource is the last segment of a path and has a single operation, whose verb it repeats. A segment that is a
//! well-known verb counts, too, if the operation is a `POST`: many ids say no more than the method. What a `PUT` or a
//! `DELETE` names is something that a `GET` may be added for.

use std::collections::BTreeSet;

use super::operation_name::is_verb;
use crate::api::{Method, Operation, OperationIndex, Resource, ResourceId};

/// Verbs of segments, besides those that ids start or end with.
const ACTIONS: [&str; 30] = [
    "block",
    "capture",
    "complete",
    "decline",
    "detach",
    "dispatch",
    "expire",
    "finalize",
    "increment",
    "kill",
    "lock",
    "mark",
    "merge",
    "pay",
    "prune",
    "push",
    "redeem",
    "reopen",
    "rerun",
    "resize",
    "retry",
    "reverse",
    "sign",
    "suspend",
    "terminate",
    "unblock",
    "unpause",
    "unsuspend",
    "void",
    "wait",
];

/// Verbs that are as often the name of what is created.
const NOUNS: [&str; 6] = ["batch", "list", "post", "put", "query", "set"];

/// Verbs that are as often part of a noun: `login_links`.
const MODIFIERS: [&str; 14] = [
    "batch", "bulk", "check", "download", "export", "import", "list", "login", "post", "query",
    "search", "set", "sync", "upload",
];

/// Moves the operations of resources that are only an action to the resource above, and removes these resources.
pub(super) fn into_methods(
    resources: Vec<Resource>,
    operations: &mut [Operation],
) -> Vec<Resource> {
    let mut resources = resources;
    let mut moved = BTreeSet::new();
    for parent in 0..resources.len() {
        for (child, action) in actions(&resources, ResourceId(parent), operations) {
            let name = resources[child.0].accessor.clone();
            operations[action.0].verb = name;
            resources[parent].operations.push(action);
            moved.insert(child);
        }
    }
    let mut places = vec![ResourceId(0); resources.len()];
    let stay = (0..resources.len()).filter(|it| !moved.contains(&ResourceId(*it)));
    for (place, index) in stay.enumerate() {
        places[index] = ResourceId(place);
    }
    let kept = resources.into_iter().enumerate();
    let kept = kept.filter(|(index, _)| !moved.contains(&ResourceId(*index)));
    let kept = kept.map(|(_, mut resource)| {
        resource.children.retain(|it| !moved.contains(it));
        for child in &mut resource.children {
            *child = places[child.0];
        }
        resource
    });
    kept.collect()
}

/// The children of a resource that are only an action, each with its operation, as far as their names are free.
fn actions(
    resources: &[Resource],
    parent: ResourceId,
    operations: &[Operation],
) -> Vec<(ResourceId, OperationIndex)> {
    let Resource {
        children,
        operations: own,
        ..
    } = &resources[parent.0];
    let verbs: BTreeSet<&str> = own
        .iter()
        .map(|it| operations[it.0].verb.as_str())
        .collect();
    let is_free = |resource: &Resource| {
        let name = &resource.accessor;
        let mut others = children.iter().map(|it| &resources[it.0]);
        !verbs.contains(name.as_str())
            && others.all(|it| std::ptr::eq(it, resource) || it.accessor != *name)
    };
    let actions = children.iter().filter_map(|id| {
        let resource = &resources[id.0];
        let action = action(resource, operations)?;
        is_free(resource).then_some((*id, action))
    });
    actions.collect()
}

/// The only operation of a resource that is only an action.
fn action(resource: &Resource, operations: &[Operation]) -> Option<OperationIndex> {
    let [only] = resource.operations.as_slice() else {
        return None;
    };
    if !resource.children.is_empty() || !resource.parameters.is_empty() {
        return None;
    }
    let Operation { verb, method, .. } = &operations[only.0];
    let name = resource.accessor.as_str();
    let (first, has_more) = match name.split_once('_') {
        Some((first, _)) => (first, true),
        None => (name, false),
    };
    if verb == name || (verb == first && is_verb(first)) {
        return Some(*only);
    }
    let is_posted = *method == Method::Post;
    let is_known = is_verb(first) || ACTIONS.contains(&first);
    let says_nothing = verb.eq_ignore_ascii_case(method.as_str());
    let is_action = match has_more {
        true => says_nothing && !MODIFIERS.contains(&first),
        false => !NOUNS.contains(&first),
    };
    (is_posted && is_known && is_action).then_some(*only)
}
