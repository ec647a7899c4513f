//! Plans how the runtime deserializes and serializes fields.

use super::default_value::default_value;
use super::{Absent, Decoding};
use crate::api::{self, Presence, SchemaId, Type};
use crate::plan::scalar::{Row, row};
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Codec, WireFunction};

/// How a field is deserialized, if not in serde's way.
pub(super) fn decoding(at: Viewpoint<'_>, field: &api::Field) -> Option<Decoding> {
    let schema = field.value.schema;
    let lenient = scalar_decoding(at.api.ty(schema), field.presence)
        .or_else(|| decoding_inside(at, schema, field.presence));
    match field.presence {
        Presence::OptionalWithDefault => Some(Decoding {
            absent: Absent::Value(default_value(at, schema)?),
            function: lenient.and_then(|it| it.function),
        }),
        Presence::Required | Presence::Default(_) | Presence::Optional => lenient,
    }
}

/// How the runtime deserializes a field whose type services send in more than one way.
fn scalar_decoding(ty: &Type, presence: Presence) -> Option<Decoding> {
    let row = scalar_row(ty)?;
    let Codec { required, optional } = row.reading?;
    let (absent, function) = match presence {
        Presence::Required => (Absent::Error, required),
        Presence::Optional | Presence::OptionalWithDefault => (Absent::Default, optional),
        Presence::Default(0) => (Absent::Default, row.reading_default?.or_zero),
        Presence::Default(number) => {
            let functions = row.reading_default?;
            let absent = Absent::Number(number, functions.number);
            (absent, functions.or_number)
        }
    };
    Some(Decoding {
        absent,
        function: Some(function),
    })
}

/// How the runtime serializes a field whose type serde serializes in another way.
pub(super) fn encoding(ty: &Type, field: &api::Field) -> Option<WireFunction> {
    let Codec { required, optional } = scalar_row(ty)?.writing?;
    Some(match field.presence {
        Presence::Optional if field.tells_null => WireFunction::WRITE_DECIMALS,
        Presence::OptionalWithDefault | Presence::Optional => optional,
        Presence::Required | Presence::Default(_) => required,
    })
}

/// How the runtime deserializes a list or a map whose innermost type serde deserializes in another way.
fn decoding_inside(at: Viewpoint<'_>, schema: SchemaId, presence: Presence) -> Option<Decoding> {
    let absent = match presence {
        Presence::Required => Absent::Error,
        Presence::OptionalWithDefault | Presence::Optional | Presence::Default(_) => {
            Absent::Default
        }
    };
    decimals_inside(at, schema).map(|_| Decoding {
        absent,
        function: Some(WireFunction::READ_DECIMALS),
    })
}

/// How the runtime serializes a list or a map of exact decimals, which serde serializes as strings.
pub(super) fn decimals_inside(at: Viewpoint<'_>, schema: SchemaId) -> Option<WireFunction> {
    let is_inside = at.api.ty(schema).held().is_some() && at.api.is_decimals(schema);
    is_inside.then_some(WireFunction::WRITE_DECIMALS)
}

/// How the runtime serializes a value whose innermost type serde serializes in another way.
pub(super) fn writing_inside(at: Viewpoint<'_>, schema: SchemaId) -> Option<WireFunction> {
    let times = at.api.is_times(schema);
    let floats = at.api.is_floats(schema);
    let times = times.then_some(WireFunction::WRITE_DATE_TIMES);
    times.or(floats.then_some(WireFunction::WRITE_FLOATS))
}

fn scalar_row(ty: &Type) -> Option<Row> {
    match ty {
        Type::Scalar(scalar) => Some(row(*scalar)),
        Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => None,
    }
}
