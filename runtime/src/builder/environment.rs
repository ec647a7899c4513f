//! Reads credentials from the environment. Errors name variables but never their values.

use super::credentials::Credentials;
use crate::client_credentials::{Issuer, NewOAuthClient};
use crate::environment::{Lookup, variable};
use crate::error::{ConfigurationError, Error};
use crate::vendor::{Environment, EnvironmentCredential};

/// The credentials in the environment.
#[derive(Debug, Default)]
pub(super) struct EnvironmentCredentials {
    /// The credentials for the `Authorization` header.
    pub(super) credentials: Option<Credentials>,
    /// The API keys by parameter name.
    pub(super) api_keys: Vec<(&'static str, ApiKey)>,
}

/// An API key. `Debug` redacts it.
pub(super) struct ApiKey(pub(super) String);

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiKey(<redacted>)")
    }
}

/// The value of one credential's variables.
enum Value {
    Authorization(Credentials),
    ApiKey(&'static str, String),
}

/// Reads credentials from environment variables: those of every way to sign in whose variables are all set. If several
/// provide `Authorization`, the first one wins.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if no way to sign in is complete, unless none is required; if only one half of an
/// account is set; or if a value has white space around it or is not Unicode.
pub(super) fn credentials(
    environment: &Environment,
    oauth: Option<NewOAuthClient>,
    lookup: Lookup<'_>,
) -> Result<EnvironmentCredentials, Error> {
    let mut found = EnvironmentCredentials::default();
    let mut has_whole = false;
    let mut part = None;
    for way in environment.ways {
        let (mut values, mut missing) = (Vec::new(), None);
        for credential in *way {
            match value(*credential, &found, oauth, lookup)? {
                Some(value) => values.push((*credential, value)),
                None => missing = missing.or(Some(*credential)),
            }
        }
        match (missing, values.first()) {
            (None, _) => {
                has_whole = true;
                values.into_iter().for_each(|(_, it)| found.take(it));
            }
            (Some(missing), Some((present, _))) => part = part.or(Some((*present, missing))),
            (Some(_), None) => {}
        }
    }
    match part {
        _ if has_whole => Ok(found),
        Some((present, missing)) => {
            let [present, missing] = [present, missing].map(|it| named(&[it]));
            let problem = format!("{present} is set but {missing} is not, or is empty");
            Err(ConfigurationError::new(problem, remedy(environment)).into())
        }
        None if environment.is_required => {
            let problem = "no credentials in the environment".to_owned();
            Err(ConfigurationError::new(problem, remedy(environment)).into())
        }
        None => Ok(found),
    }
}

/// Reads one credential; `None` if it is not set.
fn value(
    credential: EnvironmentCredential,
    found: &EnvironmentCredentials,
    oauth: Option<NewOAuthClient>,
    lookup: Lookup<'_>,
) -> Result<Option<Value>, Error> {
    Ok(match credential {
        EnvironmentCredential::Account { username, password } => {
            let pair = pair([username, password], found, lookup)?;
            pair.map(|[username, password]| {
                Value::Authorization(Credentials::Basic { username, password })
            })
        }
        EnvironmentCredential::OAuthClient { id, secret, flow } => {
            let pair = pair([id, secret], found, lookup)?;
            pair.zip(oauth).map(|([id, secret], oauth)| {
                Value::Authorization(Credentials::OAuth(oauth(Issuer::Flow(flow), id, secret)))
            })
        }
        EnvironmentCredential::Token { token } => {
            let token = variable(token, lookup)?;
            token.map(|it| Value::Authorization(Credentials::Bearer(it)))
        }
        EnvironmentCredential::ApiKey { name, key } => {
            variable(key, lookup)?.map(|key| Value::ApiKey(name, key))
        }
    })
}

/// Reads two variables that belong together; `None` if they are not both set.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if one is set without the other. The id of an account may be set along with other
/// credentials.
fn pair(
    names: [&'static str; 2],
    found: &EnvironmentCredentials,
    lookup: Lookup<'_>,
) -> Result<Option<[String; 2]>, Error> {
    let [one, other] = names;
    match (variable(one, lookup)?, variable(other, lookup)?) {
        (Some(one), Some(other)) => Ok(Some([one, other])),
        (Some(_), None) if found.credentials.is_none() => Err(half(one, other)),
        (None, Some(_)) if found.credentials.is_none() => Err(half(other, one)),
        (Some(_) | None, None) | (None, Some(_)) => Ok(None),
    }
}

impl EnvironmentCredentials {
    fn take(&mut self, value: Value) {
        match value {
            Value::Authorization(credentials) => {
                self.credentials.get_or_insert(credentials);
            }
            Value::ApiKey(name, key) => {
                if !self.api_keys.iter().any(|(it, _)| *it == name) {
                    self.api_keys.push((name, ApiKey(key)));
                }
            }
        }
    }
}

/// Returns which variables to set.
fn remedy(environment: &Environment) -> String {
    let ways: Vec<String> = environment.ways.iter().map(|it| named(it)).collect();
    match ways.is_empty() {
        true => "call one of the builder's methods that sign in".to_owned(),
        false => format!("set {}", ways.join(", or ")),
    }
}

/// Lists the variables of all `credentials`.
fn named(credentials: &[EnvironmentCredential]) -> String {
    let variables = credentials.iter().flat_map(|it| it.variables());
    variables.collect::<Vec<_>>().join(" and ")
}

fn half(present: &str, missing: &str) -> Error {
    ConfigurationError::new(
        format!("{present} is set but {missing} is not, or is empty"),
        "set both, or neither",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use std::env::VarError;

    use super::*;
    use crate::client_credentials::OAuthClient;
    use crate::twilio::VENDOR;
    use crate::vendor::ClientCredentialsFlow;

    fn from(variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(it, _)| *it == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        };
        match credentials(&VENDOR.environment, None, &lookup).map(|it| it.credentials) {
            Ok(Some(Credentials::Basic { username, password })) => Ok((username, password)),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    fn pair(username: &str, password: &str) -> Result<(String, String), String> {
        Ok((username.to_owned(), password.to_owned()))
    }

    #[test]
    fn api_key_wins_over_the_account() {
        let account = [("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "t")];
        let key = [("TWILIO_API_KEY", "SK1"), ("TWILIO_API_SECRET", "s")];
        assert_eq!(from(&account), pair("AC1", "t"));
        assert_eq!(from(&key), pair("SK1", "s"));
        assert_eq!(from(&[account, key].concat()), pair("SK1", "s"));
        let sid_beside_key = [key.as_slice(), &[("TWILIO_ACCOUNT_SID", "AC1")]].concat();
        assert_eq!(from(&sid_beside_key), pair("SK1", "s"));
    }

    #[test]
    fn errors_name_missing_variables_but_no_values() {
        type Case = (
            &'static [(&'static str, &'static str)],
            &'static [&'static str],
        );
        let cases: [Case; 6] = [
            (
                &[],
                &[
                    "TWILIO_ACCOUNT_SID",
                    "TWILIO_AUTH_TOKEN",
                    "TWILIO_API_KEY",
                    "TWILIO_API_SECRET",
                ],
            ),
            (
                &[("TWILIO_ACCOUNT_SID", "hunter2")],
                &["TWILIO_ACCOUNT_SID is set", "TWILIO_AUTH_TOKEN is not"],
            ),
            (
                &[("TWILIO_AUTH_TOKEN", "hunter2")],
                &["TWILIO_AUTH_TOKEN is set", "TWILIO_ACCOUNT_SID is not"],
            ),
            (
                &[("TWILIO_API_KEY", "hunter2")],
                &["TWILIO_API_KEY is set", "TWILIO_API_SECRET is not"],
            ),
            (
                &[("TWILIO_ACCOUNT_SID", "hunter2"), ("TWILIO_AUTH_TOKEN", "")],
                &["TWILIO_AUTH_TOKEN is not, or is empty"],
            ),
            (
                &[("TWILIO_ACCOUNT_SID", ""), ("TWILIO_AUTH_TOKEN", "")],
                &["no credentials in the environment"],
            ),
        ];
        for (variables, named) in cases {
            let text = from(variables).unwrap_err();
            assert!(named.iter().all(|it| text.contains(it)), "{text}");
            assert!(!text.contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn empty_variables_count_as_unset() {
        let empty_key = [("TWILIO_API_KEY", ""), ("TWILIO_API_SECRET", "")];
        let account = [("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "t")];
        assert_eq!(from(&[empty_key, account].concat()), pair("AC1", "t"));
        let edge = variable("TWILIO_EDGE", &|_| Ok(String::new()));
        assert_eq!(edge.unwrap(), None);
    }

    #[test]
    fn white_space_around_a_variable_is_rejected_without_its_value() {
        for value in [
            "hunter2\n",
            "hunter2\r\n",
            " hunter2",
            "\thunter2",
            " ",
            "\u{feff}hunter2",
        ] {
            let account = [("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", value)];
            let text = from(&account).unwrap_err();
            let expected = "TWILIO_AUTH_TOKEN has white space around it";
            assert!(
                text.contains(expected) && !text.contains("hunter2"),
                "{text}"
            );
            let edge = variable("TWILIO_EDGE", &|_| Ok(value.to_owned()));
            assert!(edge.unwrap_err().to_string().contains("white space"));
        }
    }

    #[test]
    fn non_unicode_variables_are_rejected() {
        let error = credentials(&VENDOR.environment, None, &|_| {
            Err(VarError::NotUnicode("hunter2".into()))
        })
        .unwrap_err();
        assert!(
            error.to_string().contains("TWILIO_API_KEY is not Unicode"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    const ACCOUNT: EnvironmentCredential = EnvironmentCredential::Account {
        username: "DEMO_USERNAME",
        password: "DEMO_PASSWORD",
    };
    const TOKEN: EnvironmentCredential = EnvironmentCredential::Token {
        token: "DEMO_TOKEN",
    };
    const CLIENT: EnvironmentCredential = EnvironmentCredential::OAuthClient {
        id: "DEMO_CLIENT_ID",
        secret: "DEMO_CLIENT_SECRET",
        flow: &ClientCredentialsFlow::new("https://auth.example/token", &[]),
    };
    const APP_ID: EnvironmentCredential = EnvironmentCredential::ApiKey {
        name: "X-App-Id",
        key: "DEMO_APP_ID",
    };
    const APP_KEY: EnvironmentCredential = EnvironmentCredential::ApiKey {
        name: "X-App-Key",
        key: "DEMO_APP_KEY",
    };

    /// Returns the credentials of a client with these `ways`, as text, if the `set` variables are `hunter2`; or the
    /// error.
    fn demo(ways: &'static [&'static [EnvironmentCredential]], set: &[&str]) -> String {
        let environment = Environment {
            ways,
            is_required: true,
        };
        let found = credentials(&environment, Some(OAuthClient::new), &|name| match set
            .contains(&name)
        {
            true => Ok("hunter2".to_owned()),
            false => Err(VarError::NotPresent),
        });
        match found {
            Ok(found) => {
                let keys = found.api_keys.iter().map(|(name, _)| *name);
                let names: Vec<&str> = keys.collect();
                format!("{:?} {names:?}", found.credentials)
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn token_is_used_if_no_account_is_set() {
        const WAYS: &[&[EnvironmentCredential]] = &[&[ACCOUNT], &[TOKEN]];
        assert_eq!(demo(WAYS, &["DEMO_TOKEN"]), "Some(Bearer(<redacted>)) []");
        let all = ["DEMO_TOKEN", "DEMO_USERNAME", "DEMO_PASSWORD"];
        assert_eq!(demo(WAYS, &all), "Some(Basic(<redacted>)) []");
        assert_eq!(
            demo(WAYS, &[]),
            "no credentials in the environment: set DEMO_USERNAME and DEMO_PASSWORD, or DEMO_TOKEN"
        );
        assert!(demo(&[], &[]).contains("sign in"), "{}", demo(&[], &[]));
    }

    #[test]
    fn oauth_client_needs_its_id_and_its_secret_unless_there_is_a_token() {
        const WAYS: &[&[EnvironmentCredential]] = &[&[TOKEN], &[CLIENT]];
        let both = ["DEMO_CLIENT_ID", "DEMO_CLIENT_SECRET"];
        assert_eq!(demo(WAYS, &both), "Some(OAuth(<redacted>)) []");
        assert_eq!(
            demo(WAYS, &["DEMO_CLIENT_SECRET"]),
            "DEMO_CLIENT_SECRET is set but DEMO_CLIENT_ID is not, or is empty: set both, or neither"
        );
        let with_token = ["DEMO_TOKEN", "DEMO_CLIENT_ID", "DEMO_CLIENT_SECRET"];
        assert_eq!(demo(WAYS, &with_token), "Some(Bearer(<redacted>)) []");
        assert_eq!(demo(WAYS, &with_token[..2]), "Some(Bearer(<redacted>)) []");
        assert_eq!(
            demo(WAYS, &[]),
            "no credentials in the environment: set DEMO_TOKEN, or DEMO_CLIENT_ID and DEMO_CLIENT_SECRET"
        );
    }

    #[test]
    fn keys_that_belong_together_are_all_required() {
        const WAYS: &[&[EnvironmentCredential]] = &[&[APP_ID, APP_KEY], &[APP_ID, TOKEN]];
        assert_eq!(
            demo(WAYS, &["DEMO_APP_ID"]),
            "DEMO_APP_ID is set but DEMO_APP_KEY is not, or is empty: \
             set DEMO_APP_ID and DEMO_APP_KEY, or DEMO_APP_ID and DEMO_TOKEN"
        );
        let both = ["DEMO_APP_ID", "DEMO_APP_KEY"];
        assert_eq!(demo(WAYS, &both), r#"None ["X-App-Id", "X-App-Key"]"#);
        let other = ["DEMO_APP_ID", "DEMO_TOKEN"];
        assert_eq!(
            demo(WAYS, &other),
            r#"Some(Bearer(<redacted>)) ["X-App-Id"]"#
        );
    }

    #[test]
    fn every_complete_way_to_sign_in_is_used() {
        const WAYS: &[&[EnvironmentCredential]] = &[&[APP_KEY], &[TOKEN]];
        let both = ["DEMO_APP_KEY", "DEMO_TOKEN"];
        let expected = r#"Some(Bearer(<redacted>)) ["X-App-Key"]"#;
        assert_eq!(demo(WAYS, &both), expected);
        assert_eq!(demo(WAYS, &["DEMO_APP_KEY"]), r#"None ["X-App-Key"]"#);
    }

    #[test]
    fn credentials_are_optional_if_none_are_required() {
        let environment = Environment {
            ways: &[&[ACCOUNT], &[TOKEN]],
            is_required: false,
        };
        let found = credentials(&environment, Some(OAuthClient::new), &|_| {
            Err(VarError::NotPresent)
        })
        .unwrap();
        assert!(found.credentials.is_none() && found.api_keys.is_empty());
        let half = credentials(&environment, Some(OAuthClient::new), &|name| match name {
            "DEMO_USERNAME" => Ok("hunter2".to_owned()),
            _ => Err(VarError::NotPresent),
        });
        assert!(half.is_err());
    }

    #[test]
    fn debug_redacts_credentials() {
        const WAYS: &[&[EnvironmentCredential]] = &[&[APP_KEY, ACCOUNT]];
        let environment = Environment {
            ways: WAYS,
            is_required: true,
        };
        let found = credentials(&environment, Some(OAuthClient::new), &|_| {
            Ok("hunter2".to_owned())
        })
        .unwrap();
        assert!(!format!("{found:?}").contains("hunter2"));
    }
}
