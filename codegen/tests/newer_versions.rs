//! OpenAPI 3.1: constructs with a 3.0 equivalent make the same crate, and all others are reported.

use std::path::Path;

use twilio_codegen::diff;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, OneByOne, OtherFiles, Package};

/// Returns a fixture under the file name of its product.
fn fixture(name: &str) -> SourceFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/newer");
    SourceFile {
        path: "demo.yaml".to_owned(),
        text: std::fs::read_to_string(path.join(name)).expect("a fixture"),
    }
}

fn package() -> Package {
    Package::named("demo")
}

#[test]
fn equivalent_documents_make_the_same_crate() {
    let [older, newer] = ["3.0.yaml", "3.1.yaml"].map(|name| {
        twilio_codegen::generate(&[fixture(name)], &package()).unwrap_or_else(|it| panic!("{it}"))
    });
    let names =
        |files: &[GeneratedFile]| files.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&older), names(&newer));
    for (older, newer) in older.iter().zip(&newer) {
        for (older_line, newer_line) in older.text.lines().zip(newer.text.lines()) {
            assert_eq!(older_line, newer_line, "{}", older.path);
        }
        assert_eq!(older.text.len(), newer.text.len(), "{}", older.path);
    }
}

/// Keywords of 3.1 without a 3.0 equivalent, and the name of a security scheme without one.
const WORDLESS: [&str; 3] = [
    "`dependentRequired: ",
    "`propertyNames: {\"pattern\":\"^x-\"}`",
    "`certificate",
];

#[test]
fn equivalent_documents_have_no_differences() {
    let [older, newer] = ["3.0.yaml", "3.1.yaml"].map(fixture);
    for pair in [[&older, &newer], [&newer, &older]] {
        let [old, new] =
            twilio_codegen::two_models(pair, [&[], &[]], &OtherFiles::default(), &OneByOne)
                .map(|it| vec![it.unwrap()]);
        let comparison = diff::diff(&old, &new);
        for change in comparison.changes {
            assert!(
                WORDLESS.iter().any(|it| change.message.contains(it)),
                "{change:?}"
            );
        }
    }
}

/// Returns the whole report for a document with this schema.
fn problems(schema: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Demo, version: '1'}}\nservers: [{{url: https://a.example}}]\n\
         paths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}}}\n\
         components: {{schemas: {{a: {{type: object, properties: {{b: {schema}}}}}}}}}\n"
    );
    let path = "demo.yaml".to_owned();
    let (_, report) = twilio_codegen::read(&[SourceFile { path, text }]);
    let problems = report
        .iter()
        .map(|it| format!("{}[{}]: {}", it.severity().as_str(), it.id(), it.message));
    problems.collect()
}

#[test]
fn keywords_without_effect_on_types_are_noted() {
    let note = |field: &str| format!("note[without-effect]: `{field}` has no effect on the crate");
    for (schema, field) in [
        (
            "{type: array, items: {}, contains: {type: string}, minContains: 2}",
            "contains",
        ),
        (
            "{type: object, propertyNames: {pattern: a}}",
            "propertyNames",
        ),
        (
            "{type: object, dependentRequired: {a: [b]}}",
            "dependentRequired",
        ),
        (
            "{type: string, contentEncoding: base64url}",
            "contentEncoding",
        ),
        (
            "{type: string, contentMediaType: application/json}",
            "contentMediaType",
        ),
        (
            "{type: object, properties: {c: {}}, if: {required: [c]}, then: {properties: {c: {const: 1}}}}",
            "then",
        ),
    ] {
        let problems = problems(schema);
        assert_eq!(
            problems.first(),
            Some(&note(field)),
            "{schema}: {problems:?}"
        );
    }
}

#[test]
fn keywords_of_many_schemas_are_noted_once_at_the_first() {
    let mut text =
        "openapi: 3.1.0\ninfo: {title: Demo, version: '1'}\ncomponents:\n  schemas:\n".to_owned();
    for number in 0..100 {
        text += &format!("    a{number}: {{type: object, propertyNames: {{pattern: b}}}}\n");
    }
    let path = "demo.yaml".to_owned();
    let (_, report) = twilio_codegen::read(&[SourceFile { path, text }]);
    let notes = report.iter().filter(|it| it.id() == "without-effect");
    let lines: Vec<_> = notes.map(|it| it.site.location.span.start.line).collect();
    assert_eq!(lines, [5]);
}

#[test]
fn keywords_that_widen_a_type_are_warnings() {
    let warning = |field: &str| format!("warning[wider-type]: `{field}` is only partly supported");
    for (schema, field) in [
        (
            "{prefixItems: [{type: string}, {type: integer}]}",
            "prefixItems",
        ),
        (
            "{prefixItems: [{type: string}], items: {type: integer}}",
            "prefixItems",
        ),
        (
            "{type: object, patternProperties: {^x-: {type: string}}}",
            "patternProperties",
        ),
        (
            "{type: object, properties: {c: {}}, patternProperties: {^x-: {type: string}}}",
            "patternProperties",
        ),
        (
            "{type: object, then: {properties: {c: {const: 1}}}}",
            "then",
        ),
        (
            "{type: object, properties: {c: {}}, dependentSchemas: {c: {properties: {d: {}}}}}",
            "dependentSchemas",
        ),
    ] {
        let problems = problems(schema);
        let [only] = problems.as_slice() else {
            panic!("{schema}: {problems:?}");
        };
        assert!(only.starts_with(&warning(field)), "{schema}: {only}");
    }
}

