//! Finds the documents of a corpus and generates the crate of each.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::time::Instant;

use twilio_codegen::report::{Position, Report, Severity};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package, Runtime, Sources, is_document};

use super::scratch::Scratch;
use crate::input_file::{self, MaxSize};
use crate::{other_files, spec_folder};

/// One document of a corpus.
pub(super) struct CorpusDocument {
    /// The name of its folder.
    pub(super) folder: String,
    /// The name of its file.
    pub(super) file: String,
    /// Where it is.
    path: PathBuf,
    /// Its overlay, if it has one.
    overlay: Option<PathBuf>,
    /// Whether the whole folder is in the run, not only this document or a sample.
    pub(super) is_of_whole_folder: bool,
}

/// What happened to a document.
pub(super) struct DocumentResult {
    pub(super) verdict: Verdict,
    /// How long generation took.
    pub(super) seconds: f64,
    /// The number of lines in the crate.
    pub(super) lines: usize,
    /// Whether the crate compiles, if that was checked.
    pub(super) compiled: Option<Result<(), String>>,
    /// Which examples of its responses the crate decodes, if that was checked.
    pub(super) examples: Option<ExampleResults>,
}

/// The results for the examples of a document.
#[derive(Default)]
pub(super) struct ExampleResults {
    /// How many examples the crate's types decode.
    pub(super) decoded: usize,
    /// Why they do not decode the others, by operation and name.
    pub(super) unfit: BTreeMap<String, String>,
}

/// The largest crate to compile as a whole, in lines: a larger one takes more memory than many machines have.
const LARGE: usize = 300_000;

impl DocumentResult {
    /// Whether the crate is compiled tag by tag.
    pub(super) fn is_large(&self) -> bool {
        self.lines > LARGE
    }
}

/// Whether a document became a crate.
pub(super) enum Verdict {
    /// It did.
    Generated,
    /// The document has errors: how many of each kind, and the first one.
    Refused(BTreeMap<&'static str, usize>, String),
    /// The generator panicked.
    Panicked(String),
}

/// Finds the documents in folders, and the documents named themselves, sorted by folder. Takes at most `sample` of each
/// folder, spread evenly. A file that a document refers to counts as a document only if it has an `openapi` key.
///
/// # Errors
///
/// Fails if something cannot be read, or if there are no documents.
pub(super) fn find(
    paths: &[PathBuf],
    sample: Option<usize>,
    limit: MaxSize,
) -> Result<Vec<CorpusDocument>, String> {
    let mut documents = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut names = spec_folder::spec_names(path, path)?;
            let parts = parts(path, &names, limit);
            names.retain(|it| !parts.contains(it));
            let overlays: Vec<&PathBuf> = names
                .iter()
                .filter(|it| spec_folder::is_overlay(it))
                .collect();
            let own = names.iter().filter(|it| !spec_folder::is_overlay(it));
            let own = own.map(|name| CorpusDocument {
                is_of_whole_folder: sample.is_none(),
                ..CorpusDocument::new(path, name, &overlays)
            });
            documents.extend(sampled(own.collect(), sample));
        } else {
            let folder = path.parent().unwrap_or(Path::new(""));
            let name = PathBuf::from(path.file_name().unwrap_or_default());
            documents.push(CorpusDocument::new(folder, &name, &[]));
        }
    }
    Ok(documents)
}

/// The files of a folder that only serve other documents.
fn parts(folder: &Path, names: &[PathBuf], limit: MaxSize) -> BTreeSet<PathBuf> {
    let mut parts = BTreeSet::new();
    for name in names {
        let path = folder.join(name);
        let bytes = input_file::read(&path, limit).ok();
        let shown = path.display().to_string();
        let source = bytes.and_then(|it| SourceFile::from_bytes(shown, it).ok());
        let Some(source) = source else { continue };
        other_files::beside_with(&[source], limit, |name, path, bytes| {
            let file = SourceFile::from_bytes(path, bytes.to_vec());
            if file.is_ok_and(|it| !is_document(&it)) {
                parts.insert(PathBuf::from(name));
            }
        });
    }
    parts
}

/// `count` of the documents, spread evenly.
fn sampled(documents: Vec<CorpusDocument>, count: Option<usize>) -> Vec<CorpusDocument> {
    let all = documents.len();
    let count = count.unwrap_or(all);
    let is_taken = |index: usize| index * count / all != (index + 1) * count / all;
    let taken = documents.into_iter().enumerate();
    taken
        .filter(|(index, _)| count >= all || is_taken(*index))
        .map(|(_, document)| document)
        .collect()
}

impl CorpusDocument {
    pub(super) fn new(folder: &Path, name: &Path, overlays: &[&PathBuf]) -> Self {
        let stem = name.with_extension("overlay");
        let overlay = overlays.iter().find(|it| it.with_extension("") == stem);
        Self {
            folder: name_of(folder),
            file: name.display().to_string(),
            path: folder.join(name),
            overlay: overlay.map(|it| folder.join(it)),
            is_of_whole_folder: false,
        }
    }

    /// A crate name for the document. Names that differ only in their signs share one.
    pub(super) fn crate_name(&self) -> String {
        let mut name = String::new();
        for c in format!("corpus-{}-{}", self.folder, self.file).chars() {
            if c.is_ascii_alphanumeric() {
                name.push(c.to_ascii_lowercase());
            } else if name.ends_with('-') {
                // The name of a crate with two signs in a row is against a lint.
                name.push_str("x-");
            } else {
                name.push('-');
            }
        }
        name
    }
}

