//! `cargo xtask ci-diff` as a workflow runs it, on a scratch repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SPEC: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com'}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      parameters:
      - {name: Name, in: query, schema: {type: string}}
      responses: {'204': {description: None.}}
";

/// A repository whose branch `main` has a spec and its crate, and whose current branch is another.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a scratch folder"));
        repository.write("specs/twilio_demo_v1.yaml", SPEC);
        repository.set_version("0.1.4");
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commit("specs");
        repository.git(&["checkout", "--quiet", "-b", "change"]);
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        fs::write(path, text).expect("a file that can be written");
    }

    fn set_version(&self, version: &str) {
        let manifest = format!("[package]\nname = \"demo\"\nversion = \"{version}\"\n");
        self.write("generated/Cargo.toml", &manifest);
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let commit = ["commit", "--quiet", "--no-gpg-sign", "--message", message];
        self.git(&[&author[..], &commit].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        let status = git.args(arguments).current_dir(self.0.path()).status();
        assert!(status.expect("git").success(), "{arguments:?}");
    }

    fn ci_diff(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("ci-diff").args(arguments);
        run(command.current_dir(self.0.path()))
    }
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_version_must_be_raised_as_the_changes_call_for() {
    let repository = Repository::new();
    let label = "      - {name: Label, in: query, schema: {type: string}}\n      responses";
    let changes = [
        (SPEC.to_owned(), "0.1.4", "no change"),
        (
            SPEC.replace("      responses", label),
            "0.1.5",
            "parameter-added-optional",
        ),
        (
            SPEC.replace("Name", "Nickname"),
            "0.2.0",
            "parameter-removed",
        ),
    ];
    let versions = ["0.1.3", "0.1.4", "0.1.5", "0.2.0", "1.0.0"];
    for (spec, least, told) in changes {
        repository.write("specs/twilio_demo_v1.yaml", &spec);
        let enough = versions
            .iter()
            .position(|it| *it == least)
            .expect("a version");
        for (index, version) in versions.into_iter().enumerate() {
            repository.set_version(version);
            let (code, markdown, errors) = repository.ci_diff(&["main"]);
            assert!(markdown.contains(told), "{markdown}");
            let step = format!("\nVersion of the crate: 0.1.4 -> {version}\n");
            assert!(markdown.ends_with(&step), "{markdown}");
            assert_eq!(
                code,
                Some(i32::from(index < enough)),
                "{told} {version}: {errors}"
            );
            let wanted = format!("it must be {least} at least");
            assert_eq!(errors.contains(&wanted), index < enough, "{errors}");
        }
    }
}

#[test]
fn what_the_base_has_done_since_does_not_count() {
    let repository = Repository::new();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write(
        "specs/twilio_demo_v1.yaml",
        &SPEC.replace("Name", "Nickname"),
    );
    repository.set_version("0.2.0");
    repository.commit("a change of others");
    repository.git(&["checkout", "--quiet", "change"]);
    let (code, markdown, _) = repository.ci_diff(&["main"]);
    assert!(markdown.contains("no change"), "{markdown}");
    assert_eq!(code, Some(0));
}

#[test]
fn the_branch_that_brings_the_specs_raises_nothing() {
    let repository = Repository(tempfile::tempdir().expect("a scratch folder"));
    repository.write("README.md", "nothing yet");
    repository.git(&["init", "--quiet", "--initial-branch", "main"]);
    repository.commit("begin");
    repository.git(&["checkout", "--quiet", "-b", "change"]);
    repository.write("specs/twilio_demo_v1.yaml", SPEC);
    repository.set_version("0.1.0");
    let (code, markdown, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(markdown.contains("product-added"), "{markdown}");
    assert!(
        markdown.ends_with("\nVersion of the crate, which is new: 0.1.0\n"),
        "{markdown}"
    );
}

#[test]
fn what_cannot_be_compared_is_told() {
    let repository = Repository::new();
    let cases: [(&[&str], &str); 5] = [
        (&[], "`ci-diff` takes a revision"),
        (&["main", "change"], "unexpected argument"),
        (&["nowhere"], "no revision `nowhere`"),
        (&["--output=x"], "--output"),
        (&[""], "no revision ``"),
    ];
    for (arguments, told) in cases {
        let (code, markdown, errors) = repository.ci_diff(arguments);
        assert_eq!((code, markdown.as_str()), (Some(2), ""), "{errors}");
        assert!(errors.contains(told), "{errors}");
    }
    repository.write("specs/twilio_demo_v1.yaml", "openapi: 3.0.1");
    let (code, _, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("specs/twilio_demo_v1.yaml:1:1: error"),
        "{errors}"
    );
    repository.write("specs/twilio_demo_v1.yaml", SPEC);
    fs::remove_file(repository.0.path().join("generated/Cargo.toml")).expect("a file");
    let (code, _, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("generated/Cargo.toml: cannot be read"),
        "{errors}"
    );
}

#[test]
fn the_workflow_runs_what_is_tested_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workflow = fs::read_to_string(root.join(".github/workflows/ci.yml")).expect("a workflow");
    for command in ["run: .ci/run", "cargo xtask ci-diff \"$BASE\""] {
        assert!(workflow.contains(command), "{command}");
    }
}
