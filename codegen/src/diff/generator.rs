//! Lists the changes of the generator that callers see although the document is the same.
//!
//! Each change has a number. The record of a crate's releases holds the last number that its changelog covers.

mod added_properties;
mod alternatives;
mod any_json;
mod common_bases;
mod constants;
mod constructors;
mod defaults_in_requests;
mod error_headers;
mod examples;
mod file_parts;
mod forms_without_fields;
mod headers_of_client;
mod initial_values;
mod kinds_of_json;
mod limits_in_docs;
mod list_names;
mod listed_numbers;
mod names;
mod null_components;
mod nullable_references;
mod oauth;
mod open_media_types;
mod operation_names;
mod pageable;
mod paths;
mod public_operations;
mod repeated_errors;
mod repeated_names;
mod reserved_characters;
mod servers;
mod short_names;
mod styles_of_paths;
mod told_apart;
mod undeclared_keys;
mod undescribed;
mod union_conversions;
mod value_docs;
mod value_types;
mod variant_names;

use std::collections::BTreeSet;

use crate::api::{
    Api, Field, Json, Location, Operation, Parameter, Presence, ResponseKind, Scalar, Schema, Type,
};
use crate::media_type::is_stream;
use crate::path_item::without_path;
use crate::plan::{self, ArgumentType, Derive, Doc, LIST_METHODS};
use crate::report::{Line, ReleaseNotes};
use crate::words;

