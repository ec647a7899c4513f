//! `cargo xtask update`: newer specs in, and with them a new crate, its next version and an entry of its changelog.
//!
//! Everything is read, compared and generated in memory first, then built beside the old, then put in its place at
//! once (`transaction`); what fails on the way changes nothing.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use twilio_codegen::api::Api;
use twilio_codegen::diff;
use twilio_codegen::release::{Date, Release, Releases, Version};
use twilio_codegen::report::{ChangeReport, Format, ReleaseNotes, Report, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, OtherFiles, Package, Sources};

use crate::crate_folder::{self, Difference};
use crate::failure::Failure;
use crate::generate::{self, Folders};
use crate::incoming::other_file::{self, OtherFile};
use crate::incoming::{self, Incoming};
use crate::input_file::MaxSize;
use crate::settings::Settings;
use crate::transaction::{self, Recovery, Replacement};
use crate::{fetch, lock_file, other_files, report, spec_folder};

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
    let update = Update::prepare(options, &folders, format)?;
    if !options.dry_run && update.calls_for_writing() {
        let done = update.carry_out(&folders).map_err(|error| {
            let (specs, out) = (folders.shown_specs.display(), folders.shown_out.display());
            Failure::found(format!("{error}\nnot updated: {specs}, {out}"))
        })?;
        if let Recovery::Finished { left_over } = done {
            report::left_over(left_over.as_deref()).map_err(Failure::found)?;
        }
    }
    report::tell(&update.describe(&folders, options.dry_run), format).map_err(Failure::usage)
}

/// What stands in the folders before the update.
struct Standing {
    sources: Vec<SourceFile>,
    others: OtherFiles,
    apis: Vec<Api>,
    record: Option<Releases>,
    settings: Settings,
    package: Package,
}

impl Standing {
    fn read(folders: &Folders, format: Format, limit: MaxSize) -> Result<Self, Failure> {
        let (specs, shown) = (&folders.specs, &folders.shown_specs);
        let (sources, mut faults) =
            spec_folder::read(specs, shown, limit).map_err(Failure::usage)?;
        let (record, more) =
            spec_folder::read_releases(specs, shown, limit).map_err(Failure::usage)?;
        faults.extend(more);
        let (guide, more) = spec_folder::read_guide(specs, shown, limit).map_err(Failure::usage)?;
        faults.extend(more);
        let settings = Settings::read(specs, shown, limit).map_err(Failure::usage)?;
        let others = other_files::in_folder(specs, &sources, limit);
        let apis = models(
            settings.sources(&sources, &others),
            faults,
            format,
            "the specs that are there have",
        )?;
        let package = folders.package(&settings, &apis, record.as_ref(), guide);
        Ok(Self {
            sources,
            others,
            apis,
            record,
            settings,
            package: package.map_err(Failure::usage)?,
        })
    }

    /// The specs, and whose conventions hold for them and for what takes their place.
    fn documents(&self) -> Sources<'_> {
        Sources {
            vendor: self.apis.first().map(|it| it.vendor),
            ..self.settings.sources(&self.sources, &self.others)
        }
    }
}

/// What an update does, before any of it is done.
struct Update {
    incoming: Vec<Incoming>,
    /// What these refer to.
    other_files: Vec<OtherFile>,
    /// The version before, and the release that follows, if one does.
    before: Version,
    release: Option<Release>,
    /// The new text of the record, if it changes.
    record: Option<String>,
    files: Vec<GeneratedFile>,
    difference: Difference,
    /// The new text of the lock file around the crate, if it names another version.
    lock_file: Option<(PathBuf, String)>,
}

impl Update {
    /// Reads everything, prints the comparison and works out what follows from it.
    fn prepare(options: &Options, folders: &Folders, format: Format) -> Result<Self, Failure> {
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
        let apis = models(new, faults, format, "the newer specs have")?;
        let comparison = diff::diff(&old.apis, &apis);
        let comparison = diff::report(&comparison, &old.apis, &apis);
        let style = Style {
            colour: report::colour_of_standard_output(),
            docs: false,
        };
        report::on_standard_output(&comparison.render(format, style)).map_err(Failure::usage)?;
        let incoming = (incoming, files);
        Self::from_models(options, folders, old, incoming, &apis, &comparison)
            .map_err(Failure::found)
    }

