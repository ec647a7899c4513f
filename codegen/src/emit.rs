//! Plan -> tokens: one template for each kind of item.
//!
//! Decisions are taken in `plan`. Each function here takes its part of the plan apart, prepares the
//! holes, and quotes once. It must not see the API model, OpenAPI or text that is code.

mod client;
mod docs;
mod mock;
mod ty;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::naming::RustName;
use crate::package::{GeneratedFile, Package};
use crate::plan::{Crate, Doc, Product, Version};
use crate::render;

/// Writes every file of the crate: those of each output.
pub(crate) fn emit(plan: &Crate, package: &Package) -> Vec<GeneratedFile> {
    [
        client::files(plan, package),
        mock::files(plan),
        docs::files(&plan.docs),
    ]
    .concat()
}

/// The file of a version, without its extension, and the folder of its modules.
fn version_path(product: &Product, version: &Version) -> String {
    let [product, version] = [&product.module, &version.module].map(RustName::unraw);
    format!("src/{product}/{version}")
}

fn rust_file(path: &str, tokens: TokenStream) -> GeneratedFile {
    GeneratedFile {
        path: path.to_owned(),
        text: render::render(tokens),
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
