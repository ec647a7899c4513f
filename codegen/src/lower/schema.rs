//! Values: what type a schema gives them, and what else it says of them.

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::Lowering;
use super::direction::Marks;
use super::refusal::Refusal;
use super::view::{View, view};
use crate::api::{Bounds, Type};
use crate::diagnostic::Problem;
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
    /// A value that the schema shows.
    pub(super) example: Option<serde_json::Value>,
    pub(super) bounds: Bounds,
    pub(super) marks: Marks,
    pub(super) pii: bool,
    pub(super) deprecated: bool,
}

/// What an object schema makes of a value.
pub(super) struct Held {
    pub(super) ty: Type,
    pub(super) bounds: Bounds,
    /// Whether a value by name in it may hold personal data.
    pub(super) pii: bool,
}

/// The prefix of references to component schemas. `load` reports those that lead nowhere.
const SCHEMAS: &str = "#/components/schemas/";

/// How many references, lists, maps and inline objects are followed into each other. A component that is an object
/// has a name, where one begins anew. Real specs have less than ten; the parsers of Rust take about 40 lists in each
/// other before they overflow the stack of a thread (2 MiB) in a debug build.
pub(super) const MAX_LEVELS: usize = 32;

/// A component schema.
pub(super) struct Component<'a> {
    /// Where it stands.
    pub(super) at: Pointer,
    pub(super) name: &'a str,
    pub(super) schema: &'a ReferenceOr<Schema>,
}

/// Finds the component schema that a `$ref` names. `None` if there is none; `load` has reported a `$ref` that leads
/// nowhere.
pub(super) fn component<'a>(spec: &'a OpenAPI, reference: &str) -> Option<Component<'a>> {
    let at = Pointer::from_fragment(reference)?;
    let schemas = &spec.components.as_ref()?.schemas;
    let (name, schema) = schemas.get_key_value(&at.tokens().last()?)?;
    Some(Component { at, name, schema })
}

