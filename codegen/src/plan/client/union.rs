//! Plans unions and their variants.

use indexmap::IndexMap;

use super::field_codec::{decimals_inside, writing_inside};
use super::types::type_doc;
use super::{
    Derive, JsonShape, NestedStep, NestedVariant, Union, UnionReading, Variant, json_shape,
};
use crate::api::{self, Api, Shape, TypeId};
use crate::naming::RustName;
use crate::plan::mention::{Mentions, path_of};
use crate::plan::scalar::row;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Codec, Leaf, RustType, doc};

/// Plans a union; `None` for other types.
pub(super) fn union(at: Viewpoint<'_>, id: TypeId) -> Option<Union> {
    let definition = at.api.type_definition(id);
    let union = match &definition.shape {
        Shape::Union(union) => union,
        Shape::Object(_) | Shape::Enumeration(_) => return None,
    };
    let is_sent = at.usage.sent.contains(&id);
    let is_received = at.usage.received.contains(&id);
    let redacts = union
        .variants
        .iter()
        .any(|it| holds_personal_data(at.api, it));
    let is_exact = at.graph.is_exact(id);
    let derives = [
        (Derive::Clone, true),
        (Derive::Debug, !redacts),
        (Derive::PartialEq, true),
        (Derive::Eq, is_exact),
        (Derive::Hash, is_exact),
        (Derive::Serialize, is_sent),
    ];
    let derives = derives.into_iter();
    let variants = union.variants.iter().zip(at.names.members(id));
    let variants = variants.zip(json_shape::all(at.api, id));
    let variants = variants.map(|((it, name), shape)| variant(at, id, name, it, shape));
    let mut variants: Vec<Variant> = variants.collect();
    if is_sent {
        mark_conversions(at.names.ty(id), &mut variants);
    }
    Some(Union {
        origin: id,
        gate: at.gates().types(&[id]),
        name: at.names.ty(id).clone(),
        doc: type_doc(definition, &Mentions::none()),
        derives: derives
            .filter_map(|(it, applies)| applies.then_some(it))
            .collect(),
        redacts,
        reading: is_received.then(|| UnionReading {
            tag: union.tag.clone(),
            nested: nested(at, id, union),
        }),
        serialize_behind_feature: !is_sent,
        variants,
    })
}

/// Marks the variants of the union `name` whose types convert into it. Two may have one type, such as text in two formats;
/// a value of the union itself already is one, and so is a list of them, which arguments take as several values.
fn mark_conversions(name: &RustName, variants: &mut [Variant]) {
    let types: Vec<RustType> = variants.iter().map(|it| it.ty.unboxed().clone()).collect();
    for (index, variant) in variants.iter_mut().enumerate() {
        let ty = &types[index];
        let is_only = types.iter().filter(|it| *it == ty).count() == 1;
        let is_itself = ty.named().is_some_and(|it| it.name == *name);
        // JSON of any type is what `Other` has.
        let is_any = *ty == RustType::Leaf(Leaf::VALUE);
        variant.converts = is_only && !is_itself && !is_any;
    }
}

/// The variants of unions inside that the tag selects, each with all of its tags.
fn nested(at: Viewpoint<'_>, id: TypeId, union: &api::Union) -> Vec<NestedVariant> {
    let mut tags: IndexMap<&[usize], Vec<String>> = IndexMap::new();
    for nested in &union.nested_tags {
        let same = tags.entry(&nested.path).or_default();
        same.push(nested.tag.clone());
    }
    let nested = tags.into_iter();
    let nested = nested.map(|(path, tags)| nested_variant(at, id, path, tags));
    nested.collect()
}

fn nested_variant(
    at: Viewpoint<'_>,
    outer: TypeId,
    path: &[usize],
    tags: Vec<String>,
) -> NestedVariant {
    let mut way = Vec::new();
    let mut decoding = None;
    let mut next = Some(outer);
    for &index in path {
        let Some(id) = next else {
            unreachable!("the way to a variant leads through unions");
        };
        let held = &at.api.type_definition(id).shape.variants()[index];
        let shape = json_shape::alone(at.api, held);
        let planned = variant(at, id, &at.names.members(id)[index], held, shape);
        way.push(NestedStep {
            union: RustType::Named(at.named_type(id)),
            name: planned.name,
            ty: planned.ty,
        });
        decoding = planned.decoding;
        next = at.api.ty(held.value.schema).named();
    }
    NestedVariant {
        tags,
        way,
        decoding,
    }
}

fn variant(
    at: Viewpoint<'_>,
    owner: TypeId,
    name: &RustName,
    variant: &api::Variant,
    shape: JsonShape,
) -> Variant {
    let schema = at.api.schema(variant.value.schema);
    let bare = at.rust_type(&variant.value);
    let ty = if at.graph.is_circular(owner, &schema.ty) {
        RustType::Box(Box::new(bare))
    } else {
        bare
    };
    let doc = match &schema.doc {
        Some(text) => {
            let held = schema.ty.named().map(|id| (id, at.named_type(id)));
            let mentions = held.map(|(id, ty)| Mentions::of_type(at, id, &path_of(&ty)));
            mentions.unwrap_or_else(Mentions::none).prose(text)
        }
        None => doc::line(&doc::name_alone(&variant.name)),
    };
    let scalar = schema.ty.scalar().map(row);
    let is_sent = at.usage.sent.contains(&owner);
    let inside = writing_inside(at, variant.value.schema).filter(|_| is_sent);
    let encoding = scalar.as_ref().and_then(|it| it.writing);
    // Where null is allowed, the union is null, and not its variant.
    let encoding = encoding.map(|it| it.required);
    let decoding = scalar.and_then(|it| it.reading);
    let decimals = decimals_inside(at, variant.value.schema);
    Variant {
        name: name.clone(),
        doc,
        ty,
        converts: false, // Set once all variants are known.
        redacts: schema.pii,
        decoding: decoding.or(decimals.map(|_| Codec::DECIMALS)),
        encoding: encoding.or(decimals).or(inside),
        shape,
    }
}

/// Whether a type of a union may be personal data, or has such a field.
fn holds_personal_data(api: &Api, variant: &api::Variant) -> bool {
    let fields = api.ty(variant.value.schema).named();
    let fields = fields.map(|id| api.type_definition(id).shape.fields());
    let mut fields = fields.into_iter().flatten();
    let is_personal = |it: &api::Use| api.schema(it.schema).pii;
    is_personal(&variant.value) || fields.any(|it| is_personal(&it.value))
}
