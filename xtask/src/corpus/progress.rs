//! Prints a line for each document in order, although they finish out of order, and shows progress on a terminal.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;

use super::document::DocumentResult;
use crate::report;

/// The results so far.
pub(super) struct Progress {
    total: usize,
    is_terminal: bool,
    /// The results already printed, in the order of the documents.
    printed: Vec<DocumentResult>,
    /// Results that wait for an earlier document.
    waiting: BTreeMap<usize, (String, DocumentResult)>,
    /// The error that writing to standard output or standard error failed with.
    failure: Option<String>,
}

/// Returns to the start of the terminal line and clears it (ECMA-48, `CR` and `EL`).
const CLEAR: &str = "\r\x1b[K";

impl Progress {
    /// Starts with none of `total` documents done.
    pub(super) fn new(total: usize) -> Self {
        Self {
            total,
            is_terminal: std::io::stderr().is_terminal(),
            printed: Vec::new(),
            waiting: BTreeMap::new(),
            failure: None,
        }
    }

    /// Records that the document with this index is done; `line` describes it.
    pub(super) fn done(&mut self, index: usize, line: String, result: DocumentResult) {
        self.waiting.insert(index, (line, result));
        let mut lines = String::new();
        while let Some((line, result)) = self.waiting.remove(&self.printed.len()) {
            lines.push_str(&line);
            self.printed.push(result);
        }
        let written = self.tell(&lines);
        self.failure = self.failure.take().or(written.err());
    }

    fn tell(&self, lines: &str) -> Result<(), String> {
        if !self.is_terminal {
            return report::on_standard_output(lines);
        }
        report::on_standard_error(CLEAR)?;
        report::on_standard_output(lines)?;
        let done = self.printed.len() + self.waiting.len();
        if done == self.total {
            return Ok(());
        }
        let bar = bar(done, self.total);
        report::on_standard_error(&format!("{bar} {done} of {}", self.total))
    }

    /// Returns the results in the order of the documents.
    ///
    /// # Errors
    ///
    /// Fails if standard output or standard error could not be written.
    pub(super) fn finish(self) -> Result<Vec<DocumentResult>, String> {
        self.failure.map_or(Ok(self.printed), Err)
    }
}

/// A progress bar of 40 characters.
fn bar(done: usize, total: usize) -> String {
    let full = done * 40 / total.max(1);
    format!("{}{}", "#".repeat(full), "-".repeat(40 - full))
}
