//! Plan -> tokens: one template for each kind of item.
//!
//! Decisions are taken in `plan`. Each function here takes its part of the plan apart, prepares the
//! holes, and quotes once. It must not see the API model, OpenAPI or text that is code.

mod client;
mod conversion;
mod example;
mod guide;
mod item;
mod manifest;
mod mock;
mod request;
mod ty;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use self::example::ExternalPaths;
use crate::naming::RustName;
use crate::package::{GENERATED, GeneratedFile, Package};
use crate::plan::{Crate, Doc, File, Product, Version};
use crate::render;

/// Writes every file of the crate.
pub(crate) fn emit(plan: &Crate, package: &Package) -> Vec<GeneratedFile> {
    let mut files = vec![
        GeneratedFile {
            path: "Cargo.toml".to_owned(),
            text: manifest::manifest(plan, package),
        },
        GeneratedFile {
            path: "rustfmt.toml".to_owned(),
            text: RUSTFMT.replace("GENERATED", GENERATED),
        },
        rust_file("src/lib.rs", client::root(plan, package)),
    ];
    files.extend(plan.guide.iter().flat_map(guide::files));
    for product in &plan.products {
        let folder = format!("src/{}", product.module.unraw());
        files.push(rust_file(&format!("{folder}.rs"), product_module(product)));
        for version in &product.versions {
            let paths = ExternalPaths::new(package, product, version);
            let path = format!("{folder}/{}", version.module.unraw());
            files.extend(version_files(version, &path, &paths));
        }
    }
    files
}

/// The file of a version and what is in its folder, both called `path`.
fn version_files(version: &Version, path: &str, paths: &ExternalPaths) -> Vec<GeneratedFile> {
    let mut files = vec![
        rust_file(&format!("{path}.rs"), version_module(version)),
        rust_file(&format!("{path}/mock.rs"), mock::module(&version.mock)),
        GeneratedFile {
            path: format!("{path}/examples.json"),
            text: mock::examples(&version.mock),
        },
    ];
    files.extend(version.files.iter().map(|file| {
        let path = format!("{path}/{}.rs", file.module.unraw());
        rust_file(&path, resource_module(file, paths))
    }));
    files
}

/// Keeps `cargo fmt` from laying the emitted files out its own way.
const RUSTFMT: &str = "# GENERATED\n\ndisable_all_formatting = true\n";

fn rust_file(path: &str, tokens: TokenStream) -> GeneratedFile {
    GeneratedFile {
        path: path.to_owned(),
        text: render::render(tokens),
    }
}

fn product_module(product: &Product) -> TokenStream {
    let Product {
        name,
        title,
        versions,
        ..
    } = product;
    let doc = inner_doc(&vec![format!("{title}.")]);
    let modules = versions.iter().map(|Version { title, module, .. }| {
        let doc = outer_doc(&vec![format!("{title}, version `{module}`.")]);
        let module = ident(module);
        quote!(#doc pub mod #module;)
    });
    let const_doc = outer_doc(&vec![format!(
        "{title}, as [`ClientBuilder::product_base_url`](crate::ClientBuilder::product_base_url) takes it."
    )]);
    quote! {
        #doc

        #(#modules)*

        #const_doc
        pub const PRODUCT: runtime::Product = runtime::Product::new(#name);
    }
}

fn version_module(version: &Version) -> TokenStream {
    let doc = inner_doc(&version.doc);
    let mut modules: Vec<Ident> = version
        .files
        .iter()
        .map(|file| ident(&file.module))
        .collect();
    modules.sort();
    quote! {
        #doc
        #(mod #modules;)*
        #[cfg(feature = "mock")]
        mod mock;
        #(pub use #modules::*;)*
        #[cfg(feature = "mock")]
        pub use mock::EXAMPLES;
    }
}

fn resource_module(file: &File, paths: &ExternalPaths) -> TokenStream {
    let doc = inner_doc(&file.doc);
    let import = item::serde_import(&file.serde_derives);
    let structs = file.structs.iter().map(item::structure);
    let enumerations = file.enumerations.iter().map(item::enumeration);
    let handles = file.handles.iter().map(item::handle);
    let requests = file.requests.iter().map(|it| request::request(it, paths));
    quote! {
        #doc
        #import
        #(#structs)*
        #(#enumerations)*
        #(#handles)*
        #(#requests)*
    }
}

fn ident(name: &RustName) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

/// Documentation of the item that follows.
fn outer_doc(doc: &Doc) -> TokenStream {
    let lines = doc.iter().map(|line| doc_line(line));
    quote!(#(#[doc = #lines])*)
}

/// Documentation of the module that it stands in.
fn inner_doc(doc: &Doc) -> TokenStream {
    let lines = doc.iter().map(|line| doc_line(line));
    quote!(#(#![doc = #lines])*)
}

/// A line with the space that `///` is followed by.
fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
