//! Emits the function `new` of structs that callers build.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::field::deprecated_is_allowed;
use crate::emit::ty::{argument_value, arguments};
use crate::emit::{ident, integer, outer_doc};
use crate::plan::{ArgumentType, Constructor, InitialValue, RequiredField};

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
            let others = others.iter().map(|(name, value)| {
                let name = ident(name);
                let value = initial(*value);
                quote!(#name: #value)
            });
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
        (ArgumentType::Into(_) | ArgumentType::Wrapped(..), _) => quote!(#name: #value),
    }
}

fn initial(value: InitialValue) -> TokenStream {
    match value {
        InitialValue::None => quote!(None),
        InitialValue::Number(number) => {
            let number = integer(number);
            quote!(#number)
        }
        InitialValue::Empty => quote!(std::collections::BTreeMap::new()),
    }
}
