//! Finds the tags of a union that select a variant of another union inside of it.
//!
//! A mapping may name a schema that is not an alternative itself but one of an alternative's own. Only the outer union knows
//! what the value means, so it reads the inner one as that variant.

use std::collections::{BTreeSet, VecDeque};

use super::Lowering;
use crate::api::schema::is_same_type;
use crate::api::{Api, NestedTag, Shape, TypeId, Union, Use};

/// A value of a union's tag property, and the component that it names.
pub(super) struct TagTarget<'a> {
    pub(super) union: TypeId,
    /// The index of the variant that it selects.
    pub(super) variant: usize,
    pub(super) tag: String,
    /// The variant, or a component inside of it.
    pub(super) component: &'a str,
}

/// A value of a union's tag property, and the type that it names.
pub(super) struct TypedTag {
    union: TypeId,
    variant: usize,
    tag: String,
    target: Use,
}

impl Lowering<'_> {
    /// The tags of all unions with the types that they name.
    pub(super) fn nested_tags(&mut self) -> Vec<TypedTag> {
        let targets = std::mem::take(&mut self.tag_targets).into_iter();
        let typed = targets.filter_map(|it| {
            let target = self.component_value(it.component)?;
            Some(TypedTag {
                union: it.union,
                variant: it.variant,
                tag: it.tag,
                target: target.clone(),
            })
        });
        typed.collect()
    }

    /// The value of a component schema that was lowered.
    pub(super) fn component_value(&self, name: &str) -> Option<&Use> {
        let component = self.components.get(name);
        component.or_else(|| self.aliases.get(name))
    }
}

/// Adds to unions the tags that select a variant of a union inside, unless that union reads the value in the same way.
pub(super) fn add(api: &mut Api, tags: Vec<TypedTag>) {
    for tag in tags {
        let Shape::Union(union) = &api.type_definition(tag.union).shape else {
            continue; // A base schema whose subclasses add nothing.
        };
        if let Some(nested) = nested(api, union, &tag)
            && let Shape::Union(union) = &mut api.types[tag.union.0].shape
        {
            union.nested_tags.push(nested);
        }
    }
}

/// The nested tag for a value, if it needs one.
fn nested(api: &Api, union: &Union, tag: &TypedTag) -> Option<NestedTag> {
    let is_target = |value: &Use| is_same(api, value, &tag.target);
    let is_known = union.nested_tags.iter().any(|it| it.tag == tag.tag);
    if is_known || union.variants.iter().any(|it| is_target(&it.value)) {
        return None;
    }
    let mut unions = vec![union];
    let mut path = vec![tag.variant];
    for index in path_to(api, &union.variants[tag.variant].value, &is_target)? {
        unions.push(union_in(api, unions.last()?, *path.last()?)?);
        path.push(index);
    }
    let name = union.tag.as_deref();
    while path.len() > 1 && reads(unions[path.len() - 1], name, &tag.tag) == path.last().copied() {
        path.pop();
    }
    (path.len() > 1).then(|| NestedTag {
        tag: tag.tag.clone(),
        path,
    })
}

/// The variants through which a value of this type is the target; the shortest way.
fn path_to(api: &Api, from: &Use, is_target: &impl Fn(&Use) -> bool) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([(from, Vec::new())]);
    while let Some((value, path)) = open.pop_front() {
        let Some(id) = api.ty(value.schema).named().filter(|it| seen.insert(*it)) else {
            continue;
        };
        for (index, variant) in api.type_definition(id).shape.variants().iter().enumerate() {
            let mut path = path.clone();
            path.push(index);
            if is_target(&variant.value) {
                return Some(path);
            }
            open.push_back((&variant.value, path));
        }
    }
    None
}

/// The union that a variant of a union holds.
fn union_in<'a>(api: &'a Api, union: &'a Union, variant: usize) -> Option<&'a Union> {
    let id = api.ty(union.variants[variant].value.schema).named()?;
    match &api.type_definition(id).shape {
        Shape::Union(union) => Some(union),
        Shape::Object(_) | Shape::Enumeration(_) => None,
    }
}

/// The variant that a union itself selects by the value `tag` of the property `name`.
fn reads(union: &Union, name: Option<&str>, tag: &str) -> Option<usize> {
    if union.tag.as_deref() != name {
        return None;
    }
    let mut variants = union.variants.iter();
    variants.position(|it| it.tags.iter().any(|own| own == tag))
}

fn is_same(api: &Api, one: &Use, other: &Use) -> bool {
    let models = [api.schemas.as_slice(); 2];
    is_same_type(models, [one.schema, other.schema], &|one, other| {
        one == other
    })
}
