//! Plans the arguments of a command: parameters, the fields of a JSON body, and whole bodies.

use super::{ArgumentPlace, CommandArgument, ValueKind};
use crate::api::{
    Api, BodyEncoding, Encoding, Field, Json, Location, Operation, OtherBody, Parameter,
    ParameterEncoding, PartForm, Presence, SchemaId, Type,
};
use crate::plan::doc;
use crate::plan::scalar::row;
use crate::plan::viewpoint::Viewpoint;

/// Plans the arguments of a command, with their names in `options`.
pub(super) fn arguments(
    at: Viewpoint<'_>,
    operation: &Operation,
    options: &[String],
) -> Vec<CommandArgument> {
    let api = at.api;
    let parameters = operation.path_parameters.iter();
    let parameters = parameters.chain(&operation.parameters);
    let mut arguments: Vec<CommandArgument> = parameters.map(|it| parameter(api, it)).collect();
    let fields = body_fields(api, operation).iter();
    arguments.extend(fields.map(|it| member(api, it)));
    // Required fields of a body make the body required.
    let has_required = arguments.iter().any(is_required_member);
    arguments.extend(operation.body.iter().map(|it| {
        let kind = match it.payload.encoding {
            Encoding::Json => ValueKind::Value,
            Encoding::Text => ValueKind::Text,
            Encoding::Bytes => ValueKind::File,
        };
        CommandArgument {
            required: it.required && !has_required,
            ..body(
                it.doc.as_deref().unwrap_or(BODY),
                (ArgumentPlace::Body(it.payload.encoding), kind),
            )
        }
    }));
    let others = operation.other_bodies.iter().map(other_body);
    arguments.extend(others);
    for (argument, name) in arguments.iter_mut().zip(options) {
        argument.name.clone_from(name);
    }
    arguments
}

/// The description of a body without one.
const BODY: &str = "The body of the request.";

/// Returns the fields of a JSON body that is an object.
pub(super) fn body_fields<'a>(api: &'a Api, operation: &Operation) -> &'a [Field] {
    let body = operation.body.as_ref();
    let Some(body) = body.filter(|it| it.payload.encoding == Encoding::Json) else {
        return &[];
    };
    let named = api.ty(body.payload.value.schema).named();
    named.map_or(&[], |id| api.type_definition(id).shape.fields())
}

fn is_required_member(argument: &CommandArgument) -> bool {
    argument.place == ArgumentPlace::Member && argument.required
}

fn parameter(api: &Api, parameter: &Parameter) -> CommandArgument {
    let schema = parameter.value.schema;
    let is_file = parameter.location == Location::Part(PartForm::File);
    let is_part = parameter.location == Location::Part(PartForm::Json);
    let (kind, is_list) = match (parameter.writing, api.ty(schema)) {
        _ if parameter.wire_name == Parameter::OTHER_FILES => (ValueKind::NamedFile, true),
        (_, Type::List(_)) if is_file => (ValueKind::File, true),
        _ if is_file => (ValueKind::File, false),
        (ParameterEncoding::JsonItems, Type::List(_)) if is_part => (ValueKind::Document, true),
        (ParameterEncoding::JsonItems, Type::List(_)) => (ValueKind::Json, true),
        (ParameterEncoding::Untyped, _) if is_part => (ValueKind::Document, false),
        (ParameterEncoding::Json, Type::Any) => (ValueKind::Document, false),
        (
            ParameterEncoding::Json | ParameterEncoding::JsonItems | ParameterEncoding::Untyped,
            _,
        ) => (ValueKind::Json, false),
        (ParameterEncoding::TextOrJson, Type::Map(_)) => (ValueKind::Value, false),
        (ParameterEncoding::TextOrJson, _) => (ValueKind::Text, false), // The caller writes the JSON.
        (ParameterEncoding::Styled(_), _) => kind(api, schema),
    };
    let kind = parameter.largest_page.map_or(kind, ValueKind::PageSize);
    let style = parameter.writing.style();
    let place = match parameter.location {
        Location::Path => ArgumentPlace::Path(style),
        Location::Query => ArgumentPlace::Query(style),
        Location::Form => ArgumentPlace::Form(style),
        Location::Header => ArgumentPlace::Header(style),
        Location::Cookie => ArgumentPlace::Cookie(style),
        Location::Part(form) => ArgumentPlace::Part(form, parameter.media_type.clone()),
    };
    let about = parameter.doc.as_deref();
    CommandArgument {
        name: String::new(), // Given by the caller.
        wire_name: parameter.wire_name.clone(),
        about: about_value(api, about, schema),
        place,
        kind,
        is_list,
        required: parameter.required,
        personal: parameter.pii || api.schema(schema).pii,
        default: api.schema(schema).default.as_ref().and_then(text),
        example: parameter.example.as_ref().and_then(text),
    }
}

