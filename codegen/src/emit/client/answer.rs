//! Emits response enums: a variant for each status, and how each is decoded.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::ty::rust_type;
use crate::emit::{ident, outer_doc};
use crate::plan::{AnswerKind, AnswerKinds, ResponseDecoding};

/// The enum of the kinds of responses to one request.
pub(super) fn kinds(kinds: &AnswerKinds) -> TokenStream {
    let AnswerKinds {
        name,
        doc,
        variants,
    } = kinds;
    let doc = outer_doc(doc);
    let name = ident(name);
    let declarations = variants.iter().map(declaration);
    // A range covers the codes that no other variant has.
    let (ranges, codes): (Vec<_>, Vec<_>) = variants.iter().partition(|it| it.is_range);
    let arms = codes.into_iter().chain(ranges).map(arm);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations,)*
            /// Any other success, with its unparsed body.
            Other(runtime::Bytes),
        }

        impl runtime::Answers for #name {
            fn read(answer: runtime::Success<'_>) -> std::result::Result<Self, runtime::Error> {
                match answer.status() {
                    #(#arms,)*
                    _ => answer.bytes().map(Self::Other),
                }
            }
        }
    }
}

fn declaration(variant: &AnswerKind) -> TokenStream {
    let doc = outer_doc(&variant.doc);
    let name = ident(&variant.name);
    let body = variant.body.as_ref().map(rust_type);
    let body = body.map(|it| quote!((#it)));
    quote!(#doc #name #body)
}

fn arm(variant: &AnswerKind) -> TokenStream {
    let AnswerKind {
        name,
        status,
        is_range,
        answer,
        ..
    } = variant;
    let name = ident(name);
    let first = Literal::u16_unsuffixed(*status);
    let last = is_range.then(|| Literal::u16_unsuffixed(status + 99));
    let last = last.map(|it| quote!(..=#it));
    let decoding = decoding(answer);
    let wrap = match *answer == ResponseDecoding::Empty {
        true => quote!(|()| Self::#name),
        false => quote!(Self::#name),
    };
    quote!(#first #last => answer.#decoding().map(#wrap))
}

/// The runtime's function for one way to decode a response.
pub(super) fn decoding(decoding: &ResponseDecoding) -> Ident {
    let name = match decoding {
        ResponseDecoding::Json | ResponseDecoding::OneOf => "json",
        ResponseDecoding::Page(_) | ResponseDecoding::List => "json",
        ResponseDecoding::AnyJson => "any_json",
        ResponseDecoding::Text => "text",
        ResponseDecoding::Bytes => "bytes",
        ResponseDecoding::Empty => "empty",
    };
    format_ident!("{name}")
}
