//! Describes the scopes that a request requires (RFC 6749 §3.3).

use std::collections::BTreeSet;

use crate::api::{Api, Operation, Requirement, SecurityScheme};

/// The scopes that a token for an operation must have, as a sentence; `None` if it names none. `shown` formats names of
/// the spec.
pub(super) fn sentence(
    api: &Api,
    operation: &Operation,
    shown: impl Fn(&str) -> String,
) -> Option<String> {
    let alternatives = alternatives(api, operation);
    let is_free = |it: &Alternative<'_>| it.scopes.is_empty();
    // If another way to sign in requires no scope, the scheme tells when they are required.
    let has_free = alternatives.iter().any(is_free);
    let scoped = || alternatives.iter().filter(|it| !is_free(it));
    let has_choice = !has_free && scoped().all(|it| it.scopes.len() == 1);
    if has_choice && scoped().nth(1).is_some() {
        let scopes = distinct(scoped().flat_map(|it| &it.scopes).map(|it| shown(it)));
        return Some(format!("Requires the scope {}.", list(&scopes, "or")));
    }
    let phrases = distinct(scoped().map(|it| {
        let noun = if it.scopes.len() == 1 {
            "scope"
        } else {
            "scopes"
        };
        let scopes: Vec<String> = it.scopes.iter().map(|it| shown(it)).collect();
        let scheme = has_free.then(|| format!(" with {}", shown(it.scheme)));
        format!(
            "the {noun} {}{}",
            list(&scopes, "and"),
            scheme.unwrap_or_default()
        )
    }));
    (!phrases.is_empty()).then(|| format!("Requires {}.", phrases.join(", or ")))
}

/// A way to sign in, as far as tokens are concerned.
struct Alternative<'a> {
    /// The first scheme with scopes.
    scheme: &'a str,
    scopes: BTreeSet<&'a str>,
}

/// The ways to sign in.
fn alternatives<'a>(api: &Api, operation: &'a Operation) -> Vec<Alternative<'a>> {
    let alternatives = operation.security.iter().map(|requirements| {
        let with_scopes = requirements.iter().filter(|it| !it.scopes.is_empty());
        let with_scopes: Vec<_> = with_scopes.filter(|it| is_token(api, it)).collect();
        let scopes = with_scopes.iter().flat_map(|it| &it.scopes);
        Alternative {
            scheme: with_scopes.first().map_or("", |it| it.scheme.as_str()),
            scopes: scopes.map(String::as_str).collect(),
        }
    });
    alternatives.collect()
}

/// Whether a scheme takes a token. The lists of other schemes are not scopes (OpenAPI 3.1.0, Security Requirement Object).
fn is_token(api: &Api, requirement: &Requirement) -> bool {
    let mut schemes = api.security_schemes.iter();
    match schemes.find(|(name, _)| *name == requirement.scheme) {
        Some((_, scheme)) => match scheme {
            SecurityScheme::Bearer { .. } | SecurityScheme::ClientCredentials { .. } => true,
            SecurityScheme::Basic | SecurityScheme::ApiKey { .. } => false,
            SecurityScheme::Http(_) | SecurityScheme::ClientCertificate => false,
        },
        None => false,
    }
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

fn list(names: &[String], last: &str) -> String {
    match names {
        [others @ .., end] if !others.is_empty() => format!("{} {last} {end}", others.join(", ")),
        [..] => names.concat(),
    }
}
