//! `cargo xtask corpus`: generates a crate from each document of some folders and checks the results against a record.

mod compile;
mod document;
mod examples;
mod progress;
mod record;
mod scratch;
mod tally;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use self::document::{CorpusDocument, DocumentResult};
use self::progress::Progress;
use self::record::CorpusRecord;
use self::scratch::Scratch;
use self::tally::Tally;
use crate::failure::Failure;
use crate::folders::workspace_root;
use crate::input_file::MaxSize;
use crate::{report, threads};

/// The workspace's record.
const RECORD: &str = "tests/corpus.toml";

/// The options of `corpus`.
#[derive(Default)]
pub(crate) struct Options {
    /// Folders of documents, or documents.
    pub(crate) paths: Vec<PathBuf>,
    /// How many documents are generated at a time; by default, as many as there are processors.
    pub(crate) jobs: Option<usize>,
    /// Where to write the results as JSON.
    pub(crate) json: Option<PathBuf>,
    /// Whether to compile the crates.
    pub(crate) check: bool,
    /// Whether to build the crates and have them decode the examples of responses.
    pub(crate) examples: bool,
    /// How many documents of each folder to take; by default, all.
    pub(crate) sample: Option<usize>,
    /// Whether to write the record before comparing with it.
    pub(crate) record: bool,
    /// The record to use in place of the workspace's.
    pub(crate) against: Option<PathBuf>,
    /// The largest document to read.
    pub(crate) max_size: MaxSize,
}

/// Generates a crate from each document and prints a line for each, then a summary.
///
/// # Errors
///
/// Fails if something cannot be read or written, or if documents fall short of the record.
pub(crate) fn corpus(options: &Options) -> Result<(), Failure> {
    if options.record && options.sample.is_some() {
        let message = "`--record` needs all documents of a folder: leave out `--sample`";
        return Err(Failure::usage(message.to_owned()));
    }
    let documents =
        document::find(&options.paths, options.sample, options.max_size).map_err(Failure::usage)?;
    let root = workspace_root();
    let is_compiled = options.check || options.examples;
    let scratch = is_compiled.then(|| Scratch::new(&root, options.examples));
    let scratch = scratch.transpose();
    let scratch = scratch.map_err(Failure::found)?;
    let mut results = generate_all(&documents, options, scratch.as_ref())?;
    if let Some(scratch) = &scratch {
        compile::check(scratch, &documents, &mut results, options.jobs).map_err(Failure::found)?;
    }
    let tally = Tally::new(&documents, &results);
    report::on_standard_output(&tally.to_text()).map_err(Failure::found)?;
    if let Some(path) = &options.json {
        let text = tally.to_json();
        std::fs::write(path, text).map_err(|error| {
            Failure::found(format!("{}: cannot be written: {error}", path.display()))
        })?;
    }
    let record = options.against.clone();
    let record = record.unwrap_or_else(|| root.join(RECORD));
    judge(&record, &documents, &results, options.record).map_err(Failure::found)
}

/// Compares the results with the record, or updates it.
fn judge(
    path: &Path,
    documents: &[CorpusDocument],
    results: &[DocumentResult],
    writes: bool,
) -> Result<(), String> {
    let shown = path.display();
    let mut record = CorpusRecord::read(path)?;
    if writes {
        record.take(documents, results);
        record.write(path)?;
    }
    let (shortfalls, surpluses) = record.compare(documents, results);
    if !surpluses.is_empty() {
        let text = surpluses.join("\n");
        report::on_standard_output(&format!(
            "{text}\nbetter than recorded in {shown}: `--record` updates it\n"
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

/// Generates every crate, several at a time, and prints the results in the order of the documents.
fn generate_all(
    documents: &[CorpusDocument],
    options: &Options,
    scratch: Option<&Scratch>,
) -> Result<Vec<DocumentResult>, Failure> {
    let jobs = options.jobs.unwrap_or_else(threads::processors);
    let progress = Mutex::new(Progress::new(documents.len()));
    document::quietly(|| {
        let numbered = documents.iter().enumerate().collect();
        threads::map(numbered, jobs, |(index, document)| {
            let result = document::generate(document, options.max_size, scratch);
            let line = tally::line(document, &result);
            if let Ok(mut progress) = progress.lock() {
                progress.done(index, line, result);
            }
        });
    });
    let progress = progress.into_inner();
    let progress = progress.unwrap_or_else(|_| panic!("nothing panics while it holds the lock"));
    progress.finish().map_err(Failure::found)
}

/// A count with its noun.
fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
