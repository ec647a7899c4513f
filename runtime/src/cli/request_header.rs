//! The option that adds headers to requests.

use clap::{Arg, ArgAction, ArgMatches};

use crate::headers;

/// The id of the option. It has only a short name, because operations have options of almost any long one.
pub(super) const HEADER: &str = "-H";

/// Returns the option.
pub(super) fn option() -> Arg {
    Arg::new(HEADER)
        .short('H')
        .value_name("NAME: VALUE")
        .action(ArgAction::Append)
        .value_parser(header)
        .help("Add a header to each request that does not have it, but not to requests for tokens")
}

/// Returns the headers that the user gave.
pub(super) fn given(options: &ArgMatches) -> impl Iterator<Item = &(String, String)> {
    // Some commands do not have the option.
    let given = options.try_get_many::<(String, String)>(HEADER);
    given.ok().flatten().into_iter().flatten()
}

/// Parses `name: value`.
fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once(':')
        .ok_or("expected a name and a value, as in `X-Team: vans`")?;
    let (name, value) = (name.trim(), value.trim());
    headers::checked(name, value).map_err(|problem| problem.to_string())?;
    Ok((name.to_owned(), value.to_owned()))
}
