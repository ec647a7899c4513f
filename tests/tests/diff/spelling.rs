//! Equivalent spellings are not a change; different meanings are.

use twilio_codegen::GeneratedFile;
use twilio_codegen::source::SourceFile;

use super::pair::Pair;
use super::reality;

/// The start of all documents here; the paths follow.
const HEAD: &str = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
";

/// Returns the ids of the changes between two documents with the paths `old` and `new`.
fn changes(old: &str, new: &str) -> Vec<&'static str> {
    let sources = |paths: &str| {
        vec![SourceFile {
            path: "twilio_demo_v1.yaml".to_owned(),
            text: format!("{HEAD}{paths}"),
        }]
    };
    let pair = Pair {
        name: format!("{old}\n→\n{new}"),
        old: sources(old),
        new: sources(new),
    };
    let comparison = pair.comparison();
    comparison.changes.iter().map(|it| it.rule.id()).collect()
}

/// Returns an operation with this list of parameters.
fn with_parameters(parameters: &str) -> String {
    format!(
        "  /v1/Sims:\n    delete: {{operationId: DeleteSim, parameters: [{parameters}], responses: {{'204': {{description: Done.}}}}}}\n"
    )
}

#[test]
fn header_names_ignore_case() {
    let optional = |name: &str| {
        with_parameters(&format!(
            "{{name: {name}, in: header, schema: {{type: string}}}}"
        ))
    };
    let both = |first: &str, second: &str| {
        let one = |name: &str| {
            format!("{{name: {name}, in: header, required: true, schema: {{type: string}}}}")
        };
        with_parameters(&[one(first), one(second)].join(", "))
    };
    assert_eq!(
        changes(&optional("X-Request-Tag"), &optional("x-request-tag")),
        [""; 0]
    );
    assert_eq!(
        changes(&both("X-Tag", "X-Mode"), &both("x-tag", "x-mode")),
        [""; 0]
    );
    assert_eq!(
        changes(&both("X-Tag", "X-Mode"), &both("x-mode", "x-tag")),
        ["arguments-reordered"]
    );
    // Setters and options are named by words, which only case separates here.
    assert_eq!(
        changes(&optional("XTagOne"), &optional("xtagone")),
        ["member-renamed", "option-renamed"]
    );
    assert_eq!(
        changes(
            &with_parameters("{name: Tag, in: query, schema: {type: string}}"),
            &with_parameters("{name: tag, in: query, schema: {type: string}}"),
        ),
        ["parameter-removed", "parameter-added-optional"]
    );
}

/// Returns an operation whose request and response have these JSON media types.
fn with_json(request: &str, response: &str) -> String {
    with_content(
        &format!("{request}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}"),
        &format!("{response}: {{schema: {{type: object, properties: {{b: {{type: string}}}}}}}}"),
    )
}

fn with_content(request: &str, response: &str) -> String {
    format!(
        "  /v1/Sims:\n    post: {{operationId: CreateSim, requestBody: {{content: {{{request}}}}}, responses: {{'200': {{description: Done., content: {{{response}}}}}}}}}\n"
    )
}

#[test]
fn media_types_ignore_case_and_the_charset_of_json() {
    let plain = with_json("application/json", "application/vnd.a+json");
    for (request, response) in [
        ("Application/JSON", "application/VND.A+JSON"),
        (
            "application/json; charset=utf-8",
            "'application/vnd.a+json;charset=\"UTF-8\"'",
        ),
    ] {
        let other = with_json(request, response);
        assert_eq!(changes(&plain, &other), [""; 0]);
        assert_eq!(changes(&other, &plain), [""; 0]);
    }
    assert_eq!(
        changes(
            &plain,
            &with_json("application/json; version=2", "application/vnd.a+json")
        ),
        ["request-media-type-added", "request-media-type-removed"]
    );
    assert_eq!(
        changes(&plain, &with_json("application/json", "application/json")),
        ["response-media-type-added", "response-media-type-removed"]
    );
    let form = |name: &str| {
        let form =
            format!("{name}: {{schema: {{type: object, properties: {{A: {{type: string}}}}}}}}");
        with_content(&form, "application/json: {}")
    };
    assert_eq!(
        changes(
            &form("application/x-www-form-urlencoded"),
            &form("Application/X-WWW-Form-Urlencoded"),
        ),
        [""; 0]
    );
    assert_eq!(
        changes(
            &form("application/x-www-form-urlencoded"),
            &form("application/x-www-form-urlencoded; charset=utf-8"),
        ),
        ["request-media-type-added", "request-media-type-removed"]
    );
}

/// Returns a list whose response is `schema`, with these components and that of an item.
fn with_list(schema: &str, components: &str) -> String {
    format!(
        "  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{{name: PageSize, in: query, schema: {{type: integer}}}}]\n      responses: {{'200': {{description: Some., content: {{application/json: {{schema: {schema}}}}}}}}}\ncomponents:\n  schemas:\n    sim: {{type: object, properties: {{sid: {{type: string}}}}}}\n{components}"
    )
}

/// The crate is the same except for docs; the items have no name of their own either.
#[test]
fn pages_are_recognised_through_references() {
    let written_out = with_list(
        "{type: object, properties: {sims: {type: array, items: {$ref: '#/components/schemas/sim'}}, meta: {type: object, properties: {next_page_url: {type: string}}}}}",
        "",
    );
    let meta = "    meta: {type: object, properties: {next_page_url: {type: string}}}\n";
    let sims = "    sims: {type: array, items: {$ref: '#/components/schemas/sim'}}\n";
    let whole = "    whole: {type: object, properties: {sims: {$ref: '#/components/schemas/sims'}, meta: {$ref: '#/components/schemas/meta'}}}\n";
    let base =
        "    base: {type: object, properties: {meta: {$ref: '#/components/schemas/meta'}}}\n";
    let others = [
        with_list(
            "{type: object, properties: {sims: {type: array, items: {$ref: '#/components/schemas/sim'}}, meta: {$ref: '#/components/schemas/meta'}}}",
            meta,
        ),
        with_list(
            "{$ref: '#/components/schemas/alias'}",
            &format!("    alias: {{$ref: '#/components/schemas/whole'}}\n{meta}{sims}{whole}"),
        ),
        with_list(
            "{allOf: [{$ref: '#/components/schemas/base'}, {type: object, properties: {sims: {$ref: '#/components/schemas/sims'}}}]}",
            &format!("{meta}{sims}{base}"),
        ),
        with_list(
            "{type: object, allOf: [{$ref: '#/components/schemas/base'}], properties: {sims: {allOf: [{$ref: '#/components/schemas/sims'}]}}}",
            &format!("{meta}{sims}{base}"),
        ),
    ];
    for other in others {
        assert_eq!(changes(&written_out, &other), [""; 0], "{other}");
        assert_eq!(files(&written_out), files(&other));
    }
}

/// Returns the files of the crate for a document with these paths.
fn files(paths: &str) -> Vec<GeneratedFile> {
    let source = SourceFile {
        path: "twilio_demo_v1.yaml".to_owned(),
        text: format!("{HEAD}{paths}"),
    };
    let files = twilio_codegen::generate(&[source], &reality::package());
    files.unwrap_or_else(|report| panic!("{paths}:\n{report}"))
}
