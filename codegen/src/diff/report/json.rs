//! For programs.

use serde_json::{Value, json};

use super::{Breaks, Entry, Report, Reworded, Site, Style};
use crate::release::Bump;
use crate::source::Position;

/// The version of the schema. It is raised when a member goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

impl Report {
    /// The report as JSON (RFC 8259), for programs.
    ///
    /// ```text
    /// version   1; raised when a member goes or changes its meaning, not when one is added
    /// verdict
    ///   bump    "major", "minor" or "patch"; null if there is no change
    ///   major, minor, patch         how many changes call for each bump
    ///   compile, runtime, nobody    how many changes break callers that compile, callers at run time, nobody
    ///   prose   how many texts are reworded
    ///   text    the verdict for people
    /// changes   a list, the largest bumps first
    ///   rule    the id of the rule
    ///   bump    "major", "minor" or "patch"
    ///   breaks  "compile", "runtime" or "nobody"
    ///   item    the Rust item: "supersim::v1::UpdateFleet::data_limit"
    ///   message what has changed, for people; words of a spec stand between backticks
    ///   old     where the old spec says it, or null
    ///     file    the path as it was given
    ///     line, column    both from 1; columns count characters
    ///     pointer the JSON Pointer (RFC 6901)
    ///     changed_at      a list of the places where an overlay changed what the value holds,
    ///               where that is not so on the other side
    ///       file, line, column      as above
    ///   new     where the new spec says it, or null
    /// prose     a list of what is reworded, empty unless it was asked for
    ///   item, old, new      as above; both places are there
    /// ```
    pub fn json(&self, style: Style) -> String {
        let of = |breaks| self.entries.iter().filter(|it| it.breaks == breaks).count();
        let prose = if style.docs {
            self.prose.as_slice()
        } else {
            &[]
        };
        let value = json!({
            "version": VERSION,
            "verdict": {
                "bump": self.bump().map(Bump::name),
                "major": self.count(Bump::Major),
                "minor": self.count(Bump::Minor),
                "patch": self.count(Bump::Patch),
                "compile": of(Breaks::Compile),
                "runtime": of(Breaks::Runtime),
                "nobody": of(Breaks::Nobody),
                "prose": self.prose.len(),
                "text": self.verdict(),
            },
            "changes": self.entries.iter().map(change).collect::<Vec<_>>(),
            "prose": prose.iter().map(reworded).collect::<Vec<_>>(),
        });
        format!("{value:#}\n")
    }
}

fn change(entry: &Entry) -> Value {
    let breaks = match entry.breaks {
        Breaks::Compile => "compile",
        Breaks::Runtime => "runtime",
        Breaks::Nobody => "nobody",
    };
    json!({
        "rule": entry.rule.id(),
        "bump": entry.bump.name(),
        "breaks": breaks,
        "item": entry.item,
        "message": entry.message,
        "old": entry.old.as_ref().map(place),
        "new": entry.new.as_ref().map(place),
    })
}

fn reworded(reworded: &Reworded) -> Value {
    json!({
        "item": reworded.item,
        "old": place(&reworded.old),
        "new": place(&reworded.new),
    })
}

fn place(site: &Site) -> Value {
    json!({
        "file": site.path,
        "line": site.position.line,
        "column": site.position.column,
        "pointer": site.pointer.as_str(),
        "changed_at": site.changed_at.iter().map(changed_at).collect::<Vec<_>>(),
    })
}

fn changed_at((path, position): &(String, Position)) -> Value {
    json!({ "file": path, "line": position.line, "column": position.column })
}
