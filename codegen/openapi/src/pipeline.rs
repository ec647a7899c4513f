//! Runs the stages that read documents in order, decides which faults end a run, and in which files faults are located.

mod fault;
mod identity;
mod sources;

use self::fault::NameFault;
use self::identity::{Identity, identity};
pub use self::sources::{Pages, Sources};
use crate::api::Api;
use crate::bundle::{self, OtherFiles};
use crate::lower::{PageFits, PageRule, Selection};
use crate::overlay::{self, Spec};
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Explanation, Report};
use crate::source::{self, SourceFile, file_name};
use crate::tree::{self, Reading, Tree};
use crate::vendor::Vendor;
use crate::workers::{OneByOne, Workers};
use crate::{load, lower};

/// Reads the API model of each source, for tools that compare or list instead of generating.
///
/// # Errors
///
/// Returns every fault of every source, with its place. Warnings do not make it fail.
pub fn models<'a>(sources: impl Into<Sources<'a>>) -> Result<Vec<Api>, Report> {
    models_with(sources, &OneByOne)
}

/// Reads the API models like [`models()`], and lets `workers` read the documents and their parts.
///
/// # Errors
///
/// Returns every fault of every source, with its place. Warnings do not make it fail.
pub fn models_with<'a>(
    sources: impl Into<Sources<'a>>,
    workers: &impl Workers,
) -> Result<Vec<Api>, Report> {
    let (apis, report) = read_with(sources, workers);
    if report.has_errors() {
        Err(report)
    } else {
        Ok(apis)
    }
}

/// Reads the API model of each source, and reports every fault of every source: errors and warnings.
///
/// The models are complete only if the report has no errors.
pub fn read<'a>(sources: impl Into<Sources<'a>>) -> (Vec<Api>, Report) {
    read_with(sources, &OneByOne)
}

/// Reads the API models like [`read()`], and lets `workers` read the documents and their parts.
pub fn read_with<'a>(
    sources: impl Into<Sources<'a>>,
    workers: &impl Workers,
) -> (Vec<Api>, Report) {
    let Sources {
        files,
        others,
        vendor,
        pages,
        only,
        skips_unsupported,
        products,
    } = sources.into();
    let (specs, mut report) = overlay::pairs(files);
    let mut documents = Vec::new();
    let mut known: Vec<Identity<'_>> = Vec::new();
    let trees = workers.map(without_parts(specs, others), |spec| {
        tree(spec, others, workers)
    });
    for (read, faults) in trees {
        let source = read.spec.source;
        let vendor = vendor.unwrap_or_else(|| read.vendor());
        match identity(source, vendor, products, &known) {
            Err(fault) => {
                let fault = Diagnostic::new(fault, Pointer::root());
                report.extend(placement::report(source, vec![fault]));
            }
            Ok(identity) => {
                known.push(identity.clone());
                documents.push((read, faults, identity));
            }
        }
    }
    let way = Way {
        rules: pages.rules,
        skips_unsupported,
    };
    let lowered = workers.map(documents, |(read, faults, identity)| {
        let mut selection = Selection::new(only);
        let lowered = lowered(read, &identity, &mut selection, &way, workers);
        (faults, lowered, selection)
    });
    let mut apis = Vec::new();
    let mut selection = Selection::new(only);
    let mut fits = PageFits::default();
    for (faults, lowered, selected) in lowered {
        let LoweredSpec {
            api,
            report: more,
            fits: own,
        } = lowered;
        report.extend(faults);
        apis.extend(api);
        report.extend(more);
        selection.extend(selected);
        fits.extend(own);
    }
    // A document with errors might have had a match.
    if let Some(first) = known.first().filter(|_| !report.has_errors()) {
        report.extend(unknown(first.source, &selection));
        // A selection may leave out what a rule is for.
        if only.is_empty() && !pages.may_be_unused {
            report.extend(unused(first.source, &fits));
        }
    }
    (apis, report)
}

