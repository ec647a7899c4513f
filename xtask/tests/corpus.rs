//! `cargo xtask corpus`: what it tells of each document, and what falls short of the record.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const GOOD: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
paths:
  /sims:
    get:
      responses: {'204': {description: None.}}
";

#[test]
fn each_document_is_told_of_in_order() {
    let corpus = Corpus::new("each_document_is_told_of_in_order");
    corpus.add("b.yaml", GOOD);
    corpus.add("a.json", "{\"openapi\": \"3.0.0\"");
    let output = corpus.run(&[]);
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let told = |line: &str| line.split_once(" s  ").map(|(_, it)| it.to_owned());
    let (first, second) = (told(lines[0]).unwrap(), told(lines[1]).unwrap());
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
fn what_is_refused_must_be_in_the_record() {
    let corpus = Corpus::new("what_is_refused_must_be_in_the_record");
    corpus.add("a.yaml", &GOOD.replace("/sims", "sims"));
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
    let record = fs::read_to_string(corpus.record()).unwrap();
    assert!(record.contains("[documents]\ngenerate = 1\n"), "{record}");
    assert!(record.contains("\"a.yaml\" = \""), "{record}");
    assert!(corpus.run(&[]).status.success());
}

#[test]
fn what_is_better_than_the_record_is_told() {
    let corpus = Corpus::new("what_is_better_than_the_record_is_told");
    corpus.add("a.yaml", &GOOD.replace("/sims", "sims"));
    corpus.run(&["--record"]);
    corpus.add("a.yaml", GOOD);
    let output = corpus.run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = text(&output.stdout);
    assert!(
        output.contains("documents/a.yaml: generates\nbetter than"),
        "{output}"
    );
}

#[test]
fn documents_that_are_gone_are_missed() {
    let corpus = Corpus::new("documents_that_are_gone_are_missed");
    corpus.add("a.yaml", GOOD);
    corpus.add("b.yaml", GOOD);
    corpus.run(&["--record"]);
    fs::remove_file(corpus.documents().join("b.yaml")).unwrap();
    let output = corpus.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(
        errors.starts_with("documents: holds 1 documents of 2\n"),
        "{errors}"
    );
    // A document that is named stands for itself.
    let named = corpus.documents().join("a.yaml");
    assert!(
        run(&[named.to_str().unwrap(), "--against", &corpus.record()])
            .status
            .success()
    );
}

#[test]
fn a_document_has_its_overlay() {
    let corpus = Corpus::new("a_document_has_its_overlay");
    corpus.add("a.yaml", &GOOD.replace("/sims", "sims"));
    corpus.add(
        "a.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n- {target: $.paths.sims, remove: true}\n\
         - {target: $.paths, update: {/sims: {get: {responses: {'204': {description: None.}}}}}}\n",
    );
    let output = corpus.run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 of 1 generate"));
}

#[test]
fn the_outcome_is_written_as_json() {
    let corpus = Corpus::new("the_outcome_is_written_as_json");
    corpus.add("a.yaml", &GOOD.replace("/sims", "sims"));
    corpus.add("b.yaml", GOOD);
    let path = corpus.root.join("outcome.json");
    corpus.run(&["--json", path.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let [refused, generated] = [&json["documents"][0], &json["documents"][1]];
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(refused["faults"].as_object().unwrap().len(), 1);
    assert_eq!(generated["outcome"], "generated");
    assert!(generated["lines"].as_u64().unwrap() > 50);
}

struct Corpus {
    root: PathBuf,
}

impl Corpus {
    /// An empty folder of documents for `test`.
    fn new(test: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        if root.exists() {
            fs::remove_dir_all(&root).expect("a folder that can be removed");
        }
        let corpus = Self { root };
        fs::create_dir_all(corpus.documents()).expect("a folder that can be made");
        corpus
    }

    fn documents(&self) -> PathBuf {
        self.root.join("documents")
    }

    fn record(&self) -> String {
        let path = self.root.join("corpus.toml");
        path.to_str().expect("a path in Unicode").to_owned()
    }

    fn add(&self, name: &str, text: &str) {
        fs::write(self.documents().join(name), text).expect("a file that can be written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let documents = self.documents();
        let documents = documents.to_str().expect("a path in Unicode");
        let record = self.record();
        run(&[&[documents, "--against", &record], arguments].concat())
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("corpus")
        .args(arguments)
        .output()
        .expect("the command")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}
