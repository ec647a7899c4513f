//! Classifies schemas into a few shapes for the rest of `lower`.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::format::{is_binary, object_format, scalar};
use super::keywords::Keywords;
use super::value_docs;
use crate::api::{Bounds, EnumValue, Primitive, Scalar};
use crate::pointer::Pointer;
use crate::vendor::{ObjectFormat, Vendor};

/// A schema, or a part of one, as another schema refers to it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum SchemaRef<'a> {
    /// A `$ref`.
    Reference(&'a str),
    /// An inline schema.
    Inline(&'a Schema),
    /// The keywords of a schema without its subschemas.
    Own(&'a Schema),
    /// The alternatives of a schema: its `oneOf` or its `anyOf`.
    Choice(&'a Schema, &'static str),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'a> SchemaRef<'a> {
    /// The inline schema; `None` for a reference.
    pub(super) fn inline(self) -> Option<&'a Schema> {
        match self {
            Self::Reference(_) => None,
            Self::Inline(schema) | Self::Own(schema) | Self::Choice(schema, _) => Some(schema),
        }
    }
}

/// A schema and its place.
#[derive(Clone)]
pub(super) struct SchemaPart<'a> {
    pub(super) at: Pointer,
    pub(super) schema: SchemaRef<'a>,
}

impl<'a> SchemaPart<'a> {
    pub(super) fn new(at: Pointer, schema: impl Into<SchemaRef<'a>>) -> Self {
        let schema = schema.into();
        Self { at, schema }
    }
}

/// The shape of a schema.
pub(super) enum View<'a> {
    /// A value without parts.
    Scalar { scalar: Scalar, bounds: Bounds },
    /// An enumeration of strings.
    Enumeration {
        values: Vec<EnumValue>,
        bounds: Bounds,
    },
    /// An object.
    Object(ObjectView<'a>),
    /// A list.
    Array {
        /// The schemas that all apply to each item.
        items: Vec<SchemaPart<'a>>,
        /// The limits of the list; its items have their own.
        bounds: Bounds,
    },
    /// Another schema, refined by sibling keywords.
    Refined(SchemaPart<'a>),
    /// One of several schemas.
    Union(UnionView<'a>),
    /// A schema without a type: arbitrary JSON.
    Any { bounds: Bounds },
    /// A construct that no type describes.
    Untyped(Untyped),
}

/// The shape of an object schema.
#[derive(Default)]
pub(super) struct ObjectView<'a> {
    /// The meaning of its format, if it is known.
    pub(super) format: Option<ObjectFormat>,
    /// Its properties by name, each with all schemas that apply to its value.
    pub(super) properties: IndexMap<&'a str, Vec<SchemaPart<'a>>>,
    /// The names of the required properties.
    pub(super) required: BTreeSet<&'a str>,
    pub(super) additional: Additional<'a>,
    pub(super) bounds: Bounds,
}

impl ObjectView<'_> {
    /// An object that may have any property.
    pub(super) fn any() -> Self {
        Self {
            additional: Additional::Any,
            ..Self::default()
        }
    }
}

/// The additional properties of an object.
#[derive(Default)]
pub(super) enum Additional<'a> {
    /// Unspecified: readers ignore unknown keys.
    #[default]
    Ignored,
    /// None allowed.
    Forbidden,
    /// Arbitrary JSON.
    Any,
    /// Values of one type.
    Typed(SchemaPart<'a>),
}

/// The shape of a schema with alternatives.
pub(super) struct UnionView<'a> {
    /// The property that identifies the alternative.
    pub(super) discriminator: Option<&'a Discriminator>,
    /// The alternatives, each with all schemas that apply to its value.
    pub(super) variants: Vec<Vec<SchemaPart<'a>>>,
}

/// A construct that no type describes, so that its values are arbitrary JSON.
pub(super) struct Untyped {
    /// The keyword at fault.
    pub(super) keyword: &'static str,
    /// The construct, as the subject of a sentence.
    pub(super) what: String,
}

impl Untyped {
    pub(super) fn new(keyword: &'static str, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { keyword, what }
    }
}

