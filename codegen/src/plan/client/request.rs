//! Plans requests: a type for each operation, with a setter for each optional parameter.

use std::collections::BTreeSet;

use super::declared_error::errors_doc;
use super::value_doc::{ValueDoc, value_doc};
use super::{
    Argument, ArgumentType, ArgumentUse, BodyEncoding, Placement, Request, RequestPart, Setter,
};
use super::{answer, other_response, server};
use crate::api::{
    Api, Body, Encoding, Location, Operation, OperationIndex, OtherBody, Paging, Parameter,
    ParameterEncoding, PartForm, Payload, Presence, ResponseKind, SchemaId, Type,
};
use crate::media_type::{is_range, names_format};
use crate::naming::RustName;
use crate::plan::mention::Mentions;
use crate::plan::scalar::{Passing, row};
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, Leaf, RustType, WireFunction, doc, scopes};
use crate::report::code;

/// Plans the request of an operation.
pub(super) fn request(at: Viewpoint<'_>, index: OperationIndex) -> Request {
    let operation = at.api.operation(index);
    let mentions = &Mentions::of_operation(at, index, "Self");
    let item = match &operation.result {
        ResponseKind::Page { item, .. } => Some(at.rust_type(item)),
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::OneOf(_) => None,
    };
    Request {
        origin: index,
        gate: at.gates().request(index),
        name: at.names.request(index).clone(),
        doc: request_doc(at, operation, mentions),
        errors: errors_doc(at, operation),
        operation_doc: doc::line(&format!("`{}`: its method, server and path.", operation.id)),
        id: operation.id.clone(),
        method: operation.method,
        server: server::url(&at.names, operation),
        path: operation.path_below_server().to_owned(),
        output: match &operation.result {
            ResponseKind::Nothing => RustType::Unit,
            ResponseKind::OneOf(_) => at.answer_type(index),
            ResponseKind::Value(payload) => at.payload_type(payload),
            ResponseKind::Page { item, .. } => RustType::Page(Box::new(at.rust_type(item))),
        },
        kinds: answer::kinds(at, index),
        item,
        paging: paging(operation).cloned(),
        is_download: operation.result.may_be_bytes(),
        setters: setters(at, index, mentions),
        other_responses: other_response::methods(at, index),
    }
}

/// How the list of an operation is divided into pages, if not by the vendor's conventions.
pub(super) fn paging(operation: &Operation) -> Option<&Paging> {
    match &operation.result {
        ResponseKind::Page { paging, .. } => paging.as_deref(),
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::OneOf(_) => None,
    }
}

fn request_doc(at: Viewpoint<'_>, operation: &Operation, mentions: &Mentions<'_>) -> Doc {
    let place = format!("`{} {}`", operation.method.as_str(), operation.path);
    let deprecated = operation.deprecated.then_some("**Deprecated.**");
    let constants = constants_doc(operation);
    let scopes = scopes::sentence(at.api, operation, code);
    let headers = headers_doc(operation);
    let stream = match &operation.result {
        ResponseKind::Value(payload) => other_response::stream_doc(at, payload),
        ResponseKind::Nothing | ResponseKind::OneOf(_) | ResponseKind::Page { .. } => None,
    };
    doc::join([
        Some(mentions.prose(&doc::summary(operation))),
        operation.doc.as_deref().map(|it| mentions.prose(it)),
        Some(doc::line(&place)),
        constants.as_deref().map(doc::line),
        scopes.as_deref().map(doc::line),
        headers.as_deref().map(doc::line),
        stream,
        deprecated.map(doc::line),
    ])
}

/// The parameters that every request has.
fn constants_doc(operation: &Operation) -> Option<String> {
    let constants = operation.constants.iter();
    let constants: Vec<String> = constants.map(|it| code(&it.to_string())).collect();
    (!constants.is_empty()).then(|| format!("Always sent: {}.", constants.join(", ")))
}

