//! Emits how structs are read from JSON objects.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::default_value::default_value;
use crate::emit::{ident, integer};
use crate::naming::RustName;
use crate::plan::{Codec, Field, RestField};

/// The call of the runtime's macro that implements `Deserialize` for a struct.
pub(super) fn reading(name: &RustName, fields: &[Field], rest: Option<&RestField>) -> TokenStream {
    let name = ident(name);
    let fields = fields.iter().map(field);
    let rest = rest.map(|rest| {
        let name = ident(&rest.name);
        let codec = rest.codec.as_ref().map(codec);
        quote!(..#name #codec)
    });
    quote! {
        runtime::deserialize!(#name { #(#fields,)* #rest });
    }
}

/// A field, with its codec, its key and its value if it is absent, where these differ from the defaults.
fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let decoding = field.decoding.as_ref();
    let codec = decoding.and_then(|it| it.codec.as_ref()).map(codec);
    // The macro takes the key from the name, which says `r#type` for `type`.
    let is_named = name == field.key();
    let key = (!is_named).then(|| {
        let key = field.key();
        quote!(= #key)
    });
    let default = decoding.and_then(|it| it.default.as_ref());
    let default = default.map(|it| {
        let value = default_value(it);
        quote!(or #value)
    });
    quote!(#name #codec #key #default)
}

fn codec(codec: &Codec) -> TokenStream {
    let Codec { name, default } = codec;
    match default {
        Some(number) => {
            let name = format_ident!("{name}Or");
            let number = integer(*number);
            quote!(: #name(#number))
        }
        None => {
            let name = format_ident!("{name}");
            quote!(: #name)
        }
    }
}
