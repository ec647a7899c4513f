//! Simplifies schemas to one shape, through `allOf`, and through alternatives that amount to one shape.

use std::collections::BTreeSet;

use openapiv3::Schema;

use super::SpecContext;
use super::component::component;
use super::format::of_size;
use super::keywords::Keywords;
use super::merge::{self, MergedView};
use super::restriction;
use super::value_docs;
use super::view::{SchemaPart, SchemaRef, View};
use crate::api::{Bounds, EnumValue, Json, Scalar};
use crate::pointer::Pointer;

/// How many references to follow to inspect an alternative.
const MAX_REFERENCES: usize = 32;

/// Resolves a schema at `at`, through any `allOf`.
pub(super) fn schema<'a>(
    spec: SpecContext<'a>,
    at: &Pointer,
    schema: SchemaRef<'a>,
) -> MergedView<'a> {
    simplified(spec, merge::one(spec, at, schema))
}

/// Merges `parts`.
pub(super) fn all<'a>(spec: SpecContext<'a>, parts: Vec<SchemaPart<'a>>) -> MergedView<'a> {
    simplified(spec, merge::several(spec, parts))
}

/// Simplifies alternatives where possible: null as an alternative, or in one, only makes the value nullable, and strings are
/// one enumeration or a string.
fn simplified<'a>(spec: SpecContext<'a>, merged: MergedView<'a>) -> MergedView<'a> {
    let View::Union(mut union) = merged.view else {
        return merged;
    };
    let mut own = merged.limits;
    let count = union.variants.len();
    let is_reference = is_one_reference(&union.variants);
    union
        .variants
        .retain(|it| !(is_null(spec, it) || is_reference && is_nullable_object(it)));
    let has_null = union.variants.len() < count;
    let holds_null = merged.annotations.iter().all(|it| may_be_null(it))
        && union.variants.iter().any(|it| allows_null(spec, it));
    let view = match union.variants.as_slice() {
        [only] if let [only] = only.as_slice() => View::Refined(only.clone()),
        _ => {
            let views: Vec<View<'a>>;
            (union.variants, views) = possible(spec, union.variants).into_iter().unzip();
            let limits = restriction::of_scalars(spec, &union.variants, &views);
            match scalars(views, limits) {
                Some(view) => merge::within(spec.vendor, view, &mut own),
                None => View::Union(union),
            }
        }
    };
    let is_any = matches!(view, View::Any { .. });
    MergedView {
        is_nullable: merged.is_nullable || has_null || (holds_null && !is_any),
        view,
        limits: own,
        ..merged
    }
}

