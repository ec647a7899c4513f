//! Emits types and arguments.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ident;
use crate::plan::{Argument, ArgumentType, Leaf, Named, RustType};

/// A type as named in the generated crate.
pub(super) fn rust_type(ty: &RustType) -> TokenStream {
    spelled(ty, &quote!(runtime::), &named)
}

/// A type, with the given paths for shared types and for those of the version.
pub(super) fn spelled(
    ty: &RustType,
    shared: &TokenStream,
    named: &dyn Fn(&Named) -> TokenStream,
) -> TokenStream {
    let wrapped = |wrapper: TokenStream, item: &RustType| {
        let item = spelled(item, shared, named);
        quote!(#wrapper<#item>)
    };
    match ty {
        RustType::Unit => quote!(()),
        RustType::Leaf(leaf) => leaf_path(*leaf, shared),
        RustType::Vec(item) => wrapped(quote!(Vec), item),
        RustType::Map(item) => {
            let item = spelled(item, shared, named);
            quote!(std::collections::BTreeMap<String, #item>)
        }
        RustType::Option(item) => wrapped(quote!(Option), item),
        RustType::Box(item) => wrapped(quote!(Box), item),
        RustType::Page(item) => wrapped(quote!(#shared Page), item),
        RustType::Named(name) => named(name),
    }
}

/// A type from outside of the crate, with the path of the shared types.
pub(super) fn leaf_path(leaf: Leaf, shared: &TokenStream) -> TokenStream {
    let Leaf {
        name,
        argument,
        is_shared,
    } = leaf;
    let shared = is_shared.then_some(shared);
    let name = format_ident!("{name}");
    let argument = argument.map(|it| format_ident!("{it}"));
    let argument = argument.iter();
    quote!(#shared #name #(<#shared #argument>)*)
}

/// The path of a type of the same version.
pub(super) fn named(named: &Named) -> TokenStream {
    let name = ident(&named.name);
    let path = named.elsewhere.then(|| quote!(super::));
    quote!(#path #name)
}

/// The type parameters of a method, and its arguments.
pub(super) fn arguments<'a>(
    arguments: impl IntoIterator<Item = &'a Argument>,
) -> (Option<TokenStream>, Vec<TokenStream>) {
    declared(arguments, |ty| quote!(impl Into<#ty>))
}

/// The same for a method whose arguments are ids in a path.
pub(super) fn id_arguments<'a>(
    arguments: impl IntoIterator<Item = &'a Argument>,
) -> (Option<TokenStream>, Vec<TokenStream>) {
    declared(arguments, |ty| quote!(impl runtime::IntoId<#ty>))
}

/// Declares a type parameter for each argument that takes one value or many: it tells which of the two. Two leading
/// underscores separate its name from those of types, because names from specs start with at most one.
fn declared<'a>(
    arguments: impl IntoIterator<Item = &'a Argument>,
    into: fn(TokenStream) -> TokenStream,
) -> (Option<TokenStream>, Vec<TokenStream>) {
    let mut kinds = Vec::new();
    let arguments = arguments.into_iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = match &argument.ty {
            ArgumentType::Exactly(ty) | ArgumentType::Wrapped(ty, _) => rust_type(ty),
            ArgumentType::Into(ty) => into(rust_type(ty)),
            ArgumentType::OneOrMany(ty) => {
                let ty = rust_type(ty);
                let kind = match kinds.len() {
                    0 => format_ident!("__Kind"),
                    earlier => format_ident!("__Kind{}", earlier + 1),
                };
                kinds.push(kind.clone());
                quote!(impl runtime::OneOrMany<#ty, #kind>)
            }
            ArgumentType::Each(ty) => {
                let ty = rust_type(ty);
                quote!(impl IntoIterator<Item = impl Into<#ty>>)
            }
        };
        quote!(#name: #ty)
    });
    let arguments = arguments.collect();
    let generics = (!kinds.is_empty()).then(|| quote!(<#(#kinds),*>));
    (generics, arguments)
}

/// An argument in the form that a request takes.
pub(super) fn argument_value(argument: &Argument) -> TokenStream {
    value(argument, |name, ty| match ty {
        Some(ty) => quote!(Into::<#ty>::into(#name)),
        None => quote!(#name.into()),
    })
}

/// The same for an argument that is an id in a path.
pub(super) fn id_value(argument: &Argument) -> TokenStream {
    value(argument, |name, ty| match ty {
        Some(ty) => quote!(runtime::IntoId::<#ty>::into_id(#name)),
        None => quote!(#name.into_id()),
    })
}

/// The value of an argument; `converted` writes the conversion of one, into a certain type if a call would take several.
fn value(
    argument: &Argument,
    converted: fn(&Ident, Option<TokenStream>) -> TokenStream,
) -> TokenStream {
    let name = ident(&argument.name);
    match &argument.ty {
        ArgumentType::Exactly(_) => quote!(#name),
        ArgumentType::Wrapped(_, function) => {
            let function = format_ident!("{function}");
            quote!(runtime::wire::#function(&#name))
        }
        // The calls that take it are generic.
        ArgumentType::Into(RustType::Named(ty)) => converted(&name, Some(named(ty))),
        ArgumentType::Into(_) => converted(&name, None),
        ArgumentType::OneOrMany(_) => quote!(#name.into_values()),
        ArgumentType::Each(ty) => {
            let ty = rust_type(ty);
            quote!(#name.into_iter().map(Into::<#ty>::into))
        }
    }
}
