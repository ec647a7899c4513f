//! The client: the package, its root, and the modules of its products.

mod answer;
mod conventions;
mod conversion;
mod environment;
mod field;
mod item;
mod manifest;
mod request;
mod rest;
mod root;
mod server;
mod signing;
mod style;
mod union;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) use self::signing::alternatives;
pub(super) use self::style::{path_style, style};
use super::docs::Examples;
use super::{gate, gated, ident, inner_doc, outer_doc, rust_file, version_path};
use crate::package::{Draft, GENERATED, Package};
use crate::plan::{Crate, File, Product, Version};

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
            rust_file(&path, sources(), move || {
                let examples = Examples::new(&plan.docs, package, product, version);
                resource_module(file, &examples)
            })
        }));
    }
    files
}

/// Keeps `cargo fmt` from laying the emitted files out its own way.
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

fn resource_module(file: &File, examples: &Examples<'_>) -> TokenStream {
    let doc = inner_doc(&file.doc);
    let import = item::serde_import(&file.serde_derives);
    let structs = file.structs.iter();
    let structs = structs.map(|it| gated(&it.gate, item::structure(it)));
    let enumerations = file.enumerations.iter();
    let enumerations = enumerations.map(|it| gated(&it.gate, item::enumeration(it)));
    let unions = file.unions.iter();
    let unions = unions.map(|it| gated(&it.gate, union::union(it)));
    let handles = file.handles.iter();
    let handles = handles.map(|it| gated(&it.gate, item::handle(it)));
    let requests = file.requests.iter().map(|it| {
        let example = examples.of(it);
        gated(&it.gate, request::request(it, example.as_ref()))
    });
    quote! {
        #doc
        #import
        #(#structs)*
        #(#enumerations)*
        #(#unions)*
        #(#handles)*
        #(#requests)*
    }
}
