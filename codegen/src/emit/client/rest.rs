//! Emits structs that keep additional properties.

use proc_macro2::TokenStream;
use quote::quote;

use super::field::{
    deprecated_is_allowed, field_with, reading_arguments, rename, serde_attribute, serialize_with,
    skip, writing_argument,
};
use crate::emit::ty::rust_type;
use crate::emit::{ident, outer_doc};
use crate::naming::RustName;
use crate::plan::{Field, RestField};

/// A field of such a struct, which does not derive `Deserialize`.
pub(super) fn field(field: &Field, is_behind_feature: bool) -> TokenStream {
    let arguments = rename(field).into_iter().chain(skip(field));
    let serde = written(arguments.chain(writing_argument(field)), is_behind_feature);
    field_with(field, serde.as_ref())
}

/// The field for additional properties.
pub(super) fn rest_field(field: &RestField, is_behind_feature: bool) -> TokenStream {
    let doc = outer_doc(&field.doc);
    let encoding = field.encoding.map(serialize_with);
    let serde = written(
        [quote!(flatten)].into_iter().chain(encoding),
        is_behind_feature,
    );
    let name = ident(&field.name);
    let ty = rust_type(&field.ty);
    quote! {
        #doc
        #serde
        pub #name: #ty
    }
}

/// The attribute of a field for the derive that serializes it.
fn written(
    arguments: impl Iterator<Item = TokenStream>,
    is_behind_feature: bool,
) -> Option<TokenStream> {
    if !is_behind_feature {
        return serde_attribute(arguments);
    }
    let arguments: Vec<TokenStream> = arguments.collect();
    (!arguments.is_empty())
        .then(|| quote!(#[cfg_attr(feature = "serialize", serde(#(#arguments),*))]))
}

/// Reads the fields with a helper struct. Its name, and that of the type parameter, cannot occur in specs.
pub(super) fn reading(name: &RustName, fields: &[Field], rest: &RestField) -> TokenStream {
    let owner = name;
    let expecting = format!("struct {name}");
    let name = ident(name);
    let keys = fields.iter().map(Field::key);
    let declarations = fields.iter().map(|field| {
        let arguments = rename(field)
            .into_iter()
            .chain(reading_arguments(owner, field));
        let serde = serde_attribute(arguments);
        let name = ident(&field.name);
        let ty = rust_type(&field.ty);
        quote!(#serde #name: #ty)
    });
    let taken = fields.iter().map(|field| {
        let name = ident(&field.name);
        quote!(#name: fields.#name)
    });
    let allowance = fields.iter().any(|it| it.deprecated);
    let allowance = allowance.then(deprecated_is_allowed);
    let fields = if fields.is_empty() {
        quote!(__Fields {})
    } else {
        quote!(fields)
    };
    let rest_name = ident(&rest.name);
    let function = if rest.has_decimals {
        quote!(with_rest_of_decimals)
    } else {
        quote!(with_rest)
    };
    quote! {
        #allowance
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<__D: serde::Deserializer<'de>>(deserializer: __D) -> std::result::Result<Self, __D::Error> {
                #[derive(Deserialize)]
                #[serde(expecting = #expecting)]
                struct __Fields {
                    #(#declarations,)*
                }

                let (#fields, others) = runtime::wire::#function::<__Fields, _, __D>(deserializer, &[#(#keys),*])?;
                Ok(Self {
                    #(#taken,)*
                    #rest_name: others,
                })
            }
        }
    }
}
