//! Parses the arguments of a tool call.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use rmcp::model::JsonObject;
use serde_json::Value;

use super::parameters::Parameters;
use crate::cli::Kind;
use crate::cli::output::MASK;
use crate::cli::table::{Argument, Command};
use crate::cli::value::{ValueReader, read_json};
use crate::json::Node;
use crate::suggestion;
use crate::vendor::Vendor;

/// The default number of items of a list.
pub(super) const DEFAULT_LIMIT: usize = 20;

/// The context for parsing values.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) vendor: &'static Vendor,
    pub(super) now: DateTime<Utc>,
}

/// The arguments of a tool call.
#[derive(Debug)]
pub(super) struct Given {
    /// The values for the arguments of the command, unparsed.
    pub(super) asked: JsonObject,
    pub(super) values: Vec<(&'static Argument, Node)>,
    /// The requested number of items of a list.
    pub(super) limit: usize,
    /// The token to continue a list.
    pub(super) next: Option<String>,
    /// Notes for the model about its arguments.
    pub(super) notes: Vec<String>,
}

/// Parses the arguments for a command. Null is treated as absent.
///
/// # Errors
///
/// Lists everything that is wrong, each in a sentence that says how to fix it.
pub(super) fn read(
    command: &'static Command,
    around: Surroundings,
    given: &JsonObject,
) -> Result<Given, Vec<String>> {
    let parameters = Parameters::of(command, around.vendor);
    let mut reading = Reading {
        around,
        faults: Vec::new(),
        notes: Vec::new(),
    };
    reading.refuse_unknown(&parameters, given);
    let get = |name: &str| given.get(name).filter(|it| !it.is_null());
    let of_list = parameters.of_list.as_ref();
    let next = of_list.and_then(|it| Some((&it.next, get(&it.next)?)));
    let next = next.and_then(|(name, it)| reading.token(name, it));
    let limit = of_list.and_then(|it| Some((&it.limit, get(&it.limit)?)));
    let limit = limit.map_or(DEFAULT_LIMIT, |(name, it)| reading.limit(name, it));
    let given_arguments = parameters.of_command.iter();
    let given_arguments: Vec<&Argument> = given_arguments
        .filter(|(name, _)| get(name).is_some())
        .map(|(_, argument)| *argument)
        .collect();
    let mut values = Vec::new();
    for (name, argument) in &parameters.of_command {
        let mut others = command.in_place_of(argument);
        let is_replaced =
            others.any(|it| given_arguments.iter().any(|given| given.name == it.name));
        match get(name) {
            Some(value) => values.extend(reading.value(name, argument, value)),
            // A token stands for the original parameters of its list.
            None if argument.is_required && !is_replaced && next.is_none() => {
                reading.miss(name, argument);
            }
            None => {}
        }
    }
    match reading.faults.is_empty() {
        true => Ok(Given {
            asked: asked(&parameters, given),
            values,
            limit,
            next,
            notes: reading.notes,
        }),
        false => Err(reading.faults),
    }
}

/// Returns the values of `parameters`, without those that every list has.
fn asked(parameters: &Parameters, given: &JsonObject) -> JsonObject {
    let names = parameters.of_command.iter().map(|(name, _)| name);
    let asked = names.filter_map(|name| Some((name.clone(), given.get(name)?.clone())));
    asked.filter(|(_, value)| !value.is_null()).collect()
}

/// The arguments parsed so far.
struct Reading {
    around: Surroundings,
    faults: Vec<String>,
    notes: Vec<String>,
}

impl Reading {
    fn refuse_unknown(&mut self, parameters: &Parameters, given: &JsonObject) {
        for name in given.keys() {
            if parameters.names().any(|it| it == name) {
                continue;
            }
            let meant = match parameters.named_in_requests(name) {
                Some(it) => format!("; did you mean `{it}`?"),
                None => suggestion::question(name, parameters.names()),
            };
            let meant = match meant {
                meant if meant.is_empty() => {
                    let known: Vec<&str> = parameters.names().collect();
                    match known.is_empty() {
                        true => "; the tool takes none".to_owned(),
                        false => format!("; the tool takes: {}", known.join(", ")),
                    }
                }
                meant => meant,
            };
            self.faults
                .push(format!("there is no parameter `{name}`{meant}"));
        }
    }

    fn miss(&mut self, name: &str, argument: &Argument) {
        let about = match argument.about {
            "" => String::new(),
            about => format!(": {about}"),
        };
        self.faults
            .push(format!("the parameter `{name}` is required{about}"));
    }

    fn token(&mut self, name: &str, value: &Value) -> Option<String> {
        let token = value.as_str();
        if token.is_none() {
            self.faults.push(format!(
                "`{name}` must be a string: `next` of the last result"
            ));
        }
        token.map(str::to_owned)
    }

