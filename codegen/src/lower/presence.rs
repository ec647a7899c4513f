//! Decides whether the fields of objects are present, as far as callers can tell.
//!
//! The meaning of absence depends on the directions of an object, so this runs last, when every operation is known.

use super::fault::LoweringFault;
use crate::api::usage::Usage;
use crate::api::{Api, Field, Json, Presence, Scalar, Schema, TypeId};
use crate::number::Number;
use crate::report::Diagnostic;

/// Sets the presence of every field of `api`. Returns a fault for each default that readers cannot fill in.
pub(super) fn decide(api: &mut Api) -> Vec<Diagnostic> {
    let usage = Usage::of(api);
    let mut faults = Vec::new();
    let Api { types, schemas, .. } = api;
    let items = types.iter_mut().enumerate().filter(|(_, it)| it.is_item);
    for (index, definition) in items {
        let is_received = usage.received.contains(&TypeId(index));
        for field in definition.shape.fields_mut().into_iter().flatten() {
            let schema = &schemas[field.value.schema.0];
            match presence(field, schema, is_received) {
                Ok(presence) => field.presence = presence,
                Err(fault) => {
                    faults.push(Diagnostic::new(fault, field.value.at.key("default")));
                }
            }
        }
    }
    faults
}

/// The presence of `field`. It is required only if it is listed *and* not nullable: callers treat absent and null
/// alike.
fn presence(field: &Field, schema: &Schema, is_received: bool) -> Result<Presence, LoweringFault> {
    let range = schema.ty.scalar().and_then(Scalar::whole_range);
    match &schema.default {
        _ if field.value.nullable => Ok(Presence::Optional),
        None if field.listed => Ok(Presence::Required),
        None => Ok(Presence::Optional),
        Some(default) if is_received && let Some(range) = range => {
            default_of_answer(default, range)
        }
        // A response has it whatever its default is.
        Some(_) if is_received && field.listed => Ok(Presence::Required),
        // The service fills in defaults of requests; a missing value of a response is visible.
        Some(_) => Ok(Presence::Optional),
    }
}

/// The default for a missing number of a response, if it is a whole number. If the field cannot hold the default, a
/// missing value is visible to callers.
fn default_of_answer(default: &Json, range: (i128, i128)) -> Result<Presence, LoweringFault> {
    let number = Number::parse(&default.to_string()).filter(Number::is_whole);
    match number {
        Some(number) => {
            let fitting = number.as_i64().filter(|_| number.is_within(range));
            Ok(fitting.map_or(Presence::Optional, Presence::Default))
        }
        None => Err(LoweringFault::Unsupported {
            what: "a `default` that is not a whole number, on an integer of a response,".to_owned(),
        }),
    }
}
