//! Every kind of bad input, and what is rewritten in good input.

use std::fmt::Write;
use std::time::{Duration, Instant};

use openapiv3::{ReferenceOr, SchemaKind};

use super::*;
use crate::placement;
use crate::source::SourceFile;
use crate::tree;
use crate::workers::OneByOne;

/// How long a file may take: longer than any does in a debug build on a busy machine, and shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// A document with one operation, complete but for its braces.
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

/// Reads and checks a file. Returns the document and the warnings about it, or everything that is said if there is an
/// error.
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

/// Returns the type `name` of a sound text.
#[track_caller]
fn schema(text: &str, name: &str) -> ReferenceOr<openapiv3::Schema> {
    let document = load(&source("a.yaml", text)).unwrap();
    document.0.openapi.components.unwrap().schemas[name].clone()
}

#[test]
fn a_sound_document_loads_from_yaml_and_json() {
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
fn bytes_that_are_no_text_are_refused() {
    let fault = |bytes: &[u8]| {
        SourceFile::from_bytes("a.yaml", bytes.to_vec())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        fault(b""),
        "a.yaml:1:1: error[empty-file]: the file is empty"
    );
    assert_eq!(
        fault(
            "a: é\nbß: "
                .as_bytes()
                .iter()
                .chain(b"\xFF")
                .copied()
                .collect::<Vec<_>>()
                .as_slice()
        ),
        "a.yaml:2:5: error[not-utf8]: the file is not UTF-8 text: byte 12 is 0xFF"
    );
    assert_eq!(
        fault(b"\x89PNG\r\n\x1A\n\0"),
        "a.yaml:1:1: error[not-utf8]: the file is not UTF-8 text: byte 1 is 0x89"
    );
    assert_eq!(
        fault(b"\xFF\xFEa\0"),
        "a.yaml:1:1: error[not-utf8]: the file is not UTF-8 text: it is UTF-16"
    );
    assert_eq!(
        fault(b"a: b\nc\0"),
        "a.yaml:2:2: error[nul]: the file holds a NUL character: it is not a text file"
    );
    assert_eq!(
        fault(b"\xEF\xBB\xBFa: b"),
        "a.yaml:1:1: error[byte-order-mark]: the file begins with a byte order mark"
    );
    assert_eq!(
        SourceFile::from_bytes("a.yaml", b"a: b".to_vec()).map(|it| it.text),
        Ok("a: b".to_owned())
    );
}

#[test]
fn texts_without_values_are_empty() {
    for text in [" \n\n", "# only\n# comments\n", "---\n", "\t"] {
        assert_eq!(
            faults(text),
            "1:1: error[empty-file]: the file is empty",
            "{text:?}"
        );
    }
    assert_eq!(
        faults_of(&source("a.json", "\n")),
        "a.json:1:1: error[empty-file]: the file is empty"
    );
}

#[test]
fn syntax_errors_have_their_place() {
    assert_eq!(
        faults("a: b: c\n"),
        "1:5: error[syntax]: not valid YAML: mapping values are not allowed in this context"
    );
    assert_eq!(
        faults("a:\n\tb: c\n"),
        "2:1: error[syntax]: not valid YAML: found character that cannot start any token, \
         while scanning for the next token"
    );
    assert_eq!(
        faults("a: !thing b\n"),
        "1:4: error[syntax]: not valid YAML: a: tags (`!name`) are not supported"
    );
    assert_eq!(
        faults_of(&source("a.json", "{\"é\": 1,\n \"é\": x}")),
        "a.json:2:7: error[syntax]: not valid JSON: expected value"
    );
    assert!(faults("a: 1\n---\nb: 2\n").contains("more than one document"));
    assert!(faults("a: *b\n").starts_with("1:4: error[syntax]: not valid YAML: unknown anchor"));
}

#[test]
fn duplicate_keys_are_reported_once_at_the_second() {
    let text = format!("{DOCUMENT}    c: {{}}\n    c: {{}}\n    c: {{}}\ninfo: {{}}\n");
    assert_eq!(
        faults(&text),
        "22:5: error[duplicate-key]: the key `c` is here for the second time\n\
         24:1: error[duplicate-key]: the key `info` is here for the second time"
    );
    assert_eq!(
        faults_of(&source("a.json", "{\"openapi\": 1,\n\"openapi\": 2}")),
        "a.json:1:13: error[unsupported-version]: OpenAPI 1 is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are\n\
         a.json:2:1: error[duplicate-key]: the key `openapi` is here for the second time"
    );
}

#[test]
fn numbers_are_finite() {
    assert_eq!(
        changed("{type: string, enum", "{type: string, default: .inf, enum"),
        "20:36: error[not-finite]: infinity, not-a-number and numbers beyond 1.8e308 have no place in a spec"
    );
}

#[test]
fn nesting_is_limited() {
    let deep = 20_000;
    let texts = [
        ("a.yaml", "[".repeat(deep)),
        (
            "a.yaml",
            format!("a: {}{}", "[".repeat(deep), "]".repeat(deep)),
        ),
        (
            "a.yaml",
            format!("{}b{}", "{a: ".repeat(deep), "}".repeat(deep)),
        ),
        (
            "a.yaml",
            format!("{}b{}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        (
            "a.json",
            format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        ("a.json", "[".repeat(deep)),
        ("a.yaml", format!("{}a", "- ".repeat(deep))),
        (
            "a.yaml",
            (0..1_000).fold(String::new(), |text, it| text + &" ".repeat(it) + "a:\n"),
        ),
    ];
    for (path, text) in texts {
        let fault = faults_of(&source(path, &text));
        assert!(
            fault.ends_with("values are nested more than 32 levels deep"),
            "{fault}"
        );
    }
    let pairs = "? ".repeat(deep);
    assert!(faults(&pairs).contains("expected a key that is text"));
}

#[test]
fn the_deepest_schema_is_typed_without_overflow() {
    for (open, close) in [
        ("{additionalProperties: ", "}"),
        ("{items: ", ", type: array}"),
    ] {
        let schema = format!("{}{{}}{}", open.repeat(29), close.repeat(29));
        assert_eq!(
            changed(
                "{type: string, enum: [x, y]}\n",
                &format!("{{}}\n    c: {schema}\n")
            ),
            ""
        );
    }
}

#[test]
fn aliases_cannot_explode() {
    let mut lists = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut maps = "a: &a {x: y}\n".to_owned();
    for (before, name) in "abcdefghijkl".chars().zip("bcdefghijklm".chars()) {
        let alias = format!("*{before}, ");
        writeln!(lists, "{name}: &{name} [{}]", alias.repeat(9)).unwrap();
        writeln!(
            maps,
            "{name}: &{name} {{p: *{before}, q: *{before}, r: *{before}, s: *{before}}}"
        )
        .unwrap();
    }
    let wide = format!(
        "a: &a [{}]\nb: [{}]\n",
        "x, ".repeat(20_000),
        "*a, ".repeat(20_000)
    );
    for text in [lists, maps, wide] {
        assert_eq!(
            faults(&text),
            "1:1: error[too-many-aliases]: aliases (`*name`) make the document many times larger than its text"
        );
    }
    assert_eq!(
        faults("a: &a [*a]\n"),
        "1:4: error[too-deep]: values are nested more than 32 levels deep"
    );
}

#[test]
fn other_documents_are_named() {
    let none =
        "1:1: error[not-openapi]: this is not an OpenAPI document: it has no `openapi: 3.x.y`";
    for text in [
        "just text\n",
        "[1, 2]\n",
        "a: b\n",
        "7\n",
        "{}\n",
        "'openapi'\n",
    ] {
        assert_eq!(faults(text), none, "{text}");
    }
    for (text, what) in [
        (
            "openapi: 4.0.0\n",
            "1:10: error[unsupported-version]: OpenAPI 4.0.0",
        ),
        (
            "openapi: 3.1\npaths: 1\n",
            "1:10: error[unsupported-version]: OpenAPI 3.1",
        ),
        (
            "openapi: 3.0\n",
            "1:10: error[unsupported-version]: OpenAPI 3.0",
        ),
        (
            "swagger: '2.0'\ninfo: {}\n",
            "1:10: error[unsupported-version]: Swagger 2.0",
        ),
        (
            "swagger: 2.0\n",
            "1:10: error[unsupported-version]: Swagger 2.0",
        ),
    ] {
        assert_eq!(
            faults(text),
            format!("{what} is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are")
        );
    }
    assert_eq!(
        faults("openapi: 3.0.0\n"),
        "1:1: error[missing-field]: an OpenAPI document must have `info`\n\
         1:1: error[missing-field]: an OpenAPI document must have `paths`"
    );
}

#[test]
fn fields_have_their_kinds() {
    assert_eq!(
        changed("version: v1", "version: 1.0"),
        "2:27: error[wrong-kind]: expected text, found a number"
    );
    assert_eq!(
        changed("required: true", "required: yes"),
        "6:38: error[wrong-kind]: expected `true` or `false`, found text"
    );
    assert_eq!(
        changed("[x, y]", "x"),
        "20:33: error[wrong-kind]: expected a list, found text"
    );
    assert_eq!(
        changed("{type: string, enum: [x, y]}", ""),
        "20:9: error[wrong-kind]: expected an object, found nothing"
    );
    assert_eq!(
        changed("type: object", "type: [object]"),
        "18:7: warning[newer-keyword]: `type` is said as in OpenAPI 3.1, and means here what it does there"
    );
    assert_eq!(
        changed("type: object", "minProperties: -1"),
        "18:22: warning[unusable-limit]: `minProperties` cannot be this number: it is taken to be missing"
    );
    for unusable in [
        "maxLength: 1.5",
        "maxItems: 18446744073709551616",
        "maxLength: 1e400",
        "maximum: 1e400",
    ] {
        let told = changed("type: object", unusable);
        assert!(
            told.contains("warning[unusable-limit]") && !told.contains("error"),
            "{told}"
        );
    }
    assert_eq!(
        changed("type: object", "minProperties: x"),
        "18:22: error[wrong-kind]: expected a whole number from 0 to 18446744073709551615, found text"
    );
    assert_eq!(
        changed("description: OK", "description:"),
        "11:11: error[wrong-kind]: expected text, found nothing"
    );
    assert_eq!(
        changed("type: object", "description:"),
        "18:7: warning[empty-field]: `description` has no value: it is taken to be missing"
    );
}

#[test]
fn fields_are_known_and_complete() {
    assert_eq!(
        changed("operationId", "operationID"),
        "8:7: error[unknown-field]: an operation has no field `operationID` in OpenAPI 3.0"
    );
    assert_eq!(changed("      operationId: FetchA\n", ""), "");
    assert_eq!(
        changed("operationId: FetchA", "operationId: ''"),
        "8:20: error[empty]: an operationId must not be empty"
    );
    assert_eq!(
        changed("    get:\n", "    fetch:\n"),
        "7:5: error[unknown-field]: a path item has no field `fetch` in OpenAPI 3.0"
    );
    assert_eq!(
        changed("description: OK", "x-description: OK"),
        "11:11: warning[supplied-field]: a response must have `description`: one that says nothing is taken"
    );
    assert_eq!(
        changed("type: object", "const: 1"),
        "18:7: warning[newer-keyword]: `const` is said as in OpenAPI 3.1, and means here what it does there"
    );
    assert_eq!(
        changed("  schemas:", "  schema:"),
        "16:3: error[unknown-field]: `components` has no field `schema` in OpenAPI 3.0"
    );
    assert_eq!(
        changed("title: T", "title: T, summary: S"),
        "2:18: warning[ignored-field]: `info` has no field `summary` in OpenAPI 3.0: it is ignored"
    );
}

/// Returns the warnings about a sound document with this schema beside its own.
#[track_caller]
fn warnings(schema: &str) -> Vec<String> {
    let text = format!("{DOCUMENT}    c: {schema}\n");
    let source = source("a.yaml", &text);
    let (_, warnings) = load(&source).unwrap();
    let report = placement::report(&source, warnings);
    assert!(!report.has_errors(), "{report}");
    let ids = report.iter().map(|it| it.id().to_owned());
    ids.collect()
}

#[test]
fn names_that_are_required_in_vain_are_told() {
    assert_eq!(
        warnings("{properties: {d: {}}, required: [d, e]}"),
        ["unknown-required"]
    );
    assert_eq!(
        warnings("{properties: {d: {}}, additionalProperties: false, required: [e]}"),
        ["unknown-required"]
    );
    // The property may come from elsewhere.
    for schema in [
        "{required: [e]}",
        "{properties: {d: {}}, additionalProperties: true, required: [e]}",
        "{properties: {d: {}}, additionalProperties: {type: string}, required: [e]}",
        "{properties: {d: {}}, allOf: [{$ref: '#/components/schemas/a'}], required: [b]}",
        "{allOf: [{$ref: '#/components/schemas/a'}, {properties: {d: {}}, required: [b]}]}",
    ] {
        assert_eq!(warnings(schema), [""; 0], "{schema}");
    }
}

#[test]
fn enums_are_lists_of_different_values() {
    assert_eq!(
        warnings("{enum: [d, e, d, d, e], default: f}"),
        [
            "duplicate-enum-value",
            "duplicate-enum-value",
            "default-not-in-enum"
        ]
    );
    for schema in [
        "{enum: [d, e], default: e}",
        "{enum: [d, e], default: null}",
        "{enum: [1, '1', 1.5], default: 1}",
    ] {
        assert_eq!(warnings(schema), [""; 0], "{schema}");
    }
}

#[test]
fn values_are_known() {
    assert_eq!(
        changed("type: object", "type: strin"),
        "18:13: error[unknown-type]: `strin` is not a type: expected `string`, `number`, `integer`, `boolean`, `array` or `object`"
    );
    assert_eq!(
        changed("in: path", "in: body"),
        "6:22: error[unknown-value]: `in` cannot be `body`: expected `query`, `header`, `path` or `cookie`"
    );
    assert_eq!(
        changed("in: path", "in: path, style: form"),
        "6:35: error[unknown-value]: `style` cannot be `form`: expected `matrix`, `label` or `simple`"
    );
    assert_eq!(
        changed("'200'", "2000"),
        "10:9: error[invalid-status]: `2000` is not a status: expected `default`, a code such as `200`, or `2XX`"
    );
    assert_eq!(changed("'200'", "200"), "");
    assert_eq!(changed("'200'", "2xx"), "");
}

#[test]
fn schemas_can_be_met() {
    assert_eq!(
        changed("type: object", "type: array"),
        "18:7: warning[supplied-field]: a schema must have `items`: one that says nothing is taken"
    );
    assert_eq!(
        changed("[x, y]", "[]"),
        "20:33: error[empty]: an enum must not be empty"
    );
    assert_eq!(
        changed("type: object", "type: object\n      required: [b, c, b, b]"),
        "19:21: warning[unknown-required]: `required` lists `c`, but no property is called so\n19:24: error[duplicate-required]: `b` is listed twice\n19:27: error[duplicate-required]: `b` is listed twice"
    );
    assert_eq!(changed("type: object", "required: []"), "");
    assert_eq!(
        changed(
            "{type: string, enum",
            "{minLength: 3, maxLength: 2, minimum: 1.5, maximum: 1.5, enum"
        ),
        "20:24: error[empty-range]: `minLength` is greater than `maxLength`"
    );
}

#[test]
fn parameters_say_what_they_hold_in_one_way() {
    let fault = "6:7: error[not-exactly-one]: a parameter must have either `schema` or `content`";
    assert_eq!(changed(", schema: {type: string}}", "}"), fault);
    assert_eq!(
        changed("schema: {type: string}}", "schema: {}, content: {a/b: {}}}"),
        fault
    );
    assert_eq!(
        changed("schema: {type: string}}", "content: {a/b: {}}}"),
        ""
    );
}

#[test]
fn references_lead_somewhere() {
    assert_eq!(
        changed("schemas/a'", "schemas/b'"),
        "14:30: error[unknown-reference]: `#/components/schemas/b` does not exist"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "/components/schemas/a'"),
        "14:30: error[outside-reference]: `/components/schemas/a` leads to a file outside of the document's folder"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "common.yaml#/a'"),
        "14:30: error[unknown-file]: the document's folder has no file `common.yaml`"
    );
    assert_eq!(
        changed("'#/components/schemas/a'", "'#/info'"),
        "14:30: error[unsupported]: `#/info`, a reference to what is no component, is not supported"
    );
    assert_eq!(
        changed(
            "- {name: Id, in: path, required: true, schema: {type: string}}",
            "- {$ref: '#/components/schemas/a'}"
        ),
        "6:14: error[wrong-reference]: `#/components/schemas/a` is not a parameter: expected `#/components/parameters/…`"
    );
    assert_eq!(
        changed("{$ref: '#/components/schemas/a'}", "{$ref: 1}"),
        "14:30: error[wrong-kind]: expected text, found a number"
    );
    assert_eq!(changed("schemas/a'", "schemas/%61'"), "");
}

#[test]
fn references_end() {
    let cycle = "    c: {$ref: '#/components/schemas/d'}\n    d: {allOf: [{$ref: '#/components/schemas/c'}]}\n";
    assert_eq!(
        faults(&format!("{DOCUMENT}{cycle}")),
        "21:15: error[cyclic-reference]: a reference that leads back to itself: \
         #/components/schemas/c -> #/components/schemas/d -> #/components/schemas/c"
    );
    let itself = "    c: {$ref: '#/components/schemas/c'}\n";
    assert_eq!(
        faults(&format!("{DOCUMENT}{itself}")),
        "21:15: error[cyclic-reference]: a reference that leads back to itself: #/components/schemas/c -> #/components/schemas/c"
    );
    let tree = "    c: {properties: {d: {$ref: '#/components/schemas/c'}}}\n";
    assert_eq!(faults(&format!("{DOCUMENT}{tree}")), "");
    let chain = (0..20_000).fold(DOCUMENT.to_owned(), |mut text, it| {
        writeln!(
            text,
            "    c{it}: {{$ref: '#/components/schemas/c{}'}}",
            it + 1
        )
        .unwrap();
        text
    });
    assert_eq!(faults(&format!("{chain}    c20000: {{}}\n")), "");
}

#[test]
fn operations_and_parameters_come_once() {
    assert_eq!(
        changed(
            "components:",
            "  /b:\n    get: {operationId: FetchA, responses: {default: {description: OK}}}\ncomponents:"
        ),
        "16:24: warning[duplicate-operation-id]: the operationId `FetchA` is used by an earlier operation"
    );
    assert_eq!(
        changed(
            "    get:\n",
            "    - {name: Id, in: query, schema: {}}\n    - {name: Id, in: query, schema: {type: string}}\n    get:\n"
        ),
        "8:7: error[duplicate-parameter]: the query parameter `Id` is already in this list"
    );
    assert_eq!(
        changed(
            "components:",
            "  /a/{Sid}:\n    parameters: [{name: Sid, in: path, required: true, schema: {}}]\n    get: {operationId: B, responses: {default: {description: OK}}}\ncomponents:"
        ),
        "15:3: warning[duplicate-path]: this is the same path as `/a/{Id}`: only parameter names differ"
    );
}

#[test]
fn paths_and_their_parameters_match() {
    assert_eq!(
        changed("/a/{Id}:", "a/{Id}:"),
        "4:3: error[invalid-path]: the path `a/{Id}` must begin with `/`"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Id:"),
        "4:3: error[invalid-template]: the path `/a/{Id` is malformed"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Sid}:"),
        "4:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` is called so"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Id}/{Sid}:"),
        "4:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` is called so"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a:"),
        "6:7: warning[unused-path-parameter]: the path parameter `Id` does not occur in `/a`"
    );
    assert_eq!(
        changed("required: true", "required: false"),
        "6:7: warning[optional-path-parameter]: the path parameter `Id` is not required"
    );
    assert_eq!(
        changed(
            "    - {name: Id, in: path, required: true, schema: {type: string}}\n    get:\n",
            "    - {name: X, in: query, schema: {}}\n    post:\n      operationId: PostA\n      parameters: [{name: Id, in: path, required: true, schema: {}}]\n      responses: {'204': {description: OK}}\n    get:\n"
        ),
        "11:5: warning[undeclared-path-parameter]: the path has `{Id}`, but no parameter with `in: path` is called so"
    );
}

