//! Requests and their setters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::answer;
use crate::emit::ty::{argument_type, argument_value, rust_type};
use crate::emit::{ident, outer_doc};
use crate::plan::{
    Argument, ArgumentType, BodyForm, Delimiter, Doc, Method, Part, PartForm, Placement, Request,
    Setter, Use,
};

/// The request of one operation, with an example in its docs.
pub(super) fn request(request: &Request, example: Option<&Doc>) -> TokenStream {
    let doc = outer_doc(&request.doc);
    let example = example.map(outer_doc);
    let name = ident(&request.name);
    let output = rust_type(&request.output);
    let operation = operation(request);
    let setters = request.setters.iter().map(setter);
    let sending = sending(request);
    let kinds = request.kinds.as_ref().map(answer::kinds);
    quote! {
        #doc
        #example
        #[must_use = "a request does nothing until it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name {
            call: runtime::Call<#output>,
        }

        impl #name {
            #operation
            #(#setters)*
        }

        #sending

        #kinds
    }
}

/// The constant that describes the operation.
fn operation(request: &Request) -> TokenStream {
    let Request {
        operation_doc,
        id,
        method,
        server,
        path,
        ..
    } = request;
    let doc = outer_doc(operation_doc);
    let method = match method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
        Method::Put => quote!(Put),
        Method::Patch => quote!(Patch),
        Method::Delete => quote!(Delete),
        Method::Options => quote!(Options),
        Method::Head => quote!(Head),
        Method::Trace => quote!(Trace),
    };
    quote! {
        #doc
        pub const OPERATION: runtime::Operation = runtime::Operation {
            id: #id,
            method: runtime::Method::#method,
            server: #server,
            path: #path,
        };
    }
}

/// What makes a request a future, and one for a list a stream as well.
fn sending(request: &Request) -> TokenStream {
    let name = ident(&request.name);
    match &request.item {
        Some(item) => {
            let item = rust_type(item);
            quote!(runtime::streamable!(#name => #item);)
        }
        None => {
            let output = rust_type(&request.output);
            let download = request
                .is_download
                .then(|| quote!(runtime::downloadable!(#name);));
            quote! {
                runtime::awaitable!(#name => #output);
                #download
            }
        }
    }
}

fn setter(setter: &Setter) -> TokenStream {
    let Setter {
        doc,
        argument,
        destination,
    } = setter;
    let doc = outer_doc(doc);
    let name = ident(&argument.name);
    let ty = argument_type(&argument.ty);
    let setting = setting(argument, destination);
    quote! {
        #doc
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call #setting;
            self
        }
    }
}

/// The call of a setter of the runtime's `Call`, without its receiver.
pub(super) fn setting(argument: &Argument, destination: &Use) -> TokenStream {
    let value = argument_value(argument);
    let Placement {
        part,
        wire_name,
        media_type,
        delimiter,
    } = match destination {
        Use::Parameter(placement) => placement,
        Use::Body(BodyForm::Json) => return quote!(.body(&#value)),
        Use::Body(BodyForm::Text) => return quote!(.text_body(#value)),
        Use::Body(BodyForm::Bytes) => return quote!(.bytes_body(#value)),
    };
    let is_list = matches!(argument.ty, ArgumentType::Each(_));
    let method = match (part, is_list) {
        (Part::Query, false) => "query",
        (Part::Query, true) if delimiter.is_some() => "query_joined",
        (Part::Query, true) => "query_all",
        (Part::Form, false) => "form",
        (Part::Form, true) => "form_all",
        (Part::Header, false) => "header",
        (Part::Header, true) => "header_joined",
        (Part::Part(PartForm::File), false) => "file",
        (Part::Part(PartForm::File), true) => "file_all",
        (Part::Part(PartForm::Text | PartForm::Json), false) => "part",
        (Part::Part(PartForm::Text | PartForm::Json), true) => "part_all",
    };
    let media_type = match part {
        Part::Query | Part::Form | Part::Header => None,
        Part::Part(_) => Some(optional(media_type.as_deref())),
    };
    let delimiter = delimiter.filter(|_| is_list).map(Delimiter::as_str);
    let more = delimiter
        .map(|it| quote!(#it))
        .into_iter()
        .chain(media_type);
    let method = format_ident!("{method}");
    quote!(.#method(#wire_name, #(#more,)* #value))
}

fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |it| quote!(Some(#it)))
}
