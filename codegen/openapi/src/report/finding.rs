//! Holds the faults of a run, each with its place.

use super::annotation::Annotation;
use super::{Description, Excerpt, Explanation, Fault, Location, Position, Severity, Site, Span};
use crate::pointer::Pointer;

/// A fault with a place that an editor can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The value or key at fault, or the whole document if the text could not be parsed.
    pub site: Site,
    /// The operation that contains the value: its `operationId`, or else its method and path.
    pub operation: Option<String>,
    /// The line at fault; `None` for the file as a whole.
    pub excerpt: Option<Excerpt>,
    /// The kind of fault.
    pub explanation: &'static Explanation,
    /// The message, one sentence. Quotes from the spec are not sanitized.
    pub message: String,
    /// Advice that goes beyond the message.
    pub help: Option<String>,
}

impl Finding {
    pub(crate) fn new(fault: Description, site: Site, operation: Option<String>) -> Self {
        let Description {
            explanation,
            focus: _, // has a value to look up
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

    /// Returns the stable id of the kind of fault, in kebab case.
    pub fn id(&self) -> &'static str {
        self.explanation.id
    }

    /// Returns the severity of the fault.
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

/// All faults of a run with their places: what a user reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sorted by file, line and column.
    pub(super) findings: Vec<Finding>,
}

impl Report {
    /// Sorts faults by place; faults at the same place keep their order.
    pub(crate) fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| a.site.location.start().cmp(&b.site.location.start()));
        Self { findings }
    }

    /// Creates the report of a file that could not be decoded.
    pub(crate) fn of_text(file: String, position: Position, fault: impl Fault) -> Self {
        let span = Span::at(position);
        let site = Site {
            location: Location { file, span },
            pointer: Pointer::root(),
            changed_at: Vec::new(),
        };
        Self::of(vec![Finding::new(fault.describe(), site, None)])
    }

    /// Returns whether there are no faults.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Returns whether a fault prevents generating a crate.
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
