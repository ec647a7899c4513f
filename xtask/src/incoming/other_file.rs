//! The files that newer specs refer to, which come with them.

use std::path::{Path, PathBuf};

use twilio_codegen::OtherFiles;
use twilio_codegen::source::SourceFile;

use super::Incoming;
use crate::input_file::MaxSize;
use crate::{other_files, spec_folder};

/// A file that a newer spec refers to.
pub(crate) struct OtherFile {
    /// Its path from the folder of specs.
    pub(crate) name: PathBuf,
    /// Where it was read.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether the folder of specs has it already.
    is_same: bool,
}

impl OtherFile {
    /// Whether taking it in changes anything.
    pub(crate) fn is_change(&self) -> bool {
        !self.is_same
    }
}

/// Reads the files that newer specs refer to. `specs` is the folder that they come into.
///
/// # Errors
///
/// Says which file has no place there.
pub(crate) fn read(
    incoming: &[Incoming],
    specs: &Path,
    limit: MaxSize,
) -> Result<Vec<OtherFile>, String> {
    // What is fetched is one file.
    let documents: Vec<SourceFile> = incoming
        .iter()
        .filter(|it| it.origin.is_none())
        .map(|it| it.source.clone())
        .collect();
    let mut files: Vec<OtherFile> = Vec::new();
    let mut fault = None;
    other_files::beside_with(&documents, limit, |name, path, bytes| {
        let file = OtherFile {
            name: PathBuf::from(name),
            path: path.to_owned(),
            bytes: bytes.to_vec(),
            is_same: std::fs::read(specs.join(name)).is_ok_and(|it| it == bytes),
        };
        match place(&file, incoming, &files, specs) {
            Place::New => files.push(file),
            Place::Taken => {}
            Place::None(reason) => fault = Some(format!("{path}: {reason}")),
        }
    });
    fault.map_or(Ok(files), Err)
}

/// What becomes of a file.
enum Place {
    /// It is taken in.
    New,
    /// It is there.
    Taken,
    /// It cannot be taken in.
    None(String),
}

fn place(file: &OtherFile, incoming: &[Incoming], files: &[OtherFile], specs: &Path) -> Place {
    let same_path = incoming.iter().find(|it| it.source.path == file.path);
    if let Some(spec) = same_path {
        return match spec.name == file.name {
            true => Place::Taken,
            false => Place::None(format!(
                "another spec refers to it, but it takes the place of {}",
                spec.name.display()
            )),
        };
    }
    if let Some(other) = files.iter().find(|it| it.name == file.name) {
        return match other.bytes == file.bytes {
            true => Place::Taken,
            false => Place::None(format!(
                "differs from {}, which has the same place",
                other.path
            )),
        };
    }
    let is_beside = file.name.components().count() == 1;
    let is_own = |it: &str| file.name == Path::new(it);
    if is_beside && spec_folder::OWN_FILES.into_iter().any(is_own) {
        return Place::None("a file of this name has another meaning beside specs".to_owned());
    }
    let is_spec = is_beside && !file.is_same && specs.join(&file.name).is_file() && {
        let text = std::fs::read(specs.join(&file.name)).unwrap_or_default();
        SourceFile::from_bytes("", text).is_ok_and(|it| twilio_codegen::is_document(&it))
    };
    match is_spec {
        true => Place::None("a newer spec refers to this one: name it, too".to_owned()),
        false => Place::New,
    }
}

/// Gathers what `merged` refer to, as it will be in the folder `specs`: what comes there wins.
pub(crate) fn gather(
    specs: &Path,
    merged: &[SourceFile],
    incoming: &[Incoming],
    files: &[OtherFile],
    limit: MaxSize,
) -> OtherFiles {
    other_files::with_newer(specs, merged, limit, |name| {
        let name = Path::new(name);
        let spec = incoming.iter().find(|it| it.name == name);
        let file = files.iter().find(|it| it.name == name);
        let spec = spec.map(|it| it.bytes.clone());
        spec.or_else(|| file.map(|it| it.bytes.clone()))
    })
}
