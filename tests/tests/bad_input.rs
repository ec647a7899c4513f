//! What a user reads when a spec is bad: each kind of fault with the file, the line and the column, all of them at
//! once, and never a panic or a long wait.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use twilio_codegen::Package;
use twilio_codegen::diagnostic::Report;
use twilio_codegen::source::SourceFile;

/// How long a bad file may take, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The head of a document; what follows are the paths.
const HEAD: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
";

#[test]
fn empty_files() {
    assert_snapshot!(report(""), @"");
    assert_snapshot!(report("\n\n"), @"");
    assert_snapshot!(report("# Only\n# comments\n"), @"");
    assert_snapshot!(report("---\n"), @"");
}

#[test]
fn files_that_are_no_text() {
    let utf_16: Vec<u8> = "\u{feff}openapi: 3.0.1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_snapshot!(report_of_bytes("demo_v1.yaml", utf_16), @"");
    assert_snapshot!(report_of_bytes("demo_v1.yaml", b"\xEF\xBB\xBFopenapi: 3.0.1\n".to_vec()), @"");
    assert_snapshot!(report_of_bytes("demo_v1.yaml", b"openapi: 3.0.1\ninfo: \xFF\n".to_vec()), @"");
    assert_snapshot!(report_of_bytes("demo_v1.yaml", b"\x7FELF\x02\x01\x01\x00\x00\x00\xFE\xED\xFA\xCE".to_vec()), @"");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: a\0b\n"), @"");
}

#[test]
fn text_that_is_not_yaml() {
    assert_snapshot!(report("openapi: 3.0.1\ninfo: {title: Demo\n"), @"");
    assert_snapshot!(report("openapi: 3.0.1\n\tinfo: x\n"), @"");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: 'Demo\n"), @"");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: *nothing\n"), @"");
    assert_snapshot!(report("openapi: 3.0.1\npaths: {}\npaths: {}\n"), @"");
    assert_snapshot!(report("openapi: 3.0.1\n---\nopenapi: 3.0.1\n"), @"");
}

#[test]
fn text_that_is_not_json() {
    assert_snapshot!(report_of("demo_v1.json", "{\"openapi\": \"3.0.1\",}"), @"");
    assert_snapshot!(report_of("demo_v1.json", "{\"openapi\": \"3.0.1\",\n \"openapi\": \"3.0.1\"}"), @"");
    assert_snapshot!(report_of("demo_v1.json", "openapi: 3.0.1"), @"");
}

#[test]
fn documents_that_are_not_openapi() {
    assert_snapshot!(report("Dear reader,\nthis is prose.\n"), @"");
    assert_snapshot!(report("- openapi\n- 3.0.1\n"), @"");
    assert_snapshot!(report("name: CI\non: push\njobs: {}\n"), @"");
    assert_snapshot!(report("swagger: '2.0'\ninfo: {}\npaths: {}\n"), @"");
    assert_snapshot!(report("openapi: 3.1.0\ninfo: {title: Demo, version: '1'}\n"), @"");
    assert_snapshot!(report("openapi: 3.0\ninfo: {title: Demo, version: '1'}\npaths: {}\n"), @"");
    assert_snapshot!(report("openapi: [3, 0]\n"), @"");
}

#[test]
fn references_that_lead_nowhere() {
    assert_snapshot!(schema("$ref: '#/components/schemas/other'"), @"");
    assert_snapshot!(schema("$ref: 'https://example.com/schemas.yaml#/sim'"), @"");
    assert_snapshot!(schema("$ref: other.yaml"), @"");
    assert_snapshot!(schema("$ref: '#/components/schemas/sim'"), @"");
    assert_snapshot!(schema("$ref: '#/info'"), @"");
}

#[test]
fn schemas_that_say_nothing_sound() {
    assert_snapshot!(schema("type: strin"), @"");
    assert_snapshot!(schema("type: [string, 'null']"), @"");
    assert_snapshot!(schema("propertys: {}"), @"");
    assert_snapshot!(schema("type: object\n      required: [a, a]"), @"");
    assert_snapshot!(schema("type: string\n      enum: []"), @"");
}

#[test]
fn operations_that_contradict_each_other() {
    let operation = "      operationId: FetchSim\n      responses: {'204': {description: Done.}}\n";
    let twice = format!("{HEAD}  /v1/Sims:\n    get:\n{operation}    delete:\n{operation}");
    assert_snapshot!(report(&twice), @"");
    assert_snapshot!(get("/v1/Sims", "[{name: A, in: query, schema: {}}, {name: A, in: query, schema: {}}]"), @"");
    assert_snapshot!(get("/v1/Sims/{Sid}", "[]"), @"");
    assert_snapshot!(get("/v1/Sims/{Sid}", "[{name: sid, in: path, required: true, schema: {}}]"), @"");
    assert_snapshot!(get("/v1/Sims", "[{name: Sid, in: path, required: true, schema: {}}]"), @"");
    assert_snapshot!(get("/v1/Sims/{Sid", "[]"), @"");
    assert_snapshot!(get("v1/Sims", "[]"), @"");
}

