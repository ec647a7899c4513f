//! Gathers the keywords of a schema that describe its shape, with limits that openapiv3 has no room for.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::conditions::conditions;
use crate::api::{Bounds, Limit};
use crate::load;

/// The properties of an object schema.
pub(super) type Properties = indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keywords of a schema that describe its shape.
pub(super) struct Keywords<'a> {
    /// `type`
    pub(super) typ: Option<&'a str>,
    /// `format`
    pub(super) format: Option<&'a str>,
    /// `enum`
    pub(super) values: &'a [Value],
    pub(super) properties: &'a Properties,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) has_not: bool,
    pub(super) schema: &'a Schema,
}

/// A keyword, whether a schema has it, and the types it applies to.
type TypedKeyword = (&'static str, bool, &'static [&'static str]);

impl<'a> Keywords<'a> {
    /// The keywords of `schema`.
    pub(super) fn of(schema: &'a Schema) -> Self {
        let any = load::keywords(schema);
        Self {
            typ: any.typ.as_deref(),
            format: any.format.as_deref(),
            values: &any.enumeration,
            properties: &any.properties,
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            all_of: &any.all_of,
            one_of: &any.one_of,
            any_of: &any.any_of,
            has_not: any.not.is_some(),
            schema,
        }
    }

    /// Whether it describes a shape beyond its subschemas.
    pub(super) fn has_own(&self) -> bool {
        self.typ.is_some() || !self.values.is_empty() || self.typed().iter().any(|it| it.1)
    }

    /// Whether it has subschemas in `allOf`, `oneOf` or `anyOf`.
    pub(super) fn is_composed(&self) -> bool {
        [self.all_of, self.one_of, self.any_of]
            .iter()
            .any(|it| !it.is_empty())
    }

    /// Whether it only describes a type and limits. Additional properties that are forbidden do not count, because
    /// readers ignore them anyway.
    pub(super) fn only_limits(&self) -> bool {
        !self.has_shape() && self.required.is_empty()
    }

    /// Whether it describes parts of a value, or lists values.
    pub(super) fn has_shape(&self) -> bool {
        let is_closed = matches!(
            self.additional,
            None | Some(AdditionalProperties::Any(false))
        );
        let has_parts = !self.properties.is_empty() || self.items.is_some();
        !is_closed || has_parts || !self.values.is_empty()
    }

    /// The limits of its type, or all limits if it has no type.
    pub(super) fn limits(&self) -> Bounds {
        match self.typ {
            Some(typ) => self.bounds_of(typ),
            None => self.all_limits(),
        }
    }

    /// Every limit, of whatever type.
    fn all_limits(&self) -> Bounds {
        let any = load::keywords(self.schema);
        let number = |key| load::limit(&self.schema.schema_data.extensions, key);
        let limit = |key, exclusive: Option<bool>| {
            let exclusive = exclusive.unwrap_or_default();
            number(key).map(|value| Limit { value, exclusive })
        };
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
            minimum: limit("minimum", any.exclusive_minimum),
            maximum: limit("maximum", any.exclusive_maximum),
            multiple_of: number("multipleOf"),
            conditions: conditions(self.schema),
            ..Bounds::default()
        }
    }

    /// Whether it only requires keys of an object, whose values other schemas describe.
    pub(super) fn only_demands(&self) -> bool {
        let is_object = self.typ.is_none_or(|it| it == "object");
        let mut typed = self.typed().into_iter();
        is_object
            && !self.is_composed()
            && self.values.is_empty()
            && typed.all(|(name, is_used, _)| !is_used || name == "required")
    }

    /// The keywords that do not apply to its type (JSON Schema Validation, §6).
    pub(super) fn ineffective(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let typ = self.typ;
        let typed = self.typed().into_iter();
        typed.filter_map(move |(name, is_used, types)| {
            let typ = typ.filter(|it| is_used && !types.contains(it))?;
            Some((name, typ))
        })
    }

    /// The keywords that apply to certain types only.
    fn typed(&self) -> [TypedKeyword; 15] {
        const TEXT: &[&str] = &["string"];
        const NUMBER: &[&str] = &["number", "integer"];
        const OBJECT: &[&str] = &["object"];
        const ARRAY: &[&str] = &["array"];
        let any = load::keywords(self.schema);
        let kept = &self.schema.schema_data.extensions;
        let has_limit = |key| kept.keys().any(|it| load::limit_key(it) == Some(key));
        [
            ("items", self.items.is_some(), ARRAY),
            ("properties", !self.properties.is_empty(), OBJECT),
            ("additionalProperties", self.additional.is_some(), OBJECT),
            ("required", !self.required.is_empty(), OBJECT),
            ("minProperties", any.min_properties.is_some(), OBJECT),
            ("maxProperties", any.max_properties.is_some(), OBJECT),
            ("minItems", any.min_items.is_some(), ARRAY),
            ("maxItems", any.max_items.is_some(), ARRAY),
            ("uniqueItems", any.unique_items == Some(true), ARRAY),
            ("pattern", any.pattern.is_some(), TEXT),
            ("minLength", any.min_length.is_some(), TEXT),
            ("maxLength", any.max_length.is_some(), TEXT),
            ("minimum", has_limit("minimum"), NUMBER),
            ("maximum", has_limit("maximum"), NUMBER),
            ("multipleOf", has_limit("multipleOf"), NUMBER),
        ]
    }

    /// The limits that apply to one type.
    pub(super) fn bounds_of(&self, typ: &str) -> Bounds {
        let all = self.all_limits();
        let conditions = all.conditions.into_iter();
        let none = Bounds {
            format: all.format,
            conditions: conditions.filter(|(it, _)| says(it, typ)).collect(),
            ..Bounds::default()
        };
        match typ {
            "string" => Bounds {
                min_length: all.min_length,
                max_length: all.max_length,
                pattern: all.pattern,
                ..none
            },
            "integer" | "number" => Bounds {
                minimum: all.minimum,
                maximum: all.maximum,
                multiple_of: all.multiple_of,
                ..none
            },
            "array" => Bounds {
                min_items: all.min_items,
                max_items: all.max_items,
                unique_items: all.unique_items,
                ..none
            },
            "object" => Bounds {
                min_properties: all.min_properties,
                max_properties: all.max_properties,
                ..none
            },
            _ => none,
        }
    }
}

/// Whether a condition applies to a type.
fn says(condition: &str, typ: &str) -> bool {
    let of = match condition {
        "contains" | "minContains" | "maxContains" | "prefixItems" => "array",
        "propertyNames" | "patternProperties" | "dependentRequired" | "dependentSchemas"
        | "dependencies" => "object",
        "contentMediaType" | "contentEncoding" | "contentSchema" => "string",
        _ => return true, // `if` and `not` may apply to any type.
    };
    of == typ
}