#[test]
fn security_schemes_are_declared() {
    assert_eq!(
        changed("paths:", "security:\n- basic: []\npaths:"),
        "4:3: warning[unknown-security-scheme]: `components.securitySchemes` has no `basic`"
    );
    let declared =
        "security:\n- basic: []\ncomponents:\n  securitySchemes:\n    basic: {type: http}\n";
    assert_eq!(
        changed("components:", declared),
        "19:12: error[missing-field]: an http security scheme must have `scheme`"
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
fn what_a_spec_says_cannot_break_a_line() {
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
fn fields_beside_a_reference_are_kept() {
    let text = format!(
        "{DOCUMENT}    c: {{$ref: '#/components/schemas/a', type: object, nullable: true, description: D}}\n    \
         d: {{$ref: '#/components/schemas/a', type: object}}\n    e: {{$ref: '#/components/schemas/a'}}\n"
    );
    let ReferenceOr::Item(wrapped) = schema(&text, "c") else {
        panic!("wrapped")
    };
    assert!(wrapped.schema_data.nullable);
    assert_eq!(wrapped.schema_data.description.as_deref(), Some("D"));
    let reference = ReferenceOr::ref_("#/components/schemas/a");
    assert_eq!(
        wrapped.schema_kind,
        SchemaKind::AllOf {
            all_of: vec![reference.clone()]
        }
    );
    assert_eq!(schema(&text, "d"), reference);
    assert_eq!(schema(&text, "e"), reference);
}

#[test]
fn what_nothing_is_generated_from_is_not_checked() {
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
fn aliases_and_merge_keys_are_followed() {
    let text = format!(
        "{DOCUMENT}    c: &c {{type: string, nullable: true}}\n    d: {{<<: *c, nullable: false, title: D}}\n    \
         e: {{<<: [*c, {{title: E, type: integer}}]}}\n    f: *c\n"
    );
    let item = |name| match schema(&text, name) {
        ReferenceOr::Item(item) => item,
        ReferenceOr::Reference { .. } => panic!("no reference"),
    };
    assert_eq!(item("d").schema_kind, item("c").schema_kind);
    assert_eq!(
        (
            item("d").schema_data.nullable,
            item("d").schema_data.title.as_deref()
        ),
        (false, Some("D"))
    );
    assert_eq!(
        (
            item("e").schema_data.nullable,
            item("e").schema_data.title.as_deref()
        ),
        (true, Some("E"))
    );
    assert_eq!(item("e").schema_kind, item("c").schema_kind);
    assert_eq!(item("f"), item("c"));
}

#[test]
fn limits_keep_their_digits() {
    let text = format!(
        "{DOCUMENT}    n: {{type: integer, minimum: 1.0, maximum: 18446744073709551615, multipleOf: 0.5}}\n"
    );
    let ReferenceOr::Item(schema) = schema(&text, "n") else {
        panic!("a reference");
    };
    assert!(
        matches!(
            schema.schema_kind,
            SchemaKind::Type(openapiv3::Type::Integer(_))
        ),
        "{schema:?}"
    );
    let limits = ["minimum", "maximum", "multipleOf"];
    let limits = limits.map(|key| {
        limit(&schema.schema_data.extensions, key)
            .unwrap()
            .to_string()
    });
    assert_eq!(limits, ["1", "18446744073709551615", "0.5"]);
}

#[test]
fn no_spec_can_fake_a_limit() {
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
    let SchemaKind::Type(openapiv3::Type::String(string)) = schema.schema_kind else {
        panic!("{schema:?}");
    };
    assert_eq!(
        (string.min_length, string.max_length),
        (Some(1), Some(1000))
    );
}

/// The parser behind the checks takes twice as long for each list around a schema that it refuses.
#[test]
fn a_fault_deep_inside_takes_no_time() {
    let lists = |inner: &str| {
        let lists = (0..24).fold(inner.to_owned(), |it, _| {
            format!("{{type: array, items: {it}}}")
        });
        faults(&format!("{DOCUMENT}    deep: {lists}\n"))
    };
    assert!(lists("{type: 5}").contains("error[wrong-kind]"));
    assert!(lists("5").contains("error[wrong-kind]"));
    assert!(lists("{type: string, minLength: x}").contains("error["));
}

#[test]
fn the_order_of_the_text_is_kept() {
    let text = format!("{DOCUMENT}    z: {{}}\n    m: {{}}\n    b: {{}}\n");
    let document = load(&source("a.yaml", &text)).unwrap();
    let schemas = document.0.openapi.components.unwrap().schemas;
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["a", "z", "m", "b"]);
}

#[test]
fn numbers_beyond_all_floats_are_named() {
    let expected = "error[not-finite]: infinity, not-a-number and numbers beyond 1.8e308 have no place in a spec";
    let yaml = format!("{DOCUMENT}    n: {{type: number, multipleOf: 1e400}}\n");
    assert_eq!(faults(&yaml), format!("21:35: {expected}"));
    let json = source("a.json", "{\"openapi\": \"3.0.1\",\n\"x-a\": 1e400}");
    assert!(faults_of(&json).ends_with(expected), "{}", faults_of(&json));
}
