//! Plans the credentials that a client reads from the environment, unless its vendor defines them.

use super::oauth::{self, Flow, OAuthFlow};
use crate::api::{KeyLocation, Operation, SecurityScheme, Signing};
use crate::plan::names;
use crate::plan::viewpoint::Basis;
use crate::report::code;

/// The ways to authenticate from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The ways, in the order of the spec. Each needs all of its credentials.
    pub ways: Vec<Vec<EnvironmentCredential>>,
    /// Whether it is an error if none of them is set.
    pub is_required: bool,
}

impl Environment {
    /// The credentials, each once.
    pub(crate) fn credentials(&self) -> Vec<&EnvironmentCredential> {
        let mut credentials = Vec::new();
        for credential in self.ways.iter().flatten() {
            if !credentials.contains(&credential) {
                credentials.push(credential);
            }
        }
        credentials
    }

    /// The flows of the OAuth clients, each once.
    pub fn oauth_flows(&self) -> Vec<&OAuthFlow> {
        let credentials = self.credentials().into_iter();
        let flows = credentials.filter_map(|it| match it {
            EnvironmentCredential::OAuthClient(flow) => Some(flow),
            EnvironmentCredential::Account
            | EnvironmentCredential::Token
            | EnvironmentCredential::ApiKey { .. } => None,
        });
        flows.collect()
    }

    /// The kinds of credentials for the `Authorization` header, of which a call uses one.
    pub fn authorizations(&self) -> Vec<&'static str> {
        let kinds = self.ways.iter().flatten().filter_map(|it| match it {
            EnvironmentCredential::Account => Some("an account"),
            EnvironmentCredential::Token => Some("a token"),
            EnvironmentCredential::OAuthClient(_) => Some("an OAuth client"),
            EnvironmentCredential::ApiKey { .. } => None,
        });
        let mut authorizations = Vec::new();
        for kind in kinds {
            if !authorizations.contains(&kind) {
                authorizations.push(kind);
            }
        }
        authorizations
    }
}

/// A credential in the environment. Variables are given by their suffixes, which follow the crate's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvironmentCredential {
    /// A username and a password: `USERNAME` and `PASSWORD`.
    Account,
    /// A bearer token: `TOKEN`.
    Token,
    /// An OAuth client, for which the client fetches bearer tokens.
    OAuthClient(OAuthFlow),
    /// An API key.
    ApiKey {
        /// The suffix of its variable: `API_KEY`.
        variable: String,
        /// The name of the header, the query parameter or the cookie.
        name: String,
        /// Where it is sent, in words: "the header `X-Api-Key`".
        place: String,
    },
}

impl EnvironmentCredential {
    /// The suffixes of its variables.
    pub(crate) fn variables(&self) -> Vec<&str> {
        match self {
            Self::Account => vec!["USERNAME", "PASSWORD"],
            Self::Token => vec!["TOKEN"],
            Self::OAuthClient(flow) => vec![&flow.id, &flow.secret],
            Self::ApiKey { variable, .. } => vec![variable],
        }
    }
}

/// A credential whose variable is not named yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Account,
    Token,
    /// The client of one of the flows, by its index.
    OAuthClient(usize),
    /// One of the keys, by its index.
    ApiKey(usize),
}

/// An API key that some call uses.
struct ApiKey<'a> {
    scheme: &'a str,
    location: KeyLocation,
    name: &'a str,
}

/// The keys and flows that some call uses.
#[derive(Default)]
struct Found<'a> {
    keys: Vec<ApiKey<'a>>,
    flows: Vec<Flow<'a>>,
}

