//! Faults of a spec, or of a file beside it: what is wrong, where, and how a user reads it.
//!
//! Every stage reports a [`Diagnostic`]: a [`Problem`] and the [`Pointer`] of the value at fault.
//! Only a [`Report`] knows lines and columns; it looks them up once, when there is something to
//! report. No stage prints, and none stops at its first fault.
//!
//! A fault that is [`Placed`] needs no text any more: it carries its file, its place and the excerpt to
//! show. So one report may hold faults of several files, of whatever kind those are.
//!
//! A report is written in three ways: [`Report::to_text`] for people, [`Report::to_json`] for programs,
//! [`Report::to_github`] for the pages of a pull request. The text is laid out as rustc's, but not by
//! rustc's renderer, `annotate-snippets`: our first line is another (`file:line:column` before the
//! severity, which editors link), long lines are cut around the fault rather than at the width of the
//! terminal, and JSON has the same excerpt. That leaves of it the underline, which is the smaller part.

mod companion;
mod excerpt;
mod explanation;
pub(crate) mod github;
mod json;
mod lookup;
mod message;
mod overlay;
mod printable;
mod problem;
mod text;

pub use companion::{GuideProblem, RecordProblem};
pub use excerpt::Excerpt;
pub use explanation::{Example, Explanation, Severity};
pub use overlay::OverlayProblem;
pub use problem::Problem;
pub use text::Colour;

use std::collections::BTreeMap;
use std::fmt;

use self::excerpt::Excerpts;
pub(crate) use self::lookup::{Lookup, Origin};
pub(crate) use self::printable::{is_hidden, one_line};
use crate::path_item::METHODS;
use crate::pointer::Pointer;
use crate::source::{Found, Part, Position, SourceFile, Span};

/// A problem in a spec and the place that caused it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// The value at fault.
    pub at: Pointer,
}

/// All faults of a run, each with its place: what a user reads.
///
/// `Display` writes a line for each, sorted by place: `specs/a.yaml:4:31: error[unknown-type]: …`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sorted by path, line and column.
    entries: Vec<Placed>,
}

/// A problem and the place where an editor can show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The path of the [`SourceFile`].
    pub path: String,
    /// The value at fault, or the key if the key is at fault.
    pub span: Span,
    /// The value at fault, in the document. The whole document if the text could not be read.
    pub pointer: Pointer,
    /// The operation that the value belongs to, by its `operationId`, or by its method and path if
    /// it has none.
    pub operation: Option<String>,
    /// Where an overlay changed what the value holds, if the value itself is the spec's: file and place.
    pub changed_at: Vec<(String, Position)>,
    /// The line at fault; `None` if the file as a whole is.
    pub excerpt: Option<Excerpt>,
    /// What is wrong.
    pub problem: Problem,
}

impl Report {
    /// Finds the places of `diagnostics` in their file.
    ///
    /// A place that the text lacks, such as the inside of an alias, becomes the nearest value
    /// around it. Reads the whole text again: call it only when there is something to report.
    pub fn new(source: &SourceFile, diagnostics: Vec<Diagnostic>) -> Self {
        Self::with_origins(diagnostics, |at| Origin {
            source,
            pointer: at.clone(),
            changes: Vec::new(),
        })
    }

