//! Tests references and the fields beside them.

use super::*;

#[test]
fn references_must_have_a_target() {
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
    let cycle = "    c: {$ref: '#/components/schemas/d'}\n    d: {allOf: [{$ref: '#/components/schemas/c'}]}\n";
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
