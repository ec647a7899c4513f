//! Tests that every explanation is true: its example has the fault, and its fix does not.

use std::collections::BTreeSet;

use super::*;
use crate::report::{Example, Finding};
use crate::source::SourceFile;

/// The parts that every document has, by key.
const PARTS: [(&str, &str); 4] = [
    ("openapi:", "openapi: 3.0.3\n"),
    ("info:", "info: {title: Demo, version: '1'}\n"),
    ("servers:", "servers: [{url: https://demo.example.com}]\n"),
    (
        "paths:",
        "paths:\n  /v1/Demos:\n    get: {operationId: ListDemo, responses: {'204': {description: Done.}}}\n",
    ),
];

/// The parts that every overlay has.
const OVERLAY: [(&str, &str); 3] = [
    ("overlay:", "overlay: 1.0.0\n"),
    ("info:", "info: {title: Demo, version: '1'}\n"),
    (
        "actions:",
        "actions: [{target: $.info, update: {description: A demonstration.}}]\n",
    ),
];

/// Returns the ids of the faults of an example.
fn ids(example: &str) -> BTreeSet<&'static str> {
    let mut text = String::new();
    for (key, part) in PARTS {
        if !example.lines().any(|line| line.starts_with(key)) {
            text.push_str(part);
        }
    }
    let file = |path: &str, text: String| SourceFile {
        path: path.to_owned(),
        text,
    };
    let is_overlay = ["overlay:", "actions:"]
        .iter()
        .any(|it| example.starts_with(it));
    let sources = if is_overlay {
        let parts = OVERLAY.iter().filter(|(key, _)| !example.contains(key));
        let overlay = parts.map(|(_, part)| *part).collect::<String>() + example;
        vec![
            file("twilio_demo_v1.yaml", text),
            file("twilio_demo_v1.overlay.yaml", overlay),
        ]
    } else {
        vec![file("twilio_demo_v1.yaml", text + example)]
    };
    let (_, report) = crate::read(&sources);
    report.iter().map(Finding::id).collect()
}

#[test]
fn examples_have_exactly_their_fault() {
    for explanation in explanations() {
        if let Some(Example { fault, fix }) = &explanation.example {
            assert_eq!(ids(fault), BTreeSet::from([explanation.id]), "{fault}");
            assert_eq!(ids(fix), BTreeSet::new(), "{}: {fix}", explanation.id);
        }
    }
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    for Explanation { id, .. } in explanations() {
        assert!(seen.insert(id), "{id} stands for two problems");
        let is_kebab = id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
        });
        assert!(is_kebab, "{id}");
        assert_eq!(explanation(id).map(|it| it.id), Some(*id));
    }
    assert_eq!(explanation("no-such-problem"), None);
}

/// Only faults of whole files, of long chains of schemas, and of files that are not specs have no example.
#[test]
fn nearly_all_faults_have_an_example() {
    let without: Vec<&str> = explanations()
        .filter(|it| it.example.is_none())
        .map(|it| it.id)
        .collect();
    assert_eq!(
        without,
        [
            "empty-file",
            "not-utf8",
            "nul",
            "too-deep",
            "too-many-aliases",
            "too-large",
            "refused",
            "not-openapi",
            "not-overlay",
            "unreadable-file",
            "overlay-without-spec",
            "duplicate-overlay",
            "overlay-limit",
            "operation-left-out",
            "too-many-subclasses",
            "too-many-levels",
            "unnamed-product",
            "unknown-selection",
            "unused-pages",
            "several-vendors",
            "duplicate-product",
            "guide-without-chapter",
            "empty-heading",
            "duplicate-heading",
            "empty-chapter",
            "unclosed-code-block",
            "control-character",
            "invalid-record",
            "unsupported-record",
            "record-without-release",
            "unordered-releases",
        ]
    );
}

#[test]
fn lines_fit_a_terminal() {
    for explanation in explanations() {
        let text = explanation.to_string();
        let prose = text.lines().filter(|line| !line.starts_with("    "));
        for line in prose {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
