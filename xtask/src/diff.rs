//! `cargo xtask diff`: two versions of specs in, what the change does to users out.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use twilio_codegen::api::Api;
use twilio_codegen::diagnostic::Report;
use twilio_codegen::diff::{self, Format, Style};
use twilio_codegen::release::Bump;
use twilio_codegen::source::SourceFile;

use crate::{Failure, report, revision, spec_folder};

/// What `diff` was asked for.
pub(crate) struct Options {
    /// The old specs: a file, a folder, or either in a git revision.
    pub(crate) old: OsString,
    /// The new specs.
    pub(crate) new: OsString,
    /// How the report is written.
    pub(crate) format: Format,
    /// The smallest bump that is a failure, if any is.
    pub(crate) fail_on: Option<Bump>,
    /// Whether reworded prose is listed.
    pub(crate) docs: bool,
}

/// The specs of one side.
pub(crate) struct Specs {
    pub(crate) sources: Vec<SourceFile>,
    /// Whether they are a folder's, or one file that was named.
    pub(crate) is_folder: bool,
}

/// Compares the specs and prints the report.
///
/// # Errors
///
/// Says what cannot be read, which faults the specs have, or that the bump reaches `fail_on`.
pub(crate) fn diff(options: &Options) -> Result<(), Failure> {
    let comparison = compare(&options.old, &options.new)?;
    let style = Style {
        colour: report::colour_of_standard_output(),
        docs: options.docs,
    };
    report::on_standard_output(&comparison.render(options.format, style))
        .map_err(Failure::usage)?;
    match (comparison.bump(), options.fail_on) {
        (Some(bump), Some(limit)) if bump >= limit => Err(Failure::found(format!(
            "the changes call for a {} bump, which `--fail-on {}` refuses",
            bump.name(),
            limit.name()
        ))),
        (Some(_) | None, _) => Ok(()),
    }
}

/// Compares two sides, each a file, a folder, or either in a git revision.
///
/// # Errors
///
/// Says what cannot be read, or which faults the specs have.
pub(crate) fn compare(old: &OsStr, new: &OsStr) -> Result<diff::Report, Failure> {
    let (mut old, mut new) = (read(old)?, read(new)?);
    keep_what_belongs_together(&mut old, &mut new);
    let (old_apis, new_apis) = models(&old, &new)?;
    let comparison = diff::diff(&old_apis, &new_apis);
    Ok(diff::Report::new(&comparison, &old.sources, &new.sources))
}

/// Reads a file, a folder or a git revision; what is on disk wins.
fn read(given: &OsStr) -> Result<Specs, Failure> {
    let path = Path::new(given);
    let specs = if path.is_dir() {
        let (sources, faults) = spec_folder::read(path, path).map_err(Failure::usage)?;
        if faults.has_errors() {
            return Err(faulty(&faults));
        }
        Specs {
            sources,
            is_folder: true,
        }
    } else if path.exists() || !given.to_string_lossy().contains(':') {
        let bytes = fs::read(path).map_err(|error| {
            Failure::usage(format!("{}: cannot be read: {error}", path.display()))
        })?;
        Specs {
            sources: vec![source(path.display().to_string(), bytes)?],
            is_folder: false,
        }
    } else {
        revision::read(given)?
    };
    Ok(specs)
}

/// The text of a file.
pub(crate) fn source(shown: String, bytes: Vec<u8>) -> Result<SourceFile, Failure> {
    SourceFile::from_bytes(shown, bytes).map_err(|faults| faulty(&faults))
}

/// If one side is a file and the other a folder, only what the file is about is compared.
fn keep_what_belongs_together(old: &mut Specs, new: &mut Specs) {
    let (folder, file) = match (old.is_folder, new.is_folder) {
        (true, false) => (old, new),
        (false, true) => (new, old),
        (true, true) | (false, false) => return,
    };
    let wanted = file.sources.first().and_then(identity);
    folder
        .sources
        .retain(|it| wanted.is_some() && identity(it) == wanted);
}

fn identity(source: &SourceFile) -> Option<(String, String)> {
    twilio_codegen::product_and_version(&source.path)
}

/// The models of both sides.
fn models(old: &Specs, new: &Specs) -> Result<(Vec<Api>, Vec<Api>), Failure> {
    let outcomes = match (&old.sources[..], &new.sources[..]) {
        ([old_source], [new_source]) if !old.is_folder && !new.is_folder => {
            // Two files are about the same, whatever they are called.
            let identity = identity(old_source).or_else(|| identity(new_source));
            let model = |source| match &identity {
                Some((product, version)) => {
                    twilio_codegen::model(source, product, version).map(|it| vec![it])
                }
                None => twilio_codegen::models(std::slice::from_ref(source)),
            };
            (model(old_source), model(new_source))
        }
        (old, new) => (twilio_codegen::models(old), twilio_codegen::models(new)),
    };
    match outcomes {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (Ok(_), Err(faults)) | (Err(faults), Ok(_)) => Err(faulty(&faults)),
        (Err(mut faults), Err(others)) => {
            faults.extend(others);
            Err(faulty(&faults))
        }
    }
}

/// Shows what is wrong with the specs.
fn faulty(faults: &Report) -> Failure {
    let counts = report::counts(faults);
    match report::Format::Text.show(faults) {
        Ok(()) => Failure::found(format!("nothing compared, because the specs have {counts}")),
        Err(error) => Failure::usage(error),
    }
}
