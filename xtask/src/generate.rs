//! `cargo xtask gen`: generates the crate from the specs.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use twilio_codegen::api::Api;
use twilio_codegen::diff;
use twilio_codegen::release::Releases;
use twilio_codegen::report::Format;
use twilio_codegen::{GeneratedFile, Package};

use crate::crate_folder::{self, Difference};
use crate::folders::{Folders, absolute};
use crate::input_file::MaxSize;
use crate::settings::Settings;
use crate::shown_path::{named, shown};
use crate::threads::Threads;
use crate::transaction::{self, Recovery};
use crate::{folder_swap, lock_file, other_files, report, spec_folder};

/// The options of `gen`.
#[derive(Default)]
pub(crate) struct Options {
    /// Whether to compare instead of writing.
    pub(crate) check: bool,
    /// The folder of specs, if it is not the workspace's.
    pub(crate) specs: Option<PathBuf>,
    /// The folder of the crate, if it is not the workspace's.
    pub(crate) out: Option<PathBuf>,
    /// The format for faults in the specs.
    pub(crate) format: Format,
    /// The largest spec to read.
    pub(crate) max_size: MaxSize,
    /// The operations to take, instead of those in the settings.
    pub(crate) only: Vec<String>,
    /// Whether to leave out operations that cannot be called correctly, whatever the settings say.
    pub(crate) skip_unsupported: bool,
    /// Where the runtime comes from, overriding the settings.
    pub(crate) runtime: Option<String>,
}

impl Options {
    /// The settings beside the specs, overridden by the command line.
    fn settings(&self, mut settings: Settings) -> Settings {
        settings.skip_unsupported |= self.skip_unsupported;
        if !self.only.is_empty() {
            settings.only.clone_from(&self.only);
        }
        if self.runtime.is_some() {
            settings.runtime.clone_from(&self.runtime);
        }
        settings
    }
}

/// Generates the crate, or checks that it is current.
///
/// # Errors
///
/// Fails if the specs have errors, if files are not current, or if a file cannot be written. Nothing has been written
/// then.
pub(crate) fn generate(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let folders = Folders::new(options.specs.as_deref(), options.out.as_deref());
    let _locks = ready(&folders, !options.check)?;
    let Folders {
        specs,
        shown_specs,
        out,
        shown_out,
    } = &folders;
    let limit = options.max_size;
    let (sources, mut faults) = spec_folder::read(specs, shown_specs, limit)?;
    let (releases, more) = spec_folder::read_releases(specs, shown_specs, limit)?;
    faults.extend(more);
    let (guide, more) = spec_folder::read_guide(specs, shown_specs, limit)?;
    faults.extend(more);
    let settings = options.settings(Settings::read(specs, shown_specs, limit)?);
    settings.expect_files(&sources)?;
    let others = other_files::in_folder(specs, &sources, limit);
    let (apis, more) = twilio_codegen::read_with(settings.sources(&sources, &others), &Threads);
    faults.extend(more);
    report::show(&faults, options.format)?;
    if faults.has_errors() {
        return Err(format!(
            "{}: unchanged, because the specs have {}",
            shown_out.display(),
            report::counts(&faults)
        ));
    }
    let package = folders.package(&settings, &apis, releases.as_ref(), guide)?;
    let files = files(&settings, &apis, &package, releases.as_ref())?;
    if options.check {
        let difference = crate_folder::compare(out, &files).map_err(|error| error.to_string())?;
        return check(&difference, shown_out, options.format);
    }
    let guide = package.guide.as_ref();
    spec_folder::expect_unchanged(specs, shown_specs, &sources, &others, guide, limit)?;
    let (difference, written) = crate_folder::compare(out, &files)
        .and_then(|it| crate_folder::write(out, &files, &it).map(|written| (it, written)))
        .map_err(|error| format!("{error}\n{}: unchanged", shown_out.display()))?;
    report::left_over(written.left_over.as_deref())?;
    correct_lock_file(out, &package).map_err(|error| error.to_string())?;
    let others = others.sources().filter(|it| !sources.contains(it));
    let sources: Vec<&str> = sources
        .iter()
        .chain(others)
        .map(|source| source.path.as_str())
        .collect();
    let mut notes = passed_over(specs, shown_specs, &sources)?;
    notes.push_str(&summary(
        &sources,
        &difference,
        files.len(),
        shown_out,
        start,
    ));
    notes.push_str(&unreleased(releases.as_ref(), &apis));
    report::tell(&notes, options.format)
}

/// A note that the generator has changed since the last release, if it has.
fn unreleased(releases: Option<&Releases>, apis: &[Api]) -> String {
    let notes = releases.map(|it| diff::generator_notes(it.generator, apis));
    let bump = notes.and_then(|it| it.bump());
    bump.map_or_else(String::new, |bump| {
        format!(
            "the generator has changed since the last release ({}): `cargo xtask release` makes a new release\n",
            bump.name()
        )
    })
}

