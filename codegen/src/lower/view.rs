//! A schema as the rest of `lower` wants to see it.
//!
//! openapiv3 sorts schemas into strict kinds and a catch-all for everything that mixes keywords.
//! This view folds both into one set of shapes, and names what has none.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::format::{name, object_format, scalar};
use super::refusal::{Refusal, refused, refused_all_of, refused_beside, refused_range};
use crate::api::{Bounds, Limit, Primitive, Scalar};
use crate::load;
use crate::number::Number;
use crate::twilio::ObjectFormat;

/// What a schema describes.
pub(super) enum View<'a> {
    /// A value without parts.
    Scalar {
        scalar: Scalar,
        bounds: Bounds,
    },
    /// One of some texts, each with its place in the list.
    Enumeration {
        values: Vec<(usize, &'a str)>,
        bounds: Bounds,
    },
    Object(ObjectView<'a>),
    Array {
        items: Option<&'a ReferenceOr<Box<Schema>>>,
        /// Those of the list; its items have their own.
        bounds: Bounds,
    },
    /// One schema, refined by what stands beside it.
    Refined(&'a ReferenceOr<Schema>),
    /// A schema without a type: any JSON.
    Any {
        bounds: Bounds,
    },
    /// A construct that has no shape here.
    Unsupported(Refusal),
}

/// What an object schema describes.
pub(super) struct ObjectView<'a> {
    /// What its format makes of it, if that is known.
    pub(super) format: Option<ObjectFormat>,
    pub(super) properties: &'a Properties,
    /// The names of the properties that are always there.
    pub(super) required: &'a [String],
    pub(super) additional: Additional<'a>,
    pub(super) bounds: Bounds,
}

/// The properties of an object schema.
pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// What an object may hold beyond its properties.
pub(super) enum Additional<'a> {
    /// Nothing is said: the reader ignores what it does not know.
    Ignored,
    /// Nothing.
    Forbidden,
    /// Any JSON.
    Any,
    /// Values of one type.
    Typed(&'a ReferenceOr<Schema>),
}

/// Views `schema`.
pub(super) fn view(schema: &Schema) -> View<'_> {
    let range = range(schema);
    match &schema.schema_kind {
        SchemaKind::Type(ty) => view_type(ty, range).unwrap_or_else(View::Unsupported),
        SchemaKind::AllOf { .. } if !range.is_open() => {
            View::Unsupported(refused_all_of(&AnySchema::default(), &range))
        }
        SchemaKind::AllOf { all_of } => match all_of.as_slice() {
            [only] => View::Refined(only),
            _ => View::Unsupported(refused("allOf", "an `allOf` of several schemas")),
        },
        SchemaKind::OneOf { .. } => View::Unsupported(refused("oneOf", "`oneOf`")),
        SchemaKind::AnyOf { .. } => View::Unsupported(refused("anyOf", "`anyOf`")),
        SchemaKind::Not { .. } => View::Unsupported(refused("not", "`not`")),
        SchemaKind::Any(any) => view_any(any, range),
    }
}

/// Views a schema of one type, whose limits of numbers are `range`.
fn view_type(ty: &Type, range: Bounds) -> Result<View<'_>, Refusal> {
    let without_range = |typ| match range.is_open() {
        true => Ok(()),
        false => Err(refused_range(typ, &range)),
    };
    let without_values = |is_empty: bool, what: &str| match is_empty {
        true => Ok(()),
        false => Err(refused("enum", what)),
    };
    Ok(match ty {
        Type::String(string) => {
            without_range("string")?;
            view_string(string)
        }
        Type::Integer(integer) => {
            without_values(integer.enumeration.is_empty(), "an `enum` of integers")?;
            view_scalar(Primitive::Integer, name(&integer.format), range)
        }
        Type::Number(number) => {
            without_values(number.enumeration.is_empty(), "an `enum` of numbers")?;
            view_scalar(Primitive::Number, name(&number.format), range)
        }
        Type::Boolean(boolean) => {
            without_range("boolean")?;
            without_values(boolean.enumeration.is_empty(), "an `enum` of booleans")?;
            view_scalar(Primitive::Boolean, None, range)
        }
        Type::Array(array) => {
            without_range("array")?;
            View::Array {
                items: array.items.as_ref(),
                bounds: Bounds {
                    min_items: array.min_items,
                    max_items: array.max_items,
                    unique_items: array.unique_items,
                    ..Bounds::default()
                },
            }
        }
        Type::Object(object) => {
            without_range("object")?;
            View::Object(ObjectView {
                format: None,
                properties: &object.properties,
                required: &object.required,
                additional: additional(object.additional_properties.as_ref()),
                bounds: Bounds {
                    min_properties: object.min_properties,
                    max_properties: object.max_properties,
                    ..Bounds::default()
                },
            })
        }
    })
}

/// The limits of numbers that a schema states, and nothing else.
fn range(schema: &Schema) -> Bounds {
    let data = &schema.schema_data;
    let number = |key| load::limit(&data.extensions, key);
    let (exclusive_minimum, exclusive_maximum) = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(it)) => (it.exclusive_minimum, it.exclusive_maximum),
        SchemaKind::Type(Type::Number(it)) => (it.exclusive_minimum, it.exclusive_maximum),
        SchemaKind::Any(it) => (
            it.exclusive_minimum.unwrap_or_default(),
            it.exclusive_maximum.unwrap_or_default(),
        ),
        SchemaKind::Type(Type::String(_) | Type::Boolean(_) | Type::Array(_) | Type::Object(_))
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => (false, false),
    };
    Bounds {
        minimum: limit(number("minimum"), exclusive_minimum),
        maximum: limit(number("maximum"), exclusive_maximum),
        multiple_of: number("multipleOf"),
        ..Bounds::default()
    }
}