/// The notes about each change, the oldest first. Add a new change at the end and never remove one: its position is its
/// number.
const CHANGES: [&[Note]; 38] = [
    &[Note::breaking(
        has_pages,
        "lists no longer have the setters `page` and `page_token`, which carry the service's own state; to continue \
         from a page, pass its `next_page_url` to `.resume(…)`; for more items, use `.stream()` or `.all()`",
    )],
    &[Note::breaking(
        has_typed_paths,
        "methods that lead to a resource take a number, a flag or a time of the path as such, no longer as text: \
         `release(42)`; to pass a text that is one, parse it, `release(text.parse()?)`",
    )],
    &[Note::breaking(
        has_credentials_of_its_own,
        "`from_env` reads the variables of the ways to sign in that the document has, API keys among them, and no \
         others; its docs name them",
    )],
    &[Note::adding(
        has_types_of_errors,
        "errors that the document declares have types, which the docs of each request name: \
         `error.body_as::<…>()` reads one",
    )],
    &[Note::deprecating(
        has_deprecated_fields,
        "fields that the document deprecates are `#[deprecated]`, so that the compiler warns of their use",
    )],
    &[Note::adding(
        has_server_variables,
        "the builder has a method for each variable in the URLs of servers, with `use ServerVariables as _`",
    )],
    &[
        Note::adding(
            has_exact_types,
            "types without floating-point numbers implement `Eq` and `Hash`",
        ),
        Note::adding(
            converts_enumerations,
            "`try_from` turns a value of an answer's enum into the enum that a request takes under the same name",
        ),
    ],
    &[Note::adding(
        has_setters_of_lists,
        "setters of lists take one value, too: `.tags(\"a\")`",
    )],
    &[Note::changing(
        links_in_docs,
        "docs use the Rust names of parameters and fields, and link to them; docs only, nothing to migrate",
    )],
    &[Note::adding(
        has_shortcuts,
        "resources below the client's own account are reachable without naming it: \
         `client.api().messages()`; the builder's `account_sid` sets the account",
    )],
    &[Note::breaking(
        has_page_sizes,
        "`page_size` takes a `usize`, as `limit` does, and `Page::page_size` returns one; a number that the list \
         does not allow is an `Error::PageSize`, and nothing is sent",
    )],
    &[Note::breaking(
        has_setters_named_like_list_methods,
        "the setter of a parameter `limit` is `limit`, no longer `limit2`, unless the request is a list with \
         pages; the same holds for `all`, `iter`, `resume` and `stream`",
    )],
    &[Note::breaking(
        has_defaults_of_fields,
        "an optional field of a response that has a default in the document is `Some` of it when it is absent, \
         which was `None`; null is still `None`",
    )],
    &[Note::breaking(
        sends_null_in_updates,
        "in the body of a request that changes an object, an optional field that may be null is an \
         `Option<Option<T>>`: `Some(None)` sends null, which `None` leaves out, and a value needs another `Some`",
    )],
    &[Note::breaking(
        has_unions_of_subclasses,
        "a schema with a `discriminator` that others extend is an enum of those others, no longer a struct with \
         its own fields, which the variant `Base` has: match on it",
    )],
    &[Note::breaking(
        has_limits_in_alternatives,
        "a value whose `anyOf` or `oneOf` only limits its type, such as text with one of two patterns, has that type, \
         no longer arbitrary JSON: pass `text` instead of `json!(text)`",
    )],
    &[Note::breaking(
        has_types_of_shared_parameters,
        "a parameter that several operations have is of one type, no longer of one for each of them: `Filter2` is \
         `Filter`",
    )],
    &[Note::breaking(
        has_streams_of_events,
        "a response that is a stream, such as `text/event-stream`, is bytes, no longer text or JSON: `send_stream()` \
         returns them as they arrive",
    )],
    &[Note::breaking(
        has_paths_in_ids,
        "methods and handles of operations whose id ends with their path and method, as FastAPI writes them, are \
         named without these: `.read()`, no longer `.read_item_items_item_id_get()`; the compiler suggests the new names",
    )],
    value_types::NOTES,
    &[
        operation_names::NOTE,
        kinds_of_json::NOTE,
        null_components::NOTE,
        file_parts::NOTE,
        list_names::NOTE,
        variant_names::NOTE,
        Note::changing(
            has_listed_values,
            "docs list the values of numbers, Booleans and JSON that the document limits to some; docs only, nothing to \
             migrate",
        ),
    ],
    &[any_json::NOTE],
    names::NOTES,
    &[constants::NOTE],
    alternatives::NOTES,
    &[
        defaults_in_requests::NOTE,
        examples::NOTE,
        file_parts::UNDESCRIBED,
        headers_of_client::HEADERS,
        headers_of_client::KEYS,
        public_operations::NOTE,
        repeated_names::REQUESTS,
        repeated_names::METHODS,
        repeated_names::PARAMETERS,
        styles_of_paths::NOTE,
        variant_names::MERGED,
    ],
    &[forms_without_fields::NOTE],
    &[added_properties::NOTE],
    &[
        Note::adding(
            has_streams_of_events,
            "events of a stream are read one by one, `send_stream().await?.event().await?`, and values of JSON line by line, \
         `line()`",
        ),
        Note::adding(
            makes_responses,
            "mocks respond to operations without an example, too: with the fields that every response has, which \
             `mock::example` returns",
        ),
    ],
    &[
        short_names::LAST_WORDS,
        short_names::REPETITIONS,
        short_names::MARKS,
        short_names::NAMESPACES,
        short_names::ACTIONS,
        short_names::NUMBERED,
        short_names::ARGUMENTS,
    ],
    &[
        open_media_types::RESPONSES,
        open_media_types::STREAMS,
        open_media_types::BODIES,
        limits_in_docs::NOTE,
    ],
    oauth::NOTES,
    &[
        common_bases::NOTE,
        constructors::NOTE,
        open_media_types::NAMED,
        short_names::NUMBERS,
        short_names::WORDS_BEFORE_PATHS,
    ],
    initial_values::NOTES,
    &[union_conversions::NOTE],
    &[
        listed_numbers::NOTE,
        file_parts::BINARY,
        value_docs::NOTE,
        open_media_types::ANY_BYTES,
        open_media_types::SOMETIMES_BYTES,
        nullable_references::NOTE,
        short_names::HYPHENS,
    ],
    &[
        reserved_characters::NOTE,
        common_bases::BELOW_OTHERS,
        value_types::WHOLE_NUMBERS,
        short_names::NOUNS,
        pageable::NOTE,
        error_headers::NOTE,
    ],
    &[
        servers::CHOICE,
        servers::DOCS,
        undescribed::NOTE,
        undeclared_keys::NOTE,
        repeated_errors::NOTE,
        short_names::SEPARATED_HYPHENS,
        short_names::STATUSES,
        file_parts::WHOLE_FILES,
        value_types::TIMES_OF_GOOGLE,
    ],
];

