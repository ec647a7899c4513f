//! A scratch folder with specs and a crate, and the output of `xtask` in it.

#![allow(dead_code, reason = "each test uses a part of this module")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::process::{Command, Output};

pub use twilio_test_support::{ScratchFolder, files};

/// The spec of the folder.
pub const SPEC: &str = "\
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

/// Turns the parameter of [`SPEC`] into a number.
pub const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Demo, version: '1'}
actions:
- target: $.paths.*.get.parameters[?@.name == 'Name'].schema
  update: {type: integer}
";

/// [`SPEC`] with another parameter and another summary.
pub fn with_addition() -> String {
    SPEC.replace("Lists SIMs", "Lists every SIM").replace(
        "      responses",
        "      - {name: Label, in: query, schema: {type: string}}\n      responses",
    )
}

/// [`SPEC`] with its parameter renamed.
pub fn with_removal() -> String {
    SPEC.replace("Name", "Nickname")
}

/// A scratch folder for a test, with the folders `specs` and `out`.
pub struct Folder(ScratchFolder);

impl Deref for Folder {
    type Target = ScratchFolder;

    fn deref(&self) -> &ScratchFolder {
        &self.0
    }
}

impl Folder {
    /// An empty folder outside of any repository.
    pub fn empty(name: &str) -> Self {
        Self(ScratchFolder::new(name))
    }

    /// A folder with [`SPEC`] as the only spec.
    pub fn new(name: &str) -> Self {
        let folder = Self::empty(name);
        folder.write("specs/twilio_demo_v1.yaml", SPEC);
        folder
    }

    /// A folder with [`SPEC`] and its crate.
    pub fn with_crate(name: &str) -> Self {
        let folder = Self::new(name);
        succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
        folder
    }

    pub fn update(&self, arguments: &[&str]) -> Output {
        let folders = ["--specs", "specs", "--out", "out"];
        let date: &[&str] = if arguments.contains(&"--date") {
            &[]
        } else {
            &["--date", "2026-01-31"]
        };
        self.run(&[&["update"], arguments, &folders, date].concat())
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).current_dir(self.path());
        command
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        let output = git(self.path()).args(arguments).output().expect("git");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
    }

    /// Commits all files, creating the repository if there is none.
    #[track_caller]
    pub fn commit(&self) {
        if !self.path().join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a change"]);
    }

    /// The contents of specs, crate and lock file.
    pub fn state(&self) -> BTreeMap<String, Vec<u8>> {
        let mut state = BTreeMap::new();
        for folder in ["specs", "out"] {
            let files = files(&self.path().join(folder)).into_iter();
            state.extend(files.map(|(name, text)| (format!("{folder}/{name}"), text)));
        }
        let lock_file = fs::read(self.path().join("Cargo.lock")).ok();
        state.extend(lock_file.map(|it| ("Cargo.lock".to_owned(), it)));
        state
    }

    pub fn releases(&self) -> usize {
        releases(&self.state())
    }

    /// Asserts that the crate is current.
    #[track_caller]
    pub fn assert_current(&self) {
        let output = self.run(&["gen", "--check", "--specs", "specs", "--out", "out"]);
        assert_eq!(succeeds(&output), "out: current\n");
    }
}

/// Git without the settings of this machine.
pub fn git(folder: &Path) -> Command {
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

/// The number of releases in the changelog of a state.
pub fn releases(state: &BTreeMap<String, Vec<u8>>) -> usize {
    let changelog = state.get("out/CHANGELOG.md").map(Vec::as_slice);
    let changelog = String::from_utf8_lossy(changelog.unwrap_or_default());
    changelog.matches("\n## ").count()
}

/// The standard output of a command that must succeed without errors.
#[track_caller]
pub fn succeeds(output: &Output) -> String {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    succeeds_loudly(output)
}

#[track_caller]
pub fn succeeds_loudly(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[track_caller]
pub fn fails(output: &Output, code: i32) -> String {
    let errors = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{errors}");
    errors
}
