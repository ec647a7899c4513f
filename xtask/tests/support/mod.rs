//! A scratch folder with specs and a crate, and the output of `xtask` in it.

#![allow(dead_code, reason = "each test uses a part of this module")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
pub struct Folder {
    pub root: PathBuf,
    _guard: tempfile::TempDir,
}

impl Folder {
    /// An empty folder outside of any repository.
    pub fn empty(name: &str) -> Self {
        let guard = tempfile::Builder::new()
            .prefix(name)
            .tempdir()
            .expect("a scratch folder");
        Self {
            root: guard.path().to_owned(),
            _guard: guard,
        }
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

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder"))
            .expect("a folder that can be made");
        fs::write(path, text).expect("a file that can be written");
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file that can be read")
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
        command.args(arguments).current_dir(&self.root);
        command
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        let output = git(&self.root).args(arguments).output().expect("git");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
    }

    /// Commits all files, creating the repository if there is none.
    #[track_caller]
    pub fn commit(&self) {
        if !self.root.join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a change"]);
    }

    /// The contents of specs, crate and lock file.
    pub fn state(&self) -> BTreeMap<String, Vec<u8>> {
        let mut state = BTreeMap::new();
        for folder in ["specs", "out"] {
            let files = files(&self.root.join(folder)).into_iter();
            state.extend(files.map(|(name, text)| (format!("{folder}/{name}"), text)));
        }
        let lock_file = fs::read(self.root.join("Cargo.lock")).ok();
        state.extend(lock_file.map(|it| ("Cargo.lock".to_owned(), it)));
        state
    }

    pub fn releases(&self) -> usize {
        releases(&self.state())
    }

    /// The names of the entries, including hidden ones.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.root)
            .expect("a folder that can be read")
            .map(|entry| entry.expect("an entry").file_name().display().to_string())
            .collect();
        names.sort();
        names
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

/// The files below a folder.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("a path below the folder");
                let text = fs::read(&path).expect("a file that can be read");
                found.insert(name.display().to_string(), text);
            }
        }
    }
    found
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
