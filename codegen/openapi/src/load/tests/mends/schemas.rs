//! Schemas, and values of other kinds.

use super::*;

#[test]
fn lists_stand_for_schemas_and_parameters() {
    schema_of(
        "{type: object, properties: {x: [string]}}",
        "{type: object, properties: {x: {type: array, items: {type: string}}}}",
        &["expected an object, found a list: it is read as such a value"],
    );
    let (one, other) = (
        "{name: x, in: query, schema: {type: string}}",
        "{name: y, in: query, schema: {type: string}}",
    );
    parameters(
        &format!("[[{one}], {other}]"),
        &format!("[{one}, {other}]"),
        &["expected a list of objects, found a list: it is read as one list"],
    );
}

#[test]
fn a_schema_in_place_of_a_media_type_is_one_of_json() {
    operation(
        &format!("requestBody: {{content: {{schema: {{type: string}}}}}}, {DONE}"),
        &format!(
            "requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}, {DONE}"
        ),
        &[
            "`schema` belongs into `content: {application/json: {schema: …}}`: it is read as if it were there",
        ],
    );
}

/// The message about a value of another kind.
fn instead(expected: &str, found: &str, taken: &str) -> String {
    format!("expected {expected}, found {found}: it is read as {taken}")
}

#[test]
fn values_of_other_kinds_are_read() {
    let list = |found| ("a list", found);
    for (found, meant, (expected, kind), taken) in [
        ("{enum: x}", "{enum: [x]}", list("text"), "a list of one"),
        (
            "{enum: {x: , y: }}",
            "{enum: [x, y]}",
            list("an object"),
            "`[\"x\",\"y\"]`",
        ),
        (
            "{additionalProperties: integer}",
            "{additionalProperties: {type: integer}}",
            ("`true`, `false` or a schema", "text"),
            "`{\"type\":\"integer\"}`",
        ),
        (
            "{properties: {c: number}}",
            "{properties: {c: {type: number}}}",
            ("an object", "text"),
            "`{\"type\":\"number\"}`",
        ),
        (
            "{nullable: yes}",
            "{nullable: true}",
            ("`true` or `false`", "text"),
            "`true`",
        ),
        (
            "{type: array, items: '#/components/schemas/a'}",
            "{type: array, items: {$ref: '#/components/schemas/a'}}",
            ("an object", "text"),
            "`{\"$ref\":\"#/components/schemas/a\"}`",
        ),
    ] {
        schema_of(found, meant, &[&instead(expected, kind, taken)]);
    }
    operation(
        "tags: [{name: x}], responses: {'200': OK}",
        "tags: [x], responses: {'200': {description: OK}}",
        &[
            &instead("text", "an object", "`\"x\"`"),
            &instead("an object", "text", "`{\"description\":\"OK\"}`"),
        ],
    );
}

#[test]
fn types_of_times_are_read_by_their_examples() {
    for (found, meant, fault) in [
        (
            "{type: date, example: '2026-01-31'}",
            "{type: string, format: date, example: '2026-01-31'}",
            "`date` is read as `string` with the format `date`",
        ),
        (
            "{type: date, example: '2026-01-31T08:00:00Z'}",
            "{type: string, example: '2026-01-31T08:00:00Z'}",
            "`date` is read as `string`",
        ),
        (
            "{type: datetime, example: '2026-01-31 08:00'}",
            "{type: string, example: '2026-01-31 08:00'}",
            "`datetime` is read as `string`",
        ),
        (
            "{type: Date}",
            "{type: string}",
            "`Date` is read as `string`",
        ),
    ] {
        schema_of(found, meant, &[fault]);
    }
}

