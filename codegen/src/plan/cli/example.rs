//! A line that calls a command, with the spec's values.

use super::{ArgumentPlace, CommandArgument, ValueKind};

/// The most optional options in an example.
const MOST_OPTIONS: usize = 2;

/// The most characters of a value.
const LONGEST: usize = 60;

/// Plans the example: required arguments, and the first options with a value in the spec.
pub(super) fn example(path: &[String], arguments: &[CommandArgument]) -> String {
    let mut words: Vec<String> = path
        .iter()
        .map(|word| match word.strip_prefix('{') {
            Some(name) => value(find(arguments, name.trim_end_matches('}'))),
            None => word.clone(),
        })
        .collect();
    let options = arguments.iter();
    let options = options.filter(|it| !matches!(it.place, ArgumentPlace::Path(_)));
    let (required, others): (Vec<_>, Vec<_>) = options.partition(|it| it.required);
    let others = others.into_iter().filter(|it| shown(it).is_some());
    for option in required.into_iter().chain(others.take(MOST_OPTIONS)) {
        words.extend([format!("--{}", option.name), value(Some(option))]);
    }
    words.join(" ")
}

fn find<'a>(arguments: &'a [CommandArgument], name: &str) -> Option<&'a CommandArgument> {
    arguments.iter().find(|it| it.name == name)
}

/// Returns the spec's value, if it is short and printable.
fn shown(argument: &CommandArgument) -> Option<&str> {
    let text = argument.example.as_deref()?;
    let is_short = (1..=LONGEST).contains(&text.chars().count());
    let is_plain = text.chars().all(|it| it.is_ascii_graphic() || it == ' ');
    let is_file = matches!(argument.kind, ValueKind::File | ValueKind::NamedFile);
    (is_short && is_plain && !is_file).then_some(text)
}

/// Formats a value as a word of a shell.
fn value(argument: Option<&CommandArgument>) -> String {
    let Some(argument) = argument else {
        return "VALUE".to_owned();
    };
    if let Some(text) = shown(argument) {
        return quoted(text);
    }
    match &argument.kind {
        ValueKind::OneOf(values) => values.first().map_or("VALUE".to_owned(), |it| quoted(it)),
        ValueKind::Boolean => "true".to_owned(),
        ValueKind::Integer | ValueKind::PageSize(_) => "1".to_owned(),
        ValueKind::Number => "1.5".to_owned(),
        ValueKind::DateTime => "-7d".to_owned(),
        ValueKind::Date => "2026-01-31".to_owned(),
        ValueKind::Json | ValueKind::Document | ValueKind::Value => {
            format!("@{}.json", argument.name)
        }
        ValueKind::File => "FILE".to_owned(),
        ValueKind::NamedFile => "NAME=FILE".to_owned(),
        ValueKind::Text => argument.name.to_uppercase(),
    }
}

/// Quotes text for a POSIX shell, if it contains special characters.
fn quoted(text: &str) -> String {
    let is_safe = |it: char| it.is_ascii_alphanumeric() || "-_./:@+,%=".contains(it);
    if text.chars().all(is_safe) && !text.is_empty() {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
