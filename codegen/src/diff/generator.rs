//! Lists the changes of the generator that callers see although the document is the same.
//!
//! Each change has a number. The record of a crate's releases holds the last number that its changelog covers.

mod value_types;

use std::collections::BTreeSet;

use crate::api::{
    Api, Json, Location, Operation, Parameter, Presence, ResponseKind, Scalar, Schema, Type,
};
use crate::media_type::is_stream;
use crate::path_item::without_path;
use crate::plan::{self, ArgumentType, Derive, Doc, LIST_METHODS};
use crate::report::ReleaseNotes;
use crate::words;

/// A change of the generator.
struct GeneratorChange {
    /// Returns what a crate for these models loses or gains, and how to migrate; nothing if it is not affected.
    notes: fn(&[Api]) -> ReleaseNotes,
}

/// Every change, the oldest first. Add a new one at the end and never remove one: its position is its number.
const CHANGES: [GeneratorChange; 20] = [
    GeneratorChange {
        notes: lists_without_page_state,
    },
    GeneratorChange {
        notes: typed_path_parameters,
    },
    GeneratorChange {
        notes: credentials_of_the_document,
    },
    GeneratorChange {
        notes: types_of_errors,
    },
    GeneratorChange {
        notes: deprecated_fields,
    },
    GeneratorChange {
        notes: setters_of_servers,
    },
    GeneratorChange {
        notes: traits_and_conversions,
    },
    GeneratorChange {
        notes: one_value_of_a_list,
    },
    GeneratorChange {
        notes: rust_names_in_docs,
    },
    GeneratorChange { notes: shortcuts },
    GeneratorChange { notes: page_sizes },
    GeneratorChange {
        notes: setters_named_like_list_methods,
    },
    GeneratorChange {
        notes: defaults_of_fields,
    },
    GeneratorChange {
        notes: null_in_updates,
    },
    GeneratorChange {
        notes: unions_of_subclasses,
    },
    GeneratorChange {
        notes: limits_in_alternatives,
    },
    GeneratorChange {
        notes: types_of_shared_parameters,
    },
    GeneratorChange {
        notes: streams_of_events,
    },
    GeneratorChange {
        notes: names_without_paths,
    },
    GeneratorChange {
        notes: value_types::value_types,
    },
];

/// The number of the last change of the generator.
pub const GENERATION: usize = CHANGES.len();

/// Returns the release notes of a crate for these models about the changes of the generator after number `since`.
pub fn generator_notes(since: usize, apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    for change in CHANGES.iter().skip(since) {
        notes.extend((change.notes)(apis));
    }
    notes
}

fn lists_without_page_state(apis: &[Api]) -> ReleaseNotes {
    let is_concerned = |api: &Api| {
        let mut operations = api.operations.iter();
        operations.any(|it| matches!(it.result, ResponseKind::Page { .. }))
    };
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(is_concerned) {
        notes.breaking(
            "lists no longer have the setters `page` and `page_token`, which carry the service's own state; to continue \
             from a page, pass its `next_page_url` to `.resume(…)`; for more items, use `.stream()` or `.all()`",
        );
    }
    notes
}

fn typed_path_parameters(apis: &[Api]) -> ReleaseNotes {
    let is_typed = |api: &Api, it: &Parameter| {
        let scalar = api.path_scalar(it);
        scalar.is_some_and(|it| it != Scalar::String)
    };
    let is_concerned = |api: &Api| {
        let mut parameters = api.resources.iter().flat_map(|it| &it.parameters);
        parameters.any(|it| it.location == Location::Path && is_typed(api, it))
    };
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(is_concerned) {
        notes.breaking(
            "methods that lead to a resource take a number, a flag or a time of the path as such, no longer as text: \
             `release(42)`; to pass a text that is one, parse it, `release(text.parse()?)`",
        );
    }
    notes
}

fn credentials_of_the_document(apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    let is_plain = |api: &Api| api.vendor.runtime().is_none();
    let has_schemes = |api: &Api| api.sent_schemes().next().is_some();
    if apis.iter().any(|it| is_plain(it) && has_schemes(it)) {
        notes.breaking(
            "`from_env` reads the variables of the ways to sign in that the document has, API keys among them, and no \
             others; its docs name them",
        );
    }
    notes
}

