//! Reads the files that documents refer to, from the documents' folders and their subfolders.

use std::io::ErrorKind;
use std::path::{Component, Path};

use twilio_codegen::OtherFiles;
use twilio_codegen::source::SourceFile;

use crate::input_file::{self, MaxSize};

/// Reads the files that documents in `folder` refer to. A file that cannot be read is reported at the reference.
pub(crate) fn in_folder(folder: &Path, documents: &[SourceFile], limit: MaxSize) -> OtherFiles {
    with_newer(folder, documents, limit, |_| None)
}

/// Reads the files that documents in `folder` refer to, preferring those of `newer` at the same path.
pub(crate) fn with_newer(
    folder: &Path,
    documents: &[SourceFile],
    limit: MaxSize,
    newer: impl Fn(&str) -> Option<Vec<u8>>,
) -> OtherFiles {
    let mut reader = LimitedReader::new(limit);
    OtherFiles::gather(documents, |wanted| match newer(wanted.name) {
        Some(bytes) => Ok(Some(bytes)),
        None => reader.read(folder, wanted.name),
    })
}

/// Reads the files that documents refer to; each document's name is its path.
pub(crate) fn beside(documents: &[SourceFile], limit: MaxSize) -> OtherFiles {
    beside_with(documents, limit, |_, _, _| {})
}

/// Like [`beside`], and passes each file to a callback: its path relative to the document's folder, its path, and its
/// bytes.
pub(crate) fn beside_with(
    documents: &[SourceFile],
    limit: MaxSize,
    mut take: impl FnMut(&str, &str, &[u8]),
) -> OtherFiles {
    let mut reader = LimitedReader::new(limit);
    OtherFiles::gather(documents, |wanted| {
        let folder = Path::new(&wanted.document.path).parent();
        let file = reader.read(folder.unwrap_or(Path::new("")), wanted.name)?;
        if let Some(bytes) = &file {
            take(wanted.name, wanted.path, bytes);
        }
        Ok(file)
    })
}

/// Reads files whose total size is limited.
struct LimitedReader {
    limit: MaxSize,
    total: u64,
}

impl LimitedReader {
    fn new(limit: MaxSize) -> Self {
        Self { limit, total: 0 }
    }

    fn read(&mut self, folder: &Path, name: &str) -> Result<Option<Vec<u8>>, String> {
        if !stays_inside(name) {
            return Ok(None);
        }
        let bytes = match input_file::read(&folder.join(name), self.limit) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        self.total += bytes.len() as u64;
        let fits = self.limit.check(self.total);
        fits.map_err(|error| format!("with the other files, {error}"))?;
        Ok(Some(bytes))
    }
}

/// Whether a path only descends, also on systems with drives and other separators.
fn stays_inside(name: &str) -> bool {
    let mut steps = Path::new(name).components();
    steps.all(|it| matches!(it, Component::Normal(_)))
}
