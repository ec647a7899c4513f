//! Emits the trait with a builder method for each server variable, and the table for the runtime.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::{ident, outer_doc};
use crate::plan::{BuilderMethod, ServerPart};

/// The trait, if there is a server variable.
pub(super) fn setters(methods: &[BuilderMethod]) -> Option<TokenStream> {
    if methods.is_empty() {
        return None;
    }
    let declarations = methods.iter().map(|BuilderMethod { name, doc, .. }| {
        let doc = outer_doc(doc);
        let name = ident(name);
        quote! {
            #doc
            #[must_use]
            fn #name(self, value: impl Into<String>) -> Self;
        }
    });
    let definitions = methods.iter().map(|BuilderMethod { name, .. }| {
        let (text, name) = (name.unraw(), ident(name));
        quote! {
            fn #name(self, value: impl Into<String>) -> Self {
                self.server_variable(#text, value)
            }
        }
    });
    Some(quote! {
        /// The methods of [`ClientBuilder`] that set the variables in server URLs. An invalid value is an
        /// [`Error::Configuration`] from `build`. A base URL makes the variables of the host unnecessary.
        pub trait ServerVariables: Sized {
            #(#declarations)*
        }

        impl ServerVariables for ClientBuilder {
            #(#definitions)*
        }
    })
}

/// The table for the runtime, after its vendor.
pub(super) fn variables(methods: &[BuilderMethod]) -> Option<TokenStream> {
    if methods.is_empty() {
        return None;
    }
    let variables = methods.iter().map(|method| {
        let BuilderMethod {
            name,
            default,
            values,
            parts,
            doc: _,
        } = method;
        let name = name.unraw();
        let parts = parts.iter().map(|it| {
            let part = format_ident!("{}", part(*it));
            quote!(runtime::ServerPart::#part)
        });
        quote! {
            runtime::ServerVariable {
                name: #name,
                default: #default,
                values: &[#(#values),*],
                parts: &[#(#parts),*],
            }
        }
    });
    Some(quote!(.with_server_variables(&[#(#variables),*])))
}

/// The runtime's name for a part.
fn part(part: ServerPart) -> &'static str {
    match part {
        ServerPart::Scheme => "Scheme",
        ServerPart::Host => "Host",
        ServerPart::Authority => "Authority",
        ServerPart::Port => "Port",
        ServerPart::Path => "Path",
        ServerPart::Url => "Url",
    }
}
