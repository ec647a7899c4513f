//! What a service takes for the same is no change, however it is spelled; what it does not is one.

use twilio_codegen::GeneratedFile;
use twilio_codegen::source::SourceFile;

use super::pair::Pair;
use super::reality;

/// What is common to all documents here; what follows are the paths.
const HEAD: &str = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
";

/// Returns the ids of the changes from `old` to `new`, which are the paths of a document each.
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

/// An operation with this list of parameters.
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
    // The names of setters and options are made of words, which only case divides here.
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

/// An operation that reads and answers in these media types of JSON.
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

/// A list whose answer is `schema`, beside these components and that of an item.
fn with_list(schema: &str, components: &str) -> String {
    format!(
        "  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{{name: PageSize, in: query, schema: {{type: integer}}}}]\n      responses: {{'200': {{description: Some., content: {{application/json: {{schema: {schema}}}}}}}}}\ncomponents:\n  schemas:\n    sim: {{type: object, properties: {{sid: {{type: string}}}}}}\n{components}"
    )
}

/// The same crate, but for the prose of what is seen: its items have no name of their own either.
#[test]
fn pages_are_seen_through_references() {
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

/// The files of the crate for a document with these paths.
fn files(paths: &str) -> Vec<GeneratedFile> {
    let source = SourceFile {
        path: "twilio_demo_v1.yaml".to_owned(),
        text: format!("{HEAD}{paths}"),
    };
    let files = twilio_codegen::generate(&[source], &reality::package());
    files.unwrap_or_else(|report| panic!("{paths}:\n{report}"))
}
