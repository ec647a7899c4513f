//! Prints faults: for people, for programs, and as annotations of a pull request.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal as _, Write as _};

use twilio_codegen::explanations;
use twilio_codegen::report::{Colour, Explanation, Format, Report, Severity};

/// Prints the faults of specs: for people on standard error, for programs and GitHub Actions on standard output. With
/// JSON, standard output holds nothing else.
///
/// # Errors
///
/// Fails if standard output or standard error cannot be written.
pub(crate) fn show(report: &Report, format: Format) -> Result<(), String> {
    match format {
        Format::Text | Format::Markdown if report.is_empty() => Ok(()),
        Format::Text | Format::Markdown => {
            let is_terminal = std::io::stderr().is_terminal();
            let colour = colour_of(is_terminal);
            on_standard_error(&format!("{}\n", report.to_text(colour)))
        }
        Format::Json => on_standard_output(&report.to_json()),
        Format::Github => on_standard_output(&report.to_github()),
    }
}

/// Prints what was done, where that does not disturb the report.
///
/// # Errors
///
/// Fails if standard output or standard error cannot be written.
pub(crate) fn tell(text: &str, format: Format) -> Result<(), String> {
    match format {
        Format::Text | Format::Github => on_standard_output(text),
        Format::Markdown | Format::Json => on_standard_error(text),
    }
}

/// Counts the faults: `2 errors, 1 warning and 3 notes`.
pub(crate) fn counts(report: &Report) -> String {
    let counts = Severity::ALL.map(|it| (report.count(it), it.as_str()));
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    match counts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some(_) | None => counts.concat(),
    }
}

/// Lists every kind of fault with the first sentence of its explanation.
pub(crate) fn list() -> String {
    let mut text = String::new();
    for Explanation {
        id,
        severity,
        reason,
        ..
    } in explanations()
    {
        let first = reason.split_inclusive(". ").next().unwrap_or_default();
        let severity = severity.as_str();
        let _ = writeln!(text, "{id:<27} {severity:<8} {}", first.trim_end());
    }
    text
}

/// Prints why old files could not be removed although the new ones are in place, if so.
///
/// # Errors
///
/// Fails if standard error cannot be written.
pub(crate) fn left_over(reason: Option<&str>) -> Result<(), String> {
    let Some(reason) = reason else { return Ok(()) };
    on_standard_error(&format!(
        "{reason}\neverything is written; the next run removes the old files\n"
    ))
}

/// Prints to standard output; a closed pipe is not an error.
///
/// # Errors
///
/// Fails if it cannot be written.
pub(crate) fn on_standard_output(text: &str) -> Result<(), String> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints to standard error.
///
/// # Errors
///
/// Fails if it cannot be written.
pub(crate) fn on_standard_error(text: &str) -> Result<(), String> {
    std::io::stderr()
        .write_all(text.as_bytes())
        .map_err(|error| format!("standard error: {error}"))
}

/// Whether to use colours on standard output.
pub(crate) fn colour_of_standard_output() -> Colour {
    colour_of(std::io::stdout().is_terminal())
}

/// Whether to use colours on a stream.
fn colour_of(is_terminal: bool) -> Colour {
    colour(is_terminal, std::env::var_os("NO_COLOR").as_deref())
}

/// Whether to use colours: on a terminal, unless `NO_COLOR` is set and not empty (<https://no-color.org>).
fn colour(is_terminal: bool, no_color: Option<&OsStr>) -> Colour {
    if is_terminal && no_color.is_none_or(OsStr::is_empty) {
        Colour::Ansi
    } else {
        Colour::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_whose_users_want_them() {
        assert_eq!(colour(true, None), Colour::Ansi);
        assert_eq!(colour(true, Some(OsStr::new(""))), Colour::Ansi);
        assert_eq!(colour(true, Some(OsStr::new("1"))), Colour::Plain);
        assert_eq!(colour(false, None), Colour::Plain);
    }
}
