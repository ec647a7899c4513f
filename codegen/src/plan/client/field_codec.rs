//! Plans how the runtime deserializes and serializes fields.

use super::Decoding;
use super::default_value::default_value;
use crate::api::{self, Presence, SchemaId, Type};
use crate::plan::scalar::row;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Codec, WireFunction, Writing};

/// How a field is deserialized, if not in serde's way.
pub(super) fn decoding(at: Viewpoint<'_>, field: &api::Field) -> Option<Decoding> {
    let schema = field.value.schema;
    let codec = codec(at, schema, field.presence);
    let default = match field.presence {
        Presence::OptionalWithDefault => default_value(at, schema),
        Presence::Required | Presence::Default(_) | Presence::Optional => None,
    };
    (codec.is_some() || default.is_some()).then_some(Decoding { codec, default })
}

/// The codec that reads a field whose type, or the innermost type of whose lists and maps, services send in more than one
/// way.
fn codec(at: Viewpoint<'_>, schema: SchemaId, presence: Presence) -> Option<Codec> {
    let Some(row) = at.api.ty(schema).scalar().map(row) else {
        return decimals_inside(at, schema).map(|_| Codec::DECIMALS);
    };
    match presence {
        Presence::Default(number) => row.reading.map(|it| it.or(number)),
        Presence::Required | Presence::Optional | Presence::OptionalWithDefault => row.reading,
    }
}

/// How the runtime serializes a field whose type serde serializes in another way.
pub(super) fn encoding(ty: &Type, field: &api::Field) -> Option<WireFunction> {
    let Writing { required, optional } = row(ty.scalar()?).writing?;
    Some(match field.presence {
        Presence::Optional if field.tells_null => WireFunction::WRITE_DECIMALS,
        Presence::OptionalWithDefault | Presence::Optional => optional,
        Presence::Required | Presence::Default(_) => required,
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
