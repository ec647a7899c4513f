//! Values: what type a schema gives them, and what else it says of them.

use openapiv3::{OpenAPI, ReferenceOr, Schema as SpecSchema};

use super::Lowering;
use super::fault::LoweringFault;
use super::refusal::Refusal;
use super::view::{View, view};
use crate::api::schema::{is_json_text, is_or_null, is_same_value};
use crate::api::{Bounds, Marks, Schema, SchemaId, Type, Use};
use crate::pointer::Pointer;
use crate::twilio;

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
    pub(super) schema: &'a ReferenceOr<SpecSchema>,
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
        schema: &'a ReferenceOr<SpecSchema>,
        context: &str,
    ) -> Use {
        self.deeper(at, |it| match schema {
            ReferenceOr::Reference { reference } => it.referenced(at, reference),
            ReferenceOr::Item(schema) => it.inline(at, schema, context),
        })
    }

    /// Lowers a boxed schema; openapiv3 boxes some and not others.
    pub(super) fn boxed_value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Box<SpecSchema>>,
        context: &str,
    ) -> Use {
        self.deeper(at, |it| match schema {
            ReferenceOr::Reference { reference } => it.referenced(at, reference),
            ReferenceOr::Item(schema) => it.inline(at, schema, context),
        })
    }

    /// Lowers a schema that stands in another or behind a reference, unless there are too many around it.
    fn deeper(&mut self, at: &Pointer, lower: impl FnOnce(&mut Self) -> Use) -> Use {
        if self.depth == MAX_LEVELS {
            self.report(at, LoweringFault::TooManyLevels);
            return self.any(at);
        }
        self.depth += 1;
        let value = lower(self);
        self.depth -= 1;
        value
    }

    /// The schema behind `id`.
    pub(super) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The type of a value.
    pub(super) fn ty(&self, value: &Use) -> &Type {
        &self.schema(value.schema).ty
    }

    /// Whether a value is any JSON, or a list of it: what a form carries as JSON text.
    pub(super) fn is_json_text(&self, value: &Use) -> bool {
        is_json_text(&self.schemas, value.schema)
    }

    /// Adds a schema, where it stands.
    pub(super) fn add(&mut self, schema: Schema, nullable: bool) -> Use {
        let at = schema.at.clone();
        self.schemas.push(schema);
        Use {
            schema: SchemaId(self.schemas.len() - 1),
            nullable,
            at,
        }
    }

    /// Any JSON: what stands in where the spec says nothing, and after a fault.
    pub(super) fn any(&mut self, at: &Pointer) -> Use {
        self.add(Schema::of(Type::Any, at), true)
    }

    /// The type of a list or a map of `item`, unless that is one of too many already. Types that are known
    /// grow without getting [`Self::deeper`].
    pub(super) fn wrapped(&mut self, at: &Pointer, item: Use, wrap: fn(Use) -> Type) -> Type {
        if self.levels(&item) >= MAX_LEVELS {
            self.report(at, LoweringFault::TooManyLevels);
            return Type::Any;
        }
        wrap(item)
    }

    /// How many lists, maps and nulls a type is in each other.
    fn levels(&self, value: &Use) -> usize {
        let mut levels = 0;
        let mut next = Some(value);
        while let Some(value) = next {
            let ty = self.ty(value);
            levels += usize::from(is_or_null(&self.schemas, value));
            levels += usize::from(ty.held().is_some());
            next = ty.held();
        }
        levels
    }

    /// Whether two values are of one type, null or not.
    pub(super) fn is_same_value(&self, one: &Use, other: &Use) -> bool {
        is_same_value(
            [&self.schemas; 2].map(Vec::as_slice),
            [one, other],
            &|one, other| one == other,
        )
    }

    fn referenced(&mut self, at: &Pointer, reference: &str) -> Use {
        let Some(Component { name, schema, .. }) = component(self.spec, reference) else {
            // Legal OpenAPI if it leads deeper into a component. If it leads nowhere, `load` has reported it.
            self.unsupported(
                &at.key("$ref"),
                format!("a `$ref` to something else than `{SCHEMAS}…`"),
            );
            return self.any(at);
        };
        if self.envelopes.remove(name) {
            self.component_type(name, schema); // It is more than the envelope of pages.
        }
        let value = match self.components.get(name) {
            Some(value) => value.clone(),
            None => self.alias(at, name, schema),
        };
        Use {
            at: at.clone(),
            ..value
        }
    }

    /// Resolves a component schema that has no type of its own, once.
    pub(super) fn alias(
        &mut self,
        at: &Pointer,
        name: &'a str,
        schema: &'a ReferenceOr<SpecSchema>,
    ) -> Use {
        if let Some(value) = self.aliases.get(name) {
            return value.clone();
        }
        if self.resolving.contains(&name) {
            self.unsupported(at, "a schema that holds nothing but itself");
            return self.any(at);
        }
        self.resolving.push(name);
        let target = Pointer::root().key("components").key("schemas").key(name);
        let value = self.value(&target, schema, &twilio::type_name(name));
        self.resolving.pop();
        self.aliases.insert(name, value.clone());
        value
    }

    fn inline(&mut self, at: &Pointer, schema: &'a SpecSchema, context: &str) -> Use {
        self.note_format(at, schema);
        let mut lowered = said(at, schema);
        match view(schema) {
            View::Refined(inner) => return self.refined(at, schema, inner, context),
            View::Scalar { scalar, bounds } => {
                lowered.ty = Type::Scalar(scalar);
                lowered.bounds = bounds;
            }
            View::Enumeration { values, bounds } => {
                let format = bounds.format.as_deref();
                lowered.ty = self.inline_enumeration(at, schema, format, &values, context);
                lowered.bounds = bounds;
            }
            View::Object(object) => self.object(&mut lowered, schema, &object, context),
            View::Array { items, bounds } => {
                let at = at.key("items");
                let item = match items {
                    Some(items) => self.boxed_value(&at, items, &twilio::singular(context)),
                    None => self.any(&at),
                };
                lowered.pii |= self.schema(item.schema).pii;
                lowered.ty = self.wrapped(&lowered.at, item, Type::List);
                lowered.bounds = bounds;
            }
            View::Any { bounds } => lowered.bounds = bounds,
            View::Unsupported(Refusal { keyword, what }) => {
                self.unsupported(&at.key(keyword), what);
            }
        }
        self.add(lowered, schema.schema_data.nullable)
    }

    /// Lowers one schema with refinements beside it: a `$ref` and its siblings.
    fn refined(
        &mut self,
        at: &Pointer,
        outer: &'a SpecSchema,
        inner: &'a ReferenceOr<SpecSchema>,
        context: &str,
    ) -> Use {
        let value = self.value(&at.key("allOf").index(0), inner, context);
        let inner = self.schema(value.schema);
        let own = said(at, outer);
        let refined = Schema {
            at: own.at,
            doc: own.doc.or_else(|| inner.doc.clone()),
            ty: inner.ty.clone(),
            bounds: inner.bounds.clone(),
            default: own.default.or_else(|| inner.default.clone()),
            example: own.example.or_else(|| inner.example.clone()),
            marks: own.marks.and(inner.marks),
            pii: own.pii || inner.pii,
            deprecated: own.deprecated || inner.deprecated,
        };
        self.add(refined, outer.schema_data.nullable || value.nullable)
    }

    /// A value that is sent as text, which has no way to say null: a request leaves out what would be null.
    pub(super) fn sent_as_text(&mut self, value: Use) -> Use {
        match self.ty(&value) {
            Type::List(item) if is_or_null(&self.schemas, item) => {
                let not_null = Use {
                    nullable: false,
                    ..item.clone()
                };
                self.retyped(value, Type::List(not_null), true)
            }
            Type::List(_) | Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => value,
        }
    }

    /// The same of a list of any JSON, whose items have no limits here.
    pub(super) fn list_of_any(&mut self, value: Use) -> Use {
        let any = self.any(&value.at);
        let nullable = value.nullable;
        let value = self.retyped(value, Type::List(any), nullable);
        self.schemas[value.schema.0].bounds.format = None;
        value
    }

    /// The same of any object, whose values have no limits here.
    pub(super) fn any_object(&mut self, value: Use) -> Use {
        let nullable = value.nullable;
        let value = self.retyped(value, Type::Any, nullable);
        self.schemas[value.schema.0].bounds.is_object = true;
        value
    }

    /// What a schema says, of values of another type.
    fn retyped(&mut self, value: Use, ty: Type, nullable: bool) -> Use {
        let schema = Schema {
            ty,
            ..self.schema(value.schema).clone()
        };
        let retyped = self.add(schema, nullable);
        Use {
            at: value.at,
            ..retyped
        }
    }
}

/// What a schema says beside its type and its limits.
pub(super) fn said(at: &Pointer, schema: &SpecSchema) -> Schema {
    let data = &schema.schema_data;
    Schema {
        doc: text(data.description.as_deref()),
        default: data.default.clone().filter(|default| !default.is_null()),
        example: data.example.clone(),
        marks: marks_of(schema),
        pii: twilio::is_pii(&data.extensions),
        deprecated: data.deprecated,
        ..Schema::of(Type::Any, at)
    }
}

/// What a schema itself says of the ways that a property may travel.
pub(super) fn marks_of(schema: &SpecSchema) -> Marks {
    let data = &schema.schema_data;
    Marks {
        read_only: data.read_only,
        write_only: data.write_only,
    }
}

/// What an object in a form is sent as: JSON text, which is not lowered, so that no type is made of it.
pub(super) fn json_text(at: &Pointer, schema: &SpecSchema, bounds: Bounds) -> Schema {
    Schema {
        example: None, // It is no text.
        bounds: Bounds {
            is_object: true,
            ..bounds
        },
        ..said(at, schema)
    }
}

/// A description that says something.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