/// The number of the last change of the generator.
pub const GENERATION: usize = CHANGES.len();

/// Returns the release notes of a crate for these models about the changes of the generator after number `since`.
pub fn generator_notes(since: usize, apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    let changes = CHANGES.iter().skip(since).copied();
    for note in changes.flatten().filter(|it| (it.concerns)(apis)) {
        (note.section)(&mut notes).push(Line::of(note.text));
    }
    notes
}

/// A line of the changelog about a change.
struct Note {
    /// Selects the line's section.
    section: fn(&mut ReleaseNotes) -> &mut Vec<Line>,
    /// Whether the change affects a crate for these models.
    concerns: fn(&[Api]) -> bool,
    /// What the crate loses or gains, and how to migrate.
    text: &'static str,
}

impl Note {
    const fn breaking(concerns: fn(&[Api]) -> bool, text: &'static str) -> Self {
        Self {
            section: |notes| &mut notes.breaking,
            concerns,
            text,
        }
    }

    const fn adding(concerns: fn(&[Api]) -> bool, text: &'static str) -> Self {
        Self {
            section: |notes| &mut notes.added,
            concerns,
            text,
        }
    }

    const fn deprecating(concerns: fn(&[Api]) -> bool, text: &'static str) -> Self {
        Self {
            section: |notes| &mut notes.deprecated,
            concerns,
            text,
        }
    }

    const fn changing(concerns: fn(&[Api]) -> bool, text: &'static str) -> Self {
        Self {
            section: |notes| &mut notes.changed,
            concerns,
            text,
        }
    }
}

fn operations(apis: &[Api]) -> impl Iterator<Item = &Operation> {
    apis.iter().flat_map(|it| &it.operations)
}

fn parameters(apis: &[Api]) -> impl Iterator<Item = &Parameter> {
    operations(apis).flat_map(|it| &it.parameters)
}

fn fields(api: &Api) -> impl Iterator<Item = &Field> {
    api.types.iter().flat_map(|it| it.shape.fields())
}

fn has_listed_values(apis: &[Api]) -> bool {
    let mut schemas = apis.iter().flat_map(|it| &it.schemas);
    schemas.any(|it| it.bounds.values.iter().any(|it| !it.is_null()))
}

/// Whether a description has a tag.
fn has_html(apis: &[Api]) -> bool {
    let of_operations = operations(apis).flat_map(|it| [&it.summary, &it.doc]);
    let of_parameters = parameters(apis).map(|it| &it.doc);
    let of_types = apis.iter().flat_map(|it| &it.types).map(|it| &it.doc);
    let of_schemas = apis.iter().flat_map(|it| &it.schemas).map(|it| &it.doc);
    let docs = of_operations.chain(of_parameters);
    let mut docs = docs.chain(of_types).chain(of_schemas).flatten();
    docs.any(|it| plan::has_html(it))
}

fn has_pages(apis: &[Api]) -> bool {
    operations(apis).any(|it| matches!(it.result, ResponseKind::Page { .. }))
}

fn has_typed_paths(apis: &[Api]) -> bool {
    let is_typed = |api: &Api, it: &Parameter| {
        let scalar = api.path_scalar(it);
        scalar.is_some_and(|it| it != Scalar::String)
    };
    apis.iter().any(|api| {
        let mut parameters = api.resources.iter().flat_map(|it| &it.parameters);
        parameters.any(|it| it.location == Location::Path && is_typed(api, it))
    })
}

fn has_credentials_of_its_own(apis: &[Api]) -> bool {
    let mut plain = apis.iter().filter(|it| it.vendor.runtime().is_none());
    plain.any(|it| it.sent_schemes().next().is_some())
}

fn has_types_of_errors(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.errors.is_empty())
}

fn has_deprecated_fields(apis: &[Api]) -> bool {
    let is_deprecated = |api: &Api, it: &Field| api.schema(it.value.schema).deprecated;
    let mut apis = apis.iter();
    apis.any(|api| fields(api).any(|it| is_deprecated(api, it)))
}

