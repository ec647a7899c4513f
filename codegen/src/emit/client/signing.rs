//! What calls are signed with.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::{Credential, Signing};

/// The statement that tells a call what it is signed with, if that is not the usual.
pub(super) fn statement(signing: &Signing) -> Option<TokenStream> {
    match signing {
        Signing::Usual => None,
        Signing::OneOf(_) => alternatives(signing).map(|it| quote!(call.credentials(#it);)),
        Signing::Nothing => Some(quote!(call.unsigned();)),
    }
}

/// The lists of credentials of which a call takes one, if they are not the usual.
pub(in crate::emit) fn alternatives(signing: &Signing) -> Option<TokenStream> {
    match signing {
        Signing::Usual => None,
        Signing::OneOf(alternatives) => {
            let alternatives = alternatives.iter().map(|wanted| {
                let wanted = wanted.iter().map(credential);
                quote!(&[#(#wanted),*])
            });
            Some(quote!(&[#(#alternatives),*]))
        }
        Signing::Nothing => Some(quote!(&[&[]])),
    }
}

fn credential(Credential { variant, name }: &Credential) -> TokenStream {
    let variant = format_ident!("{variant}");
    let name = name.as_ref().map(|it| quote!((#it)));
    quote!(runtime::Credential::#variant #name)
}
