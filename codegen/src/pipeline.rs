//! The stages in their order: which faults keep a run from going on, and which files a fault is looked for in.

mod explanations;
mod fault;

pub use self::explanations::{explanation, explanations};
use self::fault::NameFault;
use crate::api::Api;
use crate::overlay::{self, Origins, Spec};
use crate::package::{GeneratedFile, Package};
use crate::placement::{self, Lookup};
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Report};
use crate::source::{Part, SourceFile};
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
    let (mut values, faults) =
        load::read(source).map_err(|fault| placement::report(source, vec![fault]))?;
    let mut report = placement::report(source, faults);
    let (_, faults) = overlay::apply(overlay, &mut values);
    report.extend(placement::report(overlay, faults));
    if report.has_errors() {
        Err(report)
    } else {
        Ok(values)
    }
}

/// Reads a spec with its overlay as `version` of `product`, and reports every fault of both; there is no model if
/// the result is no `OpenAPI` document.
fn read_as(spec: Spec<'_>, product: &str, version: &str) -> (Option<Api>, Report) {
    let (mut values, faults) = match load::read(spec.source) {
        Ok(read) => read,
        Err(fault) => return (None, placement::report(spec.source, vec![fault])),
    };
    let mut report = placement::report(spec.source, faults);
    let mut origins = Origins::default();
    if let Some(overlay) = spec.overlay {
        let (known, faults) = overlay::apply(overlay, &mut values);
        origins = known;
        report.extend(placement::report(overlay, faults));
    }
    let (document, mut faults) = load::document(values, |places| written(places, &origins, spec));
    let api = document.map(|document| {
        let (api, more) = lower::lower(&document, product, version);
        faults.extend(unrelated(more, &faults));
        api
    });
    report.extend(placement::report_with_origins(faults, |at| {
        origins.of(at, spec)
    }));
    (api, report)
}

/// Finds how values that hold no others are written in the files that they came from.
fn written(places: &[Pointer], origins: &Origins, spec: Spec<'_>) -> Vec<Option<String>> {
    let mut lookup = Lookup::default();
    for at in places {
        let from = origins.of(at, spec);
        lookup.want(from.source, from.pointer, Part::Value);
    }
    lookup.find().into_iter().map(|it| it.text).collect()
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
