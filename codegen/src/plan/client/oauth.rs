//! Plans how a client gets tokens for an OAuth client: the token URLs and the scopes.

use std::collections::BTreeSet;

use crate::api::{Operation, Requirement, SecurityScheme, TokenUrlBase};
use crate::plan::names;
use crate::plan::viewpoint::Basis;

/// A client credentials flow, and the variables of its OAuth client by their suffixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The suffix of the variable of the id: `CLIENT_ID`.
    pub id: String,
    /// The suffix of the variable of the secret: `CLIENT_SECRET`.
    pub secret: String,
    /// The token URL.
    pub token_url: String,
    /// The server to which the token URL is relative, if it is, with variables in braces.
    pub server: Option<FlowServer>,
    /// The scopes that the operations require, sorted.
    pub scopes: Vec<String>,
}

/// The server to which a token URL is relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowServer {
    /// The product that it serves.
    pub product: String,
    /// Its URL; a relative one begins with a slash.
    pub url: String,
}

/// A flow of a document that some call uses.
pub(super) struct Flow<'a> {
    scheme: &'a str,
    token_url: &'a str,
    server: Option<FlowServer>,
}

impl<'a> Flow<'a> {
    /// The flow of a security scheme; `None` if it has none, or no usable token URL.
    pub(super) fn of(basis: &'a Basis<'_>, scheme: &str) -> Option<Self> {
        let mut schemes = basis.api.security_schemes.iter();
        let (scheme, described) = schemes.find(|(name, _)| name == scheme)?;
        let SecurityScheme::ClientCredentials {
            token_url, base, ..
        } = described
        else {
            return None;
        };
        let server = match base {
            TokenUrlBase::Unknown => return None,
            TokenUrlBase::Nothing => None,
            TokenUrlBase::Server {
                url,
                template,
                is_folder,
            } => {
                let url = template.as_ref().map_or_else(
                    || url.clone(),
                    |it| it.url(|id| basis.names.server_variable(id).unraw()),
                );
                let end = if *is_folder { "/" } else { "" };
                Some(FlowServer {
                    product: basis.api.product.clone(),
                    url: format!("{}{end}", url.trim_end_matches('/')),
                })
            }
        };
        Some(Self {
            scheme,
            token_url,
            server,
        })
    }

    /// The index of the flow in `flows`, to which it is added if it is new.
    pub(super) fn index_in(self, flows: &mut Vec<Self>) -> usize {
        let known = flows.iter().position(|it| it.is_same(&self));
        known.unwrap_or_else(|| {
            flows.push(self);
            flows.len() - 1
        })
    }

    /// Whether both get their tokens at one URL.
    fn is_same(&self, other: &Flow<'_>) -> bool {
        let [own, others] =
            [&self.server, &other.server].map(|it| it.as_ref().map(|it| it.url.as_str()));
        self.token_url == other.token_url && own == others
    }
}

/// Plans flows: the variables of their OAuth clients, and their scopes. Those of a single flow have the common names;
/// others are named after their schemes.
pub(super) fn flows(found: &[Flow<'_>], bases: &[Basis<'_>]) -> Vec<OAuthFlow> {
    let prefixes: Vec<String> = match found {
        [] => Vec::new(),
        [_] => vec![String::new()],
        [..] => {
            let schemes = found.iter().map(|it| it.scheme);
            let names = names::environment_variables(schemes, &[]).into_iter();
            names.map(|it| it + "_").collect()
        }
    };
    let flows = found.iter().zip(prefixes);
    let flows = flows.map(|(flow, prefix)| OAuthFlow {
        id: format!("{prefix}CLIENT_ID"),
        secret: format!("{prefix}CLIENT_SECRET"),
        token_url: flow.token_url.to_owned(),
        server: flow.server.clone(),
        scopes: scopes(flow, bases).into_iter().collect(),
    });
    flows.collect()
}

/// The scopes with which a token of the flow is enough for every operation that takes one.
fn scopes(flow: &Flow<'_>, bases: &[Basis<'_>]) -> BTreeSet<String> {
    let mut scopes = BTreeSet::new();
    for basis in bases {
        let is_own = |it: &Requirement| {
            let other = Flow::of(basis, &it.scheme);
            other.is_some_and(|other| flow.is_same(&other))
        };
        let is_issued = |it: &Requirement| it.scopes.iter().all(|scope| issues(basis, it, scope));
        for operation in &basis.api.operations {
            let requirements = requirements(operation, &is_own, &is_issued);
            let wanted = requirements.flat_map(|it| it.scopes.iter().map(move |scope| (it, scope)));
            let issued = wanted.filter(|(it, scope)| issues(basis, it, scope));
            scopes.extend(issued.map(|(_, scope)| scope.clone()));
        }
    }
    scopes
}

/// What an operation requires of the flow: by the first alternative for which its tokens are enough, or else by the first
/// that takes one.
fn requirements<'a>(
    operation: &'a Operation,
    is_own: &impl Fn(&Requirement) -> bool,
    is_issued: &impl Fn(&Requirement) -> bool,
) -> impl Iterator<Item = &'a Requirement> {
    let alternatives = || operation.security.iter().filter(|it| !it.is_empty());
    let enough = alternatives().find(|it| it.iter().all(|it| is_own(it) && is_issued(it)));
    let chosen = enough.or_else(|| alternatives().find(|it| it.iter().any(is_own)));
    let chosen = chosen.into_iter().flatten();
    chosen.filter(|it| is_own(it))
}

/// Whether the flow of a scheme issues tokens with a scope. One that declares none may issue any.
fn issues(basis: &Basis<'_>, requirement: &Requirement, scope: &String) -> bool {
    let mut schemes = basis.api.security_schemes.iter();
    schemes.any(|(name, described)| match described {
        SecurityScheme::ClientCredentials { scopes, .. } => {
            *name == requirement.scheme && (scopes.is_empty() || scopes.contains(scope))
        }
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ApiKey { .. }
        | SecurityScheme::Http(_)
        | SecurityScheme::ClientCertificate => false,
    })
}
