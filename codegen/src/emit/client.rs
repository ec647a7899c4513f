//! Emits the client: the package, its root, and the modules of its products.

mod answer;
mod constructor;
mod conventions;
mod conversion;
mod default_value;
mod environment;
mod field;
mod item;
mod manifest;
mod paging;
mod reading;
mod request;
mod root;
mod server;
mod signing;
mod style;
mod union;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) use self::signing::alternatives;
pub(super) use self::style::{form_fields, path_style, style};
use super::docs::Examples;
use super::{gate, gated, ident, inner_doc, outer_doc, rust_file, version_path};
use crate::package::{Draft, GENERATED, Package};
use crate::plan::{Crate, File, Gate, Product, Version};
use crate::render;

/// The files of the client, with an example in the docs of each call.
pub(super) fn files<'a>(plan: &'a Crate, package: &'a Package) -> Vec<Draft<'a>> {
    let mut files = vec![
        Draft::new("Cargo.toml", || manifest::manifest(&plan.client, package)),
        Draft::new("rustfmt.toml", || RUSTFMT.replace("HEADER", GENERATED)),
        rust_file("src/lib.rs", plan.client.sources(), || {
            root::root(plan, package)
        }),
    ];
    let licenses = package.license_files.iter();
    files.extend(licenses.map(|it| Draft::new(&it.path, || it.text.clone())));
    for product in &plan.client.products {
        let path = format!("src/{}.rs", product.module.unraw());
        files.push(rust_file(&path, product.sources(), || {
            product_module(product)
        }));
    }
    for (product, version) in plan.client.versions() {
        let path = version_path(product, version);
        let sources = || version.sources.iter().map(String::as_str);
        files.push(rust_file(&format!("{path}.rs"), sources(), || {
            version_module(version)
        }));
        files.extend(version.files.iter().map(|file| {
            let path = format!("{path}/{}.rs", file.module.unraw());
            let draft = rust_file(&path, sources(), || module_head(file));
            let examples = move || Examples::new(&plan.docs, package, product, version);
            resource_items(draft, file, examples)
        }));
    }
    files
}

/// Prevents `cargo fmt` from reformatting the generated files.
const RUSTFMT: &str =
    "# HEADER the specs; changes to this file are lost.\n\ndisable_all_formatting = true\n";

fn product_module(product: &Product) -> TokenStream {
    let Product {
        name,
        title,
        versions,
        ..
    } = product;
    let doc = inner_doc(&vec![format!("{title}.")]);
    let modules = versions.iter().map(|version| {
        let Version {
            title,
            module,
            gate,
            ..
        } = version;
        let doc = outer_doc(&vec![format!("{title}, version `{module}`.")]);
        let gate = self::gate(gate);
        let module = ident(module);
        quote!(#doc #gate pub mod #module;)
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
    let files = version.files.iter();
    let mut modules: Vec<(Ident, Option<TokenStream>)> = files
        .map(|file| (ident(&file.module), gate(&file.gate)))
        .collect();
    modules.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (modules, gates): (Vec<Ident>, Vec<_>) = modules.into_iter().unzip();
    quote! {
        #doc
        #(#gates mod #modules;)*
        #[cfg(feature = "mock")]
        mod mock;
        #[cfg(feature = "cli")]
        pub(crate) mod cli;
        #(#gates pub use #modules::*;)*
        #[cfg(feature = "mock")]
        pub use mock::EXAMPLES;
    }
}

fn module_head(file: &File) -> TokenStream {
    let doc = inner_doc(&file.doc);
    let import = file.serializes.as_ref();
    let import = import.map(|gate| {
        gated(
            gate,
            quote!(
                use serde::Serialize;
            ),
        )
    });
    quote!(#doc #import)
}

/// Adds the items of a module, each as a piece of its own: some modules contain the types of a whole document.
fn resource_items<'a>(
    mut draft: Draft<'a>,
    file: &'a File,
    examples: impl Fn() -> Examples<'a> + Copy + Send + 'a,
) -> Draft<'a> {
    let File {
        structs,
        enumerations,
        unions,
        handles,
        requests,
        ..
    } = file;
    for it in structs {
        draft = with_items(draft, &it.gate, || item::structure(it));
    }
    for it in enumerations {
        draft = with_items(draft, &it.gate, || item::enumeration(it));
    }
    for it in unions {
        draft = with_items(draft, &it.gate, || union::union(it));
    }
    for it in handles {
        draft = with_items(draft, &it.gate, || item::handle(it));
    }
    for it in requests {
        draft = with_items(draft, &it.gate, move || {
            request::request(it, examples().of(it).as_ref())
        });
    }
    draft
}

/// Adds gated items to a file.
fn with_items<'a>(
    draft: Draft<'a>,
    gate: &'a Gate,
    tokens: impl FnOnce() -> TokenStream + Send + 'a,
) -> Draft<'a> {
    draft.with(move || render::following(gated(gate, tokens())))
}
