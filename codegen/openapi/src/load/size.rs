//! Estimates how much code a document generates before generating it, and measures its depth.

use serde_json::Value;

use super::fault::LoadFault;
use crate::path_item::METHODS;
use crate::pointer::Pointer;
use crate::report::Diagnostic;

/// How many levels of values the next steps are given: a few more than the reader of texts accepts, because references are
/// replaced by their targets, and lists of types by alternatives. The steps recurse, on threads with 2 MiB of stack.
const MAX_DEPTH: usize = 68;

/// How many lines of code may be generated from one document. The largest of Twilio's specs makes 60,000, and the
/// largest public documents 4 million; compiling takes far longer than generating.
const MAX_LINES: usize = 8_000_000;

/// Approximate lines for a type, a field, a value of an enumeration, an operation, and a parameter.
const TYPE: usize = 8;
const FIELD: usize = 4;
const ENUM_VALUE: usize = 2;
const OPERATION: usize = 100;
const PARAMETER: usize = 6;

/// Returns a fault if `document` would generate too much code.
pub(super) fn check(document: &Value) -> Option<Diagnostic> {
    (lines(document) > MAX_LINES).then(|| Diagnostic::new(LoadFault::TooMuchCode, Pointer::root()))
}

/// Returns a fault if `document` is deeper than [`MAX_DEPTH`].
pub(super) fn check_depth(document: &Value) -> Option<Diagnostic> {
    is_deeper(document, MAX_DEPTH).then(|| Diagnostic::new(LoadFault::TooDeep, Pointer::root()))
}

/// Returns whether a value has more than `levels` levels below it.
fn is_deeper(value: &Value, levels: usize) -> bool {
    let below = |it: &Value| match levels.checked_sub(1) {
        Some(levels) => is_deeper(it, levels),
        None => true,
    };
    match value {
        Value::Object(object) => object.values().any(below),
        Value::Array(list) => list.iter().any(below),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn lines(document: &Value) -> usize {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|it| it.values());
    let operations = |item: &Value| METHODS.iter().filter(|it| item.get(**it).is_some()).count();
    let operations: usize = items.map(operations).sum();
    OPERATION * operations + lines_in(document)
}

/// The lines of code for the contents of `value`, without operations.
fn lines_in(value: &Value) -> usize {
    match value {
        Value::Object(object) => {
            let members = object.iter().map(|(key, value)| {
                let own = match (key.as_str(), value) {
                    ("schemas", Value::Object(schemas)) => TYPE * schemas.len(),
                    ("properties", Value::Object(fields)) => TYPE + FIELD * fields.len(),
                    ("enum", Value::Array(values)) => ENUM_VALUE * values.len(),
                    ("parameters", Value::Array(parameters)) => PARAMETER * parameters.len(),
                    (_, _) => 0,
                };
                own + lines_in(value)
            });
            members.sum()
        }
        Value::Array(list) => list.iter().map(lines_in).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
