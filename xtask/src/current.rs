//! Reads the current specs and crate, before a command changes them.

use twilio_codegen::api::Api;
use twilio_codegen::diff;
use twilio_codegen::release::{Releases, Version};
use twilio_codegen::report::{Format, ReleaseNotes, Report, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{OtherFiles, Package, Sources};

use crate::failure::Failure;
use crate::folders::Folders;
use crate::input_file::MaxSize;
use crate::settings::Settings;
use crate::threads::Threads;
use crate::{other_files, report, spec_folder};

/// The current specs and crate.
pub(crate) struct CurrentState {
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) others: OtherFiles,
    pub(crate) apis: Vec<Api>,
    pub(crate) record: Option<Releases>,
    pub(crate) settings: Settings,
    pub(crate) package: Package,
}

impl CurrentState {
    /// Reads the folders. Reports faults of the specs as `gen` does.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be read, or if the specs have errors.
    pub(crate) fn read(folders: &Folders, format: Format, limit: MaxSize) -> Result<Self, Failure> {
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
            "the current specs have",
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

    /// The version of the crate.
    ///
    /// # Errors
    ///
    /// Fails if the manifest's version is not a version.
    pub(crate) fn version(&self) -> Result<Version, String> {
        Version::try_from(self.package.version.clone())
    }

    /// The notes on generator changes that concern these models and that no release has mentioned. A crate without a
    /// record has missed none.
    pub(crate) fn generator_notes(&self, apis: &[Api]) -> ReleaseNotes {
        let mentioned = self.record.as_ref().map(|it| it.generator);
        mentioned.map_or_else(ReleaseNotes::default, |it| diff::generator_notes(it, apis))
    }

    /// The specs, with the vendor whose conventions also hold for their replacements.
    pub(crate) fn documents(&self) -> Sources<'_> {
        Sources {
            vendor: self.apis.first().map(|it| it.vendor),
            ..self.settings.sources(&self.sources, &self.others)
        }
    }
}

/// Returns the models of specs. Faults are reported as `gen` does; if there are only warnings, standard output is left
/// to the comparison.
///
/// # Errors
///
/// Fails if the specs have errors.
pub(crate) fn models(
    sources: Sources<'_>,
    mut faults: Report,
    format: Format,
    whose: &str,
) -> Result<Vec<Api>, Failure> {
    let (apis, more) = twilio_codegen::read_with(sources, &Threads);
    faults.extend(more);
    let format = match format {
        Format::Json if !faults.has_errors() => Format::Text,
        Format::Text | Format::Markdown | Format::Json | Format::Github => format,
    };
    report::show(&faults, format).map_err(Failure::usage)?;
    if faults.has_errors() {
        let counts = report::counts(&faults);
        return Err(Failure::found(format!(
            "nothing has changed on disk, because {whose} {counts}"
        )));
    }
    Ok(apis)
}

/// Prints how models differ from newer ones, and returns the release notes for that.
///
/// # Errors
///
/// Fails if standard output cannot be written.
pub(crate) fn compare(old: &[Api], new: &[Api], format: Format) -> Result<ReleaseNotes, Failure> {
    let comparison = diff::report(&diff::diff(old, new), old, new);
    let style = Style {
        colour: report::colour_of_standard_output(),
        docs: false,
    };
    report::on_standard_output(&comparison.render(format, style)).map_err(Failure::usage)?;
    Ok(comparison.release_notes())
}
