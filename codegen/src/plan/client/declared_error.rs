//! Plans the docs of declared errors: the type of each, by status.

use crate::api::{DeclaredError, ErrorStatuses, Operation};
use crate::plan::mention::linked;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, RustType};
use crate::report::code;

/// The types of error bodies in the order of the spec, each with its statuses. Empty if no error has a type.
pub(super) fn errors_doc(at: Viewpoint<'_>, operation: &Operation) -> Doc {
    let mut types: Vec<(RustType, Vec<ErrorStatuses>)> = Vec::new();
    for DeclaredError { statuses, value } in &operation.errors {
        let ty = at.rust_type(value);
        match types.iter_mut().find(|(it, _)| *it == ty) {
            Some((_, known)) => known.push(*statuses),
            None => types.push((ty, vec![*statuses])),
        }
    }
    if types.is_empty() {
        return Doc::new();
    }
    let others = if operation.errors.len() == 1 {
        "any status"
    } else {
        "others"
    };
    let mut doc: Doc = HEAD.map(str::to_owned).into();
    doc.extend(types.iter().map(|(ty, statuses)| {
        let statuses = statuses.iter().map(|it| match it {
            ErrorStatuses::Code(status) => code(&status.to_string()),
            ErrorStatuses::Range(digit) => code(&format!("{digit}XX")),
            ErrorStatuses::Others => others.to_owned(),
        });
        let statuses: Vec<String> = statuses.collect();
        format!("- {}: {}", statuses.join(", "), linked(ty))
    }));
    doc
}

const HEAD: [&str; 5] = [
    "",
    "# Errors",
    "",
    "[`body_as`](crate::ApiError::body_as) of an [`Error::Api`](crate::Error::Api) reads, by the status:",
    "",
];
