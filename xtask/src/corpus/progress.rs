//! Tells of each document in their order, although they are not done in it, and how far the run is on a terminal.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;

use super::document::Outcome;
use crate::report;

/// The outcomes so far.
pub(super) struct Progress {
    total: usize,
    is_terminal: bool,
    /// The outcomes that were told, in the order of the documents.
    told: Vec<Outcome>,
    /// Those that came before one that is not done.
    waiting: BTreeMap<usize, (String, Outcome)>,
    /// Why standard output or standard error could not be written.
    failure: Option<String>,
}

/// Goes back to the beginning of the line of a terminal and clears it (ECMA-48, `CR` and `EL`).
const CLEAR: &str = "\r\x1b[K";

impl Progress {
    /// None of `total` documents is done.
    pub(super) fn new(total: usize) -> Self {
        Self {
            total,
            is_terminal: std::io::stderr().is_terminal(),
            told: Vec::new(),
            waiting: BTreeMap::new(),
            failure: None,
        }
    }

    /// The document with this index is done; `line` tells of it.
    pub(super) fn done(&mut self, index: usize, line: String, outcome: Outcome) {
        self.waiting.insert(index, (line, outcome));
        let mut lines = String::new();
        while let Some((line, outcome)) = self.waiting.remove(&self.told.len()) {
            lines.push_str(&line);
            self.told.push(outcome);
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
        let done = self.told.len() + self.waiting.len();
        if done == self.total {
            return Ok(());
        }
        let bar = bar(done, self.total);
        report::on_standard_error(&format!("{bar} {done} of {}", self.total))
    }

    /// The outcomes, in the order of the documents.
    ///
    /// # Errors
    ///
    /// Says that standard output or standard error could not be written.
    pub(super) fn finish(self) -> Result<Vec<Outcome>, String> {
        self.failure.map_or(Ok(self.told), Err)
    }
}

/// How much of the work is done, as 40 characters.
fn bar(done: usize, total: usize) -> String {
    let full = done * 40 / total.max(1);
    format!("{}{}", "#".repeat(full), "-".repeat(40 - full))
}
