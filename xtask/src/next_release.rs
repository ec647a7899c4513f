//! Computes the next state of specs and crate with its release, and writes all of it or nothing.
//!
//! Everything is generated in memory, built beside the old files, and then swapped in at once (`transaction`); a
//! failure on the way changes nothing.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use twilio_codegen::GeneratedFile;
use twilio_codegen::api::Api;
use twilio_codegen::diff::GENERATION;
use twilio_codegen::release::{self, Date, Release, Releases, Version};
use twilio_codegen::report::{Format, ReleaseNotes};

use crate::crate_folder::{self, Difference};
use crate::current::CurrentState;
use crate::failure::Failure;
use crate::folders::Folders;
use crate::incoming::{IncomingFiles, IncomingSpec};
use crate::input_file::MaxSize;
use crate::shown_path::{named, shown};
use crate::transaction::{self, Recovery, Replacement};
use crate::{folder_swap, generate, lock_file, report, spec_folder};

/// The options that `update` and `release` share.
#[derive(Default)]
pub(crate) struct Options {
    /// Whether to print everything and write nothing.
    pub(crate) dry_run: bool,
    /// The folder of specs, if it is not the workspace's.
    pub(crate) specs: Option<PathBuf>,
    /// The folder of the crate, if it is not the workspace's.
    pub(crate) out: Option<PathBuf>,
    /// The format of the comparison.
    pub(crate) format: Format,
    /// The day of the release, if it is not today in UTC.
    pub(crate) date: Option<Date>,
    /// The largest spec to read.
    pub(crate) max_size: MaxSize,
}

impl Options {
    /// Finds the folders and, unless this is a dry run, locks them as long as the files live.
    ///
    /// # Errors
    ///
    /// Fails if one of the folders is in the other, or if an update was interrupted.
    pub(crate) fn folders(&self) -> Result<(Folders, Vec<File>), Failure> {
        let folders = Folders::new(self.specs.as_deref(), self.out.as_deref());
        let folders = folders.resolved().map_err(Failure::usage)?;
        let locks = generate::ready(&folders, !self.dry_run).map_err(Failure::found)?;
        Ok((folders, locks))
    }

    /// The day of the release.
    pub(crate) fn day(&self) -> Date {
        self.date.unwrap_or_else(today)
    }
}

/// The changes that a command is about to make.
pub(crate) struct NextRelease {
    arrivals: IncomingFiles,
    /// The version before, and the next release, if there is one.
    before: Version,
    release: Option<Release>,
    /// The new text of the record, if it changes.
    record: Option<String>,
    files: Vec<GeneratedFile>,
    difference: Difference,
    /// The new text of the lock file around the crate, if it names another version.
    lock_file: Option<(PathBuf, String)>,
}

impl NextRelease {
    /// Computes the next state. `new` are the models with the incoming specs, and `release` is the release that the
    /// changes require, if any.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be read.
    pub(crate) fn new(
        folders: &Folders,
        current: CurrentState,
        arrivals: IncomingFiles,
        new: &[Api],
        release: Option<Release>,
    ) -> Result<Self, String> {
        let CurrentState {
            record,
            settings,
            mut package,
            ..
        } = current;
        let before = Version::try_from(package.version.clone())?;
        package.name = settings.name(new, &folders.out);
        package.description = settings.description(new);
        let former = record.as_ref().map(Releases::to_json);
        let record = recorded(record, release.as_ref(), before, &arrivals.specs);
        if let Some(record) = &record {
            package.version = record.latest().version.to_string();
        }
        let files = generate::files(&settings, new, &package, record.as_ref())?;
        let shown = |error: std::io::Error| error.to_string();
        let difference = crate_folder::compare(&folders.out, &files).map_err(shown)?;
        let lock_file = lock_file::current(&folders.out, &package.name, &package.version);
        Ok(Self {
            arrivals,
            before,
            release,
            record: record
                .map(|it| it.to_json())
                .filter(|it| Some(it) != former.as_ref()),
            files,
            difference,
            lock_file: lock_file.map_err(shown)?,
        })
    }

    /// Writes everything, unless this is a dry run, and prints a summary.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be written. Specs and crate are then unchanged.
    pub(crate) fn finish(
        &self,
        folders: &Folders,
        is_dry_run: bool,
        format: Format,
    ) -> Result<(), Failure> {
        if !is_dry_run && self.calls_for_writing() {
            let done = self.carry_out(folders).map_err(|error| {
                let (specs, out) = (folders.shown_specs.display(), folders.shown_out.display());
                Failure::found(format!("{error}\nnot updated: {specs}, {out}"))
            })?;
            if let Recovery::Finished { left_over } = done {
                report::left_over(left_over.as_deref()).map_err(Failure::found)?;
            }
        }
        report::tell(&self.describe(folders, is_dry_run), format).map_err(Failure::usage)
    }

    fn calls_for_writing(&self) -> bool {
        self.record.is_some()
            || self.arrivals.are_changes()
            || self.difference.calls_for_writing()
            || self.lock_file.is_some()
    }

