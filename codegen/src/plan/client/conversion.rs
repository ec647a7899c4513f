//! Plans conversions from responses to requests, where one schema describes both.

use super::{Conversion, Field, ValueConversion};
use crate::plan::{Named, RustType};

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
