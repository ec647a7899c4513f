//! Makes a checked, typed OpenAPI 3.0 document of the values of a spec.
//!
//! `check` finds every fault in them, and then they are typed. Nothing here decides what is generated; what is Twilio's
//! own convention is left as it is.

mod check;
mod fault;
mod inline;
mod size;

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub(crate) use self::check::spelling::similar;
use self::check::{Edit, count};
pub(crate) use self::check::{OverlayVersion, UNSUPPORTED, check_overlay};
use self::fault::LoadFault;
use crate::number::Number;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Explanation};
use crate::tree::Places;

/// The explanations of every fault of a document.
pub(crate) fn faults() -> impl Iterator<Item = &'static [&'static Explanation]> {
    [fault::ALL].into_iter().chain(check::FAULTS)
}

/// A spec that was read and checked.
#[derive(Clone, Debug)]
pub struct Document {
    /// The typed document. Every reference in it is written `#/components/<section>/<name>`, leads to an object of the
    /// right kind unless there is a fault there, and in the end not to itself.
    ///
    /// A schema reference with fields beside its `$ref` is an `allOf` of that reference here, with
    /// the same fields. Callbacks, links, `xml` and `externalDocs` are taken out. `minimum`, `maximum` and `multipleOf`
    /// are extensions here, which [`limit`] reads.
    pub openapi: openapiv3::OpenAPI,
}

/// What the names of the extensions begin with that hold limits.
const KEPT_DIGITS: &str = "x-twilio-codegen-";

/// Returns the limit that a schema with these extensions has under `key`, to the last digit.
pub(crate) fn limit(extensions: &IndexMap<String, Value>, key: &str) -> Option<Number> {
    let text = extensions.get(&format!("{KEPT_DIGITS}{key}"))?.as_str()?;
    Number::parse(text)
}

/// Returns the key of the limit that an extension holds, if it holds one.
pub(crate) fn limit_key(extension: &str) -> Option<&str> {
    extension.strip_prefix(KEPT_DIGITS)
}

/// Makes a document of the values of a spec, and returns every fault of them, warnings among them. `places` knows numbers
/// as they are written: values have only as many of their digits as a float.
///
/// A document with faults is good for finding more of them. Where its faults let nobody read on, there is none.
pub(crate) fn document(mut value: Value, places: &Places) -> (Option<Document>, Vec<Diagnostic>) {
    if let Some(fault) = size::check(&value) {
        return (None, vec![fault]);
    }
    inline::inline(&mut value);
    let mut checked = check::check(&value);
    if !checked.is_readable {
        return (None, checked.faults);
    }
    for edit in &checked.edits {
        apply(edit, places, &mut value);
    }
    match serde_json::from_value(value) {
        Ok(openapi) => (Some(Document { openapi }), checked.faults),
        Err(error) => {
            if !checked.faults.iter().any(Diagnostic::is_error) {
                let message = error.to_string();
                let fault = LoadFault::Refused { message };
                checked.faults.push(Diagnostic::new(fault, Pointer::root()));
            }
            (None, checked.faults)
        }
    }
}

/// Rewrites what the OpenAPI parser would lose or refuse.
fn apply(edit: &Edit, places: &Places, document: &mut Value) {
    match edit {
        Edit::Remove(at) => {
            let owner = at.parent().and_then(|it| document.pointer_mut(it.as_str()));
            if let (Some(Value::Object(owner)), Some(key)) = (owner, at.tokens().last()) {
                owner.shift_remove(&key);
            }
        }
        Edit::DropFraction(at) => {
            if let Some(value) = document.pointer_mut(at.as_str())
                && let Some(number) = value.as_number().and_then(count)
            {
                *value = number.into();
            }
        }
        Edit::KeepDigits(at) => {
            let owner = at.parent().and_then(|it| document.pointer_mut(it.as_str()));
            if let (Some(Value::Object(owner)), Some(key)) = (owner, at.tokens().last())
                && let Some(Value::Number(number)) = owner.shift_remove(&key)
            {
                let digits = digits(&number, at, places);
                let number = digits.unwrap_or_else(|| Number::from(&number));
                owner.insert(format!("{KEPT_DIGITS}{key}"), number.to_string().into());
            }
        }
        Edit::Wrap(at) => {
            if let Some(Value::Object(schema)) = document.pointer_mut(at.as_str()) {
                wrap(schema);
            }
        }
    }
}

/// Returns a number that is a float with the digits that are written.
fn digits(number: &serde_json::Number, at: &Pointer, places: &Places) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    // Behind an alias stands another value, or none.
    let text = places.text(at).filter(|it| it.parse() == Ok(float))?;
    Number::parse(text)
}

/// Makes `allOf` of a schema's reference, so that the fields beside it count; without them, it
/// stays a reference.
///
/// `type` repeats what is referred to and is dropped.
fn wrap(schema: &mut Map<String, Value>) {
    schema.shift_remove("type");
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        let reference = Map::from_iter([("$ref".to_owned(), reference)]);
        let mut parts = vec![Value::Object(reference)];
        if let Some(Value::Array(own)) = schema.shift_remove("allOf") {
            parts.extend(own);
        }
        schema.insert("allOf".to_owned(), Value::Array(parts));
    }
}

#[cfg(test)]
mod tests;
