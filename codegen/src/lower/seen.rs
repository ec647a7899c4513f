//! A schema as one shape, through any `allOf`, and through alternatives that are one shape after all.

use super::Spec;
use super::component::component;
use super::keywords::Keywords;
use super::merge::{self, Seen};
use super::view::{Part, SchemaRef, View};
use crate::api::{Bounds, EnumValue, Scalar};
use crate::pointer::Pointer;

/// How many references are followed to see what an alternative is.
const MAX_REFERENCES: usize = 32;

/// Looks at a schema that stands at `at`, through any `allOf`.
pub(super) fn seen<'a>(spec: Spec<'a>, at: &Pointer, schema: SchemaRef<'a>) -> Seen<'a> {
    simplified(spec, merge::one(spec, at, schema))
}

/// What fits all of `parts`.
pub(super) fn all<'a>(spec: Spec<'a>, parts: Vec<Part<'a>>) -> Seen<'a> {
    simplified(spec, merge::several(spec, parts))
}

/// Alternatives as one simpler view, where there is one: those that are null only say that the value may be null, and
/// texts are one enumeration, or text.
fn simplified<'a>(spec: Spec<'a>, seen: Seen<'a>) -> Seen<'a> {
    let View::Union(mut union) = seen.view else {
        return seen;
    };
    let count = union.variants.len();
    union.variants.retain(|it| !is_null(it));
    let is_nullable = seen.is_nullable || union.variants.len() < count;
    let view = match union.variants.as_slice() {
        [only] if let [only] = only.as_slice() => View::Refined(only.clone()),
        variants => {
            let views = variants.iter().map(|it| resolved(spec, it.clone()));
            scalars(views).unwrap_or(View::Union(union))
        }
    };
    Seen {
        view,
        is_nullable,
        ..seen
    }
}

/// Whether the only value of a schema is null.
fn is_null(parts: &[Part<'_>]) -> bool {
    let [Part { schema, .. }] = parts else {
        return false;
    };
    let schema = match *schema {
        SchemaRef::Inline(schema) => schema,
        SchemaRef::Reference(_) | SchemaRef::Own(_) | SchemaRef::Choice(..) => return false,
    };
    let keywords = Keywords::of(schema);
    let is_listed =
        !keywords.values.is_empty() && keywords.values.iter().all(serde_json::Value::is_null);
    // Nothing but `nullable` is how OpenAPI 3.0 documents write it most often.
    let is_marked = schema.schema_data.nullable && !keywords.is_composed() && !keywords.has_own();
    is_listed || is_marked
}

/// What fits all of `parts`, through any number of references. Alternatives in it stay what they are: they may lead back.
pub(super) fn resolved<'a>(spec: Spec<'a>, parts: Vec<Part<'a>>) -> View<'a> {
    let mut view = merge::several(spec, parts).view;
    for _ in 0..MAX_REFERENCES {
        let View::Refined(Part { at, schema }) = view else {
            return view;
        };
        view = match schema {
            SchemaRef::Reference(reference) => match component(spec.openapi, reference) {
                Some(found) => merge::one(spec, &found.at, found.schema.into()).view,
                None => break,
            },
            SchemaRef::Inline(_) | SchemaRef::Own(_) | SchemaRef::Choice(..) => {
                merge::one(spec, &at, schema).view
            }
        };
    }
    View::Any {
        bounds: Bounds::default(),
    }
}

/// One scalar or one enumeration that has the values of all of `views`, or any JSON if one of them is. `None` if there is
/// no such.
fn scalars<'a>(views: impl Iterator<Item = View<'a>>) -> Option<View<'a>> {
    let none = Bounds::default;
    let mut listed: Vec<EnumValue> = Vec::new();
    let mut scalars = Vec::new();
    let mut is_other = false;
    for view in views {
        match view {
            View::Scalar { scalar, .. } => scalars.push(scalar),
            View::Enumeration { values, .. } => {
                scalars.push(Scalar::String);
                let known = |text: &str| listed.iter().any(|it| it.text == text);
                let new = values.into_iter().filter(|it| !known(&it.text));
                let new: Vec<EnumValue> = new.collect();
                listed.extend(new);
            }
            View::Any { .. } => return Some(View::Any { bounds: none() }),
            View::Object(_) | View::Array { .. } | View::Union(_) => is_other = true,
            View::Refined(_) | View::Untyped(_) => is_other = true,
        }
    }
    let first = *scalars.first().filter(|_| !is_other)?;
    let scalar = scalars.into_iter().try_fold(first, Scalar::wider)?;
    Some(match listed.is_empty() {
        true => View::Scalar {
            scalar,
            bounds: none(),
        },
        false if scalar == Scalar::String => View::Enumeration {
            values: listed,
            bounds: none(),
        },
        false => return None,
    })
}
