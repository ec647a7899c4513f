//! The guide: modules that hold nothing but docs.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, inner_doc, rust_file};
use crate::package::GeneratedFile;
use crate::plan::Guide;

/// The file of the guide and one for each of its chapters.
pub(super) fn files(guide: &Guide) -> Vec<GeneratedFile> {
    let chapters = guide.chapters.iter().map(|chapter| {
        let path = format!("src/guide/{}.rs", chapter.module.unraw());
        rust_file(&path, inner_doc(&chapter.doc))
    });
    [rust_file("src/guide.rs", root(guide))]
        .into_iter()
        .chain(chapters)
        .collect()
}

fn root(guide: &Guide) -> TokenStream {
    let doc = inner_doc(&guide.doc);
    let modules = guide.chapters.iter().map(|chapter| ident(&chapter.module));
    quote! {
        #doc
        #(pub mod #modules;)*
    }
}