    /// Describes the result of the comparison: the version, the changelog entry and the files.
    fn describe(&self, folders: &Folders, is_dry_run: bool) -> String {
        let mut text = String::from("\n");
        let before = self.before;
        match &self.release {
            Some(release) => {
                let _ = writeln!(text, "version {before} -> {}\n", release.version);
                let _ = writeln!(text, "{}", release.to_markdown());
            }
            None => {
                let _ = writeln!(text, "version {before} stays\n");
            }
        }
        let would = if is_dry_run { "would be " } else { "" };
        let specs = &folders.shown_specs;
        for line in self
            .arrivals
            .specs
            .iter()
            .map(|it| it.describe(specs, would))
        {
            text.push_str(&line);
        }
        for file in self.arrivals.others.iter().filter(|it| it.is_change()) {
            let (path, given) = (specs.join(&file.name), &file.path);
            let _ = writeln!(text, "{}: {would}written from {given}", path.display());
        }
        for (what, path) in self.written_files(folders) {
            let _ = writeln!(text, "{}: {would}{what}", shown(&path));
        }
        if !self.calls_for_writing() {
            text.push_str("nothing to write\n");
        } else if is_dry_run {
            text.push_str("nothing was written: --dry-run\n");
        }
        text
    }

    /// The other files that are written or removed.
    fn written_files(&self, folders: &Folders) -> Vec<(&'static str, PathBuf)> {
        let Difference {
            stale,
            missing,
            extra,
            foreign: _,
        } = &self.difference;
        let mut files = Vec::new();
        if self.record.is_some() {
            files.push(("written", folders.shown_specs.join(release::RECORD)));
        }
        for path in stale.iter().chain(missing) {
            files.push(("written", folders.shown_out.join(path)));
        }
        for path in extra {
            files.push(("removed", folders.shown_out.join(path)));
        }
        if let Some((path, _)) = &self.lock_file {
            files.push(("written", path.clone()));
        }
        files
    }

    /// Builds everything beside the old files and swaps it in.
    fn carry_out(&self, folders: &Folders) -> std::io::Result<Recovery> {
        let calls_for_crate = self.difference.calls_for_writing();
        let replacement = Replacement {
            specs: folders.specs.clone(),
            out: calls_for_crate.then(|| folders.out.clone()),
            lock_file: self.lock_file.as_ref().map(|(path, _)| path.clone()),
        };
        self.stage(folders)
            .inspect_err(|_| transaction::discard(&replacement))?;
        transaction::commit(&replacement)
    }

    fn stage(&self, folders: &Folders) -> std::io::Result<()> {
        let mut changes: Vec<(PathBuf, Option<&[u8]>)> = Vec::new();
        for spec in self.arrivals.specs.iter().filter(|it| it.is_change()) {
            changes.extend(spec.replaced.iter().map(|name| (name.clone(), None)));
            changes.push((spec.name.clone(), Some(&spec.bytes)));
        }
        for file in self.arrivals.others.iter().filter(|it| it.is_change()) {
            changes.push((file.name.clone(), Some(&file.bytes)));
        }
        if let Some(record) = &self.record {
            changes.push((release::RECORD.into(), Some(record.as_bytes())));
        }
        crate_folder::refuse_read_only(&folders.specs)?;
        spec_folder::stage(&folders.specs, &changes)?;
        if self.difference.calls_for_writing() {
            crate_folder::stage(&folders.out, &self.files, &self.difference)?;
        }
        match &self.lock_file {
            Some((path, text)) => {
                let staged = folder_swap::beside(path)?;
                fs::write(&staged, text).map_err(|error| named(&staged, &error))
            }
            None => Ok(()),
        }
    }
}

/// The record with a new release and the origins of the specs.
fn recorded(
    record: Option<Releases>,
    release: Option<&Release>,
    before: Version,
    incoming: &[IncomingSpec],
) -> Option<Releases> {
    let record = match release {
        Some(release) => Some(Releases::with(record, release.clone())),
        // The origin of a spec needs a record, which starts with the current version.
        None if record.is_none() && incoming.iter().any(|it| it.origin.is_some()) => {
            let first = Release {
                version: before,
                date: today(),
                changes: ReleaseNotes::default(),
            };
            let mut record = Releases::with(None, first);
            record.generator = GENERATION;
            Some(record)
        }
        None => record,
    };
    record.map(|mut record| {
        if release.is_some() {
            record.generator = GENERATION;
        }
        for spec in incoming
            .iter()
            .filter(|it| it.is_change() || it.origin.is_some())
        {
            for name in spec.replaced.iter().chain([&spec.name]) {
                record.sources.remove(&*name.to_string_lossy());
            }
            if let Some(origin) = &spec.origin {
                let name = spec.name.display().to_string();
                record.sources.insert(name, origin.clone());
            }
        }
        record
    })
}

/// Returns today in UTC.
fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    // A clock before 1970 is not set.
    let seconds = since.map_or(0, |it| it.as_secs());
    Date::from_days_of_unix_time(seconds / DAY)
}

impl IncomingSpec {
    fn describe(&self, specs: &Path, would: &str) -> String {
        let (path, given) = (specs.join(&self.name), &self.source.path);
        let path = path.display();
        if !self.is_change() {
            return format!("{path}: unchanged, the same as {given}\n");
        }
        match &self.replaced {
            None => format!("{path}: {would}added from {given}\n"),
            Some(name) if *name == self.name => {
                format!("{path}: {would}replaced by {given}\n")
            }
            Some(name) => format!(
                "{path}: {would}written from {given}, replacing {}, which has another format\n",
                specs.join(name).display()
            ),
        }
    }
}
