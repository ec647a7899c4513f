//! Reads the files that documents refer to, from the folders of the documents and those below them.

use std::io::ErrorKind;
use std::path::{Component, Path};

use twilio_codegen::OtherFiles;
use twilio_codegen::source::SourceFile;

use crate::input_file::{self, MaxSize};

/// Reads what documents in `folder` refer to. Those that cannot be read are told where something refers to them.
pub(crate) fn in_folder(folder: &Path, documents: &[SourceFile], limit: MaxSize) -> OtherFiles {
    with_newer(folder, documents, limit, |_| None)
}

/// Reads what documents in `folder` refer to, or takes what `newer` has under the same path from there.
pub(crate) fn with_newer(
    folder: &Path,
    documents: &[SourceFile],
    limit: MaxSize,
    newer: impl Fn(&str) -> Option<Vec<u8>>,
) -> OtherFiles {
    let mut reader = Reader::new(limit);
    OtherFiles::gather(documents, |wanted| match newer(wanted.name) {
        Some(bytes) => Ok(Some(bytes)),
        None => reader.read(folder, wanted.name),
    })
}

/// Reads what documents refer to, each of which is called by its path.
pub(crate) fn beside(documents: &[SourceFile], limit: MaxSize) -> OtherFiles {
    beside_with(documents, limit, |_, _, _| {})
}

/// Does the same, and hands over each file: its path from the folder of the document, its path, and its bytes.
pub(crate) fn beside_with(
    documents: &[SourceFile],
    limit: MaxSize,
    mut take: impl FnMut(&str, &str, &[u8]),
) -> OtherFiles {
    let mut reader = Reader::new(limit);
    OtherFiles::gather(documents, |wanted| {
        let folder = Path::new(&wanted.document.path).parent();
        let file = reader.read(folder.unwrap_or(Path::new("")), wanted.name)?;
        if let Some(bytes) = &file {
            take(wanted.name, wanted.path, bytes);
        }
        Ok(file)
    })
}

/// Reads files, all of which together are no larger than the limit.
struct Reader {
    limit: MaxSize,
    total: u64,
}

impl Reader {
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

/// Whether a path only goes down, on systems that have drives and other separators, too.
fn stays_inside(name: &str) -> bool {
    let mut steps = Path::new(name).components();
    steps.all(|it| matches!(it, Component::Normal(_)))
}
