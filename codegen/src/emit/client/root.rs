//! Emits the crate root: its docs, its re-exports and the client.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{conventions, environment, server};
use crate::emit::{condition, docs, gate, ident, inner_doc, outer_doc, version_gate};
use crate::package::Package;
use crate::plan::{Client, Crate, Gate, Lint, Product, Version};

/// `src/lib.rs`.
pub(super) fn root(plan: &Crate, package: &Package) -> TokenStream {
    let doc = [
        plan.docs.root.clone(),
        docs::example_of_client(plan, package),
        environment::chapter(&plan.client, package),
        docs::features(plan.client.vendor),
    ]
    .concat();
    let doc = inner_doc(&doc);
    let guide = plan.docs.guide.as_ref().map(|_| {
        quote!(
            pub mod guide;
        )
    });
    let modules = plan.client.products.iter().map(module);
    let lints = plan.client.lints.iter().map(lint);
    let recursion_limit = plan.client.recursion_limit.map(|it| {
        let limit = it.to_string();
        quote!(#![recursion_limit = #limit])
    });
    let reexports = reexports();
    let further = further_reexports(&plan.client);
    let client = client(&plan.client, package);
    quote! {
        #doc
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![deny(missing_docs)]
        #![forbid(unsafe_code)]
        #recursion_limit
        #(#lints)*

        #[cfg(feature = "cli")]
        pub mod cli;
        #guide
        #(#modules)*

        #reexports
        #further

        #client
    }
}

fn lint(Lint { name, reason }: &Lint) -> TokenStream {
    let name = format_ident!("{name}");
    quote!(#![allow(#name, reason = #reason)])
}

fn module(product: &Product) -> TokenStream {
    let gate = gate(&product.gate());
    let module = ident(&product.module);
    quote!(#gate pub mod #module;)
}

/// The types of the runtime that users name.
fn reexports() -> TokenStream {
    quote! {
        #[doc(inline)]
        pub use runtime::{
            ApiError, AuthenticationError, Authorization, AuthorizationFuture, Body, BodyTooLargeError, BoxFuture,
            Bytes, ConfigurationError, CredentialSource, DateTime, Decimal, DecodeError, DecodeLimit, DecodeLimitError,
            Error, FileError, HeaderMap, HeaderParameterError, HeaderParameterProblem, IntoId, Items, JsonParameterError, Method, NaiveDate, NextPageError,
            NextPageProblem, OneOrMany, Operation, Page, PageSizeError, PathParameterError, PathParameterProblem, Product,
            Response, ResponseBody, Retry, RetryPolicy, RetryReason, RuntimeError, SendError, SendErrorKind, StatusCode,
            Transport, TransportError, TransportFuture, Utc, Value, chrono, http, rust_decimal,
        };

        #[cfg(feature = "blocking")]
        #[doc(inline)]
        pub use runtime::BlockingItems;

        #[cfg(feature = "mock")]
        #[doc(inline)]
        pub use runtime::mock;
    }
}

/// The types of the runtime that users name if the client has a use for them.
fn further_reexports(client: &Client) -> TokenStream {
    let webhooks = client.vendor.runtime().map(|_| {
        quote!(
            #[cfg(feature = "webhooks")]
            #[doc(inline)]
            pub use runtime::webhooks;
        )
    });
    let inlined = [
        (client.has_other_responses, quote!(ResponseAs)),
        (client.sends_json_text, quote!(Json)),
        (client.has_base64, quote!({Base64, Base64Error})),
        (client.converts_enumerations, quote!(EnumConversionError)),
        (client.sends_files, quote!(Part)),
        (client.sends_named_files, quote!(NamedPart)),
    ];
    let inlined = inlined.into_iter();
    let inlined = inlined.filter_map(|(is_used, names)| is_used.then_some(names));
    let streams = client.has_streams.then(|| {
        quote!(
            pub use runtime::{BodyStream, ByteStream, ServerSentEvent};

            #[cfg(feature = "blocking")]
            pub use runtime::BlockingReader;
        )
    });
    quote! {
        #webhooks
        #(
            #[doc(inline)]
            pub use runtime::#inlined;
        )*
        #streams
    }
}

fn client(client: &Client, package: &Package) -> TokenStream {
    let from_env = conventions::from_env(client, package);
    let of_vendor = conventions::implementation(client, package);
    let variables_doc = (!client.builder_methods.is_empty()).then(|| {
        quote! {
            /// [`ServerVariables`] has the methods that set the variables in server URLs.
        }
    });
    let variables = server::setters(&client.builder_methods);
    let features: Gate = client.products.iter().flat_map(Product::gate).collect();
    let any = condition(&features).map(|it| {
        quote!(
            #[cfg_attr(not(#it), expect(dead_code, reason = "no product is included"))]
        )
    });
    let accessors = client
        .versions()
        .map(|(product, version)| accessor(product, version));
    quote! {
        /// Configures a [`Client`]: credentials, servers, limits, retries and transport.
        pub type ClientBuilder<C = Client> = runtime::ClientBuilder<C>;

        /// The client of every product. Clones are cheap and share its connections.
        ///
        /// Use a client on one Tokio runtime: when the runtime that opened a connection shuts down, requests on the
        /// connection fail.
        #[derive(Clone, Debug)]
        pub struct Client {
            #any
            core: runtime::Client,
        }

        impl Client {
            /// Returns a builder, to set credentials, servers, timeouts, retries or a custom transport.
            #variables_doc
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            #from_env

            #(#accessors)*
        }

        impl From<runtime::Client> for Client {
            fn from(core: runtime::Client) -> Self {
                Self { core }
            }
        }

        #variables

        #of_vendor
    }
}

fn accessor(product: &Product, version: &Version) -> TokenStream {
    let gate = gate(&version_gate(product, version));
    let Version {
        module,
        accessor,
        title,
        root,
        ..
    } = version;
    let doc = outer_doc(&vec![format!(
        "The resources of {title}, version `{module}`."
    )]);
    let [product, version, accessor, root] = [&product.module, module, accessor, root].map(ident);
    quote! {
        #doc
        #gate
        pub fn #accessor(&self) -> #product::#version::#root {
            #product::#version::#root::new(&self.core)
        }
    }
}
