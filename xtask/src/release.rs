//! `cargo xtask release`: the next release of a crate whose specs, settings or generator were changed by hand.
//!
//! What has changed is told by git, which has the last release.

use twilio_codegen::Sources;
use twilio_codegen::release::{Bump, Release, Version};
use twilio_codegen::report::{Format, ReleaseNotes};

use crate::failure::Failure;
use crate::generate::{self, Folders};
use crate::history::{self, LastRelease};
use crate::incoming::Arrivals;
use crate::next_release::{self, NextRelease};
use crate::standing::{self, Standing};

/// What `release` was asked for.
#[derive(Default)]
pub(crate) struct Options {
    /// The bump, if it is not the one that the changes call for.
    pub(crate) bump: Option<Bump>,
    /// What the release tells beside what the specs and the generator tell.
    pub(crate) notes: ReleaseNotes,
    /// What `update` and `release` are asked for alike.
    pub(crate) run: next_release::Options,
}

/// Compares specs and crate with the last release, and makes the next.
///
/// # Errors
///
/// Says what cannot be read, which faults the specs have, that nothing has changed, that something is not committed,
/// that git does not know the last release, or what could not be written. Specs and crate are as they were then.
pub(crate) fn release(options: &Options) -> Result<(), Failure> {
    let (folders, _locks) = options.run.folders()?;
    let format = options.run.format;
    let standing = Standing::read(&folders, format, options.run.max_size)?;
    let (changes, version) = next(options, &folders, &standing, format)?;
    let release = Release {
        version,
        date: options.run.day(),
        changes,
    };
    let apis = standing.apis.clone();
    let next = NextRelease::new(
        &folders,
        standing,
        Arrivals::default(),
        &apis,
        Some(release),
    );
    let next = next.map_err(Failure::found)?;
    next.finish(&folders, options.run.dry_run, format)
}

/// What the next release tells, and its version.
fn next(
    options: &Options,
    folders: &Folders,
    standing: &Standing,
    format: Format,
) -> Result<(ReleaseNotes, Version), Failure> {
    let version = standing.version().map_err(Failure::found)?;
    if !options.run.dry_run {
        history::expect_committed(folders)?;
    }
    if standing.record.is_none() {
        let mut notes = ReleaseNotes::first();
        notes.extend(options.notes.clone());
        return Ok((notes, version));
    }
    let last = LastRelease::find(
        folders,
        &standing.package.name,
        version,
        options.run.max_size,
    )?;
    let notes = changes(options, folders, standing, &last, format)?;
    let called_for = notes.bump();
    match (called_for, options.bump) {
        (None, _) => Err(Failure::found(format!(
            "nothing has changed since the release {version}, which is {last}\n\
             a change of the runtime or of something else that only people know of is told by `--breaking`, \
             `--added`, `--deprecated` or `--changed`"
        ))),
        (Some(bump), Some(wanted)) if wanted < bump => Err(Failure::found(format!(
            "the changes call for a {} bump, which is more than `--bump {}`",
            bump.name(),
            wanted.name()
        ))),
        (Some(bump), wanted) => Ok((notes, version.after(wanted.unwrap_or(bump)))),
    }
}

/// What has changed since the last release: the specs, the generator, what people tell, or else the crate.
fn changes(
    options: &Options,
    folders: &Folders,
    standing: &Standing,
    last: &LastRelease,
    format: Format,
) -> Result<ReleaseNotes, Failure> {
    let before = last.specs(folders, options.run.max_size)?;
    let (others, faults) = (before.others, before.faults);
    let before = Sources {
        files: &before.sources,
        others: &others,
        ..standing.documents()
    };
    let before = standing::models(before, faults, format, "the specs of the last release have")?;
    let mut notes = standing::compare(&before, &standing.apis, format)?;
    notes.extend(standing.generator_notes(&standing.apis));
    notes.extend(options.notes.clone());
    if notes.bump().is_none() {
        let record = standing.record.as_ref();
        let Standing {
            settings,
            apis,
            package,
            ..
        } = standing;
        let files = generate::files(settings, apis, package, record).map_err(Failure::found)?;
        if last.has_other_files(folders, &files, options.run.max_size)? {
            notes = ReleaseNotes::besides_the_api();
        }
    }
    Ok(notes)
}
