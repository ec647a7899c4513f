//! Turns OpenAPI 3.0 documents of Twilio's APIs into the files of a Rust client crate.
//!
//! ```text
//! SourceFile --load--> Document --lower--> Api --plan--> Crate --emit--> tokens --render--> GeneratedFile
//!               ^
//!            overlay: changes to the values that were read, before they are checked
//! ```
//!
//! A pure library: documents in, files out. It must not touch the file system, the environment, the
//! clock or the network; `xtask` does.
//!
//! | stage | answers | must not know |
//! |---|---|---|
//! | `load` | is this OpenAPI 3.0, and where is what? | Rust names |
//! | `overlay` | what do we know better than the spec, and where does it say so? | OpenAPI |
//! | `lower` | what does the API do? | identifiers, tokens |
//! | [`plan`] | which Rust do we write? | OpenAPI, tokens |
//! | `emit`, `render` | how is it spelled? | OpenAPI, the API model |
//! | [`diff`] | what does another version of the spec do to users? | OpenAPI, tokens |
//!
//! A guide in Markdown ([`guide`]) goes into the crate's docs as it is. A record of the crate's versions ([`release`])
//! becomes its changelog.
//!
//! What is Twilio's own convention rather than OpenAPI stands in one module, `twilio`. Every fault that
//! a spec can cause is a [`report::Finding`] with its place; each run reports all of them and
//! then writes nothing. A panic is a bug of this library.

pub mod api;
mod date;
pub mod diagnostic;
pub mod diff;
mod emit;
pub mod guide;
mod load;
mod lower;
mod media_type;
pub mod naming;
pub mod number;
mod overlay;
mod path_item;
mod placement;
pub mod plan;
pub mod pointer;
pub mod release;
mod render;
pub mod report;
pub mod source;
mod twilio;
mod version;
mod words;

use api::Api;
use diagnostic::{Diagnostic, Problem};
use guide::Guide;
use overlay::{Origins, Spec};
use placement::Lookup;
use pointer::Pointer;
pub use render::GENERATED;
use report::Report;
use source::{Part, SourceFile};

/// What the emitted crate says beyond the specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// What it is, in a few words.
    pub description: String,
    /// The crate's version.
    pub version: String,
    /// The oldest toolchain that it builds with.
    pub rust_version: String,
    /// The path of the runtime crate, seen from the emitted crate.
    pub runtime: String,
    /// A guide, which becomes the module `guide`.
    pub guide: Option<Guide>,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path inside the crate, with `/` between its parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

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
            Err(problem) => {
                let at = Pointer::root();
                report.extend(placement::report(
                    spec.source,
                    vec![Diagnostic { problem, at }],
                ));
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
        .filter(|it| it.problem.is_error())
        .map(|it| &it.at)
        .collect();
    let is_known = |at: &Pointer| errors.iter().any(|error| error.is_in(at));
    more.into_iter().filter(|it| !is_known(&it.at)).collect()
}

/// The product and the version that the name of a spec file tells: `twilio_supersim_v1.yaml` is `v1` of
/// `supersim`. `None` if it tells none.
pub fn product_and_version(path: &str) -> Option<(String, String)> {
    twilio::product_and_version(path)
}

/// The product and the version that a source is about, which no other source may share.
fn identity(
    source: &SourceFile,
    known: &[(&SourceFile, (String, String))],
) -> Result<(String, String), Problem> {
    let own = twilio::product_and_version(&source.path).ok_or(Problem::UnnamedProduct)?;
    match known.iter().find(|(_, other)| *other == own) {
        None => Ok(own),
        Some((first, (product, version))) => Err(Problem::DuplicateProduct {
            name: format!("{product}::{version}"),
            first: first.path.clone(),
        }),
    }
}
