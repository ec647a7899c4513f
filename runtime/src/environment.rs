//! What the environment says. Errors name variables, and never their values.

use std::env::VarError;

use crate::auth::is_padded;
use crate::error::{ConfigurationError, Error};

/// Reads one variable; `None` if it is not set or is empty. Compose files and CI set a variable that has no value to an
/// empty text.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if it has white space around it or is not Unicode.
pub(crate) fn variable(
    name: &str,
    lookup: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Option<String>, Error> {
    let problem = match lookup(name) {
        Ok(value) if value.is_empty() => return Ok(None),
        Ok(value) if is_padded(&value) => format!("{name} has white space around it"),
        Ok(value) => return Ok(Some(value)),
        Err(VarError::NotPresent) => return Ok(None),
        Err(VarError::NotUnicode(_)) => format!("{name} is not Unicode"),
    };
    Err(ConfigurationError::new(problem, "set it to the value alone, or unset it").into())
}
