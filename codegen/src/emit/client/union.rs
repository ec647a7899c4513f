//! Emits unions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::field::{serde_attribute, serialize_with};
use super::item::derive;
use crate::emit::ty::rust_type;
use crate::emit::{ident, outer_doc};
use crate::plan::{
    Codec, JsonKind, JsonShape, Leaf, NestedVariant, RustType, Union, UnionReading, Variant,
};

/// A union, and how it is deserialized.
pub(super) fn union(union: &Union) -> TokenStream {
    let Union {
        origin: _,
        gate: _, // emitted around it
        name,
        doc,
        derives,
        redacts,
        reading,
        serialize_behind_feature,
        variants,
    } = union;
    let debug = redacts.then(|| redacting_debug(union));
    let reading = reading.as_ref().map(|it| self::reading(union, it));
    let conversions = variants.iter().filter(|it| it.converts);
    let conversions = conversions.map(|it| conversions_from(&ident(&union.name), it));
    let doc = outer_doc(doc);
    let name = ident(name);
    let derives = derives.iter().map(derive);
    let untagged = (!serialize_behind_feature).then(|| quote!(#[serde(untagged)]));
    let mock = serialize_behind_feature.then(
        || quote!(#[cfg_attr(feature = "serialize", derive(serde::Serialize), serde(untagged))]),
    );
    let variants = variants
        .iter()
        .map(|it| variant(it, *serialize_behind_feature));
    let value = rust_type(&RustType::Leaf(Leaf::VALUE));
    quote! {
        #doc
        #[derive(#(#derives),*)]
        #untagged
        #mock
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other value: one that the API did not have when this version was made.
            Other(#value),
        }

        #debug

        #(#conversions)*

        #reading
    }
}

/// The conversions from the type of a variant.
fn conversions_from(union: &Ident, variant: &Variant) -> TokenStream {
    let name = ident(&variant.name);
    let ty = rust_type(variant.ty.unboxed());
    let value = of_type(&variant.ty, quote!(value));
    let from_str = (*variant.ty.unboxed() == RustType::Leaf(Leaf::STRING)).then(|| {
        quote! {
            impl From<&str> for #union {
                fn from(value: &str) -> Self {
                    Self::#name(value.to_owned())
                }
            }
        }
    });
    quote! {
        impl From<#ty> for #union {
            fn from(value: #ty) -> Self {
                Self::#name(#value)
            }
        }

        #from_str
    }
}

fn variant(variant: &Variant, is_behind_feature: bool) -> TokenStream {
    let doc = outer_doc(&variant.doc);
    let name = ident(&variant.name);
    let ty = rust_type(&variant.ty);
    let encoding = variant.encoding.map(serialize_with);
    let encoding = serde_attribute(encoding.into_iter(), is_behind_feature);
    quote! {
        #doc
        #encoding
        #name(#ty)
    }
}

/// The equivalent of `#[derive(Debug)]` without values that may be personal data.
fn redacting_debug(union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let arms = union.variants.iter().map(|it| {
        let text = it.name.as_str();
        let name = ident(&it.name);
        if it.redacts {
            quote!(Self::#name(_) => f.debug_tuple(#text).field(&runtime::Redacted).finish())
        } else {
            quote!(Self::#name(value) => f.debug_tuple(#text).field(value).finish())
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms,)*
                    Self::Other(_) => f.debug_tuple("Other").field(&runtime::Redacted).finish(),
                }
            }
        }
    }
}

fn reading(union: &Union, reading: &UnionReading) -> TokenStream {
    let name = ident(&union.name);
    let tag = optional(reading.tag.as_deref());
    let nested = reading.nested.iter();
    let shapes = union.variants.iter().map(|it| shape(&it.shape));
    let shapes = shapes.chain(nested.clone().map(|it| tagged(&it.tags)));
    let arms = union.variants.iter().map(|it| {
        let name = ident(&it.name);
        let read = deserializing(it.decoding);
        quote!(#read.map(Self::#name))
    });
    let arms = arms.chain(nested.map(nested_variant));
    let arms = arms.enumerate().map(|(index, read)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => #read)
    });
    quote! {
        impl runtime::wire::Union for #name {
            const TAG: Option<&'static str> = #tag;
            const SHAPES: &'static [runtime::JsonShape] = &[#(#shapes),*];

            fn read<'de, D: serde::Deserializer<'de>>(
                variant: usize,
                deserializer: D,
            ) -> std::result::Result<Self, D::Error> {
                match variant {
                    #(#arms,)*
                    _ => serde::Deserialize::deserialize(deserializer).map(Self::Other),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                runtime::wire::union(deserializer)
            }
        }
    }
}

/// Deserializes a variant, with this codec if serde is too strict.
fn deserializing(codec: Option<Codec>) -> TokenStream {
    match codec {
        Some(codec) => {
            let codec = format_ident!("{}", codec.name);
            quote!(runtime::wire::codec::#codec::read(deserializer))
        }
        None => quote!(serde::Deserialize::deserialize(deserializer)),
    }
}

/// Deserializes a variant of a union inside, and wraps it: `Self::Inner(Inner::Variant(it))`.
fn nested_variant(nested: &NestedVariant) -> TokenStream {
    let read = deserializing(nested.decoding);
    let mut wrapped = quote!(it);
    for (depth, step) in nested.way.iter().enumerate().rev() {
        let union = match depth {
            0 => quote!(Self),
            _ => rust_type(&step.union),
        };
        let name = ident(&step.name);
        // The innermost is deserialized with its box.
        let value = match depth + 1 == nested.way.len() {
            true => wrapped,
            false => of_type(&step.ty, wrapped),
        };
        wrapped = quote!(#union::#name(#value));
    }
    quote!(#read.map(|it| #wrapped))
}

/// Wraps a value of a named type in the `Box` of `ty`.
fn of_type(ty: &RustType, value: TokenStream) -> TokenStream {
    match ty {
        RustType::Box(inner) => {
            let value = of_type(inner, value);
            quote!(Box::new(#value))
        }
        RustType::Unit | RustType::Leaf(_) | RustType::Vec(_) | RustType::Map(_) => value,
        RustType::Option(_) | RustType::Page(_) | RustType::Named(_) => value,
    }
}

fn optional(tag: Option<&str>) -> TokenStream {
    match tag {
        Some(tag) => quote!(Some(#tag)),
        None => quote!(None),
    }
}

/// The shape of what only these tags select.
fn tagged(tags: &[String]) -> TokenStream {
    shape(&JsonShape::of(JsonKind::Tagged, tags.to_vec()))
}

fn shape(shape: &JsonShape) -> TokenStream {
    let JsonShape {
        kind,
        tags,
        constants,
        listed,
        required,
        known,
        keeps_others,
        inner_tag,
        inner,
    } = shape;
    let kind = format_ident!(
        "{}",
        match kind {
            JsonKind::Any => "ANY",
            JsonKind::Tagged => "TAGGED",
            JsonKind::Boolean => "BOOLEAN",
            JsonKind::Integer => "INTEGER",
            JsonKind::Number => "NUMBER",
            JsonKind::String => "STRING",
            JsonKind::List => "LIST",
            JsonKind::Object => "OBJECT",
        }
    );
    let tags = (!tags.is_empty()).then(|| quote!(.tags(&[#(#tags),*])));
    let constants = (!constants.is_empty()).then(|| {
        let constants = constants.iter().map(|(key, value)| quote!((#key, #value)));
        quote!(.constants(&[#(#constants),*]))
    });
    let listed = (!listed.is_empty()).then(|| {
        let listed = listed
            .iter()
            .map(|(key, values)| quote!((#key, &[#(#values),*])));
        quote!(.listed(&[#(#listed),*]))
    });
    let required = (!required.is_empty()).then(|| quote!(.required(&[#(#required),*])));
    let known = (!known.is_empty()).then(|| quote!(.known(&[#(#known),*])));
    let others = keeps_others.then(|| quote!(.keeps_others()));
    let inner = (!inner.is_empty()).then(|| {
        let tag = optional(inner_tag.as_deref());
        let inner = inner.iter().map(self::shape);
        quote!(.one_of(#tag, &[#(#inner),*]))
    });
    quote!(runtime::JsonShape::#kind #tags #constants #listed #required #known #others #inner)
}
