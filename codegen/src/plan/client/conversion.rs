//! Plans conversions from responses to requests, where one schema describes both.

use super::Field;
use crate::naming::RustName;
use crate::plan::{Named, RustType};

/// The conversion of a response type into a request type.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The response struct.
    pub from: Named,
    /// The fields of the request struct, each with its source field, if there is one.
    pub fields: Vec<(RustName, Option<(RustName, ValueConversion)>)>,
    /// Whether one of these fields is deprecated.
    pub names_deprecated: bool,
}

/// The conversion of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueConversion {
    /// Unchanged.
    Stay,
    /// With the conversion of its own type.
    Into,
    /// Converted and boxed.
    Box(Box<ValueConversion>),
    /// Unboxed and converted.
    Unbox(Box<ValueConversion>),
    /// Converted and wrapped in `Some`.
    Some(Box<ValueConversion>),
    /// Converted inside of an `Option`.
    Inside(Box<ValueConversion>),
    /// Converted item by item.
    Items(Box<ValueConversion>),
    /// Converted value by value, in a map.
    Values(Box<ValueConversion>),
}

/// Plans the conversion of a response struct into a request struct with the fields `to`.
pub(super) fn conversion(from: Named, fields: &[Field], to: &[Field]) -> Conversion {
    let field = |to: &Field| {
        let from = fields.iter().find(|from| from.key() == to.key());
        let taken = from.map(|from| (from.name.clone(), turn(&from.ty, &to.ty)));
        (to.name.clone(), taken)
    };
    Conversion {
        from,
        fields: to.iter().map(field).collect(),
        names_deprecated: fields.iter().chain(to).any(|it| it.deprecated),
    }
}

/// The conversion between two types that differ in structs, boxes and optionality.
fn turn(from: &RustType, to: &RustType) -> ValueConversion {
    let inner = |from, to| Box::new(turn(from, to));
    match (from, to) {
        (from, to) if from == to => ValueConversion::Stay,
        (RustType::Box(from), RustType::Box(to)) => {
            ValueConversion::Unbox(Box::new(ValueConversion::Box(inner(from, to))))
        }
        (RustType::Box(from), to) => ValueConversion::Unbox(inner(from, to)),
        (from, RustType::Box(to)) => ValueConversion::Box(inner(from, to)),
        (RustType::Option(from), RustType::Option(to)) => ValueConversion::Inside(inner(from, to)),
        (from, RustType::Option(to)) => ValueConversion::Some(inner(from, to)),
        (RustType::Vec(from), RustType::Vec(to)) => ValueConversion::Items(inner(from, to)),
        (RustType::Map(from), RustType::Map(to)) => ValueConversion::Values(inner(from, to)),
        (_, _) => ValueConversion::Into,
    }
}
