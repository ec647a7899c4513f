//! Merges schemas that all apply to the same value: `allOf` and its sibling keywords.
//!
//! The parts of an `allOf` are collected recursively and merged into one view: an object has the properties of all
//! parts. Parts without a shape only annotate; if one other part is left, the value has its type.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::SpecContext;
use super::additions;
use super::component::component;
use super::format::formatted;
use super::keywords::Keywords;
use super::restriction::{adds_null, choice_of, condition, is_null, only_restricts, type_of};
use super::view::{
    Additional, LocalView, ObjectView, SchemaPart, SchemaRef, UnionView, Untyped, View, sight,
};
use crate::api::{Bounds, EnumValue, Scalar};
use crate::inheritance;
use crate::pointer::Pointer;
use crate::vendor::Vendor;

/// How many schemas an `allOf` may lead to. Real ones have less than fifty.
const MAX_PARTS: usize = 500;

/// A schema without a type, because its `type` and the schemas beside it exclude each other.
pub(super) const CONTRADICTED: &str = "a `type` that the schemas beside it contradict";

/// A schema that no value fits, because the values that its parts list have none in common.
const WITHOUT_VALUES: &str = "an `allOf` of lists of values that have none in common";

/// A schema as one shape, and the schemas whose annotations apply to its values.
pub(super) struct MergedView<'a> {
    pub(super) view: View<'a>,
    pub(super) annotations: Vec<&'a Schema>,
    /// Limits in addition to those of the view.
    pub(super) limits: Bounds,
    /// Whether the value may be null: all parts allow it, or one of the alternatives does.
    pub(super) is_nullable: bool,
}

/// Resolves a schema without its alternatives.
pub(super) fn one<'a>(
    spec: SpecContext<'a>,
    at: &Pointer,
    schema: SchemaRef<'a>,
) -> MergedView<'a> {
    match sight(spec.vendor, at, schema) {
        LocalView::All(parts) => several(spec, parts),
        LocalView::View(view) => MergedView {
            view: *view,
            annotations: Vec::new(),
            limits: Bounds::default(),
            is_nullable: false,
        },
    }
}

/// Merges `parts` without their alternatives.
pub(super) fn several<'a>(spec: SpecContext<'a>, mut parts: Vec<SchemaPart<'a>>) -> MergedView<'a> {
    let mute: Vec<SchemaPart<'a>> = parts.extract_if(.., |it| is_mute(it)).collect();
    let mut annotations: Vec<&Schema> = mute.iter().filter_map(|it| it.schema.inline()).collect();
    let restricted = mute
        .iter()
        .find_map(|it| Keywords::of(it.schema.inline()?).typ);
    let only_restrict = |parts: &[SchemaPart<'_>]| {
        !parts.is_empty() && parts.iter().all(|it| only_restricts(it, restricted))
    };
    let is_shared = |typ| only_restrict(&parts) || parts.iter().any(|it| leaves_type_out(it, typ));
    if restricted.is_some_and(is_shared) {
        parts.extend(mute.iter().cloned());
    }
    let is_contradicted =
        restricted.is_some_and(|typ| parts.iter().any(|it| contradicts(spec, it, typ)));
    let limits = annotations.iter().map(|it| Keywords::of(it).limits());
    let mut limits = limits.reduce(Bounds::and).unwrap_or_default();
    let (view, has_null) = if is_contradicted {
        (View::Untyped(Untyped::new("type", CONTRADICTED)), false)
    } else if let [only] = parts.as_slice() {
        let own = match only.schema {
            SchemaRef::Own(_) | SchemaRef::Choice(..) => {
                sight(spec.vendor, &only.at, only.schema).view()
            }
            SchemaRef::Reference(_) | SchemaRef::Inline(_) => None,
        };
        (own.unwrap_or(View::Refined(only.clone())), false)
    } else {
        if parts.is_empty() {
            parts = mute;
        }
        match leaves(spec, parts) {
            Ok(leaves) => {
                annotations.extend(leaves.iter().filter_map(|it| it.part.schema.inline()));
                joined(spec, leaves)
            }
            Err(untyped) => (View::Untyped(untyped), false),
        }
    };
    let view = within(spec.vendor, view, &mut limits);
    let all_nullable =
        !annotations.is_empty() && annotations.iter().all(|it| it.schema_data.nullable);
    MergedView {
        view,
        annotations,
        limits,
        is_nullable: has_null || all_nullable,
    }
}

