use super::*;
use crate::source::SourceFile;

/// Returns the models of a document that continues with `text`.
pub(super) fn models(text: &str) -> Vec<Api> {
    named("pets.yaml", text)
}

/// Returns the models of an operation that sends a value of this schema, or else returns one.
pub(super) fn models_of_value(schema: &str, is_sent: bool) -> Vec<Api> {
    let content = format!("content: {{application/json: {{schema: {{{schema}}}}}}}");
    let (body, response) = match is_sent {
        true => (format!("\n      requestBody: {{{content}}}"), String::new()),
        false => (String::new(), format!(", {content}")),
    };
    models(&format!(
        "paths:\n  /Pets:\n    post:\n      operationId: CreatePet{body}\n      \
         responses: {{'200': {{description: Done.{response}}}}}\n"
    ))
}

/// Returns the models of an operation whose response has a property of this schema.
pub(super) fn models_of_property(schema: &str) -> Vec<Api> {
    models_of_value(
        &format!("type: object, properties: {{kind: {{{schema}}}}}"),
        false,
    )
}

/// Like [`models()`], for a document of Twilio's.
fn models_of_twilio(text: &str) -> Vec<Api> {
    named("twilio_demo_v1.yaml", text)
}

fn named(path: &str, text: &str) -> Vec<Api> {
    let head = "openapi: 3.0.1\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://pets.example.com'}]\n";
    let (path, text) = (path.to_owned(), format!("{head}{text}"));
    crate::models(&[SourceFile { path, text }]).unwrap()
}

/// Returns the models of an operation of Twilio's whose response has these properties.
fn answering(properties: &str) -> Vec<Api> {
    models_of_twilio(&format!(
        "paths:\n  /Sims:\n    get: {{operationId: ListSim, responses: {{'200': {{description: All., \
         content: {{application/json: {{schema: {{type: object, properties: {{{properties}}}}}}}}}}}}}}}\n"
    ))
}

#[test]
fn a_crate_is_told_what_its_document_has() {
    let text = "\
security: [{key: []}]
paths:
  /Pets/{Id}:
    servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
    get:
      operationId: FetchPet
      parameters: [{name: Id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200':
          description: One.
          content: {application/json: {schema: {type: object, properties: {old: {type: string, default: x, deprecated: true}}}}}
        '404':
          description: None.
          content: {application/json: {schema: {type: object, properties: {reason: {type: string}}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
";
    let lines = |text: &str| {
        let notes = generator_notes(1, &models(text));
        [&notes.breaking, &notes.added, &notes.deprecated].map(Vec::len)
    };
    assert_eq!(lines(text), [3, 3, 1]);
    for (construct, plain, left) in [
        ("type: integer", "type: string", [2, 3, 1]),
        ("[{key: []}]", "[]", [3, 3, 1]),
        ("{region}", "eu", [3, 2, 1]),
        ("default: x, ", "", [2, 3, 1]),
        ("deprecated: true", "deprecated: false", [3, 3, 0]),
        // The two successes have types of the same name.
        ("'404'", "'204'", [4, 2, 1]),
    ] {
        assert_eq!(lines(&text.replace(construct, plain)), left, "{construct}");
    }
}

#[test]
fn a_crate_is_told_of_traits_and_conversions_that_it_gains() {
    let text = "\
paths:
  /Pets:
    post:
      operationId: CreatePet
      parameters: [{name: kind, in: query, schema: {type: string, enum: [cat, dog]}}]
      responses:
        '200':
          description: One.
          content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}
components:
  schemas:
    pet: {type: object, properties: {kind: {type: string, enum: [cat]}, weight: {type: number}}}
";
    let told = |text: &str| {
        let models = models(text);
        [has_exact_types(&models), converts_enumerations(&models)]
    };
    assert_eq!(told(text), [true, true]);
    let double = text.replace("number", "number, format: double");
    assert_eq!(told(&double), [false, true]);
    assert_eq!(told(&text.replace("[cat]", "[bird]")), [true, false]);
}

#[test]
fn a_crate_is_told_that_lists_take_one_value() {
    let told = |schema: &str| {
        has_setters_of_lists(&models(&format!(
            "paths:\n  /Pets:\n    get: {{operationId: ListPet, parameters: [{{name: tags, in: query, schema: {schema}}}], \
             responses: {{'204': {{description: None.}}}}}}\n"
        )))
    };
    assert!(told("{type: array, items: {type: string}}"));
    assert!(!told("{type: string}"));
}

#[test]
fn setters_named_like_list_methods_are_told_by_their_own_names() {
    let told = |usual: &str, part: &str| {
        has_setters_named_like_list_methods(&models(&format!(
            "paths:\n  /Pets:\n    post:\n      operationId: CreatePet\n      requestBody:\n        content:\n          \
             {usual}multipart/form-data: {{schema: {{type: object, properties: {{{part}: {{type: string}}}}}}}}\n      \
             responses: {{'204': {{description: None.}}}}\n"
        )))
    };
    assert!(told("", "limit"));
    assert!(!told("", "size"));
    // Beside a usual body, the setter is `limit_part`.
    assert!(!told("application/json: {}\n          ", "limit"));
}

#[test]
fn a_crate_is_told_of_null_and_of_subclasses() {
    let text = "\
paths:
  /Pets/{Id}:
    patch:
      operationId: UpdatePet
      parameters: [{name: Id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string, nullable: true}}}}}}
      responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}
components:
  schemas:
    pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
    cat: {allOf: [{$ref: '#/components/schemas/pet'}, {properties: {lives: {type: integer}}}]}
