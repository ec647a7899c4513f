//! What an action does to one value: an update is merged into it, or it is taken out.

use serde_json::Value;

use super::origin::Origins;
use crate::diagnostic::{OverlayProblem, Problem};
use crate::pointer::Pointer;
use crate::report::Diagnostic;

/// Checks that `update`, which stands at `from` in the overlay, can be merged into `node`, which stands at `at` in
/// the document.
///
/// What stands in the same place must be of the same sort: an object, a list, or neither.
pub(super) fn check(
    node: &Value,
    update: &Value,
    at: &Pointer,
    from: &Pointer,
) -> Result<(), Diagnostic> {
    match (node, update) {
        // The update of a list is the element to append.
        (Value::Array(_), _) => Ok(()),
        _ => check_member(node, update, at, from),
    }
}

/// Checks that a value and what an update has in its place are of the same sort.
fn check_member(
    node: &Value,
    update: &Value,
    at: &Pointer,
    from: &Pointer,
) -> Result<(), Diagnostic> {
    match (node, update) {
        (Value::Object(node), Value::Object(update)) => {
            for (key, value) in update {
                if let Some(node) = node.get(key) {
                    check_member(node, value, &at.key(key), &from.key(key))?;
                }
            }
            Ok(())
        }
        (Value::Array(_), Value::Array(_)) => Ok(()),
        _ if sort(node) == sort(update) => Ok(()),
        _ => {
            let problem = OverlayProblem::IncompatibleUpdate {
                expected: sort(node),
                found: sort(update),
                pointer: at.clone(),
            };
            Err(Diagnostic::new(Problem::Overlay(problem), from.clone()))
        }
    }
}

/// Returns what a user calls the sort of a value.
fn sort(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => "a single value",
    }
}

/// Merges `update`, which stands at `from` in the overlay, into an object, appends it to a list, or puts it in the place
/// of a single value. Says whether that changes anything.
pub(super) fn update(
    node: &mut Value,
    origins: &mut Origins,
    update: &Value,
    from: &Pointer,
) -> bool {
    match node {
        Value::Array(list) => {
            origins.set(&list.len().to_string(), from.clone());
            origins.note_change(from);
            list.push(update.clone());
            true
        }
        Value::Object(_) => merge(node, origins, update, from),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let is_changed = node != update;
            if is_changed {
                update.clone_into(node);
                origins.replace(from.clone());
            }
            is_changed
        }
    }
}

/// Merges `update` into an object or a list of the same sort.
pub(super) fn merge(
    node: &mut Value,
    origins: &mut Origins,
    update: &Value,
    from: &Pointer,
) -> bool {
    let is_changed = merge_parts(node, origins, update, from);
    if is_changed {
        origins.note_change(from);
    }
    is_changed
}

fn merge_parts(node: &mut Value, origins: &mut Origins, update: &Value, from: &Pointer) -> bool {
    match (node, update) {
        (Value::Object(node), Value::Object(update)) => {
            let mut is_changed = false;
            for (key, value) in update {
                let from = from.key(key);
                match node.get_mut(key) {
                    Some(node) if node.is_object() || node.is_array() => {
                        is_changed |= merge(node, origins.part_mut(key), value, &from);
                    }
                    Some(node) if node == value => {}
                    Some(_) | None => {
                        node.insert(key.clone(), value.clone());
                        origins.set(key, from);
                        is_changed = true;
                    }
                }
            }
            is_changed
        }
        (Value::Array(node), Value::Array(update)) => {
            for (index, value) in update.iter().enumerate() {
                origins.set(&node.len().to_string(), from.index(index));
                node.push(value.clone());
            }
            !update.is_empty()
        }
        (node, update) => panic!("{} was to be merged into {}", sort(update), sort(node)),
    }
}

/// Takes the value at `at` out of the document, as the action at `from` of the overlay has it.
pub(super) fn remove(document: &mut Value, origins: &mut Origins, at: &Pointer, from: &Pointer) {
    let (Some(around), Some(key)) = (at.parent(), at.tokens().last()) else {
        return;
    };
    let origins = origins.at_mut(&around);
    origins.note_change(from);
    match document.pointer_mut(around.as_str()) {
        Some(Value::Object(object)) => {
            object.shift_remove(&key);
            origins.remove_key(&key);
        }
        Some(Value::Array(list)) => {
            if let Ok(index) = key.parse::<usize>() {
                origins.remove_index(index, list.len());
                list.remove(index);
            }
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
    }
}
