//! Formats reports for GitHub Actions: workflow commands, which become annotations of a pull request
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::fmt::Write as _;

use super::annotation::Annotation;
use super::printable::one_line;
use super::{ChangeReport, Finding, Location, PlacedChange, Report, Severity, Site, Style};

impl Report {
    /// Writes a workflow command for each fault:
    /// `::error file=specs/a.yaml,line=4,endLine=4,col=31,endColumn=40,title=unknown-reference::…`.
    ///
    /// The runner executes commands wherever they are printed, so text from a spec is escaped: it can neither end its
    /// command nor start another.
    pub fn to_github(&self) -> String {
        self.iter().map(fault).collect()
    }
}

fn fault(finding: &Finding) -> String {
    let mut message = one_line(&finding.message);
    let notes = [("operation", &finding.operation), ("help", &finding.help)];
    for (name, note) in notes {
        if let Some(note) = note {
            // Writing to a `String` cannot fail.
            let _ = write!(message, "\n{name}: {}", one_line(note));
        }
    }
    command(&Annotation {
        message: &message,
        ..finding.annotation()
    })
}

/// Writes an annotation for each change, and a notice with the verdict.
pub(super) fn changes(report: &ChangeReport, style: Style) -> String {
    let mut commands: String = report.changes.iter().map(change).collect();
    let uncompared = report.uncompared.iter();
    commands.extend(uncompared.map(|it| {
        let message = format!("{} is not compared: {}", it.operation, one_line(&it.why));
        let location = it.new.as_ref().map(|it| &it.location);
        notice("not-compared", &message, location)
    }));
    if style.docs {
        let prose = report.prose.iter();
        commands.extend(prose.map(|it| notice("reworded", &it.item, Some(&it.new.location))));
    }
    commands + &notice("verdict", &report.verdict(), None)
}

fn notice(id: &'static str, message: &str, location: Option<&Location>) -> String {
    command(&Annotation {
        severity: Severity::Note,
        id,
        message,
        location,
    })
}

fn change(change: &PlacedChange) -> String {
    let PlacedChange {
        item,
        breaks,
        message,
        old,
        new,
        ..
    } = change;
    let mut changes = [new, old].into_iter().flatten().filter_map(Site::changes);
    let changes = changes.next().map(|it| format!(", changed at {it}"));
    let was_at = match (new, old) {
        (None, Some(old)) => format!(", was at {old}"),
        (Some(_), _) | (None, None) => String::new(),
    };
    let (breaks, changes) = (breaks.words(), changes.unwrap_or_default());
    command(&Annotation {
        message: &format!("{message} ({item}, breaks {breaks}{changes}){was_at}"),
        ..change.annotation()
    })
}

fn command(annotation: &Annotation<'_>) -> String {
    let Annotation {
        severity,
        id,
        message,
        location,
    } = annotation;
    let name = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = location.map(place).unwrap_or_default();
    format!(
        "::{name} {place}title={}::{}\n",
        property(id),
        data(message)
    )
}

fn place(Location { file, span }: &Location) -> String {
    let (start, end) = (span.start, span.end);
    // GitHub only shows columns of annotations within one line.
    let end_column = if end.line == start.line {
        format!(",endColumn={}", end.column)
    } else {
        String::new()
    };
    format!(
        "file={},line={line},endLine={line},col={}{end_column},",
        property(file),
        start.column,
        line = start.line,
    )
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Position, Span};

    #[test]
    fn messages_cannot_end_a_command_early() {
        let location = Location {
            file: "a,b:c%.yaml\n::error::x".to_owned(),
            span: Span::at(Position { line: 3, column: 4 }),
        };
        let annotation = Annotation {
            severity: Severity::Error,
            id: "t",
            message: "100%\r\n::stop::",
            location: Some(&location),
        };
        assert_eq!(
            command(&annotation),
            "::error file=a%2Cb%3Ac%25.yaml%0A%3A%3Aerror%3A%3Ax,line=3,endLine=3,col=4,endColumn=5,title=t::\
             100%25%0D%0A::stop::\n"
        );
    }
}
