//! A report for people: the place and the sentence, the line with the fault underlined, and what
//! to do about it.

use std::fmt::{self, Write as _};

use super::printable::one_line;
use super::{Excerpt, Placed, Report, Severity};
use crate::source::Position;

/// Whether a text has the colours of a terminal (ECMA-48 SGR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// It has.
    Ansi,
    /// It has not.
    Plain,
}

impl Colour {
    /// Gives a text the colours of the Select Graphic Rendition parameters `parameters` (ECMA-48 §8.3.117), if any.
    pub(crate) fn paint(self, parameters: &str, text: &str) -> String {
        match self {
            Self::Ansi => format!("\u{1b}[{parameters}m{text}\u{1b}[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// What is coloured.
#[derive(Clone, Copy)]
enum Paint {
    /// A severity, its id, and the underline.
    Severity(Severity),
    /// The frame of an excerpt.
    Frame,
}

impl Report {
    /// Writes the report for people: an entry for each fault, with an empty line between two.
    ///
    /// The first line of an entry is `file:line:column: severity[id]: sentence`, which editors link.
    /// What a spec says is cut and cleaned: no byte of it does anything to a terminal.
    pub fn to_text(&self, colour: Colour) -> String {
        let entries: Vec<String> = self.iter().map(|it| entry(it, colour)).collect();
        entries.join("\n")
    }
}

fn entry(placed: &Placed, colour: Colour) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_entry(&mut text, placed, colour);
    text
}

fn write_entry(text: &mut String, placed: &Placed, colour: Colour) -> fmt::Result {
    let problem = &placed.problem;
    let Position { line, column } = placed.span.start;
    let of_severity = Paint::Severity(problem.severity());
    let label = format!("{}[{}]", problem.severity().as_str(), problem.id());
    let label = of_severity.on(&label, colour);
    let path = one_line(&placed.path);
    let sentence = one_line(&problem.to_string());
    writeln!(text, "{path}:{line}:{column}: {label}: {sentence}")?;
    let gutter = placed
        .excerpt
        .as_ref()
        .map_or(1, |it| it.line.to_string().len());
    let blank = " ".repeat(gutter);
    if let Some(excerpt) = &placed.excerpt {
        let Excerpt {
            line,
            text: shown,
            indent,
            width,
        } = excerpt;
        let bar = Paint::Frame.on(&format!("{blank} |"), colour);
        let number = Paint::Frame.on(&format!("{line} |"), colour);
        let underline = of_severity.on(&"^".repeat(*width), colour);
        writeln!(
            text,
            "{bar}\n{number} {shown}\n{bar} {}{underline}",
            " ".repeat(*indent)
        )?;
    }
    let changes = placed
        .changed_at
        .iter()
        .map(|(path, Position { line, column })| format!("{path}:{line}:{column}"));
    let changes = changes.collect::<Vec<_>>().join(", ");
    let is_inside = !placed.pointer.as_str().is_empty();
    let notes = [
        ("operation", placed.operation.clone()),
        ("pointer", is_inside.then(|| placed.pointer.to_string())),
        ("changed at", (!changes.is_empty()).then_some(changes)),
        ("help", problem.help()),
    ];
    for (name, note) in notes {
        if let Some(note) = note {
            let mark = Paint::Frame.on(&format!("{blank} ="), colour);
            writeln!(text, "{mark} {name}: {}", one_line(&note))?;
        }
    }
    Ok(())
}

impl Paint {
    /// Colours a text.
    fn on(self, text: &str, colour: Colour) -> String {
        let parameters = match self {
            Self::Severity(Severity::Error) => "1;31",
            Self::Severity(Severity::Warning) => "1;33",
            Self::Severity(Severity::Note) => "1;32",
            Self::Frame => "1;34",
        };
        colour.paint(parameters, text)
    }
}