/// Whether a part adds no shape: nothing, or only limits and a type that the other parts have, too.
fn is_mute(part: &SchemaPart<'_>) -> bool {
    match part.schema {
        SchemaRef::Inline(schema) => {
            let keywords = Keywords::of(schema);
            !keywords.is_composed() && keywords.only_limits()
        }
        SchemaRef::Own(schema) => Keywords::of(schema).only_limits(),
        SchemaRef::Reference(_) | SchemaRef::Choice(..) => false,
    }
}

/// Whether a part has an alternative that leaves it to the schema around it that values are of the scalar `typ`.
fn leaves_type_out(part: &SchemaPart<'_>, typ: &str) -> bool {
    let is_scalar = !matches!(typ, "array" | "object");
    let alternatives = choice_of(part).map_or(&[][..], |(_, alternatives)| alternatives);
    is_scalar
        && alternatives.iter().any(|it| match it {
            ReferenceOr::Item(schema) => {
                let keywords = Keywords::of(schema);
                keywords.typ.is_none() && !keywords.is_composed()
            }
            ReferenceOr::Reference { .. } => false,
        })
}

/// Whether a part states that values are objects or lists, or all of its alternatives do, so that they are not of the
/// scalar `typ`: some documents mean the id of an object, or the object.
fn contradicts(spec: SpecContext<'_>, part: &SchemaPart<'_>, typ: &str) -> bool {
    let has_parts = |part: SchemaPart<'_>| {
        let stated = stated_type(spec, std::slice::from_ref(&part));
        matches!(stated, Some("array" | "object"))
    };
    let is_scalar = !matches!(typ, "array" | "object");
    is_scalar
        && match choice_of(part) {
            Some((_, alternatives)) => alternatives
                .iter()
                .all(|it| has_parts(SchemaPart::new(part.at.clone(), it))),
            None => has_parts(part.clone()),
        }
}

/// A part without subschemas.
struct SchemaLeaf<'a> {
    part: SchemaPart<'a>,
    view: View<'a>,
}

/// Collects the leaves of the parts, each component once. Returns an error if there are too many.
fn leaves<'a>(
    spec: SpecContext<'a>,
    parts: Vec<SchemaPart<'a>>,
) -> Result<Vec<SchemaLeaf<'a>>, Untyped> {
    let mut leaves = Vec::new();
    let mut known = BTreeSet::new();
    // Not recursive: a chain of parts may be as long as the spec.
    let mut open: Vec<(SchemaPart<'a>, bool)> = parts.into_iter().map(|it| (it, false)).collect();
    open.reverse();
    let mut steps = 0;
    while let Some((part, is_referenced)) = open.pop() {
        steps += 1;
        if steps > MAX_PARTS {
            let what = format!("an `allOf` of more than {MAX_PARTS} schemas");
            return Err(Untyped::new("allOf", what));
        }
        if let SchemaRef::Reference(reference) = part.schema {
            let found = component(spec.openapi, reference);
            let new = found.filter(|it| known.insert(it.name));
            open.extend(new.map(|it| (SchemaPart::new(it.at, it.schema), true)));
            continue;
        }
        let view = match sight(spec.vendor, &part.at, part.schema) {
            LocalView::View(view) => *view,
            LocalView::All(parts) => {
                let parts = parts.into_iter().rev();
                open.extend(parts.map(|it| (it, is_referenced)));
                continue;
            }
        };
        if let View::Refined(inner) = view {
            open.push((inner, is_referenced));
            continue;
        }
        // A parent may list its children as alternatives; each child is only itself.
        let is_list_of_children = is_referenced && is_parent(spec, &part.at, &view);
        if !is_list_of_children {
            leaves.push(SchemaLeaf { part, view });
        }
    }
    Ok(leaves)
}