    /// Finds the places of `diagnostics` in the files that the values came from, which `origin` tells for
    /// the pointer of a value.
    pub(crate) fn with_origins<'a>(
        diagnostics: Vec<Diagnostic>,
        origin: impl Fn(&Pointer) -> Origin<'a>,
    ) -> Self {
        let mut lookup = Lookup::default();
        let mut sources: BTreeMap<&str, &SourceFile> = BTreeMap::new();
        let mut entries = Vec::new();
        for diagnostic in diagnostics {
            let from = origin(&diagnostic.at);
            let place = match diagnostic.problem.position() {
                Some(position) => Err(Span::at(position)),
                None => Ok(lookup.want(from.source, from.pointer, diagnostic.part())),
            };
            let id = operation_id(&diagnostic.at).map(|id| {
                let from = origin(&id);
                lookup.want(from.source, from.pointer, Part::Value)
            });
            let changes = from.changes.into_iter().map(|(source, pointer)| {
                let index = lookup.want(source, pointer, Part::Value);
                (source.path.clone(), index)
            });
            let changes: Vec<(String, usize)> = changes.collect();
            sources.insert(from.source.path.as_str(), from.source);
            entries.push((diagnostic, from.source.path.clone(), place, id, changes));
        }
        let found = lookup.find();
        let entries = entries
            .into_iter()
            .map(|(diagnostic, path, place, id, changes)| {
                let Diagnostic { problem, at } = diagnostic;
                Placed {
                    path,
                    span: place.map_or_else(|span| span, |place| found[place].span),
                    operation: id.and_then(|id| operation(&found[id], &at)),
                    changed_at: changes
                        .into_iter()
                        .map(|(path, index)| (path, found[index].span.start))
                        .collect(),
                    excerpt: None,
                    pointer: at,
                    problem,
                }
            });
        let mut report = Self {
            entries: entries.collect(),
        };
        report.sort();
        for source in sources.into_values() {
            report.cut_excerpts(source);
        }
        report
    }

    /// Returns a report of the one fault that keeps bytes from being a text.
    pub(crate) fn of_bytes(path: String, position: Position, problem: Problem) -> Self {
        Self {
            entries: vec![Placed {
                path,
                span: Span::at(position),
                pointer: Pointer::root(),
                operation: None,
                changed_at: Vec::new(),
                excerpt: None,
                problem,
            }],
        }
    }

    /// Says whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Says whether a fault keeps a crate from being generated.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns how many faults there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns how many faults of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |placed: &&Placed| placed.problem.severity() == severity;
        self.entries.iter().filter(of_it).count()
    }

    /// Returns the faults, sorted by path, line and column.
    pub fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.entries.iter()
    }

    /// Adds the faults of another file or stage.
    pub fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.sort();
    }

    /// Sorts by place; faults at the same place stay in the order in which they were found.
    fn sort(&mut self) {
        self.entries
            .sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
    }

    /// Cuts the lines at fault out of their file.
    fn cut_excerpts(&mut self, source: &SourceFile) {
        let in_lines = |it: &&mut Placed| it.path == source.path && !it.problem.is_about_file();
        let mut placed = self.entries.iter_mut().filter(in_lines).peekable();
        if placed.peek().is_none() || !source.is_showable() {
            return;
        }
        let mut excerpts = Excerpts::new(&source.text);
        for placed in placed {
            placed.excerpt = excerpts.excerpt(placed.span);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, placed) in self.entries.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            let Placed {
                path,
                span: Span { start, .. },
                problem,
                ..
            } = placed;
            let (severity, id) = (problem.severity().as_str(), problem.id());
            let problem = one_line(&problem.to_string());
            let Position { line, column } = start;
            let path = one_line(path);
            write!(
                f,
                "{separator}{path}:{line}:{column}: {severity}[{id}]: {problem}"
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

impl Diagnostic {
    /// Says what to look up to place the problem: the value, or one of its keys.
    fn part(&self) -> Part {
        if matches!(self.problem, Problem::DuplicateKey { .. }) {
            Part::SecondKey
        } else if self.problem.is_about_key() {
            Part::Key
        } else {
            Part::Value
        }
    }
}

/// Returns where the `operationId` stands of the operation that a value is, or is part of.
fn operation_id(at: &Pointer) -> Option<Pointer> {
    let (path, method) = path_and_method(at)?;
    let operation = Pointer::root().key("paths").key(&path).key(&method);
    Some(operation.key("operationId"))
}

/// Names the operation that a value is, or is part of.
fn operation(id: &Found, at: &Pointer) -> Option<String> {
    let text = id.text.clone().filter(|it| !it.is_empty());
    text.or_else(|| {
        let (path, method) = path_and_method(at)?;
        Some(format!("{} {path}", method.to_ascii_uppercase()))
    })
}

/// Returns the path and the method of the operation that a value is, or is part of.
fn path_and_method(at: &Pointer) -> Option<(String, String)> {
    let mut tokens = at.tokens();
    let (root, path, method) = (tokens.next()?, tokens.next()?, tokens.next()?);
    (root == "paths" && METHODS.contains(&method.as_str())).then_some((path, method))
}

#[cfg(test)]
mod tests;
