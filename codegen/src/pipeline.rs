//! The stages in their order: which faults keep a run from going on, and which files a fault is looked for in.

mod explanations;
mod fault;

pub use self::explanations::{explanation, explanations};
use self::fault::NameFault;
use crate::api::Api;
use crate::overlay::{self, Spec};
use crate::package::{GeneratedFile, Package};
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Report};
use crate::source::SourceFile;
use crate::tree::{self, Reading, Tree};
use crate::{emit, load, lower, plan, twilio};

/// Generates the crate for `sources`: one product's version each, and overlays, which are called as their spec
/// with `.overlay` before the extension.
///
/// # Errors
///
/// Returns every fault of every source, with its place. Warnings alone are no reason to fail; [`read`]
/// tells them.
pub fn generate(sources: &[SourceFile], package: &Package) -> Result<Vec<GeneratedFile>, Report> {
    Ok(write(&models(sources)?, package))
}

/// Writes the crate for API models that were read without errors.
pub fn write(apis: &[Api], package: &Package) -> Vec<GeneratedFile> {
    emit::emit(&plan::plan(apis, package.guide.as_ref()), package)
}

/// Reads the API model of each source, for tools that compare or list rather than generate.
///
/// # Errors
///
/// Returns every fault of every source, with its place. Warnings alone are no reason to fail.
pub fn models(sources: &[SourceFile]) -> Result<Vec<Api>, Report> {
    let (apis, report) = read(sources);
    if report.has_errors() {
        Err(report)
    } else {
        Ok(apis)
    }
}

/// Reads the API model of each source, and reports every fault of every source: errors and warnings.
///
/// The models are complete only if the report has no errors.
pub fn read(sources: &[SourceFile]) -> (Vec<Api>, Report) {
    let (specs, mut report) = overlay::pairs(sources);
    let mut apis: Vec<Api> = Vec::new();
    let mut known: Vec<(&SourceFile, (String, String))> = Vec::new();
    for spec in specs {
        match identity(spec.source, &known) {
            Err(fault) => {
                let fault = Diagnostic::new(fault, Pointer::root());
                report.extend(placement::report(spec.source, vec![fault]));
            }
            Ok((product, version)) => {
                let (api, faults) = read_as(spec, &product, &version);
                apis.extend(api);
                report.extend(faults);
                known.push((spec.source, (product, version)));
            }
        }
    }
    (apis, report)
}

/// Reads the API model of a source that describes `version` of `product`, whatever it is called.
///
/// # Errors
///
/// Returns every fault of the source, with its place. Warnings alone are no reason to fail.
pub fn model(source: &SourceFile, product: &str, version: &str) -> Result<Api, Report> {
    let spec = Spec {
        source,
        overlay: None,
    };
    match read_as(spec, product, version) {
        (Some(api), report) if !report.has_errors() => Ok(api),
        (_, report) => Err(report),
    }
}

/// Returns what a spec says with its overlay applied, as plain data: for tools that look at specs themselves.
///
/// What the result says is not checked.
///
/// # Errors
///
/// Returns every fault of the two texts, of the overlay, and of what it does to the spec. Warnings alone are no
/// reason to fail.
pub fn overlaid(source: &SourceFile, overlay: &SourceFile) -> Result<serde_json::Value, Report> {
    let overlay = Some(overlay);
    match tree(Spec { source, overlay }) {
        (Some(tree), report) if !report.has_errors() => Ok(tree.value),
        (_, report) => Err(report),
    }
}

/// Reads a spec and applies its overlay, and reports every fault of both texts and of the overlay.
fn tree(spec: Spec<'_>) -> (Option<Tree>, Report) {
    let Reading {
        places,
        value,
        faults,
    } = tree::read(spec.source);
    let mut report = placement::report_in(&places, &[spec.source], faults);
    let mut tree = value.map(|value| Tree { value, places });
    if let (Some(tree), Some(overlay)) = (&mut tree, spec.overlay) {
        report.extend(overlay::apply(overlay, tree));
    }
    (tree, report)
}

/// Reads a spec with its overlay as `version` of `product`, and reports every fault of both; there is no model if
/// the result is no `OpenAPI` document.
fn read_as(spec: Spec<'_>, product: &str, version: &str) -> (Option<Api>, Report) {
    let (tree, mut report) = tree(spec);
    let Some(Tree { value, places }) = tree else {
        return (None, report);
    };
    let (document, mut faults) = load::document(value, &places);
    let api = document.map(|document| {
        let (api, more) = lower::lower(&document, product, version);
        faults.extend(unrelated(more, &faults));
        api
    });
    report.extend(placement::report_in(&places, &spec.files(), faults));
    (api.map(|api| Api { places, ..api }), report)
}

/// Leaves out the faults of values in which there are errors already: those may be what the errors make of a value.
fn unrelated(more: Vec<Diagnostic>, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors: Vec<&Pointer> = known
        .iter()
        .filter(|it| it.is_error())
        .map(|it| &it.at)
        .collect();
    let is_known = |at: &Pointer| errors.iter().any(|error| error.is_in(at));
    more.into_iter().filter(|it| !is_known(&it.at)).collect()
}

/// The product and the version that a source is about, which no other source may share.
fn identity(
    source: &SourceFile,
    known: &[(&SourceFile, (String, String))],
) -> Result<(String, String), NameFault> {
    let own = twilio::product_and_version(&source.path).ok_or(NameFault::UnnamedProduct)?;
    match known.iter().find(|(_, other)| *other == own) {
        None => Ok(own),
        Some((first, (product, version))) => Err(NameFault::DuplicateProduct {
            name: format!("{product}::{version}"),
            first: first.path.clone(),
        }),
    }
}
