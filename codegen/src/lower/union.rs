//! Lowers unions: `oneOf` and `anyOf`.

use openapiv3::Discriminator;

use super::Lowering;
use super::schema::Inline;
use super::view::{SchemaPart, SchemaRef, UnionView};
use crate::api::schema::is_same_type;
use crate::api::{Schema, Shape, Type, TypeId, Union, Use, Variant};
use crate::pointer::Pointer;
use crate::vendor::Vendor;

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
            let name = self.types[id.0].name.clone();
            self.types[id.0].shape = Shape::Union(self.union(&name, view));
        }
        match self.types[id.0].shape.variants() {
            [only] => self.ty(&only.value).clone(),
            [] | [_, _, ..] => Type::Named(id),
        }
    }

    /// Lowers the alternatives of a union with this name.
    pub(super) fn union(&mut self, name: &str, view: &UnionView<'a>) -> Union {
        let mut variants: Vec<Variant> = Vec::new();
        for (index, parts) in view.variants.iter().enumerate() {
            let words = variant_words(self.vendor, parts);
            let context = match &words {
                Some(words) => format!("{name}_{words}"),
                None => format!("{name}_{}", index + 1),
            };
            let at = parts.first().map_or_else(Pointer::root, |it| it.at.clone());
            let value = self.value_of_all(&at, parts, &context);
            let tags = view
                .discriminator
                .map_or_else(Vec::new, |it| tags(it, parts));
            match variants
                .iter_mut()
                .find(|it| self.is_one(&it.value, &value))
            {
                Some(known) => known.tags.extend(tags),
                None => variants.push(Variant {
                    name: self.variant_name(&value, words, index),
                    value,
                    tags,
                }),
            }
        }
        Union {
            tag: view.discriminator.map(|it| it.property_name.clone()),
            variants,
        }
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

/// The name that an alternative declares: that of its component, or its title.
fn variant_words(vendor: Vendor, parts: &[SchemaPart<'_>]) -> Option<String> {
    let first = parts.first()?;
    match first.schema {
        SchemaRef::Reference(reference) => {
            let name = Pointer::from_fragment(reference)?.tokens().last()?;
            Some(vendor.type_name(&name))
        }
        SchemaRef::Inline(schema) => schema.schema_data.title.clone(),
        SchemaRef::Own(_) | SchemaRef::Choice(..) => None,
    }
}

/// The discriminator values that select an alternative: those mapped to it, or else the name of its component (OpenAPI
/// 3.0.3, Discriminator Object).
fn tags(discriminator: &Discriminator, parts: &[SchemaPart<'_>]) -> Vec<String> {
    let Some(SchemaRef::Reference(reference)) = parts.first().map(|it| it.schema) else {
        return Vec::new();
    };
    let name = |reference: &str| reference.rsplit('/').next().unwrap_or(reference).to_owned();
    let own = name(reference);
    let mapped = discriminator.mapping.iter();
    let mapped = mapped.filter(|(_, target)| name(target) == own);
    let tags: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
    if tags.is_empty() { vec![own] } else { tags }
}
