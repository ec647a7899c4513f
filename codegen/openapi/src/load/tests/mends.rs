//! Tests what each corrected fault is read as: a document with the fault is that with what it means, but for a warning.

use super::*;

/// The head of a document, before its paths.
const HEAD: &str = "openapi: 3.0.1\ninfo: {title: T, version: v1}\n";

/// The components of a document.
const COMPONENTS: &str = "\ncomponents:\n  schemas: {a: {type: object, properties: {b: {type: string}}}}\n  \
                          parameters: {P: {name: p, in: query, schema: {type: string}}}\n";

/// Checks that the document with `found` is the one with `meant`, and that the only faults of `found` are these.
#[track_caller]
fn is_read_as(found: &str, meant: &str, faults: &[&str]) {
    let typed = |text: &str| match load(&source("a.yaml", text)) {
        Ok(read) => read,
        Err(faults) => panic!(
            "{text}\n{}",
            placement::report(&source("a.yaml", text), faults)
        ),
    };
    let (expected, _) = typed(meant);
    let (document, found_faults) = typed(found);
    assert_eq!(document, expected, "{found}");
    let report = placement::report(&source("a.yaml", found), found_faults).to_string();
    let unrelated = |it: &&str| !it.contains("invalid-component-name");
    let lines: Vec<&str> = report.lines().filter(unrelated).collect();
    let messages = lines
        .iter()
        .map(|it| it.split_once("]: ").map_or(*it, |(_, it)| it));
    assert_eq!(messages.collect::<Vec<_>>(), faults, "{report}");
}

/// Does the same for an operation of `/a/{id}`.
#[track_caller]
fn operation(found: &str, meant: &str, faults: &[&str]) {
    let whole = |operation: &str| {
        format!(
            "{HEAD}paths:\n  /a/{{id}}:\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
             post: {{operationId: A, {operation}}}{COMPONENTS}"
        )
    };
    is_read_as(&whole(found), &whole(meant), faults);
}

/// Does the same for the parameters of an operation.
#[track_caller]
fn parameters(found: &str, meant: &str, faults: &[&str]) {
    let whole =
        |list: &str| format!("responses: {{default: {{description: D}}}}, parameters: {list}");
    operation(&whole(found), &whole(meant), faults);
}

/// Does the same for a schema.
#[track_caller]
fn schema_of(found: &str, meant: &str, faults: &[&str]) {
    let whole = |schema: &str| {
        format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    a: {{type: object}}\n    b: {schema}\n"
        )
    };
    is_read_as(&whole(found), &whole(meant), faults);
}

const DONE: &str = "responses: {default: {description: D}}";

#[test]
fn bodies_of_swagger_become_request_bodies() {
    operation(
        &format!(
            "consumes: [text/csv], parameters: [{{in: body, name: x, description: B, required: true, schema: {{type: string}}}}], {DONE}"
        ),
        &format!(
            "parameters: [], requestBody: {{description: B, required: true, content: {{text/csv: {{schema: {{type: string}}}}}}}}, {DONE}"
        ),
        &["`in: body` is written in the way of an older OpenAPI version"],
    );
    operation(
        &format!(
            "parameters: [{{in: formData, name: x, required: true, type: array, items: {{type: string}}}}, {{in: formData, name: y, type: integer}}], {DONE}"
        ),
        &format!(
            "parameters: [], requestBody: {{required: true, content: {{application/x-www-form-urlencoded: {{schema: {{type: object, \
             properties: {{x: {{type: array, items: {{type: string}}}}, y: {{type: integer}}}}, required: [x]}}, \
             encoding: {{x: {{style: form, explode: false}}}}}}}}}}, {DONE}"
        ),
        &["`in: formData` is written in the way of an older OpenAPI version"; 2],
    );
    operation(
        &format!("parameters: [{{in: formData, name: x, type: file, description: F}}], {DONE}"),
        &format!(
            "parameters: [], requestBody: {{required: false, content: {{multipart/form-data: {{schema: {{type: object, \
             properties: {{x: {{type: string, format: binary, description: F}}}}}}}}}}}}, {DONE}"
        ),
        &["`in: formData` is written in the way of an older OpenAPI version"],
    );
    operation(
        "produces: [application/pdf], responses: {'200': {description: D, schema: {type: file}}}",
        "responses: {'200': {description: D, content: {application/pdf: {schema: {type: string, format: binary}}}}}",
        &["`schema` is written in the way of an older OpenAPI version"],
    );
    let body = "{in: body, name: x, schema: {type: string}}";
    for two in [
        format!("requestBody: {{content: {{application/json: {{}}}}}}, parameters: [{body}]"),
        format!("parameters: [{body}, {{in: formData, name: y, type: string}}]"),
    ] {
        let post = format!("post: {{operationId: B, {two}, {DONE}}}\n    get:");
        let told = faults(&DOCUMENT.replace("get:", &post));
        assert!(told.contains("`in` cannot be `body`"), "{told}");
    }
}

