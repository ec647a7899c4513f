//! Formats reports for the description of a pull request: GitHub Flavored Markdown.

use super::printable::code;
use super::{ChangeReport, PlacedChange, Site, Style};
use crate::version::Bump;

/// Writes the verdict, a list of changes for each bump, and the operations that are not compared.
pub(super) fn changes(report: &ChangeReport, style: Style) -> String {
    let mut out = format!("**{}**\n", report.verdict());
    for bump in Bump::ALL {
        let count = report.count(bump);
        if count > 0 {
            out.push_str(&format!("\n### {} ({count})\n\n", title(bump)));
        }
        let changes = report.changes.iter().filter(|it| it.bump == bump);
        out.extend(changes.map(bullet));
    }
    if !report.uncompared.is_empty() {
        out.push_str(&format!(
            "\n### Not compared ({})\n\n",
            report.uncompared.len()
        ));
        for it in &report.uncompared {
            let sites = sites(it.old.as_ref(), it.new.as_ref());
            let why = code(&it.why);
            out.push_str(&format!("- {}: {why}  \n  {sites}\n", it.operation));
        }
    }
    if style.docs && !report.prose.is_empty() {
        out.push_str(&format!("\n### Reworded ({})\n\n", report.prose.len()));
        for reworded in &report.prose {
            let sites = sites(Some(&reworded.old), Some(&reworded.new));
            out.push_str(&format!("- {}: {sites}\n", code(&reworded.item)));
        }
    }
    out
}

fn title(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "Major",
        Bump::Minor => "Minor",
        Bump::Patch => "Patch",
    }
}

fn bullet(change: &PlacedChange) -> String {
    format!(
        "- {} (`{}`, breaks {})  \n  {}: {}\n",
        change.message,
        change.id,
        change.breaks.words(),
        code(&change.item),
        sites(change.old.as_ref(), change.new.as_ref())
    )
}

fn sites(old: Option<&Site>, new: Option<&Site>) -> String {
    let shown: Vec<String> = [old, new]
        .into_iter()
        .flatten()
        .map(|site| code(&site.to_string()))
        .collect();
    shown.join(" → ")
}
