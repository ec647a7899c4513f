//! `cargo xtask diff` as a user runs it: what it reads, what it prints and how it exits.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com'}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      summary: Lists SIMs.
      parameters:
      - {name: Name, in: query, schema: {type: string}}
      responses: {'204': {description: None.}}
";

/// [`SPEC`] with a further parameter and another summary.
fn with_addition() -> String {
    SPEC.replace("Lists SIMs", "Lists every SIM").replace(
        "      responses",
        "      - {name: Label, in: query, schema: {type: string}}\n      responses",
    )
}

/// [`SPEC`] without its parameter.
fn with_removal() -> String {
    SPEC.replace("Name", "Nickname")
}

#[test]
fn two_files_are_compared() {
    let folder = Folder::new("two_files_are_compared");
    folder.write("a/twilio_demo_v1.yaml", SPEC);
    folder.write("b/twilio_demo_v1.yaml", &with_addition());
    let output = succeeds(&folder.diff(&["a/twilio_demo_v1.yaml", "b/twilio_demo_v1.yaml"]));
    assert_eq!(
        output,
        "\
minor: the query parameter `Label` of `GET /v1/Sims` is new [parameter-added-optional]
  demo::v1::ListSim::label, breaks nobody
  new b/twilio_demo_v1.yaml:11:9

minor: 0 major, 1 minor, 0 patch; 0 break callers that compile, 0 break callers at run time; 1 text reworded
"
    );
    let output = succeeds(&folder.diff(&["a/twilio_demo_v1.yaml", "a/twilio_demo_v1.yaml"]));
    assert_eq!(output, "no change\n");
}

#[test]
fn two_files_may_be_called_anything() {
    let folder = Folder::new("two_files_may_be_called_anything");
    folder.write("twilio_demo_v1.yaml", SPEC);
    folder.write("newer.yaml", &with_addition());
    for sides in [
        ["twilio_demo_v1.yaml", "newer.yaml"],
        ["newer.yaml", "twilio_demo_v1.yaml"],
    ] {
        let output = succeeds(&folder.diff(&sides));
        assert!(output.contains("demo::v1::ListSim::label"), "{output}");
    }
    folder.write("older.yaml", SPEC);
    let output = succeeds(&folder.diff(&["older.yaml", "newer.yaml"]));
    assert!(output.contains("older::v1::ListSim::label"), "{output}");
}

#[test]
fn folders_are_compared_by_product() {
    let folder = Folder::new("folders_are_compared_by_product");
    folder.write("a/twilio_demo_v1.yaml", SPEC);
    folder.write("a/twilio_other_v1.yaml", SPEC);
    folder.write("b/twilio_other_v1.json.yaml", SPEC);
    fs::rename(
        folder.root.join("b/twilio_other_v1.json.yaml"),
        folder.root.join("b/kore_other_v1.yml"),
    )
    .unwrap();
    let output = succeeds(&folder.diff(&["a", "b"]));
    assert!(
        output.contains("`demo::v1` is gone [product-removed]"),
        "{output}"
    );
    assert!(!output.contains("other::v1"), "{output}");
    // A file is compared with what the folder has of it.
    let output = succeeds(&folder.diff(&["a", "b/kore_other_v1.yml"]));
    assert_eq!(output, "no change\n");
}

#[test]
fn a_bump_can_be_refused() {
    let folder = Folder::new("a_bump_can_be_refused");
    folder.write("old_demo_v1.yaml", SPEC);
    folder.write("minor_demo_v1.yaml", &with_addition());
    folder.write("major_demo_v1.yaml", &with_removal());
    let run = |new: &str, limit: &str| folder.diff(&["old_demo_v1.yaml", new, "--fail-on", limit]);
    succeeds(&run("minor_demo_v1.yaml", "major"));
    succeeds(&run("old_demo_v1.yaml", "patch"));
    for (new, limit) in [
        ("minor_demo_v1.yaml", "minor"),
        ("minor_demo_v1.yaml", "patch"),
        ("major_demo_v1.yaml", "major"),
    ] {
        let output = run(new, limit);
        let errors = fails(&output, 1);
        assert!(errors.contains(&format!("--fail-on {limit}")), "{errors}");
        assert!(
            !output.stdout.is_empty(),
            "the report is printed all the same"
        );
    }
}

