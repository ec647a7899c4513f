//! `cargo xtask update`: takes in newer specs, regenerates the crate, and makes its next release.

use std::path::PathBuf;

use twilio_codegen::Sources;
use twilio_codegen::api::Api;
use twilio_codegen::release::Release;
use twilio_codegen::report::{Format, ReleaseNotes};

use crate::current::{self, CurrentState};
use crate::failure::Failure;
use crate::fetch;
use crate::folders::Folders;
use crate::incoming::other_file;
use crate::incoming::{self, IncomingFiles};
use crate::next_release::{self, NextRelease};
use crate::threads::Threads;

/// The options of `update`.
#[derive(Default)]
pub(crate) struct Options {
    /// The newer specs, or folders of them.
    pub(crate) paths: Vec<PathBuf>,
    /// What to fetch, with `--fetch`.
    pub(crate) fetch: Option<fetch::FetchRequest>,
    /// The options shared with `release`.
    pub(crate) run: next_release::Options,
}

/// Takes in the newer specs.
///
/// # Errors
///
/// Fails if something cannot be read or written, or if the specs have faults. Specs and crate are then unchanged.
pub(crate) fn update(options: &Options) -> Result<(), Failure> {
    let (folders, _locks) = options.run.folders()?;
    let format = options.run.format;
    let next = prepare(options, &folders, format)?;
    next.finish(&folders, options.run.dry_run, format)
}

/// Reads everything, prints the comparison and computes the next state.
fn prepare(options: &Options, folders: &Folders, format: Format) -> Result<NextRelease, Failure> {
    let limit = options.run.max_size;
    let old = CurrentState::read(folders, format, limit)?;
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
    let mut apis = current::models(new, faults, format, "the newer specs have")?;
    incoming::name(&mut apis, &incoming);
    let changes = compared(&old, &apis, format)?;
    let release = match changes.bump() {
        None => None,
        Some(bump) => Some(Release {
            version: old.version().map_err(Failure::found)?.after(bump),
            date: options.run.day(),
            changes,
        }),
    };
    let arrivals = IncomingFiles {
        specs: incoming,
        others: files,
    };
    NextRelease::new(folders, old, arrivals, &apis, release).map_err(Failure::found)
}

/// Prints how the specs differ from the newer ones, and returns the release notes for that.
fn compared(old: &CurrentState, new: &[Api], format: Format) -> Result<ReleaseNotes, Failure> {
    let mut changes = current::compare(&old.apis, new, format)?;
    changes.extend(old.generator_notes(new));
    let written =
        |apis: &[Api]| twilio_codegen::write_with(&unnamed(apis), &old.package, &Threads).0;
    if changes.bump().is_none() && written(&old.apis) != written(new) {
        changes = ReleaseNotes::besides_the_api();
    }
    Ok(changes)
}

/// The models without their file names, which do not matter to callers.
fn unnamed(apis: &[Api]) -> Vec<Api> {
    let apis = apis.iter().map(|it| Api {
        files: Vec::new(),
        ..it.clone()
    });
    apis.collect()
}