/// The headers that a response may have, and how to read them.
fn headers_doc(operation: &Operation) -> Option<String> {
    let headers = operation.success.iter().flat_map(|it| &it.headers);
    // Only browsers read these (Fetch, "HTTP responses").
    let names = headers.map(|it| it.name.as_str());
    let names = names.filter(|it| !it.starts_with("access-control-"));
    let headers: BTreeSet<String> = names.map(code).collect();
    let headers: Vec<String> = headers.into_iter().collect();
    (!headers.is_empty()).then(|| {
        let headers = headers.join(", ");
        format!("Response headers, in `send().await?.headers()`: {headers}.")
    })
}

/// A setter for each optional input, in order.
fn setters(at: Viewpoint<'_>, index: OperationIndex, mentions: &Mentions<'_>) -> Vec<Setter> {
    inputs(at, index, Need::Optional, mentions)
        .map(|input| Setter {
            argument: input.argument(),
            doc: input.doc,
            deprecated: input.deprecated,
            destination: input.destination,
        })
        .collect()
}

/// An input of a request outside of its path: a parameter or the body.
pub(super) struct Input<'a> {
    pub(super) name: &'a RustName,
    pub(super) doc: Doc,
    deprecated: bool,
    ty: ArgumentType,
    pub(super) destination: ArgumentUse,
}

impl Input<'_> {
    pub(super) fn argument(&self) -> Argument {
        Argument {
            name: self.name.clone(),
            ty: self.ty.clone(),
        }
    }
}

/// Whether callers must pass an input.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// The inputs of an operation outside of its path, as far as they are required or optional: its parameters in the order
/// of the spec, then its body, then its alternative bodies.
pub(super) fn inputs<'a>(
    at: Viewpoint<'a>,
    index: OperationIndex,
    need: Need,
    mentions: &Mentions<'_>,
) -> impl Iterator<Item = Input<'a>> {
    let operation = at.api.operation(index);
    let is_wanted = move |required: bool| required == (need == Need::Required);
    let names = at.basis.names.inputs(index);
    let (parameter_names, rest) = names.split_at(operation.parameters.len());
    let (body_name, other_names) = rest.split_at(usize::from(operation.body.is_some()));
    let parameters = operation.parameters.iter().zip(parameter_names);
    let parameters = parameters.filter(move |(it, _)| is_wanted(it.required));
    let parameters = parameters.map(move |(it, name)| Input {
        name,
        doc: value_doc(
            at,
            &ValueDoc {
                name,
                mentions,
                own: it.doc.as_deref(),
                schema: at.api.schema(it.value.schema),
                fallback: &format!("`{}`.", it.wire_name),
                is_json_text: it.writing.is_json() && !at.api.is_passed_as_value(it),
                deprecated: it.deprecated,
                presence: presence(it.required),
                is_input: true,
            },
        ),
        deprecated: it.deprecated,
        ty: parameter_type(at, it),
        destination: destination(at.api, it),
    });
    let body = operation.body.iter().zip(body_name);
    let body = body.filter(move |(it, _)| is_wanted(it.required));
    let body = body.map(move |(it, name)| Input {
        name,
        doc: value_doc(
            at,
            &ValueDoc {
                name,
                mentions,
                own: it.doc.as_deref(),
                schema: at.api.schema(it.payload.value.schema),
                fallback: &body_doc(operation, it),
                is_json_text: false,
                deprecated: false,
                presence: presence(it.required),
                is_input: true,
            },
        ),
        deprecated: false,
        ty: body_type(at, &it.payload),
        destination: ArgumentUse::Body(it.payload.encoding),
    });
    let others = operation.other_bodies.iter().zip(other_names);
    let others = others.filter(move |(it, _)| is_wanted(it.required));
    let others = others.map(move |(it, name)| other_body(at, it, name));
    parameters.chain(body).chain(others)
}

fn presence(required: bool) -> Presence {
    match required {
        true => Presence::Required,
        false => Presence::Optional,
    }
}

