//! Structs, enumerations and handles.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::request::setting;
use super::ty::{argument_type, named, rust_type};
use super::{ident, outer_doc};
use crate::plan::{
    Absent, Answer, Argument, Decoding, Direction, Enumeration, Field, Handle, Link, Opening,
    RustType, Struct,
};

/// The import of the derives that `structs` use.
pub(super) fn serde_import(structs: &[Struct]) -> Option<TokenStream> {
    let is_sent = structs.iter().any(|it| it.direction != Direction::Received);
    let is_received = structs.iter().any(|it| it.direction != Direction::Sent);
    match (is_received, is_sent) {
        (true, true) => Some(quote!(
            use serde::{Deserialize, Serialize};
        )),
        (true, false) => Some(quote!(
            use serde::Deserialize;
        )),
        (false, true) => Some(quote!(
            use serde::Serialize;
        )),
        (false, false) => None,
    }
}

/// An object with known fields.
pub(super) fn structure(structure: &Struct) -> TokenStream {
    let Struct {
        name,
        doc,
        direction,
        has_default,
        fields,
    } = structure;
    let doc = outer_doc(doc);
    let name = ident(name);
    let is_sent = matches!(direction, Direction::Sent | Direction::SentAndReceived);
    let is_received = matches!(direction, Direction::Received | Direction::SentAndReceived);
    let default = (is_sent && *has_default).then(|| quote!(Default,));
    let serialize = is_sent.then(|| quote!(Serialize,));
    let deserialize = is_received.then(|| quote!(Deserialize,));
    // Callers make what they send, so they may rely on its fields being all there are.
    let non_exhaustive = (!is_sent).then(|| quote!(#[non_exhaustive]));
    let fields = fields.iter().map(|it| field(it, is_sent, is_received));
    quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq, #serialize #deserialize)]
        #non_exhaustive
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn field(field: &Field, is_sent: bool, is_received: bool) -> TokenStream {
    let Field {
        name,
        rename,
        doc,
        ty,
        decoding,
    } = field;
    let doc = outer_doc(doc);
    let rename = rename.as_ref().map(|rename| quote!(rename = #rename));
    let skip = (is_sent && matches!(ty, RustType::Option(_)))
        .then(|| quote!(skip_serializing_if = "Option::is_none"));
    let decoding = decoding.as_ref().filter(|_| is_received);
    let decoding = decoding.into_iter().flat_map(decoding_arguments);
    let arguments: Vec<TokenStream> = rename.into_iter().chain(skip).chain(decoding).collect();
    let serde = (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]));
    let name = ident(name);
    let ty = rust_type(ty);
    quote! {
        #doc
        #serde
        pub #name: #ty
    }
}

fn decoding_arguments(decoding: &Decoding) -> Vec<TokenStream> {
    let Decoding { absent, function } = decoding;
    let path = format!("runtime::wire::{function}");
    match absent {
        Absent::Error => vec![quote!(deserialize_with = #path)],
        Absent::Default => vec![quote!(default), quote!(deserialize_with = #path)],
        Absent::Number(number) => {
            let default = format!("runtime::wire::default_integer::<{number}>");
            let path = format!("{path}::<{number}, _>");
            vec![quote!(default = #default), quote!(deserialize_with = #path)]
        }
    }
}

/// A list of known strings. The runtime's macro adds the variant for all others and the conversions.
pub(super) fn enumeration(enumeration: &Enumeration) -> TokenStream {
    let Enumeration {
        name,
        doc,
        variants,
    } = enumeration;
    let doc = outer_doc(doc);
    let name = ident(name);
    let variants = variants.iter().map(|(name, wire)| {
        let name = ident(name);
        quote!(#name = #wire)
    });
    quote! {
        runtime::open_enum! {
            #doc
            pub enum #name {
                #(#variants,)*
            }
        }
    }
}

/// A handle of a resource.
pub(super) fn handle(handle: &Handle) -> TokenStream {
    let Handle {
        name,
        is_root,
        doc,
        links,
        openings,
    } = handle;
    let doc = outer_doc(doc);
    let name = ident(name);
    let openings = openings.iter().map(opening);
    let links = links.iter().map(link);
    let constructor = is_root.then(|| {
        quote! {
            pub(crate) fn new(client: &runtime::Client) -> Self {
                Self { resource: runtime::Resource::new(client) }
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(super) resource: runtime::Resource,
        }

        impl #name {
            #constructor
            #(#openings)*
            #(#links)*
        }
    }
}

fn link(link: &Link) -> TokenStream {
    let Link {
        name,
        doc,
        argument,
        target,
    } = link;
    let doc = outer_doc(doc);
    let name = ident(name);
    let target = named(target);
    let resource = argument.as_ref().map_or_else(
        || quote!(self.resource.clone()),
        |argument| {
            let name = ident(&argument.name);
            quote!(self.resource.with(#name))
        },
    );
    let argument = argument.as_ref().map(argument_declaration);
    quote! {
        #doc
        pub fn #name(&self, #argument) -> #target {
            #target { resource: #resource }
        }
    }
}

fn opening(opening: &Opening) -> TokenStream {
    let Opening {
        name,
        doc,
        arguments,
        target,
        answer,
    } = opening;
    let doc = outer_doc(doc);
    let name = ident(name);
    let target = ident(target);
    let declarations = arguments
        .iter()
        .map(|(argument, _)| argument_declaration(argument));
    let settings = arguments.iter().map(|(argument, destination)| {
        let setting = setting(argument, destination);
        quote!(call #setting;)
    });
    let mutable = (!arguments.is_empty()).then(|| quote!(mut));
    let call = match answer {
        Answer::Json => quote!(json(&self.resource, &#target::OPERATION)),
        Answer::Empty => quote!(empty(&self.resource, &#target::OPERATION)),
        Answer::Page(items) => {
            let items = Literal::string(items);
            quote!(page(&self.resource, &#target::OPERATION, #items))
        }
    };
    quote! {
        #doc
        pub fn #name(&self, #(#declarations),*) -> #target {
            let #mutable call = runtime::Call::#call;
            #(#settings)*
            #target { call }
        }
    }
}

fn argument_declaration(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let ty = argument_type(&argument.ty);
    quote!(#name: #ty)
}
