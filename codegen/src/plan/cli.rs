//! The command line: how each operation is called in a shell, what it takes and what of its answer is shown.
//!
//! All of it is data, which one engine in the runtime reads. Commands are named as the client's methods are.

mod argument;
mod columns;
mod example;
mod model;
mod option_name;
mod output_shape;

use std::collections::BTreeSet;

pub use self::columns::{ColumnFault, Columns};
pub use self::model::*;
use self::output_shape::Shapes;
use super::viewpoint::{Basis, Viewpoint};
use super::{Client, Opening, Version, doc};
use crate::api::{Method, Operation, OperationIndex, Outcome, ResourceId, Type, TypeId};
use crate::naming::RustName;
use crate::workers::Workers;

/// Plans the commands of one version.
fn commands(basis: &Basis<'_>, version: &Version, workers: &impl Workers) -> CommandTable {
    let at = basis.outside();
    let handles = version.files.iter().flat_map(|it| &it.handles);
    let openings = handles.flat_map(|it| &it.openings);
    let mut openings: Vec<&Opening> = openings.collect();
    // Handles are in the order of files. Readers know the order of the spec.
    openings.sort_by_key(|it| it.origin.0);
    let mut shapes = Shapes::default();
    let mut groups = Groups::default();
    let planned = workers.map(openings, |it| {
        let links = links(at, it.origin);
        (command(at, it, &links), links)
    });
    let mut commands = Vec::with_capacity(planned.len());
    for (mut command, links) in planned {
        let mut path: Vec<String> = command.path.iter().take(1).cloned().collect();
        for (resource, link) in links {
            path.push(command_word(&link));
            groups.add(&path, || doc::plain(&doc::title(at.api.resource(resource))));
        }
        let shown = shown_type(at, at.api.operation(command.origin));
        command.shown = shown.map(|(id, is_list)| AnswerShape {
            shape: shapes.add(at, id),
            is_list,
        });
        commands.push(command);
    }
    CommandTable {
        about: doc::plain(&version.title),
        groups: groups.groups,
        shapes: shapes.finish(),
        commands,
    }
}

/// By version of a client: its commands.
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

/// The methods that lead to an operation, each with the resource that it leads to.
fn links(at: Viewpoint<'_>, index: OperationIndex) -> Vec<(ResourceId, RustName)> {
    let Some((links, _)) = at.links(index) else {
        unreachable!("an operation without a resource has no method");
    };
    links
}

/// Plans a command, but for the shape of its answer, which commands share.
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
        about: doc::plain(&summary(operation)),
        details: operation.doc.as_deref().map(doc::plain),
        deprecated: operation.deprecated,
        example: example::example(&path, &arguments),
        path,
        arguments,
        answer: opening.answer.clone(),
        effect: effect(operation),
        shown: None,
        signing: opening.signing.clone(),
        accept: opening.accept.clone(),
        content_type: opening.content_type.clone(),
    }
}

/// The words of a command, and the options between them that select resources.
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

/// What an operation does, in the spec's words.
fn summary(operation: &Operation) -> String {
    let own = operation.summary.clone();
    own.unwrap_or_else(|| doc::name_alone(&operation.id))
}

/// What an operation does to the service's data: what its method promises (RFC 9110 §9.2), and of the methods that
/// promise nothing, what its verb says.
fn effect(operation: &Operation) -> Effect {
    match operation.method {
        Method::Get | Method::Head | Method::Options | Method::Trace => Effect::Read,
        Method::Delete => Effect::Delete,
        Method::Post if operation.verb == "create" => Effect::Create,
        Method::Post | Method::Put | Method::Patch => Effect::Change,
    }
}

/// The object that an answer is, or that a list holds, and whether it is a list without pages.
fn shown_type(at: Viewpoint<'_>, operation: &Operation) -> Option<(TypeId, bool)> {
    let value = match &operation.result {
        Outcome::Nothing | Outcome::OneOf(_) => return None,
        Outcome::Value(payload) => &payload.value,
        Outcome::Page { item, .. } => item,
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

/// The groups of a version, each once.
#[derive(Default)]
struct Groups {
    groups: Vec<CommandGroup>,
    known: BTreeSet<Vec<String>>,
}

impl Groups {
    /// Adds the group of these words, unless it is there.
    fn add(&mut self, path: &[String], about: impl FnOnce() -> String) {
        if self.known.insert(path.to_vec()) {
            self.groups.push(CommandGroup {
                path: path.to_vec(),
                about: about(),
            });
        }
    }
}

/// Words that are commands of the program's own, or may become some.
const OWN_WORDS: [&str; 5] = ["completions", "help", "man", "mcp", "profile"];

/// What stands behind the word of a product whose name is one of these.
const OF_PRODUCT: &str = "-api";

/// The name of a product as the first word of its commands. Two products have two words.
fn first_word(word: &str) -> String {
    let is_own = OWN_WORDS.contains(&word.replace(OF_PRODUCT, "").as_str());
    let suffix = if is_own { OF_PRODUCT } else { "" };
    format!("{word}{suffix}")
}

/// A name of Rust as a word of a command.
fn command_word(name: &RustName) -> String {
    option_name::kebab(name.unraw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_product_takes_a_word_of_the_program_or_of_another() {
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
