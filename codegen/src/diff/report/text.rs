//! For people at a terminal.

use super::{Breaks, Entry, Report, Site, Style};
use crate::diagnostic::one_line;
use crate::release::Bump;

/// One block for each change, then the verdict.
pub(super) fn text(report: &Report, style: Style) -> String {
    let mut out = String::new();
    for entry in &report.entries {
        out.push_str(&block(entry, style));
        out.push('\n');
    }
    if style.docs {
        for reworded in &report.prose {
            let label = style.colour.paint(DIM, "reworded");
            let sites = sites(Some(&reworded.old), Some(&reworded.new));
            out.push_str(&format!("{label}: {}\n{sites}\n", one_line(&reworded.item)));
        }
    }
    let code = report.bump().map_or(DIM, colour);
    out.push_str(&style.colour.paint(code, &report.verdict()));
    out.push('\n');
    out
}

fn block(entry: &Entry, style: Style) -> String {
    let bump = style.colour.paint(colour(entry.bump), entry.bump.name());
    let rule = style.colour.paint(DIM, &format!("[{}]", entry.rule.id()));
    let breaks = match entry.breaks {
        Breaks::Nobody => "breaks nobody".to_owned(),
        breaks @ (Breaks::Runtime | Breaks::Compile) => format!("breaks {}", breaks.words()),
    };
    format!(
        "{bump}: {} {rule}\n  {}, {breaks}\n{}",
        entry.message,
        one_line(&entry.item),
        sites(entry.old.as_ref(), entry.new.as_ref())
    )
}

/// The places, a line each.
fn sites(old: Option<&Site>, new: Option<&Site>) -> String {
    let line = |label: &str, site: Option<&Site>| {
        site.map_or_else(String::new, |it| {
            format!("  {label} {}\n", one_line(&it.to_string()))
        })
    };
    format!("{}{}", line("old", old), line("new", new))
}

/// Faint, see [`Colour::paint`](crate::diagnostic::Colour::paint).
const DIM: &str = "2";

fn colour(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "1;31",
        Bump::Minor => "1;33",
        Bump::Patch => "1;32",
    }
}
