//! Emits the vendor's part of the client: the constant that the runtime reads, and `from_env`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{environment, server};
use crate::emit::outer_doc;
use crate::package::Package;
use crate::plan::Client;
use crate::vendor::RuntimeModule;

/// Tells the runtime which conventions the client follows.
pub(super) fn implementation(client: &Client, package: &Package) -> TokenStream {
    let Client {
        vendor,
        needs_credentials,
        has_public_operations,
        environment,
        builder_methods,
        ..
    } = client;
    let server_variables = server::variables(builder_methods);
    // Log events about requests have the library's crate name as target.
    let target = package.library();
    let log = quote!(
        const LOG: fn(&runtime::FinishedRequest<'_>) = runtime::request_log!(#target);
    );
    let Some(RuntimeModule { name, client, .. }) = vendor.runtime() else {
        let agent = &package.name;
        let environment = environment::table(environment, package);
        let optional = match (needs_credentials, has_public_operations) {
            (false, _) => quote!(.with_optional_credentials()),
            (true, true) => quote!(.with_public_operations()),
            (true, false) => quote!(),
        };
        return quote! {
            impl runtime::ApiClient for Client {
                const VENDOR: &'static runtime::Vendor = &runtime::Vendor::plain(#agent)
                    .with_environment(#environment)
                    #optional
                    #server_variables;
                #log
            }
        };
    };
    let [module, client] = [name, client].map(|it| format_ident!("{it}"));
    quote! {
        impl runtime::ApiClient for Client {
            const VENDOR: &'static runtime::Vendor = &runtime::#module::VENDOR #server_variables;
            #log
        }

        impl runtime::#module::#client for Client {}
    }
}

/// The method that reads the environment.
pub(super) fn from_env(client: &Client, package: &Package) -> TokenStream {
    let module = client.vendor.runtime();
    let lines = match module {
        Some(module) => module
            .environment
            .iter()
            .map(|it| (*it).to_owned())
            .collect(),
        None => environment::doc(&client.environment, package),
    };
    let doc = outer_doc(&lines);
    let place = module.map(|_| quote!(.region_from_env()?));
    quote! {
        #doc
        ///
        /// # Errors
        ///
        /// [`Error::Configuration`] names the variables that are missing or empty.
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().credentials_from_env()? #place.build()
        }
    }
}
