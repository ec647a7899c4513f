//! Formats findings and changes with their places in files.
//!
//! There are two kinds of reports: the faults of specs and their companion files ([`Report`]), and the changes between
//! two versions of specs ([`ChangeReport`]). They share the place ([`Location`], [`Site`]), the severity, the id and
//! the message. Nothing here knows what a fault or a change is about, nor how a place is found.
//!
//! Faults look like rustc's diagnostics but are not rendered by rustc's `annotate-snippets`: our first line differs
//! (`file:line:column` before the severity, which editors link), long lines are cut around the fault instead of at the
//! terminal's width, and JSON has the same excerpt. Only the underline would remain, which is the smaller part.
//!
//! Text from a spec is made safe to print: here in the messages of faults, between backticks in those of changes.

mod annotation;
mod change;
mod changelog;
mod excerpt;
mod explanation;
mod fault;
mod finding;
mod format;
mod github;
mod json;
mod location;
mod markdown;
mod printable;
mod text;

pub use self::change::{Breaks, ChangeReport, PlacedChange, Reworded, UncomparedOperation};
pub use self::changelog::{Line, ReleaseNotes};
pub use self::excerpt::Excerpt;
pub(crate) use self::excerpt::Excerpts;
pub use self::explanation::{Example, Explanation, Severity};
pub use self::explanation::{error, explanations, note, warning};
pub(crate) use self::fault::Focus;
pub use self::fault::{Description, Diagnostic, Fault};
pub use self::finding::{Finding, Report};
pub use self::format::{Colour, Format, Style};
pub use self::location::{Location, Position, Site, Span};
pub use self::printable::{code, is_hidden};

#[cfg(test)]
mod tests;
