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
mod render;
mod style;
mod text;

pub use self::change::{Breaks, ChangeReport, PlacedChange, Reworded, UncomparedOperation};
pub use self::changelog::{Line, ReleaseNotes};
pub use self::excerpt::Excerpt;
pub(crate) use self::excerpt::Excerpts;
pub use self::explanation::{Example, Explanation, Severity};
pub(crate) use self::explanation::{error, explanations, note, warning};
pub(crate) use self::fault::{Description, Diagnostic, Fault, Focus};
pub use self::finding::{Finding, Report};
pub use self::location::{Location, Position, Site, Span};
pub(crate) use self::printable::{code, is_hidden};
pub use self::render::Format;
pub use self::style::{Colour, Style};

#[cfg(test)]
mod tests;
