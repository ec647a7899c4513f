//! The credentials in the environment. It names variables in errors, and never their values.

use std::env::VarError;

use super::credentials::Credentials;
use crate::environment::variable;
use crate::error::{ConfigurationError, Error};
use crate::vendor::Environment;

/// Reads credentials from environment variables: the first pair of a username and a password that is set, else a
/// bearer token.
///
/// `lookup` is [`std::env::var`] but in tests.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if nothing is set, if only one half of a pair is, or if a value has white space
/// around it or is not Unicode.
pub(super) fn credentials(
    environment: &Environment,
    lookup: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Credentials, Error> {
    for [username, password] in environment.accounts {
        match (variable(username, &lookup)?, variable(password, &lookup)?) {
            (Some(username), Some(password)) => {
                return Ok(Credentials::Basic { username, password });
            }
            (Some(_), None) => return Err(half_a_pair(username, password)),
            (None, Some(_)) => return Err(half_a_pair(password, username)),
            (None, None) => {}
        }
    }
    if let Some(token) = environment.token
        && let Some(token) = variable(token, &lookup)?
    {
        return Ok(Credentials::Bearer(token));
    }
    let problem = "no credentials in the environment".to_owned();
    Err(ConfigurationError::new(problem, remedy(environment)).into())
}

/// Says what to set: what most programs have comes last among the pairs.
fn remedy(environment: &Environment) -> String {
    let pairs = environment.accounts.iter().rev();
    let pairs = pairs.map(|[username, password]| format!("{username} and {password}"));
    let ways: Vec<String> = pairs.chain(environment.token.map(str::to_owned)).collect();
    match ways.is_empty() {
        true => "call one of the builder's methods that sign in".to_owned(),
        false => format!("set {}", ways.join(", or ")),
    }
}

fn half_a_pair(present: &str, missing: &str) -> Error {
    ConfigurationError::new(
        format!("{present} is set but {missing} is not, or is empty"),
        "set both, or neither",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::VENDOR;

    fn from(variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(it, _)| *it == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        };
        match credentials(&VENDOR.environment, lookup) {
            Ok(Credentials::Basic { username, password }) => Ok((username, password)),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    fn pair(username: &str, password: &str) -> Result<(String, String), String> {
        Ok((username.to_owned(), password.to_owned()))
    }

    #[test]
    fn either_pair_will_do_and_the_api_key_wins() {
        let account = [("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "t")];
        let key = [("TWILIO_API_KEY", "SK1"), ("TWILIO_API_SECRET", "s")];
        assert_eq!(from(&account), pair("AC1", "t"));
        assert_eq!(from(&key), pair("SK1", "s"));
        assert_eq!(from(&[account, key].concat()), pair("SK1", "s"));
        let sid_beside_key = [key.as_slice(), &[("TWILIO_ACCOUNT_SID", "AC1")]].concat();
        assert_eq!(from(&sid_beside_key), pair("SK1", "s"));
    }

    #[test]
    fn what_is_missing_is_named_and_no_value_is() {
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
    fn empty_variables_count_as_not_set() {
        let empty_key = [("TWILIO_API_KEY", ""), ("TWILIO_API_SECRET", "")];
        let account = [("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "t")];
        assert_eq!(from(&[empty_key, account].concat()), pair("AC1", "t"));
        let edge = variable("TWILIO_EDGE", |_| Ok(String::new()));
        assert_eq!(edge.unwrap(), None);
    }

    #[test]
    fn white_space_around_a_variable_is_told_and_the_value_is_not() {
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
            let told = "TWILIO_AUTH_TOKEN has white space around it";
            assert!(text.contains(told) && !text.contains("hunter2"), "{text}");
            let edge = variable("TWILIO_EDGE", |_| Ok(value.to_owned()));
            assert!(edge.unwrap_err().to_string().contains("white space"));
        }
    }

    #[test]
    fn variables_that_are_not_unicode_are_refused() {
        let error = credentials(&VENDOR.environment, |_| {
            Err(VarError::NotUnicode("hunter2".into()))
        })
        .unwrap_err();
        assert!(
            error.to_string().contains("TWILIO_API_KEY is not Unicode"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn a_token_counts_if_no_pair_is_set() {
        const NAMES: Environment = Environment {
            accounts: &[["DEMO_USERNAME", "DEMO_PASSWORD"]],
            token: Some("DEMO_TOKEN"),
        };
        let found = credentials(&NAMES, |name| match name {
            "DEMO_TOKEN" => Ok("hunter2".to_owned()),
            _ => Err(VarError::NotPresent),
        });
        assert!(matches!(found, Ok(Credentials::Bearer(token)) if token == "hunter2"));
        let text = |names| {
            let error = credentials(names, |_| Err(VarError::NotPresent)).unwrap_err();
            error.to_string()
        };
        assert_eq!(
            text(&NAMES),
            "no credentials in the environment: set DEMO_USERNAME and DEMO_PASSWORD, or DEMO_TOKEN"
        );
        let none = Environment {
            accounts: &[],
            token: None,
        };
        assert!(text(&none).contains("sign in"), "{}", text(&none));
    }
}