/// The docs of a body without a description.
fn body_doc(operation: &Operation, body: &Body) -> String {
    let sent = operation.media_types.sent.as_deref();
    if let Some(range) = sent.and_then(range_doc) {
        return format!("{} {range}", plain_body_doc(body.payload.encoding));
    }
    match (sent, body.payload.encoding) {
        (Some(sent), Encoding::Text | Encoding::Bytes) if names_format(sent) => {
            format!("The body of the request, as {}.", code(sent))
        }
        (_, encoding) => plain_body_doc(encoding).to_owned(),
    }
}

fn plain_body_doc(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Json => "The body of the request, as JSON.",
        Encoding::Text => "The body of the request, as text.",
        Encoding::Bytes => "The body of the request.",
    }
}

/// How to choose the media type of bytes, if the operation accepts a range.
fn range_doc(accepted: &str) -> Option<String> {
    let range = code(accepted);
    is_range(accepted).then(|| {
        format!(
            "Its media type, within {range}, is that of the file, or what `Body::content_type` sets."
        )
    })
}

fn other_body<'a>(at: Viewpoint<'a>, body: &OtherBody, name: &'a RustName) -> Input<'a> {
    let media_type = code(&body.media_type);
    let doc = match body.required {
        true => format!("The body of the request, as {media_type}."),
        false => format!("The body of the request as {media_type}, replacing any other."),
    };
    let doc = match range_doc(&body.media_type) {
        Some(range) => format!("{doc} {range}"),
        None => doc,
    };
    Input {
        name,
        doc: doc::line(&doc),
        deprecated: false,
        ty: match body.writing {
            BodyEncoding::Json => value_type(at, body.value.schema),
            BodyEncoding::Form(_) => ArgumentType::Exactly(at.not_null(body.value.schema)),
            BodyEncoding::Text => ArgumentType::Into(RustType::Leaf(Leaf::STRING)),
            BodyEncoding::Bytes => ArgumentType::Into(RustType::Leaf(Leaf::BODY)),
        },
        destination: ArgumentUse::OtherBody(body.writing.clone(), body.media_type.clone()),
    }
}

/// The type of an argument for a body.
fn body_type(at: Viewpoint<'_>, payload: &Payload) -> ArgumentType {
    match payload.encoding {
        Encoding::Json => value_type(at, payload.value.schema),
        Encoding::Text => ArgumentType::Into(at.payload_type(payload)),
        Encoding::Bytes => ArgumentType::Into(RustType::Leaf(Leaf::BODY)),
    }
}

/// The type of an argument that is serialized through its JSON.
pub(super) fn value_type(at: Viewpoint<'_>, schema: SchemaId) -> ArgumentType {
    let ty = at.not_null(schema);
    if at.api.is_times(schema) {
        ArgumentType::Wrapped(ty, WireFunction::IN_SECONDS)
    } else if at.api.is_floats(schema) {
        ArgumentType::Wrapped(ty, WireFunction::FINITE)
    } else if at.api.is_decimals(schema) {
        ArgumentType::Wrapped(ty, WireFunction::EXACT)
    } else if is_union(at, schema) {
        ArgumentType::Into(ty)
    } else {
        ArgumentType::Exactly(ty)
    }
}

/// Whether a value is one of several types, most of which convert into it.
fn is_union(at: Viewpoint<'_>, schema: SchemaId) -> bool {
    let id = at.api.ty(schema).named();
    id.is_some_and(|id| !at.api.type_definition(id).shape.variants().is_empty())
}

/// The type of an argument for a parameter.
fn parameter_type(at: Viewpoint<'_>, parameter: &Parameter) -> ArgumentType {
    let schema = parameter.value.schema;
    if parameter.largest_page.is_some() {
        return ArgumentType::Exactly(RustType::Leaf(Leaf::USIZE));
    }
    if parameter.location != Location::Part(PartForm::File) {
        return match (parameter.writing, at.api.ty(schema)) {
            _ if !at.api.is_passed_as_value(parameter) => argument_type(at, schema),
            (ParameterEncoding::JsonItems, Type::List(item)) => items_type(at.rust_type(item)),
            (
                ParameterEncoding::Styled(_)
                | ParameterEncoding::Json
                | ParameterEncoding::Untyped
                | ParameterEncoding::JsonItems
                | ParameterEncoding::TextOrJson,
                _,
            ) => value_type(at, schema),
        };
    }
    if parameter.wire_name == Parameter::OTHER_FILES {
        return ArgumentType::OneOrMany(RustType::Leaf(Leaf::NAMED_PART));
    }
    let file = RustType::Leaf(Leaf::PART);
    match at.api.ty(schema) {
        Type::List(_) => ArgumentType::OneOrMany(file),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => ArgumentType::Into(file),
    }
}

