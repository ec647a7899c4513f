//! Emits the docs beyond those of items: the guide, whose modules only contain docs, and an example of each call.

mod example;

use proc_macro2::TokenStream;
use quote::quote;

use self::example::ExternalPaths;
pub(super) use self::example::of_client as example_of_client;
use super::{ident, inner_doc, rust_file};
use crate::guide;
use crate::package::{Draft, Package};
use crate::plan::{Doc, Docs, Example, Guide, Product, Request, Version};
use crate::vendor::Vendor;

/// The files of the guide, if there is one.
pub(super) fn files(docs: &Docs) -> Vec<Draft<'_>> {
    docs.guide.iter().flat_map(guide).collect()
}

/// The examples of the requests of a version.
pub(super) struct Examples<'a> {
    paths: ExternalPaths,
    /// By operation.
    examples: &'a [Option<Example>],
}

impl<'a> Examples<'a> {
    pub(super) fn new(
        docs: &'a Docs,
        package: &Package,
        product: &Product,
        version: &Version,
    ) -> Self {
        Self {
            paths: ExternalPaths::new(package, product, version),
            examples: &docs.examples[version.origin],
        }
    }

    /// The lines of an example, appended to the docs of its request.
    pub(super) fn of(&self, request: &Request) -> Option<Doc> {
        let example = self.examples[request.origin.0].as_ref();
        example.map(|it| self.paths.doc(it))
    }
}

/// The features that every client passes on to the runtime, as lines of the crate docs.
pub(super) fn features(vendor: Vendor) -> Doc {
    let lines = "
# Cargo features

Besides those of the products:

| feature | what it adds |
|---|---|
| `rustls` (on) | TLS with rustls and ring |
| `rustls-aws-lc-rs` | TLS with rustls and aws-lc-rs, which takes precedence over ring |
| `native-tls` | TLS with the platform's library, which takes precedence over rustls |
| `cli` | `cli`, and the program of this crate: every operation as a command |
| `mcp` | the command `mcp` of that program: every operation as a tool for assistants |
| `blocking` | `wait()` and iterators for programs without an async runtime |
| `gzip` | compressed responses |
| `mock` | a service in memory, for tests |
| `reqwest` | `reqwest_builder` on the builder, to configure the connection pool yourself |
| `serialize` | `serde::Serialize` for response types, which serde can also read back |
";
    let webhooks = vendor
        .runtime()
        .map(|_| "| `webhooks` | `webhooks`, which verifies and parses webhooks |");
    lines.lines().chain(webhooks).map(str::to_owned).collect()
}

/// The file of the guide, and one for each of its chapters.
fn guide(guide: &Guide) -> Vec<Draft<'_>> {
    let chapters = guide.chapters.iter().map(|chapter| {
        let path = format!("src/guide/{}.rs", chapter.module.unraw());
        rust_file(&path, [guide::FILE], || inner_doc(&chapter.doc))
    });
    [rust_file("src/guide.rs", [guide::FILE], || root(guide))]
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
