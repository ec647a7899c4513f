//! Errors about arguments as JSON. The parser has failed then, so the arguments themselves say whether to write JSON.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::exit::Failure;

/// The names of the option for the format of the output.
const SHORT: &str = "-o";
const LONG: &str = "--output";

/// Returns whether the arguments ask for output as JSON, in which errors are JSON, too.
pub(super) fn are_asked_for(arguments: &[OsString]) -> bool {
    let is_json = |it: &str| matches!(it, "json" | "jsonl");
    let options = arguments.iter().map(|it| it.to_str().unwrap_or_default());
    let mut options = options.take_while(|it| *it != "--").peekable();
    while let Some(option) = options.next() {
        let is_next =
            matches!(option, SHORT | LONG) && options.peek().is_some_and(|it| is_json(it));
        let long = option
            .strip_prefix(LONG)
            .and_then(|it| it.strip_prefix('='));
        let short = option.strip_prefix(SHORT);
        let short = short.map(|it| it.strip_prefix('=').unwrap_or(it));
        if is_next || long.or(short).is_some_and(is_json) {
            return true;
        }
    }
    false
}

/// Returns an error of the parser as a failure: its sentences on one line, without the usage.
pub(super) fn refusal(error: &clap::Error) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Its text is the whole help.
        return Failure::Usage("a command is missing: see --help".to_owned());
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let text = text.split("\n\nUsage:").next().unwrap_or_default();
    let text = text.split("\n\nFor more information").next();
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    Failure::Usage(words.join(" "))
}
