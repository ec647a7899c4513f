//! Compares how a client gets tokens for OAuth clients.

use super::environment::{is_same_flow, place};
use super::rule::Rule;
use super::wording::{code, list};
use super::{Change, Place};
use crate::api::Api;
use crate::plan::{Client, EnvironmentCredential, OAuthFlow};

/// The method of the builder that needs the only token URL of the documents.
const OAUTH_CLIENT: &str = "ClientBuilder::oauth_client";

/// Returns the scopes that tokens are newly requested for, and whether the builder's method lost its token URL.
pub(super) fn oauth(clients: [&Client; 2], apis: [&[Api]; 2]) -> Vec<Change> {
    let [old, new] = clients.map(flows);
    let places = |old: Option<&OAuthFlow>, new: Option<&OAuthFlow>| {
        let place = |side: usize, flow: &OAuthFlow| {
            place(
                apis[side],
                &EnvironmentCredential::OAuthClient(flow.clone()),
            )
        };
        [old.map(|it| place(0, it)), new.map(|it| place(1, it))]
    };
    let mut changes = Vec::new();
    for was in &old {
        let Some(is) = new.iter().find(|it| is_same_flow(was, it)) else {
            continue;
        };
        let added = is.scopes.iter().filter(|it| !was.scopes.contains(it));
        let added: Vec<String> = added.cloned().collect();
        if !added.is_empty() {
            let (scopes, url) = (list(&added), code(&is.token_url));
            let message = format!("tokens from {url} are also requested for {scopes}");
            changes.push(change(
                Rule::TokenScopeAdded,
                places(Some(was), Some(is)),
                message,
            ));
        }
    }
    if let [was] = old.as_slice()
        && new.len() != 1
    {
        let now = match new.as_slice() {
            [] => "none",
            [..] => "several",
        };
        let url = code(&was.token_url);
        let message = format!("instead of the token URL {url}, there are {now}");
        changes.push(change(
            Rule::TokenUrlLost,
            places(Some(was), new.first().copied()),
            message,
        ));
    }
    changes
}

fn change(rule: Rule, [old, new]: [Option<Place>; 2], message: String) -> Change {
    Change {
        rule,
        item: OAUTH_CLIENT.to_owned(),
        old,
        new,
        breaks: rule.breaks(),
        bump: rule.bump(),
        message,
    }
}

/// The flows of a client. Those of a vendor do not depend on the documents.
fn flows(client: &Client) -> Vec<&OAuthFlow> {
    match client.vendor.runtime() {
        Some(_) => Vec::new(),
        None => client.environment.oauth_flows(),
    }
}
