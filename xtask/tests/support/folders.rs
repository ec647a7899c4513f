//! Scratch folders of specs and a crate, and the output of `xtask gen` for them.

#![allow(dead_code, reason = "each test uses a part of this module")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use twilio_test_support::ScratchFolder;

/// The spec of the folders.
pub const SPEC: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      summary: Lists SIMs.
      responses: {'204': {description: None.}}
";

/// A folder of specs and a folder for the crate.
pub struct Folders(ScratchFolder);

impl Deref for Folders {
    type Target = ScratchFolder;

    fn deref(&self) -> &ScratchFolder {
        &self.0
    }
}

impl Folders {
    /// Empty folders for `test`, with [`SPEC`] as the only spec.
    pub fn new(test: &str) -> Self {
        let folders = Self(ScratchFolder::new(test));
        folders.spec("twilio_demo_v1.yaml", SPEC);
        folders
    }

    pub fn specs(&self) -> PathBuf {
        self.path().join("specs")
    }

    pub fn out(&self) -> PathBuf {
        self.path().join("out")
    }

    pub fn spec(&self, name: &str, text: &str) {
        self.write(&format!("specs/{name}"), text);
    }

    pub fn generate(&self) -> Output {
        self.run(&["gen"])
    }

    pub fn check(&self) -> Output {
        self.run(&["gen", "--check"])
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let (specs, out) = (self.specs(), self.out());
        let folders = [
            "--specs",
            specs.to_str().expect("a path in Unicode"),
            "--out",
            out.to_str().expect("a path in Unicode"),
        ];
        xtask(&[arguments, &folders].concat())
    }
}

pub fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .expect("the command")
}

/// The standard output of a command that must succeed.
#[track_caller]
pub fn succeeds(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The standard error of a command that must exit with `code`.
#[track_caller]
pub fn fails(output: &Output, code: i32) -> String {
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{printed}");
    assert_eq!(printed, "", "errors belong on standard error");
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The files below a folder by path, with their modification time and contents.
pub fn files(root: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let files = twilio_test_support::files(root).into_iter();
    files
        .map(|(name, text)| {
            let changed = fs::metadata(root.join(&name)).and_then(|it| it.modified());
            let changed = changed.expect("the time of the last change");
            (name, (changed, text))
        })
        .collect()
}
