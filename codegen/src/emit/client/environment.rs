//! Emits the table of environment variables for a client without a vendor, and its docs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::package::Package;
use crate::plan::{Client, Doc, Environment, EnvironmentCredential, FlowServer, OAuthFlow};
use crate::report::code;

/// The table, which the runtime reads.
pub(super) fn table(environment: &Environment, package: &Package) -> TokenStream {
    let Environment { ways, is_required } = environment;
    let ways = ways.iter().map(|way| {
        let credentials = way.iter().map(|it| credential(it, package));
        quote!(&[#(#credentials),*])
    });
    quote! {
        runtime::Environment {
            ways: &[#(#ways),*],
            is_required: #is_required,
        }
    }
}

fn credential(credential: &EnvironmentCredential, package: &Package) -> TokenStream {
    match credential {
        EnvironmentCredential::Account => {
            let [username, password] = ["USERNAME", "PASSWORD"].map(|it| variable(it, package));
            quote! {
                runtime::EnvironmentCredential::Account {
                    username: #username,
                    password: #password,
                }
            }
        }
        EnvironmentCredential::Token => {
            let token = variable("TOKEN", package);
            quote!(runtime::EnvironmentCredential::Token { token: #token })
        }
        EnvironmentCredential::OAuthClient(flow) => {
            let OAuthFlow {
                id,
                secret,
                token_url,
                server,
                scopes,
            } = flow;
            let [id, secret] = [id, secret].map(|it| variable(it, package));
            let relative = server.as_ref().map(|FlowServer { product, url }| {
                quote!(.relative_to(runtime::Product::new(#product), #url))
            });
            quote! {
                runtime::EnvironmentCredential::OAuthClient {
                    id: #id,
                    secret: #secret,
                    flow: &runtime::ClientCredentialsFlow::new(#token_url, &[#(#scopes),*])
                        #relative,
                }
            }
        }
        EnvironmentCredential::ApiKey {
            variable: end,
            name,
            place: _,
        } => {
            let key = variable(end, package);
            quote!(runtime::EnvironmentCredential::ApiKey { name: #name, key: #key })
        }
    }
}

/// The docs of the method that reads the environment.
pub(super) fn doc(environment: &Environment, package: &Package) -> Doc {
    let Environment { ways, is_required } = environment;
    let ways: Vec<String> = ways.iter().map(|it| named(it, package)).collect();
    let optional = "If nothing is set, calls are made without credentials.";
    let mut lines = match ways.as_slice() {
        [] if *is_required => vec![
            "An error: what this API is signed in to with is not in the environment. Set it by the [`builder`](Self::builder)."
                .to_owned(),
        ],
        [] => vec!["A client without credentials, since no call takes any.".to_owned()],
        [only] => vec![format!("A client with the credentials of the environment: {only}.")],
        [..] => {
            let mut lines = vec![
                "A client with the credentials of the environment, by each of these ways that is set as a whole:"
                    .to_owned(),
                String::new(),
            ];
            lines.extend(ways.iter().map(|it| format!("- {it}")));
            if let [others @ .., last] = environment.authorizations().as_slice()
                && !others.is_empty()
            {
                let others = others.join(", ");
                let first = format!("Of {others} and {last}, the first that is set counts.");
                lines.extend([String::new(), first]);
            }
            lines
        }
    };
    if !is_required && !ways.is_empty() {
        lines.extend([String::new(), optional.to_owned()]);
    }
    lines
}

/// The chapter of the crate docs on the contents of each variable, unless the vendor has its own names.
pub(super) fn chapter(client: &Client, package: &Package) -> Doc {
    let credentials = client.environment.credentials();
    if client.vendor.runtime().is_some() || credentials.is_empty() {
        return Doc::new();
    }
    let lines = "
# Credentials

[`Client::from_env`] reads them from these variables:
";
    let mut lines: Doc = lines.lines().map(str::to_owned).collect();
    lines.push(String::new());
    lines.extend(credentials.into_iter().map(|credential| {
        let variables = named(std::slice::from_ref(credential), package);
        let what = match credential {
            EnvironmentCredential::Account => {
                "an account, for HTTP Basic authentication".to_owned()
            }
            EnvironmentCredential::Token => "a bearer token".to_owned(),
            EnvironmentCredential::OAuthClient(flow) => oauth_client(flow),
            EnvironmentCredential::ApiKey { place, .. } => format!("an API key, for {place}"),
        };
        format!("- {variables}: {what}")
    }));
    if client.environment.oauth_flows().len() == 1 {
        let passed = "
A program passes another OAuth client to [`oauth_client`](ClientBuilder::oauth_client), and other scopes to
[`scopes`](ClientBuilder::scopes).";
        lines.extend(passed.lines().map(str::to_owned));
    }
    lines
}

/// What an OAuth client is for.
fn oauth_client(flow: &OAuthFlow) -> String {
    let relative = if flow.server.is_some() {
        ", relative to the server"
    } else {
        ""
    };
    let place = format!("{}{relative}", code(&flow.token_url));
    let scopes: Vec<String> = flow.scopes.iter().map(|it| code(it)).collect();
    let scopes = match scopes.as_slice() {
        [] => String::new(),
        [scope] => format!(", with the scope {scope}"),
        [others @ .., last] => format!(", with the scopes {} and {last}", others.join(", ")),
    };
    format!("an OAuth client, which gets tokens at {place}{scopes}")
}

/// The variables of all credentials: "`A`, `B` and `C`".
fn named(credentials: &[EnvironmentCredential], package: &Package) -> String {
    let variables = credentials
        .iter()
        .flat_map(EnvironmentCredential::variables);
    let variables = variables.map(|it| format!("`{}`", variable(it, package)));
    variables.collect::<Vec<_>>().join(" and ")
}

/// A variable, given the end of its name: it starts with the crate's name.
fn variable(end: &str, package: &Package) -> String {
    let name = package
        .name
        .chars()
        .map(|it| match it.is_ascii_alphanumeric() {
            true => it.to_ascii_uppercase(),
            false => '_',
        });
    format!("{}_{end}", name.collect::<String>())
}
