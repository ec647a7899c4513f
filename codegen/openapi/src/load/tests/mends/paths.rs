//! Paths and their parameters.

use super::*;

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
        "/a/{id:[0-9]+}",
        "/a/{id=*}",
    ] {
        is_read_as(
            &whole(found),
            &whole("/a/{id}"),
            &[&format!("`{found}` is read as `/a/{{id}}`")],
        );
    }
}

#[test]
fn values_of_several_segments_keep_their_slashes() {
    let whole = |path: &str, extension: &str| {
        format!(
            "{HEAD}paths:\n  '{path}':\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
             post: {{operationId: A, {DONE}}}\n{extension}"
        )
    };
    let meant = whole("/a/{id}", "    x-codegen-keeps-reserved: [id]\n");
    for found in [
        "/a/{+id}",
        "/a/{id+}",
        "/a/{id*}",
        "/a/{**id}",
        "/a/{id=**}",
        "/a/{id=b/*}",
        "/a/{id:path}",
        "/a/{id:.+}",
    ] {
        is_read_as(
            &whole(found, ""),
            &meant,
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
