//! Reports for invalid specs: each kind of fault with the file, line and column, all of them at once, and never a panic
//! or a long wait.

mod sizes;

use std::fmt::Write as _;
use std::thread::Builder;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use twilio_codegen::report::{Finding, Report};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Sources, Vendor};

/// The time limit for an invalid file, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time limit for an oversized document.
const LONG_PATIENCE: Duration = Duration::from_secs(30);

/// The start of a document, before its paths.
const HEAD: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
";

#[test]
fn empty_files() {
    assert_snapshot!(report(""), @"demo_v1.yaml:1:1: error[empty-file]: the file is empty");
    assert_snapshot!(report("\n\n"), @"demo_v1.yaml:1:1: error[empty-file]: the file is empty");
    assert_snapshot!(report("# Only\n# comments\n"), @"demo_v1.yaml:1:1: error[empty-file]: the file is empty");
    assert_snapshot!(report("---\n"), @"demo_v1.yaml:1:1: error[empty-file]: the file is empty");
}

#[test]
fn files_that_are_not_text() {
    let utf_16: Vec<u8> = "\u{feff}openapi: 3.0.1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_snapshot!(report_of_bytes("demo_v1.yaml", utf_16), @"demo_v1.yaml:1:1: error[not-utf8]: the file is not UTF-8 text: it is UTF-16");
    assert_snapshot!(report_of_bytes("demo_v1.yaml", b"openapi: 3.0.1\ninfo: \xFF\n".to_vec()), @"demo_v1.yaml:2:7: error[not-utf8]: the file is not UTF-8 text: byte 22 is 0xFF");
    assert_snapshot!(report_of_bytes("demo_v1.yaml", b"\x7FELF\x02\x01\x01\x00\x00\x00\xFE\xED\xFA\xCE".to_vec()), @"demo_v1.yaml:1:11: error[not-utf8]: the file is not UTF-8 text: byte 11 is 0xFE");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: a\0b\n"), @"demo_v1.yaml:2:8: error[nul]: the file holds a NUL character: it is not a text file");
}

