//! Locates faults in the files that their values came from.

use std::collections::BTreeMap;

use crate::path_item::METHODS;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Excerpts, Finding, Focus, Location, Position, Report, Site, Span};
use crate::source::SourceFile;
use crate::tree::{self, Places};

/// Locates `diagnostics` in a file that is not a document, so its places were not kept.
pub fn report(source: &SourceFile, diagnostics: Vec<Diagnostic>) -> Report {
    if diagnostics.is_empty() {
        // Avoid parsing the file again for nothing.
        return Report::default();
    }
    report_in(&tree::places(source), &[source], diagnostics)
}

/// Locates `diagnostics` in the files of a document's values.
///
/// A place that no file has, such as the inside of an alias, becomes the nearest enclosing value.
pub(crate) fn report_in(
    places: &Places,
    sources: &[&SourceFile],
    diagnostics: Vec<Diagnostic>,
) -> Report {
    if diagnostics.is_empty() {
        return Report::default();
    }
    let mut changes = BTreeMap::new();
    let findings = diagnostics.into_iter().map(|Diagnostic { fault, at }| {
        let focus = fault.focus;
        let changes = changes
            .entry(at.clone())
            .or_insert_with(|| places.changes(&at));
        let operation = operation(&at, places);
        let site = Site {
            location: location(places, &at, focus),
            pointer: at,
            changed_at: changes.clone(),
        };
        (Finding::new(fault, site, operation), focus)
    });
    Report::of(with_excerpts(findings.collect(), places, sources))
}

/// Locates the key of a value, where the member starts.
pub fn site(places: &Places, at: &Pointer) -> Site {
    Site {
        location: places.key(at),
        pointer: at.clone(),
        changed_at: places.changes(at),
    }
}

fn location(places: &Places, at: &Pointer, focus: Focus) -> Location {
    let known = |position| Location {
        span: Span::at(position),
        ..places.value(at)
    };
    match focus {
        Focus::File => known(Position::START),
        Focus::At(position) => known(position),
        Focus::Value => places.value(at),
        Focus::Key => places.key(at),
        Focus::SecondKey => places.second_key(at),
    }
}

/// Adds the lines at fault from files that may be shown.
fn with_excerpts(
    mut findings: Vec<(Finding, Focus)>,
    places: &Places,
    sources: &[&SourceFile],
) -> Vec<Finding> {
    findings.sort_by(|(a, _), (b, _)| a.site.location.start().cmp(&b.site.location.start()));
    let shown = sources.iter().filter(|it| places.is_showable(&it.path));
    let mut excerpts: BTreeMap<&str, Excerpts<'_>> = shown
        .map(|it| (it.path.as_str(), Excerpts::new(&it.text)))
        .collect();
    let findings = findings.into_iter().map(|(finding, focus)| {
        let Location { file, span } = &finding.site.location;
        let excerpts = excerpts
            .get_mut(file.as_str())
            .filter(|_| focus != Focus::File);
        let excerpt = excerpts.and_then(|it| it.excerpt(*span));
        Finding { excerpt, ..finding }
    });
    findings.collect()
}

/// Names the operation that contains a value.
fn operation(at: &Pointer, places: &Places) -> Option<String> {
    let (path, method) = path_and_method(at)?;
    let operation = Pointer::root().key("paths").key(&path).key(&method);
    let id = places.text(&operation.key("operationId"));
    let id = id.filter(|it| !it.is_empty()).map(str::to_owned);
    Some(id.unwrap_or_else(|| format!("{} {path}", method.to_ascii_uppercase())))
}

/// Returns the path and the method of the operation that contains a value.
fn path_and_method(at: &Pointer) -> Option<(String, String)> {
    let mut tokens = at.tokens();
    let (root, path, method) = (tokens.next()?, tokens.next()?, tokens.next()?);
    (root == "paths" && METHODS.contains(&method.as_str())).then_some((path, method))
}
