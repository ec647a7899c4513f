//! Emits how callers build structs: `Default` and the function `new`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::field::deprecated_is_allowed;
use crate::emit::ty::{argument_value, arguments, named};
use crate::emit::{ident, integer, outer_doc};
use crate::naming::RustName;
use crate::plan::{ArgumentType, Constructor, DefaultImpl, InitialValue, RequiredField, RustType};

/// The function `new` of the struct `name`.
pub(super) fn constructor(name: &Ident, constructor: &Constructor) -> TokenStream {
    let Constructor {
        doc,
        arguments,
        others,
        names_deprecated,
    } = constructor;
    let doc = outer_doc(doc);
    let allowance = names_deprecated.then(deprecated_is_allowed);
    let (generics, declarations) = self::arguments(arguments.iter().map(|it| &it.argument));
    let required = arguments.iter().map(required);
    let others = match others {
        None => quote!(..Self::default()),
        Some(others) => {
            let others = initial_fields(others);
            quote!(#(#others,)*)
        }
    };
    quote! {
        impl #name {
            #doc
            #allowance
            #[inline]
            pub fn new #generics(#(#declarations),*) -> Self {
                Self { #(#required,)* #others }
            }
        }
    }
}

/// A field with the value of its argument.
fn required(field: &RequiredField) -> TokenStream {
    let RequiredField { argument, is_boxed } = field;
    let name = ident(&argument.name);
    let value = argument_value(argument);
    match (&argument.ty, is_boxed) {
        (ArgumentType::OneOrMany(_) | ArgumentType::Each(_), _) => quote!(#name: #value.collect()),
        (ArgumentType::Exactly(_), true) => quote!(#name: Box::new(#value)),
        (ArgumentType::Exactly(_), false) => quote!(#name),
        (ArgumentType::Into(RustType::Named(_)), true) => quote!(#name: Box::new(#name.into())),
        (ArgumentType::Into(RustType::Named(_)), false) => quote!(#name: #name.into()),
        (ArgumentType::Into(_) | ArgumentType::Wrapped(..), _) => quote!(#name: #value),
    }
}

/// The `Default` of the struct `name`, whose fields have values of their own.
pub(super) fn default_impl(name: &Ident, default: &DefaultImpl) -> TokenStream {
    let DefaultImpl {
        fields,
        names_deprecated,
    } = default;
    let allowance = names_deprecated.then(deprecated_is_allowed);
    let fields = initial_fields(fields);
    quote! {
        #allowance
        impl Default for #name {
            fn default() -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

fn initial_fields(fields: &[(RustName, InitialValue)]) -> impl Iterator<Item = TokenStream> {
    fields.iter().map(|(name, value)| {
        let name = ident(name);
        let value = initial(value);
        quote!(#name: #value)
    })
}

fn initial(value: &InitialValue) -> TokenStream {
    match value {
        InitialValue::None => quote!(None),
        InitialValue::Some(value) => {
            let value = initial(value);
            quote!(Some(#value))
        }
        InitialValue::Boolean(value) => quote!(#value),
        InitialValue::Number(number) => {
            let number = integer(*number);
            quote!(#number)
        }
        InitialValue::Text(text) => quote!(#text.to_owned()),
        InitialValue::Variant(enumeration, variant) => {
            let enumeration = named(enumeration);
            let variant = ident(variant);
            quote!(#enumeration::#variant)
        }
        InitialValue::EmptyObject => quote!(runtime::Value::Object(Default::default())),
        InitialValue::EmptyMap => quote!(std::collections::BTreeMap::new()),
        InitialValue::OfType => quote!(Default::default()),
    }
}
