//! How parts of a spec are named in sentences.
//!
//! Whatever a spec says is put between backticks here and nowhere else, on one line and without a backtick
//! of its own, so that no output format has to fear it.

use super::levels::format_of;
use super::side::Side;
use crate::api::{
    Bounds, Encoding, ErrorStatuses, Json, Layout, Location, Operation, Parameter, Payload, Prefix,
    SchemaId, Success, Type, Use, Writing,
};
pub(super) use crate::report::code;

/// Names in a sentence: `a`, `b`.
pub(super) fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = names.iter().map(|it| code(it)).collect();
    names.join(", ")
}

/// Something that may be missing, as code.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), code)
}

/// JSON that may be missing, as code.
pub(super) fn json(value: Option<&Json>) -> String {
    optional(value.map(Json::to_string).as_deref())
}

/// An operation: `POST /v1/Fleets`.
pub(super) fn operation(operation: &Operation) -> String {
    let Operation { method, path, .. } = operation;
    code(&format!("{} {path}", method.as_str()))
}

/// A status code, or a range of them: `2XX`.
pub(super) fn status(success: &Success) -> String {
    status_of(success.status, success.is_range)
}

/// A status code, or a range by its first one.
pub(super) fn status_of(status: u16, is_range: bool) -> String {
    if is_range {
        format!("{}XX", status / 100)
    } else {
        status.to_string()
    }
}

/// The statuses of errors.
pub(super) fn error_statuses(statuses: ErrorStatuses) -> String {
    match statuses {
        ErrorStatuses::Code(code) => code.to_string(),
        ErrorStatuses::Range(digit) => format!("{digit}XX"),
        ErrorStatuses::Others => "any other status".to_owned(),
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Form | Location::Part(_) => "form",
    }
}

/// The type of a value that is there in words, with its format: named types by their Rust names.
pub(super) fn ty(side: &Side<'_>, schema: SchemaId) -> String {
    let words = not_null(side, schema);
    match (side.api.ty(schema), format_of(side.api, schema)) {
        (Type::Named(_), _) | (_, None) => words,
        (Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_), Some(format)) => {
            format!("{words} ({})", code(format))
        }
    }
}

/// What a body or an answer holds, in words.
pub(super) fn payload(side: &Side<'_>, payload: &Payload) -> String {
    match payload.encoding {
        Encoding::Json => value(side, &payload.value),
        Encoding::Text => "plain text".to_owned(),
        Encoding::Bytes => "bytes".to_owned(),
    }
}

/// The part of a request that carries a parameter, and how it is written there: `comma-separated query`.
pub(super) fn place(parameter: &Parameter) -> String {
    let location = location(parameter.location);
    let style = match parameter.writing {
        Writing::Styled(style) => style,
        Writing::JsonItems => return location.to_owned(),
        Writing::Json => {
            return match parameter.location {
                Location::Form | Location::Part(_) => location.to_owned(), // As is usual there.
                Location::Path | Location::Query | Location::Header | Location::Cookie => {
                    format!("JSON {location}")
                }
            };
        }
    };
    let reserved = style.keeps_reserved.then_some("unescaped ");
    let layout = match style.layout {
        Layout::Exploded => "",
        Layout::Commas if parameter.location == Location::Header => "",
        Layout::Commas => "comma-separated ",
        Layout::Spaces => "space-separated ",
        Layout::Pipes => "pipe-separated ",
        Layout::Brackets => "bracketed ",
        Layout::Path { prefix, explodes } => match (prefix, explodes) {
            (Prefix::Nothing, false) => "",
            (Prefix::Nothing, true) => "exploded ",
            (Prefix::Dot, false) => "label ",
            (Prefix::Dot, true) => "exploded label ",
            (Prefix::Name, false) => "matrix ",
            (Prefix::Name, true) => "exploded matrix ",
        },
    };
    format!("{}{layout}{location}", reserved.unwrap_or_default())
}

/// The type of a value in words.
pub(super) fn value(side: &Side<'_>, value: &Use) -> String {
    let words = not_null(side, value.schema);
    if side.api.is_or_null(value) {
        format!("{words} or null")
    } else {
        words
    }
}

fn not_null(side: &Side<'_>, schema: SchemaId) -> String {
    match side.api.ty(schema) {
        Type::Scalar(scalar) => scalar.words().to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::List(item) => format!("list of {}", value(side, item)),
        Type::Map(item) => format!("map of {}", value(side, item)),
        Type::Named(id) => code(side.type_path(*id).rsplit("::").next().unwrap_or_default()),
    }
}

/// The limits of a value in words, without its format and its pattern.
pub(super) fn limits(bounds: &Bounds) -> String {
    let Bounds {
        format: _,
        minimum: _, // in words already
        maximum: _,
        multiple_of: _,
        min_items,
        max_items,
        unique_items,
        min_length,
        max_length,
        pattern: _,
        is_object,
        min_properties,
        max_properties,
        values,
        conditions,
    } = bounds;
    let count = |words: &str, count: &Option<usize>, what: &str| {
        count.map(|it| format!("{words} {it} {what}"))
    };
    let mut parts = bounds.range_in_words();
    let counts = [
        count("at least", min_items, "items"),
        count("at most", max_items, "items"),
        unique_items.then(|| "no item twice".to_owned()),
        count("at least", min_length, "characters"),
        count("at most", max_length, "characters"),
        is_object.then(|| "an object".to_owned()),
        count("at least", min_properties, "keys"),
        count("at most", max_properties, "keys"),
        (!values.is_empty()).then(|| format!("one of {}", listed(values))),
    ];
    parts.extend(counts.into_iter().flatten());
    let conditions = conditions.iter();
    parts.extend(conditions.map(|(keyword, said)| code(&format!("{keyword}: {said}"))));
    if parts.is_empty() {
        "no limit".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Values in words, as JSON.
fn listed(values: &[Json]) -> String {
    let values = values.iter().map(Json::to_string);
    code(&values.collect::<Vec<String>>().join(", "))
}
