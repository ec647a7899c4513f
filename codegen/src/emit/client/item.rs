//! Emits structs, enumerations and handles.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::constructor;
use super::conversion;
use super::field::{deprecated_is_allowed, deprecation, field, rest_field};
use super::reading;
use super::request::setting;
use super::signing;
use super::style::path_style;
use crate::emit::ty::{arguments, id_arguments, id_value, named};
use crate::emit::{gated, ident, outer_doc};
use crate::naming::RustName;
use crate::plan::{
    Constant, DebugPolicy, Derive, EnumVariant, Enumeration, Field, Handle, Link, Opening,
    ResponseDecoding, RestField, Selector, SelectorKind, Struct,
};

/// An object with known fields.
pub(super) fn structure(structure: &Struct) -> TokenStream {
    let Struct {
        origin: _,
        gate: _, // emitted around it
        name,
        doc,
        derives,
        redacts,
        non_exhaustive,
        serialize_behind_feature,
        fields,
        rest,
        default_impl,
        constructor,
        conversion,
    } = structure;
    let debug = redacts.then(|| redacting_debug(name, fields, rest.as_ref()));
    let reading = derives.contains(&Derive::Deserialize);
    let reading = reading.then(|| reading::reading(name, fields, rest.as_ref()));
    let doc = outer_doc(doc);
    let name = ident(name);
    let derives = derives.iter().filter(|it| **it != Derive::Deserialize);
    let derives = derives.map(derive);
    let non_exhaustive = non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let mock = serialize_behind_feature
        .then(|| quote!(#[cfg_attr(feature = "serialize", derive(serde::Serialize))]));
    let fields = fields.iter().map(|it| field(it, *serialize_behind_feature));
    let rest = rest
        .as_ref()
        .map(|it| rest_field(it, *serialize_behind_feature));
    let default_impl = default_impl
        .as_ref()
        .map(|it| constructor::default_impl(&name, it));
    let constructor = constructor
        .as_ref()
        .map(|it| constructor::constructor(&name, it));
    let conversion = conversion
        .iter()
        .map(|it| conversion::conversion(&name, it));
    quote! {
        #doc
        #[derive(#(#derives),*)]
        #mock
        #non_exhaustive
        pub struct #name {
            #(#fields,)*
            #rest
        }

        #reading

        #debug

        #default_impl

        #constructor

        #(#conversion)*
    }
}

/// The equivalent of `#[derive(Debug)]` without the values of fields that may hold personal data.
fn redacting_debug(name: &RustName, fields: &[Field], rest: Option<&RestField>) -> TokenStream {
    let allowance = fields.iter().any(|it| it.deprecated);
    let allowance = allowance.then(deprecated_is_allowed);
    let text = name.as_str();
    let name = ident(name);
    let fields = fields.iter().map(|field| {
        let text = field.name.unraw();
        let name = ident(&field.name);
        let value = match field.shown {
            DebugPolicy::Value => quote!(self.#name),
            DebugPolicy::Presence => quote!(self.#name.as_ref().map(|_| runtime::Redacted)),
            DebugPolicy::Nothing => quote!(runtime::Redacted),
        };
        quote!(.field(#text, &#value))
    });
    let rest = rest.map(|field| {
        let text = field.name.unraw();
        let name = ident(&field.name);
        let value = if field.is_shown {
            quote!(self.#name)
        } else {
            quote!(runtime::Redacted)
        };
        quote!(.field(#text, &#value))
    });
    quote! {
        #allowance
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*#rest.finish()
            }
        }
    }
}

pub(super) fn derive(derive: &Derive) -> Ident {
    format_ident!("{}", derive.as_str())
}

/// A list of known strings. The runtime's macro adds the variant for all others and the conversions.
pub(super) fn enumeration(enumeration: &Enumeration) -> TokenStream {
    let Enumeration {
        origin: _,
        gate: _, // emitted around it
        name,
        doc,
        variants,
        conversions,
    } = enumeration;
    let doc = outer_doc(doc);
    let name = ident(name);
    let variants = variants.iter().map(|EnumVariant { name, wire, doc }| {
        let doc = outer_doc(doc);
        let name = ident(name);
        quote!(#doc #name = #wire)
    });
    let conversions = conversions.iter().map(named);
    quote! {
        runtime::open_enum! {
            #doc
            pub enum #name {
                #(#variants,)*
            }
        }

        #(runtime::convert_enum!(#conversions => #name);)*
    }
}

/// A handle of a resource.
pub(super) fn handle(handle: &Handle) -> TokenStream {
    let Handle {
        origin: _,
        gate: _, // emitted around it
        name,
        is_root,
        may_lack_methods,
        doc,
        links,
        shortcuts,
        openings,
    } = handle;
    let doc = outer_doc(doc);
    let name = ident(name);
    let unread = if links.is_empty() && openings.is_empty() {
        Some(quote!(#[expect(dead_code, reason = "the specification has no operation")]))
    } else {
        may_lack_methods.then(|| quote!(#[allow(dead_code, reason = "its methods may be off")]))
    };
    let openings = openings.iter();
    let openings = openings.map(|it| gated(&it.gate, opening(it)));
    let (place, same_place) = (quote!(self.resource), quote!(self.resource.clone()));
    let links = links.iter();
    let links = links.map(|it| gated(&it.gate, link(it, &place, &same_place)));
    let account = quote!(self.resource.with_account());
    let shortcuts = shortcuts.iter();
    let shortcuts = shortcuts.map(|it| gated(&it.gate, link(it, &account, &account)));
    let constructor = is_root.then(|| {
        quote! {
            pub(crate) fn new(client: &runtime::Client) -> Self {
                Self { resource: runtime::Resource::new(client, super::super::PRODUCT) }
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            #unread
            pub(super) resource: runtime::Resource,
        }

        impl #name {
            #constructor
            #(#openings)*
            #(#links)*
            #(#shortcuts)*
        }
    }
}

/// A method that leads to another handle. It goes on from `start`, or leads to `whole` if nothing selects the resource.
fn link(link: &Link, start: &TokenStream, whole: &TokenStream) -> TokenStream {
    let Link {
        origin: _,
        gate: _, // emitted around it
        name,
        doc,
        arguments,
        target,
    } = link;
    let doc = outer_doc(doc);
    let name = ident(name);
    let target = named(target);
    let resource = if arguments.is_empty() {
        whole.clone()
    } else {
        let steps = arguments.iter().map(selection);
        quote!(#start #(#steps)*)
    };
    let (generics, arguments) = id_arguments(arguments.iter().map(|it| &it.argument));
    quote! {
        #doc
        pub fn #name #generics(&self, #(#arguments),*) -> #target {
            #target { resource: #resource }
        }
    }
}

/// The step down the hierarchy that an argument selects.
fn selection(selector: &Selector) -> TokenStream {
    let Selector {
        argument,
        style,
        kind,
    } = selector;
    let name = ident(&argument.name);
    let is_plain = style.is_plain();
    let style = path_style(*style);
    match kind {
        SelectorKind::Value => {
            let value = id_value(argument);
            quote!(.with_value(#style, &#value))
        }
        SelectorKind::Scalar => {
            let value = id_value(argument);
            quote!(.with_parameter(#style, #value))
        }
        SelectorKind::Texts => {
            let values = id_value(argument);
            quote!(.with_texts(#style, #values))
        }
        SelectorKind::Text if is_plain => quote!(.with(#name)),
        SelectorKind::Text => quote!(.with_text(#style, #name)),
    }
}

/// The function that creates a call with this answer, and its argument.
fn constructor(answer: &ResponseDecoding, target: &Ident) -> (TokenStream, Option<TokenStream>) {
    match answer {
        ResponseDecoding::Json => (quote!(json), None),
        ResponseDecoding::AnyJson => (quote!(any_json), None),
        ResponseDecoding::OneOf => (quote!(one_of), None),
        ResponseDecoding::Text => (quote!(text), None),
        ResponseDecoding::Bytes => (quote!(bytes), None),
        ResponseDecoding::Empty => (quote!(empty), None),
        ResponseDecoding::Page(items) => (quote!(page), Some(quote!(, #items))),
        ResponseDecoding::List => (quote!(list), Some(quote!(, &#target::PAGING))),
    }
}

fn constant(constant: &Constant) -> TokenStream {
    let Constant {
        in_header,
        name,
        value,
        at: _,
    } = constant;
    let set = if *in_header {
        quote!(header)
    } else {
        quote!(query)
    };
    quote!(call.#set(#name, #value.to_owned());)
}

fn opening(opening: &Opening) -> TokenStream {
    let Opening {
        origin: _,
        gate: _, // emitted around it
        name,
        doc,
        deprecated,
        arguments,
        constants,
        signing,
        accept,
        content_type,
        largest_page,
        target,
        answer,
    } = opening;
    let doc = outer_doc(doc);
    let deprecated = deprecation(*deprecated);
    let name = ident(name);
    let target = ident(target);
    let (generics, declarations) = self::arguments(arguments.iter().map(|(it, _)| it));
    let settings = arguments.iter().map(|(argument, destination)| {
        let setting = setting(argument, destination);
        quote!(call #setting;)
    });
    let constants = constants.iter().map(constant);
    let signing = signing::statement(signing);
    let accept = accept.as_ref().map(|it| quote!(call.accept(#it);));
    let content_type = content_type
        .as_ref()
        .map(|it| quote!(call.content_type(#it);));
    let largest_page = largest_page.map(|it| {
        let size = Literal::usize_unsuffixed(it);
        quote!(call.largest_page(#size);)
    });
    let is_set = [&signing, &accept, &content_type, &largest_page];
    let is_set =
        !arguments.is_empty() || constants.len() > 0 || is_set.iter().any(|it| it.is_some());
    let mutable = is_set.then(|| quote!(mut));
    let (constructor, items) = constructor(answer, &target);
    // `inline` lets the calling crate compile how the response is decoded: most of what a client takes to compile, and few
    // programs use every operation.
    quote! {
        #doc
        #deprecated
        #[inline]
        pub fn #name #generics(&self, #(#declarations),*) -> #target {
            let #mutable call =
                runtime::Call::#constructor(&self.resource, &#target::OPERATION #items);
            #signing
            #accept
            #content_type
            #largest_page
            #(#constants)*
            #(#settings)*
            #target { call }
        }
    }
}
