//! Tests every kind of bad input, and the rewrites of good input.

mod mends;
mod references;
mod texts;
mod values;

use std::fmt::Write;
use std::time::{Duration, Instant};

use openapiv3::{ReferenceOr, SchemaKind};

use super::*;
use crate::placement;
use crate::source::SourceFile;
use crate::tree;
use crate::workers::OneByOne;

/// How long a file may take: longer than any takes in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A document with one operation, complete except for its closing braces.
const DOCUMENT: &str = "\
openapi: 3.0.1
info: {title: T, version: v1}
paths:
  /a/{Id}:
    parameters:
    - {name: Id, in: path, required: true, schema: {type: string}}
    get:
      operationId: FetchA
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: {$ref: '#/components/schemas/a'}
components:
  schemas:
    a:
      type: object
      properties:
        b: {type: string, enum: [x, y]}
";

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// Reads and checks a file. Returns the document and its warnings, or all findings if there is an error.
fn load(source: &SourceFile) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let tree::Reading {
        places,
        value,
        mut faults,
    } = tree::read(source);
    let Some(value) = value else {
        return Err(faults);
    };
    let (document, _, more) = document(Tree { value, places }, &OneByOne);
    let is_sound = !faults.iter().chain(&more).any(Diagnostic::is_error);
    faults.extend(more);
    match document {
        Some(document) if is_sound => Ok((document, faults)),
        Some(_) | None => Err(faults),
    }
}

/// Returns the faults of a file as a user reads them; an empty text if there are none.
fn faults_of(source: &SourceFile) -> String {
    let begin = Instant::now();
    let report = match load(source) {
        Ok((_, faults)) | Err(faults) => placement::report(source, faults),
    };
    assert!(
        begin.elapsed() < PATIENCE,
        "{} took {:?}",
        source.path,
        begin.elapsed()
    );
    report.to_string()
}

/// Returns the faults of a YAML text without the file's name.
fn faults(text: &str) -> String {
    faults_of(&source("a.yaml", text)).replace("a.yaml:", "")
}

/// Returns the faults of [`DOCUMENT`] with `old` replaced by `new`.
#[track_caller]
fn changed(old: &str, new: &str) -> String {
    assert_eq!(
        DOCUMENT.matches(old).count(),
        1,
        "{old} is in the document once"
    );
    faults(&DOCUMENT.replace(old, new))
}

/// Returns the type `name` of a valid document.
#[track_caller]
fn schema(text: &str, name: &str) -> ReferenceOr<Schema> {
    let document = load(&source("a.yaml", text)).unwrap();
    document.0.openapi.components.unwrap().schemas[name].clone()
}

#[test]
fn valid_documents_load_from_yaml_and_json() {
    assert_eq!(faults(DOCUMENT), "");
    let value: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    assert_eq!(faults_of(&source("a.json", &value.to_string())), "");
    assert_eq!(faults_of(&source("a.yaml", &format!("{value:#}"))), "");
    assert_eq!(
        faults_of(&source("a.json", &format!("{value:#}").replace("  ", "\t"))),
        ""
    );
}

#[test]
fn all_faults_of_a_file_are_reported_in_order() {
    let text = DOCUMENT
        .replace("version: v1", "version: 1")
        .replace("type: object", "type: objekt")
        .replace("schemas/a'", "schemas/z'");
    let lines: Vec<String> = faults(&text)
        .lines()
        .map(|it| it.split_once(" ").unwrap().0.to_owned())
        .collect();
    assert_eq!(lines, ["2:27:", "14:30:", "18:13:"]);
}

#[test]
fn quotes_from_a_spec_stay_on_one_line() {
    let fault = changed(
        "$ref: '#/components/schemas/a'",
        &format!("$ref: \"#/a\\n\\e{}\"", "b".repeat(900)),
    );
    assert!(
        fault.starts_with("14:30: error[unknown-reference]: `#/a\\u{a}\\u{1b}bbb"),
        "{fault}"
    );
    assert!(
        fault.ends_with('…') && fault.lines().count() == 1,
        "{fault}"
    );
}

#[test]
fn parts_that_generate_nothing_are_not_checked() {
    let left_out = "type: object\n      xml: 1\n      externalDocs: {}\n      example: {$ref: 1}";
    assert_eq!(changed("type: object", left_out), "");
    assert_eq!(
        changed(
            "operationId: FetchA",
            "operationId: FetchA\n      callbacks: []"
        ),
        ""
    );
    assert_eq!(changed("title: T", "title: T, contact: 1, license: 2"), "");
}

#[test]
fn limits_keep_their_digits() {
    let text = format!(
        "{DOCUMENT}    n: {{type: integer, minimum: 1.0, maximum: 18446744073709551615, multipleOf: 0.5}}\n"
    );
    let ReferenceOr::Item(schema) = schema(&text, "n") else {
        panic!("a reference");
    };
    assert_eq!(keywords(&schema).typ.as_deref(), Some("integer"));
    let limits = ["minimum", "maximum", "multipleOf"];
    let limits = limits.map(|key| {
        limit(&schema.schema_data.extensions, key)
            .unwrap()
            .to_string()
    });
    assert_eq!(limits, ["1", "18446744073709551615", "0.5"]);
}

#[test]
fn specs_cannot_forge_limits() {
    let text = format!("{DOCUMENT}    n: {{type: integer, x-twilio-codegen-minimum: '5'}}\n");
    let ReferenceOr::Item(schema) = schema(&text, "n") else {
        panic!("a reference");
    };
    assert_eq!(limit(&schema.schema_data.extensions, "minimum"), None);
}

#[test]
fn counts_may_be_written_with_a_fraction() {
    let text = format!("{DOCUMENT}    n: {{type: string, minLength: 1.0, maxLength: 1e3}}\n");
    let ReferenceOr::Item(schema) = schema(&text, "n") else {
        panic!("a reference");
    };
    let keywords = keywords(&schema);
    let lengths = (keywords.min_length, keywords.max_length);
    assert_eq!(lengths, (Some(1), Some(1000)));
}

#[test]
fn text_order_is_kept() {
    let text = format!("{DOCUMENT}    z: {{}}\n    m: {{}}\n    b: {{}}\n");
    let document = load(&source("a.yaml", &text)).unwrap();
    let schemas = document.0.openapi.components.unwrap().schemas;
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["a", "z", "m", "b"]);
}
