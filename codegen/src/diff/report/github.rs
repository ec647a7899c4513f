//! Commands of a GitHub workflow, which become annotations, as the faults of a spec do.

use super::{Entry, Report, Site, Style};
use crate::diagnostic::github::{data, property};
use crate::release::Bump;

/// One annotation for each change, and a notice with the verdict.
pub(super) fn github(report: &Report, style: Style) -> String {
    let mut out = String::new();
    for entry in &report.entries {
        let mut sites = [&entry.new, &entry.old].into_iter().flatten();
        let changes = sites.find_map(Site::changes);
        let mut message = format!(
            "{} ({}, breaks {}{})",
            entry.message,
            entry.item,
            entry.breaks.words(),
            changes.map_or_else(String::new, |it| format!(", {it}"))
        );
        // A page of a pull request shows the new files alone.
        if let (None, Some(old)) = (&entry.new, &entry.old) {
            message += &format!(", was at {old}");
        }
        let site = entry.new.as_ref();
        out.push_str(&command(level(entry), site, entry.rule.id(), &message));
    }
    if style.docs {
        for reworded in &report.prose {
            let site = Some(&reworded.new);
            out.push_str(&command("notice", site, "reworded", &reworded.item));
        }
    }
    out.push_str(&command("notice", None, "verdict", &report.verdict()));
    out
}

fn level(entry: &Entry) -> &'static str {
    match entry.bump {
        Bump::Major => "error",
        Bump::Minor => "warning",
        Bump::Patch => "notice",
    }
}

fn command(level: &str, site: Option<&Site>, title: &str, message: &str) -> String {
    let place = site.map_or_else(String::new, |site| {
        format!(
            "file={},line={},col={},",
            property(&site.path),
            site.position.line,
            site.position.column
        )
    });
    format!(
        "::{level} {place}title={}::{}\n",
        property(title),
        data(message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;
    use crate::source::Position;

    #[test]
    fn nothing_ends_a_command_early() {
        let site = Site {
            path: "a,b:c%.yaml\n::error::x".to_owned(),
            position: Position { line: 3, column: 4 },
            pointer: Pointer::root(),
            changed_at: Vec::new(),
        };
        assert_eq!(
            command("error", Some(&site), "t", "100%\r\n::stop::"),
            "::error file=a%2Cb%3Ac%25.yaml%0A%3A%3Aerror%3A%3Ax,line=3,col=4,title=t::100%25%0D%0A::stop::\n"
        );
    }
}
