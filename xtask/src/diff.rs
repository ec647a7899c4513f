//! `cargo xtask diff`: compares two versions of specs and reports what the change means for users.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use twilio_codegen::api::Api;
use twilio_codegen::release::Bump;
use twilio_codegen::report::{ChangeReport, Format, Report, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Pages, Sources};

use crate::failure::Failure;
use crate::input_file::{self, MaxSize};
use crate::settings::Settings;
use crate::specs::Specs;
use crate::threads::Threads;
use crate::{other_files, report, revision, spec_folder};

/// The options of `diff`.
pub(crate) struct Options {
    /// The old specs: a file, a folder, or either in a git revision.
    pub(crate) old: OsString,
    /// The new specs.
    pub(crate) new: OsString,
    /// The format of the report.
    pub(crate) format: Format,
    /// The smallest bump that is a failure, if any.
    pub(crate) fail_on: Option<Bump>,
    /// Whether reworded texts are listed.
    pub(crate) docs: bool,
    /// The largest spec to read.
    pub(crate) max_size: MaxSize,
}

/// Compares the specs and prints the report.
///
/// # Errors
///
/// Fails if something cannot be read, if the specs have faults, or if the bump reaches `fail_on`.
pub(crate) fn diff(options: &Options) -> Result<(), Failure> {
    let limit = options.max_size;
    let (old, new) = (read(&options.old, limit)?, read(&options.new, limit)?);
    let comparison = compare(old, new, options.format)?;
    let style = Style {
        colour: report::colour_of_standard_output(),
        docs: options.docs,
    };
    report::on_standard_output(&comparison.render(options.format, style))
        .map_err(Failure::usage)?;
    match (comparison.bump(), options.fail_on) {
        (Some(bump), Some(limit)) if bump >= limit => Err(Failure::found(format!(
            "the changes require a {} bump, which `--fail-on {}` refuses",
            bump.name(),
            limit.name()
        ))),
        (Some(_) | None, _) => Ok(()),
    }
}

/// Compares two sides. Faults are reported in the format of the comparison where it has one for them.
///
/// # Errors
///
/// Fails if the specs have errors.
pub(crate) fn compare(
    mut old: Specs,
    mut new: Specs,
    format: Format,
) -> Result<ChangeReport, Failure> {
    keep_what_belongs_together(&mut old, &mut new);
    let (old_apis, new_apis) = models(&old, &new).map_err(|faults| faulty(&faults, format))?;
    let comparison = twilio_codegen::diff::diff(&old_apis, &new_apis);
    let report = twilio_codegen::diff::report(&comparison, &old_apis, &new_apis);
    Ok(report)
}

/// Reads a file, a folder or a git revision; a path on disk takes precedence.
///
/// # Errors
///
/// Fails if something cannot be read.
pub(crate) fn read(given: &OsStr, limit: MaxSize) -> Result<Specs, Failure> {
    let path = Path::new(given);
    if path.is_dir() {
        let (sources, faults) = spec_folder::read(path, path, limit).map_err(Failure::usage)?;
        Ok(Specs {
            others: other_files::in_folder(path, &sources, limit),
            pages: Settings::pages_in(path, path, limit).map_err(Failure::usage)?,
            sources,
            faults,
            is_folder: true,
        })
    } else if path.exists() || !given.to_string_lossy().contains(':') {
        let shown = path.display().to_string();
        let bytes = input_file::read(path, limit)
            .map_err(|error| Failure::usage(format!("{shown}: cannot be read: {error}")))?;
        let mut specs = Specs::default();
        specs.add(shown, bytes);
        specs.others = other_files::beside(&specs.sources, limit);
        let folder = path.parent().unwrap_or(Path::new(""));
        specs.pages = Settings::pages_in(folder, folder, limit).map_err(Failure::usage)?;
        Ok(specs)
    } else {
        revision::read(given, limit)
    }
}

/// Keeps only the specs of the folder that match the file, if one side is a file and the other a folder.
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

/// The models of both sides without operations that no crate can have, or the faults of both.
fn models(old: &Specs, new: &Specs) -> Result<(Vec<Api>, Vec<Api>), Report> {
    let outcomes = match (&old.sources[..], &new.sources[..]) {
        ([old_source], [new_source]) if !old.is_folder && !new.is_folder => {
            // Two files are compared whatever their names.
            let mut others = old.others.clone();
            others.extend(&new.others);
            twilio_codegen::two_models(
                [old_source, new_source],
                [&old.pages, &new.pages],
                &others,
                &Threads,
            )
            .map(|outcome| outcome.map(|it| vec![it]))
        }
        (_, _) => [old, new].map(|it| {
            let sources = Sources {
                others: &it.others,
                // One side may have only some of the specs.
                pages: Pages {
                    rules: &it.pages,
                    may_be_unused: true,
                },
                skips_unsupported: true,
                ..Sources::from(&it.sources)
            };
            twilio_codegen::models_with(sources, &Threads)
        }),
    };
    let mut faults = old.faults.clone();
    faults.extend(new.faults.clone());
    let [old, new] = outcomes.map(|outcome| {
        outcome.unwrap_or_else(|report| {
            faults.extend(report);
            Vec::new()
        })
    });
    if faults.has_errors() {
        Err(faults)
    } else {
        Ok((old, new))
    }
}

/// Reports the faults of the specs.
fn faulty(faults: &Report, format: Format) -> Failure {
    let counts = report::counts(faults);
    match report::show(faults, format) {
        Ok(()) => Failure::found(format!("nothing compared, because the specs have {counts}")),
        Err(error) => Failure::usage(error),
    }
}
