//! Handles: what a user holds to reach a resource.

use std::collections::BTreeMap;

use super::names::Viewpoint;
use super::request::{Input, inputs, summary};
use super::{Answer, Argument, ArgumentType, Doc, Handle, Leaf, Link, Opening, RustType, doc};
use crate::api::{Api, MediaTypes, Operation, OperationIndex, Parameter, Resource, ResourceId};
use crate::media_type::{FORM, JSON};
use crate::naming::{Case, RustName, Scope};

/// Functions that a handle has anyway: by a derive, and for the root to be made.
const OWN_FUNCTIONS: [&str; 2] = ["clone", "new"];

/// Plans the handle of a resource.
pub(super) fn handle(at: Viewpoint<'_>, id: ResourceId) -> Handle {
    let resource = at.api.resource(id);
    let methods = at.methods(id);
    let openings = methods.openings.iter().cloned();
    let links = methods.links.iter().cloned();
    Handle {
        origin: id,
        name: at.handle_name(id),
        is_root: id == ResourceId(0),
        doc: if id == ResourceId(0) {
            root_doc(at)
        } else {
            resource_doc(resource)
        },
        links: links.map(|(child, name)| link(at, name, child)).collect(),
        openings: openings
            .map(|(index, name)| opening(at, name, index))
            .collect(),
    }
}

/// The names of a handle's methods.
pub(super) struct Methods {
    /// Those that make requests.
    pub(super) openings: Vec<(OperationIndex, RustName)>,
    /// Those that lead to other handles.
    pub(super) links: Vec<(ResourceId, RustName)>,
}

impl Methods {
    /// Claims the names for the handle of a resource. An operation is called by its verb; where another path of the
    /// resource has that already, by its id.
    pub(super) fn of(api: &Api, id: ResourceId) -> Self {
        let resource = api.resource(id);
        let mut scope = Scope::new(Case::Snake, &OWN_FUNCTIONS);
        let mut verbs = BTreeMap::new();
        let openings = resource.operations.iter().map(|&index| {
            let operation = api.operation(index);
            let path_item = operation.at.parent();
            let first = verbs.entry(&operation.verb).or_insert(path_item.clone());
            // Keys that differ in their fixed query or their fragment share a resource.
            let is_of_another = *first != path_item;
            let words = if is_of_another {
                &operation.id
            } else {
                &operation.verb
            };
            (index, scope.claim(words))
        });
        let openings = openings.collect();
        let links = resource.children.iter();
        let links = links
            .map(|&child| (child, scope.claim(&api.resource(child).accessor)))
            .collect();
        Self { openings, links }
    }
}

fn root_doc(at: Viewpoint<'_>) -> Doc {
    doc::line(&format!("The resources of {}.", at.api.title))
}

/// What a resource is, and its path.
fn resource_doc(resource: &Resource) -> Doc {
    let path = format!("`{}`", resource.path);
    doc::paragraphs([Some(title(resource).as_str()), Some(&path)])
}

/// A resource in a sentence: the spec's, or one made of its name.
fn title(resource: &Resource) -> String {
    match (&resource.doc, &resource.parameter) {
        (Some(doc), _) => doc.clone(),
        (None, None) => doc::name_alone(&resource.noun),
        (None, Some(_)) => format!("One {}.", doc::words(&resource.noun)),
    }
}

fn link(at: Viewpoint<'_>, name: RustName, id: ResourceId) -> Link {
    let resource = at.api.resource(id);
    Link {
        origin: id,
        name,
        doc: link_doc(resource),
        argument: resource.parameter.as_ref().map(selector),
        target: at.handle(id),
    }
}

fn link_doc(resource: &Resource) -> Doc {
    let argument = resource.parameter.as_ref().and_then(|parameter| {
        let text = parameter.doc.as_deref()?;
        Some(format!("- `{}`: {text}", selector(parameter).name))
    });
    doc::paragraphs([Some(title(resource).as_str()), argument.as_deref()])
}

/// A path parameter as an argument: always text, whatever the spec says, because it ends up in a URL.
fn selector(parameter: &Parameter) -> Argument {
    let name = Scope::new(Case::Snake, &[]).claim(&parameter.wire_name);
    Argument {
        name,
        ty: ArgumentType::Into(RustType::Leaf(Leaf::STRING)),
    }
}

fn opening(at: Viewpoint<'_>, name: RustName, index: OperationIndex) -> Opening {
    let operation = at.api.operation(index);
    let mut arguments = Scope::new(Case::Snake, &["call", "self"]);
    let required = inputs(at, operation).filter(|input| input.required);
    let required: Vec<(RustName, Input<'_>)> = required
        .map(|input| (arguments.claim(input.name), input))
        .collect();
    Opening {
        origin: index,
        name,
        doc: opening_doc(operation, &required),
        arguments: required
            .into_iter()
            .map(|(name, input)| (Argument { name, ty: input.ty }, input.destination))
            .collect(),
        accept: accept(&operation.media_types),
        content_type: content_type(&operation.media_types),
        target: at.request_name(index),
        answer: Answer::of(&operation.result),
    }
}

/// The media types to ask for, if they are not what the runtime asks for.
fn accept(media_types: &MediaTypes) -> Option<String> {
    let is_usual = media_types.read.iter().all(|it| it == JSON);
    (!is_usual).then(|| media_types.read.join(", "))
}

/// The media type of the body, if it is not what the runtime says.
fn content_type(media_types: &MediaTypes) -> Option<String> {
    let sent = media_types.sent.clone();
    sent.filter(|it| ![JSON, FORM].contains(&it.as_str()))
}

/// What an operation does, and what each argument is.
fn opening_doc(operation: &Operation, arguments: &[(RustName, Input<'_>)]) -> Doc {
    let mut doc = doc::paragraphs([Some(summary(operation).as_str())]);
    if !arguments.is_empty() {
        doc.push(String::new());
    }
    for (name, input) in arguments {
        doc.extend(doc::list_item(&format!("`{name}`:"), &input.doc));
    }
    doc
}