/// The shape of a schema as far as it can be determined without others.
pub(super) enum LocalView<'a> {
    /// Its shape.
    View(Box<View<'a>>),
    /// All of these schemas apply.
    All(Vec<SchemaPart<'a>>),
}

impl<'a> LocalView<'a> {
    /// Its shape; `None` if it depends on others.
    pub(super) fn view(self) -> Option<View<'a>> {
        match self {
            Self::View(view) => Some(*view),
            Self::All(_) => None,
        }
    }
}

/// Classifies a schema at `at`; `vendor` may define formats.
pub(super) fn sight<'a>(vendor: Vendor, at: &Pointer, schema: SchemaRef<'a>) -> LocalView<'a> {
    LocalView::View(Box::new(match schema {
        SchemaRef::Reference(_) => View::Refined(SchemaPart::new(at.clone(), schema)),
        SchemaRef::Own(schema) => own(vendor, at, &Keywords::of(schema)),
        SchemaRef::Choice(schema, keyword) => choice(at, schema, keyword),
        SchemaRef::Inline(schema) => {
            let keywords = Keywords::of(schema);
            let parts = parts(at, schema, &keywords);
            match parts.as_slice() {
                [] => own(vendor, at, &keywords),
                [only] => match only.schema {
                    SchemaRef::Own(_) => own(vendor, at, &keywords),
                    SchemaRef::Choice(schema, keyword) => choice(at, schema, keyword),
                    SchemaRef::Reference(_) | SchemaRef::Inline(_) => View::Refined(only.clone()),
                },
                [_, _, ..] => return LocalView::All(parts),
            }
        }
    }))
}

/// The subschemas of a schema, its own keywords first.
fn parts<'a>(at: &Pointer, schema: &'a Schema, keywords: &Keywords<'a>) -> Vec<SchemaPart<'a>> {
    let part = |schema| SchemaPart::new(at.clone(), schema);
    let own = keywords.has_own().then(|| part(SchemaRef::Own(schema)));
    let all = keywords.all_of.iter().enumerate();
    let all = all.map(|(index, it)| SchemaPart::new(at.key("allOf").index(index), it));
    let one = (!keywords.one_of.is_empty()).then(|| part(SchemaRef::Choice(schema, "oneOf")));
    let any = (!keywords.any_of.is_empty()).then(|| part(SchemaRef::Choice(schema, "anyOf")));
    own.into_iter().chain(all).chain(one).chain(any).collect()
}

/// The alternatives of a schema.
fn choice<'a>(at: &Pointer, schema: &'a Schema, keyword: &'static str) -> View<'a> {
    let keywords = Keywords::of(schema);
    let alternatives = if keyword == "oneOf" {
        keywords.one_of
    } else {
        keywords.any_of
    };
    let variants = alternatives.iter().enumerate();
    let variants =
        variants.map(|(index, it)| vec![SchemaPart::new(at.key(keyword).index(index), it)]);
    View::Union(UnionView {
        discriminator: schema.schema_data.discriminator.as_ref(),
        variants: variants.collect(),
    })
}

/// The shape that a schema's own keywords describe.
fn own<'a>(vendor: Vendor, at: &Pointer, keywords: &Keywords<'a>) -> View<'a> {
    match keywords.typ {
        Some("string") => text(vendor, keywords),
        Some("boolean") => scalar_of(vendor, keywords, Primitive::Boolean),
        Some("integer") => scalar_of(vendor, keywords, Primitive::Integer),
        Some("number") => scalar_of(vendor, keywords, Primitive::Number),
        Some("array") => array(at, keywords),
        Some("object") => object(vendor, at, keywords),
        Some(_) | None => untyped(vendor, at, keywords),
    }
}