/// Reads the API models of the old and the new version of the same product and version, whatever their file names. Lets
/// `workers` read the documents and their parts.
///
/// Operations that cannot be called correctly are left out (`Api::skipped`).
///
/// If one of the two has a vendor's conventional name, it determines the vendor, product and version of both. `pages` are
/// the rules for the pages of each; some may be of no use.
///
/// # Errors
///
/// Returns for each source every fault, with its place. Warnings do not make it fail.
pub fn two_models(
    sources: [&SourceFile; 2],
    pages: [&[PageRule]; 2],
    others: &OtherFiles,
    workers: &impl Workers,
) -> [Result<Api, Report>; 2] {
    let overlay = None;
    let [old, new] = sources.map(|source| Spec { source, overlay });
    let read = |spec| tree(spec, others, workers);
    let (old, new) = workers.join(|| read(old), || read(new));
    let vendors = [&old, &new].map(|(it, _)| it.vendor());
    let conventional = vendors.into_iter().find(|it| *it != Vendor::plain());
    let vendor = conventional.unwrap_or(Vendor::plain());
    let is_named = |it: &&&SourceFile| Vendor::of(&it.path, None) == vendor;
    let named = sources.iter().find(is_named).unwrap_or(&sources[0]);
    let (product, version) = vendor
        .product_and_version(&named.path)
        .unwrap_or_else(|| ("api".to_owned(), "v1".to_owned()));
    let model = |(read, mut report): (ParsedSpec<'_>, Report), rules| {
        let identity = Identity {
            source: read.spec.source,
            vendor,
            product: product.clone(),
            version: version.clone(),
        };
        let mut everything = Selection::new(&[]);
        let way = Way {
            rules,
            skips_unsupported: true,
        };
        let lowered = lowered(read, &identity, &mut everything, &way, workers);
        report.extend(lowered.report);
        match lowered.api {
            Some(api) if !report.has_errors() => Ok(api),
            Some(_) | None => Err(report),
        }
    };
    let [old_pages, new_pages] = pages;
    let outcomes = workers.join(|| model(old, old_pages), || model(new, new_pages));
    outcomes.into()
}

/// Returns a spec with its overlay applied, as plain data, for tools that inspect specs themselves.
///
/// The result is not checked.
///
/// # Errors
///
/// Returns every fault of both texts, of the overlay, and of its effect on the spec. Warnings do not make it fail.
pub fn overlaid(source: &SourceFile, overlay: &SourceFile) -> Result<serde_json::Value, Report> {
    let overlay = Some(overlay);
    match overlaid_tree(Spec { source, overlay }, &OneByOne) {
        (Some(tree), report) if !report.has_errors() => Ok(tree.value),
        (_, report) => Err(report),
    }
}

/// Returns the explanations of all faults of documents and overlays, grouped by stage.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    let groups = [source::FAULTS]
        .into_iter()
        .chain(load::faults())
        .chain([overlay::FAULTS])
        .chain(lower::FAULTS)
        .chain([fault::ALL]);
    groups.flatten().copied()
}

/// Leaves out documents that only serve others: those without operations that another refers to.
fn without_parts<'a>(specs: Vec<Spec<'a>>, others: &OtherFiles) -> Vec<Spec<'a>> {
    let is_part = |spec: &Spec<'_>| others.has(spec.source) && !has_operations(spec.source);
    let (parts, documents): (Vec<_>, Vec<_>) = specs.into_iter().partition(is_part);
    if documents.is_empty() {
        parts
    } else {
        documents
    }
}

/// Whether a document has paths, or might have some because it cannot be read.
fn has_operations(source: &SourceFile) -> bool {
    let value = tree::read(source).value;
    value.is_none_or(|it| it["paths"].as_object().is_some_and(|it| !it.is_empty()))
}

/// A spec after parsing.
struct ParsedSpec<'a> {
    spec: Spec<'a>,
    /// Its values, with those of the other files.
    tree: Option<Tree>,
    /// The files of its values.
    files: Vec<&'a SourceFile>,
}

impl ParsedSpec<'_> {
    /// The document's vendor.
    fn vendor(&self) -> Vendor {
        let value = self.tree.as_ref().map(|it| &it.value);
        Vendor::of(&self.spec.source.path, value)
    }
}

