//! The docs beyond those of items: the guide, whose modules hold nothing but docs, and an example of each call.

mod example;

use proc_macro2::TokenStream;
use quote::quote;

use self::example::ExternalPaths;
pub(super) use self::example::of_client as example_of_client;
use super::{ident, inner_doc, rust_file};
use crate::package::{GeneratedFile, Package};
use crate::plan::{Doc, Docs, Guide, Product, Version};

/// The files of the guide, if there is one.
pub(super) fn files(docs: &Docs) -> Vec<GeneratedFile> {
    docs.guide.iter().flat_map(guide).collect()
}

/// By operation of a version: the lines of an example, to follow the docs of its request.
pub(super) fn examples(
    docs: &Docs,
    package: &Package,
    product: &Product,
    version: &Version,
) -> Vec<Option<Doc>> {
    let paths = ExternalPaths::new(package, product, version);
    let examples = docs.examples[version.origin].iter();
    let examples = examples.map(|it| it.as_ref().map(|it| paths.doc(it)));
    examples.collect()
}

/// The file of the guide and one for each of its chapters.
fn guide(guide: &Guide) -> Vec<GeneratedFile> {
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
