//! Examples: doctests that are compiled and never run.
//!
//! They are quoted and laid out like all code. What only makes them compile is hidden from readers.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::ident;
use crate::emit::ty::{leaf_path, spelled};
use crate::package::Package;
use crate::plan::{Doc, Example, ExampleValue, Named, Product, RustType, Step, Version};
use crate::render;

/// The paths that code outside of the crate names it and the items of a version by.
pub(super) struct ExternalPaths {
    library: Ident,
    /// The version's module.
    module: TokenStream,
}

impl ExternalPaths {
    pub(super) fn new(package: &Package, product: &Product, version: &Version) -> Self {
        let library = library(package);
        let [product, version] = [&product.module, &version.module].map(ident);
        Self {
            module: quote!(#library::#product::#version),
            library,
        }
    }

    /// The lines of an example, to follow the docs of its request.
    pub(super) fn doc(&self, example: &Example) -> Doc {
        let Self { library, module } = self;
        let Example {
            answer,
            steps,
            body,
            enumerations,
            shared,
            all_pages,
        } = example;
        let body = body.iter().map(|ty| {
            let ty = self.body_type(ty);
            quote!(body: #ty)
        });
        let enumerations: Vec<Ident> = enumerations.iter().map(ident).collect();
        let own = import(module, &enumerations);
        let shared: Vec<Ident> = shared.iter().map(|it| format_ident!("{it}")).collect();
        let shared = import(&quote!(#library), &shared);
        let answer = answer.iter().map(ident);
        let steps = steps.iter().map(step);
        let all = all_pages.then(|| quote!(.all()));
        let code = quote! {
            async fn example(client: #library::Client, #(#body)*) -> Result<(), Box<dyn std::error::Error>> {
                #own
                #shared
                #(let #answer =)* client #(#steps)* #all.await?;
            }
        };
        doctest(&code)
    }

    /// The type of a body, which only the head of the example names.
    fn body_type(&self, ty: &RustType) -> TokenStream {
        let Self { library, module } = self;
        let named = |named: &Named| {
            let name = ident(&named.name);
            quote!(#module::#name)
        };
        spelled(ty, &quote!(#library::), &named)
    }
}

/// The lines of the crate's own example, to follow its docs.
pub(in crate::emit) fn of_client(package: &Package) -> Doc {
    let library = library(package);
    doctest(&quote! {
        fn example() -> Result<(), #library::Error> {
            let client = #library::Client::from_env()?;
        }
    })
}

/// The name that code calls the crate by.
fn library(package: &Package) -> Ident {
    Ident::new(&package.name.replace('-', "_"), Span::call_site())
}

/// The body of a function that returns a `Result`, as lines to follow docs.
fn doctest(function: &TokenStream) -> Doc {
    let render::Function { head, body } = render::function(function);
    let mut lines = vec![String::new(), "```no_run".to_owned(), format!("# {head}")];
    lines.extend(body);
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}

/// The import of names of one module, if there are any.
fn import(module: &TokenStream, names: &[Ident]) -> Option<TokenStream> {
    match names {
        [] => None,
        [only] => Some(quote!(use #module::#only;)),
        [_, ..] => Some(quote!(use #module::{#(#names),*};)),
    }
}

fn step(step: &Step) -> TokenStream {
    let Step { method, arguments } = step;
    let method = ident(method);
    let arguments = arguments.iter().map(value);
    quote!(.#method(#(#arguments),*))
}

fn value(value: &ExampleValue) -> TokenStream {
    match value {
        ExampleValue::Text(text) => quote!(#text),
        ExampleValue::Json(text) => quote!(Json::text(#text)),
        ExampleValue::Boolean(value) => quote!(#value),
        ExampleValue::Integer(number) => integer(*number),
        ExampleValue::Parsed(text, ty) => {
            let ty = leaf_path(*ty, &quote!());
            quote!(#text.parse::<#ty>()?)
        }
        ExampleValue::Variant(enumeration, variant) => {
            let [enumeration, variant] = [enumeration, variant].map(ident);
            quote!(#enumeration::#variant)
        }
        ExampleValue::List(values) => {
            let values = values.iter().map(self::value);
            quote!([#(#values),*])
        }
        ExampleValue::Body => quote!(body),
    }
}

/// A literal that is of the type that is wanted; a small one is so in a list, too.
fn integer(number: i64) -> TokenStream {
    let sign = number.is_negative().then(|| quote!(-));
    let digits = number.unsigned_abs();
    let literal = if i32::try_from(number).is_ok() {
        Literal::u64_unsuffixed(digits)
    } else {
        Literal::i64_suffixed(number.saturating_abs())
    };
    quote!(#sign #literal)
}
