//! `cargo xtask diff`: compares two versions of specs and reports what the change means for users.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use twilio_codegen::api::Api;
use twilio_codegen::release::Bump;
use twilio_codegen::report::{ChangeReport, Format, Report, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Pages, Sources};

use crate::carry_over::{self, document_stem, is_overlay_file, stem};
use crate::failure::Failure;
use crate::input_file::{self, MaxSize};
use crate::settings::{OF_CRATE, Settings};
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
    let (mut old, mut new) = (read(&options.old, limit)?, read(&options.new, limit)?);
    keep_what_belongs_together(&mut old, &mut new);
    let carried = carry_over::carry_over(&old, &mut new)?;
    report::on_standard_error(&carried).map_err(Failure::usage)?;
    let comparison = compare(&old, &new, options.format)?;
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
pub(crate) fn compare(old: &Specs, new: &Specs, format: Format) -> Result<ChangeReport, Failure> {
    let (old_apis, new_apis) = models(old, new).map_err(|faults| faulty(&faults, format))?;
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
    let shown = path.display().to_string();
    if path.is_dir() {
        let (sources, faults) = spec_folder::read(path, path, limit).map_err(Failure::usage)?;
        Ok(Specs {
            others: other_files::in_folder(path, &sources, limit),
            pages: Settings::pages_in(path, path, limit).map_err(Failure::usage)?,
            sources,
            faults,
            is_folder: true,
            is_of_crate: is_of_crate(path),
            path: carry_over::path_in_revision(&shown),
            shown,
        })
    } else if path.exists() || !given.to_string_lossy().contains(':') {
        let bytes = input_file::read(path, limit)
            .map_err(|error| Failure::usage(format!("{shown}: cannot be read: {error}")))?;
        let mut specs = Specs {
            path: carry_over::path_in_revision(&shown),
            shown: shown.clone(),
            ..Specs::default()
        };
        specs.add(shown, bytes);
        specs.others = other_files::beside(&specs.sources, limit);
        let folder = path.parent().unwrap_or(Path::new(""));
        specs.pages = Settings::pages_in(folder, folder, limit).map_err(Failure::usage)?;
        specs.is_of_crate = is_of_crate(folder);
        Ok(specs)
    } else {
        revision::read(given, limit)
    }
}

/// Whether a folder has settings or a record of releases.
fn is_of_crate(folder: &Path) -> bool {
    OF_CRATE.into_iter().any(|it| folder.join(it).is_file())
}

/// Keeps only the specs of the folder that match the file, if one side is a file and the other a folder. Overlays stay
/// in an old folder, because they are carried over to the file.
fn keep_what_belongs_together(old: &mut Specs, new: &mut Specs) {
    let is_old_folder = old.is_folder;
    let (folder, file) = match (old.is_folder, new.is_folder) {
        (true, false) => (old, new),
        (false, true) => (new, old),
        (true, true) | (false, false) => return,
    };
    let wanted = file.sources.first().and_then(identity);
    let is_kept = |it: &SourceFile| wanted.is_some() && identity(it) == wanted;
    let kept = folder.sources.iter().filter(|it| is_kept(it));
    let kept: Vec<OsString> = kept.filter_map(|it| Some(stem(it)?.to_owned())).collect();
    let has_document = |it: &SourceFile| kept.iter().any(|kept| document_stem(it) == Some(kept));
    folder.sources.retain(|it| match is_overlay_file(it) {
        true => is_old_folder && has_document(it),
        false => is_kept(it),
    });
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
