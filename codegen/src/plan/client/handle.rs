//! Plans handles, through which users reach resources.

use super::request::{Input, Need, argument_type, inputs, paging, value_type};
use super::{
    Argument, ArgumentType, Credential, Handle, Link, Opening, Selector, SelectorKind, Signing,
};
use crate::api::{
    self, Api, MediaTypes, Operation, OperationIndex, Parameter, Resource, ResourceId, Scalar, Type,
};
use crate::media_type::{FORM, JSON};
use crate::naming::RustName;
use crate::plan::mention::Mentions;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, Leaf, ResponseDecoding, RustType, doc};

/// Plans the handle of a resource.
pub(super) fn handle(at: Viewpoint<'_>, id: ResourceId) -> Handle {
    let resource = at.api.resource(id);
    let methods = at.names.methods(id);
    let openings = methods.openings.iter();
    let links = methods.links.iter();
    let shortcuts = methods.shortcuts.iter();
    Handle {
        origin: id,
        gate: at.gates().handle(id),
        name: at.names.handle(id).clone(),
        is_root: id == ResourceId(0),
        may_lack_methods: at.gates().may_lack_methods(
            id,
            methods.openings.iter().map(|(it, _)| *it),
            methods.links.iter().map(|(it, _)| *it),
        ),
        doc: if id == ResourceId(0) {
            root_doc(at)
        } else {
            resource_doc(resource)
        },
        links: links
            .map(|(child, name)| link(at, name, *child, id))
            .collect(),
        shortcuts: shortcuts
            .map(|(child, name)| shortcut(at, name, *child, id))
            .collect(),
        openings: openings
            .map(|(index, name)| opening(at, name, *index, id))
            .collect(),
    }
}

fn root_doc(at: Viewpoint<'_>) -> Doc {
    doc::line(&format!("The resources of {}.", at.api.title))
}

/// The description of a resource, and its path.
fn resource_doc(resource: &Resource) -> Doc {
    let path = format!("`{}`", resource.path);
    doc::paragraphs([Some(doc::title(resource).as_str()), Some(&path)])
}

/// Plans the method of `parent`'s handle that returns another handle.
fn link(at: Viewpoint<'_>, name: &RustName, id: ResourceId, parent: ResourceId) -> Link {
    let resource = at.api.resource(id);
    let names = at.names.selectors(id);
    Link {
        origin: id,
        gate: at.gates().link(id, parent),
        name: name.clone(),
        doc: link_doc(resource, names),
        arguments: selectors(at, resource, names),
        target: at.handle(id),
    }
}

/// Plans the method of the handle of the root that leads to what is below the caller's account.
fn shortcut(at: Viewpoint<'_>, name: &RustName, id: ResourceId, root: ResourceId) -> Link {
    let mut link = link(at, name, id, root);
    let account = at.api.vendor.account();
    let account = account.map(|it| vec![it.doc.to_owned()]);
    link.doc = doc::join([Some(link.doc), account]);
    link
}

fn selectors(at: Viewpoint<'_>, resource: &Resource, names: &[RustName]) -> Vec<Selector> {
    let selectors = names.iter().zip(&resource.parameters);
    selectors.map(|(name, it)| selector(at, name, it)).collect()
}

/// A path parameter as an argument: a scalar as in a query, a value of its type, or else a string or strings, because
/// it ends up in a URL.
fn selector(at: Viewpoint<'_>, name: &RustName, parameter: &Parameter) -> Selector {
    let schema = parameter.value.schema;
    let text = RustType::Leaf(Leaf::STRING);
    let (kind, ty) = match at.api.ty(schema) {
        _ if at.api.is_passed_as_value(parameter) => (SelectorKind::Value, value_type(at, schema)),
        Type::Scalar(Scalar::String) => (SelectorKind::Text, ArgumentType::Into(text)),
        Type::Scalar(_) => (SelectorKind::Scalar, argument_type(at, schema)),
        Type::List(_) => (SelectorKind::Texts, ArgumentType::OneOrMany(text)),
        Type::Any | Type::Map(_) | Type::Named(_) => (SelectorKind::Text, ArgumentType::Into(text)),
    };
    Selector {
        argument: Argument {
            name: name.clone(),
            ty,
        },
        style: parameter.writing.style(),
        kind,
    }
}

