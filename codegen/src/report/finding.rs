//! The faults of a run, each with its place.

use super::annotation::Annotation;
use super::{Description, Excerpt, Explanation, Fault, Location, Position, Severity, Site, Span};
use crate::pointer::Pointer;

/// A fault with the place where an editor can show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The value at fault, or the key if the key is at fault. The whole document if the text could not be read.
    pub site: Site,
    /// The operation that the value belongs to, by its `operationId`, or by its method and path if
    /// it has none.
    pub operation: Option<String>,
    /// The line at fault; `None` if the file as a whole is.
    pub excerpt: Option<Excerpt>,
    /// What kind of fault it is.
    pub explanation: &'static Explanation,
    /// What is wrong, in one sentence. What it quotes from the spec is not cleaned.
    pub message: String,
    /// What to do about it, where there is something to say that the sentence does not.
    pub help: Option<String>,
}

impl Finding {
    pub(crate) fn new(fault: Description, site: Site, operation: Option<String>) -> Self {
        let Description {
            explanation,
            focus: _, // is looked for
            message,
            help,
        } = fault;
        Self {
            site,
            operation,
            excerpt: None,
            explanation,
            message,
            help,
        }
    }

    /// Returns the stable name of the kind of fault, in kebab case.
    pub fn id(&self) -> &'static str {
        self.explanation.id
    }

    /// Says how bad the fault is.
    pub fn severity(&self) -> Severity {
        self.explanation.severity
    }

    pub(super) fn annotation(&self) -> Annotation<'_> {
        Annotation {
            severity: self.severity(),
            id: self.id(),
            message: &self.message,
            location: Some(&self.site.location),
        }
    }
}

/// All faults of a run, each with its place: what a user reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sorted by file, line and column.
    pub(super) findings: Vec<Finding>,
}

impl Report {
    /// Sorts faults by place; those at the same place stay in the order in which they were found.
    pub(crate) fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| a.site.location.start().cmp(&b.site.location.start()));
        Self { findings }
    }

    /// Reports the one fault that keeps bytes from being a text.
    pub(crate) fn of_text(file: String, position: Position, fault: impl Fault) -> Self {
        let span = Span::at(position);
        let site = Site {
            location: Location { file, span },
            pointer: Pointer::root(),
            changed_at: Vec::new(),
        };
        Self::of(vec![Finding::new(fault.describe(), site, None)])
    }

    /// Says whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Says whether a fault keeps a crate from being generated.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns how many faults there are.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Returns how many faults of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |it: &&Finding| it.severity() == severity;
        self.findings.iter().filter(of_it).count()
    }

    /// Returns the faults, sorted by file, line and column.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// Adds the faults of another file or stage.
    pub fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        *self = Self::of(std::mem::take(&mut self.findings));
    }
}

impl std::error::Error for Report {}
