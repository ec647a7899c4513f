//! Recognizes alternatives that only limit a value whose shape other schemas describe: `anyOf` of patterns, or of keys that
//! go together. They generate nothing, and are conditions of the value.

use std::collections::BTreeMap;

use openapiv3::{ReferenceOr, Schema};

use super::SpecContext;
use super::component::component;
use super::conditions::json;
use super::keywords::Keywords;
use super::view::{SchemaPart, SchemaRef, View};
use crate::api::{Bounds, Json, Scalar};

/// Whether a part is alternatives that add no shape to values of `typ`, which may be unknown.
pub(super) fn only_restricts(part: &SchemaPart<'_>, typ: Option<&str>) -> bool {
    let SchemaRef::Choice(schema, keyword) = part.schema else {
        return false;
    };
    alternatives(schema, keyword).iter().all(|it| match it {
        ReferenceOr::Item(schema) => is_restriction(schema, typ),
        ReferenceOr::Reference { .. } => false,
    })
}

/// Whether an alternative adds no shape to values of `typ`. One for null adds null.
fn is_restriction(schema: &Schema, typ: Option<&str>) -> bool {
    let keywords = Keywords::of(schema);
    if schema.schema_data.nullable || keywords.is_composed() {
        return false;
    }
    match typ {
        None => keywords.only_demands(),
        Some(typ) => keywords.typ.is_none_or(|it| it == typ) && !keywords.has_shape(),
    }
}

/// The type that a view has in documents, if it has only one.
pub(super) fn type_of(view: &View<'_>) -> Option<&'static str> {
    match view {
        View::Scalar { scalar, .. } => Some(match scalar {
            Scalar::Boolean => "boolean",
            Scalar::String | Scalar::Base64 => "string",
            Scalar::Date | Scalar::DateTime | Scalar::DateTimeRfc2822 => "string",
            Scalar::Integer | Scalar::Int32 | Scalar::Uint32 | Scalar::Uint64 => "integer",
            Scalar::Decimal | Scalar::Float => "number",
        }),
        View::Enumeration { .. } => Some("string"),
        View::Object(_) => Some("object"),
        View::Array { .. } => Some("array"),
        View::Refined(_) | View::Union(_) | View::Any { .. } | View::Untyped(_) => None,
    }
}

/// The alternatives of a part as a condition.
pub(super) fn condition(part: &SchemaPart<'_>) -> Bounds {
    let SchemaRef::Choice(schema, keyword) = part.schema else {
        return Bounds::default();
    };
    let alternatives = alternatives(schema, keyword).iter().map(json);
    of_alternatives(keyword, alternatives.collect())
}

/// The alternatives of one scalar as a condition, if they have limits.
pub(super) fn of_scalars<'a>(
    spec: SpecContext<'a>,
    variants: &[Vec<SchemaPart<'a>>],
    views: &[View<'a>],
) -> Bounds {
    let is_limited = |view: &View<'_>| match view {
        View::Scalar { bounds, .. } | View::Enumeration { bounds, .. } => {
            *bounds != Bounds::default()
        }
        View::Object(_) | View::Array { .. } | View::Refined(_) | View::Union(_) => false,
        View::Any { .. } | View::Untyped(_) => false,
    };
    if !views.iter().any(is_limited) {
        return Bounds::default();
    }
    let schemas = variants.iter().flatten().map(|part| match part.schema {
        SchemaRef::Reference(reference) => {
            component(spec.openapi, reference).map_or(Json::Null, |it| json(it.schema))
        }
        SchemaRef::Inline(schema) | SchemaRef::Own(schema) | SchemaRef::Choice(schema, _) => {
            json(schema)
        }
    });
    of_alternatives("anyOf", schemas.collect())
}

fn of_alternatives(keyword: &str, alternatives: Vec<Json>) -> Bounds {
    Bounds {
        conditions: BTreeMap::from([(keyword.to_owned(), alternatives.into())]),
        ..Bounds::default()
    }
}

fn alternatives<'a>(schema: &'a Schema, keyword: &str) -> &'a [ReferenceOr<Schema>] {
    let keywords = Keywords::of(schema);
    if keyword == "oneOf" {
        keywords.one_of
    } else {
        keywords.any_of
    }
}