#[test]
fn reports_have_formats() {
    let folder = Folder::new("reports_have_formats");
    folder.write("a_demo_v1.yaml", SPEC);
    folder.write("b_demo_v1.yaml", &with_addition());
    let run = |options: &[&str]| {
        let mut arguments = vec!["a_demo_v1.yaml", "b_demo_v1.yaml"];
        arguments.extend(options);
        succeeds(&folder.diff(&arguments))
    };
    assert!(run(&["--format", "markdown"]).starts_with("**minor: "));
    assert!(run(&["--format=json"]).starts_with("{\n  \"format\": 2,"));
    assert!(run(&["--format", "github"]).starts_with("::warning file=b_demo_v1.yaml,line=11,"));
    folder.write("c_demo_v1.yaml", &with_removal());
    let removal = ["a_demo_v1.yaml", "c_demo_v1.yaml", "--format", "github"];
    let output = succeeds(&folder.diff(&removal));
    assert!(
        output.starts_with("::error title=parameter-removed::"),
        "{output}"
    );
    assert!(
        output.contains(", was at a_demo_v1.yaml:10:9\n"),
        "{output}"
    );
    assert!(run(&["--docs"]).contains("\nreworded: a_demo::v1::ListSim\n"));
    assert!(
        !run(&[]).contains('\u{1b}'),
        "a pipe is no terminal, so it has no colour"
    );
}

#[test]
fn faults_of_both_sides_are_told() {
    let folder = Folder::new("faults_of_both_sides_are_told");
    folder.write("a_demo_v1.yaml", &SPEC.replace("summary", "sumary"));
    folder.write("b_demo_v1.yaml", "swagger: '2.0'\n");
    folder.write("c_demo_v1.yaml", "");
    let errors = fails(&folder.diff(&["a_demo_v1.yaml", "b_demo_v1.yaml"]), 1);
    assert!(errors.starts_with("a_demo_v1.yaml:8:7: error["), "{errors}");
    assert!(errors.contains("\nb_demo_v1.yaml:1:10: error["), "{errors}");
    let sides = ["c_demo_v1.yaml", "b_demo_v1.yaml"];
    let errors = fails(&folder.diff(&sides), 1);
    assert!(
        errors.starts_with("b_demo_v1.yaml:1:10: error["),
        "{errors}"
    );
    assert!(errors.contains("\nc_demo_v1.yaml:1:1: error["), "{errors}");

    // Programs and pull requests read them where they read the comparison.
    for (format, start) in [
        ("json", "{\n  \"format\": 2,\n  \"errors\": 2,"),
        ("github", "::error file=b_demo_v1.yaml,line=1,"),
    ] {
        let output = folder.diff(&[&sides[..], &["--format", format]].concat());
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.starts_with(start), "{told}");
    }
}

#[test]
fn a_command_line_that_makes_no_sense_is_refused() {
    let folder = Folder::new("a_command_line_that_makes_no_sense_is_refused");
    folder.write("a_demo_v1.yaml", SPEC);
    let a = "a_demo_v1.yaml";
    for (arguments, what) in [
        (&[][..], "OLD and NEW"),
        (&[a], "OLD and NEW"),
        (&[a, a, a], a),
        (&[a, a, "--format", "xml"], "no format `xml`"),
        (&[a, a, "--fail-on", "none"], "no bump `none`"),
        (&[a, a, "--fail-on"], "--fail-on"),
        (&[a, a, "--quick"], "--quick"),
        (&[a, "b.yaml"], "b.yaml: cannot be read"),
        (&["b.yaml", a], "b.yaml: cannot be read"),
    ] {
        let errors = fails(&folder.diff(arguments), 2);
        assert!(errors.contains(what), "{arguments:?}: {errors}");
    }
    fs::create_dir(folder.root.join("empty")).unwrap();
    let errors = fails(&folder.diff(&["empty", "empty"]), 2);
    assert!(errors.starts_with("empty: holds no "), "{errors}");
    assert!(succeeds(&folder.diff(&["--help"])).contains("cargo xtask diff OLD NEW"));
}

#[test]
fn revisions_are_read() {
    let folder = Folder::new("revisions_are_read");
    folder.commit(SPEC);
    folder.commit(&with_addition());
    folder.write("specs/twilio_demo_v1.yaml", &with_removal());
    for sides in [
        ["HEAD~1:specs", "HEAD:specs"],
        ["HEAD~1:specs/", "HEAD:specs/"],
        [
            "HEAD~1:specs/twilio_demo_v1.yaml",
            "HEAD:specs/twilio_demo_v1.yaml",
        ],
        ["HEAD~1:specs/twilio_demo_v1.yaml", "HEAD:specs"],
    ] {
        let output = succeeds(&folder.diff(&sides));
        assert!(
            output.contains("  new HEAD:specs/twilio_demo_v1.yaml:11:9\n"),
            "{sides:?}: {output}"
        );
        assert!(output.contains("\nminor: 0 major, 1 minor"), "{output}");
    }
    let output = succeeds(&folder.diff(&["HEAD:specs", "specs"]));
    assert!(output.contains("[parameter-removed]"), "{output}");
    // Inside a folder, git takes a path from the root and one with a dot from where it is.
    let inside = folder.run(&folder.root.join("specs"), &["HEAD~1:./", "HEAD:specs"]);
    assert!(succeeds(&inside).contains("\nminor: "));
}