#[test]
fn misplaced_fields_are_read_where_they_belong() {
    let json = "{application/json: {schema: {$ref: '#/components/schemas/a'}}}";
    let content = "`content: {application/json: {schema: …}}`: it is read as if it were there";
    for (found, fault) in [
        (
            "{schema: {$ref: '#/components/schemas/a'}}",
            format!("`schema` belongs into {content}"),
        ),
        (
            "{$ref: '#/components/schemas/a'}",
            format!("`$ref` belongs into {content}"),
        ),
        (
            "{application/json: {schema: {$ref: '#/components/schemas/a'}}}",
            "`application/json` belongs into `content`: it is read as if it were there".to_owned(),
        ),
        (
            "{content: {application/json: {$ref: '#/components/schemas/a'}}}",
            "`$ref` belongs into `schema`: it is read as if it were there".to_owned(),
        ),
    ] {
        operation(
            &format!("requestBody: {found}, {DONE}"),
            &format!("requestBody: {{content: {json}}}, {DONE}"),
            &[&fault],
        );
    }
    schema_of(
        "{properties: {c: {}, type: object, required: [c], additionalProperties: false, title: T}}",
        "{type: object, required: [c], additionalProperties: false, title: T, properties: {c: {}}}",
        &["type", "required", "additionalProperties", "title"]
            .map(|it| format!("`{it}` belongs into the schema around `properties`: it is read as if it were there"))
            .each_ref()
            .map(String::as_str),
    );
}

#[test]
fn values_of_parameters_are_separated_as_written() {
    let older = "`collectionFormat` is written in the way of an older OpenAPI version";
    let list = "schema: {type: array, items: {type: string}}";
    for (format, meant) in [
        ("csv", "style: form, explode: false"),
        ("multi", "style: form, explode: true"),
        ("ssv", "style: spaceDelimited, explode: false"),
        ("pipes", "style: pipeDelimited, explode: false"),
    ] {
        let meant = format!("[{{name: x, in: query, {list}, {meant}}}]");
        parameters(
            &format!("[{{name: x, in: query, {list}, collectionFormat: {format}}}]"),
            &meant,
            &[older],
        );
        let inside = list.replace("array", &format!("array, collectionFormat: {format}"));
        parameters(
            &format!("[{{name: x, in: query, {inside}}}]"),
            &meant,
            &[older],
        );
    }
    for (location, format) in [("query", "tsv"), ("header", "pipes"), ("path", "ssv")] {
        let parameter = format!(
            "- {{name: x, in: {location}, {list}, collectionFormat: {format}}}\n    - {{name: Id,"
        );
        let told = changed("- {name: Id,", &parameter);
        let expected = format!(
            "the `collectionFormat` \"{format}\", which OpenAPI 3 cannot express, is not supported"
        );
        assert!(told.contains(&expected), "{told}");
    }
    for (style, meant, taken) in [
        (
            "csv",
            "style: form, explode: false",
            "form` with `explode: false",
        ),
        ("Form", "style: form", "form"),
        ("pipe-delimited", "style: pipeDelimited", "pipeDelimited"),
    ] {
        parameters(
            &format!("[{{name: x, in: query, style: {style}, {list}}}]"),
            &format!("[{{name: x, in: query, {meant}, {list}}}]"),
            &[&format!("`{style}` is read as `{taken}`")],
        );
    }
    let told = changed("in: path,", "in: path, style: other,");
    assert!(told.contains("`style` cannot be `other`"), "{told}");
}

#[test]
fn parameters_are_named_and_described() {
    let text = "schema: {type: string}";
    parameters(
        &format!("[{{name: ' x', in: query, {text}}}, {{name: 'Y: ', in: header, {text}}}]"),
        &format!("[{{name: x, in: query, {text}}}, {{name: Y, in: header, {text}}}]"),
        &["` x` is read as `x`", "`Y: ` is read as `Y`"],
    );
    parameters(
        &format!("{{x: {{in: query, {text}}}, y: {{in: header, name: z, {text}}}}}"),
        &format!("[{{name: x, in: query, {text}}}, {{name: z, in: header, {text}}}]"),
        &["expected a list, found an object: it is read as a list of its members"],
    );
    parameters(
        &format!("{{name: x, in: query, {text}}}"),
        &format!("[{{name: x, in: query, {text}}}]"),
        &["expected a list, found an object: it is read as a list of one"],
    );
    parameters(
        "[{name: x, in: query, schema: {type: string}, type: integer, enum: [a], default: a}]",
        "[{name: x, in: query, schema: {type: string, enum: [a], default: a}}]",
        &["`type` is written in the way of an older OpenAPI version"],
    );
}

