//! Checks properties for specs with faults that bytes choose ([`choices`]).
//!
//! Shared by the fuzz targets beside it and by a test that runs some of their inputs.

#![allow(dead_code, reason = "each target runs one of the functions")]

mod choices;

use std::collections::BTreeSet;

use serde_json::Value;
use twilio_codegen::api::Api;
use twilio_codegen::diff;
use twilio_codegen::report::{Colour, Format, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package};

use self::choices::{Choices, MAX_CHANGES, RARELY, add_aliases};

fn source(document: &Value) -> SourceFile {
    file("twilio_demo_v1.json", document)
}

fn file(path: &str, value: &Value) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: value.to_string(),
    }
}

/// Generates a crate from bytes. Returns whether there is one.
///
/// # Panics
///
/// Panics unless the result is a report or valid Rust files inside of their folder.
pub fn generate(bytes: &[u8]) -> bool {
    let mut choices = Choices(bytes);
    let mut document = choices.seed();
    choices.changes(&mut document, MAX_CHANGES);
    let mut source = source(&document);
    if choices.below(RARELY) == 1 {
        add_aliases(&mut source);
    }
    written(&[source]).is_some()
}

/// Generates a crate from a spec and an overlay that bytes choose. Returns whether there is one.
///
/// # Panics
///
/// Panics where [`generate`] does, and if the crate differs from that of the overlaid spec.
pub fn overlay(bytes: &[u8]) -> bool {
    let mut choices = Choices(bytes);
    let (mut document, mut overlay) = choices.spec_and_overlay();
    choices.changes(&mut document, 2);
    choices.changes(&mut overlay, 2);
    let spec = source(&document);
    let overlay = file("twilio_demo_v1.overlay.json", &overlay);
    let Some(files) = written(&[spec.clone(), overlay.clone()]) else {
        return false;
    };
    match twilio_codegen::overlaid(&spec, &overlay) {
        Ok(result) => {
            let overlaid = written(&[source(&result)]).map(without_headers);
            assert!(overlaid == Some(without_headers(files)), "{result}");
        }
        Err(report) => panic!("generated, but not overlaid: {report}"),
    }
    true
}

/// Removes the first line of each file, which names the spec files.
fn without_headers(mut files: Vec<GeneratedFile>) -> Vec<GeneratedFile> {
    for GeneratedFile { text, .. } in &mut files {
        let (_, rest) = text.split_once('\n').unwrap_or_default();
        *text = rest.to_owned();
    }
    files
}

/// Generates a crate; `None` if there are faults.
///
/// # Panics
///
/// Panics unless the result is a report or valid Rust files inside of their folder.
fn written(sources: &[SourceFile]) -> Option<Vec<GeneratedFile>> {
    let (apis, report) = twilio_codegen::read(sources);
    let text = report.to_text(Colour::Plain);
    let is_hostile = |it: char| it.is_control() && it != '\n';
    assert!(!text.contains(is_hostile), "{text:?}");
    if report.has_errors() {
        return None;
    }
    let package = Package::named("demo");
    let files = twilio_codegen::write(&apis, &package);
    let mut paths = BTreeSet::new();
    for GeneratedFile { path, text } in &files {
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "._/".contains(it);
        let is_name = |it: &str| !it.is_empty() && it.len() < 256 && !it.starts_with('.');
        let is_inside = path.chars().all(is_plain) && path.split('/').all(is_name);
        assert!(is_inside, "a file is called {path:?}");
        assert!(paths.insert(path.to_lowercase()), "{path} is there twice");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
    Some(files)
}

/// Compares two specs that bytes choose. Returns whether both could be read.
///
/// # Panics
///
/// Panics if a spec differs from itself, or if two specs differ in one direction only.
pub fn compare(bytes: &[u8]) -> bool {
    let mut choices = Choices(bytes);
    let mut document = choices.seed();
    choices.changes(&mut document, 2);
    let old = source(&document);
    choices.changes(&mut document, 3);
    let new = source(&document);
    let model = |source: &SourceFile| twilio_codegen::models(std::slice::from_ref(source)).ok();
    let (Some(old_model), Some(new_model)) = (model(&old), model(&new)) else {
        return false;
    };
    assert_same(&old_model);
    assert_same(&new_model);
    let there = diff::diff(&old_model, &new_model);
    let back = diff::diff(&new_model, &old_model);
    assert_eq!(
        there.changes.is_empty(),
        back.changes.is_empty(),
        "{there:#?}\n{back:#?}"
    );
    let report = diff::report(&there, &old_model, &new_model);
    report.render(
        Format::Text,
        Style {
            colour: Colour::Plain,
            docs: true,
        },
    );
    true
}

fn assert_same(model: &[Api]) {
    let comparison = diff::diff(model, model);
    assert!(
        comparison.changes.is_empty() && comparison.prose.is_empty(),
        "{comparison:#?}"
    );
}
