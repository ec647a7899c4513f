//! Reads the files that newer specs refer to.

use std::path::{Path, PathBuf};

use twilio_codegen::OtherFiles;
use twilio_codegen::source::SourceFile;

use super::IncomingSpec;
use crate::input_file::MaxSize;
use crate::{other_files, spec_folder};

/// A file that a newer spec refers to.
pub(crate) struct OtherFile {
    /// Its path relative to the folder of specs.
    pub(crate) name: PathBuf,
    /// Where it was read from.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether the folder of specs already has it.
    is_same: bool,
}

impl OtherFile {
    /// Whether taking it in changes anything.
    pub(crate) fn is_change(&self) -> bool {
        !self.is_same
    }
}

/// Reads the files that newer specs refer to. `specs` is the folder they are copied to.
///
/// # Errors
///
/// Fails if a file cannot be copied there.
pub(crate) fn read(
    incoming: &[IncomingSpec],
    specs: &Path,
    limit: MaxSize,
) -> Result<Vec<OtherFile>, String> {
    // A fetched spec is a single file.
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
        match disposition(&file, incoming, &files, specs) {
            Disposition::Add => files.push(file),
            Disposition::Keep => {}
            Disposition::Refuse(reason) => fault = Some(format!("{path}: {reason}")),
        }
    });
    fault.map_or(Ok(files), Err)
}

/// What to do with a file.
enum Disposition {
    /// Add it.
    Add,
    /// Nothing: it is already there.
    Keep,
    /// Refuse it, for this reason.
    Refuse(String),
}

fn disposition(
    file: &OtherFile,
    incoming: &[IncomingSpec],
    files: &[OtherFile],
    specs: &Path,
) -> Disposition {
    let same_path = incoming.iter().find(|it| it.source.path == file.path);
    if let Some(spec) = same_path {
        return match spec.name == file.name {
            true => Disposition::Keep,
            false => Disposition::Refuse(format!(
                "another spec refers to it, but it would replace {}",
                spec.name.display()
            )),
        };
    }
    if let Some(other) = files.iter().find(|it| it.name == file.name) {
        return match other.bytes == file.bytes {
            true => Disposition::Keep,
            false => Disposition::Refuse(format!(
                "differs from {}, which has the same path",
                other.path
            )),
        };
    }
    let is_beside = file.name.components().count() == 1;
    let is_own = |it: &str| file.name == Path::new(it);
    if is_beside && spec_folder::OWN_FILES.into_iter().any(is_own) {
        return Disposition::Refuse(
            "a file of this name has another meaning in the folder of specs".to_owned(),
        );
    }
    let is_spec = is_beside && !file.is_same && specs.join(&file.name).is_file() && {
        let text = std::fs::read(specs.join(&file.name)).unwrap_or_default();
        SourceFile::from_bytes("", text).is_ok_and(|it| twilio_codegen::is_document(&it))
    };
    match is_spec {
        true => Disposition::Refuse(
            "a newer spec refers to this one: add it to the command line".to_owned(),
        ),
        false => Disposition::Add,
    }
}

/// Gathers the files that `merged` refers to, as they will be in the folder `specs`: incoming files take precedence.
pub(crate) fn gather(
    specs: &Path,
    merged: &[SourceFile],
    incoming: &[IncomingSpec],
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