    fn limit(&mut self, name: &str, value: &Value) -> usize {
        let limit = value.as_u64().filter(|it| *it > 0);
        limit.map_or_else(
            || {
                self.faults
                    .push(format!("`{name}` must be a whole number of at least 1"));
                DEFAULT_LIMIT
            },
            |it| usize::try_from(it).unwrap_or(usize::MAX),
        )
    }

    fn value(
        &mut self,
        name: &str,
        argument: &'static Argument,
        value: &Value,
    ) -> Option<(&'static Argument, Node)> {
        let node = match (argument.is_list, value) {
            (false, value) => self.single(name, argument, value),
            (true, Value::Array(items)) => {
                let items = items.iter();
                let items = items.enumerate().map(|(index, it)| {
                    let name = format!("{name}[{index}]");
                    self.single(&name, argument, it)
                });
                items.collect::<Option<Vec<Node>>>().map(Node::List)
            }
            (true, Value::Null | Value::Bool(_) | Value::Number(_)) => self.no_list(name, value),
            (true, Value::String(_) | Value::Object(_)) => self.no_list(name, value),
        };
        node.map(|it| (argument, it))
    }

    fn no_list(&mut self, name: &str, value: &Value) -> Option<Node> {
        let found = what(value);
        self.faults.push(format!(
            "`{name}` takes a list, not {found}: put it in brackets"
        ));
        None
    }

    fn single(&mut self, name: &str, argument: &Argument, value: &Value) -> Option<Node> {
        let node = match node(argument.kind, value, self.around) {
            Ok(node) => node,
            Err(problem) => {
                self.faults.push(format!("`{name}`: {problem}"));
                return None;
            }
        };
        let text = node.text().unwrap_or_default();
        if argument.is_personal && text == MASK {
            self.faults.push(format!(
                "`{name}`: `{MASK}` stands for hidden personal data, and is not a value"
            ));
        }
        if let Kind::OneOf(known) = argument.kind
            && !text.is_empty()
            && !known.contains(&text)
        {
            let known = known.join(", ");
            self.notes.push(format!(
                "`{text}` is not among the known values of `{name}`: {known}"
            ));
        }
        Some(node)
    }
}

/// Parses one value of a kind.
fn node(kind: Kind, value: &Value, around: Surroundings) -> Result<Node, String> {
    let Surroundings { vendor, now } = around;
    let read = |text: &str| ValueReader { kind, vendor, now }.read(text);
    match (kind, value) {
        (Kind::Value, Value::String(text)) => Ok(parts(text).unwrap_or(Node::Text(text.clone()))),
        (Kind::Value, _) => Node::of(value),
        (Kind::Json | Kind::Document, Value::String(text)) if !text.is_empty() => {
            read_json(text).map_err(|problem| format!("invalid JSON: {problem}"))
        }
        (Kind::File, Value::String(text)) => valid_base64(text).map(|()| Node::Text(text.clone())),
        (Kind::NamedFile, Value::String(text)) => match text.split_once('=') {
            Some((_, content)) => valid_base64(content).and_then(|()| read(text)),
            None => read(text),
        },
        (_, Value::String(text)) => read(text),
        (Kind::Json | Kind::Document, _) => Node::of(value),
        (Kind::Boolean, Value::Bool(truth)) => Ok(Node::Literal(truth.to_string())),
        (Kind::Integer | Kind::PageSize(_) | Kind::Number, Value::Number(number)) => {
            read(&number.to_string())
        }
        (_, Value::Null | Value::Bool(_) | Value::Number(_)) => Err(mismatch(kind, value)),
        (_, Value::Array(_) | Value::Object(_)) => Err(mismatch(kind, value)),
    }
}

fn valid_base64(text: &str) -> Result<(), String> {
    match STANDARD.decode(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("invalid base64: {error}")),
    }
}

/// Parses an object or a list that was given as text, as some clients do if a schema has no type. Any other text is a
/// string.
fn parts(text: &str) -> Option<Node> {
    match read_json(text) {
        Ok(value @ (Node::List(_) | Node::Object(_))) => Some(value),
        Ok(Node::Null | Node::Literal(_) | Node::Text(_)) | Err(_) => None,
    }
}

fn mismatch(kind: Kind, value: &Value) -> String {
    let wanted = match kind {
        Kind::Boolean => "true or false",
        Kind::Integer | Kind::PageSize(_) => "a whole number",
        Kind::Number => "a number",
        Kind::Text | Kind::DateTime | Kind::Date | Kind::OneOf(_) => "a string",
        Kind::Json | Kind::Document | Kind::Value => "JSON",
        Kind::File | Kind::NamedFile => "a string",
    };
    format!("expected {wanted}, not {}", what(value))
}

fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
