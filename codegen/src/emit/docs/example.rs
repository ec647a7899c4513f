//! Emits examples: doctests that are compiled but never run.
//!
//! They are quoted and formatted like all code. Lines that only make them compile are hidden from readers.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::ty::{leaf_path, spelled};
use crate::emit::{float, ident};
use crate::package::Package;
use crate::plan::{
    Crate, Doc, Example, ExampleValue, Leaf, Named, Product, Reading, RustType, Step, Version,
};
use crate::render;

/// The paths by which code outside of the crate names the crate and the items of a version.
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

    /// The lines of an example, appended to the docs of its request.
    pub(super) fn doc(&self, example: &Example) -> Doc {
        let library = &self.library;
        let body = example.body.iter().map(|ty| {
            let ty = self.body_type(ty);
            quote!(body: #ty)
        });
        let [imports, call] = [self.imports(example), call(example)];
        let code = quote! {
            async fn example(client: #library::Client, #(#body)*) -> Result<(), Box<dyn std::error::Error>> {
                #imports
                #call
            }
        };
        doctest(code)
    }

    /// The lines of a program that creates a client, makes the call of an example, and prints the response.
    pub(super) fn program(&self, example: &Example) -> Doc {
        let library = &self.library;
        let [imports, call] = [self.imports(example), call(example)];
        let print = example.answer.iter().map(|it| {
            let answer = ident(it);
            quote!(println!("{:#?}", #answer);)
        });
        let render::Function { head, body } = render::function(quote! {
            async fn main() -> Result<(), Box<dyn std::error::Error>> {
                #imports
                let client = #library::Client::from_env()?;
                #call
                #(#print)*
            }
        });
        let mut lines = vec![
            String::new(),
            "```no_run".to_owned(),
            "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        ];
        lines.push(head);
        lines.extend(body.iter().map(|line| match line.as_str() {
            "" => String::new(),
            line => format!("    {line}"),
        }));
        lines.extend(["    Ok(())", "}", "```"].map(str::to_owned));
        lines
    }

    /// The imports for the call of an example.
    fn imports(&self, example: &Example) -> TokenStream {
        let Self { library, module } = self;
        let enumerations: Vec<Ident> = example.enumerations.iter().map(ident).collect();
        let own = import(module, &enumerations);
        let shared = example.shared.iter().map(|it| format_ident!("{it}"));
        let shared = import(&quote!(#library), &shared.collect::<Vec<_>>());
        quote!(#own #shared)
    }

    /// The type of a body, which only the signature of the example names.
    fn body_type(&self, ty: &RustType) -> TokenStream {
        let Self { library, module } = self;
        let named = |named: &Named| {
            let name = ident(&named.name);
            quote!(#module::#name)
        };
        spelled(ty, &quote!(#library::), &named)
    }
}

/// What a first program has among its dependencies beside the crate.
const PROGRAM_NEEDS: &str =
    "The program also depends on `tokio`, with the features `macros` and `rt`.";

/// The lines of the crate's own example, appended to its docs: a first program, or only a client if no call is
/// suitable.
pub(in crate::emit) fn of_client(plan: &Crate, package: &Package) -> Doc {
    if let Some((version, operation)) = plan.docs.first_call
        && let Some(example) = &plan.docs.examples[version][operation.0]
        && let Some((product, version)) =
            plan.client.versions().find(|(_, it)| it.origin == version)
    {
        let mut lines = ExternalPaths::new(package, product, version).program(example);
        lines.extend(["", PROGRAM_NEEDS].map(str::to_owned));
        return lines;
    }
    let library = library(package);
    doctest(quote! {
        fn example() -> Result<(), #library::Error> {
            let client = #library::Client::from_env()?;
        }
    })
}

/// The call of an example, from the client to the response.
fn call(example: &Example) -> TokenStream {
    let answer = example.answer.as_ref().map(ident);
    let binding = answer.iter();
    let steps = example.steps.iter().map(step);
    let call = quote!(client #(#steps)*);
    match example.reading {
        Reading::Whole => quote!(#(let #binding =)* #call.await?;),
        Reading::AllPages => quote!(#(let #binding =)* #call.all().await?;),
        Reading::Events => quote! {
            let mut #answer = #call.send_stream().await?;
            while let Some(event) = #answer.event().await? {
                println!("{}: {}", event.event, event.data);
            }
        },
    }
}

/// The crate's name in code.
fn library(package: &Package) -> Ident {
    Ident::new(&package.library(), Span::call_site())
}

/// The body of a function that returns a `Result`, as doctest lines.
fn doctest(function: TokenStream) -> Doc {
    let render::Function { head, body } = render::function(function);
    let mut lines = vec![String::new(), "```no_run".to_owned(), format!("# {head}")];
    lines.extend(body);
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}

/// The import of names from one module, if there are any.
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
        ExampleValue::Integer(number, ty) => integer(*number, *ty),
        ExampleValue::Float(number) => float(*number),
        ExampleValue::Parsed(text, ty) => {
            let ty = leaf_path(*ty, &quote!());
            quote!(#text.parse::<#ty>()?)
        }
        ExampleValue::Variant(enumeration, variant) => {
            let [enumeration, variant] = [enumeration, variant].map(ident);
            quote!(#enumeration::#variant)
        }
        ExampleValue::File(path) => quote!(Part::file(#path).await?),
        ExampleValue::List(values) => {
            let values = values.iter().map(self::value);
            quote!([#(#values),*])
        }
        ExampleValue::Body => quote!(body),
    }
}

/// A literal of the required type; a small one has that type in a list, too.
fn integer(number: i64, ty: Leaf) -> TokenStream {
    let sign = number.is_negative().then(|| quote!(-));
    let digits = number.unsigned_abs();
    let literal = if [Leaf::U32, Leaf::U64].contains(&ty) {
        let text = format!("{digits}{ty}");
        let literal = text.parse();
        literal.unwrap_or_else(|_| Literal::u64_suffixed(digits))
    } else if i32::try_from(number).is_ok() {
        Literal::u64_unsuffixed(digits)
    } else {
        Literal::i64_suffixed(number.saturating_abs())
    };
    quote!(#sign #literal)
}
