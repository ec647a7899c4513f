//! Plans how callers build structs: by `Default`, and by a function `new` that takes the required fields.
//!
//! Without `new`, a struct whose required fields have no default could only be written with all of its fields, and would
//! not compile any more when a document adds an optional one. Neither leaves to callers what the document says: constants,
//! and defaults of what must be present.

use super::request::{argument_type, items_type};
use super::{Argument, ArgumentType, Field, RestField};
use crate::api::{self, Presence, Scalar, Type};
use crate::naming::RustName;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, Named, RustType, doc};

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

/// An implementation of `Default` that cannot be derived, because a field has a value of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultImpl {
    /// The values of all fields.
    pub fields: Vec<(RustName, InitialValue)>,
    /// Whether one of the fields is deprecated.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InitialValue {
    /// `None`
    None,
    /// A value of an optional field.
    Some(Box<InitialValue>),
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
    /// A Boolean.
    Boolean(bool),
    /// A variant of an enumeration.
    Variant(Named, RustName),
    /// An empty map.
    EmptyMap,
    /// A JSON object without members.
    EmptyObject,
    /// The default of its type.
    OfType,
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
        let Some(other) = initial(at, model, field) else {
            names_deprecated |= field.deprecated;
            arguments.push(required(at, model, field));
            continue;
        };
        names_deprecated |= field.deprecated && !has_default;
        others.push((field.name.clone(), other));
    }
    let stated = model.iter().zip(fields);
    let stated = stated.filter_map(|(it, field)| Some((&field.name, it.initial.as_deref()?)));
    let stated: Vec<(&RustName, &str)> = stated.collect();
    others.extend(rest.map(|it| (it.name.clone(), InitialValue::EmptyMap)));
    (!arguments.is_empty() && !others.is_empty()).then(|| Constructor {
        doc: doc(&arguments, &stated),
        arguments,
        others: (!has_default).then_some(others),
        names_deprecated,
    })
}

/// Plans the implementation of `Default` of a struct that has one; `None` if it can be derived.
pub(super) fn default_impl(
    at: Viewpoint<'_>,
    model: &[api::Field],
    fields: &[Field],
    rest: Option<&RestField>,
) -> Option<DefaultImpl> {
    let initial = model.iter().zip(fields).map(|(model, field)| {
        let value = initial(at, model, field);
        (field.name.clone(), value.unwrap_or(InitialValue::OfType))
    });
    let rest = rest.map(|it| (it.name.clone(), InitialValue::EmptyMap));
    let initial: Vec<(RustName, InitialValue)> = initial.chain(rest).collect();
    let is_derivable = initial.iter().all(|(_, value)| match value {
        InitialValue::None | InitialValue::EmptyMap | InitialValue::OfType => true,
        InitialValue::Number(number) => *number == 0,
        InitialValue::Some(_) | InitialValue::Text(_) | InitialValue::Variant(..) => false,
        InitialValue::Boolean(value) => !value,
        InitialValue::EmptyObject => false,
    });
    (!is_derivable).then(|| DefaultImpl {
        fields: initial,
        names_deprecated: fields.iter().any(|it| it.deprecated),
    })
}

/// The value of a field that callers need not give; `None` if they must.
fn initial(at: Viewpoint<'_>, model: &api::Field, field: &Field) -> Option<InitialValue> {
    if let Some(value) = stated(at, model) {
        return Some(inside(&field.ty, value));
    }
    match (model.presence, &field.ty) {
        (_, RustType::Option(_)) => Some(InitialValue::None),
        (Presence::Default(number), _) => Some(InitialValue::Number(number)),
        (Presence::Required | Presence::Optional | Presence::OptionalWithDefault, _) => None,
    }
}

/// The value that a field of a new object has by the document.
fn stated(at: Viewpoint<'_>, field: &api::Field) -> Option<InitialValue> {
    let text = field.initial.as_ref()?;
    match at.api.ty(field.value.schema) {
        Type::Named(id) => {
            let variant = at.variant(*id, |it| it.text == *text)?;
            Some(InitialValue::Variant(at.named_type(*id), variant.clone()))
        }
        Type::Scalar(Scalar::String) => Some(InitialValue::Text(text.clone())),
        Type::Scalar(Scalar::Boolean) => text.parse().ok().map(InitialValue::Boolean),
        Type::Scalar(_) => text.parse().ok().map(InitialValue::Number),
        Type::Any if text == api::Field::EMPTY_OBJECT => Some(InitialValue::EmptyObject),
        Type::Any | Type::List(_) | Type::Map(_) => None,
    }
}

/// A value in as many `Some` as its type has `Option`.
fn inside(ty: &RustType, value: InitialValue) -> InitialValue {
    if let RustType::Option(inner) = ty {
        InitialValue::Some(Box::new(inside(inner, value)))
    } else {
        value
    }
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
                (Type::Scalar(_) | Type::Named(_), _) => argument_type(at, schema),
                (Type::List(_), RustType::Vec(item)) => items_type((**item).clone()),
                (Type::Any | Type::List(_) | Type::Map(_), _) => ArgumentType::Exactly(ty.clone()),
            },
        },
        is_boxed,
    }
}

/// The docs of the function, given also the fields that it sets by itself, each with its value.
fn doc(arguments: &[RequiredField], stated: &[(&RustName, &str)]) -> Doc {
    let names = arguments.iter().map(|it| it.argument.name.unraw());
    let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    let (verb, names) = match names.split_last() {
        Some((last, [])) => ("is", last.clone()),
        Some((last, [first])) => ("are", format!("{first} and {last}")),
        Some((last, others)) => ("are", format!("{}, and {last}", others.join(", "))),
        None => unreachable!("a function without arguments is not planned"),
    };
    let stated = stated.iter().filter(|(_, value)| !value.contains('`'));
    let stated = stated.map(|(name, value)| format!(", `{}` to `{value}`", name.unraw()));
    let stated: String = stated.collect();
    doc::line(&format!(
        "Sets {names}, which {verb} required{stated}, and nothing else."
    ))
}