/// The type of an argument that is serialized as text.
pub(super) fn argument_type(at: Viewpoint<'_>, schema: SchemaId) -> ArgumentType {
    match at.api.ty(schema) {
        Type::Scalar(scalar) => match row(*scalar).passing {
            Passing::Into => ArgumentType::Into(at.not_null(schema)),
            Passing::Exactly => ArgumentType::Exactly(at.not_null(schema)),
        },
        // A string may already be JSON: only the caller knows.
        Type::Any => ArgumentType::Into(RustType::Leaf(Leaf::JSON)),
        Type::List(item) if *at.api.ty(item.schema) == Type::Any => {
            ArgumentType::OneOrMany(RustType::Leaf(Leaf::JSON))
        }
        Type::List(item) => ArgumentType::OneOrMany(at.not_null(item.schema)),
        Type::Named(_) if is_union(at, schema) => ArgumentType::Into(at.not_null(schema)),
        Type::Named(_) | Type::Map(_) => ArgumentType::Exactly(at.not_null(schema)),
    }
}

/// The type of an argument for a list. If items are JSON, a list could be mistaken for one value, and an `Option` for a
/// list of at most one: the argument is then only a list.
pub(super) fn items_type(item: RustType) -> ArgumentType {
    match item {
        RustType::Option(_) | RustType::Leaf(Leaf::VALUE) => ArgumentType::Each(item),
        RustType::Leaf(_) | RustType::Named(_) | RustType::Unit => ArgumentType::OneOrMany(item),
        RustType::Vec(_) | RustType::Map(_) | RustType::Box(_) | RustType::Page(_) => {
            ArgumentType::OneOrMany(item)
        }
    }
}

/// What a request method does with the value of `parameter`, which must not be in the path.
fn destination(api: &Api, parameter: &Parameter) -> ArgumentUse {
    let destination = ArgumentUse::of(api, parameter);
    destination.unwrap_or_else(|| unreachable!("path parameters are arguments of the handles"))
}

impl ArgumentUse {
    /// What a request method does with the value of `parameter`; `None` for the path, which handles have.
    pub(crate) fn of(api: &Api, parameter: &Parameter) -> Option<Self> {
        match parameter.largest_page {
            Some(_) => Some(Self::PageSize),
            None => Placement::of(api, parameter).map(Self::Parameter),
        }
    }
}

impl Placement {
    /// Whether it is the additional properties, each under its own name.
    pub(crate) fn is_rest(&self) -> bool {
        self.wire_name == Parameter::OTHERS
    }

    /// Whether it is the files among the additional properties.
    pub(crate) fn is_other_files(&self) -> bool {
        self.wire_name == Parameter::OTHER_FILES
    }

    /// The place of `parameter` in a request; `None` for the path.
    pub(crate) fn of(api: &Api, parameter: &Parameter) -> Option<Self> {
        let part = match parameter.location {
            Location::Path => return None,
            Location::Query => RequestPart::Query,
            Location::Header => RequestPart::Header,
            Location::Cookie => RequestPart::Cookie,
            Location::Form => RequestPart::Form,
            Location::Part(form) => RequestPart::Part(form),
        };
        Some(Self {
            part,
            wire_name: parameter.wire_name.clone(),
            media_type: parameter.media_type.clone(),
            writing: parameter.writing,
            is_value: api.is_passed_as_value(parameter),
        })
    }
}
