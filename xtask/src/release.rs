//! `cargo xtask release`: makes the next release of a crate whose specs, settings or generator were changed by hand.
//!
//! Git has the last release to compare with.

use twilio_codegen::release::{Bump, Release, Version};
use twilio_codegen::report::{Format, ReleaseNotes};
use twilio_codegen::{Pages, Sources};

use crate::current::{self, CurrentState};
use crate::failure::Failure;
use crate::folders::Folders;
use crate::generate;
use crate::history::{self, LastRelease};
use crate::incoming::IncomingFiles;
use crate::next_release::{self, NextRelease};

/// The options of `release`.
#[derive(Default)]
pub(crate) struct Options {
    /// The bump to use in place of the one that the changes require.
    pub(crate) bump: Option<Bump>,
    /// Notes to add to those from the specs and the generator.
    pub(crate) notes: ReleaseNotes,
    /// The options shared with `update`.
    pub(crate) run: next_release::Options,
}

/// Compares specs and crate with the last release, and makes the next.
///
/// # Errors
///
/// Fails if something cannot be read or written, if the specs have faults, if nothing has changed, if something is not
/// committed, or if git does not know the last release. Specs and crate are then unchanged.
pub(crate) fn release(options: &Options) -> Result<(), Failure> {
    let (folders, _locks) = options.run.folders()?;
    let format = options.run.format;
    let current = CurrentState::read(&folders, format, options.run.max_size)?;
    let (changes, version) = next(options, &folders, &current, format)?;
    let release = Release {
        version,
        date: options.run.day(),
        changes,
    };
    let apis = current.apis.clone();
    let next = NextRelease::new(
        &folders,
        current,
        IncomingFiles::default(),
        &apis,
        Some(release),
    );
    let next = next.map_err(Failure::found)?;
    next.finish(&folders, options.run.dry_run, format)
}

/// The notes of the next release, and its version.
fn next(
    options: &Options,
    folders: &Folders,
    current: &CurrentState,
    format: Format,
) -> Result<(ReleaseNotes, Version), Failure> {
    let version = current.version().map_err(Failure::found)?;
    if !options.run.dry_run {
        history::expect_committed(folders)?;
    }
    if current.record.is_none() {
        let mut notes = ReleaseNotes::first();
        notes.extend(options.notes.clone());
        return Ok((notes, version));
    }
    let last = LastRelease::find(
        folders,
        &current.package.name,
        version,
        options.run.max_size,
    )?;
    let notes = changes(options, folders, current, &last, format)?;
    let called_for = notes.bump();
    match (called_for, options.bump) {
        (None, _) => Err(Failure::found(format!(
            "nothing has changed since the release {version}, which is {last}\n\
             to release a change of the runtime, or of something else that the specs do not show, use `--breaking`, \
             `--added`, `--deprecated` or `--changed`"
        ))),
        (Some(bump), Some(wanted)) if wanted < bump => Err(Failure::found(format!(
            "the changes require a {} bump, which is more than `--bump {}`",
            bump.name(),
            wanted.name()
        ))),
        (Some(bump), wanted) => Ok((notes, version.after(wanted.unwrap_or(bump)))),
    }
}

/// The changes since the last release: of the specs and the generator, notes from the command line, or else of the
/// crate's files.
fn changes(
    options: &Options,
    folders: &Folders,
    current: &CurrentState,
    last: &LastRelease,
    format: Format,
) -> Result<ReleaseNotes, Failure> {
    let before = last.specs(folders, options.run.max_size)?;
    let (others, faults) = (before.others, before.faults);
    let before = Sources {
        files: &before.sources,
        others: &others,
        pages: Pages {
            rules: &before.pages,
            may_be_unused: true,
        },
        ..current.documents()
    };
    let before = current::models(before, faults, format, "the specs of the last release have")?;
    let mut notes = current::compare(&before, &current.apis, format)?;
    notes.extend(current.generator_notes(&current.apis));
    notes.extend(options.notes.clone());
    if notes.bump().is_none() {
        let record = current.record.as_ref();
        let CurrentState {
            settings,
            apis,
            package,
            ..
        } = current;
        let files = generate::files(settings, apis, package, record).map_err(Failure::found)?;
        if last.has_other_files(folders, &files, options.run.max_size)? {
            notes = ReleaseNotes::besides_the_api();
        }
    }
    Ok(notes)
}
