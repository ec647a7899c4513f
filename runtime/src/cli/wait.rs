//! Waits until a field of a response has a value.

use std::time::Duration;

use clap::{Arg, ArgMatches};
use tokio::time::{self, Instant};

use super::exit::Failure;
use super::known_values;
use super::output::{cell, unknown_field, value_at, visible};
use super::progress::Progress;
use super::table::{Command, CommandLine, Shape};
use super::time::timeout;
use crate::call::Call;
use crate::error::Error;
use crate::json::Node;

/// The time between two requests: initially, and at most.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The default timeout.
const USUAL_TIMEOUT: &str = "10m";

/// A condition: a field, by its key with dots for nested objects, and its accepted values.
#[derive(Clone, Debug)]
struct Condition {
    field: String,
    values: Vec<String>,
}

/// A condition and a timeout.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    condition: Condition,
    timeout: Duration,
}

/// Returns the options of commands that can wait.
pub(super) fn options() -> [Arg; 2] {
    [
        Arg::new("wait-until")
            .long("wait-until")
            .value_name("FIELD=VALUE")
            .value_parser(condition)
            .help("Poll until a field has a value, or one of several, as in status=active,ready"),
        Arg::new("timeout")
            .long("timeout")
            .value_name("TIME")
            .requires("wait-until")
            .value_parser(timeout)
            .default_value(USUAL_TIMEOUT)
            .help("The maximum time to wait, as in 90s, 10m or 2h"),
    ]
}

fn condition(text: &str) -> Result<Condition, String> {
    match text.split_once('=') {
        Some((field, values)) if !field.is_empty() => Ok(Condition {
            field: field.to_owned(),
            values: values.split(',').map(str::to_owned).collect(),
        }),
        Some(_) | None => Err("expected a condition such as `status=active`".to_owned()),
    }
}

impl Wait {
    /// Returns the wait that `options` request, if any.
    pub(super) fn wanted(options: &ArgMatches) -> Option<Self> {
        let condition = options
            .try_get_one::<Condition>("wait-until")
            .ok()??
            .clone();
        let timeout = *options.try_get_one::<Duration>("timeout").ok()??;
        Some(Self { condition, timeout })
    }

    /// Warns about values that the field never has according to the specification.
    pub(super) fn warn(&self, line: &CommandLine, command: &Command) {
        let Condition { field, values } = &self.condition;
        if let Some(known) = known_values::of_field(line, command, field) {
            known_values::warn_of(values.iter().map(String::as_str), field, known);
        }
    }

    /// Makes a call repeatedly, with growing waits, and returns the first response that meets the condition. After the
    /// first response, it keeps polling through transient failures.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::TimedOut`] if none does in time, [`Failure::Usage`] if neither the first response nor `shape`
    /// has the field, and the error of a call that is not transient.
    pub(super) async fn until_met(
        &self,
        call: Call<Node>,
        shape: &Shape,
        progress: &Progress,
    ) -> Result<Node, Failure> {
        let started = Instant::now();
        let ends = started + self.timeout;
        let mut pause = FIRST_WAIT;
        let answer = call.clone().fetch().await?;
        self.condition.check(&answer, shape)?;
        let mut state = self.condition.state(&answer);
        if self.condition.is_met(&answer) {
            return Ok(answer);
        }
        loop {
            let left = ends.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(self.timed_out(&state));
            }
            let waited = started.elapsed().as_secs();
            let all = self.timeout.as_secs();
            progress.say(format!("{state}, {waited} s of {all} s"));
            time::sleep(pause.min(left)).await;
            pause = (pause + pause / 2).min(LONGEST_WAIT);
            match self.again(&call, ends).await {
                Ok(answer) if self.condition.is_met(&answer) => return Ok(answer),
                Ok(answer) => state = self.condition.state(&answer),
                Err(error) if error.is_retryable() || error.is_timeout() => {
                    state = format!("the last request failed: {error}");
                    pause = pause.max(error.retry_after().unwrap_or_default());
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Makes the call once more, within the remaining time.
    async fn again(&self, call: &Call<Node>, ends: Instant) -> Result<Node, Error> {
        let mut call = call.clone();
        let left = ends.saturating_duration_since(Instant::now());
        let usual = call.request.context.limits.timeout;
        // A request at the very end gets a little more time, so that the last word is the service's.
        call.timeout(usual.min(left.max(FIRST_WAIT)));
        call.fetch().await
    }

    fn timed_out(&self, state: &str) -> Failure {
        let seconds = self.timeout.as_secs();
        let values = self.condition.values.iter();
        let values = values.map(|it| if it.is_empty() { "empty" } else { it });
        let wanted = values.collect::<Vec<_>>().join(" or ");
        Failure::TimedOut(format!(
            "not {} after {seconds} s: {state}",
            visible(&wanted)
        ))
    }
}

impl Condition {
    fn is_met(&self, answer: &Node) -> bool {
        let value = self.value(answer);
        self.values.contains(&value)
    }

    /// Returns the field's value as text; empty if it is null or absent.
    fn value(&self, answer: &Node) -> String {
        cell(value_at(answer, &self.field))
    }

    fn state(&self, answer: &Node) -> String {
        let field = visible(&self.field);
        match (value_at(answer, &self.field), self.value(answer)) {
            (None, _) => format!("{field} is absent"),
            (Some(_), value) if value.is_empty() => format!("{field} is empty"),
            (Some(_), value) => format!("{field} is {}", visible(&value)),
        }
    }

    /// Checks that the field can exist: in the response, or according to the specification.
    fn check(&self, answer: &Node, shape: &Shape) -> Result<(), Failure> {
        match unknown_field(&self.field, answer, shape) {
            None => Ok(()),
            Some(hint) => Err(Failure::Usage(format!(
                "the response has no field `{}` to wait for{hint}",
                visible(&self.field)
            ))),
        }
    }
}
