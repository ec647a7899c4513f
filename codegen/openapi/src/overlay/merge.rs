//! Applies an action to one value: merges an update into it, or removes it.

use serde_json::Value;

use super::fault::OverlayFault;
use crate::pointer::Pointer;
use crate::report::Diagnostic;
use crate::tree::{FoundPlace, Node, Tree};

/// Checks that `update`, at `from` in the overlay, can be merged into `node`, at `at` in the document.
///
/// Two values at the same place must be of the same kind: an object, a list, or a single value.
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

/// Checks that a member and its update are of the same kind.
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
            let problem = OverlayFault::IncompatibleUpdate {
                expected: sort(node),
                found: sort(update),
                pointer: at.clone(),
            };
            Err(Diagnostic::new(problem, from.clone()))
        }
    }
}

/// Returns what users call the kind of a value.
fn sort(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => "a single value",
    }
}

/// Merges `update`, at `from` in the overlay, into an object, appends it to a list, or replaces a single value. Returns
/// whether that changes anything.
pub(super) fn update(
    value: &mut Value,
    node: &mut Node,
    update: &Value,
    from: FoundPlace<'_>,
) -> bool {
    match value {
        Value::Array(list) => {
            *node.element_mut(list.len()) = from.to_node();
            node.note_change(from);
            list.push(update.clone());
            true
        }
        Value::Object(_) => merge(value, node, update, from),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let is_changed = value != update;
            if is_changed {
                update.clone_into(value);
                *node = from.to_node();
            }
            is_changed
        }
    }
}

/// Merges `update` into an object or a list of the same kind.
pub(super) fn merge(
    value: &mut Value,
    node: &mut Node,
    update: &Value,
    from: FoundPlace<'_>,
) -> bool {
    let is_changed = merge_parts(value, node, update, from);
    if is_changed {
        node.note_change(from);
    }
    is_changed
}

fn merge_parts(value: &mut Value, node: &mut Node, update: &Value, from: FoundPlace<'_>) -> bool {
    match (value, update) {
        (Value::Object(object), Value::Object(update)) => {
            let mut is_changed = false;
            for (key, update) in update {
                let from = from.part(key);
                match object.get_mut(key) {
                    Some(value) if value.is_object() || value.is_array() => {
                        is_changed |= merge(value, node.member_mut(key), update, from);
                    }
                    Some(value) if value == update => {}
                    Some(_) | None => {
                        object.insert(key.clone(), update.clone());
                        *node.member_mut(key) = from.to_node();
                        is_changed = true;
                    }
                }
            }
            is_changed
        }
        (Value::Array(list), Value::Array(update)) => {
            for (index, update) in update.iter().enumerate() {
                *node.element_mut(list.len()) = from.part(&index.to_string()).to_node();
                list.push(update.clone());
            }
            !update.is_empty()
        }
        (value, update) => panic!("{} was to be merged into {}", sort(update), sort(value)),
    }
}

/// Removes the value at `at` from the document, on behalf of the action at `from` of the overlay.
pub(super) fn remove(document: &mut Tree, at: &Pointer, from: FoundPlace<'_>) {
    let (Some(around), Some(key)) = (at.parent(), at.tokens().last()) else {
        return;
    };
    let Some((value, node)) = document.at_mut(&around) else {
        return;
    };
    node.note_change(from);
    match value {
        Value::Object(object) => {
            object.shift_remove(&key);
            node.remove_member(&key);
        }
        Value::Array(list) => {
            if let Ok(index) = key.parse() {
                node.remove_element(index);
                list.remove(index);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