/// A note for each file that is named like a spec but is not one.
fn passed_over(specs: &Path, shown_specs: &Path, sources: &[&str]) -> Result<String, String> {
    let mut text = String::new();
    for name in spec_folder::spec_names(specs, shown_specs)? {
        let shown = shown_specs.join(name).display().to_string();
        if !sources.contains(&shown.as_str()) {
            let _ = writeln!(
                text,
                "ignored {shown}, which has no top-level `openapi` key"
            );
        }
    }
    Ok(text)
}

/// Lists the files that are not current, if any.
fn check(difference: &Difference, shown_out: &Path, format: Format) -> Result<(), String> {
    if difference.is_empty() {
        return report::tell(&format!("{}: current\n", shown_out.display()), format);
    }
    let mut text = String::new();
    for (kind, path) in kinds(difference) {
        let _ = writeln!(text, "{kind}: {}", shown_out.join(path).display());
    }
    text.push_str(
        "run `cargo xtask gen` and commit the result; move files that it did not write elsewhere",
    );
    Err(text)
}

/// Each file that is not current, with the reason.
fn kinds(difference: &Difference) -> impl Iterator<Item = (&'static str, &String)> {
    let Difference {
        stale,
        missing,
        extra,
        foreign,
    } = difference;
    let named = |kind: &'static str| move |path| (kind, path);
    stale
        .iter()
        .map(named("stale"))
        .chain(missing.iter().map(named("missing")))
        .chain(extra.iter().map(named("extra")))
        .chain(foreign.iter().map(named("not generated")))
}

/// Prints what was read and written, and how long it took.
fn summary(
    sources: &[&str],
    difference: &Difference,
    count: usize,
    shown_out: &Path,
    start: Instant,
) -> String {
    let mut text = String::new();
    for source in sources {
        let _ = writeln!(text, "read {source}");
    }
    for path in difference.stale.iter().chain(&difference.missing) {
        let _ = writeln!(text, "wrote {}", shown_out.join(path).display());
    }
    for path in &difference.extra {
        let _ = writeln!(text, "removed {}", shown_out.join(path).display());
    }
    for path in &difference.foreign {
        let _ = writeln!(
            text,
            "left alone {}, which is not generated",
            shown_out.join(path).display()
        );
    }
    let written = difference.stale.len() + difference.missing.len();
    let _ = writeln!(
        text,
        "{count} files, {written} written, in {:.3} s",
        start.elapsed().as_secs_f64()
    );
    text
}

/// Writes every file of the crate.
///
/// # Errors
///
/// Names the columns and the features of the settings that are not there.
pub(crate) fn files(
    settings: &Settings,
    apis: &[Api],
    package: &Package,
    releases: Option<&Releases>,
) -> Result<Vec<GeneratedFile>, String> {
    let (mut files, faults) = twilio_codegen::write_with(apis, package, &Threads);
    settings.expect_columns(&faults)?;
    settings.expect_default_features(&files)?;
    files.extend(releases.map(Releases::changelog));
    Ok(files)
}

/// Updates the crate's version in the lock file around it.
fn correct_lock_file(out: &Path, package: &Package) -> io::Result<()> {
    let Some((path, text)) = lock_file::current(out, &package.name, &package.version)? else {
        return Ok(());
    };
    let staged = folder_swap::beside(&path)?;
    fs::write(&staged, text)
        .and_then(|()| fs::rename(&staged, &path))
        .map_err(|error| named(&path, &error))
}

/// Deals with interrupted updates. A run that writes finishes them and locks the folders as long as the returned files
/// live; any other run fails.
///
/// # Errors
///
/// Fails if an update cannot be finished, or tells which command finishes it.
pub(crate) fn ready(folders: &Folders, writes: bool) -> Result<Vec<File>, String> {
    let (specs, out) = (absolute(&folders.specs)?, absolute(&folders.out)?);
    folders.remember(&specs, &out);
    if writes {
        return recover(&specs, &out);
    }
    if transaction::is_interrupted(&specs) {
        return Err("an update was interrupted: `cargo xtask gen` finishes it".to_owned());
    }
    Ok(Vec::new())
}

/// Waits for other runs on the same folders, and finishes what an interrupted one left half done.
fn recover(specs: &Path, out: &Path) -> Result<Vec<File>, String> {
    let locks = transaction::lock(&[specs, out]).map_err(|error| error.to_string())?;
    let recovery = [specs, out]
        .into_iter()
        .try_for_each(folder_swap::settle)
        .and_then(|()| transaction::recover(specs))
        .map_err(|error| format!("cannot finish an interrupted update: {error}"))?;
    if let Recovery::Finished { left_over } = recovery {
        report::on_standard_error("finished an interrupted update\n")?;
        report::left_over(left_over.as_deref())?;
    }
    crate_folder::clear(out).map_err(|error| format!("{error}\n{}: unchanged", shown(out)))?;
    Ok(locks)
}