#[test]
fn paths_get_the_braces_of_their_parameters() {
    let whole = |path: &str| {
        format!(
            "{HEAD}paths:\n  '{path}':\n    post:\n      operationId: A\n      parameters:\n      \
             - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      \
             - {{name: q, in: query, schema: {{type: string}}}}\n      {DONE}\n"
        )
    };
    for found in [
        "/a/:id",
        "/a/<id>",
        "/a/{id",
        "/a/{{id}}",
        "/a/${id}",
        "/a/%7Bid%7D",
        "/a/{id}{?q}",
        "/a/{id:.+}",
    ] {
        is_read_as(
            &whole(found),
            &whole("/a/{id}"),
            &[&format!("`{found}` is read as `/a/{{id}}`")],
        );
    }
}

#[test]
fn segments_in_the_syntax_of_routers_get_braces_without_a_declaration() {
    let whole = |path: &str, parameters: &str| {
        format!(
            "{HEAD}paths:\n  '{path}':\n    post:\n      operationId: A\n      parameters: [{parameters}]\n      {DONE}\n"
        )
    };
    let undeclared = "the path has `{id}`, but no parameter with `in: path` has this name";
    for found in ["/a/:id", "/a/<id>", "/a/<int:id>", "/a/[id]", "/a/${id}"] {
        is_read_as(
            &whole(found, ""),
            &whole("/a/{id}", ""),
            &[&format!("`{found}` is read as `/a/{{id}}`"), undeclared],
        );
    }
    let query = "{name: id, in: query, schema: {type: string}}";
    is_read_as(&whole("/a/:id", query), &whole("/a/:id", query), &[]);
}

#[test]
fn sections_of_components_are_moved_into_them() {
    let whole = |sections: &str| {
        format!(
            "{HEAD}paths:\n  /a:\n    get:\n      operationId: A\n      responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/a'}}}}}}}}}}\n{sections}"
        )
    };
    is_read_as(
        &whole("schemas: {a: {type: object}}\n"),
        &whole("components: {schemas: {a: {type: object}}}\n"),
        &["`schemas` belongs into `components`: it is read as if it were there"],
    );
}

#[test]
fn lists_of_members_are_objects() {
    let merged =
        "expected an object, found a list: it is read as an object with all of their members";
    schema_of(
        "{type: object, properties: [{x: {type: string}}, {y: {type: integer}}]}",
        "{type: object, properties: {x: {type: string}, y: {type: integer}}}",
        &[merged],
    );
    operation(
        "responses: [{'200': {description: D}}, {'404': {description: N}}]",
        "responses: {'200': {description: D}, '404': {description: N}}",
        &[merged],
    );
    for unclear in [
        "{type: object, properties: [{x: {type: string}}, {x: {type: integer}}]}",
        "{type: object, properties: [{name: string, type: string}]}",
    ] {
        let told = changed("{type: string, enum: [x, y]}", unclear);
        assert!(told.contains("error["), "{unclear}: {told}");
    }
}

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
fn locations_have_other_names() {
    let whole = |location: &str| {
        format!(
            "{HEAD}paths:\n  '/a/{{id}}':\n    post:\n      operationId: A\n      parameters:\n      \
             - {{name: id, {location}required: true, schema: {{type: string}}}}\n      {DONE}\n"
        )
    };
    let meant = whole("in: path, ");
    is_read_as(
        &whole("in: params, "),
        &meant,
        &["`params` is read as `path`"],
    );
    is_read_as(&whole("in: URL, "), &meant, &["`URL` is read as `path`"]);
    is_read_as(
        &whole(""),
        &meant,
        &["a parameter must have `in`: `path` is assumed"],
    );
    parameters(
        "{name: q, in: queryParam, schema: {type: string}}",
        "[{name: q, in: query, schema: {type: string}}]",
        &[
            "expected a list, found an object: it is read as a list of one",
            "`queryParam` is read as `query`",
        ],
    );
}

