//! Emits the credentials that calls are signed with.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Credential, KeyLocation, Signing};

/// The statement that sets the credentials of a call, unless they are the usual ones.
pub(super) fn statement(signing: &Signing) -> Option<TokenStream> {
    match signing {
        Signing::Usual => None,
        Signing::OneOf(_) => alternatives(signing).map(|it| quote!(call.credentials(#it);)),
        Signing::Nothing => Some(quote!(call.unsigned();)),
    }
}

/// The lists of credentials of which a call uses one, unless they are the usual ones.
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

fn credential(credential: &Credential) -> TokenStream {
    let Credential::Key { location, name } = credential else {
        return quote!(runtime::Credential::Authorization);
    };
    match location {
        KeyLocation::Header => quote!(runtime::Credential::Header(#name)),
        KeyLocation::Query => quote!(runtime::Credential::Query(#name)),
        KeyLocation::Cookie => quote!(runtime::Credential::Cookie(#name)),
    }
}
