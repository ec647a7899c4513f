//! Words the parts of a spec for messages.
//!
//! Text from a spec is only put into messages here: in backticks, on one line, and without backticks of its own, so that it
//! is safe in every output format.

use super::levels::format_of;
use super::snapshot::Snapshot;
use crate::api::{
    Bounds, Encoding, ErrorStatuses, Json, Operation, Payload, SchemaId, Success, Type, Use,
};
pub(super) use crate::report::code;

/// Lists names: `a`, `b`.
pub(super) fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = names.iter().map(|it| code(it)).collect();
    names.join(", ")
}

/// Says how the order of the names that both lists have changed; `None` if it did not.
pub(super) fn reordering(old: &[String], new: &[String]) -> Option<String> {
    let common = |names: &[String], others: &[String]| -> Vec<String> {
        let common = names.iter().filter(|it| others.contains(it));
        common.cloned().collect()
    };
    let [before, after] = [common(old, new), common(new, old)];
    let change = || format!("changed their order: {} → {}", list(&before), list(&after));
    (before != after).then(change)
}

/// Formats optional text as code.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), code)
}

/// Formats optional JSON as code.
pub(super) fn json(value: Option<&Json>) -> String {
    optional(value.map(Json::to_string).as_deref())
}

/// Names an operation: `POST /v1/Fleets`.
pub(super) fn operation(operation: &Operation) -> String {
    let Operation { method, path, .. } = operation;
    code(&format!("{} {path}", method.as_str()))
}

/// Formats a status code, or a range: `2XX`.
pub(super) fn status(success: &Success) -> String {
    status_of(success.status, success.is_range)
}

/// Formats a status code, or the range that begins with it.
pub(super) fn status_of(status: u16, is_range: bool) -> String {
    if is_range {
        format!("{}XX", status / 100)
    } else {
        status.to_string()
    }
}

/// Formats the statuses of errors.
pub(super) fn error_statuses(statuses: ErrorStatuses) -> String {
    match statuses {
        ErrorStatuses::Code(code) => code.to_string(),
        ErrorStatuses::Range(digit) => format!("{digit}XX"),
        ErrorStatuses::Others => "any other status".to_owned(),
    }
}

/// Describes the type of a value that is not null, with its format. Named types have their Rust names.
pub(super) fn ty(snapshot: &Snapshot<'_>, schema: SchemaId) -> String {
    let words = not_null(snapshot, schema);
    match (snapshot.api.ty(schema), format_of(snapshot.api, schema)) {
        (Type::Named(_), _) | (_, None) => words,
        (Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_), Some(format)) => {
            format!("{words} ({})", code(format))
        }
    }
}

/// Describes a body or a response.
pub(super) fn payload(snapshot: &Snapshot<'_>, payload: &Payload) -> String {
    match payload.encoding {
        Encoding::Json => value(snapshot, &payload.value),
        Encoding::Text => "plain text".to_owned(),
        Encoding::Bytes => "bytes".to_owned(),
    }
}

/// Describes the type of a value.
pub(super) fn value(snapshot: &Snapshot<'_>, value: &Use) -> String {
    let words = not_null(snapshot, value.schema);
    if snapshot.api.is_or_null(value) {
        format!("{words} or null")
    } else {
        words
    }
}

fn not_null(snapshot: &Snapshot<'_>, schema: SchemaId) -> String {
    match snapshot.api.ty(schema) {
        Type::Scalar(scalar) => scalar.words().to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::List(item) => format!("list of {}", value(snapshot, item)),
        Type::Map(item) => format!("map of {}", value(snapshot, item)),
        Type::Named(id) => code(
            snapshot
                .type_path(*id)
                .rsplit("::")
                .next()
                .unwrap_or_default(),
        ),
    }
}

/// Describes the limits of a value, without its format and its pattern.
pub(super) fn limits(bounds: &Bounds) -> String {
    let Bounds {
        format: _,
        minimum: _, // described above
        maximum: _,
        multiple_of: _,
        min_items,
        max_items,
        unique_items,
        min_length,
        max_length,
        pattern: _,
        is_open: _, // no limit
        is_object,
        min_properties,
        max_properties,
        values,
        names: _, // prose
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

/// Lists values as JSON.
fn listed(values: &[Json]) -> String {
    let values = values.iter().map(Json::to_string);
    code(&values.collect::<Vec<String>>().join(", "))
}
