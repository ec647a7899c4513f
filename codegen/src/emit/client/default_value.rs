//! Emits the values of absent fields, and the functions that return them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::ty::{named, rust_type};
use crate::emit::{float, ident};
use crate::naming::RustName;
use crate::plan::{Absent, DefaultValue, Field};

/// The path of the function that returns the value of an absent field of the struct `owner`.
pub(super) fn path(owner: &RustName, field: &RustName, value: &DefaultValue) -> String {
    match value {
        DefaultValue::Boolean(value) => format!("runtime::wire::default_boolean::<{value}>"),
        DefaultValue::Text(_)
        | DefaultValue::Integer(_)
        | DefaultValue::Float(_)
        | DefaultValue::Parsed(_)
        | DefaultValue::Variant(..)
        | DefaultValue::OtherVariant(_)
        | DefaultValue::EmptyList
        | DefaultValue::Json(_)
        | DefaultValue::JsonOfDecimals(_) => format!("{owner}::{}", function_name(field)),
    }
}

/// The functions of the struct `owner` that return the values of its absent fields.
pub(super) fn functions(owner: &Ident, fields: &[Field]) -> Option<TokenStream> {
    let mut functions = fields.iter().filter_map(function).peekable();
    functions.peek()?;
    Some(quote! {
        impl #owner {
            #(#functions)*
        }
    })
}

fn function(field: &Field) -> Option<TokenStream> {
    let Absent::Value(value) = &field.decoding.as_ref()?.absent else {
        return None;
    };
    let value = expression(value)?;
    let doc = format!(" The value of `{}` if it is absent.", field.name.unraw());
    let name = function_name(&field.name);
    let ty = rust_type(&field.ty);
    Some(quote! {
        #[doc = #doc]
        fn #name() -> #ty {
            #value
        }
    })
}

fn function_name(field: &RustName) -> Ident {
    format_ident!("default_{}", field.unraw())
}

/// The value in `Some`, unless the runtime has a function for it.
fn expression(value: &DefaultValue) -> Option<TokenStream> {
    Some(match value {
        DefaultValue::Boolean(_) => return None,
        DefaultValue::Text(text) => quote!(Some(#text.to_owned())),
        DefaultValue::Integer(number) => {
            let sign = number.is_negative().then(|| quote!(-));
            let digits = Literal::u64_unsuffixed(number.unsigned_abs());
            quote!(Some(#sign #digits))
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
    })
}