#[test]
fn parameters_of_one_location_belong_to_all() {
    let (one, other) = (
        "{name: x, in: query, schema: {type: string}}",
        "{name: y, in: query, schema: {type: string}}",
    );
    operation(
        &format!("parameters: [{one}], queryParams: [{other}], {DONE}"),
        &format!("parameters: [{one}, {other}], {DONE}"),
        &["`queryParams` belongs into `parameters`: it is read as if it were there"],
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

#[test]
fn references_are_read_as_those_of_components() {
    let responses = |target: &str| {
        format!(
            "responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '{target}'}}}}}}}}}}"
        )
    };
    for (found, meant) in [
        ("#/definitions/a", "a"),
        ("#/components/schemas/A", "a"),
        ("#/components/schema/a", "a"),
        ("#/components//schemas/a/", "a"),
        ("#a", "a"),
        ("components/schemas/a", "a"),
        ("#/components/responses/a", "a"),
    ] {
        let meant = format!("#/components/schemas/{meant}");
        operation(
            &responses(found),
            &responses(&meant),
            &[&format!("`{found}` is read as `{meant}`")],
        );
    }
    for found in [
        "#/components/parameters/P",
        "#/definitions/b",
        "https://a.example/b#/components/schemas/a",
        "#",
    ] {
        let told = changed("#/components/schemas/a", found);
        assert!(told.contains("error["), "{found}: {told}");
    }
}

#[test]
fn fields_of_swagger_become_servers_and_security_schemes() {
    let older =
        |field: &str| format!("`{field}` is written in the way of an older OpenAPI version");
    let whole = |fields: &str| format!("{HEAD}{fields}\npaths: {{}}\n");
    for (found, url) in [
        (
            "host: a.example\nbasePath: /v1/\nschemes: [http, https]",
            "https://a.example/v1",
        ),
        ("host: a.example\nschemes: [http]", "http://a.example"),
    ] {
        let meant = whole(&format!("servers: [{{url: '{url}'}}]"));
        is_read_as(&whole(found), &meant, &[&older("host")]);
    }
    is_read_as(
        &whole("basePath: /v1"),
        &whole("servers: [{url: /v1}]"),
        &[&older("basePath")],
    );
    is_read_as(
        &whole("securityDefinitions: {k: {type: apiKey, name: K, in: Header}}"),
        &whole("components: {securitySchemes: {k: {type: apiKey, name: K, in: header}}}"),
        &[
            "`Header` is read as `header`",
            &older("securityDefinitions"),
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
fn versions_are_read_under_the_former_name() {
    let whole =
        |version: &str| format!("{version}\ninfo: {{title: T, version: v1}}\npaths: {{}}\n");
    let meant = whole("openapi: 3.0.0");
    is_read_as(
        &whole("swagger: '3.0.0'"),
        &meant,
        &["`swagger` is read as `openapi`"],
    );
    let told = faults(&whole("swagger: '2.0'"));
    assert!(told.contains("Swagger 2.0 is not supported"), "{told}");
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
fn slashes_before_defaults_of_servers_are_not_doubled() {
    let whole = |url: &str, values: [&str; 2]| {
        let [first, second] = values;
        format!(
            "{HEAD}servers: [{{url: 'https://a.example/{url}', variables: {{b: {{default: {first}, enum: [{first}, {second}]}}}}}}]\npaths: {{}}\n"
        )
    };
    let (found, meant) = (["/prod", "/dev"], ["prod", "dev"]);
    let fault = "`/prod` is read as `prod`";
    is_read_as(&whole("{b}", found), &whole("{b}", meant), &[fault]);
    is_read_as(&whole("v1{b}", found), &whole("v1{b}", found), &[]);
}

#[test]
fn urls_of_tokens_may_have_variables() {
    let whole = |url: &str| {
        format!(
            "{HEAD}paths: {{}}\ncomponents: {{securitySchemes: {{a: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{url}', scopes: {{}}}}}}}}}}}}\n"
        )
    };
    let text = whole("{root}/oauth2/token");
    is_read_as(&text, &text, &[]);
}

#[test]
fn keys_of_paths_that_are_urls_become_paths() {
    let whole = |key: &str, servers: &str| {
        format!(
            "{HEAD}servers: [{{url: 'https://a.example/v1/'}}]\npaths:\n  {key}: {{{servers}get: {{operationId: A, {DONE}}}}}\n"
        )
    };
    let is_read_as = |found: &str, meant: &str, servers: &str| {
        let fault = format!("`{found}` is read as `{meant}`");
        is_read_as(&whole(found, ""), &whole(meant, servers), &[&fault]);
    };
    is_read_as("https://a.example/v1/pets", "/pets", "");
    is_read_as("https://a.example/v1", "/", "");
    let own = "servers: [{url: 'https://b.example'}], ";
    is_read_as("https://b.example/pets", "/pets", own);
    is_read_as("https://b.example", "/", own);
    let own = "servers: [{url: 'https://a.example'}], ";
    is_read_as("https://a.example/v10", "/v10", own);
    let told = faults(&whole("ftp://b.example/pets", ""));
    assert!(told.contains("must begin with `/`"), "{told}");
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
