//! Reads environment variables. Errors name variables but never their values.

use std::env::VarError;

use crate::auth::is_padded;
use crate::error::{ConfigurationError, Error};

/// Returns the value of a variable: [`PROCESS`] except in tests. It is not a type parameter, of which there would
/// be a copy of the code for each use.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

/// Reads the environment of the process.
pub(crate) const PROCESS: Lookup<'static> = &|name| std::env::var(name);

/// Reads one variable; `None` if it is unset or empty. Compose files and CI set a variable without a value to an empty
/// string.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if it has white space around it or is not Unicode.
pub(crate) fn variable(name: &str, lookup: Lookup<'_>) -> Result<Option<String>, Error> {
    let problem = match lookup(name) {
        Ok(value) if value.is_empty() => return Ok(None),
        Ok(value) if is_padded(&value) => format!("{name} has white space around it"),
        Ok(value) => return Ok(Some(value)),
        Err(VarError::NotPresent) => return Ok(None),
        Err(VarError::NotUnicode(_)) => format!("{name} is not Unicode"),
    };
    Err(ConfigurationError::new(problem, "set it to the value alone, or unset it").into())
}
