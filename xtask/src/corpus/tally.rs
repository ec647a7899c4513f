//! What a run over a corpus has come to, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::document::{Document, Outcome, Verdict};

/// The outcome of each document.
pub(super) struct Tally<'a> {
    documents: &'a [Document],
    outcomes: &'a [Outcome],
}

/// The line that tells of a document.
pub(super) fn line(document: &Document, outcome: &Outcome) -> String {
    let Document { folder, file, .. } = document;
    let what = match &outcome.verdict {
        Verdict::Generated => format!("generated {:>8} lines", outcome.lines),
        Verdict::Refused(counts, first) => format!("refused   {}: {first}", listed(counts)),
        Verdict::Panicked(message) => format!("panicked  {message}"),
    };
    format!("{:>7.3} s  {folder}/{file}: {what}\n", outcome.seconds)
}

fn listed(counts: &BTreeMap<&'static str, usize>) -> String {
    let counts: Vec<String> = counts.iter().map(|(id, it)| format!("{it} {id}")).collect();
    counts.join(", ")
}

impl<'a> Tally<'a> {
    /// The outcomes, each with its document.
    pub(super) fn new(documents: &'a [Document], outcomes: &'a [Outcome]) -> Self {
        Self {
            documents,
            outcomes,
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&Document, &Outcome)> {
        self.documents.iter().zip(self.outcomes)
    }

    fn count(&self, is_counted: impl Fn(&Outcome) -> bool) -> usize {
        self.outcomes.iter().filter(|it| is_counted(it)).count()
    }

    /// How many documents are refused for a fault, and how many of these for no other.
    fn refusals(&self) -> BTreeMap<&'static str, (usize, usize)> {
        let mut refusals: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        for outcome in self.outcomes {
            let Verdict::Refused(counts, _) = &outcome.verdict else {
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

    /// The summary, and why crates do not compile.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::from("\n");
        for (document, outcome) in self.pairs() {
            if let Some(Err(fault)) = &outcome.compiled {
                let Document { folder, file, .. } = document;
                let _ = writeln!(text, "{folder}/{file}: does not compile\n{fault}");
            }
        }
        let examples = || self.outcomes.iter().filter_map(|it| it.examples.as_ref());
        for (document, outcome) in self.pairs() {
            let Document { folder, file, .. } = document;
            for (example, fault) in outcome.examples.iter().flat_map(|it| &it.unfit) {
                let _ = writeln!(text, "{folder}/{file}: {example}: does not decode: {fault}");
            }
        }
        let generated = self.count(|it| matches!(it.verdict, Verdict::Generated));
        let panicked = self.count(|it| matches!(it.verdict, Verdict::Panicked(_)));
        let seconds: f64 = self.outcomes.iter().map(|it| it.seconds).sum();
        let lines: usize = self.outcomes.iter().map(|it| it.lines).sum();
        let total = self.outcomes.len();
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
        if self.outcomes.iter().any(|it| it.compiled.is_some()) {
            let compiles = |it: &Outcome| matches!(it.compiled, Some(Ok(())));
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
    /// `seconds` and `lines`; `faults`, how many of each, with `first`, the first of them, if it is refused; `message` if
    /// the generator panicked; `compiles`, and `error` if it does not, if that was tried; and of the examples
    /// `decoded`, how many, and `unfit`, why not, by operation and name.
    pub(super) fn to_json(&self) -> String {
        let documents: Vec<Value> = self
            .pairs()
            .map(|(it, outcome)| entry(it, outcome))
            .collect();
        format!("{:#}\n", json!({ "documents": documents }))
    }
}

fn entry(document: &Document, outcome: &Outcome) -> Value {
    let mut entry = json!({
        "folder": document.folder,
        "file": document.file,
        "seconds": outcome.seconds,
        "lines": outcome.lines,
    });
    match &outcome.verdict {
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
    if let Some(compiled) = &outcome.compiled {
        entry["compiles"] = json!(compiled.is_ok());
        if let Err(fault) = compiled {
            entry["error"] = json!(fault);
        }
    }
    if let Some(examples) = &outcome.examples {
        entry["decoded"] = json!(examples.decoded);
        entry["unfit"] = json!(examples.unfit);
    }
    entry
}