fn view_string(string: &StringType) -> View<'_> {
    let bounds = Bounds {
        min_length: string.min_length,
        max_length: string.max_length,
        pattern: string.pattern.clone(),
        ..Bounds::default()
    };
    // A null among the values says the same as `nullable`, which every reader here assumes anyway.
    let values = distinct(string.enumeration.iter().map(Option::as_deref));
    view_text(name(&string.format), values, bounds)
}

/// Views text, which may have to be one of some values.
fn view_text(format: Option<String>, values: Vec<(usize, &str)>, bounds: Bounds) -> View<'_> {
    if values.is_empty() {
        return view_scalar(Primitive::String, format, bounds);
    }
    View::Enumeration {
        values,
        bounds: Bounds { format, ..bounds },
    }
}

fn view_scalar<'a>(primitive: Primitive, format: Option<String>, bounds: Bounds) -> View<'a> {
    View::Scalar {
        scalar: scalar(primitive, format.as_deref()),
        bounds: Bounds { format, ..bounds },
    }
}

/// The values of an `enum` that are no nulls, each once, with their places in it: `load` has warned of those that come
/// again.
fn distinct<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Vec<(usize, &'a str)> {
    let mut places = IndexMap::new();
    for (index, value) in values.enumerate() {
        if let Some(value) = value {
            places.entry(value).or_insert(index);
        }
    }
    places
        .into_iter()
        .map(|(value, index)| (index, value))
        .collect()
}

fn limit(value: Option<Number>, exclusive: bool) -> Option<Limit> {
    value.map(|value| Limit { value, exclusive })
}

/// Views a schema that mixes keywords: objects with a format, and schemas without `type`.
fn view_any(any: &AnySchema, range: Bounds) -> View<'_> {
    for (name, used) in [
        ("oneOf", !any.one_of.is_empty()),
        ("anyOf", !any.any_of.is_empty()),
        ("not", any.not.is_some()),
    ] {
        if used {
            return View::Unsupported(refused(name, format!("`{name}`")));
        }
    }
    if !any.all_of.is_empty() {
        return View::Unsupported(refused_all_of(any, &range));
    }
    match any.typ.as_deref() {
        Some("object") => object(any, range),
        None if !any.properties.is_empty() || any.additional_properties.is_some() => {
            object(any, range)
        }
        None if any.items.is_some() => View::Array {
            items: any.items.as_ref(),
            bounds: bounds_of_any(any, range),
        },
        None if !any.enumeration.is_empty()
            && any
                .enumeration
                .iter()
                .all(|it| it.is_string() || it.is_null()) =>
        {
            let values = distinct(any.enumeration.iter().map(Value::as_str));
            view_text(any.format.clone(), values, bounds_of_any(any, range))
        }
        None if any.enumeration.is_empty() => View::Any {
            bounds: bounds_of_any(any, range),
        },
        None => View::Unsupported(refused("enum", "an `enum` of other values than texts")),
        Some("boolean") if range.is_open() && *any == formatted(any, AnySchema::default()) => {
            view_scalar(
                Primitive::Boolean,
                any.format.clone(),
                bounds_of_any(any, range),
            )
        }
        Some("array") if range.is_open() && *any == formatted(any, list_of(any)) => View::Array {
            items: any.items.as_ref(),
            bounds: bounds_of_any(any, range),
        },
        Some(typ) => View::Unsupported(refused_beside(typ, any, &range)),
    }
}

/// What a schema would be that says what `other` does, and has the type and the format of `any`.
fn formatted(any: &AnySchema, other: AnySchema) -> AnySchema {
    AnySchema {
        typ: any.typ.clone(),
        format: any.format.clone(),
        ..other
    }
}

/// What `any` says of lists.
fn list_of(any: &AnySchema) -> AnySchema {
    AnySchema {
        items: any.items.clone(),
        min_items: any.min_items,
        max_items: any.max_items,
        unique_items: any.unique_items,
        ..AnySchema::default()
    }
}

fn object(any: &AnySchema, range: Bounds) -> View<'_> {
    let format = any
        .format
        .as_deref()
        .and_then(|it| object_format(it, any.properties.is_empty()));
    View::Object(ObjectView {
        format,
        properties: &any.properties,
        required: &any.required,
        additional: additional(any.additional_properties.as_ref()),
        bounds: Bounds {
            format: any.format.clone().filter(|_| format.is_none()), // Else it names a type.
            ..bounds_of_any(any, range)
        },
    })
}

/// The limits of a schema that may have those of every type.
fn bounds_of_any(any: &AnySchema, range: Bounds) -> Bounds {
    Bounds {
        format: any.format.clone(),
        min_items: any.min_items,
        max_items: any.max_items,
        unique_items: any.unique_items.unwrap_or_default(),
        min_length: any.min_length,
        max_length: any.max_length,
        pattern: any.pattern.clone(),
        min_properties: any.min_properties,
        max_properties: any.max_properties,
        ..range
    }
}

fn additional(additional: Option<&AdditionalProperties>) -> Additional<'_> {
    match additional {
        None => Additional::Ignored,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Schema(schema)) => Additional::Typed(schema),
    }
}