/// Plans what a client of all versions reads.
///
/// Documents without security schemes say nothing about credentials, so those are optional.
pub(super) fn environment(bases: &[Basis<'_>]) -> Environment {
    let mut found = Found::default();
    let mut ways: Vec<Vec<Wanted>> = Vec::new();
    for basis in bases {
        for operation in &basis.api.operations {
            for way in ways_of(basis, operation, &mut found) {
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
    }
    let tells = bases
        .iter()
        .any(|it| it.api.sent_schemes().next().is_some());
    let needs = bases.iter().any(|it| it.needs_credentials);
    let flows = oauth::flows(&found.flows, bases);
    let keys = &found.keys;
    let variables = variables(keys, &flows, &ways);
    let credential = |wanted: &Wanted| match *wanted {
        Wanted::Account => EnvironmentCredential::Account,
        Wanted::Token => EnvironmentCredential::Token,
        Wanted::OAuthClient(flow) => EnvironmentCredential::OAuthClient(flows[flow].clone()),
        Wanted::ApiKey(key) => EnvironmentCredential::ApiKey {
            variable: variables[key].clone(),
            name: keys[key].name.to_owned(),
            place: place(&keys[key]),
        },
    };
    Environment {
        is_required: needs || (tells && !ways.is_empty()),
        ways: ways
            .iter()
            .map(|way| way.iter().map(credential).collect())
            .collect(),
    }
}

/// The ways to sign a call. If a document does not say, these are all its schemes, or the usual ones.
fn ways_of<'a>(
    basis: &'a Basis<'_>,
    operation: &'a Operation,
    found: &mut Found<'a>,
) -> Vec<Vec<Wanted>> {
    let api = basis.api;
    match operation.signing {
        Signing::Nothing => return Vec::new(),
        Signing::Usual | Signing::Optional | Signing::OneOf(_) => {}
    }
    let schemes = api.security_schemes.iter();
    let schemes = schemes.map(|(name, scheme)| (name.as_str(), Some(scheme)));
    let mut sent = api.sent_schemes().peekable();
    if !operation.security.is_empty() {
        let alternatives = operation.security.iter().filter(|it| !it.is_empty());
        let ways = alternatives.flat_map(|requirements| {
            let wanted = requirements.iter().map(|it| it.scheme.as_str());
            let wanted = wanted.map(|wanted| {
                let known = schemes.clone().find(|(name, _)| *name == wanted);
                known.unwrap_or((wanted, None))
            });
            found.together(basis, wanted)
        });
        return ways.filter(|it| !it.is_empty()).collect();
    }
    if sent.peek().is_none() {
        return found.together(basis, [("", None)]);
    }
    let ways = sent.flat_map(|(name, scheme)| found.together(basis, [(name, Some(scheme))]));
    ways.collect()
}

impl<'a> Found<'a> {
    /// The ways to satisfy all of `schemes`: one for each kind of credential that `Authorization` may have, and none if
    /// the environment cannot hold any of these. Undeclared schemes are unknown.
    fn together(
        &mut self,
        basis: &'a Basis<'_>,
        schemes: impl IntoIterator<Item = (&'a str, Option<&'a SecurityScheme>)>,
    ) -> Vec<Vec<Wanted>> {
        let (mut wanted, mut authorizations, mut has_authorization) =
            (Vec::new(), Vec::new(), false);
        for (scheme, described) in schemes {
            let kinds: Vec<Wanted> = match described {
                Some(SecurityScheme::ApiKey { location, name }) => {
                    wanted.push(Wanted::ApiKey(index_of(
                        ApiKey {
                            scheme,
                            location: *location,
                            name,
                        },
                        &mut self.keys,
                    )));
                    continue;
                }
                Some(SecurityScheme::Basic) => vec![Wanted::Account],
                Some(SecurityScheme::Bearer { .. }) => vec![Wanted::Token],
                Some(SecurityScheme::ClientCredentials { .. }) => {
                    let flow = Flow::of(basis, scheme);
                    let client = flow.map(|it| Wanted::OAuthClient(it.index_in(&mut self.flows)));
                    [Wanted::Token].into_iter().chain(client).collect()
                }
                Some(SecurityScheme::ClientCertificate) => continue,
                Some(SecurityScheme::Http(_)) => Vec::new(),
                None => vec![Wanted::Account, Wanted::Token],
            };
            has_authorization = true;
            for kind in kinds {
                if !authorizations.contains(&kind) {
                    authorizations.push(kind);
                }
            }
        }
        if !has_authorization {
            return vec![wanted];
        }
        let ways = authorizations.into_iter();
        ways.map(|it| [vec![it], wanted.clone()].concat()).collect()
    }
}

/// The index of a key, identified by its name, whichever scheme declares it. Headers are case-insensitive (RFC 9110
/// §5.1).
fn index_of<'a>(key: ApiKey<'a>, keys: &mut Vec<ApiKey<'a>>) -> usize {
    let is_same = |other: &ApiKey<'_>| {
        let are_headers = [&key, other].map(|it| it.location) == [KeyLocation::Header; 2];
        other.name == key.name || (are_headers && other.name.eq_ignore_ascii_case(key.name))
    };
    keys.iter().position(is_same).unwrap_or_else(|| {
        keys.push(key);
        keys.len() - 1
    })
}

/// The suffixes of the keys' variables. A single key has the common name; others are named after their schemes.
fn variables(keys: &[ApiKey<'_>], flows: &[OAuthFlow], ways: &[Vec<Wanted>]) -> Vec<String> {
    if keys.len() == 1 {
        return vec!["API_KEY".to_owned()];
    }
    let of_flows = flows.iter().flat_map(|it| [&it.id, &it.secret]);
    let of_flows: Vec<String> = of_flows.map(|it| it.to_ascii_lowercase()).collect();
    let reserved = ways.iter().flatten().flat_map(|it| match it {
        Wanted::Account => ["username", "password"].as_slice(),
        Wanted::Token => &["token"],
        Wanted::OAuthClient(_) | Wanted::ApiKey(_) => &[],
    });
    let reserved = reserved.copied().chain(of_flows.iter().map(String::as_str));
    let reserved: Vec<&str> = reserved.collect();
    names::environment_variables(keys.iter().map(|it| it.scheme), &reserved)
}

fn place(key: &ApiKey<'_>) -> String {
    let kind = match key.location {
        KeyLocation::Header => "header",
        KeyLocation::Query => "query parameter",
        KeyLocation::Cookie => "cookie",
    };
    format!("the {kind} {}", code(key.name))
}
