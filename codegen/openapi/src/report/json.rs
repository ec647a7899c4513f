//! Formats reports as JSON (RFC 8259).

use serde_json::{Value, json};

use super::annotation::Annotation;
use super::{
    Breaks, ChangeReport, Excerpt, Finding, Location, PlacedChange, Report, Reworded, Severity,
    Site, Style, UncomparedOperation,
};
use crate::version::Bump;

/// The format of both reports. It is raised when a member is removed or changes its meaning, not when one is added.
///
/// Format 1 had its number in `version`, the location of a fault among the fault's own members, with `path` instead of
/// `file`, and the id of a change as `rule`.
const FORMAT: u32 = 2;

impl Report {
    /// Writes the report as one JSON object.
    ///
    /// | member | is |
    /// |---|---|
    /// | `format` | the format, 2: readers should refuse others and ignore members that they do not know |
    /// | `errors`, `warnings`, `notes` | how many there are |
    /// | `diagnostics` | the list of them, sorted by file and place |
    ///
    /// Each diagnostic has
    ///
    /// | member | is |
    /// |---|---|
    /// | `id` | the stable name of the kind: `unknown-reference` |
    /// | `severity` | `error`, `warning` or `note` |
    /// | `message` | one sentence; quotes from the spec are not sanitized |
    /// | `help` | what to do, or null |
    /// | `location` | the value at fault, or its key |
    /// | `operation` | the `operationId` of the operation that it belongs to, or its method and path, or null |
    /// | `excerpt` | null, or the line: `line`, `text` (cut, and sanitized for a terminal), `indent` and `width` of the underline, in columns of a terminal |
    ///
    /// Each location has, here as in [`ChangeReport::to_json`],
    ///
    /// | member | is |
    /// |---|---|
    /// | `file` | the file, as it was named to the generator |
    /// | `line`, `column` | where it begins, counted from 1; columns count Unicode characters |
    /// | `end_line`, `end_column` | the position after its last character |
    /// | `pointer` | the value, a JSON Pointer (RFC 6901) into the document |
    /// | `changed_at` | the list of places where an overlay changed what the value holds: `file`, `line`, `column`, `end_line`, `end_column` |
    pub fn to_json(&self) -> String {
        let report = json!({
            "format": FORMAT,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "notes": self.count(Severity::Note),
            "diagnostics": self.iter().map(fault).collect::<Vec<_>>(),
        });
        format!("{report:#}\n")
    }
}

fn fault(finding: &Finding) -> Value {
    let mut value = annotation(&finding.annotation());
    value["help"] = json!(finding.help);
    value["location"] = site(&finding.site);
    value["operation"] = json!(finding.operation);
    value["excerpt"] = finding.excerpt.as_ref().map(excerpt).into();
    value
}

fn excerpt(excerpt: &Excerpt) -> Value {
    let Excerpt {
        line,
        text,
        indent,
        width,
    } = excerpt;
    json!({"line": line, "text": text, "indent": indent, "width": width})
}

impl ChangeReport {
    /// Writes the report as one JSON object.
    ///
    /// ```text
    /// format    2: readers should refuse others and ignore members that they do not know
    /// verdict
    ///   bump    "major", "minor" or "patch"; null if there is no change
    ///   major, minor, patch         how many changes require each bump
    ///   compile, runtime, nobody    how many changes break callers that compile, callers at run time, nobody
    ///   uncompared  how many operations are not compared
    ///   prose   how many texts are reworded
    ///   text    the verdict for people
    /// changes   a list, the largest bumps first
    ///   id      the stable name of the rule: "operation-removed"
    ///   severity    "error" for a major change, "warning" for a minor one, "note" for a patch
    ///   message what has changed, for people; quotes from a spec are between backticks
    ///   bump    "major", "minor" or "patch"
    ///   breaks  "compile", "runtime" or "nobody"
    ///   item    the Rust item: "supersim::v1::UpdateFleet::data_limit"
    ///   old     where the old spec says it, or null
    ///   new     where the new spec says it, or null
    /// uncompared    a list of the operations that no crate can have, as either spec describes them
    ///   operation   its method and path, between backticks
    ///   why     what is wrong with it
    ///   old, new    as above
    /// prose     a list of the reworded texts, empty unless requested
    ///   item, old, new      as above; both places are there
    /// ```
    ///
    /// `old` and `new` are locations as in [`Report::to_json`]; `changed_at` only lists changes that the other side
    /// lacks.
    pub fn to_json(&self, style: Style) -> String {
        let prose = if style.docs {
            self.prose.as_slice()
        } else {
            &[]
        };
        let report = json!({
            "format": FORMAT,
            "verdict": {
                "bump": self.bump().map(Bump::name),
                "major": self.count(Bump::Major),
                "minor": self.count(Bump::Minor),
                "patch": self.count(Bump::Patch),
                "compile": self.count_breaking(Breaks::Compile),
                "runtime": self.count_breaking(Breaks::Runtime),
                "nobody": self.count_breaking(Breaks::Nobody),
                "uncompared": self.uncompared.len(),
                "prose": self.prose.len(),
                "text": self.verdict(),
            },
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "uncompared": self.uncompared.iter().map(uncompared).collect::<Vec<_>>(),
            "prose": prose.iter().map(reworded).collect::<Vec<_>>(),
        });
        format!("{report:#}\n")
    }
}

fn change(change: &PlacedChange) -> Value {
    let breaks = match change.breaks {
        Breaks::Compile => "compile",
        Breaks::Runtime => "runtime",
        Breaks::Nobody => "nobody",
    };
    let mut value = annotation(&change.annotation());
    value["bump"] = change.bump.name().into();
    value["breaks"] = breaks.into();
    value["item"] = change.item.as_str().into();
    value["old"] = change.old.as_ref().map(site).into();
    value["new"] = change.new.as_ref().map(site).into();
    value
}

fn uncompared(operation: &UncomparedOperation) -> Value {
    let UncomparedOperation {
        operation,
        why,
        old,
        new,
    } = operation;
    json!({
        "operation": operation,
        "why": why,
        "old": old.as_ref().map(site),
        "new": new.as_ref().map(site),
    })
}

fn reworded(reworded: &Reworded) -> Value {
    let Reworded { item, old, new } = reworded;
    json!({"item": item, "old": site(old), "new": site(new)})
}

/// The members that faults and changes share; a change has two places instead of one.
fn annotation(annotation: &Annotation<'_>) -> Value {
    let Annotation {
        severity,
        id,
        message,
        location: _,
    } = annotation;
    json!({"id": id, "severity": severity.as_str(), "message": message})
}

fn site(site: &Site) -> Value {
    let mut value = location(&site.location);
    value["pointer"] = site.pointer.as_str().into();
    value["changed_at"] = site.changed_at.iter().map(location).collect();
    value
}

fn location(Location { file, span }: &Location) -> Value {
    json!({
        "file": file,
        "line": span.start.line,
        "column": span.start.column,
        "end_line": span.end.line,
        "end_column": span.end.column,
    })
}