/// Plans the argument for a field of a JSON body.
fn member(api: &Api, field: &Field) -> CommandArgument {
    let schema = field.value.schema;
    let (kind, is_list) = kind(api, schema);
    let said = api.schema(schema);
    CommandArgument {
        name: String::new(),
        wire_name: field.wire_name.clone(),
        about: about_value(api, None, schema),
        place: ArgumentPlace::Member,
        kind,
        is_list,
        required: field.presence == Presence::Required,
        personal: said.pii,
        default: said.default.as_ref().and_then(text),
        example: said.example.as_ref().and_then(text),
    }
}

fn body(about: &str, (place, kind): (ArgumentPlace, ValueKind)) -> CommandArgument {
    CommandArgument {
        name: String::new(),
        wire_name: "body".to_owned(),
        about: doc::plain(about),
        place,
        kind,
        is_list: false,
        required: false,
        personal: true, // Nobody knows what is in it.
        default: None,
        example: None,
    }
}

fn other_body(other: &OtherBody) -> CommandArgument {
    let OtherBody {
        media_type,
        writing,
        required,
        ..
    } = other;
    let kind = match writing {
        BodyEncoding::Json | BodyEncoding::Form(_) => ValueKind::Value,
        BodyEncoding::Text => ValueKind::Text,
        BodyEncoding::Bytes => ValueKind::File,
    };
    let about = match required {
        true => format!("The body of the request, as {media_type}."),
        false => format!("The body of the request as {media_type}, replacing any other."),
    };
    let place = ArgumentPlace::OtherBody(writing.clone(), media_type.clone());
    CommandArgument {
        required: *required,
        ..body(&about, (place, kind))
    }
}

/// Describes a value: by its own description, or that of its schema or its type.
fn about_value(api: &Api, own: Option<&str>, schema: SchemaId) -> String {
    let of_type = || {
        let named = api.named_inside(schema);
        named.and_then(|id| api.type_definition(id).doc.as_deref())
    };
    let about = own.or(api.schema(schema).doc.as_deref()).or_else(of_type);
    about.map(doc::plain).unwrap_or_default()
}

/// Returns the kind of a value in a shell, and whether it is repeatable. Lists of scalars are; other values with parts are
/// JSON.
fn kind(api: &Api, schema: SchemaId) -> (ValueKind, bool) {
    match api.ty(schema) {
        Type::List(item) => match single(api, item.schema) {
            Some(kind) => (kind, true),
            None => (ValueKind::Value, false),
        },
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => {
            (single(api, schema).unwrap_or(ValueKind::Value), false)
        }
    }
}

/// Returns the kind of a scalar in a shell.
fn single(api: &Api, schema: SchemaId) -> Option<ValueKind> {
    match api.ty(schema) {
        Type::Scalar(scalar) => Some(row(*scalar).kind),
        Type::Named(id) => {
            let values = api.type_definition(*id).shape.values()?;
            let texts = values.iter().map(|it| it.text.clone());
            Some(ValueKind::OneOf(texts.collect()))
        }
        Type::Any | Type::List(_) | Type::Map(_) => None,
    }
}

/// Formats a scalar for a shell; returns `None` for null and for values with parts.
fn text(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        Json::Array(items) => items.first().and_then(text),
        Json::Null | Json::Object(_) => None,
    }
}