/// As they are on disk.
#[cfg(unix)]
#[test]
fn links_in_a_revision_are_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links_in_a_revision_are_followed");
    folder.write("vendor/demo.yaml", &with_addition());
    folder.commit(SPEC);
    let spec = folder.root.join("specs/twilio_demo_v1.yaml");
    fs::remove_file(&spec).unwrap();
    symlink("../vendor/demo.yaml", &spec).unwrap();
    symlink("specs", folder.root.join("current")).unwrap();
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "--quiet", "--message", "a link"]);
    for new in [
        "HEAD:specs",
        "HEAD:specs/twilio_demo_v1.yaml",
        "HEAD:current",
    ] {
        let output = succeeds(&folder.diff(&["HEAD~1:specs", new]));
        assert!(
            output.contains("[parameter-added-optional]"),
            "{new}: {output}"
        );
    }
    fs::remove_file(&spec).unwrap();
    symlink("/etc/hostname", &spec).unwrap();
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "--quiet", "--message", "a link to elsewhere"]);
    let errors = fails(&folder.diff(&["HEAD~1:specs", "HEAD:specs"]), 2);
    assert!(
        errors.starts_with("HEAD:specs/twilio_demo_v1.yaml: git cannot read it"),
        "{errors}"
    );
}

#[test]
fn what_is_on_disk_wins_over_a_revision() {
    let folder = Folder::new("what_is_on_disk_wins_over_a_revision");
    folder.commit(SPEC);
    folder.write("HEAD:specs/twilio_demo_v1.yaml", &with_addition());
    let output = succeeds(&folder.diff(&["specs", "HEAD:specs"]));
    assert!(output.contains("[parameter-added-optional]"), "{output}");
}

#[test]
fn what_git_does_not_know_is_named() {
    let folder = Folder::new("what_git_does_not_know_is_named");
    folder.commit(SPEC);
    for (side, what) in [
        ("v9:specs", "git knows no revision `v9`"),
        (
            "HEAD:lost",
            "the revision `HEAD` has no file or folder `lost`",
        ),
        (
            "HEAD:specs/lost.yaml",
            "has no file or folder `specs/lost.yaml`",
        ),
        (":specs", "there is no such file or folder"),
        ("HEAD~5:specs", "git knows no revision `HEAD~5`"),
    ] {
        let errors = fails(&folder.diff(&[side, "specs"]), 2);
        assert!(
            errors.starts_with(side) && errors.contains(what),
            "{side}: {errors}"
        );
    }
    let errors = fails(&folder.diff(&["--", "--version:specs", "specs"]), 2);
    assert!(
        errors.contains("there is no such file or folder"),
        "{errors}"
    );
    folder.write("notes/README.md", "no spec");
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "--quiet", "--message", "notes"]);
    let errors = fails(&folder.diff(&["HEAD:notes", "specs"]), 2);
    assert!(errors.starts_with("HEAD:notes: holds no "), "{errors}");
}

#[test]
fn a_missing_git_is_named() {
    let folder = Folder::new("a_missing_git_is_named");
    folder.write("specs/twilio_demo_v1.yaml", SPEC);
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "HEAD:specs", "specs"])
        .current_dir(&folder.root)
        .env("PATH", "")
        .output()
        .unwrap();
    let errors = fails(&output, 2);
    assert!(
        errors.starts_with("git, which reads revisions, does not run"),
        "{errors}"
    );
}

/// A folder of its own for a test, outside of any repository.
struct Folder {
    root: PathBuf,
    _guard: tempfile::TempDir,
}

impl Folder {
    fn new(name: &str) -> Self {
        let guard = tempfile::Builder::new()
            .prefix(name)
            .tempdir()
            .expect("a scratch folder");
        Self {
            root: guard.path().to_owned(),
            _guard: guard,
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder"))
            .expect("a folder that can be made");
        fs::write(path, text).expect("a file that can be written");
    }

    /// Commits the only spec of `specs`.
    fn commit(&self, spec: &str) {
        if !self.root.join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.write("specs/twilio_demo_v1.yaml", spec);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a spec"]);
    }

    fn git(&self, arguments: &[&str]) {
        let output = git(&self.root).args(arguments).output().expect("git");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        self.run(&self.root, arguments)
    }

    fn run(&self, folder: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("diff")
            .args(arguments)
            .current_dir(folder)
            .env_remove("GIT_DIR")
            .output()
            .expect("the command")
    }
}

/// Git without the settings of this machine.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env_remove("GIT_DIR");
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", OsStr::new("/dev/null")),
        ("GIT_CONFIG_SYSTEM", OsStr::new("/dev/null")),
        ("GIT_AUTHOR_NAME", OsStr::new("Test")),
        ("GIT_AUTHOR_EMAIL", OsStr::new("test@example.com")),
        ("GIT_COMMITTER_NAME", OsStr::new("Test")),
        ("GIT_COMMITTER_EMAIL", OsStr::new("test@example.com")),
    ] {
        command.env(name, value);
    }
    command
}

fn succeeds(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn fails(output: &Output, code: i32) -> String {
    let errors = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{errors}");
    errors
}
