//! Reports for 113 documents with one fault each.
//!
//! `SPEC_CORPUS` names a folder outside this repository; its `bad-specs` come from test suites of other tools. Without
//! it, the test passes and reports that it was skipped. The expected reports are in `fixtures/bad-specs.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use twilio_codegen::Package;
use twilio_codegen::report::{Colour, Report};
use twilio_codegen::source::SourceFile;

const TABLE: &str = include_str!("fixtures/bad-specs.txt");

/// The time limit for one file.
const PATIENCE: Duration = Duration::from_secs(2);

/// The expected report for a file.
struct Row<'a> {
    /// The locations and ids of the faults.
    reported: Vec<&'a str>,
    /// Whether there may be more faults.
    is_excerpt: bool,
}

#[test]
fn every_file_has_the_expected_faults() {
    let Some(folder) = folder() else { return };
    let rows: BTreeMap<&str, Row<'_>> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect();
    let names: BTreeSet<String> = names(&folder);
    let judged: BTreeSet<String> = rows.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        judged, names,
        "the table and the folder have the same files"
    );
    let mut wrong = String::new();
    for (name, row) in &rows {
        let found = reported(&folder.join(name));
        let is_as_expected = if row.is_excerpt {
            row.reported
                .iter()
                .all(|it| found.iter().any(|found| found == it))
        } else {
            row.reported == found
        };
        if !is_as_expected {
            wrong += &format!("{name}: expected {:?}, found {found:?}\n", row.reported);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Parses a row of the table.
fn row(line: &str) -> (&str, Row<'_>) {
    let (name, expected) = line.split_once(": ").expect("a row has two columns");
    let (expected, is_excerpt) = match expected.strip_prefix("among others: ") {
        Some(some) => (some, true),
        None => (expected, false),
    };
    let reported = match expected.split_once("passes: ") {
        Some((reported, reason)) => {
            assert!(!reason.is_empty(), "{name} has no reason to pass");
            reported.trim_end_matches("; ")
        }
        None => expected,
    };
    let reported = reported.split(", ").filter(|it| !it.is_empty()).collect();
    (
        name,
        Row {
            reported,
            is_excerpt,
        },
    )
}

/// Returns the locations and ids of a file's faults, except unsupported constructs, missing operations and undescribed
/// responses, which most files have. If a crate is generated, it must be valid Rust.
fn reported(path: &Path) -> Vec<String> {
    let begin = Instant::now();
    let extension = path
        .extension()
        .and_then(|it| it.to_str())
        .expect("an extension");
    let bytes = fs::read(path).expect("a file that can be read");
    // The file's own name does not contain a product.
    let report = match SourceFile::from_bytes(format!("twilio_bad_v1.{extension}"), bytes) {
        Err(report) => report,
        Ok(source) => report_of(source),
    };
    let text = report.to_text(Colour::Plain) + &report.to_github();
    let is_hostile = |it: char| it.is_control() && it != '\n';
    assert!(!text.contains(is_hostile), "{}", path.display());
    let took = begin.elapsed();
    assert!(took < PATIENCE, "{} took {took:?}", path.display());
    report
        .iter()
        .filter(|it| !["unsupported", "nothing-to-call", "undescribed-body"].contains(&it.id()))
        .map(|it| {
            let place = it.site.location.span.start;
            format!("{}:{} {}", place.line, place.column, it.id())
        })
        .collect()
}

/// Reads a document, and generates a crate if there is no fault.
fn report_of(source: SourceFile) -> Report {
    let (apis, report) = twilio_codegen::read(&[source]);
    if !report.has_errors() {
        let package = Package::named("bad");
        let files = twilio_codegen::write(&apis, &package);
        for file in files.iter().filter(|it| it.path.ends_with(".rs")) {
            syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        }
    }
    report
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("an entry of the folder").file_name())
        .map(|name| name.into_string().expect("a name in Unicode"))
        .collect()
}

/// Returns the folder of invalid specs, if there is one.
#[expect(clippy::print_stdout, reason = "reports that a test was skipped")]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SPEC_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SPEC_CORPUS does not name a folder of invalid specs");
    }
    folder.map(|it| it.join("bad-specs"))
}
