//! A report for programs.

use serde_json::{Value, json};

use super::{Excerpt, Placed, Report, Severity};
use crate::source::Position;

/// The version of the schema. It is raised when a field is removed or means something else; new
/// fields do not raise it.
const VERSION: u32 = 1;

impl Report {
    /// Writes the report as one JSON object.
    ///
    /// | field | is |
    /// |---|---|
    /// | `version` | the version of this schema, 1: readers should refuse others and ignore fields that they do not know |
    /// | `errors`, `warnings`, `notes` | how many there are |
    /// | `diagnostics` | the list of them, sorted by path and place |
    ///
    /// Each diagnostic has
    ///
    /// | field | is |
    /// |---|---|
    /// | `id` | the stable name of the kind: `unknown-reference` |
    /// | `severity` | `error`, `warning` or `note` |
    /// | `message` | one sentence; what it quotes from the spec is not cleaned |
    /// | `help` | what to do, or null |
    /// | `path` | the file, as it was named to the generator |
    /// | `line`, `column` | where the fault begins, counted from 1; columns count Unicode characters |
    /// | `end_line`, `end_column` | the place behind its last character |
    /// | `pointer` | the value at fault, a JSON Pointer (RFC 6901) |
    /// | `operation` | the `operationId` of the operation that it belongs to, or its method and path, or null |
    /// | `changed_at` | the list of places where an overlay changed what the value holds: `path`, `line`, `column` |
    /// | `excerpt` | null, or the line: `line`, `text` (cut, and cleaned for a terminal), `indent` and `width` of the underline, in columns of a terminal |
    pub fn to_json(&self) -> String {
        let diagnostics: Vec<Value> = self.iter().map(diagnostic).collect();
        let report = json!({
            "version": VERSION,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "notes": self.count(Severity::Note),
            "diagnostics": diagnostics,
        });
        format!("{report:#}\n")
    }
}

fn diagnostic(placed: &Placed) -> Value {
    let Placed {
        path,
        span,
        pointer,
        operation,
        changed_at,
        excerpt,
        problem,
    } = placed;
    let (start, end): (Position, Position) = (span.start, span.end);
    json!({
        "id": problem.id(),
        "severity": problem.severity().as_str(),
        "message": problem.to_string(),
        "help": problem.help(),
        "path": path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "pointer": pointer.as_str(),
        "operation": operation,
        "changed_at": changed_at.iter().map(change).collect::<Vec<_>>(),
        "excerpt": excerpt.as_ref().map(excerpt_of),
    })
}

fn change((path, at): &(String, Position)) -> Value {
    json!({"path": path, "line": at.line, "column": at.column})
}

fn excerpt_of(excerpt: &Excerpt) -> Value {
    let Excerpt {
        line,
        text,
        indent,
        width,
    } = excerpt;
    json!({"line": line, "text": text, "indent": indent, "width": width})
}
