//! Parses the values of arguments.

use std::fs;

use chrono::{DateTime, Utc};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::table::Kind;
use super::time;
use crate::json::{self, Budget, Node};
use crate::parameter::Parameter;
use crate::vendor::Vendor;

/// The memory limit for the JSON of an argument, in bytes.
const JSON_MEMORY: usize = 256 * 1024 * 1024;

/// Parses the values of one kind of argument.
#[derive(Clone)]
pub(crate) struct ValueReader {
    pub(crate) kind: Kind,
    pub(crate) vendor: &'static Vendor,
    pub(crate) now: DateTime<Utc>,
}

impl ValueReader {
    /// Parses a text; an empty one clears a field, whatever its kind.
    ///
    /// # Errors
    ///
    /// Returns the expected format.
    pub(crate) fn read(&self, text: &str) -> Result<Node, String> {
        if text.is_empty() && !matches!(self.kind, Kind::PageSize(_)) {
            return Ok(Node::Text(String::new()));
        }
        match self.kind {
            Kind::Text | Kind::OneOf(_) | Kind::File => Ok(Node::Text(text.to_owned())),
            Kind::NamedFile => match text.split_once('=') {
                Some((name, _)) if !name.is_empty() => Ok(Node::Text(text.to_owned())),
                Some(_) | None => Err("expected a name, `=` and a file".to_owned()),
            },
            Kind::Boolean => match text {
                "true" | "false" => Ok(Node::Literal(text.to_owned())),
                _ => Err("expected `true` or `false`".to_owned()),
            },
            Kind::Integer => match text.parse::<i128>() {
                Ok(number) => Ok(Node::Literal(number.to_string())),
                Err(_) => Err("expected a whole number".to_owned()),
            },
            Kind::PageSize(largest) => match text.parse::<usize>() {
                Ok(size) if (1..=largest).contains(&size) => Ok(Node::Literal(size.to_string())),
                Ok(_) | Err(_) => Err(format!("expected a whole number from 1 to {largest}")),
            },
            Kind::Number => match read_json(text) {
                Ok(Node::Literal(number)) if number.parse::<f64>().is_ok() => {
                    Ok(Node::Literal(number))
                }
                Ok(_) | Err(_) => Err("expected a number".to_owned()),
            },
            Kind::DateTime => {
                let time = time::point(text, self.now);
                let time = time.map(|it| it.into_text_for(self.vendor));
                time.map(Node::Text).ok_or_else(no_time)
            }
            Kind::Date => {
                let date = time::date(text, self.now);
                date.map(|it| Node::Text(it.into_text()))
                    .ok_or_else(no_time)
            }
            Kind::Json | Kind::Document | Kind::Value => json_or_file(text),
        }
    }
}

fn no_time() -> String {
    format!("expected a time such as {}", time::FORMS)
}

/// Parses JSON, or that of a file whose path follows `@`.
fn json_or_file(text: &str) -> Result<Node, String> {
    let Some(path) = text.strip_prefix('@') else {
        return read_json(text).map_err(|problem| format!("invalid JSON: {problem}"));
    };
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    read_json(&text).map_err(|problem| format!("invalid JSON in {path}: {problem}"))
}

pub(crate) fn read_json(text: &str) -> Result<Node, String> {
    let read = json::read(text, Budget::new(JSON_MEMORY, None));
    read.map_err(|_| json::syntax_message(text.as_bytes()))
}

impl TypedValueParser for ValueReader {
    type Value = Node;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Node, clap::Error> {
        let text = value
            .to_str()
            .ok_or_else(|| clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        self.read(text).map_err(|problem| {
            let name = argument.map(ToString::to_string).unwrap_or_default();
            let mut error = clap::Error::raw(
                ErrorKind::ValueValidation,
                format!("invalid value '{text}' for '{name}': {problem}\n"),
            )
            .with_cmd(command);
            error.insert(ContextKind::InvalidArg, ContextValue::String(name));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        match self.kind {
            Kind::OneOf(values) => Some(Box::new(values.iter().map(|it| PossibleValue::new(*it)))),
            Kind::Boolean => Some(Box::new(
                ["true", "false"].map(PossibleValue::new).into_iter(),
            )),
            Kind::Text | Kind::Integer | Kind::PageSize(_) | Kind::Number => None,
            Kind::DateTime
            | Kind::Date
            | Kind::Json
            | Kind::Document
            | Kind::Value
            | Kind::File
            | Kind::NamedFile => None,
        }
    }
}