#[test]
fn types_of_other_languages_are_read() {
    for (found, meant, fault) in [
        (
            "{type: any}",
            "{}",
            "`any` is not a type: any value is assumed",
        ),
        (
            "{type: guid}",
            "{type: string, format: uuid}",
            "`guid` is read as `string` with the format `uuid`",
        ),
        (
            "{type: 'integer[]'}",
            "{type: array, items: {type: integer}}",
            "`integer[]` is read as `array` of `integer`",
        ),
        (
            "{type: 'string|null'}",
            "{type: string, nullable: true}",
            "`string|null` is read as `string` or `null`",
        ),
        (
            "{type: 'string, integer'}",
            "{}",
            "`string, integer` is not a type: any value is assumed",
        ),
        (
            "{type: string, enum: [1.10, 2]}",
            "{type: string, enum: ['1.10', '2']}",
            "this is not written as `type: string`: the values of the enum are converted",
        ),
        (
            "{type: object, format: file}",
            "{type: string, format: binary}",
            "`object` is read as `string` with the format `binary`",
        ),
        (
            "{type: string, max_length: 3}",
            "{type: string, maxLength: 3}",
            "`max_length` is read as `maxLength`",
        ),
    ] {
        schema_of(found, meant, &[fault]);
    }
    for unclear in [
        "{enum: 'x, y'}",
        "{type: string or null}",
        "{type: Other}",
        "{nullable: maybe}",
    ] {
        let told = changed("{type: string, enum: [x, y]}", unclear);
        assert!(told.contains("error["), "{unclear}: {told}");
    }
}

#[test]
fn schemas_are_found_beside_their_section() {
    let whole = |reference: &str, components: &str| {
        format!(
            "{HEAD}paths:\n  /a: {{get: {{operationId: A, responses: {{'200': {{description: D, content: {{application/json: \
             {{schema: {{$ref: '#/components/{reference}'}}}}}}}}}}}}}}\ncomponents: {components}\n"
        )
    };
    let meant = whole(
        "schemas/a",
        "{schemas: {a: {type: object, properties: {b: {type: string}}}, c: {enum: [d]}}}",
    );
    let beside = "{a: {type: object, properties: {b: {type: string}}}, c: {enum: [d]}}";
    let misplaced = ["a", "c"]
        .map(|it| format!("`{it}` belongs into `schemas`: it is read as if it were there"));
    let misplaced = misplaced.each_ref().map(String::as_str);
    is_read_as(&whole("schemas/a", beside), &meant, &misplaced);
    let respelled = "`#/components/a` is read as `#/components/schemas/a`";
    let faults = [respelled, misplaced[0], misplaced[1]];
    is_read_as(&whole("a", beside), &meant, &faults);
    is_read_as(
        &whole("schemas/a", &format!("{{definitions: {beside}}}")),
        &meant,
        &["`definitions` is read as `schemas`"],
    );
    for other in [
        "{schemas: {a: {}}, p: {name: p, in: query, type: string}}",
        "{schemas: {a: {}}, a: {type: string}}",
        "{schemas: {a: {}}, x-b: {type: string}}",
    ] {
        let (document, _) = load(&source("a.yaml", &whole("schemas/a", other))).unwrap();
        let components = document.openapi.components.unwrap_or_default();
        assert_eq!(components.schemas.len(), 1, "{other}");
    }
}

#[test]
fn properties_are_read_from_a_list_with_names() {
    schema_of(
        "{type: object, properties: [{name: c, type: integer}, {name: d, $ref: '#/components/schemas/a'}]}",
        "{type: object, properties: {c: {type: integer}, d: {$ref: '#/components/schemas/a'}}}",
        &[
            "expected an object, found a list: it is read as an object of its elements by their names",
        ],
    );
    for unclear in [
        "[{name: c, type: integer}, {name: c, type: string}]",
        "[{name: c}, {name: d}]",
        "[{name: {type: string}}]",
    ] {
        let text = format!("{{type: object, properties: {unclear}}}");
        let told = changed("{type: string, enum: [x, y]}", &text);
        assert!(!told.contains("by their names"), "{unclear}: {told}");
    }
}
