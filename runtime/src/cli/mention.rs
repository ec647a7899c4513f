//! Replaces the names of parameters in descriptions, which are those of the specification, by those of the arguments.

use super::table::{Argument, Command};

/// Returns a text about a command with the options in it: `` `CallbackUrl` `` becomes `` `--callback-url` ``.
pub(super) fn options(text: &str, command: &Command) -> String {
    replaced(text, command, |it| match it.is_in_path() {
        true => format!("<{}>", it.name),
        false => format!("--{}", it.name),
    })
}

/// Returns a text about a command with `name` of each parameter in it.
///
/// Only names in backticks that cannot be anything else are replaced: a name of lower-case letters may also be that of a
/// field, or one of the values.
pub(crate) fn replaced(
    text: &str,
    command: &Command,
    name: impl Fn(&Argument) -> String,
) -> String {
    let is_distinct = |it: &str| it.chars().any(|it| !it.is_ascii_lowercase());
    let mut parts = text.split('`');
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    // Every second part is inside of backticks.
    for (index, part) in parts.enumerate() {
        let is_code = index % 2 == 0;
        let mut arguments = command.arguments.iter();
        let meant = arguments.find(|it| is_code && is_distinct(part) && it.wire_name == part);
        replaced.push('`');
        match meant {
            Some(argument) => replaced.push_str(&name(argument)),
            None => replaced.push_str(part),
        }
    }
    replaced
}
