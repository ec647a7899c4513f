//! Tests the formats of reports.

use super::*;
use crate::source::SourceFile;

/// A document with a fault in an operation without an operationId, one in a named operation, and
/// one elsewhere.
const FAULTS: &str = "\
openapi: 3.0.3
info: {title: Demo, version: 1.0}
servers: [{url: https://demo.example.com}]
paths:
  /v1/Sims/{Sid}:
    parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]
    get:
      operationId: FetchSim
      responses: {'200': {$ref: '#/components/responses/a%\u{202e}::error::'}}
    delete:
      responses: {'204': {description: Gone.}}
      tagz: []
";

fn report(path: &str, text: &str) -> Report {
    let source = SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    crate::read(&[source]).1
}

#[test]
fn text_shows_the_line_and_what_to_do() {
    let mut report = report("specs/demo_v1.yaml", FAULTS);
    report.findings.truncate(2);
    let text = report.to_text(Colour::Plain);
    let expected = "\
specs/demo_v1.yaml:2:30: warning[unquoted-text]: this is not text: it is read as `\"1.0\"`
  |
2 | info: {title: Demo, version: 1.0}
  |                              ^^^
  = pointer: /info/version
  = help: put the value in quotes

specs/demo_v1.yaml:9:33: error[unknown-reference]: `#/components/responses/a%\\u{202e}::error::` does not exist
  |
9 |       responses: {'200': {$ref: '#/components/responses/a%\\u{202e}::error::'}}
  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = operation: FetchSim
  = pointer: /paths/~1v1~1Sims~1{Sid}/get/responses/200/$ref
";
    assert_eq!(text, expected);
    assert_eq!(report.to_text(Colour::Ansi).matches("\u{1b}[").count(), 28);
}

#[test]
fn faults_belong_to_their_operation() {
    let operations: Vec<_> = report("demo_v1.yaml", FAULTS)
        .iter()
        .map(|it| it.operation.clone())
        .collect();
    let expected = [None, Some("FetchSim"), Some("DELETE /v1/Sims/{Sid}")];
    assert_eq!(operations, expected.map(|it| it.map(str::to_owned)));
}

#[test]
fn json_has_every_part() {
    let report = report("demo_v1.yaml", FAULTS);
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(
        (&json["format"], &json["errors"], &json["warnings"]),
        (&2.into(), &2.into(), &1.into())
    );
    assert_eq!(
        json["diagnostics"][0],
        serde_json::json!({
            "id": "unquoted-text",
            "severity": "warning",
            "message": "this is not text: it is read as `\"1.0\"`",
            "help": "put the value in quotes",
            "location": {
                "file": "demo_v1.yaml",
                "line": 2,
                "column": 30,
                "end_line": 2,
                "end_column": 33,
                "pointer": "/info/version",
                "changed_at": [],
            },
            "operation": null,
            "excerpt": {"line": 2, "text": "info: {title: Demo, version: 1.0}", "indent": 29, "width": 3},
        })
    );
    let nothing: serde_json::Value = serde_json::from_str(&Report::default().to_json()).unwrap();
    assert_eq!(nothing["diagnostics"], serde_json::json!([]));
}

#[test]
fn github_commands_cannot_be_forged() {
    let commands = report("specs/a,b:c%_demo_v1.yaml", FAULTS).to_github();
    let lines: Vec<&str> = commands.lines().collect();
    assert_eq!(lines.len(), 3, "{commands}");
    assert_eq!(
        lines[1],
        "::error file=specs/a%2Cb%3Ac%25_demo_v1.yaml,line=9,endLine=9,col=33,endColumn=70,title=unknown-reference::\
         `#/components/responses/a%25\\u{202e}::error::` does not exist%0Aoperation: FetchSim"
    );
}

/// A valid document with an unknown format.
const NOTE: &str = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths: {/v1/Sims: {get: {operationId: ListSim, responses: {'204': {description: None.}}}}}
components: {schemas: {span: {type: string, format: interval}}}
";

#[test]
fn notes_are_reported_but_are_not_faults() {
    let report = report("demo_v1.yaml", NOTE);
    assert!(!report.has_errors());
    assert_eq!(Severity::ALL.map(|it| report.count(it)), [0, 0, 1]);
    let sentence = "`interval` is not a known format of a string: only the type is used";
    let place = "demo_v1.yaml:5:53";
    let text = report.to_text(Colour::Plain);
    let first = format!("{place}: note[unknown-format]: {sentence}\n");
    assert!(text.starts_with(&first), "{text}");
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    let counts = ["errors", "warnings", "notes"].map(|it| json[it].clone());
    assert_eq!(counts, [0, 0, 1].map(serde_json::Value::from));
    assert_eq!(json["diagnostics"][0]["severity"], "note");
    assert_eq!(
        report.to_github(),
        format!(
            "::notice file=demo_v1.yaml,line=5,endLine=5,col=53,endColumn=61,title=unknown-format::{sentence}\n"
        )
    );
}

#[test]
fn faults_of_whole_files_have_no_line() {
    let report = report("v1.yaml", FAULTS);
    assert_eq!(
        report.to_text(Colour::Plain),
        "v1.yaml:1:1: error[unnamed-product]: the file name must contain a product\n  \
         = help: name the file `<product>.yaml` or `<product>_v<N>.yaml`\n"
    );
}

#[test]
fn help_suggests_similar_names() {
    let text = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com/our api'}]
paths:
  /v1/Sims/{Sid}:
    get:
      operationId: FetchSim
      parameters:
      - {$ref: '#/components/parameters/SimSd'}
      - {name: authorization, in: header, schema: {type: string}}
      responses: {'200': {description: Done., content: {}, schema: {}}}
components:
  parameters:
    Fleet: {name: Fleet, in: query, schema: {type: string}}
    SimSid: {name: Sid, in: path, required: true, schema: {type: string}}
  schemas:
    fleet: {type: object, properties: {unique_name: {}}, required: [uniqueName, other]}
";
    let helps: Vec<_> = report("demo_v1.yaml", text)
        .iter()
        .map(|it| it.help.clone().unwrap_or_default())
        .collect();
    assert_eq!(
        helps,
        [
            "give the URL that paths are appended to, such as `https://demo.example.com/api`",
            "did you mean `#/components/parameters/SimSid`?",
            "remove it: use `security` instead",
            "write `content: {application/json: {schema: …}}`",
            "did you mean `unique_name`?",
            "add `other` to `properties`, or take it out of `required`",
        ]
    );
}
