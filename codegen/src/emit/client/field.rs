//! Emits the serde attributes of fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::default_value;
use crate::emit::ty::rust_type;
use crate::emit::{ident, outer_doc};
use crate::naming::RustName;
use crate::plan::{Absent, Decoding, Field, WireFunction};

/// A field with its serde attribute.
pub(super) fn field_with(field: &Field, serde: Option<&TokenStream>) -> TokenStream {
    let doc = outer_doc(&field.doc);
    let deprecated = field_deprecation(field);
    let name = ident(&field.name);
    let ty = rust_type(&field.ty);
    quote! {
        #doc
        #deprecated
        #serde
        pub #name: #ty
    }
}

/// The attribute that has these arguments, if there are any.
pub(super) fn serde_attribute(arguments: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let arguments: Vec<TokenStream> = arguments.collect();
    (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]))
}

/// The argument that sets a field's key.
pub(super) fn rename(field: &Field) -> Option<TokenStream> {
    let rename = field.rename.as_ref();
    rename.map(|rename| quote!(rename = #rename))
}

/// The argument that omits a field without a value.
pub(super) fn skip(field: &Field) -> Option<TokenStream> {
    let skips = field.skips_none;
    skips.then(|| quote!(skip_serializing_if = "Option::is_none"))
}

/// The arguments that say how a field of the struct `owner` is deserialized.
pub(super) fn reading_arguments(owner: &RustName, field: &Field) -> Vec<TokenStream> {
    let decoding = field.decoding.as_ref();
    decoding.map_or_else(Vec::new, |it| decoding_arguments(owner, field, it))
}

/// The argument that says how a field is serialized.
pub(super) fn writing_argument(field: &Field) -> Option<TokenStream> {
    field.encoding.map(serialize_with)
}

pub(super) fn serialize_with(function: WireFunction) -> TokenStream {
    let path = format!("runtime::wire::{function}");
    quote!(serialize_with = #path)
}

fn decoding_arguments(owner: &RustName, field: &Field, decoding: &Decoding) -> Vec<TokenStream> {
    let Decoding { absent, function } = decoding;
    let path = |path: String| quote!(= #path);
    let (default, parameters) = match absent {
        Absent::Error => (None, String::new()),
        Absent::Default => (Some(quote!(default)), String::new()),
        Absent::Number(number, function) => {
            let function = path(format!("runtime::wire::{function}::<{number}>"));
            (Some(quote!(default #function)), format!("::<{number}, _>"))
        }
        Absent::Value(value) => {
            let function = path(default_value::path(owner, &field.name, value));
            (Some(quote!(default #function)), String::new())
        }
    };
    let function = function.map(|function| {
        let function = path(format!("runtime::wire::{function}{parameters}"));
        quote!(deserialize_with #function)
    });
    default.into_iter().chain(function).collect()
}

/// The attribute of a deprecated field. Derives that name the field do not trigger the lint.
pub(super) fn field_deprecation(field: &Field) -> Option<TokenStream> {
    deprecation(field.deprecated)
}

/// The attribute of a deprecated method or field. Generated code calls none of the methods, so only callers get the
/// warning.
pub(super) fn deprecation(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated = "the specification marks it as deprecated"]))
}

/// The attribute of generated code that names deprecated fields.
pub(super) fn deprecated_is_allowed() -> TokenStream {
    quote!(#[allow(deprecated, reason = "it has all fields, those that are going away among them")])
}