/// The last part of a path after links are resolved.
fn name_of(folder: &Path) -> String {
    let resolved = fs::canonicalize(folder);
    let name = resolved.as_deref().unwrap_or(folder).file_name();
    name.map_or_else(String::new, |it| it.display().to_string())
}

thread_local! {
    /// The message of the last panic.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work` and records panics instead of printing them.
pub(super) fn quietly(work: impl FnOnce()) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("no message");
        let text = format!("{}: {message}", place.unwrap_or_default());
        PANIC.with(|it| it.replace(text));
    }));
    work();
    panic::set_hook(before);
}

/// Generates the crate of a document and writes it where it will be compiled.
pub(super) fn generate(
    document: &CorpusDocument,
    limit: MaxSize,
    scratch: Option<&Scratch>,
) -> DocumentResult {
    let start = Instant::now();
    let generated = caught(|| files(document, limit, scratch));
    let seconds = start.elapsed().as_secs_f64();
    let (verdict, lines, compiled) = match generated {
        Ok(files) => {
            let own = files.iter().filter(|it| !it.path.starts_with("examples/"));
            let lines = own.map(|it| it.text.lines().count()).sum();
            let written = scratch.map(|it| it.write(&document.crate_name(), &files));
            (Verdict::Generated, lines, written)
        }
        Err(verdict) => (verdict, 0, None),
    };
    DocumentResult {
        verdict,
        seconds,
        lines,
        compiled,
        examples: None,
    }
}

/// What `work` returns, or the panic it ended with.
fn caught<T>(work: impl FnOnce() -> Result<T, Verdict>) -> Result<T, Verdict> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Verdict::Panicked(PANIC.take())))
}

/// The files of a document's crate.
fn files(
    document: &CorpusDocument,
    limit: MaxSize,
    scratch: Option<&Scratch>,
) -> Result<Vec<GeneratedFile>, Verdict> {
    let paths = std::iter::once(&document.path).chain(&document.overlay);
    let mut sources = Vec::new();
    for path in paths {
        sources.push(read(path, limit)?);
    }
    let others = other_files::beside(&sources, limit);
    let (apis, report) = twilio_codegen::read(Sources {
        others: &others,
        ..Sources::from(&sources)
    });
    if report.has_errors() {
        return Err(refused(&report));
    }
    let package = package(document, scratch);
    let mut files = twilio_codegen::write(&apis, &package);
    if scratch.is_some_and(|it| it.has_examples) {
        files.extend(twilio_codegen::examples_program(&apis, &package));
    }
    Ok(files)
}

/// The package for a document's crate.
fn package(document: &CorpusDocument, scratch: Option<&Scratch>) -> Package {
    Package {
        description: format!("Client of {}", document.file),
        runtime: scratch.map_or_else(Runtime::default, |it| Runtime::at(it.runtime.as_str())),
        ..Package::named(document.crate_name())
    }
}

fn read(path: &Path, limit: MaxSize) -> Result<SourceFile, Verdict> {
    let shown = path.display().to_string();
    let bytes = input_file::read(path, limit)
        .map_err(|error| Verdict::Refused([("unreadable", 1)].into(), error.to_string()))?;
    SourceFile::from_bytes(shown, bytes).map_err(|report| refused(&report))
}

fn refused(report: &Report) -> Verdict {
    let mut counts = BTreeMap::new();
    let mut first = String::new();
    let errors = report.iter().filter(|it| it.severity() == Severity::Error);
    for error in errors {
        if counts.is_empty() {
            let Position { line, column } = error.site.location.span.start;
            first = shortened(&format!("{line}:{column}: {}", error.message));
        }
        *counts.entry(error.id()).or_default() += 1;
    }
    Verdict::Refused(counts, first)
}

/// A sentence that may quote a document, shortened to one line.
fn shortened(sentence: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    sentence.chars().take(200).map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_reported_with_their_location() {
        let mut verdict = Ok(());
        quietly(|| verdict = caught(|| panic!("a bug")));
        let Err(Verdict::Panicked(message)) = verdict else {
            panic!("the panic was not caught");
        };
        assert!(
            message.starts_with(file!()) && message.ends_with(": a bug"),
            "{message}"
        );
    }

    #[test]
    fn crate_names_have_no_two_signs_in_a_row() {
        let name =
            |file: &str| CorpusDocument::new(Path::new("x"), Path::new(file), &[]).crate_name();
        assert_eq!(name("A b.yaml"), "corpus-x-a-b-yaml");
        assert_eq!(name("a__b-.yaml"), "corpus-x-a-x-b-x-yaml");
    }

    #[test]
    fn samples_are_spread_evenly() {
        let sample = |all: usize, count| {
            let name = |it: usize| PathBuf::from(format!("{it}.yaml"));
            let documents = (0..all).map(|it| CorpusDocument::new(Path::new("x"), &name(it), &[]));
            let taken = sampled(documents.collect(), Some(count));
            taken.into_iter().map(|it| it.file).collect::<Vec<_>>()
        };
        assert_eq!(sample(6, 2), ["2.yaml", "5.yaml"]);
        assert_eq!(sample(5, 3), ["1.yaml", "3.yaml", "4.yaml"]);
        assert_eq!(sample(2, 9), ["0.yaml", "1.yaml"]);
    }
}