fn types_of_errors(apis: &[Api]) -> ReleaseNotes {
    let has_errors = |api: &Api| api.operations.iter().any(|it| !it.errors.is_empty());
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(has_errors) {
        notes.adding(
            "errors that the document declares have types, which the docs of each request name: \
             `error.body_as::<…>()` reads one",
        );
    }
    notes
}

fn deprecated_fields(apis: &[Api]) -> ReleaseNotes {
    let has_deprecated = |api: &Api| {
        let mut fields = api.types.iter().flat_map(|it| it.shape.fields());
        fields.any(|it| api.schema(it.value.schema).deprecated)
    };
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(has_deprecated) {
        notes.deprecating(
            "fields that the document deprecates are `#[deprecated]`, so that the compiler warns of their use",
        );
    }
    notes
}

fn setters_of_servers(apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(|it| !it.server_variables.is_empty()) {
        notes.adding(
            "the builder has a method for each variable in the URLs of servers, with `use ServerVariables as _`",
        );
    }
    notes
}

fn traits_and_conversions(apis: &[Api]) -> ReleaseNotes {
    let client = plan::client_of(apis);
    let files = client.versions().flat_map(|(_, version)| &version.files);
    let mut structs = files.flat_map(|it| &it.structs);
    let mut notes = ReleaseNotes::default();
    if structs.any(|it| it.derives.contains(&Derive::Hash)) {
        notes.adding("types without floating-point numbers implement `Eq` and `Hash`");
    }
    if client.converts_enumerations {
        notes.adding(
            "`try_from` turns a value of an answer's enum into the enum that a request takes under the same name",
        );
    }
    notes
}

fn one_value_of_a_list(apis: &[Api]) -> ReleaseNotes {
    let client = plan::client_of(apis);
    let files = client.versions().flat_map(|(_, version)| &version.files);
    let mut setters = files.flat_map(|it| &it.requests).flat_map(|it| &it.setters);
    let mut notes = ReleaseNotes::default();
    if setters.any(|it| matches!(it.argument.ty, ArgumentType::OneOrMany(_))) {
        notes.adding("setters of lists take one value, too: `.tags(\"a\")`");
    }
    notes
}

fn rust_names_in_docs(apis: &[Api]) -> ReleaseNotes {
    let client = plan::client_of(apis);
    let has_links = |doc: &Doc| doc.iter().any(|line| line.contains("](Self::"));
    let files = client.versions().flat_map(|(_, version)| &version.files);
    let mut docs = files.flat_map(|file| {
        let requests = file.requests.iter();
        let setters = requests.clone().flat_map(|it| &it.setters);
        let structs = file.structs.iter();
        let fields = structs.clone().flat_map(|it| &it.fields);
        let of_requests = requests.map(|it| &it.doc).chain(setters.map(|it| &it.doc));
        of_requests
            .chain(structs.map(|it| &it.doc))
            .chain(fields.map(|it| &it.doc))
    });
    let mut notes = ReleaseNotes::default();
    if docs.any(has_links) {
        notes.changing(
            "docs use the Rust names of parameters and fields, and link to them; docs only, nothing to migrate",
        );
    }
    notes
}

fn shortcuts(apis: &[Api]) -> ReleaseNotes {
    let client = plan::client_of(apis);
    let files = client.versions().flat_map(|(_, version)| &version.files);
    let mut handles = files.flat_map(|it| &it.handles);
    let mut notes = ReleaseNotes::default();
    if handles.any(|it| !it.shortcuts.is_empty()) {
        notes.adding(
            "resources below the client's own account are reachable without naming it: \
             `client.api().messages()`; the builder's `account_sid` sets the account",
        );
    }
    notes
}

fn page_sizes(apis: &[Api]) -> ReleaseNotes {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    let mut notes = ReleaseNotes::default();
    if operations.any(|it| it.parameters.iter().any(|it| it.largest_page.is_some())) {
        notes.breaking(
            "`page_size` takes a `usize`, as `limit` does, and `Page::page_size` returns one; a number that the list \
             does not allow is an `Error::PageSize`, and nothing is sent",
        );
    }
    notes
}

fn setters_named_like_list_methods(apis: &[Api]) -> ReleaseNotes {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    let is_concerned = |it: &Operation| {
        let mut setters = it.parameters.iter().filter(|it| !it.required);
        !matches!(it.result, ResponseKind::Page { .. })
            && setters.any(|setter| {
                let name = words::snake(&it.words_of(setter));
                LIST_METHODS.contains(&name.as_str())
            })
    };
    let mut notes = ReleaseNotes::default();
    if operations.any(is_concerned) {
        notes.breaking(
            "the setter of a parameter `limit` is `limit`, no longer `limit2`, unless the request is a list with \
             pages; the same holds for `all`, `iter`, `resume` and `stream`",
        );
    }
    notes
}