/// Merges `leaves`. Alternatives among them are each merged with all others, unless they only restrict them; returns whether
/// null is one of those.
fn joined<'a>(spec: SpecContext<'a>, mut leaves: Vec<SchemaLeaf<'a>>) -> (View<'a>, bool) {
    let is_union = |it: &mut SchemaLeaf<'_>| matches!(it.view, View::Union(_));
    let mut unions: Vec<SchemaLeaf<'a>> = leaves.extract_if(.., is_union).collect();
    let typ = leaves.iter().find_map(|it| type_of(&it.view));
    let restrictions = unions.extract_if(.., |it| only_restricts(&it.part, typ));
    let restrictions: Vec<SchemaPart<'_>> = restrictions.map(|it| it.part).collect();
    let has_null = restrictions.iter().any(adds_null);
    let limits = restrictions.iter().map(condition);
    let mut limits = limits.reduce(Bounds::and).unwrap_or_default();
    if unions.len() > 1 {
        let several = Untyped::new("allOf", "an `allOf` of several choices");
        return (View::Untyped(several), has_null);
    }
    let base: Vec<&View<'_>> = leaves.iter().map(|it| &it.view).collect();
    let added = unions.first();
    let added = added.and_then(|it| additions::added(spec, &it.part, &base));
    let view = match unions.pop() {
        Some(SchemaLeaf {
            part: SchemaPart { at, .. },
            view: View::Union(union),
        }) if added.is_none() => View::Union(distributed(spec, &at, union, &leaves)),
        Some(_) | None => {
            let none = View::Any {
                bounds: Bounds::default(),
            };
            let views = leaves.into_iter().map(|it| it.view);
            let views = views.chain(added.map(View::Object));
            let view = views.fold(none, |one, other| and(spec.vendor, one, other));
            within(spec.vendor, view, &mut limits)
        }
    };
    (view, has_null)
}

/// Merges each alternative with all of `rest` that apply to it. Alternatives that extend a parent in `rest` need no
/// merging.
fn distributed<'a>(
    spec: SpecContext<'a>,
    at: &Pointer,
    mut union: UnionView<'a>,
    rest: &[SchemaLeaf<'a>],
) -> UnionView<'a> {
    let parent = composed(at);
    for variant in &mut union.variants {
        // One for null only makes the others nullable.
        let is_null = variant
            .iter()
            .any(|it| it.schema.inline().is_some_and(is_null));
        if !is_null && !variant.iter().any(|it| extends(spec, it, &parent)) {
            let typ = stated_type(spec, variant);
            let applying = rest.iter().filter(|it| applies(it, typ));
            variant.extend(applying.map(|it| it.part.clone()));
        }
    }
    union
}

