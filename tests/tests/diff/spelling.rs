//! What a service takes for the same is no change, however it is spelled; what it does not is one.

use twilio_codegen::source::SourceFile;

use super::pair::Pair;

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
    // The names of setters are made of words, which only case divides here.
    assert_eq!(
        changes(&optional("XTagOne"), &optional("xtagone")),
        ["member-renamed"]
    );
    assert_eq!(
        changes(
            &with_parameters("{name: Tag, in: query, schema: {type: string}}"),
            &with_parameters("{name: tag, in: query, schema: {type: string}}"),
        ),
        ["parameter-removed", "parameter-added-optional"]
    );
}
