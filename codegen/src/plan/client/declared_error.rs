//! Plans the docs of declared errors: the type and the headers of each, by status.

use crate::api::{DeclaredError, ErrorHeaders, ErrorStatuses, Operation};
use crate::plan::Doc;
use crate::plan::mention::linked;
use crate::plan::viewpoint::Viewpoint;
use crate::report::code;

/// The types of error bodies and the names of their headers, in the order of the spec, each with its statuses. Empty if the
/// document says neither.
pub(super) fn errors_doc(at: Viewpoint<'_>, operation: &Operation) -> Doc {
    let types = operation.errors.iter();
    let types = types.map(|it: &DeclaredError| (linked(&at.rust_type(&it.value)), it.statuses));
    let headers = operation.error_headers.iter();
    let headers = headers.filter_map(|it| Some((headers_doc(it)?, it.statuses)));
    let parts = [(TYPES, by_status(types)), (HEADERS, by_status(headers))];
    let mut doc = Doc::new();
    for (sentence, list) in parts {
        if list.is_empty() {
            continue;
        }
        if doc.is_empty() {
            doc.extend(["", "# Errors"].map(str::to_owned));
        }
        doc.extend(["", sentence, ""].map(str::to_owned));
        doc.extend(list);
    }
    doc
}

const TYPES: &str = "[`body_as`](crate::ApiError::body_as) of an [`Error::Api`](crate::Error::Api) reads, by the status:";

const HEADERS: &str = "[`headers`](crate::ApiError::headers) of an [`Error::Api`](crate::Error::Api) has, by the status:";

/// The names of the headers, if there are any.
fn headers_doc(error: &ErrorHeaders) -> Option<String> {
    let names = error.headers.iter().map(|it| code(&it.name));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A list of what errors have, each with its statuses.
fn by_status(found: impl Iterator<Item = (String, ErrorStatuses)>) -> Doc {
    let mut count = 0;
    let mut all: Vec<(String, Vec<ErrorStatuses>)> = Vec::new();
    for (what, statuses) in found {
        count += 1;
        match all.iter_mut().find(|(it, _)| *it == what) {
            Some((_, known)) => known.push(statuses),
            None => all.push((what, vec![statuses])),
        }
    }
    let others = if count == 1 { "any status" } else { "others" };
    let items = all.iter().map(|(what, statuses)| {
        let statuses = statuses.iter().map(|it| match it {
            ErrorStatuses::Code(status) => code(&status.to_string()),
            ErrorStatuses::Range(digit) => code(&format!("{digit}XX")),
            ErrorStatuses::Others => others.to_owned(),
        });
        let statuses: Vec<String> = statuses.collect();
        format!("- {}: {what}", statuses.join(", "))
    });
    items.collect()
}
