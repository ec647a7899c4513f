//! Emits requests and their setters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::field::deprecation;
use super::{answer, paging, style as styles};
use crate::emit::ty::{argument_value, arguments, rust_type};
use crate::emit::{ident, outer_doc};
use crate::plan::{
    Argument, ArgumentType, ArgumentUse, BodyEncoding, Doc, Encoding, Method, OtherResponseMethod,
    ParameterEncoding, PartForm, Placement, Request, RequestPart, Setter,
};

/// The request of one operation, with an example in its docs.
pub(super) fn request(request: &Request, example: Option<&Doc>) -> TokenStream {
    let doc = outer_doc(&request.doc);
    let example = example.map(outer_doc);
    let errors = outer_doc(&request.errors);
    let name = ident(&request.name);
    let output = rust_type(&request.output);
    let operation = operation(request);
    let paging = request.paging.as_ref().map(paging::constant);
    let setters = request.setters.iter().map(setter);
    let others = request.other_responses.iter().map(other_response);
    let sending = sending(request);
    let kinds = request.kinds.as_ref().map(answer::kinds);
    quote! {
        #doc
        #example
        #errors
        #[must_use = "a request does nothing until it is awaited"]
        #[derive(Clone, Debug)]
        pub struct #name {
            call: runtime::Call<#output>,
        }

        impl #name {
            #operation
            #paging
            #(#setters)*
            #(#others)*
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

/// Makes a request a future, and a list request also a stream.
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

/// A method that asks for a response of another media type.
fn other_response(method: &OtherResponseMethod) -> TokenStream {
    let OtherResponseMethod {
        name,
        doc,
        media_type,
        output,
        answer,
    } = method;
    let doc = outer_doc(doc);
    let (name, output) = (ident(name), rust_type(output));
    let decoding = answer::decoding(answer);
    quote! {
        #doc
        #[inline]
        pub fn #name(self) -> runtime::ResponseAs<#output> {
            runtime::ResponseAs::#decoding(self.call, #media_type)
        }
    }
}

fn setter(setter: &Setter) -> TokenStream {
    let Setter {
        doc,
        deprecated,
        argument,
        destination,
    } = setter;
    let doc = outer_doc(doc);
    let deprecated = deprecation(*deprecated);
    let name = ident(&argument.name);
    let (generics, declaration) = arguments([argument]);
    let setting = setting(argument, destination);
    quote! {
        #doc
        #deprecated
        pub fn #name #generics(mut self, #(#declaration),*) -> Self {
            self.call #setting;
            self
        }
    }
}

/// The call of a setter of the runtime's `Call`, without its receiver.
pub(super) fn setting(argument: &Argument, destination: &ArgumentUse) -> TokenStream {
    let value = argument_value(argument);
    let is_list = matches!(
        argument.ty,
        ArgumentType::OneOrMany(_) | ArgumentType::Each(_)
    );
    match destination {
        ArgumentUse::Parameter(placement) => parameter_setting(placement, is_list, value),
        ArgumentUse::PageSize => quote!(.page_size(#value)),
        ArgumentUse::Body(Encoding::Json) => quote!(.body(&#value)),
        ArgumentUse::Body(Encoding::Text) => quote!(.text_body(#value)),
        ArgumentUse::Body(Encoding::Bytes) => quote!(.bytes_body(#value)),
        ArgumentUse::OtherBody(encoding, media_type) => match encoding {
            BodyEncoding::Json => quote!(.other_json(#media_type, &#value)),
            BodyEncoding::Form(fields) => {
                let fields = styles::form_fields(fields);
                quote!(.other_form(#media_type, #fields, &#value))
            }
            BodyEncoding::Text => quote!(.other_text(#media_type, #value)),
            BodyEncoding::Bytes => quote!(.other_bytes(#media_type, #value)),
        },
    }
}

/// The call of a setter for a parameter.
fn parameter_setting(placement: &Placement, is_list: bool, value: TokenStream) -> TokenStream {
    if placement.is_other_files() {
        return quote!(.other_files(#value));
    }
    let name = &placement.wire_name;
    let value = match (placement.writing, placement.is_value) {
        (ParameterEncoding::JsonItems, true) => quote!(#value.map(|it| runtime::Json::value(&it))),
        (ParameterEncoding::Json, true) => quote!(runtime::Json::value(&#value)),
        (ParameterEncoding::Styled(_) | ParameterEncoding::TextOrJson, true) => quote!(&#value),
        (ParameterEncoding::Styled(_) | ParameterEncoding::TextOrJson, false) => value,
        (ParameterEncoding::Untyped, _) if placement.part.is_text() => value,
        (ParameterEncoding::JsonItems, false) if placement.part.is_text() => value,
        (ParameterEncoding::JsonItems, false) => quote!(#value.map(runtime::Json::quoted)),
        (ParameterEncoding::Json, false) | (ParameterEncoding::Untyped, _) => {
            quote!(runtime::Json::quoted(#value))
        }
    };
    let is_plain = placement.writing == ParameterEncoding::PLAIN && !placement.is_value;
    let is_default = is_plain || placement.writing.is_json();
    let method = match (placement.part, is_list) {
        (RequestPart::Form, _) if placement.writing == ParameterEncoding::TextOrJson => {
            "form_value"
        }
        (RequestPart::Part(_), _) if placement.is_rest() => {
            return quote!(.other_parts(#value));
        }
        (RequestPart::Part(_), _) if placement.writing == ParameterEncoding::TextOrJson => {
            "part_value"
        }
        (RequestPart::Query, false) if is_default => "query",
        (RequestPart::Query, true) if is_default => "query_all",
        (RequestPart::Form, false) if is_default => "form",
        (RequestPart::Form, true) if is_default => "form_all",
        (RequestPart::Header, false) if is_default => "header",
        (RequestPart::Query, _) => return styled(placement, "Query", is_list, &value),
        (RequestPart::Form, _) => return styled(placement, "Form", is_list, &value),
        (RequestPart::Header, _) => return styled(placement, "Header", is_list, &value),
        (RequestPart::Cookie, _) => return styled(placement, "Cookie", is_list, &value),
        (RequestPart::Part(PartForm::File), false) => "file",
        (RequestPart::Part(PartForm::File), true) => "file_all",
        (RequestPart::Part(PartForm::Text | PartForm::Json), false) => "part",
        (RequestPart::Part(PartForm::Text | PartForm::Json), true) => "part_all",
    };
    let method = format_ident!("{method}");
    let media_type = match placement.part {
        RequestPart::Query | RequestPart::Form | RequestPart::Header | RequestPart::Cookie => None,
        RequestPart::Part(_) => Some(optional(placement.media_type.as_deref())),
    };
    let media_type = media_type.iter();
    quote!(.#method(#name, #(#media_type,)* #value))
}

/// The call of a setter that takes a style.
fn styled(
    placement: &Placement,
    location: &str,
    is_list: bool,
    value: &TokenStream,
) -> TokenStream {
    let Placement {
        wire_name,
        writing,
        is_value,
        ..
    } = placement;
    let method = match (*is_value && !writing.is_json(), is_list) {
        (true, _) => "styled_value",
        (false, true) => "styled_texts",
        (false, false) => "styled_text",
    };
    let [method, location] = [method, location].map(|it| format_ident!("{it}"));
    let style = styles::style(writing.style());
    quote!(.#method(runtime::Location::#location, #wire_name, #style, #value))
}

fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |it| quote!(Some(#it)))
}
