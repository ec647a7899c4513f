//! Summarizes a run over a corpus as text and JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::document::{CorpusDocument, DocumentResult, Verdict};

/// The result of each document.
pub(super) struct Tally<'a> {
    documents: &'a [CorpusDocument],
    results: &'a [DocumentResult],
}

/// The line that describes a document.
pub(super) fn line(document: &CorpusDocument, result: &DocumentResult) -> String {
    let CorpusDocument { folder, file, .. } = document;
    let what = match &result.verdict {
        Verdict::Generated => format!("generated {:>8} lines", result.lines),
        Verdict::Refused(counts, first) => format!("refused   {}: {first}", listed(counts)),
        Verdict::Panicked(message) => format!("panicked  {message}"),
    };
    format!("{:>7.3} s  {folder}/{file}: {what}\n", result.seconds)
}

fn listed(counts: &BTreeMap<&'static str, usize>) -> String {
    let counts: Vec<String> = counts.iter().map(|(id, it)| format!("{it} {id}")).collect();
    counts.join(", ")
}

impl<'a> Tally<'a> {
    /// Pairs the results with their documents.
    pub(super) fn new(documents: &'a [CorpusDocument], results: &'a [DocumentResult]) -> Self {
        Self { documents, results }
    }

    fn pairs(&self) -> impl Iterator<Item = (&CorpusDocument, &DocumentResult)> {
        self.documents.iter().zip(self.results)
    }

    fn count(&self, is_counted: impl Fn(&DocumentResult) -> bool) -> usize {
        self.results.iter().filter(|it| is_counted(it)).count()
    }

    /// How many documents are refused for each fault, and how many of these for no other.
    fn refusals(&self) -> BTreeMap<&'static str, (usize, usize)> {
        let mut refusals: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        for result in self.results {
            let Verdict::Refused(counts, _) = &result.verdict else {
                continue;
            };
            for id in counts.keys() {
                let (all, alone) = refusals.entry(*id).or_default();
                *all += 1;
                *alone += usize::from(counts.len() == 1);
            }
        }
        refusals
    }

    /// The summary, followed by the crates that do not compile.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::from("\n");
        for (document, result) in self.pairs() {
            if let Some(Err(fault)) = &result.compiled {
                let CorpusDocument { folder, file, .. } = document;
                let _ = writeln!(text, "{folder}/{file}: does not compile\n{fault}");
            }
        }
        let examples = || self.results.iter().filter_map(|it| it.examples.as_ref());
        for (document, result) in self.pairs() {
            let CorpusDocument { folder, file, .. } = document;
            for (example, fault) in result.examples.iter().flat_map(|it| &it.unfit) {
                let _ = writeln!(text, "{folder}/{file}: {example}: does not decode: {fault}");
            }
        }
        let generated = self.count(|it| matches!(it.verdict, Verdict::Generated));
        let panicked = self.count(|it| matches!(it.verdict, Verdict::Panicked(_)));
        let seconds: f64 = self.results.iter().map(|it| it.seconds).sum();
        let lines: usize = self.results.iter().map(|it| it.lines).sum();
        let total = self.results.len();
        let _ = writeln!(
            text,
            "{generated} of {total} generate, {panicked} panic; {lines} lines in {seconds:.1} s"
        );
        for (id, (all, alone)) in self.refusals() {
            let _ = writeln!(
                text,
                "{all:>5} refused for {id}, {alone} of them for nothing else"
            );
        }
        if self.results.iter().any(|it| it.compiled.is_some()) {
            let compiles = |it: &DocumentResult| matches!(it.compiled, Some(Ok(())));
            let compiled = self.count(compiles);
            let large = self.count(|it| compiles(it) && it.is_large());
            let _ = writeln!(
                text,
                "{compiled} of {generated} compile, {large} of them only tag by tag"
            );
        }
        if examples().next().is_some() {
            let decoded: usize = examples().map(|it| it.decoded).sum();
            let unfit: usize = examples().map(|it| it.unfit.len()).sum();
            let _ = writeln!(text, "{decoded} of {} examples decode", decoded + unfit);
        }
        text
    }

    /// Everything as JSON: `documents`, each with `folder`, `file`, `outcome` (`generated`, `refused` or `panicked`),
    /// `seconds` and `lines`. A refused document has `faults`, the count of each, and `first`, the first fault; a panic
    /// has `message`. If the crate was compiled, `compiles` says whether that worked and `error` why not. If examples
    /// were read, `decoded` counts those that decode and `unfit` says, by operation and name, why others do not.
    pub(super) fn to_json(&self) -> String {
        let documents: Vec<Value> = self.pairs().map(|(it, result)| entry(it, result)).collect();
        format!("{:#}\n", json!({ "documents": documents }))
    }
}

fn entry(document: &CorpusDocument, result: &DocumentResult) -> Value {
    let mut entry = json!({
        "folder": document.folder,
        "file": document.file,
        "seconds": result.seconds,
        "lines": result.lines,
    });
    match &result.verdict {
        Verdict::Generated => entry["outcome"] = json!("generated"),
        Verdict::Refused(counts, first) => {
            entry["outcome"] = json!("refused");
            entry["faults"] = json!(counts);
            entry["first"] = json!(first);
        }
        Verdict::Panicked(message) => {
            entry["outcome"] = json!("panicked");
            entry["message"] = json!(message);
        }
    }
    if let Some(compiled) = &result.compiled {
        entry["compiles"] = json!(compiled.is_ok());
        if let Err(fault) = compiled {
            entry["error"] = json!(fault);
        }
    }
    if let Some(examples) = &result.examples {
        entry["decoded"] = json!(examples.decoded);
        entry["unfit"] = json!(examples.unfit);
    }
    entry
}
