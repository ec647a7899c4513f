//! The command line: how each operation is called in a shell, what it takes and what of its answer is shown.
//!
//! All of it is data, which one engine in the runtime reads. Commands are named as the client's methods are.

mod argument;
mod example;
mod model;
mod option_name;
mod output_shape;

use std::collections::BTreeSet;

pub use self::model::*;
use self::output_shape::Shapes;
use super::viewpoint::{Basis, Viewpoint};
use super::{Client, Opening, Version, doc};
use crate::api::{Method, Operation, Outcome, Type, TypeId};
use crate::naming::RustName;

/// Plans the commands of one version.
pub(super) fn commands(basis: &Basis<'_>, version: &Version) -> CommandTable {
    let at = basis.outside();
    let handles = version.files.iter().flat_map(|it| &it.handles);
    let openings = handles.flat_map(|it| &it.openings);
    let mut openings: Vec<&Opening> = openings.collect();
    // Handles are in the order of files. Readers know the order of the spec.
    openings.sort_by_key(|it| it.origin.0);
    let mut shapes = Shapes::default();
    let mut groups = Groups::default();
    let mut commands = Vec::new();
    for opening in openings {
        let index = opening.origin;
        let Some((links, _)) = at.links(index) else {
            unreachable!("an operation without a resource has no method");
        };
        let mut path = vec![command_word(&at.names.accessor)];
        let resources = links.iter().map(|(id, _)| at.api.resource(*id));
        let options = option_name::options(at, index, resources);
        let mut selectors = options.iter();
        for (resource, link) in &links {
            path.push(command_word(link));
            let resource = at.api.resource(*resource);
            let title = doc::plain(&doc::title(resource));
            groups.add(&path, title);
            let count = resource.parameters.len();
            path.extend(selectors.by_ref().take(count).map(|it| format!("{{{it}}}")));
        }
        path.push(command_word(&opening.name));
        let shown = shown_type(at, at.api.operation(index));
        let shown = shown.map(|id| shapes.add(at, id));
        commands.push(command(at, opening, path, &options, shown));
    }
    CommandTable {
        about: doc::plain(&version.title),
        groups: groups.groups,
        shapes: shapes.finish(),
        commands,
    }
}

/// By version of a client: its commands.
pub(super) fn command_tables(bases: &[Basis<'_>], client: &Client) -> Vec<CommandTable> {
    let mut versions: Vec<&Version> = client.versions().map(|(_, version)| version).collect();
    versions.sort_by_key(|it| it.origin);
    let versions = versions.into_iter();
    versions.map(|it| commands(&bases[it.origin], it)).collect()
}

fn command(
    at: Viewpoint<'_>,
    opening: &Opening,
    path: Vec<String>,
    options: &[String],
    shape: Option<String>,
) -> Command {
    let index = opening.origin;
    let operation = at.api.operation(index);
    let arguments = argument::arguments(at, operation, options);
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
        shape,
        signing: opening.signing.clone(),
        accept: opening.accept.clone(),
        content_type: opening.content_type.clone(),
    }
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

/// The object that an answer is, or that a list holds.
fn shown_type(at: Viewpoint<'_>, operation: &Operation) -> Option<TypeId> {
    let value = match &operation.result {
        Outcome::Nothing | Outcome::OneOf(_) => return None,
        Outcome::Value(payload) => &payload.value,
        Outcome::Page { item, .. } => item,
    };
    let schema = match at.api.ty(value.schema) {
        Type::List(item) => item.schema,
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => value.schema,
    };
    let id = at.api.ty(schema).named()?;
    let definition = at.api.type_definition(id);
    let is_object = definition.is_item && definition.shape.values().is_none();
    is_object.then_some(id)
}

/// The groups of a version, each once.
#[derive(Default)]
struct Groups {
    groups: Vec<CommandGroup>,
    known: BTreeSet<Vec<String>>,
}

impl Groups {
    /// Adds the group of the words in a path, unless it is there. Arguments between them do not count.
    fn add(&mut self, path: &[String], about: String) {
        let words = path.iter().filter(|it| !it.starts_with('{'));
        let path: Vec<String> = words.cloned().collect();
        if self.known.insert(path.clone()) {
            self.groups.push(CommandGroup { path, about });
        }
    }
}

/// A name of Rust as a word of a command.
fn command_word(name: &RustName) -> String {
    option_name::kebab(name.unraw())
}
