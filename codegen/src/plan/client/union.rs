//! Plans unions: their variants, and how to tell them apart.

use indexmap::IndexMap;

use super::field_codec::{decimals_inside, writing_inside};
use super::types::type_doc;
use super::{Derive, JsonKind, JsonShape, NestedStep, NestedVariant, Union, UnionReading, Variant};
use crate::api::{self, Api, Presence, Scalar, Shape, Type, TypeId};
use crate::naming::RustName;
use crate::plan::mention::{Mentions, path_of};
use crate::plan::scalar::row;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Codec, RustType, doc};

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
    let variants = variants.map(|(it, name)| variant(at, id, name, it));
    let mut variants: Vec<Variant> = variants.collect();
    let texts = variants
        .iter()
        .filter(|it| it.shape.kind == JsonKind::String);
    if texts.count() < 2 {
        // The kind of JSON tells them apart.
        let texts = variants
            .iter_mut()
            .filter(|it| it.shape.kind == JsonKind::String);
        texts.for_each(|it| it.shape.known.clear());
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
        let planned = variant(at, id, &at.names.members(id)[index], held);
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

fn variant(at: Viewpoint<'_>, owner: TypeId, name: &RustName, variant: &api::Variant) -> Variant {
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
    let scalar = schema.ty.scalar().filter(|_| !variant.value.nullable);
    let scalar = scalar.map(row);
    let is_sent = at.usage.sent.contains(&owner);
    let inside = writing_inside(at, variant.value.schema).filter(|_| is_sent);
    let encoding = scalar.as_ref().and_then(|it| it.writing);
    let encoding = encoding.map(|it| it.required);
    let decoding = scalar.and_then(|it| it.reading);
    let decimals = decimals_inside(at, variant.value.schema);
    Variant {
        name: name.clone(),
        doc,
        ty,
        redacts: schema.pii,
        decoding: decoding.or(decimals.map(|_| Codec::DECIMALS)),
        encoding: encoding.or(decimals).or(inside),
        shape: shape(at.api, variant),
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

/// How to recognize JSON of an alternative's type.
fn shape(api: &Api, variant: &api::Variant) -> JsonShape {
    let schema = variant.value.schema;
    let bare = |kind| JsonShape {
        kind,
        tags: variant.tags.clone(),
        constants: Vec::new(),
        required: Vec::new(),
        known: Vec::new(),
    };
    match api.ty(schema) {
        Type::Scalar(scalar) => bare(match scalar {
            Scalar::Boolean => JsonKind::Boolean,
            Scalar::Integer | Scalar::Int32 => JsonKind::Integer,
            Scalar::Uint32 | Scalar::Uint64 => JsonKind::Integer,
            Scalar::Decimal | Scalar::Float => JsonKind::Number,
            Scalar::String | Scalar::DateTime => JsonKind::String,
            Scalar::DateTimeRfc2822 | Scalar::Date | Scalar::Base64 => JsonKind::String,
        }),
        Type::Any if api.schema(schema).bounds.is_object => bare(JsonKind::Object),
        Type::Any => bare(JsonKind::Any),
        Type::List(_) => bare(JsonKind::List),
        Type::Map(_) => bare(JsonKind::Object),
        Type::Named(id) => match &api.type_definition(*id).shape {
            Shape::Enumeration(values) => JsonShape {
                known: values.iter().map(|it| it.text.clone()).collect(),
                ..bare(JsonKind::String)
            },
            Shape::Union(_) => bare(JsonKind::Any),
            Shape::Object(api::Object { fields, .. }) => JsonShape {
                constants: fields.iter().filter_map(|it| constant(api, it)).collect(),
                required: (fields.iter().filter(|it| it.presence == Presence::Required))
                    .map(|it| it.wire_name.clone())
                    .collect(),
                known: fields.iter().map(|it| it.wire_name.clone()).collect(),
                ..bare(JsonKind::Object)
            },
        },
    }
}

/// The only value that a field may have.
fn constant(api: &Api, field: &api::Field) -> Option<(String, String)> {
    let id = api.ty(field.value.schema).named()?;
    match api.type_definition(id).shape.values()? {
        [only] => Some((field.wire_name.clone(), only.text.clone())),
        [] | [_, _, ..] => None,
    }
}