fn link_doc(resource: &Resource, names: &[RustName]) -> Doc {
    let selectors = names.iter().zip(&resource.parameters);
    let mentions = Mentions::of_selectors(selectors.clone());
    let arguments = selectors.filter_map(|(name, it)| {
        let text = it.doc.as_deref().map(|it| mentions.prose_of(name, it));
        let keeps_reserved = it.writing.style().keeps_reserved;
        let segments = keeps_reserved.then(|| doc::line("May have several segments: `a/b`."));
        let text = doc::join([text, segments]);
        (!text.is_empty()).then(|| doc::list_item(&format!("`{name}`:"), &text))
    });
    let arguments: Doc = arguments.flatten().collect();
    let arguments = (!arguments.is_empty()).then_some(arguments);
    doc::join([Some(mentions.prose(&doc::title(resource))), arguments])
}

/// Plans the method of `parent`'s handle that makes a request.
fn opening(
    at: Viewpoint<'_>,
    name: &RustName,
    index: OperationIndex,
    parent: ResourceId,
) -> Opening {
    let operation = at.api.operation(index);
    let mentions = Mentions::of_operation(at, index, at.names.request(index).as_str());
    let required: Vec<Input<'_>> = inputs(at, index, Need::Required, &mentions).collect();
    Opening {
        origin: index,
        gate: at.gates().opening(index, parent),
        name: name.clone(),
        doc: opening_doc(operation, &mentions, &required),
        deprecated: operation.deprecated,
        arguments: required
            .into_iter()
            .map(|it| (it.argument(), it.destination))
            .collect(),
        constants: operation.constants.clone(),
        signing: signing(at, &operation.signing),
        accept: accept(&operation.media_types),
        content_type: content_type(operation),
        largest_page: largest_page(at.api, operation),
        target: at.names.request(index).clone(),
        answer: ResponseDecoding::of(at, &operation.result),
    }
}

/// The maximum page size of a list, if it is not the usual one.
fn largest_page(api: &Api, operation: &Operation) -> Option<usize> {
    let largest = operation.parameters.iter().find_map(|it| it.largest_page)?;
    let usual = match paging(operation) {
        Some(paging) => paging.size.as_ref()?.largest,
        None => api.vendor.paging()?.largest_size,
    };
    (largest != usual).then_some(largest)
}

/// The credentials of a call. If no operation needs credentials, the runtime treats them as optional.
fn signing(at: Viewpoint<'_>, signing: &api::Signing) -> Signing {
    match signing {
        api::Signing::Usual => Signing::Usual,
        api::Signing::Nothing => Signing::Nothing,
        api::Signing::Optional if at.needs_credentials => {
            Signing::OneOf(vec![vec![Credential::Authorization], vec![]])
        }
        api::Signing::Optional => Signing::Usual,
        api::Signing::OneOf(alternatives) => Signing::OneOf(alternatives.clone()),
    }
}

/// The media types to ask for, unless they are the runtime's default.
fn accept(media_types: &MediaTypes) -> Option<String> {
    let is_default = media_types.read.iter().all(|it| it == JSON);
    (!is_default).then(|| media_types.read.join(", "))
}

/// The media type of the body, unless it is the runtime's default.
fn content_type(operation: &Operation) -> Option<String> {
    let default = match operation.body {
        Some(_) => [JSON].as_slice(),
        None => &[JSON, FORM],
    };
    let sent = operation.media_types.sent.clone();
    sent.filter(|it| !default.contains(&it.as_str()))
}

/// The description of an operation and of each argument.
fn opening_doc(operation: &Operation, mentions: &Mentions<'_>, arguments: &[Input<'_>]) -> Doc {
    let mut doc = mentions.prose(&doc::summary(operation));
    if !arguments.is_empty() {
        doc.push(String::new());
    }
    for Input {
        name, doc: text, ..
    } in arguments
    {
        doc.extend(doc::list_item(&format!("`{name}`:"), text));
    }
    doc
}
