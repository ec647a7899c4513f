//! Schemas: which have a name, and what type a value has.

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::view::{Additional, Properties, View, view};
use crate::api::{Bounds, Field, Presence, Shape, Type, TypeDefinition, TypeId};
use crate::pointer::Pointer;
use crate::twilio;

/// What a schema says about a value.
#[derive(Clone)]
pub(super) struct Value {
    pub(super) ty: Type,
    pub(super) doc: Option<String>,
    /// Whether null may stand for it.
    pub(super) nullable: bool,
    /// What absent and null mean, if they mean a value.
    pub(super) default: Option<serde_json::Value>,
    pub(super) bounds: Bounds,
    pub(super) pii: bool,
    pub(super) deprecated: bool,
}

/// The prefix of references to component schemas; `load` has checked that nothing else is referred to.
const SCHEMAS: &str = "#/components/schemas/";

impl<'a> Lowering<'a> {
    /// Gives every component schema that has a shape of its own a type, in the order of the spec.
    pub(super) fn component_types(&mut self) {
        let at = Pointer::root().key("components").key("schemas");
        let Some(components) = &self.spec.components else {
            return;
        };
        let mut named = Vec::new();
        for (name, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else {
                continue; // Another name of a schema that is lowered on its own.
            };
            if has_shape(&view(schema)) {
                let doc = text(schema.schema_data.description.as_deref())
                    .or_else(|| text(schema.schema_data.title.as_deref()));
                let id = self.define(twilio::type_name(name), doc, &at.key(name));
                self.components.insert(name, id);
                named.push((id, schema, at.key(name)));
            }
        }
        for (id, schema, at) in named {
            self.types[id.0].shape = self.shape(&at, id, &view(schema));
        }
        for (name, schema) in &components.schemas {
            if !self.components.contains_key(name.as_str()) {
                self.alias(&at.key(name), name, schema);
            }
        }
    }

