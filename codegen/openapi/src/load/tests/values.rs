//! Tests values that do not fit their place.

use super::*;

#[test]
fn fields_have_their_kinds() {
    assert_eq!(
        changed("version: v1", "version: 1.0"),
        "2:27: warning[unquoted-text]: this is not text: it is read as `\"1.0\"`"
    );
    let whole = DOCUMENT.replace("version: v1", "version: 1.10");
    let (document, _) = load(&source("a.yaml", &whole)).unwrap();
    assert_eq!(document.openapi.info.version, "1.10");
    assert_eq!(
        changed("required: true", "required: yes"),
        "6:38: warning[other-kind]: expected `true` or `false`, found text: it is read as `true`"
    );
    assert_eq!(
        changed("required: true", "required: always"),
        "6:38: error[wrong-kind]: expected `true` or `false`, found text"
    );
    assert_eq!(
        changed("[x, y]", "x"),
        "20:33: warning[other-kind]: expected a list, found text: it is read as a list of one"
    );
    assert_eq!(
        changed("[x, y]", "'x, y'"),
        "20:33: error[wrong-kind]: expected a list, found text"
    );
    assert_eq!(
        changed("{type: string, enum: [x, y]}", ""),
        "20:9: warning[other-kind]: expected an object, found nothing: it is read as `{}`"
    );
    assert_eq!(
        changed("[x, y]", "[[x, y]]"),
        "20:34: warning[other-kind]: expected a value of the type, found a list: it is read as its elements"
    );
    assert_eq!(
        changed("type: object", "type: [object]"),
        "18:7: warning[newer-keyword]: `type` is written as in OpenAPI 3.1, and is read that way"
    );
    assert_eq!(
        changed("description: OK", "description:"),
        "11:11: warning[supplied-field]: a response must have `description`: an empty one is assumed"
    );
    assert_eq!(
        changed("type: object", "description:"),
        "18:7: warning[empty-field]: `description` has no value: it is ignored"
    );
}

#[test]
fn limits_have_possible_values() {
    assert_eq!(
        changed("type: object", "minProperties: -1"),
        "18:22: warning[unusable-limit]: `minProperties` cannot be this value: it is ignored"
    );
    for unusable in [
        "maxLength: 1.5",
        "maxItems: 18446744073709551616",
        "maxLength: 1e400",
        "maximum: 1e400",
        "maximum: '2026-01-31'",
        "maxItems: [1, 2]",
        "minLength: {value: 1}",
        "minimum: true",
        "minProperties: x",
    ] {
        let told = changed("type: object", unusable);
        assert!(
            told.contains("warning[unusable-limit]") && !told.contains("error"),
            "{told}"
        );
    }
}

#[test]
fn fields_are_known_and_complete() {
    assert_eq!(
        changed("operationId", "operationID"),
        "8:7: warning[respelled]: `operationID` is read as `operationId`"
    );
    assert_eq!(changed("      operationId: FetchA\n", ""), "");
    assert_eq!(
        changed("operationId: FetchA", "operationId: ''"),
        "8:7: warning[empty-field]: `operationId` has no value: it is ignored"
    );
    assert_eq!(
        changed("    get:\n", "    fetch:\n"),
        "7:5: error[unknown-field]: a path item has no field `fetch` in OpenAPI 3.0"
    );
    assert_eq!(
        changed("operationId: FetchA", "sumary: A"),
        "8:7: warning[ignored-field]: an operation has no field `sumary` in OpenAPI 3.0: it is ignored"
    );
    assert_eq!(
        changed("    get:\n", "    deprecated: true\n    get:\n"),
        "7:5: warning[ignored-field]: a path item has no field `deprecated` in OpenAPI 3.0: it is ignored"
    );
    assert_eq!(
        changed("    get:\n", "    security: []\n    get:\n"),
        "7:5: error[unknown-field]: a path item has no field `security` in OpenAPI 3.0"
    );
    assert_eq!(
        changed("title: T", "title:"),
        "2:7: warning[supplied-field]: `info` must have `title`: the name of the product is assumed"
    );
    assert_eq!(
        changed("description: OK", "x-description: OK"),
        "11:11: warning[supplied-field]: a response must have `description`: an empty one is assumed"
    );
    assert_eq!(
        changed("type: object", "const: 1"),
        "18:7: warning[newer-keyword]: `const` is written as in OpenAPI 3.1, and is read that way"
    );
    assert_eq!(
        changed("  schemas:", "  shemas:"),
        "16:3: error[unknown-field]: `components` has no field `shemas` in OpenAPI 3.0"
    );
    assert_eq!(
        changed("title: T", "title: T, summary: S"),
        "2:18: warning[ignored-field]: `info` has no field `summary` in OpenAPI 3.0: it is ignored"
    );
}

