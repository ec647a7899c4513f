//! What commands take.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::client::{form_fields, path_style, style};
use crate::emit::text_literal;
use crate::plan::{
    ArgumentPlace, BodyEncoding, CommandArgument, Encoding, FormField, Layout, PartForm, Style,
    ValueKind,
};

/// Emits an argument of a command.
pub(super) fn argument(argument: &CommandArgument) -> TokenStream {
    let CommandArgument {
        name,
        wire_name,
        about,
        place,
        kind,
        is_list,
        required,
        personal,
        default,
        example: _, // in the example of the command
    } = argument;
    let (constructor, settings) = constructor(place);
    let about = text_literal(about);
    let kind = self::kind(kind);
    let is_list = is_list.then(|| quote!(.list()));
    let required = required.then(|| quote!(.required()));
    let personal = personal.then(|| quote!(.personal()));
    let default = default.as_ref().map(|it| quote!(.default(#it)));
    quote! {
        Argument::#constructor(#name, #wire_name, Kind::#kind, #about)
            #settings #required #is_list #personal #default
    }
}

/// Returns the constructor of an argument in this place, and the settings that follow it.
fn constructor(place: &ArgumentPlace) -> (TokenStream, Option<TokenStream>) {
    match place {
        ArgumentPlace::Path(style) => (quote!(path), in_path(*style)),
        ArgumentPlace::Query(style) => (quote!(query), styled(*style)),
        ArgumentPlace::Form(style) => (quote!(form), styled(*style)),
        ArgumentPlace::Header(style) => (quote!(header), styled(*style)),
        ArgumentPlace::Cookie(style) => (quote!(cookie), styled(*style)),
        ArgumentPlace::Part(form, media_type) => {
            let constructor = match form {
                PartForm::Text | PartForm::Json => quote!(part),
                PartForm::File => quote!(file),
            };
            (constructor, media_type.as_deref().map(of_media_type))
        }
        ArgumentPlace::Member => (quote!(member), None),
        ArgumentPlace::Body(form) => {
            let constructor = match form {
                Encoding::Json => quote!(json_body),
                Encoding::Text => quote!(text_body),
                Encoding::Bytes => quote!(bytes_body),
            };
            (constructor, None)
        }
        ArgumentPlace::OtherBody(writing, media_type) => {
            let (constructor, encoded) = match writing {
                BodyEncoding::Json => (quote!(json_body), None),
                BodyEncoding::Form(fields) => (quote!(form_body), encoded(fields)),
                BodyEncoding::Text => (quote!(text_body), None),
                BodyEncoding::Bytes => (quote!(bytes_body), None),
            };
            let media_type = of_media_type(media_type);
            (constructor, Some(quote!(#media_type #encoded)))
        }
    }
}

fn of_media_type(media_type: &str) -> TokenStream {
    quote!(.media_type(#media_type))
}

fn encoded(fields: &[FormField]) -> Option<TokenStream> {
    let encoded = form_fields(fields);
    (!fields.is_empty()).then(|| quote!(.encoded(#encoded)))
}

fn in_path(style: Style) -> Option<TokenStream> {
    let is_default = style.is_plain() && !style.layout.explodes();
    let style = path_style(style);
    (!is_default).then(|| quote!(.in_path(#style)))
}

fn styled(style: Style) -> Option<TokenStream> {
    let is_default = style == Style::of(Layout::Exploded);
    let style = self::style(style);
    (!is_default).then(|| quote!(.styled(#style)))
}

fn kind(kind: &ValueKind) -> TokenStream {
    match kind {
        ValueKind::Text => quote!(Text),
        ValueKind::Boolean => quote!(Boolean),
        ValueKind::Integer => quote!(Integer),
        ValueKind::PageSize(largest) => {
            let largest = Literal::usize_unsuffixed(*largest);
            quote!(PageSize(#largest))
        }
        ValueKind::Number => quote!(Number),
        ValueKind::DateTime => quote!(DateTime),
        ValueKind::Date => quote!(Date),
        ValueKind::OneOf(values) => quote!(OneOf(&[#(#values),*])),
        ValueKind::Json => quote!(Json),
        ValueKind::Document => quote!(Document),
        ValueKind::Value => quote!(Value),
        ValueKind::File => quote!(File),
        ValueKind::NamedFile => quote!(NamedFile),
    }
}
