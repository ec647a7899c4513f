//! Tests what each corrected fault is read as: a document with the fault is that with what it means, but for a warning.

mod paths;
mod schemas;

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
fn keys_among_parameters_are_security_schemes() {
    let whole = |methods: [&str; 5], end: &str| {
        let methods =
            methods.map(|it| format!("{it}, responses: {{'204': {{description: A.}}}}}}\n"));
        let [get, put, post, delete, patch] = methods;
        format!(
            "{HEAD}paths:\n  /a:\n    get: {{{get}    put: {{{put}    post: {{{post}    delete: {{{delete}    patch: {{{patch}{end}"
        )
    };
    let key = "parameters: [{name: Key, in: header, required: true, schema: {type: string}}]";
    let page =
        "parameters: [{name: Page-Token, in: query, required: true, schema: {type: string}}]";
    let schemes = "components: {securitySchemes: {Key: {type: apiKey, in: header, name: Key}}}\n";
    let fault = "`Key` identifies the caller, but no security scheme declares it: callers give it to the client";
    let (none, own) = ("security: []", "parameters: [], security: [{Key: []}]");
    is_read_as(
        &whole([key, key, key, key, "deprecated: false"], ""),
        &whole(
            [own, own, own, own, &format!("deprecated: false, {none}")],
            schemes,
        ),
        &[fault],
    );
    for same in [
        whole(
            [key, key, key, "deprecated: false", "deprecated: false"],
            "",
        ),
        whole([page; 5], ""),
        whole(
            [key; 5],
            "components: {securitySchemes: {b: {type: http, scheme: basic}}}\n",
        ),
        whole([key, key, key, key, none], ""),
    ] {
        is_read_as(&same, &same, &[]);
    }
    let optional = key.replace("required: true", "required: false");
    let same = whole([&optional; 5], "");
    is_read_as(&same, &same, &[]);
}
