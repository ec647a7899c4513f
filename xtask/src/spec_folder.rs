//! Reads the specs and overlays of a folder, and the guide and the record of releases beside them; stages a changed
//! folder.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use twilio_codegen::guide::{self, Guide};
use twilio_codegen::release::{self, Releases};
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{OtherFiles, is_document};

use crate::crate_folder::{link, remove_folder};
use crate::folder_swap::{beside, create_beside};
use crate::input_file::{self, MaxSize};
use crate::shown_path::named;
use crate::{other_files, settings};

/// The files beside specs that have a meaning of their own.
pub(crate) const OWN_FILES: [&str; 3] = [guide::FILE, release::RECORD, settings::FILE];

/// Reads every spec and overlay of `folder`, sorted by name, and reports those that are not text. Messages name the
/// files as `shown` joined with their names. Ignores other YAML and JSON files: those without a top-level `openapi`
/// key.
///
/// # Errors
///
/// Fails if the folder or a file cannot be read, or if there is no spec.
pub(crate) fn read(
    folder: &Path,
    shown: &Path,
    limit: MaxSize,
) -> Result<(Vec<SourceFile>, Report), String> {
    let names = spec_names(folder, shown)?;
    let mut sources = Vec::new();
    let mut report = Report::default();
    for name in names {
        let shown = shown.join(&name);
        let bytes = input_file::read(&folder.join(&name), limit)
            .map_err(|error| format!("{}: cannot be read: {error}", shown.display()))?;
        match SourceFile::from_bytes(shown.display().to_string(), bytes) {
            Ok(source) if is_overlay(&name) || is_document(&source) => sources.push(source),
            Ok(_) => {}
            Err(faults) => report.extend(faults),
        }
    }
    if sources.is_empty() && report.is_empty() {
        return Err(no_spec(shown));
    }
    Ok((sources, report))
}

/// Says that a folder has no spec.
pub(crate) fn no_spec(shown: &Path) -> String {
    let shown = shown.display();
    format!("{shown}: none of its files has a top-level `openapi` key")
}

/// Whether a file is named like an overlay: `petstore.overlay.yaml`.
pub(crate) fn is_overlay(name: &Path) -> bool {
    let stem = name.file_stem().map(Path::new);
    let extension = stem.and_then(Path::extension);
    extension.is_some_and(|it| it == "overlay")
}

/// Reads the guide of `folder`, if there is one, and reports its faults.
///
/// # Errors
///
/// Fails if the file cannot be read.
pub(crate) fn read_guide(
    folder: &Path,
    shown: &Path,
    limit: MaxSize,
) -> Result<(Option<Guide>, Report), String> {
    read_companion(folder, shown, guide::FILE, limit, Guide::read)
}

/// Reads the record of the crate's releases in `folder`, if there is one, and reports its faults.
///
/// # Errors
///
/// Fails if the file cannot be read.
pub(crate) fn read_releases(
    folder: &Path,
    shown: &Path,
    limit: MaxSize,
) -> Result<(Option<Releases>, Report), String> {
    read_companion(folder, shown, release::RECORD, limit, Releases::read)
}

/// Reads a file beside the specs, if it exists.
fn read_companion<T>(
    folder: &Path,
    shown: &Path,
    name: &str,
    limit: MaxSize,
    read: impl Fn(&SourceFile) -> Result<T, Report>,
) -> Result<(Option<T>, Report), String> {
    let shown = shown.join(name).display().to_string();
    let bytes = match input_file::read(&folder.join(name), limit) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((None, Report::default())),
        Err(error) => return Err(format!("{shown}: cannot be read: {error}")),
    };
    match SourceFile::from_bytes(shown, bytes).and_then(|source| read(&source)) {
        Ok(read) => Ok((Some(read), Report::default())),
        Err(report) => Ok((None, report)),
    }
}

/// Reads a folder again: if it was written to during the first read, its files may be of two versions.
///
/// # Errors
///
/// Fails if a file has changed, or if files were added or removed.
pub(crate) fn expect_unchanged(
    folder: &Path,
    shown: &Path,
    sources: &[SourceFile],
    others: &OtherFiles,
    guide: Option<&Guide>,
    limit: MaxSize,
) -> Result<(), String> {
    let (again, _) = read(folder, shown, limit)?;
    let others_again = other_files::in_folder(folder, &again, limit);
    let (guide_again, _) = read_guide(folder, shown, limit)?;
    let changed = sources.iter().zip(&again).find(|(one, other)| one != other);
    let path = match changed {
        Some((source, _)) => source.path.clone(),
        None if again.len() != sources.len() => shown.display().to_string(),
        None if guide != guide_again.as_ref() => shown.join(guide::FILE).display().to_string(),
        None if *others != others_again => {
            format!("{}: a file that a spec refers to", shown.display())
        }
        None => return Ok(()),
    };
    Err(format!(
        "{path}: has changed while it was read: run again when it is complete"
    ))
}

/// Builds, beside `folder`, a copy with changed files: each with its name and its text, or `None` to remove it. The
/// other files are hard links.
///
/// # Errors
///
/// Returns an error if a file cannot be read or written.
pub(crate) fn stage(folder: &Path, changes: &[(PathBuf, Option<&[u8]>)]) -> io::Result<()> {
    remove_folder(&beside(folder)?)?;
    let staging = create_beside(folder)?;
    link_all(folder, &staging, Path::new(""), &|name| {
        changes.iter().all(|(changed, _)| changed != name)
    })?;
    for (name, text) in changes {
        let Some(text) = text else { continue };
        let path = staging.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| named(parent, &error))?;
        }
        fs::write(&path, text).map_err(|error| named(&path, &error))?;
    }
    Ok(())
}

/// Links the files of `source` into `target`, except those that `stays` rejects, which gets paths prefixed with
/// `inside`.
fn link_all(
    source: &Path,
    target: &Path,
    inside: &Path,
    stays: &dyn Fn(&Path) -> bool,
) -> io::Result<()> {
    for entry in fs::read_dir(source).map_err(|error| named(source, &error))? {
        let entry = entry.map_err(|error| named(source, &error))?;
        let name = PathBuf::from(entry.file_name());
        let (from, to) = (source.join(&name), target.join(&name));
        let kind = entry.file_type().map_err(|error| named(&from, &error))?;
        if kind.is_dir() {
            fs::create_dir(&to).map_err(|error| named(&to, &error))?;
            link_all(&from, &to, &inside.join(name), stays)?;
        } else if stays(&inside.join(name)) {
            link(&from, &to)?;
        }
    }
    Ok(())
}

/// The names of the specs in `folder`, sorted.
///
/// # Errors
///
/// Fails if the folder cannot be read or holds no spec.
pub(crate) fn spec_names(folder: &Path, shown: &Path) -> Result<Vec<PathBuf>, String> {
    if folder.is_file() {
        return Err(format!(
            "{}: is a file: name the folder that holds it",
            shown.display()
        ));
    }
    let listed = listed(folder);
    let names = listed.map_err(|error| format!("{}: cannot be read: {error}", shown.display()))?;
    if names.is_empty() {
        return Err(format!(
            "{}: holds no .yaml, .yml or .json file",
            shown.display()
        ));
    }
    Ok(names)
}

fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = PathBuf::from(entry?.file_name());
        if is_spec(&name) && !folder.join(&name).is_dir() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a file is named like a spec.
pub(crate) fn is_spec(name: &Path) -> bool {
    let extension = name.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json")) && !name.ends_with(release::RECORD)
}
