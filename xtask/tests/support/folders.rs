//! Scratch folders of specs and a crate below `target`, and the output of `xtask gen` for them.

#![allow(dead_code, reason = "each test uses a part of this module")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

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
pub struct Folders {
    pub root: PathBuf,
}

impl Folders {
    /// Empty folders for `test`, with [`SPEC`] as the only spec.
    pub fn new(test: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        if root.exists() {
            fs::remove_dir_all(&root).expect("a folder that can be removed");
        }
        let folders = Self { root };
        fs::create_dir_all(folders.specs()).expect("a folder that can be made");
        folders.spec("twilio_demo_v1.yaml", SPEC);
        folders
    }

    pub fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    pub fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    pub fn spec(&self, name: &str, text: &str) {
        fs::write(self.specs().join(name), text).expect("a file that can be written");
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
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("a path below the folder")
                    .to_str()
                    .expect("a path in Unicode")
                    .replace('\\', "/");
                let changed = fs::metadata(&path)
                    .and_then(|it| it.modified())
                    .expect("the time of the last change");
                found.insert(
                    name,
                    (changed, fs::read(&path).expect("a file that can be read")),
                );
            }
        }
    }
    found
}
