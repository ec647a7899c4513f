//! Holds the specs of one side of a comparison.

use std::path::PathBuf;

use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{OtherFiles, PageRule};

/// The specs of one side.
#[derive(Default)]
pub(crate) struct Specs {
    /// How messages name the file or folder.
    pub(crate) shown: String,
    /// Its path, without the revision.
    pub(crate) path: PathBuf,
    pub(crate) sources: Vec<SourceFile>,
    /// The files they refer to.
    pub(crate) others: OtherFiles,
    /// How their lists are divided into pages, according to the settings beside them.
    pub(crate) pages: Vec<PageRule>,
    /// The faults of files that are not text.
    pub(crate) faults: Report,
    /// Whether they are from a folder, not a single file.
    pub(crate) is_folder: bool,
    /// Whether settings or a record of releases are beside them, as in the folder of a crate.
    pub(crate) is_of_crate: bool,
}

impl Specs {
    /// Adds a file.
    pub(crate) fn add(&mut self, shown: String, bytes: Vec<u8>) {
        match SourceFile::from_bytes(shown, bytes) {
            Ok(source) => self.sources.push(source),
            Err(faults) => self.faults.extend(faults),
        }
    }
}