#[test]
fn keywords_that_change_references_are_rejected_by_name() {
    for (schema, what) in [
        ("{$dynamicRef: '#a'}", "`$dynamicRef`"),
        (
            "{$ref: '#anchor'}",
            "`#anchor`, a reference to an `$anchor`,",
        ),
    ] {
        assert_eq!(
            problems(schema),
            [format!("error[unsupported]: {what} is not supported")],
            "{schema}"
        );
    }
}

/// Generates the crate of a document with these component schemas.
fn crate_of(schemas: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Demo, version: '1'}}\nservers: [{{url: https://a.example}}]\n\
         paths: {{/a: {{get: {{responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/tree'}}}}}}}}}}}}}}}}\n\
         components: {{schemas: {schemas}}}\n"
    );
    let path = "demo.yaml".to_owned();
    let files = twilio_codegen::generate(&[SourceFile { path, text }], &package());
    let files = files.unwrap_or_else(|it| panic!("{it}"));
    files.into_iter().map(|it| it.text).collect()
}

#[test]
fn references_by_name_lead_to_their_schema() {
    let tree = |keywords: &str, again: &str| {
        crate_of(&format!(
            "{{tree: {{{keywords}type: object, properties: {{leaf: {{type: string}}, nodes: {{type: array, items: \
             {{{again}}}}}}}}}}}"
        ))
    };
    let expected = tree("", "$ref: '#/components/schemas/tree'");
    for (keywords, again) in [
        ("", "$ref: '#'"),
        ("$anchor: node, ", "$ref: '#node'"),
        ("$dynamicAnchor: node, ", "$dynamicRef: '#node'"),
        ("", "$dynamicRef: '#/components/schemas/tree'"),
        ("$recursiveAnchor: true, ", "$recursiveRef: '#'"),
        ("", "$recursiveRef: '#'"),
        ("$id: Tree, ", "$ref: Tree"),
        ("$id: 'https://a.example/tree', ", "$ref: tree"),
        ("$id: 'https://a.example/tree', ", "$ref: 'tree#'"),
        ("$id: /a/tree, $anchor: node, ", "$ref: '/a/tree#node'"),
        (
            "$id: 'https://a.example/tree', ",
            "$ref: '#/components/schemas/tree'",
        ),
    ] {
        assert!(tree(keywords, again) == expected, "{keywords}{again}");
    }
    let leaf = "{type: object, properties: {size: {type: integer}}}";
    for (own, reference) in [("$id: a, ", "a#/$defs/leaf"), ("", "#/$defs/leaf")] {
        let nested = |reference: &str| {
            crate_of(&format!(
                "{{tree: {{properties: {{top: {{{own}properties: {{leaf: {{$ref: '{reference}'}}}}, $defs: {{leaf: {leaf}}}}}}}}}}}"
            ))
        };
        let expected = nested("#/components/schemas/tree/properties/top/$defs/leaf");
        assert!(nested(reference) == expected, "{reference}");
    }
    assert!(
        crate_of(&format!(
            "{{tree: {{$id: a, properties: {{leaf: {{$ref: '#/$defs/leaf'}}}}, $defs: {{leaf: {leaf}}}}}}}"
        )) == crate_of(&format!(
            "{{tree: {{properties: {{leaf: {{$ref: '#/components/schemas/tree/$defs/leaf'}}}}, $defs: {{leaf: {leaf}}}}}}}"
        )),
    );
}

#[test]
fn keywords_with_an_equivalent_are_accepted() {
    for schema in [
        "{$id: 'https://a.example', $schema: b, $comment: c, $anchor: d, type: string}",
        "{type: object, unevaluatedProperties: false}",
        "{type: [string, integer, 'null']}",
    ] {
        assert_eq!(problems(schema), [""; 0], "{schema}");
    }
}

#[test]
fn newer_methods_are_rejected_by_name() {
    let text = "openapi: 3.2.0\ninfo: {title: Demo, version: '1'}\n\
                paths: {/a: {get: {responses: {'204': {summary: Done.}}}, query: {}}}\n";
    let source = SourceFile {
        path: "demo.yaml".to_owned(),
        text: text.to_owned(),
    };
    let (_, report) = twilio_codegen::read(&[source]);
    let problems: Vec<&str> = report.iter().map(|it| it.message.as_str()).collect();
    assert!(
        problems
            .contains(&"`query`, of OpenAPI 3.2, is not supported: it is left out of the crate"),
        "{problems:?}"
    );
}
