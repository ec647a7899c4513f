//! Plans the docs of declared errors: the type of each, by status.

use crate::api::{DeclaredError, ErrorStatuses, Operation};
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, Named, RustType};
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

/// A type with a link to its item.
fn linked(ty: &RustType) -> String {
    let (text, item) = spelled(ty);
    let label = code(&text);
    match item {
        None => label,
        Some(Named {
            name,
            elsewhere: true,
        }) => format!("[{label}](super::{name})"),
        // rustdoc finds it by its name, and warns about a redundant path.
        Some(Named {
            name,
            elsewhere: false,
        }) if *name.as_str() == text => format!("[{label}]"),
        Some(Named {
            name,
            elsewhere: false,
        }) => format!("[{label}]({name})"),
    }
}

/// The spelling of a type, and its item.
fn spelled(ty: &RustType) -> (String, Option<&Named>) {
    let wrapped = |wrapper: &str, inner| {
        let (inner, item) = spelled(inner);
        (format!("{wrapper}<{inner}>"), item)
    };
    match ty {
        RustType::Unit => ("()".to_owned(), None),
        RustType::Leaf(leaf) => (leaf.to_string(), None),
        RustType::Vec(item) => wrapped("Vec", item),
        RustType::Map(item) => {
            let (item, named) = spelled(item);
            (format!("BTreeMap<String, {item}>"), named)
        }
        RustType::Option(item) => wrapped("Option", item),
        RustType::Box(item) => wrapped("Box", item),
        RustType::Page(item) => wrapped("Page", item),
        RustType::Named(named) => (named.name.to_string(), Some(named)),
    }
}
