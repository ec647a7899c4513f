//! Formats reports in every format and style.

use super::{ChangeReport, github, markdown, text};

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Text,
    /// Markdown for the description of a pull request; faults are text there.
    Markdown,
    /// JSON; see [`Report::to_json`](super::Report::to_json) and [`ChangeReport::to_json`].
    Json,
    /// GitHub workflow commands, which annotate the specs.
    Github,
}

/// Whether a text has terminal colours (ECMA-48 SGR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With colours.
    Ansi,
    /// Without colours.
    Plain,
}

/// The appearance of a change report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text has colours.
    pub colour: Colour,
    /// Whether reworded texts are listed instead of counted.
    pub docs: bool,
}

impl ChangeReport {
    /// Formats the report.
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => text::changes(self, style),
            Format::Markdown => markdown::changes(self, style),
            Format::Json => self.to_json(style),
            Format::Github => github::changes(self, style),
        }
    }
}
