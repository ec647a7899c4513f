//! Makes a checked, typed OpenAPI 3.0 document of the values of a spec.
//!
//! `references` makes components of what references lead to, `mend` corrects faults that leave no doubt, `rewrite` puts
//! OpenAPI 3.1 in the words of 3.0, and `check` finds all other faults. Then the values are typed. Nothing here decides what
//! is generated, or knows a vendor's conventions.

mod check;
mod encoding;
mod fault;
mod mend;
mod references;
mod rewrite;
mod size;
mod typed;
mod walk;

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub(crate) use self::check::spelling::similar;
use self::check::{Edit, count};
pub(crate) use self::check::{OverlayVersion, UNSUPPORTED, check_overlay};
use self::fault::LoadFault;
use crate::number::Number;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Explanation};
use crate::tree::{Places, Tree};
use crate::workers::Workers;

/// The explanations of every fault of a document.
pub(crate) fn faults() -> impl Iterator<Item = &'static [&'static Explanation]> {
    [fault::ALL, mend::FAULTS, rewrite::FAULTS]
        .into_iter()
        .chain(check::FAULTS)
}

/// A spec that was read and checked.
#[derive(Clone, Debug)]
pub struct Document {
    /// The typed document. Every reference in it is written `#/components/<section>/<name>`, leads to an object of the
    /// right kind unless there is a fault there, and in the end not to itself.
    ///
    /// A schema reference with fields beside its `$ref` is an `allOf` of that reference here, with
    /// the same fields. Callbacks, links, `xml` and `externalDocs` are taken out. `minimum`, `maximum` and `multipleOf`
    /// are extensions here, which [`limit`] reads, and so is what [`conditions`] reads.
    pub openapi: openapiv3::OpenAPI,
}

/// What the names of the extensions begin with that hold limits.
const KEPT_DIGITS: &str = "x-twilio-codegen-";

/// Returns the limit that a schema with these extensions has under `key`, to the last digit.
pub(crate) fn limit(extensions: &IndexMap<String, Value>, key: &str) -> Option<Number> {
    let text = extensions.get(&format!("{KEPT_DIGITS}{key}"))?.as_str()?;
    Number::parse(text)
}

/// The extension that holds what the keywords say that have no words in OpenAPI 3.0 and say nothing of types.
const CONDITIONS: &str = "x-codegen-conditions";

/// Returns what a schema with these extensions says by keywords that have no words in OpenAPI 3.0 and say nothing of
/// types, by keyword.
pub(crate) fn conditions(
    extensions: &IndexMap<String, Value>,
) -> impl Iterator<Item = (&String, &Value)> {
    let kept = extensions.get(CONDITIONS).and_then(Value::as_object);
    kept.into_iter().flatten()
}

/// Returns the key of the limit that an extension holds, if it holds one.
pub(crate) fn limit_key(extension: &str) -> Option<&str> {
    extension.strip_prefix(KEPT_DIGITS)
}

/// Makes a document of a spec, and returns the places of its values, and every fault of them, warnings among them.
///
/// A document with faults is good for finding more of them. Where its faults let nobody read on, there is none.
pub(crate) fn document(
    mut tree: Tree,
    workers: &impl Workers,
) -> (Option<Document>, Places, Vec<Diagnostic>) {
    if let Some(fault) = size::check(&tree.value) {
        return (None, tree.places, vec![fault]);
    }
    let version = match check::version(&tree.value) {
        Ok(version) => version,
        Err(fault) => return (None, tree.places, vec![fault]),
    };
    references::resolve(&mut tree, version);
    let mut faults = mend::mend(&mut tree, version);
    faults.extend(rewrite::rewrite(&mut tree, version));
    if let Some(fault) = size::check_depth(&tree.value) {
        faults.push(fault);
        return (None, tree.places, faults);
    }
    let Tree { mut value, places } = tree;
    let checked = check::check(&value, version);
    faults.extend(checked.faults);
    if !checked.is_readable {
        return (None, places, faults);
    }
    for edit in &checked.edits {
        apply(edit, &places, &mut value);
    }
    encoding::complete(&mut value);
    match typed::openapi(value, workers) {
        Ok(openapi) => (Some(Document { openapi }), places, faults),
        Err(error) => {
            if !faults.iter().any(Diagnostic::is_error) {
                let message = error.to_string();
                let fault = LoadFault::Refused { message };
                faults.push(Diagnostic::new(fault, Pointer::root()));
            }
            (None, places, faults)
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
