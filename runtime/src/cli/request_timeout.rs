//! The option that sets how long a request may take.

use std::time::Duration;

use clap::{Arg, ArgMatches};

use super::time::timeout;
use crate::builder::ClientBuilder;

/// The name of the option.
const REQUEST_TIMEOUT: &str = "request-timeout";

/// Returns the option.
pub(super) fn option() -> Arg {
    Arg::new(REQUEST_TIMEOUT)
        .long(REQUEST_TIMEOUT)
        .value_name("TIME")
        .value_parser(timeout)
        .help(
            "The maximum time for each request and its repetitions, as in 10s or 5m; by default, 90s, and 30s for one attempt",
        )
}

/// Sets the timeouts of the client, if the user gave one: an attempt may take all of the time.
pub(super) fn set(builder: ClientBuilder, options: &ArgMatches) -> ClientBuilder {
    // Some commands do not have the option.
    let given = options.try_get_one::<Duration>(REQUEST_TIMEOUT);
    match given.ok().flatten() {
        Some(&time) => builder.timeout(time).attempt_timeout(time),
        None => builder,
    }
}
