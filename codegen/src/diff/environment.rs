//! Compares the variables that a client reads from the environment.
//!
//! All products of a crate share them: one more API key in any of them renames the variable of the first.

use super::rule::Rule;
use super::servers::is_same_url;
use super::wording::code;
use super::{Change, Place};
use crate::api::{Api, SecurityScheme};
use crate::plan::{Client, EnvironmentCredential, OAuthFlow};
use crate::pointer::Pointer;

/// The method that reads the environment.
const FROM_ENV: &str = "Client::from_env";

/// Returns the variables that callers may set and the new client does not read.
pub(super) fn environment(clients: [&Client; 2], apis: [&[Api]; 2]) -> Vec<Change> {
    let [old, new] = clients.map(credentials);
    let mut changes = Vec::new();
    for credential in old {
        let now = new.iter().find(|it| is_same(it, credential)).copied();
        let kept: Vec<&str> = match now {
            Some(now) => now.variables(),
            None => new.iter().flat_map(|it| it.variables()).collect(),
        };
        let mut lost = credential.variables();
        lost.retain(|it| !kept.contains(it));
        if lost.is_empty() {
            continue;
        }
        let rule = match now {
            Some(_) => Rule::EnvironmentVariableRenamed,
            None => Rule::EnvironmentVariableRemoved,
        };
        changes.push(Change {
            rule,
            item: FROM_ENV.to_owned(),
            old: Some(place(apis[0], credential)),
            new: now.map(|it| place(apis[1], it)),
            breaks: rule.breaks(),
            bump: rule.bump(),
            message: message(credential, &lost, now),
        });
    }
    changes
}

fn message(
    credential: &EnvironmentCredential,
    lost: &[&str],
    now: Option<&EnvironmentCredential>,
) -> String {
    let (noun, verbs) = match lost.len() {
        1 => ("variable", ["was", "is"]),
        _ => ("variables", ["were", "are"]),
    };
    let subject = format!(
        "the environment {noun} {} of {}",
        shown(lost),
        words(credential)
    );
    match now {
        Some(now) => format!(
            "{subject} {} renamed to {}",
            verbs[0],
            shown(&now.variables())
        ),
        None => format!("{subject} {} no longer read", verbs[1]),
    }
}

/// Returns the credentials that a client reads, each once. Those of a vendor do not depend on the documents.
fn credentials(client: &Client) -> Vec<&EnvironmentCredential> {
    match client.vendor.runtime() {
        Some(_) => Vec::new(),
        None => client.environment.credentials(),
    }
}

/// Returns whether a caller has the same credential for both.
fn is_same(one: &EnvironmentCredential, other: &EnvironmentCredential) -> bool {
    match one {
        EnvironmentCredential::Account | EnvironmentCredential::Token => one == other,
        EnvironmentCredential::OAuthClient(own) => {
            matches!(other, EnvironmentCredential::OAuthClient(flow) if is_same_flow(own, flow))
        }
        EnvironmentCredential::ApiKey { place: own, .. } => {
            matches!(other, EnvironmentCredential::ApiKey { place, .. } if place == own)
        }
    }
}

/// Returns whether two flows issue tokens at one URL.
pub(super) fn is_same_flow(one: &OAuthFlow, other: &OAuthFlow) -> bool {
    let [server, others] = [one, other].map(|it| it.server.as_ref().map(|it| &it.url));
    is_same_url(&one.token_url, &other.token_url) && server == others
}

/// Formats variables, whose names begin with the crate's.
fn shown(suffixes: &[&str]) -> String {
    let names = suffixes.iter().map(|it| code(&format!("*_{it}")));
    names.collect::<Vec<String>>().join(" and ")
}

fn words(credential: &EnvironmentCredential) -> String {
    match credential {
        EnvironmentCredential::Account => "an account".to_owned(),
        EnvironmentCredential::Token => "a token".to_owned(),
        EnvironmentCredential::OAuthClient(flow) => {
            format!("the OAuth client for {}", code(&flow.token_url))
        }
        EnvironmentCredential::ApiKey { place, .. } => place.clone(),
    }
}

/// Returns the place of the first security scheme that takes a credential, or that of the first document: operations may
/// name schemes that no document declares.
pub(super) fn place(apis: &[Api], credential: &EnvironmentCredential) -> Place {
    let at = Pointer::root().key("components").key("securitySchemes");
    let schemes = apis.iter().enumerate().flat_map(|(file, api)| {
        let schemes = api.security_schemes.iter();
        schemes.map(move |(name, scheme)| (file, name, scheme))
    });
    let mut taking = schemes.filter(|(_, _, scheme)| takes(scheme, credential));
    match taking.next() {
        Some((file, name, _)) => Place {
            file,
            at: at.key(name),
        },
        None => Place {
            file: 0,
            at: Pointer::root(),
        },
    }
}

fn takes(scheme: &SecurityScheme, credential: &EnvironmentCredential) -> bool {
    match credential {
        EnvironmentCredential::Account => *scheme == SecurityScheme::Basic,
        EnvironmentCredential::Token => matches!(
            scheme,
            SecurityScheme::Bearer { .. } | SecurityScheme::ClientCredentials { .. }
        ),
        EnvironmentCredential::OAuthClient(flow) => matches!(
            scheme,
            SecurityScheme::ClientCredentials { token_url, .. } if *token_url == flow.token_url
        ),
        EnvironmentCredential::ApiKey { name: own, .. } => {
            matches!(scheme, SecurityScheme::ApiKey { name, .. } if name == own)
        }
    }
}