impl<'a> Lowering<'a> {
    /// Lowers the schema of a value. `context` names what holds the value, in words, for inline types.
    pub(super) fn value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &str,
    ) -> Value {
        self.deeper(at, |it| match schema {
            ReferenceOr::Reference { reference } => it.referenced(at, reference),
            ReferenceOr::Item(schema) => it.inline(at, schema, context),
        })
    }

    /// Lowers a boxed schema; openapiv3 boxes some and not others.
    pub(super) fn boxed_value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Box<Schema>>,
        context: &str,
    ) -> Value {
        self.deeper(at, |it| match schema {
            ReferenceOr::Reference { reference } => it.referenced(at, reference),
            ReferenceOr::Item(schema) => it.inline(at, schema, context),
        })
    }

    /// Lowers a schema that stands in another or behind a reference, unless there are too many around it.
    fn deeper(&mut self, at: &Pointer, lower: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.depth == MAX_LEVELS {
            self.report(at, Problem::TooManyLevels);
            return Value::any();
        }
        self.depth += 1;
        let value = lower(self);
        self.depth -= 1;
        value
    }

    /// The type of a list or a map of `item`, unless that is one of too many already. Types that are known
    /// grow without getting [`Self::deeper`].
    pub(super) fn wrapped(
        &mut self,
        at: &Pointer,
        item: Type,
        wrap: impl FnOnce(Box<Type>) -> Type,
    ) -> Type {
        if levels(&item) >= MAX_LEVELS {
            self.report(at, Problem::TooManyLevels);
            return Type::Any;
        }
        wrap(Box::new(item))
    }

    /// Where the schema stands that `schema` is or leads to.
    pub(super) fn definition<T>(&self, at: &Pointer, schema: &ReferenceOr<T>) -> Pointer {
        let mut found = match schema {
            ReferenceOr::Item(_) => return at.clone(),
            ReferenceOr::Reference { reference } => component(self.spec, reference),
        };
        // `load` has refused circles of references.
        while let Some(Component {
            schema: ReferenceOr::Reference { reference },
            ..
        }) = found
        {
            found = component(self.spec, reference);
        }
        found.map_or_else(|| at.clone(), |it| it.at)
    }

    fn referenced(&mut self, at: &Pointer, reference: &str) -> Value {
        let Some(Component { name, schema, .. }) = component(self.spec, reference) else {
            // Legal OpenAPI if it leads deeper into a component. If it leads nowhere, `load` has reported it.
            self.unsupported(
                &at.key("$ref"),
                format!("a `$ref` to something else than `{SCHEMAS}…`"),
            );
            return Value::any();
        };
        if self.envelopes.remove(name) {
            self.component_type(name, schema); // It is more than the envelope of pages.
        }
        if let (Some(&id), ReferenceOr::Item(schema)) = (self.components.get(name), schema) {
            let bounds = match view(schema) {
                View::Object(object) => object.bounds,
                View::Enumeration { bounds, .. } => bounds,
                View::Scalar { .. } | View::Array { .. } | View::Any { .. } => Bounds::default(),
                View::Refined(_) | View::Unsupported(_) => Bounds::default(),
            };
            let value = Value::new(schema, Type::Named(id), bounds);
            return Value { doc: None, ..value };
        }
        self.alias(at, name, schema)
    }

    /// Resolves a component schema that has no type of its own, once.
    pub(super) fn alias(
        &mut self,
        at: &Pointer,
        name: &'a str,
        schema: &'a ReferenceOr<Schema>,
    ) -> Value {
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
        self.note_format(at, schema);
        let view = view(schema);
        let mut holds_pii = false;
        let (ty, bounds) = match &view {
            View::Refined(inner) => return self.refined(at, schema, inner, context),
            View::Scalar { scalar, bounds } => (Type::Scalar(*scalar), bounds.clone()),
            View::Enumeration { values, bounds } => {
                let format = bounds.format.as_deref();
                let ty = self.inline_enumeration(at, schema, format, values, context);
                (ty, bounds.clone())
            }
            View::Object(object) => {
                let held = self.object(at, schema, object, context);
                holds_pii = held.pii;
                (held.ty, held.bounds)
            }
            View::Array { items, bounds } => {
                let item = items.map_or_else(Value::any, |items| {
                    self.boxed_value(&at.key("items"), items, &twilio::singular(context))
                });
                let bounds = item.bounds_in_list(bounds);
                holds_pii = item.pii;
                let item = item.ty.or_null(item.nullable);
                (self.wrapped(at, item, Type::Array), bounds)
            }
            View::Any { bounds } => (Type::Any, bounds.clone()),
            View::Unsupported(Refusal { keyword, what }) => {
                self.unsupported(&at.key(keyword), what.clone());
                (Type::Any, Bounds::default())
            }
        };
        let value = Value::new(schema, ty, bounds);
        Value {
            pii: value.pii || holds_pii,
            ..value
        }
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
            example: own.example.or(inner.example),
            marks: own.marks.and(inner.marks),
            pii: own.pii || inner.pii,
            deprecated: own.deprecated || inner.deprecated,
            ..own
        }
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
            example: data.example.clone(),
            bounds,
            marks: Marks::of(schema),
            pii: twilio::is_pii(&data.extensions),
            deprecated: data.deprecated,
        }
    }

    /// The limits of a list of such values, which has the limits `own` itself.
    pub(super) fn bounds_in_list(&self, own: &Bounds) -> Bounds {
        let item = self.bounds.clone();
        if let Type::Array(_) | Type::Map(_) = self.ty {
            Bounds {
                inner: Some(Box::new(item)).filter(|it| **it != Bounds::default()),
                ..own.clone()
            }
        } else {
            Bounds {
                format: item.format.or_else(|| own.format.clone()),
                min_items: own.min_items,
                max_items: own.max_items,
                unique_items: own.unique_items,
                ..item
            }
        }
    }

    /// The same of a list of any JSON, whose items have no limits here.
    pub(super) fn list_of_any(self) -> Self {
        let Bounds {
            min_items,
            max_items,
            unique_items,
            ..
        } = self.bounds;
        Self {
            ty: Type::Array(Box::new(Type::Any)),
            bounds: Bounds {
                min_items,
                max_items,
                unique_items,
                ..Bounds::default()
            },
            ..self
        }
    }

    /// A value that is sent as text, which has no way to say null: a request leaves out what would be null.
    pub(super) fn sent_as_text(self) -> Self {
        let Type::Array(item) = &self.ty else {
            return self;
        };
        Self {
            nullable: self.nullable || matches!(**item, Type::Nullable(_)),
            ty: Type::Array(Box::new(item.not_null().clone())),
            ..self
        }
    }

    /// What Twilio takes for an object in a form: JSON text.
    pub(super) fn json_text(schema: &Schema, bounds: Bounds) -> Self {
        Self {
            example: None, // It is no text.
            ..Self::new(schema, Type::Any, bounds)
        }
    }

    /// The same of any object, whose values have no limits here.
    pub(super) fn any_object(self) -> Self {
        Self {
            ty: Type::Any,
            bounds: Bounds {
                is_object: true,
                inner: None,
                ..self.bounds
            },
            ..self
        }
    }

    /// Any JSON: what stands in after a fault.
    pub(super) fn any() -> Self {
        Self {
            ty: Type::Any,
            doc: None,
            nullable: true,
            default: None,
            example: None,
            bounds: Bounds::default(),
            marks: Marks::default(),
            pii: false,
            deprecated: false,
        }
    }
}

/// How many lists, maps and perhaps nulls a type is in each other.
fn levels(ty: &Type) -> usize {
    std::iter::successors(item(ty), |ty| item(ty)).count()
}

fn item(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Array(item) | Type::Map(item) | Type::Nullable(item) => Some(item),
        Type::Scalar(_) | Type::Any | Type::Named(_) => None,
    }
}

/// A description that says something.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
