//! Requests: one type for each operation, with a setter for each optional parameter.

use super::names::Viewpoint;
use super::types::value_doc;
use super::{Argument, ArgumentType, Doc, Part, Placement, Request, RustType, Setter, doc};
use crate::api::{Location, Method, Operation, OperationIndex, Outcome, Parameter, Type};
use crate::naming::{Case, RustName, Scope};

/// Methods that every request has, or that a list has.
const OWN_METHODS: [&str; 4] = ["into_future", "limit", "send", "stream"];

/// Plans the request of an operation.
pub(super) fn request(at: Viewpoint<'_>, index: OperationIndex) -> Request {
    let operation = at.api.operation(index);
    let item = match &operation.result {
        Outcome::Page { item, .. } => Some(at.rust_type(item)),
        Outcome::Nothing | Outcome::Value(_) => None,
    };
    let mut scope = Scope::new(Case::Snake, &OWN_METHODS);
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required);
    Request {
        name: at.request_name(index),
        doc: request_doc(operation),
        id: operation.id.clone(),
        method: match operation.method {
            Method::Get => "Get",
            Method::Post => "Post",
            Method::Put => "Put",
            Method::Patch => "Patch",
            Method::Delete => "Delete",
        },
        server: operation.server.clone(),
        path: operation.path.clone(),
        output: match &operation.result {
            Outcome::Nothing => RustType::Unit,
            Outcome::Value(ty) => at.rust_type(ty),
            Outcome::Page { item, .. } => RustType::Page(Box::new(at.rust_type(item))),
        },
        item,
        setters: optional
            .map(|parameter| setter(at, &mut scope, parameter))
            .collect(),
    }
}

fn request_doc(operation: &Operation) -> Doc {
    let method = format!("{:?}", operation.method).to_uppercase();
    let place = format!("`{method} {}`", operation.path);
    let deprecated = operation.deprecated.then_some("**Deprecated.**");
    doc::paragraphs([
        Some(summary(operation)),
        operation.doc.as_deref(),
        Some(&place),
        deprecated,
    ])
}

/// What an operation does, in one sentence.
pub(super) fn summary(operation: &Operation) -> &str {
    operation.summary.as_deref().unwrap_or(&operation.id)
}

fn setter(at: Viewpoint<'_>, scope: &mut Scope, parameter: &Parameter) -> Setter {
    let name = scope.claim(&parameter.wire_name);
    Setter {
        doc: value_doc(
            at.api,
            parameter.doc.as_deref(),
            &parameter.ty,
            &parameter.wire_name,
            parameter.deprecated,
        ),
        argument: argument(at, name, &parameter.ty),
        placement: placement(parameter),
    }
}

/// An argument that takes values of `ty`.
pub(super) fn argument(at: Viewpoint<'_>, name: RustName, ty: &Type) -> Argument {
    let ty = match ty {
        Type::String | Type::DateTime | Type::DateTimeRfc2822 | Type::Decimal | Type::Any => {
            ArgumentType::Into(at.rust_type(ty))
        }
        Type::Boolean | Type::Integer | Type::Date | Type::Named(_) => {
            ArgumentType::Exactly(at.rust_type(ty))
        }
        Type::Array(item) => ArgumentType::Each(at.rust_type(item)),
        // A map in a request is sent as JSON text.
        Type::Map(_) => ArgumentType::Into(RustType::Value),
    };
    Argument { name, ty }
}

/// Where a request carries `parameter`, which is not part of the path.
pub(super) fn placement(parameter: &Parameter) -> Placement {
    let part = match parameter.location {
        Location::Query => Part::Query,
        Location::Header => Part::Header,
        Location::Form => Part::Form,
        Location::Path => unreachable!("path parameters are arguments of the handles"),
    };
    Placement {
        part,
        wire_name: parameter.wire_name.clone(),
    }
}
