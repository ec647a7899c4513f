//! Emits the values of absent fields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ty::named;
use crate::emit::{float, ident, integer};
use crate::plan::DefaultValue;

/// Emits a default as an `Option`: `None` only if the type cannot hold the document's value.
pub(super) fn default_value(value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Boolean(value) => quote!(Some(#value)),
        DefaultValue::Text(text) => quote!(Some(#text.to_owned())),
        DefaultValue::Integer(number) => {
            let number = integer(*number);
            quote!(Some(#number))
        }
        DefaultValue::Float(number) => {
            let number = float(*number);
            quote!(Some(#number))
        }
        DefaultValue::Parsed(text) => quote!(#text.parse().ok()),
        DefaultValue::Variant(enumeration, variant) => {
            let enumeration = named(enumeration);
            let variant = ident(variant);
            quote!(Some(#enumeration::#variant))
        }
        DefaultValue::OtherVariant(text) => quote!(Some(#text.into())),
        DefaultValue::EmptyList => quote!(Some(Vec::new())),
        DefaultValue::Json(json) => quote!(runtime::wire::default_json(#json)),
        DefaultValue::JsonOfDecimals(json) => quote!(runtime::wire::default_decimals(#json)),
    }
}
