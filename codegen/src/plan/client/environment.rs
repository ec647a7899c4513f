//! Plans the credentials that a client reads from the environment, unless its vendor defines them.

use crate::api::{Api, KeyLocation, Operation, SecurityScheme, Signing};
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

    /// Whether both accounts and tokens are read, although a call uses only one.
    pub fn has_several_authorizations(&self) -> bool {
        let has = |wanted| self.ways.iter().flatten().any(|it| *it == wanted);
        has(EnvironmentCredential::Account) && has(EnvironmentCredential::Token)
    }
}

/// A credential in the environment. Variables are given by their suffixes, which follow the crate's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvironmentCredential {
    /// A username and a password: `USERNAME` and `PASSWORD`.
    Account,
    /// A bearer token: `TOKEN`.
    Token,
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
            Self::ApiKey { variable, .. } => vec![variable],
        }
    }
}

/// A credential whose variable is not named yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Account,
    Token,
    /// One of the keys, by its index.
    ApiKey(usize),
}

/// An API key that some call uses.
struct ApiKey<'a> {
    scheme: &'a str,
    location: KeyLocation,
    name: &'a str,
}

/// Plans what a client of all versions reads.
///
/// Documents without security schemes say nothing about credentials, so those are optional.
pub(super) fn environment(bases: &[Basis<'_>]) -> Environment {
    let mut keys = Vec::new();
    let mut ways: Vec<Vec<Wanted>> = Vec::new();
    for Basis { api, .. } in bases {
        for operation in &api.operations {
            for way in ways_of(api, operation, &mut keys) {
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
    let variables = variables(&keys, &ways);
    let credential = |wanted: &Wanted| match *wanted {
        Wanted::Account => EnvironmentCredential::Account,
        Wanted::Token => EnvironmentCredential::Token,
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
    api: &'a Api,
    operation: &'a Operation,
    keys: &mut Vec<ApiKey<'a>>,
) -> Vec<Vec<Wanted>> {
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
            together(wanted, keys)
        });
        return ways.filter(|it| !it.is_empty()).collect();
    }
    if sent.peek().is_none() {
        return together([("", None)], keys);
    }
    let ways = sent.flat_map(|(name, scheme)| together([(name, Some(scheme))], keys));
    ways.collect()
}

/// The ways to satisfy all of `schemes`: one for each kind of credential that `Authorization` may have, and none if the
/// environment cannot hold any of these. Undeclared schemes are unknown.
fn together<'a>(
    schemes: impl IntoIterator<Item = (&'a str, Option<&'a SecurityScheme>)>,
    keys: &mut Vec<ApiKey<'a>>,
) -> Vec<Vec<Wanted>> {
    let (mut wanted, mut authorizations, mut has_authorization) = (Vec::new(), Vec::new(), false);
    for (scheme, described) in schemes {
        let kinds: &[Wanted] = match described {
            Some(SecurityScheme::ApiKey { location, name }) => {
                wanted.push(Wanted::ApiKey(index_of(
                    ApiKey {
                        scheme,
                        location: *location,
                        name,
                    },
                    keys,
                )));
                continue;
            }
            Some(SecurityScheme::Basic) => &[Wanted::Account],
            Some(SecurityScheme::Bearer { .. } | SecurityScheme::ClientCredentials { .. }) => {
                &[Wanted::Token]
            }
            Some(SecurityScheme::ClientCertificate) => continue,
            Some(SecurityScheme::Http(_)) => &[],
            None => &[Wanted::Account, Wanted::Token],
        };
        has_authorization = true;
        for kind in kinds {
            if !authorizations.contains(kind) {
                authorizations.push(*kind);
            }
        }
    }
    if !has_authorization {
        return vec![wanted];
    }
    let ways = authorizations.into_iter();
    ways.map(|it| [vec![it], wanted.clone()].concat()).collect()
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
fn variables(keys: &[ApiKey<'_>], ways: &[Vec<Wanted>]) -> Vec<String> {
    if keys.len() == 1 {
        return vec!["API_KEY".to_owned()];
    }
    let reserved = ways.iter().flatten().flat_map(|it| match it {
        Wanted::Account => ["username", "password"].as_slice(),
        Wanted::Token => &["token"],
        Wanted::ApiKey(_) => &[],
    });
    let reserved: Vec<&str> = reserved.copied().collect();
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