#[test]
fn text_that_is_not_yaml() {
    assert_snapshot!(report("openapi: 3.0.1\ninfo: {title: Demo\n"), @"demo_v1.yaml:3:1: error[syntax]: not valid YAML: did not find expected ',' or '}', while parsing a flow mapping at line 2 column 7");
    assert_snapshot!(report("openapi: 3.0.1\n\tinfo: x\n"), @"demo_v1.yaml:2:1: error[syntax]: not valid YAML: found a tab character that violates indentation, while scanning a plain scalar at line 1 column 10");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: 'Demo\n"), @"demo_v1.yaml:3:1: error[syntax]: not valid YAML: found unexpected end of stream, while scanning a quoted scalar at line 2 column 7");
    assert_snapshot!(report("openapi: 3.0.1\ninfo: *nothing\n"), @"demo_v1.yaml:2:7: error[syntax]: not valid YAML: unknown anchor");
    assert_snapshot!(report("openapi: 3.0.1\npaths: {}\npaths: {}\n"), @"
    demo_v1.yaml:1:1: warning[supplied-field]: an OpenAPI document must have `info`: an empty one is assumed
    demo_v1.yaml:2:1: warning[nothing-to-call]: `paths` has no operation: the crate has types, and nothing to call
    demo_v1.yaml:3:1: error[duplicate-key]: duplicate key `paths`
    ");
    assert_snapshot!(report("openapi: 3.0.1\n---\nopenapi: 3.0.1\n"), @"demo_v1.yaml:2:1: error[syntax]: not valid YAML: deserializing from YAML containing more than one document is not supported");
}

#[test]
fn text_that_is_not_json() {
    assert_snapshot!(report_of("demo_v1.json", "{\"openapi\": \"3.0.1\",}"), @"demo_v1.json:1:21: error[syntax]: not valid JSON: trailing comma");
    assert_snapshot!(report_of("demo_v1.json", "{\"openapi\": \"3.0.1\",\n \"openapi\": \"3.0.1\"}"), @"
    demo_v1.json:1:1: error[missing-field]: an OpenAPI document must have `info`
    demo_v1.json:1:1: error[missing-field]: an OpenAPI document must have `paths`
    demo_v1.json:2:2: error[duplicate-key]: duplicate key `openapi`
    ");
    assert_snapshot!(report_of("demo_v1.json", "openapi: 3.0.1"), @"demo_v1.json:1:1: error[syntax]: not valid JSON: expected value");
}

#[test]
fn documents_that_are_not_openapi() {
    assert_snapshot!(report("Dear reader,\nthis is prose.\n"), @"demo_v1.yaml:1:1: error[not-openapi]: this is not an OpenAPI document: it has no `openapi: 3.x.y`");
    assert_snapshot!(report("- openapi\n- 3.0.1\n"), @"demo_v1.yaml:1:1: error[not-openapi]: this is not an OpenAPI document: it has no `openapi: 3.x.y`");
    assert_snapshot!(report("name: CI\non: push\njobs: {}\n"), @"demo_v1.yaml:1:1: error[not-openapi]: this is not an OpenAPI document: it has no `openapi: 3.x.y`");
    assert_snapshot!(report("swagger: '2.0'\ninfo: {}\npaths: {}\n"), @"demo_v1.yaml:1:10: error[unsupported-version]: Swagger 2.0 is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are");
    assert_snapshot!(report("openapi: 4.0.0\ninfo: {title: Demo, version: '1'}\n"), @"demo_v1.yaml:1:10: error[unsupported-version]: OpenAPI 4.0.0 is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are");
    assert_snapshot!(report("openapi: {openapi: 3.0.1, info: {title: Demo, version: '1'}, paths: {}}\n"), @r#"demo_v1.yaml:1:10: error[unsupported-version]: OpenAPI {"openapi":"3.0.1","info":{"title":"Demo… is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are"#);
    assert_snapshot!(report("openapi: [3, 0]\n"), @"demo_v1.yaml:1:10: error[unsupported-version]: OpenAPI [3,0] is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are");
}

#[test]
fn unresolved_references() {
    assert_snapshot!(schema("$ref: '#/components/schemas/other'"), @"demo_v1.yaml:9:13: error[unknown-reference]: `#/components/schemas/other` does not exist");
    assert_snapshot!(schema("$ref: 'https://example.com/schemas.yaml#/sim'"), @"demo_v1.yaml:9:13: error[remote-reference]: `https://example.com/schemas.yaml#/sim` is on the network, which the generator never accesses");
    assert_snapshot!(schema("$ref: other.yaml"), @"demo_v1.yaml:9:13: error[unknown-file]: the document's folder has no file `other.yaml`");
    assert_snapshot!(schema("$ref: '#/components/schemas/sim'"), @"demo_v1.yaml:9:13: error[cyclic-reference]: this reference leads back to itself: #/components/schemas/sim -> #/components/schemas/sim");
    assert_snapshot!(schema("$ref: '#/info'"), @"demo_v1.yaml:9:13: error[unsupported]: `#/info`, a reference that does not name a component, is not supported");
}

#[test]
fn invalid_schemas() {
    assert_snapshot!(schema("type: strin"), @"demo_v1.yaml:9:13: error[unknown-type]: `strin` is not a type: expected `string`, `number`, `integer`, `boolean`, `array` or `object`");
    assert_snapshot!(schema("propertys: {}"), @"demo_v1.yaml:9:7: error[unknown-field]: a schema has no field `propertys` in OpenAPI 3.0");
}

#[test]
fn contradictions_between_operations() {
    assert_snapshot!(get("/v1/Sims/{Sid", "[]"), @"demo_v1.yaml:5:3: error[invalid-template]: the path `/v1/Sims/{Sid` is malformed");
    assert_snapshot!(get("ftp://a.example/v1/Sims", "[]"), @"demo_v1.yaml:5:3: error[invalid-path]: the path `ftp://a.example/v1/Sims` must begin with `/`");
}

/// A crate is generated nevertheless: the intention is obvious.
#[test]
fn documents_with_obvious_mistakes() {
    let get = |path: &str, parameters: &str| warnings(&get_of(path, parameters));
    assert_snapshot!(get("/v1/Sims", "[{name: A, in: query, schema: {}}, {in: query, name: A, schema: {}}]"), @"demo_v1.yaml:9:54: warning[repeated-parameter]: this parameter is already in the list");
    let schema = |text: &str| {
        get(
            "/v1/Sims",
            &format!("[{{name: A, in: query, schema: {text}}}]"),
        )
    };
    assert_snapshot!(schema("{type: [string, 'null']}"), @"demo_v1.yaml:9:50: warning[newer-keyword]: `type` is written as in OpenAPI 3.1, and is read that way");
    assert_snapshot!(schema("{type: string, enum: [a, 1]}"), @"demo_v1.yaml:9:74: warning[converted-value]: this is not written as `type: string`: the values of the enum are converted");
    assert_snapshot!(schema("{type: array}"), @"demo_v1.yaml:9:49: warning[supplied-field]: a schema must have `items`: an empty one is assumed");
    assert_snapshot!(schema("{type: string, description: }"), @"demo_v1.yaml:9:64: warning[empty-field]: `description` has no value: it is ignored");
    let answer = |text: &str| {
        warnings(&format!(
            "{HEAD}  /v1/Sims: {{get: {{operationId: ListSim, responses: {{'201': {text}}}}}}}\n"
        ))
    };
    assert_snapshot!(answer("{}"), @"demo_v1.yaml:5:61: warning[supplied-field]: a response must have `description`: an empty one is assumed");
    assert_snapshot!(answer("{description: All., content: {' application/json': {}}}"), @"demo_v1.yaml:5:91: warning[malformed-media-type]: ` application/json` is not a media type: it is read as `application/json`");
    assert_snapshot!(answer("{description: All., colour: red}"), @"demo_v1.yaml:5:81: warning[ignored-field]: a response has no field `colour` in OpenAPI 3.0: it is ignored");
}

/// A crate is generated nevertheless: the intention is obvious.
#[test]
fn harmless_contradictions_between_operations() {
    let operation = "      operationId: FetchSim\n      responses: {'204': {description: Done.}}\n";
    let twice = format!("{HEAD}  /v1/Sims:\n    get:\n{operation}    delete:\n{operation}");
    assert_snapshot!(warnings(&twice), @"demo_v1.yaml:10:20: warning[duplicate-operation-id]: the operationId `FetchSim` is used by an earlier operation");
    let get = |path: &str, parameters: &str| warnings(&get_of(path, parameters));
    assert_snapshot!(get("/v1/Sims/{Sid}", "[]"), @"demo_v1.yaml:5:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` has this name");
    assert_snapshot!(get("/v1/Sims/{Sid}", "[{name: sid, in: path, required: true, schema: {}}]"), @"demo_v1.yaml:5:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` has this name");
    assert_snapshot!(get("/v1/Sims", "[{name: A, in: query, schema: {}}, {name: A, in: query, schema: {type: string}}]"), @"demo_v1.yaml:9:54: warning[duplicate-parameter]: the query parameter `A` is already in this list");
    assert_snapshot!(get("/v1/Sims", "[{name: X-Tag, in: header, schema: {}}, {name: x-tag, in: header, schema: {}}]"), @"demo_v1.yaml:9:59: warning[duplicate-parameter]: the header parameter `x-tag` is already in this list");
    assert_snapshot!(get("v1/Sims", "[]"), @"demo_v1.yaml:5:3: warning[respelled]: `v1/Sims` is read as `/v1/Sims`");
    assert_snapshot!(get("https://a.example/v1/Sims", "[]"), @"demo_v1.yaml:5:3: warning[respelled]: `https://a.example/v1/Sims` is read as `/v1/Sims`");
    assert_snapshot!(get("/v1/Sims", "[{name: Sid, in: path, required: true, schema: {}}]"), @"demo_v1.yaml:9:20: warning[unused-path-parameter]: the path parameter `Sid` does not occur in `/v1/Sims`");
}

#[test]
fn paths_with_dot_segments() {
    assert_snapshot!(get("/v1/../v2/Sims", "[]"), @"demo_v1.yaml:5:3: error[dot-segment]: a path cannot have the segment `..`: URL parsers resolve it");
    assert_snapshot!(get("/v1/Sims/%2e%2E", "[]"), @"demo_v1.yaml:5:3: error[dot-segment]: a path cannot have the segment `%2e%2E`: URL parsers resolve it");
    assert_snapshot!(get("/v1/./Sims?a=..", "[]"), @"demo_v1.yaml:5:3: error[dot-segment]: a path cannot have the segment `.`: URL parsers resolve it");
    assert_snapshot!(get("/v1/Sims?{Status}", "[{name: Status, in: path, required: true, schema: {type: string}}]"), @"demo_v1.yaml:5:3: error[parameter-outside-path]: the path parameter `Status` is in the query or the fragment of the path");
}

/// Without the server of a path, its requests would go to that of the document; without that, callers give one.
#[test]
fn servers_that_paths_cannot_follow() {
    let server = |url: &str| report(&SERVER.replace("https://demo.example.com", url));
    assert_snapshot!(server("https://demo.example.com/api?beta=true"), @"demo_v1.yaml:6:21: error[invalid-server-url]: the URL of a server cannot have a query");
    assert_snapshot!(server("https://me:secret@demo.example.com/api"), @"demo_v1.yaml:6:21: error[invalid-server-url]: the URL of a server cannot have a user name or a password");
    assert_snapshot!(server("https://demo.example.com/api/%2e./v2"), @"demo_v1.yaml:6:21: error[invalid-server-url]: the URL of a server cannot have a segment `.` or `..`");
    for (url, part) in [
        ("https://other.example.com/api?beta=true", "a query"),
        (
            "https://me:secret@other.example.com",
            "a user name or a password",
        ),
        (
            "https://other.example.com/api/../v2",
            "a segment `.` or `..`",
        ),
    ] {
        let text = SERVER.replace("https://other.example.com", &format!("'{url}'"));
        let (_, report) = twilio_codegen::read(&[source(text)]);
        let told: Vec<&str> = report.iter().map(|it| it.message.as_str()).collect();
        let expected = format!("the URL of a server cannot have {part}: it is ignored");
        assert_eq!(told, [expected], "{url}");
    }
}

/// A document with servers in three places.
const SERVER: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://other.example.com}]
paths:
  /v1/Sims:
    servers: [{url: 'https://demo.example.com'}]
    delete:
      operationId: DeleteSim
      responses: {'204': {description: Gone.}}
";

/// A file that does not exist may be the document under the name of its publisher, or the name of a component.
#[test]
fn files_that_are_meant_to_be_components() {
    let message = |reference: &str| {
        let schema = format!(
            "{{content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}, description: D}}"
        );
        let text = format!(
            "{HEAD}  /v1/Sims:\n    get: {{operationId: ListSim, responses: {{'200': {schema}}}}}\n\
             components: {{schemas: {{Sim: {{type: object}}}}}}\n"
        );
        let (_, report) = twilio_codegen::read(&[source(text)]);
        report
            .iter()
            .map(|it| it.message.clone())
            .collect::<Vec<String>>()
            .join("\n")
    };
    for found in [
        "openapi.yaml#/components/schemas/Sim",
        "Sim",
        "components/schemas/Sim",
    ] {
        let expected = format!("`{found}` is read as `#/components/schemas/Sim`");
        assert_eq!(message(found), expected);
    }
    for (found, file) in [
        ("openapi.yaml#/Sim", "openapi.yaml"),
        ("sim", "sim"),
        ("Sim.yaml", "Sim.yaml"),
    ] {
        let expected = format!("the document's folder has no file `{file}`");
        assert_eq!(message(found), expected);
    }
}

/// A crate is generated nevertheless.
#[test]
fn fragments_in_paths_have_no_effect() {
    let operation = "{operationId: FetchObject, responses: {'204': {description: Done.}}}";
    let text = format!("{HEAD}  /v1/Objects#upload:\n    get: {operation}\n");
    let (apis, report) = twilio_codegen::read(&[source(text)]);
    assert_snapshot!(report.to_string(), @"demo_v1.yaml:5:3: warning[ignored-fragment]: the fragment `#upload` of the path is never sent");
    assert!(!report.has_errors());
    assert_eq!(apis[0].operations[0].path, "/v1/Objects");
}

#[test]
fn invalid_media_types() {
    let answer = |name: &str| {
        report(&format!(
            "{HEAD}  /v1/Sims: {{get: {{operationId: ListSim, responses: {{'200': {{description: All., content: {{{name}: {{}}}}}}}}}}}}\n"
        ))
    };
    assert_snapshot!(answer("\"application/json\\r\\nX-Evil: a\""), @"demo_v1.yaml:5:91: error[invalid-media-type]: `application/json\\u{d}\\u{a}X-Evil: a` cannot be the value of a header");
    assert_snapshot!(answer("application/vnd.größe+json"), @"demo_v1.yaml:5:91: error[invalid-media-type]: `application/vnd.größe+json` cannot be the value of a header");
    assert_snapshot!(answer("''"), @"demo_v1.yaml:5:91: error[invalid-media-type]: `` cannot be the value of a header");
    assert_snapshot!(answer("'text, application'"), @"demo_v1.yaml:5:90: error[unsupported]: a response of `text, application` is not supported");
}

/// Returns the report for a list that takes a page size and whose response is `schema`.
fn list(schema: &str) -> String {
    let text = format!(
        "{HEAD}  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{{$ref: '#/components/parameters/size'}}]\n      responses:\n        '200': {{description: Some., content: {schema}}}\ncomponents:\n  parameters:\n    size: {{name: PageSize, in: query, schema: {{type: integer}}}}\n  schemas:\n    tree: {{type: object, properties: {{meta: {{$ref: '#/components/schemas/tree'}}}}}}\n"
    );
    let files = [source(text)];
    let sources = Sources {
        vendor: Some(Vendor::twilio()),
        ..Sources::from(&files)
    };
    let (_, report) = twilio_codegen::read(sources);
    assert!(!report.has_errors(), "{report}");
    report.to_string()
}

/// A crate is generated nevertheless.
#[test]
fn lists_without_pages() {
    let json = |schema: &str| list(&format!("{{application/json: {{schema: {schema}}}}}"));
    let with = |properties: &str| json(&format!("{{type: object, properties: {{{properties}}}}}"));
    let meta = "meta: {type: object, properties: {next_page_url: {type: string}}}";
    let array = "{type: array, items: {type: string}}";
    assert_snapshot!(list("{text/csv: {}}"), @"demo_v1.yaml:10:16: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: it has no JSON");
    assert_snapshot!(list("{application/json: {}}"), @"demo_v1.yaml:10:65: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: it has no schema");
    assert_snapshot!(json(array), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: it is not an object");
    assert_snapshot!(with(&format!("sims: {array}")), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: neither it nor its `meta` has `next_page_url` or `next_page_uri`");
    assert_snapshot!(with(&format!("sims: {array}, meta: {{type: object, properties: {{page: {{type: integer}}}}}}")), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: neither it nor its `meta` has `next_page_url` or `next_page_uri`");
    assert_snapshot!(json("{$ref: '#/components/schemas/tree'}"), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: neither it nor its `meta` has `next_page_url` or `next_page_uri`");
    assert_snapshot!(with(meta), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: it has no list");
    assert_snapshot!(with(&format!("{meta}, a: {array}, b: {array}")), @"demo_v1.yaml:10:74: warning[part-without-page]: `PageSize` asks for part of a list, but the response is not read as a page: it has several lists: `a`, `b`");
    assert_eq!(with(&format!("{meta}, a: {array}")), "");
}

/// The text of a file that is not a spec is not shown: the file may hold secrets and be behind a link.
#[test]
fn only_lines_of_specs_are_shown() {
    let is_shown = |path: &str, text: &str| {
        let source = SourceFile::from_bytes(path, text.as_bytes().to_vec()).expect("a text");
        let (_, report) = twilio_codegen::read(&[source]);
        assert!(!report.is_empty(), "{text}");
        report.iter().any(|it| it.excerpt.is_some())
    };
    for (text, expected) in [
        ("root:x:0:0:root:/root:/bin/sh\n", false),
        ("a: openapi\nb:\n  openapi: 3.0.1\n", false),
        ("openapi : 3.0.1\ninfo: ]\n", true),
        ("info: x\n'openapi': 3.0.1\n", true),
        ("{info: x, \"openapi\": 3.0.1}\n", true),
        ("swagger: '2.0'\n", true),
        ("openapi-secret: x\n", false),
    ] {
        assert_eq!(is_shown("demo_v1.yaml", text), expected, "{text}");
    }
    assert!(is_shown(
        "demo_v1.json",
        "{\"a\": {}, \"openapi\": \"3.0.1\",}"
    ));
    assert!(!is_shown(
        "demo_v1.json",
        "{\"a\": {\"openapi\": \"3.0.1\"}}"
    ));
}

/// A crate has the conventions of one vendor; if the user chooses it, the documents may be of any.
#[test]
fn documents_of_several_vendors() {
    let path = "{get: {operationId: A, responses: {'204': {description: Done.}}}}";
    let text = format!("{HEAD}  /v1/Sims: {path}\n");
    let files = ["specs/demo.yaml", "specs/twilio_demo_v1.yaml"].map(|path| SourceFile {
        path: path.to_owned(),
        text: text.clone(),
    });
    assert_snapshot!(generated(&files), @"specs/twilio_demo_v1.yaml:1:1: error[several-vendors]: this document follows the conventions of `twilio`, but `specs/demo.yaml` those of `plain`");
    let files = [
        &files[1],
        &SourceFile {
            path: "demo_v2.yaml".to_owned(),
            text,
        },
    ];
    let files = files.map(Clone::clone);
    for vendor in [Vendor::twilio(), Vendor::plain()] {
        let vendor = Some(vendor);
        let sources = Sources {
            vendor,
            ..Sources::from(&files)
        };
        assert!(twilio_codegen::generate(sources, &package()).is_ok());
    }
}

#[test]
fn file_names_without_a_product() {
    let sound = format!(
        "{HEAD}  /v1/Sims: {{get: {{operationId: A, responses: {{'204': {{description: Done.}}}}}}}}\n"
    );
    assert_snapshot!(report_of("specs/twilio_v1.yaml", &sound), @"specs/twilio_v1.yaml:1:1: error[unnamed-product]: the file name must contain a product");
    assert_snapshot!(report_of("specs/v1.yaml", &sound), @"specs/v1.yaml:1:1: error[unnamed-product]: the file name must contain a product");
    let twice = ["specs/kore_demo_v1.yaml", "specs/twilio_demo_v1.yaml"];
    let sources = twice.map(|path| SourceFile {
        path: path.to_owned(),
        text: sound.clone(),
    });
    assert_snapshot!(generated(&sources), @"specs/twilio_demo_v1.yaml:1:1: error[duplicate-product]: `demo::v1` is already described by `specs/kore_demo_v1.yaml`");
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
        "{HEAD}  /v1/A:\n    post: {{operationId: A, responses: {{}}, requestBody: {{content: {{nonsense: {{}}}}}}}}\n"
    );
    let sources = [
        ("specs/twilio_a_v1.yaml", first),
        ("specs/twilio_b_v1.yaml", second),
        ("specs/twilio_v1.yaml", String::new()),
    ];
    let sources = sources.map(|(path, text)| SourceFile {
        path: path.to_owned(),
        text,
    });
    assert_snapshot!(generated(&sources), @"
    specs/twilio_a_v1.yaml:5:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` has this name
    specs/twilio_a_v1.yaml:8:7: warning[ignored-field]: an operation has no field `sumary` in OpenAPI 3.0: it is ignored
    specs/twilio_a_v1.yaml:14:30: error[unknown-reference]: `#/components/schemas/sim` does not exist
    specs/twilio_a_v1.yaml:15:9: warning[invalid-status]: `2000` is not a status: this response is ignored
    specs/twilio_a_v1.yaml:18:19: error[unknown-type]: `objekt` is not a type: expected `string`, `number`, `integer`, `boolean`, `array` or `object`
    specs/twilio_b_v1.yaml:6:39: warning[no-success]: no response is a success: an empty success is assumed
    specs/twilio_b_v1.yaml:6:66: error[unsupported]: a request body of `nonsense` is not supported
    specs/twilio_v1.yaml:1:1: error[unnamed-product]: the file name must contain a product
    ");
}

#[test]
fn long_text_of_a_spec_is_truncated() {
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

/// Returns the report for a document with one schema, `sim`, with these fields.
fn schema(fields: &str) -> String {
    report(&format!(
        "{HEAD}  /v1/Sims: {{delete: {{operationId: DeleteSim, responses: {{'204': {{description: Gone.}}}}}}}}\ncomponents:\n  schemas:\n    sim:\n      {fields}\n"
    ))
}

/// Returns the report for a document with one operation with these parameters.
fn get(path: &str, parameters: &str) -> String {
    report(&get_of(path, parameters))
}

fn get_of(path: &str, parameters: &str) -> String {
    format!(
        "{HEAD}  {path}:\n    get:\n      operationId: FetchSim\n      responses: {{'204': {{description: Done.}}}}\n      parameters: {parameters}\n"
    )
}

/// Returns the warnings for a valid YAML text.
fn warnings(text: &str) -> String {
    let (apis, report) = twilio_codegen::read(&[source(text.to_owned())]);
    assert!(!report.has_errors() && apis.len() == 1, "{report}");
    checked(&report)
}

/// Returns the report for a YAML text.
fn report(text: &str) -> String {
    report_of("demo_v1.yaml", text)
}

/// Returns the report for a file.
fn report_of(path: &str, text: &str) -> String {
    report_of_bytes(path, text.as_bytes().to_vec())
}

/// Returns the report for the bytes of a file.
fn report_of_bytes(path: &str, bytes: Vec<u8>) -> String {
    match SourceFile::from_bytes(path, bytes) {
        Ok(source) => generated(&[source]),
        Err(report) => checked(&report),
    }
}

/// Returns the report of generating a crate from `sources`, which must fail.
fn generated(sources: &[SourceFile]) -> String {
    let start = Instant::now();
    let outcome = twilio_codegen::generate(sources, &package());
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    checked(&outcome.expect_err("the input is bad"))
}

fn source(text: String) -> SourceFile {
    SourceFile {
        path: "demo_v1.yaml".to_owned(),
        text,
    }
}

fn package() -> Package {
    Package::named("demo")
}

/// Renders a report as a user sees it: one line for each fault, with its location.
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
                .is_some_and(|rest| rest.starts_with(" error[") || rest.starts_with(" warning[")),
            "{line}"
        );
    }
    text
}
