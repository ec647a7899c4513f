//! Every spec has wire tests, which themselves check that they cover every operation and parameter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

#[test]
fn every_spec_has_wire_tests() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = files(&tests.join("tests"), &["rs"]);
    let lacking: Vec<_> = files(&tests.join("../specs"), &["yaml", "yml", "json"])
        .into_iter()
        .map(|(stem, _)| stem)
        .filter(|stem| !stem.ends_with(".overlay") && stem != "releases")
        .filter(|stem| {
            let covered = format!("operations!({stem:?}:");
            !texts.iter().any(|(_, text)| text.contains(&covered))
        })
        .collect();
    assert!(
        lacking.is_empty(),
        "no wire tests for {lacking:?}: see tests/wire_supersim.rs"
    );
}

/// Returns the stems and the contents of the files with these extensions.
fn files(folder: &Path, extensions: &[&str]) -> Vec<(String, String)> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let wanted = paths.filter(|path| {
        let extension = path.extension().and_then(OsStr::to_str);
        extension.is_some_and(|it| extensions.contains(&it))
    });
    wanted
        .map(|path| {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (stem, fs::read_to_string(&path).unwrap())
        })
        .collect()
}
