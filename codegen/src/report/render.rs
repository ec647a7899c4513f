//! Reports in every format.

use super::{ChangeReport, Style, github, markdown, text};

/// A way to write a report down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For the description of a pull request; faults are text there.
    Markdown,
    /// For programs; see [`Report::to_json`](super::Report::to_json) and [`ChangeReport::to_json`].
    Json,
    /// Commands of a GitHub workflow, which annotate the specs.
    Github,
}

impl ChangeReport {
    /// Writes the report down.
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => text::changes(self, style),
            Format::Markdown => markdown::changes(self, style),
            Format::Json => self.to_json(style),
            Format::Github => github::changes(self, style),
        }
    }
}
