//! Types schemas.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

use super::{Fields, Typed, fields, list, one, present, typed};

impl Typed for Schema {
    /// Every schema has the kind `Any`, which has room for all keywords.
    fn typed(fields: Fields) -> Result<Self, Error> {
        let mut schema_data = SchemaData::default();
        let mut any = AnySchema::default();
        for (key, value) in fields {
            if let Some(value) = keyword(&mut any, &key, value)?
                && let Some(value) = annotation(&mut schema_data, &key, value)?
                && key.starts_with("x-")
            {
                schema_data.extensions.insert(key, value);
            }
        }
        Ok(Self {
            schema_data,
            schema_kind: SchemaKind::Any(any),
        })
    }
}

/// Sets the keyword `key` if it describes a shape, and returns the value otherwise.
///
/// `minimum`, `maximum` and `multipleOf` are extensions by now.
fn keyword(any: &mut AnySchema, key: &str, value: Value) -> Result<Option<Value>, Error> {
    match key {
        "type" => read(&mut any.typ, value)?,
        "format" => read(&mut any.format, value)?,
        "enum" => read(&mut any.enumeration, value)?,
        "properties" => any.properties = typed(fields(Some(value))?, boxed)?,
        "required" => read(&mut any.required, value)?,
        "additionalProperties" => {
            any.additional_properties = Some(match value.as_bool() {
                Some(are_allowed) => AdditionalProperties::Any(are_allowed),
                None => AdditionalProperties::Schema(Box::new(one(value)?)),
            });
        }
        "items" => any.items = Some(boxed(value)?),
        "allOf" => any.all_of = list(Some(value))?,
        "oneOf" => any.one_of = list(Some(value))?,
        "anyOf" => any.any_of = list(Some(value))?,
        "not" => any.not = Some(Box::new(one(value)?)),
        "pattern" => read(&mut any.pattern, value)?,
        "minLength" => read(&mut any.min_length, value)?,
        "maxLength" => read(&mut any.max_length, value)?,
        "minItems" => read(&mut any.min_items, value)?,
        "maxItems" => read(&mut any.max_items, value)?,
        "uniqueItems" => any.unique_items = flag(value)?,
        "minProperties" => read(&mut any.min_properties, value)?,
        "maxProperties" => read(&mut any.max_properties, value)?,
        "exclusiveMinimum" => any.exclusive_minimum = flag(value)?,
        "exclusiveMaximum" => any.exclusive_maximum = flag(value)?,
        _ => return Ok(Some(value)),
    }
    Ok(None)
}

/// Sets the field `key` if it is an annotation, and returns the value otherwise.
fn annotation(data: &mut SchemaData, key: &str, value: Value) -> Result<Option<Value>, Error> {
    match key {
        "title" => read(&mut data.title, value)?,
        "description" => read(&mut data.description, value)?,
        "default" => data.default = present(Some(value)),
        "example" => data.example = present(Some(value)),
        "nullable" => read(&mut data.nullable, value)?,
        "readOnly" => read(&mut data.read_only, value)?,
        "writeOnly" => read(&mut data.write_only, value)?,
        "deprecated" => read(&mut data.deprecated, value)?,
        "discriminator" => read(&mut data.discriminator, value)?,
        _ => return Ok(Some(value)),
    }
    Ok(None)
}

/// A flag, where false means the same as none.
fn flag(value: Value) -> Result<Option<bool>, Error> {
    let flag: Option<bool> = serde_json::from_value(value)?;
    Ok(flag.filter(|it| *it))
}

/// Sets a field without subschemas.
fn read<T: DeserializeOwned>(field: &mut T, value: Value) -> Result<(), Error> {
    *field = serde_json::from_value(value)?;
    Ok(())
}

fn boxed(value: Value) -> Result<ReferenceOr<Box<Schema>>, Error> {
    Ok(match one(value)? {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
    })
}
