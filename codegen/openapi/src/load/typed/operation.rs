//! Types path items, operations and what they consist of.

use indexmap::IndexMap;
use openapiv3::{
    Encoding, Example, Header, MediaType, Operation, Parameter, ParameterSchemaOrContent,
    RequestBody, Response, Responses,
};
use serde_json::{Error, Value, json};

use super::{Fields, Typed, fields, list, named, one, present, rest, typed};
use crate::load::{KEPT_RESERVED, PathItem};
use crate::path_item::METHODS;

impl Typed for PathItem {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        let methods = METHODS.into_iter();
        let operations: Vec<(&str, Value)> = methods
            .filter_map(|it| Some((it, present(fields.shift_remove(it))?)))
            .collect();
        let mut typed = Vec::with_capacity(operations.len());
        for (method, operation) in operations {
            typed.push((method, Operation::typed(super::fields(Some(operation))?)?));
        }
        let parameters = list(fields.shift_remove("parameters"))?;
        let openapiv3::PathItem {
            description,
            servers,
            extensions,
            ..
        } = rest(fields)?;
        Ok(Self {
            description,
            servers,
            parameters,
            operations: typed,
            extensions,
        })
    }
}

impl Typed for Operation {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        let parameters = list(fields.shift_remove("parameters"))?;
        let request_body = present(fields.shift_remove("requestBody"));
        let request_body = request_body.map(one).transpose()?;
        // openapiv3 requires the field.
        let responses = fields.insert("responses".to_owned(), json!({}));
        Ok(Self {
            parameters,
            request_body,
            responses: self::responses(super::fields(responses)?)?,
            ..rest(fields)?
        })
    }
}

/// Types the responses of an operation.
fn responses(mut fields: Fields) -> Result<Responses, Error> {
    let default = present(fields.shift_remove("default"));
    let (extensions, responses): (Fields, Fields) = fields
        .into_iter()
        .partition(|(key, _)| key.starts_with("x-"));
    let mut typed = IndexMap::with_capacity(responses.len());
    for (status, value) in responses {
        typed.insert(serde_json::from_value(status.into())?, one(value)?);
    }
    Ok(Responses {
        default: default.map(one).transpose()?,
        responses: typed,
        extensions: extensions.into_iter().collect(),
    })
}

impl Typed for Response {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        Ok(Self {
            headers: named(fields.shift_remove("headers"))?,
            content: objects(fields.shift_remove("content"))?,
            ..rest(fields)?
        })
    }
}

impl Typed for RequestBody {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        Ok(Self {
            content: objects(fields.shift_remove("content"))?,
            ..rest(fields)?
        })
    }
}

impl Typed for Parameter {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        let format = format(&mut fields)?;
        let example = present(fields.shift_remove("example"));
        let examples = named(fields.shift_remove("examples"))?;
        let is_in_path = fields.get("in").and_then(Value::as_str) == Some("path");
        if is_in_path && fields.get("allowReserved") == Some(&Value::Bool(true)) {
            fields.insert(KEPT_RESERVED.to_owned(), Value::Bool(true));
        }
        let mut parameter = rest(fields)?;
        let (Self::Query { parameter_data, .. }
        | Self::Header { parameter_data, .. }
        | Self::Path { parameter_data, .. }
        | Self::Cookie { parameter_data, .. }) = &mut parameter;
        parameter_data.format = format;
        parameter_data.example = example;
        parameter_data.examples = examples;
        Ok(parameter)
    }
}

impl Typed for Header {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        Ok(Self {
            format: format(&mut fields)?,
            example: present(fields.shift_remove("example")),
            examples: named(fields.shift_remove("examples"))?,
            ..rest(fields)?
        })
    }
}

/// Takes the schema or the content of a parameter or a header, and leaves a small schema for openapiv3, which requires
/// one of them.
fn format(fields: &mut Fields) -> Result<ParameterSchemaOrContent, Error> {
    let content = fields.shift_remove("content");
    let is_described = content.is_some() || fields.contains_key("schema");
    let schema = is_described.then(|| fields.insert("schema".to_owned(), json!({})));
    Ok(match schema.flatten() {
        Some(schema) => ParameterSchemaOrContent::Schema(one(schema)?),
        None => ParameterSchemaOrContent::Content(objects(content)?),
    })
}

impl Typed for MediaType {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        let schema = present(fields.shift_remove("schema"));
        Ok(Self {
            schema: schema.map(one).transpose()?,
            example: present(fields.shift_remove("example")),
            examples: named(fields.shift_remove("examples"))?,
            encoding: objects(fields.shift_remove("encoding"))?,
            ..rest(fields)?
        })
    }
}

impl Typed for Encoding {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        Ok(Self {
            headers: named(fields.shift_remove("headers"))?,
            ..rest(fields)?
        })
    }
}

impl Typed for Example {
    fn typed(mut fields: Fields) -> Result<Self, Error> {
        Ok(Self {
            value: present(fields.shift_remove("value")),
            ..rest(fields)?
        })
    }
}

/// Types the values of an object, which may be missing, where none is a reference.
fn objects<T: Typed>(object: Option<Value>) -> Result<IndexMap<String, T>, Error> {
    typed(fields(object)?, |value| T::typed(fields(Some(value))?))
}
