//! Describes a tool to clients.

use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde_json::{Value, json};

use super::arguments::DEFAULT_LIMIT;
use super::catalog::Tool;
use super::parameters::Parameters;
use super::tool_name::portable;
use crate::cli::mention;
use crate::cli::table::{Argument, ArgumentLocation, Command};
use crate::cli::{Effect, Kind};
use crate::operation::Method;
use crate::vendor::Vendor;

/// The length, in characters, to which a description is truncated. Every client reads all of them before its first
/// call.
const LONGEST: usize = 600;

/// Returns the definition of a tool.
pub(super) fn definition(tool: &Tool, vendor: &Vendor) -> Definition {
    let command = tool.command;
    let about = command.about.trim_end_matches('.');
    Definition::new(
        tool.name.clone(),
        description(command),
        input_schema(command, vendor),
    )
    .with_title(format!("{}: {about}", tool.product))
    .with_annotations(annotations(command))
}

/// Returns the description of the operation from the specification.
pub(super) fn description(command: &Command) -> String {
    let mut text = in_words_of_tools(command.about, command);
    if let Some(details) = command.details {
        text.push_str(&format!(" {}", in_words_of_tools(details, command)));
    }
    if command.is_deprecated {
        text.push_str(" Deprecated.");
    }
    shortened(&text, LONGEST)
}

/// Returns a text with the parameters of the tool in it: `` `callback_url` `` for `` `CallbackUrl` ``.
fn in_words_of_tools(text: &str, command: &Command) -> String {
    mention::replaced(text, command, |it| portable(it.name))
}

/// Returns the start of a text.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns the effect of a call on the service's data. All tools are open-world: responses contain text from third
/// parties.
pub(super) fn annotations(command: &Command) -> ToolAnnotations {
    let annotations = ToolAnnotations::new().open_world(true);
    match command.effect {
        Effect::Read => annotations.read_only(true),
        Effect::Create => annotations.read_only(false).destructive(false),
        Effect::Change | Effect::Delete => {
            let annotations = annotations.read_only(false).destructive(true);
            match command.operation.method {
                Method::Put | Method::Delete => annotations.idempotent(true),
                Method::Get | Method::Post | Method::Patch => annotations,
                Method::Options | Method::Head | Method::Trace => annotations,
            }
        }
    }
}

/// Returns the JSON Schema of a command's arguments.
pub(super) fn input_schema(command: &'static Command, vendor: &Vendor) -> JsonObject {
    let parameters = Parameters::of(command, vendor);
    let mut properties = JsonObject::new();
    for (name, argument) in &parameters.of_command {
        properties.insert(name.clone(), property(argument, command).into());
    }
    if let Some(of_list) = &parameters.of_list {
        let limit = json!({"type": "integer", "minimum": 1, "default": DEFAULT_LIMIT});
        properties.insert(of_list.limit.clone(), limit);
        let next =
            json!({"type": "string", "description": "`next` of the last result, to continue"});
        properties.insert(of_list.next.clone(), next);
    }
    let required = parameters.of_command.iter();
    // A schema cannot say that one of several is required, which the call checks.
    let is_alone = |it: &Argument| command.in_place_of(it).all(|it| !it.is_member());
    let required = required.filter(|(_, it)| it.is_required && is_alone(it));
    let required: Vec<&str> = required.map(|(name, _)| name.as_str()).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

fn property(argument: &Argument, command: &Command) -> JsonObject {
    let mut property = match argument.is_list {
        true => {
            let mut list = JsonObject::new();
            list.insert("type".to_owned(), "array".into());
            list.insert("items".to_owned(), of_kind(argument.kind).into());
            list
        }
        false => of_kind(argument.kind),
    };
    let about = about(argument, command);
    if !about.is_empty() {
        property.insert("description".to_owned(), about.into());
    }
    // The default of a list applies only to its first item.
    let default = argument.default.filter(|_| !argument.is_list);
    if let Some(default) = default.and_then(|it| value(argument.kind, it)) {
        property.insert("default".to_owned(), default);
    }
    property
}

/// Returns the specification's description of an argument, or how to give a file or a whole body.
fn about(argument: &Argument, command: &Command) -> String {
    let about = shortened(&in_words_of_tools(argument.about, command), LONGEST);
    let more = match (argument.location, argument.kind) {
        (_, Kind::File) => "The content, in base64.",
        (_, Kind::NamedFile) => "A name, `=`, and the content in base64.",
        (ArgumentLocation::Body(..), Kind::Value) => "JSON.",
        (_, Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::OneOf(_)) => "",
        (_, Kind::DateTime | Kind::Date | Kind::Json | Kind::Document | Kind::Value) => "",
        (_, Kind::PageSize(_)) => "",
    };
    [about.as_str(), more].join(" ").trim().to_owned()
}

fn of_kind(kind: Kind) -> JsonObject {
    let schema = match kind {
        Kind::Text | Kind::DateTime | Kind::Date | Kind::NamedFile => json!({"type": "string"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::PageSize(largest) => json!({"type": "integer", "minimum": 1, "maximum": largest}),
        Kind::Number => json!({"type": "number"}),
        Kind::OneOf(known) => json!({"type": "string", "enum": known}),
        Kind::File => json!({"type": "string", "contentEncoding": "base64"}),
        Kind::Json | Kind::Document | Kind::Value => json!({}),
    };
    match schema {
        Value::Object(schema) => schema,
        Value::Null | Value::Bool(_) | Value::Number(_) => JsonObject::new(),
        Value::String(_) | Value::Array(_) => JsonObject::new(),
    }
}

/// Returns a default as JSON; `None` if it is not valid for its kind.
fn value(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Boolean => text.parse::<bool>().ok().map(Value::from),
        Kind::Integer | Kind::PageSize(_) | Kind::Number => {
            serde_json::from_str(text).ok().filter(Value::is_number)
        }
        Kind::Text | Kind::DateTime | Kind::Date | Kind::OneOf(_) => Some(text.into()),
        Kind::Json | Kind::Document | Kind::Value => serde_json::from_str(text).ok(),
        Kind::File | Kind::NamedFile => None,
    }
}
