//! Tests `cargo xtask corpus`: its report on each document, and its comparison with the record.

mod support;

use std::fs;
use std::process::Output;

use support::Folder;

const GOOD: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
paths:
  /sims:
    get:
      responses: {'204': {description: None.}}
";

#[test]
fn documents_are_reported_in_order() {
    let corpus = Corpus::new("documents_are_reported_in_order");
    corpus.add("b.yaml", GOOD);
    corpus.add("a.json", "{\"openapi\": \"3.0.0\"");
    let output = corpus.run(&[]);
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let report = |line: &str| line.split_once(" s  ").map(|(_, it)| it.to_owned());
    let (first, second) = (report(lines[0]).unwrap(), report(lines[1]).unwrap());
    assert!(
        first.starts_with("documents/a.json: refused   1 syntax: 1:"),
        "{first}"
    );
    assert!(
        second.starts_with("documents/b.yaml: generated"),
        "{second}"
    );
    assert!(
        lines[3].starts_with("1 of 2 generate, 0 panic"),
        "{}",
        lines[3]
    );
    assert_eq!(
        lines[4].trim(),
        "1 refused for syntax, 1 of them for nothing else"
    );
}

#[test]
fn refused_documents_must_be_recorded() {
    let corpus = Corpus::new("refused_documents_must_be_recorded");
    corpus.add("a.yaml", &GOOD.replace("/sims", "/sims/{"));
    corpus.add("b.yaml", GOOD);
    let output = corpus.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(
        errors.starts_with("documents/a.yaml: is refused: 4:3: "),
        "{errors}"
    );
    assert!(errors.contains("1 falls short of "), "{errors}");

    let output = corpus.run(&["--record"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let record = corpus.0.read("corpus.toml");
    assert!(record.contains("[documents]\ngenerate = 1\n"), "{record}");
    assert!(record.contains("\"a.yaml\" = \""), "{record}");
    assert!(corpus.run(&[]).status.success());
}

#[test]
fn improvements_over_the_record_are_reported() {
    let corpus = Corpus::new("improvements_over_the_record_are_reported");
    corpus.add("a.yaml", &GOOD.replace("/sims", "/sims/{"));
    corpus.run(&["--record"]);
    corpus.add("a.yaml", GOOD);
    let output = corpus.run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = text(&output.stdout);
    assert!(
        output.contains("documents/a.yaml: generates\nbetter than recorded"),
        "{output}"
    );
}

#[test]
fn missing_documents_are_reported() {
    let corpus = Corpus::new("missing_documents_are_reported");
    corpus.add("a.yaml", GOOD);
    corpus.add("b.yaml", GOOD);
    corpus.run(&["--record"]);
    fs::remove_file(corpus.0.path().join("documents/b.yaml")).unwrap();
    let output = corpus.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(
        errors.starts_with("documents: holds 1 of 2 documents\n"),
        "{errors}"
    );
    // Naming a document does not claim that its folder is complete.
    let output = corpus.run_on("documents/a.yaml", &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn overlays_are_applied_to_documents() {
    let corpus = Corpus::new("overlays_are_applied_to_documents");
    corpus.add("a.yaml", &GOOD.replace("/sims", "/sims/{"));
    corpus.add(
        "a.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n- {target: '$.paths[\"/sims/{\"]', remove: true}\n\
         - {target: $.paths, update: {/sims: {get: {responses: {'204': {description: None.}}}}}}\n",
    );
    let output = corpus.run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 of 1 generate"));
}

#[test]
fn results_are_written_as_json() {
    let corpus = Corpus::new("results_are_written_as_json");
    corpus.add("a.yaml", &GOOD.replace("/sims", "/sims/{"));
    corpus.add("b.yaml", GOOD);
    corpus.run(&["--json", "results.json"]);
    let json = corpus.0.read("results.json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let [refused, generated] = [&json["documents"][0], &json["documents"][1]];
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(refused["faults"].as_object().unwrap().len(), 1);
    assert_eq!(generated["outcome"], "generated");
    assert!(generated["lines"].as_u64().unwrap() > 50);
}

/// A folder of documents, with a record of its own.
struct Corpus(Folder);

impl Corpus {
    fn new(test: &str) -> Self {
        Self(Folder::empty(test))
    }

    fn add(&self, name: &str, text: &str) {
        self.0.write(&format!("documents/{name}"), text);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_on("documents", arguments)
    }

    fn run_on(&self, path: &str, arguments: &[&str]) -> Output {
        let options = ["corpus", path, "--against", "corpus.toml"];
        self.0.run(&[&options, arguments].concat())
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}
