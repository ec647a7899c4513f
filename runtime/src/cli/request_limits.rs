//! The options that set how long a request may take, and how often it is attempted.

use std::time::Duration;

use clap::{Arg, ArgMatches};

use super::time::timeout;
use crate::builder::ClientBuilder;
use crate::retry::{RETRY_AFTER_CAP, RetryPolicy};

/// The names of the options.
const REQUEST_TIMEOUT: &str = "request-timeout";
const ATTEMPTS: &str = "attempts";

/// The maximum number of attempts that a user can ask for.
const MOST_ATTEMPTS: u32 = 100;

/// Returns the options.
pub(super) fn options() -> [Arg; 2] {
    [
        Arg::new(REQUEST_TIMEOUT)
            .long(REQUEST_TIMEOUT)
            .value_name("TIME")
            .value_parser(timeout)
            .help(
                "The maximum time for each request and its repetitions, as in 10s or 5m; by default, 90s, and 30s for one attempt",
            ),
        Arg::new(ATTEMPTS)
            .long(ATTEMPTS)
            .value_name("NUMBER")
            .value_parser(attempts)
            .help("Attempt each request at most this many times, if its failures are transient [default: 3]"),
    ]
}

fn attempts(text: &str) -> Result<u32, String> {
    let number = text.parse().ok();
    let number = number.filter(|it| (1..=MOST_ATTEMPTS).contains(it));
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_ATTEMPTS}"))
}

/// Sets the timeouts and the retry policy of the client, if the user gave them: an attempt may take all of the time.
pub(super) fn set(builder: ClientBuilder, options: &ArgMatches) -> ClientBuilder {
    // Some commands do not have the options.
    let time = options.try_get_one::<Duration>(REQUEST_TIMEOUT);
    let time = time.ok().flatten().copied();
    let attempts = options.try_get_one::<u32>(ATTEMPTS);
    let attempts = attempts.ok().flatten().copied();
    let builder = builder.retry_policy(policy(time, attempts));
    match time {
        Some(time) => builder.timeout(time).attempt_timeout(time),
        None => builder,
    }
}

/// Returns the retry policy for requests that may take this time and this many attempts: the time also ends the retries,
/// and is the longest `Retry-After` to wait for.
fn policy(time: Option<Duration>, attempts: Option<u32>) -> RetryPolicy {
    let usual = RetryPolicy::default();
    let policy = attempts.map_or(usual, |it| usual.attempts(it));
    match time {
        Some(time) => policy
            .deadline(time)
            .retry_after_cap(time.max(RETRY_AFTER_CAP)),
        None => policy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_also_limits_the_waits_between_attempts() {
        let usual = RetryPolicy::default();
        assert_eq!(policy(None, None), usual);
        assert_eq!(policy(None, Some(7)), usual.attempts(7));
        let long = Duration::from_secs(300);
        assert_eq!(
            policy(Some(long), None),
            usual.deadline(long).retry_after_cap(long)
        );
        let short = Duration::from_secs(5);
        assert_eq!(policy(Some(short), None), usual.deadline(short));
    }
}
