//! Formats reports in every format.

use super::{ChangeReport, Style, github, markdown, text};

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
