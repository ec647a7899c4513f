//! For the description of a pull request: GitHub Flavored Markdown.

use super::{Entry, Report, Site, Style, item};
use crate::diff::wording::code;
use crate::release::Bump;

/// The verdict, then a list for each bump that some change calls for.
pub(super) fn markdown(report: &Report, style: Style) -> String {
    let mut out = format!("**{}**\n", report.verdict());
    for bump in Bump::ALL {
        let entries: Vec<&Entry> = report.entries.iter().filter(|it| it.bump == bump).collect();
        if entries.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {} ({})\n\n", title(bump), entries.len()));
        for entry in entries {
            out.push_str(&bullet(entry));
        }
    }
    if style.docs && !report.prose.is_empty() {
        out.push_str(&format!("\n### Reworded ({})\n\n", report.prose.len()));
        for reworded in &report.prose {
            let sites = sites(Some(&reworded.old), Some(&reworded.new));
            out.push_str(&format!("- {}: {sites}\n", item(&reworded.item)));
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

fn bullet(entry: &Entry) -> String {
    format!(
        "- {} (`{}`, breaks {})  \n  {}: {}\n",
        entry.message,
        entry.rule.id(),
        entry.breaks.words(),
        item(&entry.item),
        sites(entry.old.as_ref(), entry.new.as_ref())
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