/// The `type` of an alternative.
fn stated_type<'a>(spec: SpecContext<'a>, variant: &[SchemaPart<'a>]) -> Option<&'a str> {
    let [part] = variant else {
        return None;
    };
    let schema = match part.schema {
        SchemaRef::Reference(reference) => component(spec.openapi, reference)?.schema.as_item()?,
        SchemaRef::Inline(schema) | SchemaRef::Own(schema) | SchemaRef::Choice(schema, _) => schema,
    };
    Keywords::of(schema).typ
}

/// Whether a leaf applies to values of `typ`. Keywords of lists and of objects say nothing about values of other types
/// (JSON Schema Validation, §6).
fn applies(leaf: &SchemaLeaf<'_>, typ: Option<&str>) -> bool {
    let keywords = leaf.part.schema.inline().map(Keywords::of);
    let has_type = keywords.is_none_or(|it| it.typ.is_some());
    match (&leaf.view, typ) {
        (View::Array { .. }, Some(typ)) if !has_type => typ == "array",
        (View::Object(_), Some(typ)) if !has_type => typ == "object",
        (_, _) => true,
    }
}

/// Whether one of the alternatives at `at` is an `allOf` of the schema that they belong to.
fn is_parent(spec: SpecContext<'_>, at: &Pointer, view: &View<'_>) -> bool {
    let View::Union(union) = view else {
        return false;
    };
    let parent = composed(at);
    let mut parts = union.variants.iter().flatten();
    parts.any(|it| extends(spec, it, &parent))
}

/// The place of the schema that a part of an `allOf` belongs to.
fn composed(part: &Pointer) -> Pointer {
    let mut at = part.clone();
    while let Some(list) = at.parent()
        && list.tokens().last().as_deref() == Some("allOf")
        && let Some(schema) = list.parent()
    {
        at = schema;
    }
    at
}

/// Whether a part is a component that extends the schema at `at`.
fn extends(spec: SpecContext<'_>, part: &SchemaPart<'_>, at: &Pointer) -> bool {
    let SchemaRef::Reference(reference) = part.schema else {
        return false;
    };
    let parents = |child: &Pointer| {
        let mut parents = Vec::new();
        if let Some(found) = component(spec.openapi, &child.to_fragment()) {
            included(found.schema.into(), &mut parents);
        }
        parents
    };
    Pointer::from_fragment(reference).is_some_and(|it| inheritance::extends(it, at, parents))
}

/// Adds the places of the components that a schema is, or includes by `allOf`.
fn included(schema: SchemaRef<'_>, places: &mut Vec<Pointer>) {
    match schema {
        SchemaRef::Reference(reference) => places.extend(Pointer::from_fragment(reference)),
        SchemaRef::Inline(schema) | SchemaRef::Own(schema) | SchemaRef::Choice(schema, _) => {
            for part in Keywords::of(schema).all_of {
                included(part.into(), places);
            }
        }
    }
}

/// Merges two views.
fn and<'a>(vendor: Vendor, one: View<'a>, other: View<'a>) -> View<'a> {
    match (one, other) {
        (View::Any { mut bounds }, other) | (other, View::Any { mut bounds }) => {
            within(vendor, other, &mut bounds)
        }
        (View::Object(one), View::Object(other)) => View::Object(both_objects(one, other)),
        (
            View::Scalar { scalar, bounds },
            View::Scalar {
                scalar: other,
                bounds: others,
            },
        ) => match Scalar::narrower(scalar, other) {
            Some(_) if bounds.lists_no_value_of(&others) => without_values(),
            Some(scalar) => View::Scalar {
                scalar,
                bounds: bounds.and(others),
            },
            None => contradiction(),
        },
        (View::Enumeration { values, bounds }, View::Scalar { bounds: others, .. })
        | (View::Scalar { bounds: others, .. }, View::Enumeration { values, bounds }) => {
            let bounds = bounds.and(others);
            View::Enumeration { values, bounds }
        }
        (
            View::Enumeration { values, bounds },
            View::Enumeration {
                values: other,
                bounds: others,
            },
        ) => both_listed(values, &other, bounds.and(others)),
        (
            View::Array { mut items, bounds },
            View::Array {
                items: other,
                bounds: others,
            },
        ) => {
            items.extend(other);
            let bounds = bounds.and(others);
            View::Array { items, bounds }
        }
        (View::Untyped(it), _) | (_, View::Untyped(it)) => View::Untyped(it),
        (_, _) => contradiction(),
    }
}

fn contradiction<'a>() -> View<'a> {
    View::Untyped(Untyped::new("allOf", "an `allOf` of different types"))
}

fn without_values<'a>() -> View<'a> {
    View::Untyped(Untyped::new("allOf", WITHOUT_VALUES))
}

/// Whether no value fits a schema.
pub(super) fn is_without_values(view: &View<'_>) -> bool {
    matches!(view, View::Untyped(it) if it.what == WITHOUT_VALUES)
}

/// Adds limits to a view, and takes them. A format among them may change the type of a scalar without one. Where the shape
/// depends on other schemas, they are left.
pub(super) fn within<'a>(vendor: Vendor, mut view: View<'a>, limits: &mut Bounds) -> View<'a> {
    let bounds = match &mut view {
        View::Scalar { scalar, bounds } => {
            let format = limits.format.as_deref().filter(|_| bounds.format.is_none());
            *scalar = formatted(vendor, *scalar, format);
            bounds
        }
        View::Enumeration { bounds, .. } => bounds,
        View::Array { bounds, .. } | View::Any { bounds } => bounds,
        View::Object(object) => &mut object.bounds,
        View::Refined(_) | View::Union(_) | View::Untyped(_) => return view,
    };
    *bounds = std::mem::take(bounds).and(std::mem::take(limits));
    view
}

fn both_listed<'a>(mut values: Vec<EnumValue>, other: &[EnumValue], bounds: Bounds) -> View<'a> {
    values.retain(|it| other.iter().any(|other| other.text == it.text));
    if values.is_empty() {
        return without_values();
    }
    View::Enumeration { values, bounds }
}

fn both_objects<'a>(mut one: ObjectView<'a>, other: ObjectView<'a>) -> ObjectView<'a> {
    for (name, parts) in other.properties {
        one.properties.entry(name).or_default().extend(parts);
    }
    one.required.extend(other.required);
    one.additional = match (one.additional, other.additional) {
        (Additional::Typed(it), _) | (_, Additional::Typed(it)) => Additional::Typed(it),
        (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
        (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
        (Additional::Ignored, Additional::Ignored) => Additional::Ignored,
    };
    one.format = one.format.or(other.format);
    one.bounds = one.bounds.and(other.bounds);
    one
}
