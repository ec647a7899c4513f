//! Emits conversions from responses to requests.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::field::deprecated_is_allowed;
use crate::emit::ident;
use crate::emit::ty::named;
use crate::plan::{Conversion, ValueConversion};

/// The conversion into the struct `to`.
pub(super) fn conversion(to: &Ident, conversion: &Conversion) -> TokenStream {
    let Conversion {
        from,
        fields,
        names_deprecated,
    } = conversion;
    let allowance = names_deprecated.then(deprecated_is_allowed);
    let from = named(from);
    let takes_any = fields.iter().any(|(_, taken)| taken.is_some());
    let answer = if takes_any { quote!(answer) } else { quote!(_) };
    let fields = fields.iter().map(|(name, taken)| {
        let name = ident(name);
        let value = taken.as_ref().map_or_else(
            || quote!(None),
            |(from, turn)| {
                let from = ident(from);
                turned(turn, &quote!(answer.#from))
            },
        );
        quote!(#name: #value)
    });
    quote! {
        #allowance
        impl std::convert::From<#from> for #to {
            fn from(#answer: #from) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

/// A converted value.
fn turned(turn: &ValueConversion, value: &TokenStream) -> TokenStream {
    match turn {
        ValueConversion::Stay => value.clone(),
        ValueConversion::Into => quote!(#value.into()),
        ValueConversion::Box(inner) => {
            let inner = turned(inner, value);
            quote!(Box::new(#inner))
        }
        ValueConversion::Unbox(inner) if calls_method(inner) => turned(inner, &quote!((*#value))),
        ValueConversion::Unbox(inner) => turned(inner, &quote!(*#value)),
        ValueConversion::Some(inner) => {
            let inner = turned(inner, value);
            quote!(Some(#inner))
        }
        ValueConversion::Inside(inner) => {
            let function = function(inner);
            quote!(#value.map(#function))
        }
        ValueConversion::Items(inner) => {
            let function = function(inner);
            quote!(#value.into_iter().map(#function).collect())
        }
        ValueConversion::Values(inner) => {
            let inner = turned(inner, &quote!(it));
            quote!(#value.into_iter().map(|(key, it)| (key, #inner)).collect())
        }
    }
}

/// Whether a conversion calls a method of the value, so that an operator in front of it needs parentheses.
fn calls_method(turn: &ValueConversion) -> bool {
    match turn {
        ValueConversion::Stay => false,
        ValueConversion::Into | ValueConversion::Inside(_) => true,
        ValueConversion::Items(_) | ValueConversion::Values(_) => true,
        ValueConversion::Box(inner) | ValueConversion::Unbox(inner) => calls_method(inner),
        ValueConversion::Some(inner) => calls_method(inner),
    }
}

/// The function that converts each contained value.
fn function(turn: &ValueConversion) -> TokenStream {
    match turn {
        ValueConversion::Into => return quote!(Into::into),
        ValueConversion::Some(inner) if **inner == ValueConversion::Stay => return quote!(Some),
        ValueConversion::Stay
        | ValueConversion::Some(_)
        | ValueConversion::Box(_)
        | ValueConversion::Unbox(_) => {}
        ValueConversion::Inside(_) | ValueConversion::Items(_) | ValueConversion::Values(_) => {}
    }
    let value = turned(turn, &quote!(it));
    quote!(|it| #value)
}
