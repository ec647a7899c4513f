//! Finds the places of values in their files, of which each is read once.

use std::collections::BTreeMap;

use crate::path_item::METHODS;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Excerpts, Finding, Focus, Location, Position, Report, Site, Span};
use crate::source::{Found, Part, SourceFile, locate};

/// Where a value of a document came from.
pub(crate) struct Origin<'a> {
    /// The file.
    pub(crate) source: &'a SourceFile,
    /// The value in it.
    pub(crate) pointer: Pointer,
    /// The files and the values in them that have changed what the value holds since.
    pub(crate) changes: Vec<(&'a SourceFile, Pointer)>,
}

/// Finds the places of `diagnostics` in their file.
///
/// A place that the text lacks, such as the inside of an alias, becomes the nearest value
/// around it. Reads the whole text again: call it only when there is something to report.
pub(crate) fn report(source: &SourceFile, diagnostics: Vec<Diagnostic>) -> Report {
    report_with_origins(diagnostics, |at| Origin {
        source,
        pointer: at.clone(),
        changes: Vec::new(),
    })
}

/// Finds the places of `diagnostics` in the files that the values came from, which `origin` tells for
/// the pointer of a value.
pub(crate) fn report_with_origins<'a>(
    diagnostics: Vec<Diagnostic>,
    origin: impl Fn(&Pointer) -> Origin<'a>,
) -> Report {
    let mut lookup = Lookup::default();
    let mut wanted = Vec::new();
    for Diagnostic { fault, at } in diagnostics {
        let (from, focus) = (origin(&at), fault.focus);
        let shown = (focus != Focus::File).then_some(from.source);
        let site = lookup.want_site(&at, from, focus);
        let id = operation_id(&at).map(|id| {
            let from = origin(&id);
            lookup.want(from.source, from.pointer, Part::Value)
        });
        wanted.push((fault, site, id, shown));
    }
    let found = lookup.find();
    let findings = wanted.into_iter().map(|(fault, site, id, shown)| {
        let operation = id.and_then(|id| operation(&found[id], &site.pointer));
        let finding = Finding::new(fault, site.of(&found), operation);
        (finding, shown)
    });
    Report::of(with_excerpts(findings.collect()))
}

/// Cuts the lines at fault out of the files that are to be shown.
fn with_excerpts(mut findings: Vec<(Finding, Option<&SourceFile>)>) -> Vec<Finding> {
    findings.sort_by(|(a, _), (b, _)| a.site.location.start().cmp(&b.site.location.start()));
    let mut excerpts: BTreeMap<&str, Option<Excerpts<'_>>> = BTreeMap::new();
    let findings = findings.into_iter().map(|(finding, shown)| {
        let excerpt = shown.and_then(|source| {
            let of_source = || source.is_showable().then(|| Excerpts::new(&source.text));
            let excerpts = excerpts.entry(&source.path).or_insert_with(of_source);
            excerpts.as_mut()?.excerpt(finding.site.location.span)
        });
        Finding { excerpt, ..finding }
    });
    findings.collect()
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

/// Values to find.
#[derive(Default)]
pub(crate) struct Lookup<'a> {
    wanted: Vec<(&'a SourceFile, Pointer, Part)>,
}

impl<'a> Lookup<'a> {
    /// Asks for a part of a value, and returns its index among all that will be found.
    pub(crate) fn want(&mut self, source: &'a SourceFile, pointer: Pointer, part: Part) -> usize {
        self.wanted.push((source, pointer, part));
        self.wanted.len() - 1
    }

    /// Asks for the site of the value at `at` of a document, which came from `from`.
    pub(crate) fn want_site(&mut self, at: &Pointer, from: Origin<'a>, focus: Focus) -> WantedSite {
        let Origin {
            source,
            pointer,
            changes,
        } = from;
        let mut want = |part| Place::Wanted(self.want(source, pointer.clone(), part));
        let place = match focus {
            Focus::File => Place::Known(Span::at(Position::START)),
            Focus::At(position) => Place::Known(Span::at(position)),
            Focus::Value => want(Part::Value),
            Focus::Key => want(Part::Key),
            Focus::SecondKey => want(Part::SecondKey),
        };
        let changes = changes.into_iter().map(|(source, pointer)| {
            let index = self.want(source, pointer, Part::Value);
            (source.path.clone(), index)
        });
        WantedSite {
            file: source.path.clone(),
            place,
            changes: changes.collect(),
            pointer: at.clone(),
        }
    }

    /// Returns each file once.
    fn sources(&self) -> impl Iterator<Item = &'a SourceFile> + use<'a> {
        let by_path: BTreeMap<&str, &SourceFile> = self
            .wanted
            .iter()
            .map(|(source, ..)| (source.path.as_str(), *source))
            .collect();
        by_path.into_values()
    }

    /// Finds all that was asked for, in that order.
    pub(crate) fn find(&self) -> Vec<Found> {
        let mut found: Vec<(usize, Found)> = Vec::new();
        for source in self.sources() {
            let here = self.wanted.iter().enumerate();
            let (indices, places): (Vec<usize>, Vec<(&Pointer, Part)>) = here
                .filter(|(_, (other, ..))| other.path == source.path)
                .map(|(index, (_, pointer, part))| (index, (pointer, *part)))
                .unzip();
            found.extend(indices.into_iter().zip(locate(source, &places)));
        }
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, found)| found).collect()
    }
}

/// A site whose places were asked for.
pub(crate) struct WantedSite {
    file: String,
    place: Place,
    /// The files and the places in them, by their indices.
    changes: Vec<(String, usize)>,
    pointer: Pointer,
}

enum Place {
    /// By its index.
    Wanted(usize),
    Known(Span),
}

impl WantedSite {
    /// Returns the site, of which the places were found.
    pub(crate) fn of(self, found: &[Found]) -> Site {
        let location = |file, index: usize| {
            let span = found[index].span;
            Location { file, span }
        };
        let changed_at = self.changes.into_iter();
        Site {
            location: match self.place {
                Place::Wanted(index) => location(self.file, index),
                Place::Known(span) => Location {
                    file: self.file,
                    span,
                },
            },
            pointer: self.pointer,
            changed_at: changed_at
                .map(|(file, index)| location(file, index))
                .collect(),
        }
    }
}
