//! A report for GitHub Actions: workflow commands, which become annotations of a pull request
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::fmt::Write as _;

use super::printable::one_line;
use super::{Placed, Report, Severity};
use crate::source::Position;

impl Report {
    /// Writes a workflow command for each fault:
    /// `::error file=specs/a.yaml,line=4,endLine=4,col=31,endColumn=40,title=unknown-reference::…`.
    ///
    /// The runner takes a line for a command wherever it is printed, so what a spec says is escaped:
    /// it can neither end its command nor begin another.
    pub fn to_github(&self) -> String {
        self.iter().map(command).collect()
    }
}

fn command(placed: &Placed) -> String {
    let Placed {
        path,
        span,
        operation,
        problem,
        ..
    } = placed;
    let Position { line, column } = span.start;
    // GitHub shows columns of annotations within one line only.
    let end_column = if span.end.line == line {
        format!(",endColumn={}", span.end.column)
    } else {
        String::new()
    };
    let mut message = one_line(&problem.to_string());
    let notes = [("operation", operation.clone()), ("help", problem.help())];
    for (name, note) in notes {
        if let Some(note) = note {
            // Writing to a `String` cannot fail.
            let _ = write!(message, "\n{name}: {}", one_line(&note));
        }
    }
    format!(
        "::{} file={},line={line},endLine={line},col={column}{end_column},title={}::{}\n",
        name(problem.severity()),
        property(path),
        problem.id(),
        data(&message),
    )
}

/// The name of the command that annotates a place.
fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Escapes the message of a command.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property of a command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
