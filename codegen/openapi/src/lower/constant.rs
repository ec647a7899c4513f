//! Finds parameters that always have the same value, such as the version of an API or the name of an action.

use openapiv3::{OpenAPI, ParameterData, ParameterSchemaOrContent};

use super::keywords::Keywords;
use super::resolve;
use crate::api::{Constant, Location};
use crate::pointer::Pointer;

/// The constant that a parameter is: one in the query or the headers that requests must have, whose only value is a text
/// that both can hold as it is.
pub(super) fn of_parameter(
    spec: &OpenAPI,
    at: &Pointer,
    data: &ParameterData,
    location: Location,
) -> Option<Constant> {
    let in_header = match location {
        Location::Query => false,
        Location::Header => true,
        Location::Path | Location::Cookie | Location::Form | Location::Part(_) => return None,
    };
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        return None; // JSON, for example, has quotes.
    };
    let schema = resolve::schema(spec, at, schema).filter(|_| data.required)?;
    let keywords = Keywords::of(schema.item);
    let [value] = keywords.values else {
        return None;
    };
    let is_text = keywords.typ.is_none_or(|it| it == "string") && !keywords.is_composed();
    let is_open = keywords.has_not || schema.item.schema_data.nullable || !is_text;
    let value = value.as_str().filter(|it| !is_open && is_plain(it))?;
    Some(Constant {
        in_header,
        name: data.name.clone(),
        value: value.to_owned(),
        at: at.clone(),
    })
}

/// Whether a text can be in a header: visible ASCII, with spaces only inside (RFC 9110 §5.5).
fn is_plain(text: &str) -> bool {
    let is_visible = text.bytes().all(|it| matches!(it, b' '..=b'~'));
    is_visible && !text.is_empty() && text.trim() == text
}
