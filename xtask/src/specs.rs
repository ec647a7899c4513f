//! What a comparison reads of one side.

use twilio_codegen::OtherFiles;
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;

/// The specs of one side.
#[derive(Default)]
pub(crate) struct Specs {
    pub(crate) sources: Vec<SourceFile>,
    /// What they refer to.
    pub(crate) others: OtherFiles,
    /// What is wrong with those that are not text.
    pub(crate) faults: Report,
    /// Whether they are a folder's, or one file that was named.
    pub(crate) is_folder: bool,
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