fn defaults_of_fields(apis: &[Api]) -> ReleaseNotes {
    let has_default = |api: &Api| {
        let mut fields = api.types.iter().flat_map(|it| it.shape.fields());
        fields.any(|it| it.presence == Presence::OptionalWithDefault)
    };
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(has_default) {
        notes.breaking(
            "an optional field of a response that has a default in the document is `Some` of it when it is absent, \
             which was `None`; null is still `None`",
        );
    }
    notes
}

fn null_in_updates(apis: &[Api]) -> ReleaseNotes {
    let mut types = apis.iter().flat_map(|it| &it.types);
    let mut notes = ReleaseNotes::default();
    if types.any(|it| it.shape.fields().iter().any(|it| it.tells_null)) {
        notes.breaking(
            "in the body of a request that changes an object, an optional field that may be null is an \
             `Option<Option<T>>`: `Some(None)` sends null, which `None` leaves out, and a value needs another `Some`",
        );
    }
    notes
}

fn unions_of_subclasses(apis: &[Api]) -> ReleaseNotes {
    let mut types = apis.iter().flat_map(|it| &it.types);
    let mut notes = ReleaseNotes::default();
    if types.any(|it| it.is_base) {
        notes.breaking(
            "a schema with a `discriminator` that others extend is an enum of those others, no longer a struct with \
             its own fields, which the variant `Base` has: match on it",
        );
    }
    notes
}

/// Values with a type, and with alternatives that only limit it.
fn limits_in_alternatives(apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    let is_concerned = |schema: &Schema| {
        let conditions = &schema.bounds.conditions;
        let choices = ["anyOf", "oneOf"].iter().find_map(|it| conditions.get(*it));
        let mut choices = choices.and_then(Json::as_array).into_iter().flatten();
        let is_scalar = matches!(schema.ty, Type::Scalar(_));
        is_scalar && choices.any(|it| it.get("type").is_none())
    };
    if apis.iter().flat_map(|it| &it.schemas).any(is_concerned) {
        notes.breaking(
            "a value whose `anyOf` or `oneOf` only limits its type, such as text with one of two patterns, has that type, \
             no longer arbitrary JSON: pass `text` instead of `json!(text)`",
        );
    }
    notes
}

/// Parameters with a type of their own that several operations have.
fn types_of_shared_parameters(apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    let is_concerned = |api: &Api| {
        let mut seen = BTreeSet::new();
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let mut own = parameters.filter(|it| match api.ty(api.innermost(it.value.schema)) {
            // Equal enumerations have always been one.
            Type::Named(id) => api.type_definition(*id).shape.values().is_none(),
            Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) => false,
        });
        own.any(|it| !seen.insert(&it.value.at))
    };
    if apis.iter().any(is_concerned) {
        notes.breaking(
            "a parameter that several operations have is of one type, no longer of one for each of them: `Filter2` is \
             `Filter`",
        );
    }
    notes
}

/// Responses that are streams of events or of JSON values.
fn streams_of_events(apis: &[Api]) -> ReleaseNotes {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    let is_concerned = |it: &Operation| it.media_types.read.iter().any(|it| is_stream(it));
    let mut notes = ReleaseNotes::default();
    if operations.any(is_concerned) {
        notes.breaking(
            "a response that is a stream, such as `text/event-stream`, is bytes, no longer text or JSON: `send_stream()` \
             returns them as they arrive",
        );
    }
    notes
}

