//! What the environment says about a client. It names variables in errors, and never their values.

use std::env::VarError;

use crate::auth::Credentials;
use crate::error::{ConfigurationError, Error};

const API_KEY: [&str; 2] = ["TWILIO_API_KEY", "TWILIO_API_SECRET"];
const ACCOUNT: [&str; 2] = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"];

/// Reads credentials from environment variables: an API key if both of its variables are set, else an account SID
/// and its auth token.
///
/// `lookup` is [`std::env::var`] but in tests.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if neither pair is set, if only one half of a pair is, or if a value is empty or
/// not Unicode.
pub(crate) fn credentials(
    lookup: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Credentials, Error> {
    for [username, password] in [API_KEY, ACCOUNT] {
        match (variable(username, &lookup)?, variable(password, &lookup)?) {
            (Some(username), Some(password)) => {
                return Ok(Credentials::Basic { username, password });
            }
            (Some(_), None) => return Err(half_a_pair(username, password)),
            (None, Some(_)) => return Err(half_a_pair(password, username)),
            (None, None) => {}
        }
    }
    let [[key, secret], [sid, token]] = [API_KEY, ACCOUNT];
    let problem = "no credentials in the environment".to_owned();
    let remedy = format!("set {sid} and {token}, or {key} and {secret}");
    Err(ConfigurationError::new(problem, remedy).into())
}

/// Reads one variable; `None` if it is not set.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if it is empty or not Unicode.
pub(crate) fn variable(
    name: &str,
    lookup: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Option<String>, Error> {
    let problem = match lookup(name) {
        Ok(value) if value.is_empty() => format!("{name} is empty"),
        Ok(value) => return Ok(Some(value)),
        Err(VarError::NotPresent) => return Ok(None),
        Err(VarError::NotUnicode(_)) => format!("{name} is not Unicode"),
    };
    Err(ConfigurationError::new(problem, "set it to a value, or unset it").into())
}

fn half_a_pair(present: &str, missing: &str) -> Error {
    ConfigurationError::new(
        format!("{present} is set but {missing} is not"),
        "set both, or neither",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(it, _)| *it == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        };
        match credentials(lookup) {
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
        let cases: [Case; 5] = [
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
                &["TWILIO_AUTH_TOKEN is empty"],
            ),
        ];
        for (variables, named) in cases {
            let text = from(variables).unwrap_err();
            assert!(named.iter().all(|it| text.contains(it)), "{text}");
            assert!(!text.contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn variables_that_are_not_unicode_are_refused() {
        let error = credentials(|_| Err(VarError::NotUnicode("hunter2".into()))).unwrap_err();
        assert!(
            error.to_string().contains("TWILIO_API_KEY is not Unicode"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
