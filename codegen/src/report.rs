//! Reports: what a run has to say about places in files, and every way to write that down.
//!
//! Two things are reported: the faults of specs and of the files beside them ([`Report`]), and the changes between two
//! versions of specs ([`ChangeReport`]). What they have in common stands here once: the place ([`Location`], [`Site`]),
//! the severity, the id, the sentence. Nothing here knows what a fault or a change is about, nor how a place is found.
//!
//! The text of faults is laid out as rustc's, but not by rustc's renderer, `annotate-snippets`: our first line is
//! another (`file:line:column` before the severity, which editors link), long lines are cut around the fault rather
//! than at the width of the terminal, and JSON has the same excerpt. That leaves of it the underline, which is the
//! smaller part.
//!
//! Whatever a spec says is made safe to show: here in the sentences of faults, between backticks in those of changes.

mod annotation;
mod change;
mod changelog;
mod excerpt;
mod explanation;
mod fault;
mod finding;
mod github;
mod json;
mod location;
mod markdown;
mod printable;
mod text;

pub use self::change::{Breaks, ChangeReport, PlacedChange, Reworded};
pub use self::changelog::{Line, ReleaseNotes};
pub use self::excerpt::Excerpt;
pub(crate) use self::excerpt::Excerpts;
pub use self::explanation::{Example, Explanation, Severity};
pub(crate) use self::explanation::{error, explanations, note, warning};
pub(crate) use self::fault::Fault;
pub use self::fault::{Description, Diagnostic, Focus};
pub use self::finding::{Finding, Report};
pub use self::location::{Location, Position, Site, Span};
pub(crate) use self::printable::{code, is_hidden};
pub use self::text::Colour;

/// A way to write a report down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For the description of a pull request; faults are text there.
    Markdown,
    /// For programs; see [`Report::to_json`] and [`ChangeReport::to_json`].
    Json,
    /// Commands of a GitHub workflow, which annotate the specs.
    Github,
}

/// How a report of changes looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text has colours.
    pub colour: Colour,
    /// Whether reworded prose is listed, and not only counted.
    pub docs: bool,
}

#[cfg(test)]
mod tests;
