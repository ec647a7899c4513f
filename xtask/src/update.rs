//! `cargo xtask update`: newer specs in, and with them a new crate, its next version and an entry of its changelog.

use std::ffi::OsStr;
use std::path::PathBuf;

use twilio_codegen::Sources;
use twilio_codegen::api::Api;
use twilio_codegen::release::{Date, Release};
use twilio_codegen::report::{Format, ReleaseNotes};

use crate::failure::Failure;
use crate::fetch;
use crate::generate::{self, Folders};
use crate::incoming::other_file;
use crate::incoming::{self, Arrivals};
use crate::input_file::MaxSize;
use crate::next_release::{self, NextRelease};
use crate::standing::{self, Standing};

/// What `update` was asked for.
#[derive(Default)]
pub(crate) struct Options {
    /// The newer specs, or folders of them.
    pub(crate) paths: Vec<PathBuf>,
    /// What to fetch, if that was asked for.
    pub(crate) fetch: Option<fetch::Request>,
    /// Whether to tell everything and write nothing.
    pub(crate) dry_run: bool,
    /// The folder of specs, if it is not the workspace's.
    pub(crate) specs: Option<PathBuf>,
    /// The folder of the crate, if it is not the workspace's.
    pub(crate) out: Option<PathBuf>,
    /// How the comparison is written.
    pub(crate) format: Option<Format>,
    /// The day of the release, if it is not today in UTC.
    pub(crate) date: Option<Date>,
    /// How large a spec may be.
    pub(crate) max_size: MaxSize,
}

/// Takes the newer specs in.
///
/// # Errors
///
/// Says what cannot be read, which faults the specs have, or what could not be written. Specs and crate are as they
/// were then.
pub(crate) fn update(options: &Options) -> Result<(), Failure> {
    let folders = Folders::new(options.specs.as_deref(), options.out.as_deref());
    let folders = folders.resolved().map_err(Failure::usage)?;
    let _locks = generate::ready(&folders, !options.dry_run).map_err(Failure::found)?;
    let format = options.format.unwrap_or(Format::Text);
    let next = prepare(options, &folders, format)?;
    next.finish(&folders, options.dry_run, format)
}

/// Reads everything, prints the comparison and works out what follows from it.
fn prepare(options: &Options, folders: &Folders, format: Format) -> Result<NextRelease, Failure> {
    let limit = options.max_size;
    let old = Standing::read(folders, format, limit)?;
    let (mut incoming, mut faults) =
        incoming::read(&options.paths, old.documents(), limit).map_err(Failure::usage)?;
    if let Some(request) = &options.fetch {
        let files = fetch::fetch(request, &old.sources).map_err(Failure::usage)?;
        let (fetched, more) = incoming::fetched(files, old.documents());
        incoming.extend(fetched);
        faults.extend(more);
    }
    let files = other_file::read(&incoming, &folders.specs, limit).map_err(Failure::usage)?;
    let new = incoming::merge(&old.sources, &incoming);
    let others = other_file::gather(&folders.specs, &new, &incoming, &files, limit);
    let new = Sources {
        files: &new,
        others: &others,
        ..old.documents()
    };
    let mut apis = standing::models(new, faults, format, "the newer specs have")?;
    incoming::name(&mut apis, &incoming);
    let changes = compared(&old, &apis, format)?;
    let release = match changes.bump() {
        None => None,
        Some(bump) => Some(Release {
            version: old.version().map_err(Failure::found)?.after(bump),
            date: options.date.unwrap_or_else(next_release::today),
            changes,
        }),
    };
    let arrivals = Arrivals {
        specs: incoming,
        others: files,
    };
    NextRelease::new(folders, old, arrivals, &apis, release).map_err(Failure::found)
}

/// Prints how the specs differ from the newer ones, and returns what a release tells of that.
fn compared(old: &Standing, new: &[Api], format: Format) -> Result<ReleaseNotes, Failure> {
    let mut changes = standing::compare(&old.apis, new, format)?;
    changes.extend(old.generator_notes(new));
    let is_another = || {
        twilio_codegen::write(&unnamed(&old.apis), &old.package)
            != twilio_codegen::write(&unnamed(new), &old.package)
    };
    if changes.bump().is_none() && is_another() {
        changes = ReleaseNotes::besides_the_api();
    }
    Ok(changes)
}

/// The models without the names of their files, which are nothing to callers.
fn unnamed(apis: &[Api]) -> Vec<Api> {
    let apis = apis.iter().map(|it| Api {
        files: Vec::new(),
        ..it.clone()
    });
    apis.collect()
}

/// Reads the value of `--date`.
///
/// # Errors
///
/// Says how a day is written.
pub(crate) fn date(value: &OsStr) -> Result<Date, String> {
    Date::try_from(value.to_string_lossy().into_owned())
}
