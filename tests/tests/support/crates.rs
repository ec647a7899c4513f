//! Crates that tests write and build. They are below `target/tmp`, share one target folder, so that their dependencies
//! compile once, and use the versions of the workspace's lock file.

#![allow(dead_code, reason = "each test uses a part of this module")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use twilio_codegen::GeneratedFile;

/// The path of a test's program: the crate already has one in `src/main.rs`.
pub const PROGRAM: &str = "examples/program.rs";

/// The end of the manifest of a crate with an asynchronous program. Its dependencies compile once for all tests.
pub const MANIFEST_END: &str = "
[dependencies.tokio]
version = \"1\"
features = [\"macros\", \"rt\", \"time\"]

[dependencies.serde_json]
version = \"1\"

[workspace]

[lints.rust]
warnings = \"deny\"
";

/// Returns the folder of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the folder of the workspace")
}

/// Returns the path of the runtime, for a manifest.
pub fn runtime() -> String {
    workspace().join("runtime").display().to_string()
}

/// Replaces the sources of the crate `name`, and returns its folder. `manifest_end` is appended to its manifest.
pub fn write_crate(name: &str, files: &[GeneratedFile], manifest_end: &str) -> PathBuf {
    let folder = empty_crate(name);
    for GeneratedFile { path, text } in files {
        let end = if path == "Cargo.toml" {
            manifest_end
        } else {
            ""
        };
        write(&folder.join(path), &format!("{text}{end}"));
    }
    folder
}

/// Returns the folder of the crate `name`, without sources but with a lock file.
pub fn empty_crate(name: &str) -> PathBuf {
    let folder = scratch().join(name);
    let _ = fs::remove_dir_all(folder.join("src"));
    fs::create_dir_all(&folder).expect("a folder that can be made");
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    folder
}

pub fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a file in a folder");
    fs::create_dir_all(folder).expect("a folder that can be made");
    fs::write(path, text).expect("a file that can be written");
}

/// Returns a cargo command in the folder of a crate.
pub fn cargo(folder: &Path, command: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([command, "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", scratch().join("target"))
        // Nobody debugs these programs, and debug information takes a fifth of the time of a build.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo
}

/// Runs the program of a crate with only these features, and returns its output.
pub fn run(folder: &Path, features: &str) -> String {
    let output = cargo(folder, "run")
        .args(["--example", "program"])
        .args(["--no-default-features", "--features", features])
        .output()
        .expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "with {features}:\n{errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")
}