/// The alternatives that a value may fit, each with its shape and the docs of its value; all of them if none does.
fn possible<'a>(
    spec: SpecContext<'a>,
    variants: Vec<Vec<SchemaPart<'a>>>,
) -> Vec<(Vec<SchemaPart<'a>>, View<'a>)> {
    let alternatives = variants.into_iter().map(|parts| {
        let mut view = resolved(spec, parts.clone());
        if let Some(schema) = parts.first().and_then(|it| it.schema.inline()) {
            document(schema, &mut view);
        }
        (parts, view)
    });
    let mut alternatives: Vec<_> = alternatives.collect();
    let is_possible = |(_, view): &(_, View<'_>)| !merge::is_without_values(view);
    if alternatives.iter().any(is_possible) {
        alternatives.retain(is_possible);
    }
    alternatives
}

/// Documents the value of an alternative that has only one.
fn document(schema: &Schema, view: &mut View<'_>) {
    match view {
        View::Enumeration { values, .. } => {
            if let [only] = values.as_mut_slice() {
                value_docs::from_alternative(schema, only);
            }
        }
        View::Scalar { bounds, .. } => {
            let name = value_docs::name_of_alternative(schema);
            if let ([only], Some(name)) = (bounds.values.as_slice(), name) {
                bounds.names.insert(only.to_string(), name);
            }
        }
        View::Object(_) | View::Array { .. } | View::Refined(_) | View::Union(_) => {}
        View::Any { .. } | View::Untyped(_) => {}
    }
}

/// Whether alternatives are a reference and something else.
fn is_one_reference(variants: &[Vec<SchemaPart<'_>>]) -> bool {
    let is_reference = |it: &&Vec<SchemaPart<'_>>| {
        let [part] = it.as_slice() else {
            return false;
        };
        matches!(part.schema, SchemaRef::Reference(_))
    };
    variants.len() == 2 && variants.iter().filter(is_reference).count() == 1
}

/// Whether an alternative is any object or null. Beside a reference, OData.NET writes null this way.
fn is_nullable_object(parts: &[SchemaPart<'_>]) -> bool {
    let [SchemaPart { schema, .. }] = parts else {
        return false;
    };
    schema.inline().is_some_and(|it| {
        let keywords = Keywords::of(it);
        let is_bare = !keywords.is_composed() && keywords.only_limits();
        it.schema_data.nullable && keywords.typ == Some("object") && is_bare
    })
}

/// Whether null is the only value of an alternative. A component says so by an enum of null, such as the `NullEnum` of
/// drf-spectacular; one that is only `nullable` is any value.
fn is_null(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> bool {
    let [SchemaPart { schema, .. }] = parts else {
        return false;
    };
    match *schema {
        SchemaRef::Inline(schema) => restriction::is_null(schema),
        SchemaRef::Reference(reference) => {
            let found = component(spec.openapi, reference);
            let schema = found.and_then(|it| it.schema.as_item());
            schema.is_some_and(restriction::lists_only_null)
        }
        SchemaRef::Own(_) | SchemaRef::Choice(..) => false,
    }
}

/// Whether an alternative is also null: it says so, or an alternative in it does.
fn allows_null(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> bool {
    let [part] = parts else {
        return false;
    };
    let mut open = vec![part.schema];
    let mut seen = BTreeSet::new();
    while let Some(schema) = open.pop() {
        match schema {
            SchemaRef::Reference(reference) => {
                let found = component(spec.openapi, reference);
                let new = found.filter(|it| seen.insert(it.name));
                open.extend(new.map(|it| SchemaRef::from(it.schema)));
            }
            SchemaRef::Inline(schema) if schema.schema_data.nullable => return true,
            SchemaRef::Inline(schema) => {
                let keywords = Keywords::of(schema);
                let alternatives = keywords.one_of.iter().chain(keywords.any_of);
                match keywords.all_of {
                    [] if may_be_null(schema) => open.extend(alternatives.map(SchemaRef::from)),
                    [only] if !keywords.has_own() => open.push(only.into()),
                    [] | [_, ..] => {} // Every part of an `allOf` would have to allow null.
                }
            }
            SchemaRef::Own(_) | SchemaRef::Choice(..) => {}
        }
    }
    false
}

/// Whether a schema leaves it to its alternatives if a value may be null: it has no type that excludes null.
fn may_be_null(schema: &Schema) -> bool {
    schema.schema_data.nullable || Keywords::of(schema).typ.is_none()
}

/// Merges `parts`, through any number of references. Alternatives are kept, because they may be recursive.
pub(super) fn resolved<'a>(spec: SpecContext<'a>, parts: Vec<SchemaPart<'a>>) -> View<'a> {
    let view = merge::several(spec, parts).view;
    follow(spec, view, |at, schema| merge::one(spec, at, schema)).1
}

/// Resolves a schema like [`schema`], through any number of references. Also returns its place.
pub(super) fn followed<'a>(spec: SpecContext<'a>, part: SchemaPart<'a>) -> (Pointer, View<'a>) {
    let at = part.at.clone();
    let resolve = |at: &Pointer, schema| self::schema(spec, at, schema);
    let (last, view) = follow(spec, View::Refined(part), resolve);
    (last.unwrap_or(at), view)
}

/// Follows references and refinements from `view`. Returns the place of the last one and what it is.
fn follow<'a>(
    spec: SpecContext<'a>,
    mut view: View<'a>,
    resolve: impl Fn(&Pointer, SchemaRef<'a>) -> MergedView<'a>,
) -> (Option<Pointer>, View<'a>) {
    let mut last = None;
    for _ in 0..MAX_REFERENCES {
        let View::Refined(SchemaPart { at, schema }) = view else {
            return (last, view);
        };
        let (at, schema) = match schema {
            SchemaRef::Reference(reference) => match component(spec.openapi, reference) {
                Some(found) => (found.at, found.schema.into()),
                None => break,
            },
            SchemaRef::Inline(_) | SchemaRef::Own(_) | SchemaRef::Choice(..) => (at, schema),
        };
        view = resolve(&at, schema).view;
        last = Some(at);
    }
    let bounds = Bounds::default();
    (last, View::Any { bounds })
}

/// One scalar or enumeration with the values of all `views` within `limits`, or arbitrary JSON if one of them is. `None`
/// if there is none.
fn scalars(views: Vec<View<'_>>, limits: Bounds) -> Option<View<'_>> {
    let mut listed: Vec<EnumValue> = Vec::new();
    let mut numbers = Bounds::default();
    let mut scalars = Vec::new();
    let (mut is_other, mut is_open, mut are_listed) = (false, false, true);
    for view in views {
        match view {
            View::Scalar { scalar, bounds } => {
                is_open = true;
                scalars.push(of_size(scalar, &bounds));
                are_listed &= !bounds.values.is_empty();
                numbers.names.extend(bounds.names);
                let known = |it: &Json| numbers.values.contains(it);
                let new = bounds.values.into_iter().filter(|it| !known(it));
                let new: Vec<Json> = new.collect();
                numbers.values.extend(new);
            }
            View::Enumeration { values, .. } => {
                scalars.push(Scalar::String);
                let known = |text: &str| listed.iter().any(|it| it.text == text);
                let new = values.into_iter().filter(|it| !known(&it.text));
                let new: Vec<EnumValue> = new.collect();
                listed.extend(new);
            }
            View::Any { .. } => {
                return Some(View::Any {
                    bounds: Bounds::default(),
                });
            }
            View::Object(_) | View::Array { .. } | View::Union(_) => is_other = true,
            View::Refined(_) | View::Untyped(_) => is_other = true,
        }
    }
    let first = *scalars.first().filter(|_| !is_other)?;
    let scalar = scalars.into_iter().try_fold(first, Scalar::wider)?;
    Some(match listed.is_empty() {
        true => View::Scalar {
            scalar,
            bounds: if are_listed { numbers } else { limits },
        },
        false if scalar == Scalar::String => View::Enumeration {
            values: listed,
            bounds: Bounds { is_open, ..limits },
        },
        false => return None,
    })
}
