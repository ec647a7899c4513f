//! Emits the runtime's styles.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::{FieldEncoding, FormField, Layout, Prefix, Style};

/// How the parts of a value are serialized.
pub(in crate::emit) fn style(style: Style) -> TokenStream {
    let name = match style.layout {
        Layout::Exploded => "EXPLODED",
        Layout::Commas => "COMMAS",
        Layout::Spaces => "SPACES",
        Layout::Pipes => "PIPES",
        Layout::Brackets => "BRACKETS",
        Layout::Path { .. } => unreachable!("the style of a path is no style of a field"),
    };
    let name = format_ident!("{name}");
    let reserved = style.keeps_reserved.then(|| quote!(.keeping_reserved()));
    quote!(runtime::Style::#name #reserved)
}

/// The fields of a form that are not serialized as usual.
pub(in crate::emit) fn form_fields(fields: &[FormField]) -> TokenStream {
    let fields = fields.iter().map(|it| {
        let name = &it.wire_name;
        match it.encoding {
            FieldEncoding::Styled(layout) => {
                let style = style(layout);
                quote!(runtime::FormField::styled(#name, #style))
            }
            FieldEncoding::Json => quote!(runtime::FormField::json(#name)),
        }
    });
    quote!(&[#(#fields),*])
}

/// How a value in a path is serialized.
pub(in crate::emit) fn path_style(style: Style) -> TokenStream {
    let (name, explodes) = match style.layout {
        Layout::Path { prefix, explodes } => match prefix {
            Prefix::Nothing => ("SIMPLE", explodes),
            Prefix::Dot => ("LABEL", explodes),
            Prefix::Name => ("MATRIX", explodes),
        },
        Layout::Exploded | Layout::Commas | Layout::Spaces => ("SIMPLE", false),
        Layout::Pipes | Layout::Brackets => ("SIMPLE", false),
    };
    let name = format_ident!("{name}");
    let exploded = explodes.then(|| quote!(.exploded()));
    let reserved = style.keeps_reserved.then(|| quote!(.keeping_reserved()));
    quote!(runtime::PathStyle::#name #exploded #reserved)
}