/// Returns the warnings of a valid document with this additional schema.
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
fn unknown_required_names_are_reported() {
    assert_eq!(
        warnings("{properties: {d: {}}, required: [d, e]}"),
        ["unknown-required"]
    );
    assert_eq!(
        warnings("{properties: {d: {}}, additionalProperties: false, required: [e]}"),
        ["unknown-required"]
    );
    // The property may be defined elsewhere.
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
fn enum_values_are_distinct() {
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
fn values_must_be_allowed() {
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
        "6:35: warning[respelled]: `form` is read as `simple`"
    );
    assert_eq!(
        changed("'200'", "2000"),
        "10:9: warning[invalid-status]: `2000` is not a status: this response is ignored"
    );
    assert_eq!(changed("'200'", "200"), "");
    assert_eq!(changed("'200'", "2xx"), "");
}

#[test]
fn schemas_must_be_satisfiable() {
    assert_eq!(
        changed("type: object", "type: array"),
        "18:7: warning[supplied-field]: a schema must have `items`: an empty one is assumed"
    );
    assert_eq!(
        changed("[x, y]", "[]"),
        "20:27: warning[empty-field]: `enum` has no value: it is ignored"
    );
    assert_eq!(
        changed("type: object", "type: object\n      required: [b, c, b, b]"),
        "19:21: warning[unknown-required]: `required` lists `c`, but no property has this name\n19:24: warning[duplicate-required]: `b` is listed twice\n19:27: warning[duplicate-required]: `b` is listed twice"
    );
    assert_eq!(changed("type: object", "required: []"), "");
    assert_eq!(
        changed(
            "{type: string, enum",
            "{minLength: 3, maxLength: 2, minimum: 1.5, maximum: 1.5, enum"
        ),
        "20:24: warning[empty-range]: `minLength` is greater than `maxLength`"
    );
}

#[test]
fn parameters_have_either_schema_or_content() {
    let fault = "6:7: error[not-exactly-one]: a parameter must have either `schema` or `content`";
    assert_eq!(
        changed(", schema: {type: string}}", "}"),
        "6:7: warning[supplied-field]: a parameter must have `schema`: text is assumed"
    );
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
fn operations_and_parameters_are_unique() {
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
        "8:7: warning[duplicate-parameter]: the query parameter `Id` is already in this list"
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
fn path_parameters_match_their_template() {
    assert_eq!(
        changed("/a/{Id}:", "a/{Id}:"),
        "4:3: warning[respelled]: `a/{Id}` is read as `/a/{Id}`"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Id:"),
        "4:3: warning[respelled]: `/a/{Id` is read as `/a/{Id}`"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Sid:"),
        "4:3: error[invalid-template]: the path `/a/{Sid` is malformed"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Sid}:"),
        "4:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` has this name"
    );
    assert_eq!(
        changed("/a/{Id}:", "/a/{Id}/{Sid}:"),
        "4:3: warning[undeclared-path-parameter]: the path has `{Sid}`, but no parameter with `in: path` has this name"
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
        "11:5: warning[undeclared-path-parameter]: the path has `{Id}`, but no parameter with `in: path` has this name"
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
