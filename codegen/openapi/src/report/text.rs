//! Formats reports for a terminal.

use std::fmt::{self, Write as _};

use super::change::severity;
use super::printable::one_line;
use super::{
    ChangeReport, Colour, Excerpt, Finding, PlacedChange, Report, Severity, Site, Style,
    UncomparedOperation,
};

/// The parts of a text that have a colour.
#[derive(Clone, Copy)]
enum Paint {
    /// A severity, its id, and the underline.
    Severity(Severity),
    /// The frame of an excerpt.
    Frame,
    /// Less important text.
    Faint,
}

impl Paint {
    /// Colours a text with Select Graphic Rendition (ECMA-48 §8.3.117).
    fn on(self, text: &str, colour: Colour) -> String {
        let parameters = match self {
            Self::Severity(Severity::Error) => "1;31",
            Self::Severity(Severity::Warning) => "1;33",
            Self::Severity(Severity::Note) => "1;32",
            Self::Frame => "1;34",
            Self::Faint => "2",
        };
        match colour {
            Colour::Ansi => format!("\u{1b}[{parameters}m{text}\u{1b}[0m"),
            Colour::Plain => text.to_owned(),
        }
    }
}

impl Report {
    /// Formats the report for people. Each fault is an entry with its place and message, the line with the fault
    /// underlined, and advice; entries are separated by empty lines.
    ///
    /// The first line of an entry is `file:line:column: severity[id]: message`, which editors link. Text from a spec is
    /// cut and sanitized: it cannot affect the terminal.
    pub fn to_text(&self, colour: Colour) -> String {
        let entries: Vec<String> = self.iter().map(|it| entry(it, colour)).collect();
        entries.join("\n")
    }
}

/// Writes a line for each fault: `specs/a.yaml:4:31: error[unknown-type]: …`.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.iter().map(|it| headline(it, Colour::Plain)).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// Returns the place, severity, id and message of a fault.
fn headline(finding: &Finding, colour: Colour) -> String {
    let severity = finding.severity();
    let label = format!("{}[{}]", severity.as_str(), finding.id());
    let label = Paint::Severity(severity).on(&label, colour);
    let (place, sentence) = (&finding.site.location, one_line(&finding.message));
    format!("{place}: {label}: {sentence}")
}

fn entry(finding: &Finding, colour: Colour) -> String {
    let mut text = headline(finding, colour) + "\n";
    // Writing to a `String` cannot fail.
    let _ = write_details(&mut text, finding, colour);
    text
}

fn write_details(text: &mut String, finding: &Finding, colour: Colour) -> fmt::Result {
    let excerpt = finding.excerpt.as_ref();
    let gutter = excerpt.map_or(1, |it| it.line.to_string().len());
    let blank = " ".repeat(gutter);
    if let Some(excerpt) = excerpt {
        let Excerpt {
            line,
            text: shown,
            indent,
            width,
        } = excerpt;
        let bar = Paint::Frame.on(&format!("{blank} |"), colour);
        let number = Paint::Frame.on(&format!("{line} |"), colour);
        let underline = Paint::Severity(finding.severity()).on(&"^".repeat(*width), colour);
        writeln!(
            text,
            "{bar}\n{number} {shown}\n{bar} {}{underline}",
            " ".repeat(*indent)
        )?;
    }
    let pointer = finding.site.pointer.as_str();
    let notes = [
        ("operation", finding.operation.clone()),
        ("pointer", (!pointer.is_empty()).then(|| pointer.to_owned())),
        ("changed at", finding.site.changes()),
        ("help", finding.help.clone()),
    ];
    for (name, note) in notes {
        if let Some(note) = note {
            let mark = Paint::Frame.on(&format!("{blank} ="), colour);
            writeln!(text, "{mark} {name}: {}", one_line(&note))?;
        }
    }
    Ok(())
}

/// Writes a block for each change and each operation that is not compared, then the verdict.
pub(super) fn changes(report: &ChangeReport, style: Style) -> String {
    let mut out = String::new();
    for change in &report.changes {
        out.push_str(&block(change, style));
        out.push('\n');
    }
    for UncomparedOperation {
        operation,
        why,
        old,
        new,
    } in &report.uncompared
    {
        let label = Paint::Faint.on("not compared", style.colour);
        let sites = sites(old.as_ref(), new.as_ref());
        let why = one_line(why);
        out.push_str(&format!("{label}: {operation}: {why}\n{sites}\n"));
    }
    if style.docs {
        for reworded in &report.prose {
            let label = Paint::Faint.on("reworded", style.colour);
            let sites = sites(Some(&reworded.old), Some(&reworded.new));
            out.push_str(&format!("{label}: {}\n{sites}\n", one_line(&reworded.item)));
        }
    }
    let bump = report.bump();
    let paint = bump.map_or(Paint::Faint, |it| Paint::Severity(severity(it)));
    out + &paint.on(&report.verdict(), style.colour) + "\n"
}

fn block(change: &PlacedChange, style: Style) -> String {
    let paint = Paint::Severity(severity(change.bump));
    format!(
        "{}: {} {}\n  {}, breaks {}\n{}",
        paint.on(change.bump.name(), style.colour),
        change.message,
        Paint::Faint.on(&format!("[{}]", change.id), style.colour),
        one_line(&change.item),
        change.breaks.words(),
        sites(change.old.as_ref(), change.new.as_ref())
    )
}

/// The places, one on each line.
fn sites(old: Option<&Site>, new: Option<&Site>) -> String {
    let line = |label: &str, site: Option<&Site>| {
        site.map_or_else(String::new, |it| format!("  {label} {it}\n"))
    };
    line("old", old) + &line("new", new)
}
