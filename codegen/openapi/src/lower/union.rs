//! Lowers unions: `oneOf` and `anyOf`, and base schemas with a discriminator.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::Lowering;
use super::component::reference_to;
use super::context::Context;
use super::nested_tag::TagTarget;
use super::schema::Inline;
use super::variant_words::variant_words;
use super::view::{ObjectView, SchemaPart, SchemaRef, UnionView, Untyped};
use crate::api::schema::is_same_type;
use crate::api::{Api, Schema, Shape, Type, TypeDefinition, TypeId, Union, Use, Variant};
use crate::pointer::Pointer;

/// How many alternatives of a document may be merged with schemas beside them. Of 300 public documents, none has more
/// than 25.
const MAX_MERGED_ALTERNATIVES: usize = 1000;

impl<'a> Lowering<'a> {
    /// The type of an inline union; a union with only one type is that type.
    pub(super) fn inline_union(
        &mut self,
        lowered: &Schema,
        inline: &Inline<'a, '_>,
        view: &UnionView<'a>,
    ) -> Type {
        let (id, is_new) = self.define_inline(inline, lowered);
        if is_new {
            self.types[id.0].shape = Shape::Union(self.union(id, view));
        }
        match self.types[id.0].shape.variants() {
            [only] => self.ty(&only.value).clone(),
            [] | [_, _, ..] => Type::Named(id),
        }
    }

    /// Lowers the alternatives of a union.
    pub(super) fn union(&mut self, id: TypeId, view: &UnionView<'a>) -> Union {
        let names = self.types[id.0].names();
        let owner = Context::Names(&names);
        let mut variants: Vec<Variant> = Vec::new();
        let words = variant_words(self.described(), &view.variants);
        let discriminator = self.discriminator(view);
        if let Some(discriminator) = discriminator {
            let components = view.variants.iter().filter_map(|it| self.component_of(it));
            let components: Vec<&str> = components.collect();
            self.claim(discriminator, &components);
        }
        for (index, (parts, words)) in view.variants.iter().zip(words).enumerate() {
            let number = (index + 1).to_string();
            let context = owner.part(words.as_ref().unwrap_or(&number));
            let at = parts.first().map_or_else(Pointer::root, |it| it.at.clone());
            let value = self.alternative(&at, parts, &context);
            let value = self.without_null(value);
            let tags = discriminator.map_or_else(IndexMap::new, |it| self.tags(it, parts));
            let known = variants
                .iter()
                .position(|it| self.is_one(&it.value, &value));
            let place = known.unwrap_or(variants.len());
            let tags = self.remembered(id, place, tags);
            match known {
                Some(known) => variants[known].tags.extend(tags),
                None => variants.push(Variant {
                    name: self.variant_name(&value, words, index),
                    value,
                    tags,
                }),
            }
        }
        Union {
            tag: discriminator.map(|it| it.property_name.clone()),
            variants,
            nested_tags: Vec::new(), // Set once all types are known.
        }
    }

