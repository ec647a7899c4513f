//! Emits the fields of structs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ty::rust_type;
use crate::emit::{ident, outer_doc};
use crate::plan::{Field, RestField, WireFunction};

/// A field. Its serde attribute is for the derive that serializes it, which may be behind a feature.
pub(super) fn field(field: &Field, is_behind_feature: bool) -> TokenStream {
    let rename = field.rename.as_ref();
    let rename = rename.map(|rename| quote!(rename = #rename));
    let skip = field.skips_none;
    let skip = skip.then(|| quote!(skip_serializing_if = "Option::is_none"));
    let encoding = field.encoding.map(serialize_with);
    let arguments = rename.into_iter().chain(skip).chain(encoding);
    let serde = serde_attribute(arguments, is_behind_feature);
    let doc = outer_doc(&field.doc);
    let deprecated = deprecation(field.deprecated);
    let name = ident(&field.name);
    let ty = rust_type(&field.ty);
    quote! {
        #doc
        #deprecated
        #serde
        pub #name: #ty
    }
}

/// The field for additional properties.
pub(super) fn rest_field(field: &RestField, is_behind_feature: bool) -> TokenStream {
    let encoding = field.encoding.map(serialize_with);
    let arguments = [quote!(flatten)].into_iter().chain(encoding);
    let serde = serde_attribute(arguments, is_behind_feature);
    let doc = outer_doc(&field.doc);
    let name = ident(&field.name);
    let ty = rust_type(&field.ty);
    quote! {
        #doc
        #serde
        pub #name: #ty
    }
}

/// The attribute that has these arguments, if there are any.
pub(super) fn serde_attribute(
    arguments: impl Iterator<Item = TokenStream>,
    is_behind_feature: bool,
) -> Option<TokenStream> {
    let arguments: Vec<TokenStream> = arguments.collect();
    let attribute = if is_behind_feature {
        quote!(#[cfg_attr(feature = "serialize", serde(#(#arguments),*))])
    } else {
        quote!(#[serde(#(#arguments),*)])
    };
    (!arguments.is_empty()).then_some(attribute)
}

/// The argument that says how a field is serialized.
pub(super) fn serialize_with(function: WireFunction) -> TokenStream {
    let path = format!("runtime::wire::{function}");
    quote!(serialize_with = #path)
}

/// The attribute of a deprecated method or field. Generated code calls none of the methods, and derives that name a field do
/// not trigger the lint, so only callers get the warning.
pub(super) fn deprecation(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated = "the specification marks it as deprecated"]))
}

/// The attribute of generated code that names deprecated fields.
pub(super) fn deprecated_is_allowed() -> TokenStream {
    quote!(#[allow(deprecated, reason = "it has all fields, those that are going away among them")])
}
