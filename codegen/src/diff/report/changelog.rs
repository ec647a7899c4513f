//! For the changelog of the emitted crate: lines that make sense without the specs at hand.

use super::{Entry, Report, Rule, item};
use crate::release::{Bump, Changes, Line};

impl Report {
    /// The changes as a release tells them, the largest bumps first. Reworded prose is one line with its count.
    pub fn release_notes(&self) -> Changes {
        let mut changes = Changes::default();
        for entry in &self.entries {
            let section = match (entry.rule, entry.bump) {
                (_, Bump::Major) => &mut changes.breaking,
                (
                    Rule::OperationDeprecated | Rule::ParameterDeprecated | Rule::FieldDeprecated,
                    Bump::Minor | Bump::Patch,
                ) => &mut changes.deprecated,
                (_, Bump::Minor) => &mut changes.added,
                (_, Bump::Patch) => &mut changes.changed,
            };
            section.push(line(entry));
        }
        match self.prose.len() {
            0 => {}
            1 => changes.changed.push(Line::of("1 text is reworded")),
            count => {
                let text = format!("{count} texts are reworded");
                changes.changed.push(Line::of(&text));
            }
        }
        changes
    }
}

fn line(entry: &Entry) -> Line {
    let (message, rule) = (&entry.message, entry.rule.id());
    Line::of(&format!("{message}: {} (`{rule}`)", item(&entry.item)))
}