";
    let told = |text: &str| {
        let models = models(text);
        [
            sends_null_in_updates(&models),
            has_unions_of_subclasses(&models),
        ]
    };
    assert_eq!(told(text), [true, true]);
    assert_eq!(told(&text.replace("patch:", "post:")), [true, true]);
    assert_eq!(told(&text.replace("patch:", "delete:")), [false, true]);
    assert_eq!(told(&text.replace(", nullable: true", "")), [false, true]);
    let without = text.replace("discriminator: {propertyName: kind}, ", "");
    assert_eq!(told(&without), [true, false]);
}

#[test]
fn a_crate_is_told_that_its_docs_have_rust_names() {
    let told = |doc: &str| {
        let fields = format!("url: {{type: string}}, method: {{type: string, description: {doc}}}");
        links_in_docs(&answering(&fields))
    };
    assert!(told("'Of `url`.'"));
    assert!(!told("'Of another.'"));
}

#[test]
fn shortcuts_are_noted_where_paths_have_the_account() {
    let told = |parameter: &str| {
        has_shortcuts(&models_of_twilio(&format!(
            "paths:\n  /Accounts/{{{parameter}}}/Sims:\n    delete: {{operationId: DeleteSim, \
             parameters: [{{name: {parameter}, in: path, required: true, schema: {{type: string}}}}], \
             responses: {{'204': {{description: None.}}}}}}\n"
        )))
    };
    assert!(told("AccountSid"));
    assert!(!told("OwnerSid"));
}

#[test]
fn a_crate_is_told_what_concerns_it_once() {
    let pages = "sims: {type: array, items: {type: string}}, next_page_uri: {type: string}";
    let [paged, plain] = [pages, "sid: {type: string}"].map(answering);
    assert_eq!(generator_notes(0, &paged).breaking.len(), 1);
    assert_eq!(generator_notes(0, &plain).breaking.len(), 0);
    assert_eq!(generator_notes(0, &plain).added.len(), 1);
    assert_eq!(generator_notes(1, &paged).breaking.len(), 0);
    assert_eq!(
        generator_notes(GENERATION + 1, &paged),
        ReleaseNotes::default()
    );
}

#[test]
fn a_crate_is_told_of_alternatives_that_are_limits() {
    let told = |code: &str| {
        has_limits_in_alternatives(&models(&format!(
            "paths: {{}}\ncomponents: {{schemas: {{pet: {{type: object, properties: {{code: {{{code}}}}}}}}}}}\n"
        )))
    };
    assert!(told("type: string, anyOf: [{pattern: a}, {pattern: b}]"));
    assert!(!told("type: string, pattern: a"));
    // It has been a string before.
    let typed = "anyOf: [{type: string, pattern: a}, {type: string, pattern: b}]";
    assert!(!told(typed));
}

#[test]
fn a_crate_is_told_of_parameters_that_operations_share() {
    let told = |schema: &str, second: &str| {
        has_types_of_shared_parameters(&models(&format!(
            "paths:\n  /Pets:\n    \
             get: {{operationId: ListPet, parameters: [{{$ref: '#/components/parameters/near'}}], responses: {{'204': {{description: None.}}}}}}\n    \
             {second}: {{operationId: DeletePet, parameters: [{{$ref: '#/components/parameters/near'}}], responses: {{'204': {{description: None.}}}}}}\n\
             components: {{parameters: {{near: {{name: near, in: query, schema: {schema}}}}}}}\n"
        )))
    };
    let object = "{type: object, properties: {x: {type: integer}}}";
    assert!(told(object, "delete"));
    assert!(!told(object, "x-delete"));
    assert!(!told("{type: string}", "delete"));
    assert!(!told("{type: string, enum: [a]}", "delete"));
}

#[test]
fn a_crate_is_told_of_streams_and_of_names_without_paths() {
    let told = |id: &str, media_type: &str| {
        let models = models(&format!(
            "paths:\n  /pets/{{id}}:\n    get:\n      operationId: {id}\n      \
             parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
             responses: {{'200': {{description: All., content: {{{media_type}: {{schema: {{type: string}}}}}}}}}}\n"
        ));
        [has_streams_of_events(&models), has_paths_in_ids(&models)]
    };
    assert_eq!(
        told("watch_pets__id__get", "text/event-stream"),
        [true, true]
    );
    assert_eq!(told("watch", "application/stream+json"), [true, false]);
    assert_eq!(told("watch_pets__id__get", "text/plain"), [false, true]);
    assert_eq!(told("get_pets", "application/json"), [false, false]);
}

#[test]
fn a_crate_is_told_of_responses_made_from_schemas() {
    let told = |schema: &str, example: &str| {
        makes_responses(&models(&format!(
            "paths:\n  /pets:\n    get:\n      operationId: listPets\n      \
             responses: {{'200': {{description: All., content: {{application/json: {{schema: {schema}{example}}}}}}}}}\n"
        )))
    };
    let object = "{type: object, required: [id], properties: {id: {type: string}}}";
    assert!(told(object, ""));
    assert!(!told(object, ", example: {id: a}"));
    assert!(!told(
        "{type: object, properties: {id: {type: string}}}",
        ""
    ));
    assert!(!told("{type: array, items: {type: string}}", ""));
}

#[test]
fn listed_values_are_those_without_a_type_of_their_own() {
    for (values, are_listed) in [
        ("{type: integer, enum: [1, 2]}", true),
        ("{type: array, items: {type: boolean, enum: [true]}}", true),
        ("{type: string, enum: [a, b]}", false),
        ("{type: integer}", false),
    ] {
        let apis = answering(&format!("a: {values}"));
        assert_eq!(has_listed_values(&apis), are_listed, "{values}");
    }
}