/// Parses a spec, applies its overlay and adds the files that it refers to. Reports every fault of the texts and of the
/// overlay.
fn tree<'a>(
    spec: Spec<'a>,
    others: &'a OtherFiles,
    workers: &impl Workers,
) -> (ParsedSpec<'a>, Report) {
    let (mut tree, mut report) = overlaid_tree(spec, workers);
    let mut files = spec.files();
    if let Some(tree) = &mut tree {
        let (more, faults) = bundle::complete(tree, spec.source, &files, others);
        files.extend(more);
        report.extend(faults);
    }
    (ParsedSpec { spec, tree, files }, report)
}

/// Parses a spec and applies its overlay. Reports every fault of both texts and of the overlay.
fn overlaid_tree(spec: Spec<'_>, workers: &impl Workers) -> (Option<Tree>, Report) {
    let Reading {
        places,
        value,
        faults,
    } = tree::read_with(spec.source, workers);
    let mut report = placement::report_in(&places, &[spec.source], faults);
    let mut tree = value.map(|value| Tree { value, places });
    if let (Some(tree), Some(overlay)) = (&mut tree, spec.overlay) {
        report.extend(overlay::apply(overlay, tree));
    }
    (tree, report)
}

/// How specs are lowered.
struct Way<'r> {
    /// How lists are divided into pages.
    rules: &'r [PageRule],
    skips_unsupported: bool,
}

/// A spec after lowering.
#[derive(Default)]
struct LoweredSpec<'r> {
    /// The model. There is none if the spec is not an `OpenAPI` document, or if nothing in it is selected.
    api: Option<Api>,
    report: Report,
    /// The operations that rules for pages fit.
    fits: PageFits<'r>,
}

/// Lowers an overlaid spec and reports its faults.
fn lowered<'r>(
    read: ParsedSpec<'_>,
    identity: &Identity<'_>,
    selection: &mut Selection<'_>,
    way: &Way<'r>,
    workers: &impl Workers,
) -> LoweredSpec<'r> {
    let ParsedSpec { spec, tree, files } = read;
    let Some(tree) = tree else {
        return LoweredSpec::default();
    };
    let (document, places, mut faults) = load::document(tree, workers);
    let selected = document.and_then(|mut document| {
        let has_any = selection.apply(&mut document);
        has_any.then_some(document)
    });
    let mut fits = PageFits::default();
    let api = selected.map(|mut document| {
        let Identity {
            source: _,
            vendor,
            product,
            version,
        } = identity;
        fits = PageFits::of(&document, *vendor, way.rules);
        let (api, more) = if way.skips_unsupported {
            lower::lower_supported(&mut document, *vendor, product, version, &fits)
        } else {
            lower::lower(&document, *vendor, product, version, &fits)
        };
        faults.extend(unrelated(more, &faults));
        api
    });
    let report = placement::report_in(&places, &files, faults);
    let files = spec.files().into_iter();
    let files = files.map(|it| file_name(&it.path).to_owned()).collect();
    let api = api.map(|api| Api {
        places,
        files,
        ..api
    });
    LoweredSpec { api, report, fits }
}

/// Reports rules for pages that are of no use, at the first document.
fn unused(source: &SourceFile, fits: &PageFits<'_>) -> Report {
    let faults = fits.unused();
    let faults = faults.map(|why| Diagnostic::new(NameFault::UnusedPages { why }, Pointer::root()));
    placement::report(source, faults.collect())
}

/// Reports selectors without a match in any document, at the first document.
fn unknown(source: &SourceFile, selection: &Selection<'_>) -> Report {
    let faults = selection.missing().map(|(wanted, similar)| {
        let fault = NameFault::UnknownSelection {
            wanted: wanted.to_owned(),
            similar: similar.map(str::to_owned),
        };
        Diagnostic::new(fault, Pointer::root())
    });
    placement::report(source, faults.collect())
}

/// Removes faults of values that already have errors: they may be consequences.
fn unrelated(more: Vec<Diagnostic>, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors: Vec<&Pointer> = known
        .iter()
        .filter(|it| it.is_error())
        .map(|it| &it.at)
        .collect();
    let is_known = |at: &Pointer| errors.iter().any(|error| error.is_in(at));
    more.into_iter().filter(|it| !is_known(&it.at)).collect()
}
