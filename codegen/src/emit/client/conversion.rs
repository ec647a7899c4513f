//! Emits conversions from responses to requests.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::field::deprecated_is_allowed;
use crate::emit::ident;
use crate::emit::ty::named;
use crate::plan::{Conversion, Turn};

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
fn turned(turn: &Turn, value: &TokenStream) -> TokenStream {
    match turn {
        Turn::Stay => value.clone(),
        Turn::Into => quote!(#value.into()),
        Turn::Box(inner) => {
            let inner = turned(inner, value);
            quote!(Box::new(#inner))
        }
        Turn::Unbox(inner) => turned(inner, &quote!((*#value))),
        Turn::Some(inner) => {
            let inner = turned(inner, value);
            quote!(Some(#inner))
        }
        Turn::Inside(inner) => {
            let function = function(inner);
            quote!(#value.map(#function))
        }
        Turn::Items(inner) => {
            let function = function(inner);
            quote!(#value.into_iter().map(#function).collect())
        }
        Turn::Values(inner) => {
            let inner = turned(inner, &quote!(it));
            quote!(#value.into_iter().map(|(key, it)| (key, #inner)).collect())
        }
    }
}

/// The function that converts each contained value.
fn function(turn: &Turn) -> TokenStream {
    match turn {
        Turn::Into => return quote!(Into::into),
        Turn::Some(inner) if **inner == Turn::Stay => return quote!(Some),
        Turn::Stay | Turn::Some(_) | Turn::Box(_) | Turn::Unbox(_) => {}
        Turn::Inside(_) | Turn::Items(_) | Turn::Values(_) => {}
    }
    let value = turned(turn, &quote!(it));
    quote!(|it| #value)
}