/// The shape of a schema without `type`, from its other keywords.
fn untyped<'a>(vendor: Vendor, at: &Pointer, keywords: &Keywords<'a>) -> View<'a> {
    let has_properties = !keywords.properties.is_empty();
    if has_properties || keywords.additional.is_some() || !keywords.required.is_empty() {
        return object(vendor, at, keywords);
    }
    if keywords.items.is_some() {
        return array(at, keywords);
    }
    if keywords.values.is_empty() && is_binary(keywords.format) {
        return text(vendor, keywords);
    }
    let mut values = keywords.values.iter().filter(|it| !it.is_null());
    let all = |is: fn(&Value) -> bool| keywords.values.iter().all(|it| it.is_null() || is(it));
    if values.next().is_none() {
        return match keywords.has_not {
            true => View::Untyped(Untyped::new("not", "`not`")),
            false => View::Any {
                bounds: Bounds {
                    values: keywords.values.iter().take(1).cloned().collect(), // Null, if anything.
                    ..keywords.limits()
                },
            },
        };
    }
    if all(Value::is_string) {
        text(vendor, keywords)
    } else if all(Value::is_boolean) {
        scalar_of(vendor, keywords, Primitive::Boolean)
    } else if all(|it| it.is_i64() || it.is_u64()) {
        scalar_of(vendor, keywords, Primitive::Integer)
    } else if all(Value::is_number) {
        scalar_of(vendor, keywords, Primitive::Number)
    } else {
        View::Any {
            bounds: listed(keywords, keywords.limits()),
        }
    }
}

/// Limits with the values that a schema lists.
fn listed(keywords: &Keywords<'_>, bounds: Bounds) -> Bounds {
    let mut values: Vec<Value> = Vec::new();
    for value in keywords.values.iter().filter(|it| !it.is_null()) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let names = value_docs::names(keywords.schema, keywords.values);
    Bounds {
        values,
        names,
        ..bounds
    }
}

/// The shape of a string, possibly an enumeration. A null among the values means `nullable`, which every reader here
/// assumes anyway.
fn text<'a>(vendor: Vendor, keywords: &Keywords<'a>) -> View<'a> {
    let mut places = IndexMap::new();
    for (index, value) in keywords.values.iter().enumerate() {
        if let Some(text) = value.as_str() {
            places.entry(text).or_insert(index); // `load` has warned of duplicates.
        }
    }
    if places.is_empty() {
        return scalar_of(vendor, keywords, Primitive::String);
    }
    let values = places.into_iter().map(|(text, index)| EnumValue {
        text: text.to_owned(),
        index,
        doc: None,
    });
    let mut values: Vec<EnumValue> = values.collect();
    value_docs::from_extensions(keywords.schema, &mut values);
    View::Enumeration {
        values,
        bounds: keywords.limits(),
    }
}

fn scalar_of<'a>(vendor: Vendor, keywords: &Keywords<'a>, primitive: Primitive) -> View<'a> {
    // Listed values may imply the type; for strings, all limits then apply.
    let bounds = match primitive {
        Primitive::String => keywords.limits(),
        Primitive::Boolean => keywords.bounds_of("boolean"),
        Primitive::Integer | Primitive::Number => keywords.bounds_of("number"),
    };
    View::Scalar {
        scalar: scalar(vendor, primitive, keywords.format),
        bounds: listed(keywords, bounds),
    }
}

fn array<'a>(at: &Pointer, keywords: &Keywords<'a>) -> View<'a> {
    let items = keywords.items.into_iter();
    View::Array {
        items: items
            .map(|it| SchemaPart::new(at.key("items"), it))
            .collect(),
        bounds: keywords.limits(),
    }
}

fn object<'a>(vendor: Vendor, at: &Pointer, keywords: &Keywords<'a>) -> View<'a> {
    let place = at.key("properties");
    let properties: IndexMap<&str, Vec<SchemaPart<'_>>> = keywords
        .properties
        .iter()
        .map(|(name, schema)| {
            (
                name.as_str(),
                vec![SchemaPart::new(place.key(name), schema)],
            )
        })
        .collect();
    let format = keywords.format;
    let format = format.and_then(|it| object_format(vendor, it, properties.is_empty()));
    let bounds = keywords.limits();
    View::Object(ObjectView {
        format,
        properties,
        required: keywords.required.iter().map(String::as_str).collect(),
        additional: additional(at, keywords.additional),
        bounds: Bounds {
            format: bounds.format.clone().filter(|_| format.is_none()), // Otherwise it is part of the type.
            ..bounds
        },
    })
}

fn additional<'a>(at: &Pointer, additional: Option<&'a AdditionalProperties>) -> Additional<'a> {
    match additional {
        None => Additional::Ignored,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Schema(schema)) => Additional::Typed(SchemaPart::new(
            at.key("additionalProperties"),
            schema.as_ref(),
        )),
    }
}
