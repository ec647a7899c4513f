//! `cargo xtask corpus`: generates the crate of each document of some folders, and holds the outcome against a record.

mod compile;
mod document;
mod examples;
mod progress;
mod record;
mod scratch;
mod tally;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use self::document::{Document, Outcome};
use self::progress::Progress;
use self::record::Record;
use self::scratch::Scratch;
use self::tally::Tally;
use crate::failure::Failure;
use crate::generate::workspace_root;
use crate::input_file::MaxSize;
use crate::{report, threads};

/// The record, in this workspace.
const RECORD: &str = "tests/corpus.toml";

/// What `corpus` was asked for.
#[derive(Default)]
pub(crate) struct Options {
    /// Folders of documents, or documents.
    pub(crate) paths: Vec<PathBuf>,
    /// How many documents are generated at a time; as many as there are processors if that is not said.
    pub(crate) jobs: Option<usize>,
    /// Where to write the outcome as JSON.
    pub(crate) json: Option<PathBuf>,
    /// Whether to compile the crates.
    pub(crate) check: bool,
    /// Whether to build them and have them read the examples of answers.
    pub(crate) examples: bool,
    /// How many documents of each folder are looked at; all if that is not said.
    pub(crate) sample: Option<usize>,
    /// Whether to write the record before comparing with it.
    pub(crate) record: bool,
    /// The record, if it is not the workspace's.
    pub(crate) against: Option<PathBuf>,
    /// How large a document may be.
    pub(crate) max_size: MaxSize,
}

/// Generates the crate of each document, and tells how that went: a line for each document, and a summary.
///
/// # Errors
///
/// Says what cannot be read or written, and which documents fall short of the record.
pub(crate) fn corpus(options: &Options) -> Result<(), Failure> {
    if options.record && options.sample.is_some() {
        let message = "`--record` is for all documents of a folder: leave out `--sample`";
        return Err(Failure::usage(message.to_owned()));
    }
    let documents =
        document::find(&options.paths, options.sample, options.max_size).map_err(Failure::usage)?;
    let root = workspace_root();
    let is_compiled = options.check || options.examples;
    let scratch = is_compiled.then(|| Scratch::new(&root, options.examples));
    let scratch = scratch.transpose();
    let scratch = scratch.map_err(Failure::found)?;
    let mut outcomes = generate_all(&documents, options, scratch.as_ref())?;
    if let Some(scratch) = &scratch {
        compile::check(scratch, &documents, &mut outcomes, options.jobs).map_err(Failure::found)?;
    }
    let tally = Tally::new(&documents, &outcomes);
    report::on_standard_output(&tally.to_text()).map_err(Failure::found)?;
    if let Some(path) = &options.json {
        let text = tally.to_json();
        std::fs::write(path, text).map_err(|error| {
            Failure::found(format!("{}: cannot be written: {error}", path.display()))
        })?;
    }
    let record = options.against.clone();
    let record = record.unwrap_or_else(|| root.join(RECORD));
    judge(&record, &documents, &outcomes, options.record).map_err(Failure::found)
}

/// Compares the outcomes with the record, or writes that.
fn judge(
    path: &Path,
    documents: &[Document],
    outcomes: &[Outcome],
    writes: bool,
) -> Result<(), String> {
    let shown = path.display();
    let mut record = Record::read(path)?;
    if writes {
        record.take(documents, outcomes);
        record.write(path)?;
    }
    let (shortfalls, surpluses) = record.compare(documents, outcomes);
    if !surpluses.is_empty() {
        let text = surpluses.join("\n");
        report::on_standard_output(&format!(
            "{text}\nbetter than {shown} has it: `--record` takes that down\n"
        ))?;
    }
    if shortfalls.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}\n{} short of {shown}",
        shortfalls.join("\n"),
        counted(shortfalls.len(), "falls", "fall"),
    ))
}

/// Generates every crate, several at a time, and tells of each in the order of the documents.
fn generate_all(
    documents: &[Document],
    options: &Options,
    scratch: Option<&Scratch>,
) -> Result<Vec<Outcome>, Failure> {
    let jobs = options.jobs.unwrap_or_else(threads::processors);
    let progress = Mutex::new(Progress::new(documents.len()));
    document::quietly(|| {
        let numbered = documents.iter().enumerate().collect();
        threads::map(numbered, jobs, |(index, document)| {
            let outcome = document::outcome(document, options.max_size, scratch);
            let line = tally::line(document, &outcome);
            if let Ok(mut progress) = progress.lock() {
                progress.done(index, line, outcome);
            }
        });
    });
    let progress = progress.into_inner();
    let progress = progress.unwrap_or_else(|_| panic!("nothing panics with the lock"));
    progress.finish().map_err(Failure::found)
}

/// A count and what is counted.
fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
