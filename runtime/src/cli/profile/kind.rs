//! The ways to sign in; a profile uses one of them.

use crate::builder::ClientBuilder;
use crate::client_credentials::OAuthClient;
use crate::error::Error;
use crate::vendor::{Deployment, EnvironmentCredential, Vendor};

/// A way to sign in, and its values in a profile.
pub(in crate::cli) struct ProfileKind {
    /// Its name in a shell.
    pub(in crate::cli) name: String,
    pub(in crate::cli) variables: Vec<Variable>,
    deployment: Option<&'static Deployment>,
}

/// A value, under its name in the environment.
pub(in crate::cli) struct Variable {
    pub(in crate::cli) name: &'static str,
    pub(in crate::cli) is_secret: bool,
}

/// Returns the ways to sign in with a vendor: those of the environment, and those of other companies that serve its
/// API.
pub(in crate::cli) fn kinds(vendor: &Vendor) -> Vec<ProfileKind> {
    let ways = vendor.environment.ways;
    let names: Vec<&str> = ways
        .iter()
        .flat_map(|it| it.iter())
        .map(|it| first(*it))
        .collect();
    let prefix = shared_words(&names);
    let ways = ways.iter().map(|way| {
        let words = way.iter().map(|it| kebab(&first(*it)[prefix..]));
        ProfileKind {
            name: words.collect::<Vec<_>>().join("+"),
            variables: way.iter().flat_map(|it| variables(*it)).collect(),
            deployment: None,
        }
    });
    let deployments = vendor.deployments.iter().map(|it| ProfileKind {
        name: kebab(it.name),
        variables: vec![shown(it.variables[0]), secret(it.variables[1])],
        deployment: Some(*it),
    });
    ways.chain(deployments).collect()
}

impl ProfileKind {
    /// Signs in with the value that `lookup` returns for each variable. All are required.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for values that cannot be sent.
    pub(in crate::cli) fn sign_in(
        &self,
        builder: ClientBuilder,
        vendor: &Vendor,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<ClientBuilder, Error> {
        let value = |name: &str| lookup(name).unwrap_or_default();
        match self.deployment {
            Some(deployment) => {
                let [id, secret] = deployment.variables.map(value);
                Ok(builder.deployment(deployment, id, secret))
            }
            None => {
                let lookup = |name: &str| lookup(name).ok_or(std::env::VarError::NotPresent);
                builder.credentials_from(&vendor.environment, Some(OAuthClient::new), &lookup)
            }
        }
    }

    /// Returns the company whose servers it uses, if it is not the vendor.
    pub(in crate::cli) fn company(&self) -> Option<&'static str> {
        self.deployment.map(|it| it.name)
    }
}

/// Returns the variable after which a credential is named.
fn first(credential: EnvironmentCredential) -> &'static str {
    match credential {
        EnvironmentCredential::Account { username, .. } => username,
        EnvironmentCredential::Token { token } => token,
        EnvironmentCredential::OAuthClient { id, .. } => id,
        EnvironmentCredential::ApiKey { key, .. } => key,
    }
}

fn variables(credential: EnvironmentCredential) -> Vec<Variable> {
    match credential {
        EnvironmentCredential::Account { username, password } => {
            vec![shown(username), secret(password)]
        }
        EnvironmentCredential::Token { token } => vec![secret(token)],
        EnvironmentCredential::OAuthClient {
            id, secret: own, ..
        } => vec![shown(id), secret(own)],
        EnvironmentCredential::ApiKey { key, .. } => vec![secret(key)],
    }
}

fn shown(name: &'static str) -> Variable {
    Variable {
        name,
        is_secret: false,
    }
}

fn secret(name: &'static str) -> Variable {
    Variable {
        name,
        is_secret: true,
    }
}

/// Returns the length of the common prefix of words in all names. The last word of each is never part of it.
fn shared_words(names: &[&str]) -> usize {
    let Some((first, others)) = names.split_first() else {
        return 0;
    };
    let mut ends = first.match_indices('_').map(|(index, _)| index + 1);
    let is_shared = |end: &usize| others.iter().all(|it| it.starts_with(&first[..*end]));
    ends.rfind(is_shared).unwrap_or(0)
}

fn kebab(words: &str) -> String {
    words.to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendor::{ClientCredentialsFlow, Environment};

    fn names(vendor: &Vendor) -> Vec<String> {
        kinds(vendor).into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn kinds_are_named_after_their_variables() {
        const OAUTH: Vendor = Vendor::plain("x").with_environment(Environment {
            ways: &[
                &[EnvironmentCredential::Token {
                    token: "SHOP_TOKEN",
                }],
                &[EnvironmentCredential::OAuthClient {
                    id: "SHOP_CLIENT_ID",
                    secret: "SHOP_CLIENT_SECRET",
                    flow: &ClientCredentialsFlow::new("https://auth.example/token", &[]),
                }],
            ],
            is_required: true,
        });
        assert_eq!(
            names(&crate::twilio::VENDOR),
            ["api-key", "account-sid", "kore"]
        );
        let one = Vendor::plain("x").with_environment(Environment {
            ways: &[&[EnvironmentCredential::Token {
                token: "SHOP_TOKEN",
            }]],
            is_required: true,
        });
        assert_eq!(names(&one), ["token"]);
        let both = Vendor::plain("x").with_environment(Environment {
            ways: &[
                &[
                    EnvironmentCredential::ApiKey {
                        name: "X-Id",
                        key: "SHOP_APP_ID",
                    },
                    EnvironmentCredential::ApiKey {
                        name: "X-Key",
                        key: "SHOP_APP_KEY",
                    },
                ],
                &[EnvironmentCredential::Token {
                    token: "SHOP_TOKEN",
                }],
            ],
            is_required: true,
        });
        assert_eq!(names(&both), ["app-id+app-key", "token"]);
        assert_eq!(names(&OAUTH), ["token", "client-id"]);
    }
}