    /// Lowers the schema of a value. `context` names what holds the value, in words, for inline types.
    pub(super) fn value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &str,
    ) -> Value {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced(at, reference),
            ReferenceOr::Item(schema) => self.inline(at, schema, context),
        }
    }

    /// Lowers a boxed schema; openapiv3 boxes some and not others.
    pub(super) fn boxed_value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Box<Schema>>,
        context: &str,
    ) -> Value {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced(at, reference),
            ReferenceOr::Item(schema) => self.inline(at, schema, context),
        }
    }

    fn referenced(&mut self, at: &Pointer, reference: &str) -> Value {
        let schemas = self.spec.components.as_ref().map(|it| &it.schemas);
        let name = Pointer::from_fragment(reference)
            .and_then(|it| it.tokens().last())
            .unwrap_or_default();
        let Some((name, schema)) = schemas.and_then(|it| it.get_key_value(&name)) else {
            // `load` lets only references into `components/schemas` through; deeper ones are legal OpenAPI.
            self.unsupported(
                at,
                format!("a reference to something else than `{SCHEMAS}…`"),
            );
            return Value::any();
        };
        if let (Some(&id), ReferenceOr::Item(schema)) = (self.components.get(name.as_str()), schema)
        {
            let value = Value::new(schema, Type::Named(id), Bounds::default());
            return Value { doc: None, ..value };
        }
        self.alias(at, name, schema)
    }

    /// Resolves a component schema that has no type of its own, once.
    fn alias(&mut self, at: &Pointer, name: &'a str, schema: &'a ReferenceOr<Schema>) -> Value {
        if let Some(value) = self.aliases.get(name) {
            return value.clone();
        }
        if self.resolving.contains(&name) {
            self.unsupported(at, "a schema that holds nothing but itself");
            return Value::any();
        }
        self.resolving.push(name);
        let target = Pointer::root().key("components").key("schemas").key(name);
        let value = self.value(&target, schema, &twilio::type_name(name));
        self.resolving.pop();
        self.aliases.insert(name, value.clone());
        value
    }

    fn inline(&mut self, at: &Pointer, schema: &'a Schema, context: &str) -> Value {
        let view = view(schema);
        let (ty, bounds) = match &view {
            View::Refined(inner) => return self.refined(at, schema, inner, context),
            View::String {
                format,
                values,
                bounds,
            } if values.is_empty() => (self.string(at, *format), bounds.clone()),
            View::String { format, values, .. } => (
                self.inline_enumeration(at, schema, *format, values, context),
                Bounds::default(),
            ),
            View::Integer { bounds } => (Type::Integer, bounds.clone()),
            View::Number => (Type::Decimal, Bounds::default()),
            View::Boolean => (Type::Boolean, Bounds::default()),
            View::Object {
                format,
                properties,
                additional,
                ..
            } => (
                self.object(at, schema, *format, properties, additional, &view, context),
                Bounds::default(),
            ),
            View::Array { items } => {
                let item = items.map_or_else(Value::any, |items| {
                    self.boxed_value(&at.key("items"), items, &twilio::singular(context))
                });
                (Type::Array(Box::new(item.ty)), Bounds::default())
            }
            View::Any => (Type::Any, Bounds::default()),
            View::Unsupported(what) => {
                self.unsupported(at, what.clone());
                (Type::Any, Bounds::default())
            }
        };
        Value::new(schema, ty, bounds)
    }

    /// Lowers one schema with refinements beside it: a `$ref` and its siblings.
    fn refined(
        &mut self,
        at: &Pointer,
        outer: &'a Schema,
        inner: &'a ReferenceOr<Schema>,
        context: &str,
    ) -> Value {
        let inner = self.value(&at.key("allOf").index(0), inner, context);
        let own = Value::new(outer, inner.ty, inner.bounds);
        Value {
            doc: own.doc.or(inner.doc),
            nullable: own.nullable || inner.nullable,
            default: own.default.or(inner.default),
            pii: own.pii || inner.pii,
            deprecated: own.deprecated || inner.deprecated,
            ..own
        }
    }

    /// The type of text in `format`. A `uri` stays text: services put bare host names and empty strings there.
    fn string(&mut self, at: &Pointer, format: Option<&str>) -> Type {
        match format {
            Some("date-time") => Type::DateTime,
            Some("date-time-rfc-2822") => Type::DateTimeRfc2822,
            Some("date") => Type::Date,
            None
            | Some(
                "uri" | "email" | "phone-number" | "iso-country-code" | "currency" | "http-method"
                | "endpoint" | "twiml" | "password" | "uuid" | "hostname" | "ipv4" | "ipv6",
            ) => Type::String,
            Some(other) => {
                self.unsupported(at, format!("the string format `{other}`"));
                Type::String
            }
        }
    }

    /// The type of an inline enumeration: one for each set of values, named by its format or its first owner.
    fn inline_enumeration(
        &mut self,
        at: &Pointer,
        schema: &Schema,
        format: Option<&str>,
        values: &[&str],
        context: &str,
    ) -> Type {
        let mut key: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        let shape = Shape::Enumeration(key.clone());
        key.sort();
        if let Some(&id) = self.inline_enumerations.get(&key) {
            return Type::Named(id);
        }
        let (name, doc) = match format {
            Some(format) => (
                format.replace('-', "_"),
                twilio::format_doc(format).map(str::to_owned),
            ),
            None => (
                context.to_owned(),
                text(schema.schema_data.description.as_deref()),
            ),
        };
        let id = self.define(name, doc, at);
        self.types[id.0].shape = shape;
        self.inline_enumerations.insert(key, id);
        Type::Named(id)
    }

    /// The type of an inline object: a map, any JSON, or a type of its own if its fields are known.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one view, taken apart by the caller's match"
    )]
    fn object(
        &mut self,
        at: &Pointer,
        schema: &'a Schema,
        format: Option<&str>,
        properties: &'a Properties,
        additional: &Additional<'a>,
        view: &View<'a>,
        context: &str,
    ) -> Type {
        match format {
            Some("uri-map") if properties.is_empty() => return Type::Map(Box::new(Type::String)),
            None
            | Some(
                "phone-number-capabilities" | "ice-server" | "recording-rule" | "subscribe-rule",
            ) => {}
            Some(other) => self.unsupported(at, format!("the object format `{other}`")),
        }
        match additional {
            Additional::Typed(schema) if properties.is_empty() => {
                let value = self.value(&at.key("additionalProperties"), schema, context);
                Type::Map(Box::new(value.ty))
            }
            Additional::Typed(_) | Additional::Any if !properties.is_empty() => {
                self.unsupported(at, "`additionalProperties` beside `properties`");
                Type::Any
            }
            Additional::Typed(_) | Additional::Any => Type::Any,
            Additional::Ignored if properties.is_empty() => Type::Any,
            Additional::Ignored => {
                let name = schema.schema_data.title.as_deref().unwrap_or(context);
                let id = self.define(
                    name.to_owned(),
                    text(schema.schema_data.description.as_deref()),
                    at,
                );
                self.types[id.0].shape = self.shape(at, id, view);
                Type::Named(id)
            }
        }
    }

    /// The shape of a type; `view` has one ([`has_shape`]).
    fn shape(&mut self, at: &Pointer, id: TypeId, view: &View<'a>) -> Shape {
        let (properties, required) = match view {
            View::String { values, .. } => {
                return Shape::Enumeration(values.iter().map(|&value| value.to_owned()).collect());
            }
            View::Object {
                properties,
                required,
                additional,
                ..
            } => {
                if matches!(additional, Additional::Typed(_) | Additional::Any) {
                    self.unsupported(at, "`additionalProperties` beside `properties`");
                }
                (*properties, *required)
            }
            View::Integer { .. }
            | View::Number
            | View::Boolean
            | View::Array { .. }
            | View::Refined(_)
            | View::Any
            | View::Unsupported(_) => {
                unreachable!("only objects with properties and enumerations are given a shape")
            }
        };
        let owner = self.types[id.0].name.clone();
        let fields = properties.iter().map(|(name, schema)| {
            self.field(
                &at.key("properties").key(name),
                &owner,
                required,
                name,
                schema,
            )
        });
        Shape::Object(fields.collect())
    }

    /// Lowers one entry of an object's properties.
    ///
    /// A field is there for certain only if it is listed in `required` *and* not nullable: callers treat absent and null alike.
    fn field(
        &mut self,
        at: &Pointer,
        owner: &str,
        required: &[String],
        name: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
    ) -> Field {
        let value = self.boxed_value(at, schema, &format!("{owner}_{name}"));
        let listed = required.iter().any(|it| it == name);
        let presence = match &value.default {
            Some(default) if !value.nullable => self.default(at, &value.ty, default),
            Some(_) | None if listed && !value.nullable => Presence::Required,
            Some(_) | None => Presence::Optional,
        };
        Field {
            wire_name: name.to_owned(),
            doc: value.doc,
            ty: value.ty,
            presence,
            pii: value.pii,
            deprecated: value.deprecated,
        }
    }

    fn default(&mut self, at: &Pointer, ty: &Type, default: &serde_json::Value) -> Presence {
        match default.as_i64() {
            // What is left out of a request is filled in by the service.
            _ if self.is_request => Presence::Optional,
            Some(number) if *ty == Type::Integer => Presence::Default(number),
            Some(_) | None => {
                self.unsupported(
                    &at.key("default"),
                    "a default that is not a whole number, on a field of an answer,",
                );
                Presence::Optional
            }
        }
    }

    fn define(&mut self, name: String, doc: Option<String>, at: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDefinition {
            name,
            doc,
            at: at.clone(),
            shape: Shape::Object(Vec::new()),
        });
        id
    }
}

impl Value {
    fn new(schema: &Schema, ty: Type, bounds: Bounds) -> Self {
        let data = &schema.schema_data;
        Self {
            ty,
            doc: text(data.description.as_deref()),
            nullable: data.nullable,
            default: data.default.clone().filter(|default| !default.is_null()),
            bounds,
            pii: twilio::is_pii(&data.extensions),
            deprecated: data.deprecated,
        }
    }

    /// Any JSON: what stands in after a fault.
    pub(super) fn any() -> Self {
        Self {
            ty: Type::Any,
            doc: None,
            nullable: true,
            default: None,
            bounds: Bounds::default(),
            pii: false,
            deprecated: false,
        }
    }
}

/// Whether a component schema becomes a type of its own.
fn has_shape(view: &View<'_>) -> bool {
    match view {
        View::String { values, .. } => !values.is_empty(),
        View::Object { properties, .. } => !properties.is_empty(),
        View::Integer { .. }
        | View::Number
        | View::Boolean
        | View::Array { .. }
        | View::Refined(_)
        | View::Any
        | View::Unsupported(_) => false,
    }
}

/// A description that says something.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
