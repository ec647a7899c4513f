//! Plan -> tokens: one template for each kind of item.
//!
//! Decisions are taken in `plan`. Each function here takes its part of the plan apart, prepares the
//! holes, and quotes once. It must not see the API model, OpenAPI or text that is code.

mod cli;
mod client;
mod docs;
mod mock;
mod ty;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::naming::RustName;
use crate::package::{Draft, Package, header};
use crate::plan::{Crate, Doc, Gate, Product, Version};
use crate::render;

/// Drafts every file of the crate: those of each output.
pub(crate) fn emit<'a>(plan: &'a Crate, package: &'a Package) -> Vec<Draft<'a>> {
    let mut files = client::files(plan, package);
    files.extend(mock::files(plan));
    files.extend(cli::files(plan, package));
    files.extend(docs::files(&plan.docs));
    files
}

/// Drafts a program that tells of each example whether the crate's types read it; `None` if there are none.
pub(crate) fn examples_program<'a>(plan: &'a Crate, package: &'a Package) -> Option<Draft<'a>> {
    mock::program(plan, package)
}

/// The file of a version, without its extension, and the folder of its modules.
fn version_path(product: &Product, version: &Version) -> String {
    let [product, version] = [&product.module, &version.module].map(RustName::unraw);
    format!("src/{product}/{version}")
}

/// A file of Rust that is generated from files of these names. The tokens are made when its text is, since they belong to
/// one thread.
fn rust_file<'a>(
    path: &str,
    sources: impl IntoIterator<Item = &'a str>,
    tokens: impl FnOnce() -> TokenStream + Send + 'a,
) -> Draft<'a> {
    let header = header(sources);
    Draft::new(path, move || render::render(&header, tokens()))
}

fn ident(name: &RustName) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

/// The features that code is compiled with, any of which is enough, as `cfg` has them.
fn condition(gate: &Gate) -> Option<TokenStream> {
    match gate.as_slice() {
        [] => None,
        [feature] => Some(quote!(feature = #feature)),
        features => Some(quote!(any(#(feature = #features),*))),
    }
}

/// The attribute that has the item behind it compiled with these features.
fn gate(gate: &Gate) -> Option<TokenStream> {
    condition(gate).map(|it| quote!(#[cfg(#it)]))
}

/// Items that are compiled with these features.
fn gated(gate: &Gate, items: TokenStream) -> TokenStream {
    let Some(attribute) = self::gate(gate) else {
        return items;
    };
    let mut gated = TokenStream::new();
    let mut is_first = true;
    for token in items {
        if is_first {
            gated.extend(attribute.clone());
        }
        // An item ends with a semicolon or a block, and so does a macro.
        is_first = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(sign) => sign.as_char() == ';',
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        gated.extend([token]);
    }
    gated
}

/// Documentation of the item that follows.
fn outer_doc(doc: &Doc) -> TokenStream {
    let texts = doc_texts(doc);
    quote!(#(#[doc = #texts])*)
}

/// Documentation of the module that it stands in.
fn inner_doc(doc: &Doc) -> TokenStream {
    let texts = doc_texts(doc);
    quote!(#(#![doc = #texts])*)
}

/// The values of the attributes of a doc: one for all lines, since a third of a crate is docs, or one for each if a
/// comment could not hold them together.
fn doc_texts(doc: &Doc) -> Vec<String> {
    let lines = doc.iter().map(|line| doc_line(line));
    if doc.iter().any(|line| render::breaks_block_comment(line)) {
        return lines.collect();
    }
    let text = lines.collect::<Vec<_>>().join("\n");
    (!doc.is_empty()).then_some(text).into_iter().collect()
}

/// A line with the space that `///` is followed by.
fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
