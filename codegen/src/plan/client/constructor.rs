//! Plans the function `new` of structs that callers build: it takes the required fields.
//!
//! Without it, a struct whose required fields have no default could only be written with all of its fields, and would
//! not compile any more when a document adds an optional one.

use super::request::{argument_type, items_type};
use super::{Argument, ArgumentType, Field, RestField};
use crate::api::{self, Presence, Type};
use crate::naming::RustName;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, RustType, doc};

/// The function `new` of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Constructor {
    /// Its docs.
    pub doc: Doc,
    /// The required fields, which it takes in this order.
    pub arguments: Vec<RequiredField>,
    /// The values of the other fields, unless they are those of `Default`.
    pub others: Option<Vec<(RustName, InitialValue)>>,
    /// Whether one of the fields that it names is deprecated.
    pub names_deprecated: bool,
}

/// A required field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredField {
    /// The argument, which has the name of the field.
    pub argument: Argument,
    /// Whether the field is a `Box` of the argument.
    pub is_boxed: bool,
}

/// The value of a field that need not be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialValue {
    /// `None`
    None,
    /// The default of the document.
    Number(i64),
    /// An empty map.
    Empty,
}

/// Plans the function of a struct. There is none if all fields are required, because a literal is as short, and none if
/// no field is, because `Default` is the same.
pub(super) fn constructor(
    at: Viewpoint<'_>,
    has_default: bool,
    model: &[api::Field],
    fields: &[Field],
    rest: Option<&RestField>,
) -> Option<Constructor> {
    let (mut arguments, mut others) = (Vec::new(), Vec::new());
    let mut names_deprecated = false;
    for (model, field) in model.iter().zip(fields) {
        let other = match (model.presence, &field.ty) {
            (_, RustType::Option(_)) => InitialValue::None,
            (Presence::Default(number), _) => InitialValue::Number(number),
            (Presence::Required | Presence::Optional | Presence::OptionalWithDefault, _) => {
                names_deprecated |= field.deprecated;
                arguments.push(required(at, model, field));
                continue;
            }
        };
        names_deprecated |= field.deprecated && !has_default;
        others.push((field.name.clone(), other));
    }
    others.extend(rest.map(|it| (it.name.clone(), InitialValue::Empty)));
    (!arguments.is_empty() && !others.is_empty()).then(|| Constructor {
        doc: doc(&arguments),
        arguments,
        others: (!has_default).then_some(others),
        names_deprecated,
    })
}

fn required(at: Viewpoint<'_>, model: &api::Field, field: &Field) -> RequiredField {
    let (ty, is_boxed) = if let RustType::Box(inner) = &field.ty {
        (&**inner, true)
    } else {
        (&field.ty, false)
    };
    let schema = model.value.schema;
    RequiredField {
        argument: Argument {
            name: field.name.clone(),
            ty: match (at.api.ty(schema), ty) {
                (Type::Scalar(_), _) => argument_type(at, schema),
                (Type::List(_), RustType::Vec(item)) => items_type((**item).clone()),
                (Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_), _) => {
                    ArgumentType::Exactly(ty.clone())
                }
            },
        },
        is_boxed,
    }
}

fn doc(arguments: &[RequiredField]) -> Doc {
    let names = arguments.iter().map(|it| it.argument.name.unraw());
    let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    let (verb, names) = match names.split_last() {
        Some((last, [])) => ("is", last.clone()),
        Some((last, [first])) => ("are", format!("{first} and {last}")),
        Some((last, others)) => ("are", format!("{}, and {last}", others.join(", "))),
        None => unreachable!("a function without arguments is not planned"),
    };
    doc::line(&format!(
        "Sets {names}, which {verb} required, and nothing else."
    ))
}
