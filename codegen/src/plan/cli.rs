//! Plans the command line: the words of each command, its arguments, and what it shows of a response.
//!
//! The result is a table that one engine in the runtime reads. Commands have the names of the client's methods.

mod argument;
mod columns;
mod example;
mod model;
mod option_name;
mod output_shape;

use indexmap::IndexMap;

pub use self::columns::{ColumnFault, Columns};
pub use self::model::*;
pub(crate) use self::option_name::repeats_words;
use self::output_shape::Shapes;
use super::viewpoint::{Basis, Viewpoint};
use super::{Client, Opening, ResponseDecoding, Version, doc, scopes};
use crate::api::{Api, Method, Operation, OperationIndex, ResourceId, ResponseKind, Type, TypeId};
use crate::naming::RustName;
use crate::workers::Workers;

/// Plans the commands of one version.
fn commands(basis: &Basis<'_>, version: &Version, workers: &impl Workers) -> CommandTable {
    let at = basis.outside();
    let handles = version.files.iter().flat_map(|it| &it.handles);
    let openings = handles.flat_map(|it| &it.openings);
    let mut openings: Vec<&Opening> = openings.collect();
    // Handles are in the order of files, but readers know the order of the spec.
    openings.sort_by_key(|it| it.origin.0);
    let mut shapes = Shapes::default();
    let mut groups: IndexMap<Vec<String>, String> = IndexMap::new();
    let planned = workers.map(openings, |it| {
        let links = links(at, it.origin);
        (command(at, it, &links), links)
    });
    let mut commands = Vec::with_capacity(planned.len());
    for (mut command, links) in planned {
        let mut path: Vec<String> = command.path.iter().take(1).cloned().collect();
        for (resource, link) in links {
            path.push(command_word(&link));
            let about = || doc::plain(&doc::title(at.api.resource(resource)));
            groups.entry(path.clone()).or_insert_with(about);
        }
        let shown = shown_type(at, at.api.operation(command.origin));
        command.shown = shown.map(|(id, is_list)| AnswerShape {
            shape: shapes.add(at, id),
            is_list,
        });
        commands.push(command);
    }
    let groups = groups.into_iter();
    CommandTable {
        about: doc::plain(&version.title),
        groups: groups
            .map(|(path, about)| CommandGroup { path, about })
            .collect(),
        shapes: shapes.finish(),
        commands,
    }
}

/// Plans the commands of each version of a client.
pub(super) fn command_tables(
    bases: &[Basis<'_>],
    client: &Client,
    workers: &impl Workers,
) -> Vec<CommandTable> {
    let mut versions: Vec<&Version> = client.versions().map(|(_, version)| version).collect();
    versions.sort_by_key(|it| it.origin);
    let versions = versions.into_iter();
    versions
        .map(|it| commands(&bases[it.origin], it, workers))
        .collect()
}

/// Returns the methods that lead to an operation, each with its resource.
fn links(at: Viewpoint<'_>, index: OperationIndex) -> Vec<(ResourceId, RustName)> {
    let Some((links, _)) = at.links(index) else {
        unreachable!("an operation without a resource has no method");
    };
    links
}

/// Plans a command without the shape of its response, which commands share.
fn command(at: Viewpoint<'_>, opening: &Opening, links: &[(ResourceId, RustName)]) -> Command {
    let index = opening.origin;
    let operation = at.api.operation(index);
    let resources = links.iter().map(|(id, _)| at.api.resource(*id));
    let options = option_name::options(at, index, resources);
    let path = path(at, opening, links, &options);
    let arguments = argument::arguments(at, operation, &options);
    Command {
        origin: index,
        gate: at.gates.mock(index),
        request: opening.target.clone(),
        about: doc::plain(&doc::summary(operation)),
        details: details(at.api, operation),
        deprecated: operation.deprecated,
        example: example::example(&path, &arguments),
        path,
        arguments,
        constants: opening.constants.clone(),
        answer: opening.answer.clone(),
        effect: effect(operation),
        shown: None,
        signing: opening.signing.clone(),
        accept: opening.accept.clone(),
        content_type: opening.content_type.clone(),
        other_responses: other_responses(at, operation),
    }
}

/// Returns the media types of an operation's other responses, and how they are read.
fn other_responses(at: Viewpoint<'_>, operation: &Operation) -> Vec<(String, ResponseDecoding)> {
    let responses = operation.other_responses.iter();
    let responses = responses.map(|it| {
        let decoding = ResponseDecoding::of_payload(at, &it.payload);
        (it.media_type.clone(), decoding)
    });
    responses.collect()
}

/// What the help of a command tells beyond its summary.
fn details(api: &Api, operation: &Operation) -> Option<String> {
    let scopes = scopes::sentence(api, operation, str::to_owned);
    let paragraphs = [operation.doc.as_deref(), scopes.as_deref()];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().map(doc::plain).collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// Returns the words of a command, with the arguments in braces that select resources.
fn path(
    at: Viewpoint<'_>,
    opening: &Opening,
    links: &[(ResourceId, RustName)],
    options: &[String],
) -> Vec<String> {
    let mut path = vec![first_word(&command_word(&at.names.accessor))];
    let mut selectors = options.iter();
    for (resource, link) in links {
        path.push(command_word(link));
        let count = at.api.resource(*resource).parameters.len();
        path.extend(selectors.by_ref().take(count).map(|it| format!("{{{it}}}")));
    }
    path.push(command_word(&opening.name));
    path
}

/// Returns the effect of an operation on the service's data. The method decides (RFC 9110 §9.2), and for POST the verb.
fn effect(operation: &Operation) -> Effect {
    match operation.method {
        Method::Get | Method::Head | Method::Options | Method::Trace => Effect::Read,
        Method::Delete => Effect::Delete,
        Method::Post if operation.verb == "create" => Effect::Create,
        Method::Post | Method::Put | Method::Patch => Effect::Change,
    }
}

/// Returns the type of the object in a response or in its list, and whether it is a list without pages.
fn shown_type(at: Viewpoint<'_>, operation: &Operation) -> Option<(TypeId, bool)> {
    let value = match &operation.result {
        ResponseKind::Nothing | ResponseKind::OneOf(_) => return None,
        ResponseKind::Value(payload) => &payload.value,
        ResponseKind::Page { item, .. } => item,
    };
    let (schema, is_list) = match at.api.ty(value.schema) {
        Type::List(item) => (item.schema, true),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => (value.schema, false),
    };
    let id = at.api.ty(schema).named()?;
    let definition = at.api.type_definition(id);
    let is_object = definition.is_item && definition.shape.values().is_none();
    is_object.then_some((id, is_list))
}

/// Words that the program's own commands have, or may have in the future.
const OWN_WORDS: [&str; 5] = ["completions", "help", "man", "mcp", "profile"];

/// The suffix of a product's word if its name is one of these.
const OF_PRODUCT: &str = "-api";

/// Returns the first word of a product's commands. Different products have different words.
fn first_word(word: &str) -> String {
    let is_own = OWN_WORDS.contains(&word.replace(OF_PRODUCT, "").as_str());
    let suffix = if is_own { OF_PRODUCT } else { "" };
    format!("{word}{suffix}")
}

/// Converts a Rust name to a word of a command.
fn command_word(name: &RustName) -> String {
    option_name::kebab(name.unraw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_words_are_distinct_and_not_reserved() {
        for (product, word) in [
            ("profile", "profile-api"),
            ("profile-api", "profile-api-api"),
            ("mcp", "mcp-api"),
            ("profiles", "profiles"),
            ("shop-api", "shop-api"),
        ] {
            assert_eq!(first_word(product), word);
        }
    }
}