/// Operations whose id ends with their path and method.
fn names_without_paths(apis: &[Api]) -> ReleaseNotes {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    let is_concerned = |it: &Operation| without_path(&it.id, it.method.as_str(), &it.path) != it.id;
    let mut notes = ReleaseNotes::default();
    if operations.any(is_concerned) {
        notes.breaking(
            "methods and handles of operations whose id ends with their path and method, as FastAPI writes them, are \
             named without these: `.read()`, no longer `.read_item_items_item_id_get()`; the compiler suggests the new names",
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn models(answer: &str) -> Vec<Api> {
        let text = format!(
            "openapi: 3.0.1\n\
             info: {{title: Demo, version: '1'}}\n\
             servers: [{{url: https://demo.example.com}}]\n\
             paths:\n  /Sims:\n    get: {{operationId: ListSim, responses: {{'200': {{description: All., \
             content: {{application/json: {{schema: {{type: object, properties: {{{answer}}}}}}}}}}}}}}}\n"
        );
        let path = "twilio_demo_v1.yaml".to_owned();
        crate::models(&[SourceFile { path, text }]).unwrap()
    }

    #[test]
    fn a_crate_is_told_what_its_document_has() {
        let text = "\
openapi: 3.0.1
info: {title: Pets, version: '1'}
servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
security: [{key: []}]
paths:
  /Pets/{Id}:
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
        let notes = |text: String| {
            let path = "pets.yaml".to_owned();
            generator_notes(1, &crate::models(&[SourceFile { path, text }]).unwrap())
        };
        let lines = |it: &ReleaseNotes| [it.breaking.len(), it.added.len(), it.deprecated.len()];
        assert_eq!(lines(&notes(text.to_owned())), [3, 3, 1]);
        for (construct, plain, left) in [
            ("type: integer", "type: string", [2, 3, 1]),
            ("[{key: []}]", "[]", [3, 3, 1]),
            ("{region}", "eu", [3, 2, 1]),
            ("default: x, ", "", [2, 3, 1]),
            ("deprecated: true", "deprecated: false", [3, 3, 0]),
            ("'404'", "'204'", [3, 2, 1]),
        ] {
            let found = lines(&notes(text.replace(construct, plain)));
            assert_eq!(found, left, "{construct}");
        }
    }

    #[test]
    fn a_crate_is_told_of_traits_and_conversions_that_it_gains() {
        let text = "\
openapi: 3.0.1
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
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
        let added = |text: String| {
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            traits_and_conversions(&models).added.len()
        };
        assert_eq!(added(text.to_owned()), 2);
        assert_eq!(added(text.replace("number", "number, format: double")), 1);
        assert_eq!(added(text.replace("[cat]", "[bird]")), 1);
    }

    #[test]
    fn a_crate_is_told_that_lists_take_one_value() {
        let text = "\
openapi: 3.0.1
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /Pets:
    get:
      operationId: ListPet
      parameters: [{name: tags, in: query, schema: {type: array, items: {type: string}}}]
      responses: {'204': {description: None.}}
";
        let added = |text: String| {
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            one_value_of_a_list(&models).added.len()
        };
        assert_eq!(added(text.to_owned()), 1);
        let scalar = text.replace("{type: array, items: {type: string}}", "{type: string}");
        assert_eq!(added(scalar), 0);
    }

    #[test]
    fn setters_named_like_list_methods_are_told_by_their_own_names() {
        let told = |usual: &str, part: &str| {
            let text = format!(
                "openapi: 3.0.1\n\
                 info: {{title: Pets, version: '1'}}\n\
                 servers: [{{url: 'https://pets.example.com'}}]\n\
                 paths:\n  /Pets:\n    post:\n      operationId: CreatePet\n      requestBody:\n        content:\n          \
                 {usual}multipart/form-data: {{schema: {{type: object, properties: {{{part}: {{type: string}}}}}}}}\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            );
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            setters_named_like_list_methods(&models).breaking.len()
        };
        assert_eq!(told("", "limit"), 1);
        assert_eq!(told("", "size"), 0);
        // Beside a usual body, the setter is `limit_part`.
        assert_eq!(told("application/json: {}\n          ", "limit"), 0);
    }

    #[test]
    fn a_crate_is_told_of_null_and_of_subclasses() {
        let text = "\
openapi: 3.0.1
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
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
        let told = |text: String| {
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            [null_in_updates, unions_of_subclasses].map(|notes| notes(&models).breaking.len())
        };
        assert_eq!(told(text.to_owned()), [1, 1]);
        assert_eq!(told(text.replace("patch:", "post:")), [1, 1]);
        assert_eq!(told(text.replace("patch:", "delete:")), [0, 1]);
        assert_eq!(told(text.replace(", nullable: true", "")), [0, 1]);
        let without = text.replace("discriminator: {propertyName: kind}, ", "");
        assert_eq!(told(without), [1, 0]);
    }

    #[test]
    fn a_crate_is_told_that_its_docs_have_rust_names() {
        let changed = |doc: &str| {
            let fields =
                format!("url: {{type: string}}, method: {{type: string, description: {doc}}}");
            rust_names_in_docs(&models(&fields)).changed.len()
        };
        assert_eq!(changed("'Of `url`.'"), 1);
        assert_eq!(changed("'Of another.'"), 0);
    }

    #[test]
    fn shortcuts_are_noted_where_paths_have_the_account() {
        let added = |parameter: &str| {
            let text = format!(
                "openapi: 3.0.1\n\
                 info: {{title: Demo, version: '1'}}\n\
                 servers: [{{url: https://demo.example.com}}]\n\
                 paths:\n  /Accounts/{{{parameter}}}/Sims:\n    delete: {{operationId: DeleteSim, \
                 parameters: [{{name: {parameter}, in: path, required: true, schema: {{type: string}}}}], \
                 responses: {{'204': {{description: None.}}}}}}\n"
            );
            let path = "twilio_demo_v1.yaml".to_owned();
            shortcuts(&crate::models(&[SourceFile { path, text }]).unwrap())
                .added
                .len()
        };
        assert_eq!(added("AccountSid"), 1);
        assert_eq!(added("OwnerSid"), 0);
    }

    #[test]
    fn a_crate_is_told_what_concerns_it_once() {
        let pages = "sims: {type: array, items: {type: string}}, next_page_uri: {type: string}";
        let [paged, plain] = [pages, "sid: {type: string}"].map(models);
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
            let text = format!(
                "openapi: 3.0.1\n\
                 info: {{title: Pets, version: '1'}}\n\
                 servers: [{{url: 'https://pets.example.com'}}]\n\
                 paths: {{}}\n\
                 components: {{schemas: {{pet: {{type: object, properties: {{code: {{{code}}}}}}}}}}}\n"
            );
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            limits_in_alternatives(&models).breaking.len()
        };
        assert_eq!(told("type: string, anyOf: [{pattern: a}, {pattern: b}]"), 1);
        assert_eq!(told("type: string, pattern: a"), 0);
        // It has been a string before.
        let typed = "anyOf: [{type: string, pattern: a}, {type: string, pattern: b}]";
        assert_eq!(told(typed), 0);
    }

    #[test]
    fn a_crate_is_told_of_parameters_that_operations_share() {
        let told = |schema: &str, second: &str| {
            let text = format!(
                "openapi: 3.0.1\n\
                 info: {{title: Pets, version: '1'}}\n\
                 servers: [{{url: 'https://pets.example.com'}}]\n\
                 paths:\n  /Pets:\n    \
                 get: {{operationId: ListPet, parameters: [{{$ref: '#/components/parameters/near'}}], responses: {{'204': {{description: None.}}}}}}\n    \
                 {second}: {{operationId: DeletePet, parameters: [{{$ref: '#/components/parameters/near'}}], responses: {{'204': {{description: None.}}}}}}\n\
                 components: {{parameters: {{near: {{name: near, in: query, schema: {schema}}}}}}}\n"
            );
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            types_of_shared_parameters(&models).breaking.len()
        };
        let object = "{type: object, properties: {x: {type: integer}}}";
        assert_eq!(told(object, "delete"), 1);
        assert_eq!(told(object, "x-delete"), 0);
        assert_eq!(told("{type: string}", "delete"), 0);
        assert_eq!(told("{type: string, enum: [a]}", "delete"), 0);
    }

    #[test]
    fn a_crate_is_told_of_streams_and_of_names_without_paths() {
        let told = |id: &str, media_type: &str| {
            let text = format!(
                "openapi: 3.0.1\n\
                 info: {{title: Pets, version: '1'}}\n\
                 servers: [{{url: 'https://pets.example.com'}}]\n\
                 paths:\n  /pets/{{id}}:\n    get:\n      operationId: {id}\n      \
                 parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
                 responses: {{'200': {{description: All., content: {{{media_type}: {{schema: {{type: string}}}}}}}}}}\n"
            );
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            let notes = [streams_of_events, names_without_paths];
            notes.map(|notes| notes(&models).breaking.len())
        };
        assert_eq!(told("watch_pets__id__get", "text/event-stream"), [1, 1]);
        assert_eq!(told("watch", "application/stream+json"), [1, 0]);
        assert_eq!(told("watch_pets__id__get", "text/plain"), [0, 1]);
        assert_eq!(told("get_pets", "application/json"), [0, 0]);
    }
}
