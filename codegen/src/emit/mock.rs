//! Emits what the feature `mock` adds to a version: a module, and a file of data beside it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::ty::rust_type;
use super::{gate, gated, ident, rust_file, version_path};
use crate::package::{Draft, Package, header};
use crate::plan::{Crate, Mock, MockedRequest, ResponseDecoding, RustType};

/// The two files of each version.
pub(super) fn files(plan: &Crate) -> Vec<Draft<'_>> {
    let files = plan.client.versions().flat_map(|(product, version)| {
        let path = version_path(product, version);
        let mock = &plan.mocks[version.origin];
        let sources = || version.sources.iter().map(String::as_str);
        [
            rust_file(&format!("{path}/mock.rs"), sources(), || module(mock)),
            Draft::new(&format!("{path}/examples.json"), move || {
                examples(&header(sources()), mock)
            }),
        ]
    });
    files.collect()
}

/// A program that checks for each example whether the crate's types decode it; `None` if there are no examples.
pub(crate) fn examples_program<'a>(plan: &'a Crate, package: &'a Package) -> Option<Draft<'a>> {
    if plan.mocks.iter().all(|it| it.examples.is_empty()) {
        return None;
    }
    let path = format!("examples/{}.rs", package.name);
    Some(rust_file(&path, plan.client.sources(), || {
        let library = format_ident!("{}", package.library());
        let calls = plan.client.versions().flat_map(|(product, version)| {
            let [product, module] = [&product.module, &version.module].map(ident);
            let examples = &plan.mocks[version.origin].examples;
            let requests = examples.iter().map(|it| ident(&it.request));
            let library = &library;
            requests
                .map(move |it| quote!(#library::mock::told_examples::<#library::#product::#module::#it>()))
                .collect::<Vec<_>>()
        });
        quote! {
            //! Checks that the crate's types decode each example of the specification.

            fn main() {
                #(print!("{}", #calls);)*
            }
        }
    }))
}

/// `mock.rs`.
fn module(Mock { requests, .. }: &Mock) -> TokenStream {
    let answers = requests.iter().map(|it| {
        let (gate, name) = (gate(&it.gate), ident(&it.name));
        quote!(#gate super::#name::ANSWER)
    });
    let mocked = requests.iter().map(|it| gated(&it.gate, mocked(it)));
    // Without requests, they are unused.
    let used = (!requests.is_empty()).then(|| {
        quote! {
            use runtime::mock::Mocked;

            /// The examples of the specification, as JSON.
            const TEXT: &str = include_str!("examples.json");
        }
    });
    quote! {
        //! The responses of a mock to each operation.

        #used

        /// Every operation, for [`Mock::with_examples`](runtime::mock::Mock::with_examples).
        pub static EXAMPLES: &[&runtime::mock::AnswerSpec] = &[#(#answers),*];

        #(#mocked)*
    }
}

fn mocked(request: &MockedRequest) -> TokenStream {
    let MockedRequest {
        gate: _, // is around it
        name,
        body,
        status,
        answer,
    } = request;
    let name = ident(name);
    let status = Literal::u16_unsuffixed(*status);
    let content = match answer {
        ResponseDecoding::Empty => quote!(Nothing),
        ResponseDecoding::Json if matches!(body, RustType::Vec(_)) => quote!(Array),
        ResponseDecoding::Json | ResponseDecoding::AnyJson | ResponseDecoding::OneOf => {
            quote!(Value)
        }
        ResponseDecoding::Text => quote!(Text),
        ResponseDecoding::Bytes => quote!(Bytes),
        ResponseDecoding::Page(items) => quote!(Items(#items)),
        ResponseDecoding::List => quote!(Pages),
    };
    let body = rust_type(body);
    quote!(runtime::mocked!(super::#name => #body, #status, #content, TEXT);)
}

/// `examples.json`: one line for each example, so that a change of one example changes one line. After those of the
/// document come the responses that are made from schemas.
fn examples(header: &str, mock: &Mock) -> String {
    let operations = mock.examples.iter();
    let operations = operations.map(|it| {
        let answers = it.answers.join(",\n");
        format!("{}:[\n{answers}\n]", it.operation)
    });
    let operations: Vec<String> = operations.collect();
    let minimal = mock.minimal.iter();
    let minimal = minimal.map(|it| format!("{}:{}", it.operation, it.body));
    let minimal: Vec<String> = minimal.collect();
    let minimal = match minimal.as_slice() {
        [] => String::new(),
        [..] => format!(",\"minimal\":{{\n{}\n}}", minimal.join(",\n")),
    };
    format!(
        "{{\"//\":\"{header}\",\"operations\":{{\n{}\n}}{minimal}}}\n",
        operations.join(",\n")
    )
}
