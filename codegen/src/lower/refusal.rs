//! Schemas that have no shape here: which keyword is at fault.

use openapiv3::AnySchema;

use crate::api::Bounds;

/// Why a schema has no shape here.
pub(super) struct Refusal {
    /// The keyword at fault.
    pub(super) keyword: &'static str,
    /// The construct, as the subject of a sentence.
    pub(super) what: String,
}

/// A keyword, whether a schema has it, and the types that it is for.
type Keyword = (&'static str, bool, &'static [&'static str]);

/// Names a construct that is not supported.
pub(super) fn refused(keyword: &'static str, what: impl Into<String>) -> Refusal {
    let what = what.into();
    Refusal { keyword, what }
}

/// Names the limit of numbers that stands beside another type.
pub(super) fn refused_range(typ: &str, range: &Bounds) -> Refusal {
    refused_beside(typ, &AnySchema::default(), range)
}

/// Names the keyword of another type that stands beside `typ`.
pub(super) fn refused_beside(typ: &str, any: &AnySchema, range: &Bounds) -> Refusal {
    let keywords = keywords(any, range);
    let is_foreign = |(_, is_used, types): &&Keyword| *is_used && !types.contains(&typ);
    match keywords.iter().find(is_foreign) {
        Some((keyword, ..)) => refused(keyword, format!("`{keyword}` beside `type: {typ}`")),
        // Its values are not of the type, or an empty list of names is of another.
        None if !any.enumeration.is_empty() => refused("enum", format!("an `enum` of {typ}s")),
        None => refused("type", format!("`type: {typ}` beside keywords of objects")),
    }
}

/// Names what stands beside an `allOf`, or beside a `$ref`, which is an `allOf` by now.
pub(super) fn refused_all_of(any: &AnySchema, range: &Bounds) -> Refusal {
    let keywords = keywords(any, range);
    let beside = match keywords.iter().find(|(_, is_used, _)| *is_used) {
        Some((keyword, ..)) => format!("`{keyword}`"),
        None if any.typ.is_some() => "`type`".to_owned(),
        None => "other keywords".to_owned(),
    };
    refused("allOf", format!("an `allOf` or a `$ref` beside {beside}"))
}

/// The keywords of schemas that belong to types.
fn keywords(any: &AnySchema, range: &Bounds) -> [Keyword; 18] {
    const TEXT: &[&str] = &["string"];
    const NUMBER: &[&str] = &["number", "integer"];
    const OBJECT: &[&str] = &["object"];
    const ARRAY: &[&str] = &["array"];
    const LISTED: &[&str] = &["string", "number", "integer", "boolean"];
    let additional = any.additional_properties.is_some();
    [
        ("items", any.items.is_some(), ARRAY),
        ("properties", !any.properties.is_empty(), OBJECT),
        ("additionalProperties", additional, OBJECT),
        ("required", !any.required.is_empty(), OBJECT),
        ("minProperties", any.min_properties.is_some(), OBJECT),
        ("maxProperties", any.max_properties.is_some(), OBJECT),
        ("minItems", any.min_items.is_some(), ARRAY),
        ("maxItems", any.max_items.is_some(), ARRAY),
        ("uniqueItems", any.unique_items.is_some(), ARRAY),
        ("pattern", any.pattern.is_some(), TEXT),
        ("minLength", any.min_length.is_some(), TEXT),
        ("maxLength", any.max_length.is_some(), TEXT),
        ("minimum", range.minimum.is_some(), NUMBER),
        ("maximum", range.maximum.is_some(), NUMBER),
        ("exclusiveMinimum", any.exclusive_minimum.is_some(), NUMBER),
        ("exclusiveMaximum", any.exclusive_maximum.is_some(), NUMBER),
        ("multipleOf", range.multiple_of.is_some(), NUMBER),
        ("enum", !any.enumeration.is_empty(), LISTED),
    ]
}