fn has_server_variables(apis: &[Api]) -> bool {
    apis.iter().any(|it| !it.server_variables.is_empty())
}

fn has_exact_types(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let mut structs = client.files().flat_map(|it| &it.structs);
    structs.any(|it| it.derives.contains(&Derive::Hash))
}

fn converts_enumerations(apis: &[Api]) -> bool {
    plan::client_of(apis).converts_enumerations
}

fn has_setters_of_lists(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let requests = client.files().flat_map(|it| &it.requests);
    let mut setters = requests.flat_map(|it| &it.setters);
    setters.any(|it| matches!(it.argument.ty, ArgumentType::OneOrMany(_)))
}

fn links_in_docs(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let has_links = |doc: &Doc| doc.iter().any(|line| line.contains("](Self::"));
    let mut docs = client.files().flat_map(|file| {
        let requests = file.requests.iter();
        let setters = requests.clone().flat_map(|it| &it.setters);
        let structs = file.structs.iter();
        let fields = structs.clone().flat_map(|it| &it.fields);
        let of_requests = requests.map(|it| &it.doc).chain(setters.map(|it| &it.doc));
        of_requests
            .chain(structs.map(|it| &it.doc))
            .chain(fields.map(|it| &it.doc))
    });
    docs.any(has_links)
}

fn has_shortcuts(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let mut handles = client.files().flat_map(|it| &it.handles);
    handles.any(|it| !it.shortcuts.is_empty())
}

fn has_page_sizes(apis: &[Api]) -> bool {
    parameters(apis).any(|it| it.largest_page.is_some())
}

fn has_setters_named_like_list_methods(apis: &[Api]) -> bool {
    operations(apis).any(|it| {
        let mut setters = it.parameters.iter().filter(|it| !it.required);
        !matches!(it.result, ResponseKind::Page { .. })
            && setters.any(|setter| {
                let name = words::snake_with_marks(&it.words_of(setter));
                LIST_METHODS.contains(&name.as_str())
            })
    })
}

fn has_defaults_of_fields(apis: &[Api]) -> bool {
    let mut fields = apis.iter().flat_map(fields);
    fields.any(|it| it.presence == Presence::OptionalWithDefault)
}

fn sends_null_in_updates(apis: &[Api]) -> bool {
    apis.iter().flat_map(fields).any(|it| it.tells_null)
}

fn has_unions_of_subclasses(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    types.any(|it| it.is_base)
}

/// Whether a value has a type, and alternatives that only limit it.
fn has_limits_in_alternatives(apis: &[Api]) -> bool {
    let is_concerned = |schema: &Schema| {
        let conditions = &schema.bounds.conditions;
        let choices = ["anyOf", "oneOf"].iter().find_map(|it| conditions.get(*it));
        let mut choices = choices.and_then(Json::as_array).into_iter().flatten();
        let is_scalar = matches!(schema.ty, Type::Scalar(_));
        is_scalar && choices.any(|it| it.get("type").is_none())
    };
    apis.iter().flat_map(|it| &it.schemas).any(is_concerned)
}

/// Whether several operations have a parameter with a type of its own.
fn has_types_of_shared_parameters(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut seen = BTreeSet::new();
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let mut own = parameters.filter(|it| {
            let id = api.named_inside(it.value.schema);
            // Equal enumerations have always been one.
            id.is_some_and(|id| api.type_definition(id).shape.values().is_none())
        });
        own.any(|it| !seen.insert(&it.value.at))
    })
}

/// Whether a response is a stream of events or of JSON values.
fn has_streams_of_events(apis: &[Api]) -> bool {
    let mut read = operations(apis).flat_map(|it| &it.media_types.read);
    read.any(|it| is_stream(it))
}

fn makes_responses(apis: &[Api]) -> bool {
    apis.iter().any(plan::makes_responses)
}

/// Whether the id of an operation ends with its path and method.
fn has_paths_in_ids(apis: &[Api]) -> bool {
    operations(apis).any(|it| without_path(&it.id, it.method.as_str(), &it.path) != it.id)
}

#[cfg(test)]
mod tests;