#[test]
fn documents_that_are_too_deep() {
    const DEPTH: usize = 20_000;
    let flow = format!(
        "openapi: 3.0.1\nx-deep: {}{}\n",
        "[".repeat(DEPTH),
        "]".repeat(DEPTH)
    );
    assert_snapshot!(report(&flow), @"");
    let json = format!(
        "{{\"openapi\": \"3.0.1\", \"x-deep\": {}{}}}",
        "{\"a\":".repeat(DEPTH),
        "}".repeat(DEPTH)
    );
    assert_snapshot!(report_of("demo_v1.json", &json), @"");
    assert_snapshot!(report_of("demo_v1.json", &"[".repeat(DEPTH)), @"");
    let mut block = "openapi: 3.0.1\nx-deep:\n".to_owned();
    for depth in 1..2_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    assert_snapshot!(report(&block), @"");
    let list = format!("openapi: 3.0.1\nx-deep:\n  {}a\n", "- ".repeat(DEPTH));
    assert_snapshot!(report(&list), @"");
}

#[test]
fn aliases_that_explode() {
    let mut text = "openapi: 3.0.1\nx-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        let _ = writeln!(text, "x-{level}: &a{level} [{before}]");
    }
    assert_snapshot!(report(&text), @"");
}

#[test]
fn file_names_that_tell_no_product() {
    let sound = "openapi: 3.0.1\ninfo: {title: Demo, version: '1'}\npaths: {}\n";
    assert_snapshot!(report_of("specs/petstore.yaml", sound), @"");
    assert_snapshot!(report_of("specs/v1.yaml", sound), @"");
    let twice = ["specs/twilio_demo_v1.json", "specs/twilio_demo_v1.yaml"];
    let sources = twice.map(|path| SourceFile {
        path: path.to_owned(),
        text: sound.to_owned(),
    });
    assert_snapshot!(generated(&sources), @"");
}

#[test]
fn every_fault_of_every_file_is_reported() {
    let first = format!(
        "{HEAD}  /v1/Sims/{{Sid}}:
    get:
      operationId: FetchSim
      sumary: Fetches a SIM.
      responses:
        '200':
          description: A SIM.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/sim'}}
        2000: {{description: Much.}}
components:
  schemas:
    fleet: {{type: objekt}}
"
    );
    let second = format!(
        "{HEAD}  /v1/A:\n    get: {{operationId: A, responses: {{}}, parameters: [{{name: a, in: cookie, schema: {{}}}}]}}\n"
    );
    let sources = [
        ("specs/twilio_a_v1.yaml", first),
        ("specs/twilio_b_v1.yaml", second),
        ("specs/c.yaml", String::new()),
    ];
    let sources = sources.map(|(path, text)| SourceFile {
        path: path.to_owned(),
        text,
    });
    assert_snapshot!(generated(&sources), @"");
}

#[test]
fn what_a_spec_says_cannot_fill_a_screen() {
    let text = format!(
        "openapi: 3.0.1\ninfo: {{title: Demo, version: '1'}}\npaths: {{}}\n{}: 1\n",
        "long\u{202e}".repeat(1_000)
    );
    let report = report(&text);
    assert!(
        report.lines().count() == 1 && report.chars().count() < 400,
        "{report}"
    );
}

/// What is wrong with a document of one schema, `sim`, with these fields.
fn schema(fields: &str) -> String {
    report(&format!(
        "{HEAD}  {{}}\ncomponents:\n  schemas:\n    sim:\n      {fields}\n"
    ))
}

/// What is wrong with a document of one operation with these parameters.
fn get(path: &str, parameters: &str) -> String {
    report(&format!(
        "{HEAD}  {path}:\n    get:\n      operationId: FetchSim\n      responses: {{'204': {{description: Done.}}}}\n      parameters: {parameters}\n"
    ))
}

/// What is wrong with a YAML text.
fn report(text: &str) -> String {
    report_of("demo_v1.yaml", text)
}

/// What is wrong with a file.
fn report_of(path: &str, text: &str) -> String {
    report_of_bytes(path, text.as_bytes().to_vec())
}

/// What is wrong with the bytes of a file.
fn report_of_bytes(path: &str, bytes: Vec<u8>) -> String {
    match SourceFile::from_bytes(path, bytes) {
        Ok(source) => generated(&[source]),
        Err(report) => checked(&report),
    }
}

/// What keeps the generator from making a crate of `sources`, which something must.
fn generated(sources: &[SourceFile]) -> String {
    let package = Package {
        name: "demo".to_owned(),
        version: "0.1.0".to_owned(),
        rust_version: "1.95".to_owned(),
        runtime: "../runtime".to_owned(),
    };
    let start = Instant::now();
    let outcome = twilio_codegen::generate(sources, &package);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    checked(&outcome.expect_err("the input is bad"))
}

/// A report as a user reads it: one line for each fault, with its place.
fn checked(report: &Report) -> String {
    let text = report.to_string();
    assert_eq!(text.lines().count(), report.len(), "{text}");
    for line in text.lines() {
        let mut parts = line.splitn(4, ':');
        let is_number = |part: Option<&str>| {
            part.is_some_and(|part| part.parse::<usize>().is_ok_and(|number| number > 0))
        };
        assert!(
            parts
                .next()
                .is_some_and(|path| path.ends_with(".yaml") || path.ends_with(".json")),
            "{line}"
        );
        assert!(is_number(parts.next()) && is_number(parts.next()), "{line}");
        assert!(
            parts
                .next()
                .is_some_and(|rest| rest.starts_with(" error: ")),
            "{line}"
        );
    }
    text
}
