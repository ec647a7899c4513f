//! Turns the values of a spec into a checked, typed OpenAPI 3.0 document.
//!
//! `anchors` and `references` turn the targets of references into components, `mend` corrects unambiguous faults, `rewrite`
//! expresses OpenAPI 3.1 in terms of 3.0, and `check` finds all other faults. Then the values are typed. This module
//! does not decide what is generated and knows no vendor's conventions.

mod anchors;
mod check;
mod encoding;
mod fault;
mod mend;
mod references;
mod rewrite;
mod shared_error;
mod size;
mod typed;
mod walk;

use indexmap::IndexMap;
use openapiv3::{AnySchema, Operation, Parameter, ReferenceOr, Schema, SchemaKind, Server};
use serde_json::{Map, Value};

use self::check::{Edit, count};
pub(crate) use self::check::{OverlayVersion, UNSUPPORTED, check_overlay};
use self::fault::LoadFault;
use crate::number::Number;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Explanation};
use crate::tree::{Places, Tree};
use crate::workers::Workers;

/// The explanations of all faults of a document.
pub(crate) fn faults() -> impl Iterator<Item = &'static [&'static Explanation]> {
    [fault::ALL, mend::FAULTS, rewrite::FAULTS]
        .into_iter()
        .chain(check::FAULTS)
}

/// A spec that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The typed document, without its paths. Every reference in it has the form `#/components/<section>/<name>` and leads to an object of
    /// the right kind, unless a fault was reported there. No reference leads back to itself.
    ///
    /// A schema reference with sibling fields becomes an `allOf` of that reference with the same fields. Callbacks,
    /// links, `xml` and `externalDocs` are removed. `minimum`, `maximum` and `multipleOf` become extensions, which
    /// [`limit`] reads, and so do the keywords that [`conditions`] reads. All schemas have the same kind, whose keywords
    /// [`keywords`] returns.
    pub openapi: openapiv3::OpenAPI,
    /// The paths, in the order of the document.
    pub paths: IndexMap<String, ReferenceOr<PathItem>>,
    /// The ids of all operations, whichever of them are selected later: names do not depend on the selection.
    pub(crate) operation_ids: Vec<String>,
    /// The names of all component schemas, likewise.
    pub(crate) schema_names: Vec<String>,
    /// The inline error bodies that several operations have, likewise; the one that most have first.
    pub(crate) shared_errors: Vec<Schema>,
}

/// What a document says about a path: openapiv3's `PathItem` has room for eight operations of a kilobyte each, and most
/// paths have one or two.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// What the path stands for.
    pub description: Option<String>,
    /// The servers of its operations.
    pub servers: Vec<Server>,
    /// The parameters of all of its operations.
    pub parameters: Vec<ReferenceOr<Parameter>>,
    /// Its operations by method, which is a field of the Path Item Object.
    pub operations: Vec<(&'static str, Operation)>,
    /// Its fields that start with `x-`.
    pub extensions: IndexMap<String, Value>,
}

/// Returns the keywords of a schema that describe its shape.
pub(crate) fn keywords(schema: &Schema) -> &AnySchema {
    match &schema.schema_kind {
        SchemaKind::Any(keywords) => keywords,
        SchemaKind::Type(_)
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => unreachable!("`typed` gives no schema this kind"),
    }
}

/// Types a request body.
#[cfg(test)]
pub(crate) fn request_body(body: Value) -> openapiv3::RequestBody {
    let body = typed::one(body).ok().and_then(ReferenceOr::into_item);
    body.expect("a request body")
}

/// The extension that says where reserved characters (RFC 3986 §2.2) of a path parameter are not escaped: `true` in the
/// parameter, or a list of names in a path item. OpenAPI 3.2 allows `allowReserved` there, and openapiv3 has no field for
/// it; templates of other tools say it by a form of their own.
const KEPT_RESERVED: &str = "x-codegen-keeps-reserved";

/// The same for parameters, in the words of AutoRest and of GitHub.
const NOT_ESCAPED: [&str; 2] = ["x-ms-skip-url-encoding", "x-multi-segment"];

/// Whether reserved characters of a parameter are not escaped, given its extensions.
pub(crate) fn keeps_reserved(extensions: &IndexMap<String, Value>) -> bool {
    let names = [KEPT_RESERVED].into_iter().chain(NOT_ESCAPED);
    let mut values = names.filter_map(|it| extensions.get(it));
    values.any(|it| *it == Value::Bool(true))
}

/// The parameters of a path whose reserved characters its template keeps.
pub(crate) fn keeping_reserved(item: &PathItem) -> impl Iterator<Item = &str> {
    let names = item.extensions.get(KEPT_RESERVED);
    let names = names.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(Value::as_str)
}

/// The prefix of the extensions that hold limits.
const KEPT_DIGITS: &str = "x-twilio-codegen-";

/// Returns the limit under `key` from the extensions of a schema, with all its digits.
pub(crate) fn limit(extensions: &IndexMap<String, Value>, key: &str) -> Option<Number> {
    let mut limits = extensions.iter();
    let (_, limit) = limits.find(|(name, _)| limit_key(name) == Some(key))?;
    let text = limit.as_str()?;
    Number::parse(text)
}

/// The name of the HTTP scheme that stands for a TLS client certificate. It is not a token (RFC 9110 §11.1), so no
/// service has a scheme of this name.
pub(crate) const CLIENT_CERTIFICATE: &str = "TLS client certificate";

/// The extension that holds keywords that OpenAPI 3.0 cannot express and that do not affect types.
const CONDITIONS: &str = "x-codegen-conditions";

/// Returns the keywords, from the extensions of a schema, that OpenAPI 3.0 cannot express and that do not affect types.
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

/// Turns a spec into a document. Returns it with the places of its values and all its faults, including warnings.
///
/// A document with faults is only good for finding more of them. There is none if its faults prevent reading on.
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
    let mut faults = mend::prepare(&mut tree, version);
    anchors::resolve(&mut tree);
    references::resolve(&mut tree, version);
    faults.extend(mend::mend(&mut tree, version, workers));
    faults.extend(rewrite::rewrite(&mut tree, version, workers));
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
    match typed::document(value, workers) {
        Ok(document) => (Some(document), places, faults),
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
        Edit::Empty(at) => {
            if let Some(schema) = document.pointer_mut(at.as_str()) {
                *schema = Map::new().into();
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

/// Returns a float with all the digits that the text has.
fn digits(number: &serde_json::Number, at: &Pointer, places: &Places) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    // An alias has another text, or none.
    let text = places.text(at).filter(|it| it.parse() == Ok(float))?;
    Number::parse(text)
}

/// Turns a schema's reference into `allOf`, so that its sibling fields take effect; without any, it stays a reference.
///
/// A sibling `type` repeats that of the target and is dropped.
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
