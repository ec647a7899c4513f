//! Lowers the schemas of values: their types and annotations.

use openapiv3::{ReferenceOr, Schema as SpecSchema};

use super::annotations::{annotate, annotations_of};
use super::component::{Component, MAX_LEVELS, SCHEMAS, component};
use super::conditions::untyped_json;
use super::context::Context;
use super::fault::LoweringFault;
use super::format::{formatted, sized};
use super::keywords::Keywords;
use super::merge::MergedView;
use super::view::{SchemaPart, SchemaRef, Untyped, View};
use super::{Lowering, simplify};
use crate::api::schema::{is_or_null, is_same_value};
use crate::api::{Bounds, Scalar, Schema, SchemaId, Type, Use};
use crate::pointer::Pointer;

/// An inline schema of a value.
pub(super) struct Inline<'a, 'c> {
    /// Its title.
    pub(super) title: Option<&'a str>,
    /// The schema, if it is a single one.
    schema: Option<&'a SpecSchema>,
    nullable: bool,
    pub(super) key: InlineKey,
    /// What contains the value.
    pub(super) context: Context<'c>,
}

/// The places of the parts of an inline schema. Equal places mean the same type: a schema may be lowered for each
/// schema that includes it, and may include itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct InlineKey(Vec<(Pointer, &'static str)>);

impl InlineKey {
    fn of(parts: &[SchemaPart<'_>]) -> Self {
        let part = |it: &SchemaPart<'_>| {
            let kind = match it.schema {
                SchemaRef::Reference(_) | SchemaRef::Inline(_) => "",
                SchemaRef::Own(_) => "own",
                SchemaRef::Choice(_, keyword) => keyword,
            };
            (it.at.clone(), kind)
        };
        Self(parts.iter().map(part).collect())
    }
}

impl<'a> Lowering<'a> {
    /// Lowers the schema of a value. `context` is what contains the value, to name inline types.
    pub(super) fn value(
        &mut self,
        at: &Pointer,
        schema: impl Into<SchemaRef<'a>>,
        context: &Context<'_>,
    ) -> Use {
        let schema = schema.into();
        self.deeper(at, |it| match schema {
            SchemaRef::Reference(reference) => it.referenced(at, reference),
            SchemaRef::Inline(own) | SchemaRef::Own(own) | SchemaRef::Choice(own, _) => {
                it.note_format(at, own);
                it.note_keywords(at, &Keywords::of(own));
                let inline = Inline {
                    title: own.schema_data.title.as_deref(),
                    schema: Some(own),
                    nullable: own.schema_data.nullable,
                    key: InlineKey::of(&[SchemaPart::new(at.clone(), schema)]),
                    context: *context,
                };
                let merged = simplify::schema(it.described(), at, schema);
                it.merged(annotations_of(it.vendor, at, own), &inline, merged)
            }
        })
    }

