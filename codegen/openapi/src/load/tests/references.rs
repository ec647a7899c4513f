//! Tests references and the fields beside them.

use openapiv3::{AnySchema, Schema, SchemaData};

use super::*;

#[test]
fn references_must_have_a_target() {
    assert_eq!(
        changed("schemas/a'", "schemas/b'"),
        "14:30: error[unknown-reference]: `#/components/schemas/b` does not exist"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "/components/schemas/a'"),
        "14:30: warning[respelled]: `/components/schemas/a` is read as `#/components/schemas/a`"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "A'"),
        "14:30: error[unknown-file]: the document's folder has no file `A`"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "/b.yaml'"),
        "14:30: error[outside-reference]: `/b.yaml` leads to a file outside of the document's folder"
    );
    assert_eq!(
        changed("#/components/schemas/a'", "common.yaml#/a'"),
        "14:30: error[unknown-file]: the document's folder has no file `common.yaml`"
    );
    assert_eq!(
        changed("'#/components/schemas/a'", "'#/info'"),
        "14:30: error[unsupported]: `#/info`, a reference that does not name a component, is not supported"
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
fn cyclic_references_are_reported() {
    let cycle =
        "    c: {$ref: '#/components/schemas/d'}\n    d: {$ref: '#/components/schemas/c'}\n";
    assert_eq!(
        faults(&format!("{DOCUMENT}{cycle}")),
        "21:15: error[cyclic-reference]: this reference leads back to itself: \
         #/components/schemas/c -> #/components/schemas/d -> #/components/schemas/c"
    );
    let itself = "    c: {$ref: '#/components/schemas/c'}\n";
    assert_eq!(
        faults(&format!("{DOCUMENT}{itself}")),
        "21:15: error[cyclic-reference]: this reference leads back to itself: #/components/schemas/c -> #/components/schemas/c"
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
fn parts_that_lead_back_to_their_schema_become_empty() {
    let part = |schemas: &str, name: &str| {
        let text = format!("{DOCUMENT}{schemas}");
        let found = faults(&text);
        assert!(found.contains("warning[cyclic-part]"), "{found}");
        assert_eq!(found.lines().count(), 1, "{found}");
        schema(&text, name).into_item().unwrap().schema_kind
    };
    let empty = ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    });
    let other = ReferenceOr::ref_("#/components/schemas/a");
    let list = vec![empty, other];
    let all = |all_of: &Vec<_>| {
        SchemaKind::Any(AnySchema {
            all_of: all_of.clone(),
            ..AnySchema::default()
        })
    };
    let itself =
        "    c: {allOf: [{$ref: '#/components/schemas/c'}, {$ref: '#/components/schemas/a'}]}\n";
    assert_eq!(part(itself, "c"), all(&list));
    let alias = "    c: {$ref: '#/components/schemas/d'}\n    d: {allOf: [{$ref: '#/components/schemas/c'}, {$ref: '#/components/schemas/a'}]}\n";
    assert_eq!(part(alias, "d"), all(&list));
    let choice =
        "    c: {oneOf: [{$ref: '#/components/schemas/c'}, {$ref: '#/components/schemas/a'}]}\n";
    let one = AnySchema {
        one_of: list,
        ..AnySchema::default()
    };
    assert_eq!(part(choice, "c"), SchemaKind::Any(one));
    // A parent may list its children, and theirs.
    let parent = "    c: {anyOf: [{$ref: '#/components/schemas/d'}, {$ref: '#/components/schemas/e'}]}\n    \
        d: {allOf: [{$ref: '#/components/schemas/c'}]}\n    e: {allOf: [{$ref: '#/components/schemas/d'}]}\n";
    assert_eq!(faults(&format!("{DOCUMENT}{parent}")), "");
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
    assert_eq!(keywords(&wrapped).all_of, std::slice::from_ref(&reference));
    assert_eq!(schema(&text, "d"), reference);
    assert_eq!(schema(&text, "e"), reference);
}

#[test]
fn references_that_bundlers_follow_are_followed() {
    let head = "openapi: 3.0.1\ninfo: {title: T, version: v1}\n";
    let found = format!(
        "{head}paths:\n  /a:\n    get: {{$ref: '#/x-get', summary: Own}}\n    put: {{operationId: B, parameters: {{$ref: '#/x-list'}}, \
         requestBody: {{content: {{$ref: '#/x-content'}}}}, responses: {{$ref: '#/x-responses', '404': {{description: E}}}}}}\n\
         components: {{schemas: {{a: {{type: object, properties: {{$ref: '#/x-properties', c: {{type: string}}}}}}, \
         b: {{type: object, properties: {{$ref: {{type: string}}}}}}}}}}\n\
         x-get: {{operationId: A, summary: Shared, parameters: {{$ref: '#/x-list'}}, responses: {{$ref: '#/x-responses'}}}}\n\
         x-list: [{{name: p, in: query, schema: {{type: string}}}}]\n\
         x-content: {{application/json: {{$ref: '#/x-media'}}}}\n\
         x-media: {{schema: {{$ref: '#/components/schemas/a'}}}}\n\
         x-responses: {{'200': {{description: D, content: {{$ref: '#/x-content'}}}}}}\n\
         x-properties: {{b: {{type: integer}}}}\n"
    );
    let list = "[{name: p, in: query, schema: {type: string}}]";
    let content = "{application/json: {schema: {$ref: '#/components/schemas/a'}}}";
    let success = format!("'200': {{description: D, content: {content}}}");
    let meant = format!(
        "{head}paths:\n  /a:\n    get: {{operationId: A, summary: Own, parameters: {list}, responses: {{{success}}}}}\n    \
         put: {{operationId: B, parameters: {list}, requestBody: {{content: {content}}}, responses: {{{success}, '404': {{description: E}}}}}}\n\
         components: {{schemas: {{a: {{type: object, properties: {{b: {{type: integer}}, c: {{type: string}}}}}}, \
         b: {{type: object, properties: {{$ref: {{type: string}}}}}}}}}}\n"
    );
    let typed = |text: &str| load(&source("a.yaml", text)).unwrap();
    let (document, told) = typed(&found);
    let (expected, _) = typed(&meant);
    assert_eq!(document.paths, expected.paths);
    assert_eq!(document.openapi.components, expected.openapi.components);
    assert_eq!(told.len(), 0);
    for lost in [
        "#/x-get",
        "#/x-list",
        "#/x-content",
        "#/x-media",
        "#/x-responses",
        "#/x-properties",
    ] {
        let told = faults(&found.replace(&format!("'{lost}'"), "'#/nowhere'"));
        assert!(
            told.contains("`#/nowhere` does not exist"),
            "{lost}: {told}"
        );
    }
}
