//! Tests `cargo xtask ci-diff` as a workflow runs it, on a scratch repository.

mod support;

use std::fs;
use std::path::Path;

use support::{Folder, SPEC};

/// A repository whose branch `main` has a spec and its crate; another branch is checked out.
struct Repository(Folder);

impl Repository {
    fn new(test: &str) -> Self {
        let repository = Self(Folder::new(test));
        repository.set_version("0.1.4");
        repository.commit_to_main();
        repository
    }

    /// Makes the first commit on `main` and checks out a new branch.
    fn commit_to_main(&self) {
        self.0.git(&["init", "--quiet", "--initial-branch", "main"]);
        self.0.commit();
        self.0.git(&["checkout", "--quiet", "-b", "change"]);
    }

    fn write_spec(&self, spec: &str) {
        self.0.write("specs/twilio_demo_v1.yaml", spec);
    }

    fn set_version(&self, version: &str) {
        let manifest = format!("[package]\nname = \"demo\"\nversion = \"{version}\"\n");
        self.0.write("generated/Cargo.toml", &manifest);
    }

    fn ci_diff(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.0.run(&[&["ci-diff"], arguments].concat());
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

#[test]
fn version_must_be_raised_as_far_as_the_changes_require() {
    let repository = Repository::new("version_must_be_raised_as_far_as_the_changes_require");
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
    for (spec, least, expected) in changes {
        repository.write_spec(&spec);
        let enough = versions
            .iter()
            .position(|it| *it == least)
            .expect("a version");
        for (index, version) in versions.into_iter().enumerate() {
            repository.set_version(version);
            let (code, markdown, errors) = repository.ci_diff(&["main"]);
            assert!(markdown.contains(expected), "{markdown}");
            let step = format!("\nVersion of the crate: 0.1.4 -> {version}\n");
            assert!(markdown.ends_with(&step), "{markdown}");
            assert_eq!(
                code,
                Some(i32::from(index < enough)),
                "{expected} {version}: {errors}"
            );
            let wanted = format!("it must be at least {least}");
            assert_eq!(errors.contains(&wanted), index < enough, "{errors}");
        }
    }
}

#[test]
fn changes_on_the_base_since_the_merge_base_are_ignored() {
    let repository = Repository::new("changes_on_the_base_since_the_merge_base_are_ignored");
    repository.0.git(&["checkout", "--quiet", "main"]);
    repository.write_spec(&SPEC.replace("Name", "Nickname"));
    repository.set_version("0.2.0");
    repository.0.commit();
    repository.0.git(&["checkout", "--quiet", "change"]);
    let (code, markdown, _) = repository.ci_diff(&["main"]);
    assert!(markdown.contains("no change"), "{markdown}");
    assert_eq!(code, Some(0));
}

#[test]
fn branch_that_adds_the_first_specs_need_not_raise_the_version() {
    let repository = Repository(Folder::empty("branch_that_adds_the_first_specs"));
    repository.0.write("README.md", "nothing yet");
    repository.commit_to_main();
    repository.write_spec(SPEC);
    repository.set_version("0.1.0");
    let (code, markdown, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(markdown.contains("product-added"), "{markdown}");
    assert!(
        markdown.ends_with("\nVersion of the new crate: 0.1.0\n"),
        "{markdown}"
    );
}

#[test]
fn missing_repository_is_named() {
    let folder = Folder::new("missing_repository_is_named");
    for (arguments, error) in [
        (
            &["ci-diff", "main"][..],
            "this folder is not in a git repository\n",
        ),
        (
            &["diff", "main:specs", "specs"],
            "main:specs: there is no such file or folder, and this folder is not in a git repository\n",
        ),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(String::from_utf8_lossy(&output.stderr), error);
    }
}

#[test]
fn comparison_errors_are_reported() {
    let repository = Repository::new("comparison_errors_are_reported");
    let cases: [(&[&str], &str); 5] = [
        (&[], "`ci-diff` needs a revision"),
        (&["main", "change"], "unexpected argument"),
        (&["nowhere"], "no revision `nowhere`"),
        (&["--output=x"], "--output"),
        (&[""], "no revision ``"),
    ];
    for (arguments, expected) in cases {
        let (code, markdown, errors) = repository.ci_diff(arguments);
        assert_eq!((code, markdown.as_str()), (Some(2), ""), "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
    repository.write_spec("openapi: 3.0.1");
    let (code, _, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("specs/twilio_demo_v1.yaml:1:1: error"),
        "{errors}"
    );
    repository.write_spec(SPEC);
    fs::remove_file(repository.0.path().join("generated/Cargo.toml")).expect("a file");
    let (code, _, errors) = repository.ci_diff(&["main"]);
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("generated/Cargo.toml: cannot be read"),
        "{errors}"
    );
}

#[test]
fn workflow_runs_the_tested_commands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workflow = fs::read_to_string(root.join(".github/workflows/ci.yml")).expect("a workflow");
    for command in ["run: .ci/run", "cargo xtask ci-diff \"$BASE\""] {
        assert!(workflow.contains(command), "{command}");
    }
}