    /// Lowers the schemas that all apply to a value; the first is at `at`.
    pub(super) fn value_of_all(
        &mut self,
        at: &Pointer,
        parts: &[SchemaPart<'a>],
        context: &Context<'_>,
    ) -> Use {
        match parts {
            [] => self.any(at),
            [SchemaPart { at, schema }] => self.value(at, *schema, context),
            [_, _, ..] => self.deeper(at, |it| {
                let inline = Inline {
                    title: None,
                    schema: None,
                    nullable: false,
                    key: InlineKey::of(parts),
                    context: *context,
                };
                let merged = simplify::all(it.described(), parts.to_vec());
                it.merged(Schema::of(Type::Any, at), &inline, merged)
            }),
        }
    }

    /// Lowers a nested or referenced schema, unless the nesting is too deep.
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

    /// The schema with this id.
    pub(super) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The type of a value.
    pub(super) fn ty(&self, value: &Use) -> &Type {
        &self.schema(value.schema).ty
    }

    /// Adds a schema.
    pub(super) fn add(&mut self, schema: Schema, nullable: bool) -> Use {
        let at = schema.at.clone();
        self.schemas.push(schema);
        Use {
            schema: SchemaId(self.schemas.len() - 1),
            nullable,
            at,
        }
    }

    /// Arbitrary JSON, for an unknown type and after a fault.
    pub(super) fn any(&mut self, at: &Pointer) -> Use {
        self.add(Schema::of(Type::Any, at), true)
    }

    /// The type of a list or a map of `item`, unless the nesting is too deep. Known types grow without passing through
    /// [`Self::deeper`].
    pub(super) fn wrapped(&mut self, at: &Pointer, item: Use, wrap: fn(Use) -> Type) -> Type {
        if self.levels(&item) >= MAX_LEVELS {
            self.report(at, LoweringFault::TooManyLevels);
            return Type::Any;
        }
        wrap(item)
    }

    /// How deeply lists, maps and nulls of a type are nested.
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

    /// Whether two values have the same type, regardless of null.
    pub(super) fn is_same_value(&self, one: &Use, other: &Use) -> bool {
        is_same_value(
            [&self.schemas; 2].map(Vec::as_slice),
            [one, other],
            &|one, other| one == other,
        )
    }

    pub(super) fn referenced(&mut self, at: &Pointer, reference: &str) -> Use {
        let Some(Component { name, schema, .. }) = component(self.spec, reference) else {
            // Valid OpenAPI if it leads into a component; a missing target was reported by `load`.
            self.unsupported(
                &at.key("$ref"),
                format!("a `$ref` to something other than `{SCHEMAS}…`"),
            );
            return self.any(at);
        };
        if self.envelopes.remove(name) {
            self.component_type(name, schema); // It is not only a page envelope.
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

    /// Resolves a component schema without a named type, once.
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
            let untyped = Untyped::new("$ref", "a schema that only contains itself");
            self.untyped(at, untyped);
            return self.any(at);
        }
        self.resolving.push(name);
        let target = Pointer::root().key("components").key("schemas").key(name);
        let names = [self.described().type_name(name)];
        let value = self.value(&target, schema, &Context::Names(&names));
        self.resolving.pop();
        self.aliases.insert(name, value.clone());
        value
    }

    /// Lowers a merged inline schema. `lowered` has its annotations.
    fn merged(
        &mut self,
        mut lowered: Schema,
        inline: &Inline<'a, '_>,
        merged: MergedView<'a>,
    ) -> Use {
        let at = lowered.at.clone();
        let nullable = inline.nullable || merged.is_nullable;
        annotate(self.vendor, &mut lowered, &merged.annotations);
        match merged.view {
            View::Refined(inner) => {
                lowered.bounds = merged.limits.into();
                return self.refined(lowered, nullable, &inner, &inline.context);
            }
            View::Scalar { scalar, bounds } => {
                let (scalar, bounds) = sized(scalar, bounds);
                lowered.ty = Type::Scalar(scalar);
                lowered.bounds = bounds.into();
            }
            View::Enumeration { values, bounds } => {
                lowered.ty = self.inline_enumeration(&lowered, &bounds, &values, &inline.context);
                lowered.bounds = bounds.into();
            }
            View::Object(object) => self.object(&mut lowered, inline, &object),
            View::Array { items, bounds } => {
                let at = at.key("items");
                let item = self.value_of_all(&at, &items, &Context::Item(&inline.context));
                lowered.pii |= self.schema(item.schema).pii;
                lowered.ty = self.wrapped(&lowered.at, item, Type::List);
                lowered.bounds = bounds.into();
            }
            View::Union(union) => lowered.ty = self.inline_union(&lowered, inline, &union),
            View::Any { bounds } => lowered.bounds = bounds.into(),
            View::Untyped(untyped) => {
                let condition = untyped_json(inline.schema, &merged.annotations);
                let conditions = [(untyped.keyword.to_owned(), condition)].into();
                lowered.bounds.change(|it| it.conditions = conditions);
                self.untyped(&at, untyped);
            }
        }
        self.add(lowered, nullable)
    }

    /// Lowers a schema with refinements: a `$ref` with sibling keywords.
    fn refined(
        &mut self,
        own: Schema,
        nullable: bool,
        inner: &SchemaPart<'a>,
        context: &Context<'_>,
    ) -> Use {
        let value = self.value(&inner.at, inner.schema, context);
        let inner = self.schema(value.schema);
        let format = own.bounds.format.as_deref();
        let format = format.filter(|_| inner.bounds.format.is_none());
        let mut bounds = Bounds::from(inner.bounds.clone()).and(own.bounds.clone().into());
        let ty = match &inner.ty {
            Type::Scalar(scalar) => {
                let own = formatted(self.vendor, *scalar, format);
                let size;
                (size, bounds) = sized(own, bounds);
                Type::Scalar(size)
            }
            Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => inner.ty.clone(),
        };
        let refined = Schema {
            at: own.at,
            doc: own.doc.or_else(|| inner.doc.clone()),
            ty,
            bounds: bounds.into(),
            default: own.default.or_else(|| inner.default.clone()),
            example: own.example.or_else(|| inner.example.clone()),
            marks: own.marks.and(inner.marks),
            pii: own.pii || inner.pii,
            deprecated: own.deprecated || inner.deprecated,
        };
        self.add(refined, nullable || value.nullable)
    }

    /// A value that is sent as text, which cannot express null: requests leave out null values.
    pub(super) fn sent_as_text(&mut self, value: Use) -> Use {
        match self.ty(&value) {
            Type::List(item) if self.is_texts(&value) && is_or_null(&self.schemas, item) => {
                let not_null = Use {
                    nullable: false,
                    ..item.clone()
                };
                self.retyped(value, Type::List(not_null), true)
            }
            Type::List(_) | Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => value,
        }
    }

    /// A value as a plain string.
    pub(super) fn text(&mut self, value: Use) -> Use {
        let nullable = value.nullable;
        self.retyped(value, Type::Scalar(Scalar::String), nullable)
    }

    /// A value as a plain string, or a list as plain strings.
    pub(super) fn texts(&mut self, value: Use) -> Use {
        match self.ty(&value).clone() {
            Type::List(item) => {
                let nullable = value.nullable;
                let item = self.text(item);
                self.retyped(value, Type::List(item), nullable)
            }
            Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => self.text(value),
        }
    }

    /// The same schema with another type.
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