    /// The discriminator of a union: its own, or that of the schema which all alternatives extend.
    fn discriminator(&self, view: &UnionView<'a>) -> Option<&'a Discriminator> {
        let inherited = || {
            let components = view.variants.iter().map(|it| self.component_of(it));
            let components: Option<Vec<&str>> = components.collect();
            components
                .filter(|it| it.len() > 1)
                .and_then(|it| self.hierarchy.common_base(&it))
        };
        view.discriminator.or_else(inherited)
    }

    /// The component that an alternative is; `None` if it is inline.
    fn component_of(&self, parts: &[SchemaPart<'a>]) -> Option<&'a str> {
        match parts.first()?.schema {
            SchemaRef::Reference(reference) => self.hierarchy.component(reference),
            SchemaRef::Inline(_) | SchemaRef::Own(_) | SchemaRef::Choice(..) => None,
        }
    }

    /// Lowers an alternative, with the schemas that it is merged with. Merged alternatives may have alternatives in
    /// turn, so that their number multiplies with each level.
    fn alternative(
        &mut self,
        at: &Pointer,
        parts: &[SchemaPart<'a>],
        context: &Context<'_>,
    ) -> Use {
        self.merged_alternatives += usize::from(parts.len() > 1);
        if self.merged_alternatives > MAX_MERGED_ALTERNATIVES {
            let what = format!("an `allOf` with more than {MAX_MERGED_ALTERNATIVES} alternatives");
            self.untyped(at, Untyped::new("allOf", what));
            return self.any(at);
        }
        self.value_of_all(at, parts, context)
    }

    /// A value of a union that is not null: the union itself is null then.
    fn without_null(&self, value: Use) -> Use {
        let nullable = value.nullable && *self.ty(&value) == Type::Any;
        Use { nullable, ..value }
    }

    /// The tags of a variant of the union `id`; remembers the component that each of them names.
    fn remembered(
        &mut self,
        id: TypeId,
        variant: usize,
        tags: IndexMap<String, &'a str>,
    ) -> Vec<String> {
        let targets = tags.iter().map(|(tag, component)| TagTarget {
            union: id,
            variant,
            tag: tag.clone(),
            component,
        });
        self.tag_targets.extend(targets);
        tags.into_keys().collect()
    }

    /// The discriminator values that select an alternative; none if it is inline.
    fn tags(
        &self,
        discriminator: &Discriminator,
        parts: &[SchemaPart<'a>],
    ) -> IndexMap<String, &'a str> {
        let component = self.component_of(parts);
        component.map_or_else(IndexMap::new, |it| self.hierarchy.tags(discriminator, it))
    }

    /// Lowers a base schema: a union of its subclasses, and last a value that has only its own fields.
    pub(super) fn base_union(
        &mut self,
        id: TypeId,
        discriminator: &Discriminator,
        object: &ObjectView<'a>,
    ) -> Union {
        let at = self.types[id.0].at.clone();
        let component = at.tokens().last().unwrap_or_default();
        let place = at.key("discriminator");
        let own = self.base_fields(id, &place, object);
        let mut base = Variant {
            name: "base".to_owned(),
            value: own,
            tags: self.hierarchy.own_tags(discriminator, &component),
        };
        let mut variants = Vec::new();
        for subclass in self.hierarchy.subclasses(&component, discriminator) {
            let tags = self.hierarchy.tags(discriminator, subclass);
            let value = self.referenced(&place, &reference_to(subclass));
            let value = self.without_null(value);
            // One that adds nothing is an alias of its base.
            if *self.ty(&value) == Type::Named(id) {
                base.tags.extend(tags.into_keys());
                continue;
            }
            let tags = self.remembered(id, variants.len(), tags);
            variants.push(Variant {
                name: self.described().type_name(subclass),
                value,
                tags,
            });
        }
        variants.push(base);
        Union {
            tag: Some(discriminator.property_name.clone()),
            variants,
            nested_tags: Vec::new(), // Set once all types are known.
        }
    }

    /// The component types that include others by `allOf`, each with one that it includes.
    pub(super) fn extensions(&self) -> Vec<(TypeId, TypeId)> {
        let named = |name: &str| self.ty(self.components.get(name)?).named();
        let pairs = self.hierarchy.extensions();
        let pairs = pairs.filter_map(|(child, parent)| named(child).zip(named(parent)));
        pairs.filter(|(child, parent)| child != parent).collect()
    }

    /// The type of a value that has only the fields of a base schema.
    fn base_fields(&mut self, union: TypeId, place: &Pointer, object: &ObjectView<'a>) -> Use {
        let TypeDefinition { name, doc, at, .. } = self.types[union.0].clone();
        let id = self.define(vec![format!("{name}_base")], doc, place);
        self.types[id.0].shape = self.fields(&at, id, object);
        self.types[id.0].is_base = true;
        self.add(Schema::of(Type::Named(id), place), false)
    }

    fn is_one(&self, one: &Use, other: &Use) -> bool {
        let models = [self.schemas.as_slice(); 2];
        is_same_type(models, [one.schema, other.schema], &|one, other| {
            one == other
        })
    }

    /// The name of an alternative in words: its own, or that of its type.
    fn variant_name(&self, value: &Use, own: Option<String>, index: usize) -> String {
        let named = |id: TypeId| self.types[id.0].name.clone();
        own.unwrap_or_else(|| match self.ty(value) {
            Type::Named(id)
                if value.at.tokens().count() != self.types[id.0].at.tokens().count() =>
            {
                named(*id)
            }
            Type::Named(_) => format!("variant_{}", index + 1),
            Type::Scalar(scalar) => scalar.noun().to_owned(),
            Type::Any => "any".to_owned(),
            Type::Map(_) => "map".to_owned(),
            Type::List(item) => match self.ty(item) {
                Type::Named(id) => format!("{}_list", named(*id)),
                Type::Scalar(scalar) => format!("{}_list", scalar.noun()),
                Type::Any | Type::Map(_) | Type::List(_) => "list".to_owned(),
            },
        })
    }
}

/// Adds to the tags of unions the values that the tag property of an alternative lists, as far as they belong to no
/// other: documents often list them there and have no mapping.
pub(super) fn add_listed_tags(api: &mut Api) {
    for index in 0..api.types.len() {
        let Shape::Union(union) = &api.types[index].shape else {
            continue;
        };
        let Some(tag) = &union.tag else {
            continue;
        };
        let variants = union.variants.iter();
        let listed: Vec<BTreeSet<String>> = variants.map(|it| listed(api, it, tag)).collect();
        let is_taken = |own: usize, text: &String| {
            let mut others = union.variants.iter().zip(&listed).enumerate();
            others.any(|(it, (variant, listed))| {
                variant.tags.contains(text) || (it != own && listed.contains(text))
            })
        };
        let added = listed.iter().enumerate().map(|(own, listed)| {
            let new = listed.iter().filter(|it| !is_taken(own, it));
            new.cloned().collect()
        });
        let added: Vec<Vec<String>> = added.collect();
        if let Shape::Union(union) = &mut api.types[index].shape {
            for (variant, added) in union.variants.iter_mut().zip(added) {
                variant.tags.extend(added);
            }
        }
    }
}

/// The values that the property `tag` of an alternative, or of the alternatives in it, lists.
fn listed(api: &Api, variant: &Variant, tag: &str) -> BTreeSet<String> {
    let mut listed = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![&variant.value];
    while let Some(value) = open.pop() {
        let Some(id) = api.ty(value.schema).named().filter(|it| seen.insert(*it)) else {
            continue;
        };
        let shape = &api.type_definition(id).shape;
        open.extend(shape.variants().iter().map(|it| &it.value));
        let field = shape.fields().iter().find(|it| it.wire_name == tag);
        let values = field.and_then(|it| api.ty(it.value.schema).named());
        let values = values.and_then(|it| api.type_definition(it).shape.values());
        listed.extend(values.into_iter().flatten().map(|it| it.text.clone()));
    }
    listed
}
