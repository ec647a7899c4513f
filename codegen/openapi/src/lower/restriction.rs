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
    let choice = choice_of(part);
    choice.is_some_and(|(_, alternatives)| {
        alternatives.iter().all(|it| match it {
            ReferenceOr::Item(schema) => is_restriction(schema, typ),
            ReferenceOr::Reference { .. } => false,
        })
    })
}

/// Whether an alternative adds no shape to values of `typ`. One for null only adds null to a known type.
fn is_restriction(schema: &Schema, typ: Option<&str>) -> bool {
    let keywords = Keywords::of(schema);
    match typ {
        _ if keywords.is_composed() => false,
        None => keywords.only_demands() && !schema.schema_data.nullable,
        Some(_) if is_null(schema) => true,
        Some(typ) => keywords.typ.is_none_or(|it| it == typ) && !keywords.has_shape(),
    }
}

/// Whether null is the only value of a schema.
pub(super) fn is_null(schema: &Schema) -> bool {
    let keywords = Keywords::of(schema);
    // OpenAPI 3.0 documents usually write it as only `nullable`.
    let is_marked = schema.schema_data.nullable && !keywords.is_composed() && !keywords.has_own();
    lists_only_null(schema) || is_marked
}

/// Whether a schema lists null and no other value.
pub(super) fn lists_only_null(schema: &Schema) -> bool {
    let values = &Keywords::of(schema).values;
    !values.is_empty() && values.iter().all(Json::is_null)
}

/// Whether one of the alternatives of a part allows null.
pub(super) fn adds_null(part: &SchemaPart<'_>) -> bool {
    let alternatives = choice_of(part).map_or(&[][..], |(_, alternatives)| alternatives);
    alternatives.iter().any(|it| match it {
        ReferenceOr::Item(schema) => schema.schema_data.nullable || is_null(schema),
        ReferenceOr::Reference { .. } => false,
    })
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
    choice_of(part).map_or_else(Bounds::default, |(keyword, alternatives)| {
        of_alternatives(keyword, alternatives.iter().map(json).collect())
    })
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

/// Alternatives as a condition.
pub(super) fn of_alternatives(keyword: &str, alternatives: Vec<Json>) -> Bounds {
    Bounds {
        conditions: BTreeMap::from([(keyword.to_owned(), alternatives.into())]),
        ..Bounds::default()
    }
}

/// The alternatives of a part that has nothing else, and their keyword.
pub(super) fn choice_of<'a>(
    part: &SchemaPart<'a>,
) -> Option<(&'static str, &'a [ReferenceOr<Schema>])> {
    let schema = part.schema.inline()?;
    let keywords = Keywords::of(schema);
    let is_alone = keywords.all_of.is_empty() && !keywords.has_own();
    match (part.schema, keywords.one_of, keywords.any_of) {
        (SchemaRef::Choice(_, "oneOf"), one_of, _) => Some(("oneOf", one_of)),
        (SchemaRef::Choice(..), _, any_of) => Some(("anyOf", any_of)),
        (SchemaRef::Inline(_), one_of @ [_, ..], []) if is_alone => Some(("oneOf", one_of)),
        (SchemaRef::Inline(_), [], any_of @ [_, ..]) if is_alone => Some(("anyOf", any_of)),
        (SchemaRef::Inline(_) | SchemaRef::Own(_) | SchemaRef::Reference(_), _, _) => None,
    }
}
