//! Compares newer documents as `update` would take them in: with the overlays and the pages of the folder they are for.
//!
//! A vendor's documents come without them. If only the old side had them, each of their effects would be reported as a
//! change.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use twilio_codegen::product_and_version;
use twilio_codegen::source::SourceFile;

use crate::failure::Failure;
use crate::spec_folder::is_overlay;
use crate::specs::Specs;

/// Gives the new side each overlay of the old side whose document it has without an overlay, and the pages in the
/// settings. Returns a line for each, for people.
///
/// A new folder that belongs to a crate, and one that is another revision of the old one, are left as they are: an
/// overlay that they lack was removed. A file is compared without those beside it, and so always needs the old ones.
///
/// # Errors
///
/// Fails if a document has another name than before, so that its overlay does not apply to it.
pub(crate) fn carry_over(old: &Specs, new: &mut Specs) -> Result<String, Failure> {
    let is_complete = new.is_of_crate || old.path == new.path;
    let mut told = String::new();
    if !(new.is_folder && is_complete) {
        overlays(old, new, &mut told)?;
    }
    if !is_complete && !old.pages.is_empty() {
        told += &format!(
            "{}: compared with the `[[pages]]` of {}, because there is no crate.toml\n",
            new.shown, old.shown
        );
        new.pages.clone_from(&old.pages);
    }
    Ok(told)
}

/// Adds the overlays, and says so.
fn overlays(old: &Specs, new: &mut Specs, told: &mut String) -> Result<(), Failure> {
    for overlay in old.sources.iter().filter(|it| is_overlay_file(it)) {
        let Some(document) = counterpart(overlay, old, new) else {
            continue;
        };
        if stem(document) != document_stem(overlay) {
            return Err(Failure::usage(format!(
                "{}: needs the name of the document that it replaces, so that {} applies to it",
                document.path, overlay.path
            )));
        }
        *told += &format!("{}: also applied to {}\n", overlay.path, document.path);
        new.sources.push(overlay.clone());
    }
    Ok(())
}

/// The document of the new side that replaces the one an overlay belongs to, unless it has an overlay itself.
fn counterpart<'a>(overlay: &SourceFile, old: &Specs, new: &'a Specs) -> Option<&'a SourceFile> {
    let wanted = document_stem(overlay);
    let target = old.sources.iter().find(|it| stem(it) == wanted)?;
    let identity = product_and_version(&target.path);
    let is_same = |it: &&SourceFile| {
        stem(it) == wanted || (identity.is_some() && product_and_version(&it.path) == identity)
    };
    let mut documents = new.sources.iter().filter(|it| !is_overlay_file(it));
    let document = documents.find(is_same)?;
    let mut overlays = new.sources.iter().filter(|it| is_overlay_file(it));
    let has_one = overlays.any(|it| document_stem(it) == stem(document));
    (!has_one).then_some(document)
}

/// Whether a file is named like an overlay.
pub(crate) fn is_overlay_file(source: &SourceFile) -> bool {
    is_overlay(Path::new(&source.path))
}

/// A file's name without its extension.
pub(crate) fn stem(source: &SourceFile) -> Option<&OsStr> {
    Path::new(&source.path).file_stem()
}

/// The name of an overlay's document without its extension.
pub(crate) fn document_stem(overlay: &SourceFile) -> Option<&OsStr> {
    Path::new(stem(overlay)?).file_stem()
}

/// The path of a side without its revision, in a form that can be compared.
pub(crate) fn path_in_revision(path: &str) -> PathBuf {
    // Its components leave out `.` and a separator at the end.
    let components = Path::new(path).components();
    components.filter(|it| *it != Component::CurDir).collect()
}
