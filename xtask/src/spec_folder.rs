//! Reads the specs and the overlays of a folder, and the guide beside them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use twilio_codegen::diagnostic::Report;
use twilio_codegen::guide::Guide;
use twilio_codegen::source::SourceFile;

/// The guide to the crate, which need not be there.
const GUIDE: &str = "guide.md";

/// Reads every spec and overlay of `folder`, sorted by name, and reports those that are not text. Messages name
/// the files as `shown` joined with their name.
///
/// # Errors
///
/// Says which folder or file cannot be read.
pub(crate) fn read(folder: &Path, shown: &Path) -> Result<(Vec<SourceFile>, Report), String> {
    let names = spec_names(folder)
        .map_err(|error| format!("{}: cannot be read: {error}", shown.display()))?;
    if names.is_empty() {
        return Err(format!(
            "{}: holds no .yaml, .yml or .json file",
            shown.display()
        ));
    }
    let mut sources = Vec::new();
    let mut report = Report::default();
    for name in names {
        let shown = shown.join(&name);
        let bytes = fs::read(folder.join(&name))
            .map_err(|error| format!("{}: cannot be read: {error}", shown.display()))?;
        match SourceFile::from_bytes(shown.display().to_string(), bytes) {
            Ok(source) => sources.push(source),
            Err(faults) => report.extend(faults),
        }
    }
    Ok((sources, report))
}

/// Reads the guide of `folder`, if there is one.
///
/// # Errors
///
/// Says that the file cannot be read, or every fault in it with its place.
pub(crate) fn read_guide(folder: &Path, shown: &Path) -> Result<Option<Guide>, String> {
    let shown = shown.join(GUIDE).display().to_string();
    let bytes = match fs::read(folder.join(GUIDE)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{shown}: cannot be read: {error}")),
    };
    let source = SourceFile::from_bytes(shown, bytes).map_err(|report| report.to_string())?;
    Guide::read(&source)
        .map(Some)
        .map_err(|error| error.to_string())
}

fn spec_names(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
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
    matches!(extension, Some("yaml" | "yml" | "json"))
}
