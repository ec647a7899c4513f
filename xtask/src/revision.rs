//! Reads specs from a git revision, by running git.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;
use crate::diff::{Specs, source};
use crate::spec_folder::is_spec;

/// Reads what `given` names: `REVISION:PATH`, a file or a folder of specs, as `git show` takes it.
///
/// # Errors
///
/// Says that git is missing, or which of revision and path it does not know.
pub(crate) fn read(given: &OsStr) -> Result<Specs, Failure> {
    let shown = given.to_string_lossy().into_owned();
    let not_there = || Failure::usage(format!("{shown}: there is no such file or folder"));
    let (revision, path) = shown.split_once(':').ok_or_else(not_there)?;
    if revision.is_empty() || revision.starts_with('-') {
        return Err(not_there());
    }
    let commit = format!("{revision}^{{commit}}");
    if git(&["rev-parse", "--verify", "--quiet", &commit])?.is_none() {
        return Err(Failure::usage(format!(
            "{shown}: there is no such file or folder, and git knows no revision `{revision}` here"
        )));
    }
    let kind = git(&["cat-file", "-t", &shown])?;
    match kind.as_deref().map(<[u8]>::trim_ascii) {
        Some(b"tree") => folder(&shown),
        Some(b"blob") => Ok(Specs {
            sources: vec![file(&shown)?],
            is_folder: false,
        }),
        Some(_) | None => Err(Failure::usage(format!(
            "{shown}: the revision `{revision}` has no file or folder `{path}`"
        ))),
    }
}

fn folder(shown: &str) -> Result<Specs, Failure> {
    // Whole, because git lists only what is below the current folder otherwise.
    let listing = git(&["ls-tree", "-z", "--full-tree", shown])?.unwrap_or_default();
    let listing = String::from_utf8_lossy(&listing);
    let names: Vec<&str> = listing
        .split('\0')
        .filter_map(|entry| entry.split_once('\t'))
        .filter(|(kind, name)| kind.contains(" blob ") && is_spec(Path::new(name)))
        .map(|(_, name)| name)
        .collect();
    if names.is_empty() {
        return Err(Failure::usage(format!(
            "{shown}: holds no .yaml, .yml or .json file"
        )));
    }
    let separator = if shown.ends_with([':', '/']) { "" } else { "/" };
    let sources: Result<Vec<_>, Failure> = names
        .into_iter()
        .map(|name| file(&format!("{shown}{separator}{name}")))
        .collect();
    Ok(Specs {
        sources: sources?,
        is_folder: true,
    })
}

/// Returns the revision, by its short name, that the current one has in common with `base`: where a branch began.
///
/// # Errors
///
/// Says that git is missing, does not know `base`, or finds nothing in common.
pub(crate) fn in_common_with(base: &str) -> Result<String, Failure> {
    let commit = format!("{base}^{{commit}}");
    if base.is_empty()
        || base.starts_with('-')
        || git(&["rev-parse", "--verify", "--quiet", &commit])?.is_none()
    {
        return Err(Failure::usage(format!(
            "git knows no revision `{base}` here: fetch it first"
        )));
    }
    let common = git(&["merge-base", &commit, "HEAD"])?.unwrap_or_default();
    let common = String::from_utf8_lossy(&common).trim().to_owned();
    if common.is_empty() {
        return Err(Failure::usage(format!(
            "`{base}` has no revision in common with this one: fetch more of its history"
        )));
    }
    let short = git(&["rev-parse", "--short", &common])?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&short).trim().to_owned())
}

/// Reads the file that `shown` names: `REVISION:PATH`.
///
/// # Errors
///
/// Says that git is missing or cannot read it, or that it is no text.
pub(crate) fn file(shown: &str) -> Result<twilio_codegen::source::SourceFile, Failure> {
    let bytes = git(&["cat-file", "blob", shown])?
        .ok_or_else(|| Failure::usage(format!("{shown}: git cannot read it")))?;
    source(shown.to_owned(), bytes)
}

/// What git prints; `None` if it fails. It is asked nothing that it could take for an option.
fn git(arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            Failure::usage(format!("git, which reads revisions, does not run: {error}"))
        })?;
    Ok(output.status.success().then_some(output.stdout))
}