    fn from_models(
        options: &Options,
        folders: &Folders,
        old: Standing,
        (incoming, other_files): (Vec<Incoming>, Vec<OtherFile>),
        new: &[Api],
        comparison: &ChangeReport,
    ) -> Result<Self, String> {
        let Standing {
            apis: old,
            record,
            settings,
            mut package,
            ..
        } = old;
        let before = Version::try_from(package.version.clone())?;
        package.name = settings.name(new, &folders.out);
        package.description = settings.description(new);
        let mut changes = comparison.release_notes();
        let write = |apis| twilio_codegen::write(apis, &package);
        if changes.bump().is_none() && write(&old) != write(new) {
            changes = ReleaseNotes::besides_the_api();
        }
        let release = changes.bump().map(|bump| Release {
            version: before.after(bump),
            date: options.date.unwrap_or_else(today),
            changes,
        });
        let former = record.as_ref().map(Releases::to_json);
        let record = recorded(record, release.as_ref(), before, &incoming);
        if let Some(record) = &record {
            package.version = record.latest().version.to_string();
        }
        let files = generate::files(new, &package, record.as_ref());
        let shown = |error: std::io::Error| error.to_string();
        let difference = crate_folder::compare(&folders.out, &files).map_err(shown)?;
        let lock_file = lock_file::current(&folders.out, &package.name, &package.version);
        Ok(Self {
            incoming,
            other_files,
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

    fn calls_for_writing(&self) -> bool {
        self.record.is_some()
            || self.incoming.iter().any(Incoming::is_change)
            || self.other_files.iter().any(OtherFile::is_change)
            || self.difference.calls_for_writing()
            || self.lock_file.is_some()
    }

    /// Tells what follows from the comparison: the version, the entry of the changelog, the files.
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
        for line in self.incoming.iter().map(|it| it.describe(specs, would)) {
            text.push_str(&line);
        }
        for file in self.other_files.iter().filter(|it| it.is_change()) {
            let (path, given) = (specs.join(&file.name), &file.path);
            let _ = writeln!(text, "{}: {would}written from {given}", path.display());
        }
        for (what, path) in self.written_files(folders) {
            let _ = writeln!(text, "{}: {would}{what}", path.display());
        }
        if !self.calls_for_writing() {
            text.push_str("nothing to write\n");
        } else if is_dry_run {
            text.push_str("nothing was written: --dry-run\n");
        }
        text
    }

    /// What else is written or removed.
    fn written_files(&self, folders: &Folders) -> Vec<(&'static str, PathBuf)> {
        let Difference {
            stale,
            missing,
            extra,
            foreign: _,
        } = &self.difference;
        let mut files = Vec::new();
        if self.record.is_some() {
            files.push(("written", folders.shown_specs.join(spec_folder::RELEASES)));
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

    /// Builds everything beside the old and puts it in its place.
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
        for spec in self.incoming.iter().filter(|it| it.is_change()) {
            changes.extend(spec.replaced.iter().map(|name| (name.clone(), None)));
            changes.push((spec.name.clone(), Some(&spec.bytes)));
        }
        for file in self.other_files.iter().filter(|it| it.is_change()) {
            changes.push((file.name.clone(), Some(&file.bytes)));
        }
        if let Some(record) = &self.record {
            changes.push((spec_folder::RELEASES.into(), Some(record.as_bytes())));
        }
        crate_folder::refuse_read_only(&folders.specs)?;
        spec_folder::stage(&folders.specs, &changes)?;
        if self.difference.calls_for_writing() {
            crate_folder::stage(&folders.out, &self.files, &self.difference)?;
        }
        match &self.lock_file {
            Some((path, text)) => {
                let staged = crate_folder::beside(path)?;
                fs::write(&staged, text).map_err(|error| crate_folder::named(&staged, &error))
            }
            None => Ok(()),
        }
    }
}

/// The record with a release and with where the specs are from.
fn recorded(
    record: Option<Releases>,
    release: Option<&Release>,
    before: Version,
    incoming: &[Incoming],
) -> Option<Releases> {
    let record = match release {
        Some(release) => Some(Releases::with(record, release.clone())),
        // What is recorded of a spec needs a record, which begins with what is there.
        None if record.is_none() && incoming.iter().any(|it| it.origin.is_some()) => {
            let first = Release {
                version: before,
                date: today(),
                changes: ReleaseNotes::default(),
            };
            Some(Releases::with(None, first))
        }
        None => record,
    };
    record.map(|mut record| {
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

/// The models of specs. Their faults are shown as `gen` shows them; with warnings alone, standard output is left to
/// the comparison.
fn models(
    sources: Sources<'_>,
    mut faults: Report,
    format: Format,
    whose: &str,
) -> Result<Vec<Api>, Failure> {
    let (apis, more) = twilio_codegen::read(sources);
    faults.extend(more);
    let format = match format {
        Format::Json if !faults.has_errors() => Format::Text,
        Format::Text | Format::Markdown | Format::Json | Format::Github => format,
    };
    report::show(&faults, format).map_err(Failure::usage)?;
    if faults.has_errors() {
        let counts = report::counts(&faults);
        return Err(Failure::found(format!(
            "nothing updated, because {whose} {counts}"
        )));
    }
    Ok(apis)
}

/// Today in UTC.
fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    // A clock before 1970 has not been set.
    let seconds = since.map_or(0, |it| it.as_secs());
    Date::from_days_of_unix_time(seconds / DAY)
}

/// Reads the value of `--date`.
///
/// # Errors
///
/// Says how a day is written.
pub(crate) fn date(value: &OsStr) -> Result<Date, String> {
    Date::try_from(value.to_string_lossy().into_owned())
}

impl Incoming {
    fn describe(&self, specs: &Path, would: &str) -> String {
        let (path, given) = (specs.join(&self.name), &self.source.path);
        let path = path.display();
        if !self.is_change() {
            return format!("{path}: is the same as {given}\n");
        }
        match &self.replaced {
            None => format!("{path}: {would}added from {given}\n"),
            Some(name) if *name == self.name => {
                format!("{path}: {would}replaced by {given}\n")
            }
            Some(name) => format!(
                "{path}: {would}written from {given}, in the place of {}, which has another format\n",
                specs.join(name).display()
            ),
        }
    }
}
