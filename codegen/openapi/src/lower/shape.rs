//! Lowers named types: objects with known fields, and enumerations.

use openapiv3::{Discriminator, ReferenceOr, Schema as SpecSchema};

use super::Lowering;
use super::annotations::{annotate, annotations_of, text};
use super::context::Context;
use super::format::known;
use super::hierarchy::MAX_SUBCLASSES;
use super::keywords::Keywords;
use super::schema::Inline;
use super::simplify;
use super::view::{Additional, ObjectView, SchemaPart, SchemaRef, View};
use crate::api::{
    Bounds, EnumValue, Field, Object, Presence, Primitive, Scalar, Schema, Shape, Type,
    TypeDefinition, TypeId,
};
use crate::pointer::Pointer;
use crate::vendor::ObjectFormat;

impl<'a> Lowering<'a> {
    /// Gives every component schema with a shape of its own a named type, in the order of the spec.
    pub(super) fn component_types(&mut self) {
        let at = Pointer::root().key("components").key("schemas");
        let Some(components) = &self.spec.components else {
            return;
        };
        for (name, schema) in &components.schemas {
            if !self.envelopes.contains(name.as_str()) {
                self.component_type(name, schema);
            }
        }
        // In the order of the spec.
        self.shapeless.reverse();
        self.shapes();
        for (name, schema) in &components.schemas {
            let name = name.as_str();
            if !self.components.contains_key(name) && !self.envelopes.contains(name) {
                self.alias(&at.key(name), name, schema);
            }
        }
    }

    /// Gives a component schema a named type, if it has a shape of its own.
    pub(super) fn component_type(&mut self, name: &'a str, schema: &'a ReferenceOr<SpecSchema>) {
        let ReferenceOr::Item(schema) = schema else {
            return; // An alias of a schema that is lowered on its own.
        };
        let at = Pointer::root().key("components").key("schemas").key(name);
        let merged = simplify::schema(self.described(), &at, SchemaRef::Inline(schema));
        let nullable = schema.schema_data.nullable || merged.is_nullable;
        let is_base = self.base_at(&at).is_some();
        let bounds = match merged.view {
            View::Enumeration { bounds, .. } => bounds,
            View::Object(_) if is_base => Bounds::default(),
            View::Object(object) if !object.properties.is_empty() => object.bounds,
            View::Union(_) => Bounds::default(),
            View::Object(_) | View::Scalar { .. } | View::Array { .. } | View::Any { .. } => return,
            View::Refined(_) | View::Untyped(_) => return,
        };
        let doc = text(schema.schema_data.description.as_deref())
            .or_else(|| text(schema.schema_data.title.as_deref()));
        let id = self.define(vec![self.described().type_name(name)], doc, &at);
        let mut lowered = annotations_of(self.vendor, &at, schema);
        annotate(self.vendor, &mut lowered, &merged.annotations);
        let lowered = Schema {
            doc: None, // The type has it.
            ty: Type::Named(id),
            bounds: bounds.into(),
            ..lowered
        };
        let value = self.add(lowered, nullable);
        self.components.insert(name, value);
        self.shapeless.push((id, schema));
    }

    /// Lowers the shapes of component types, last first, which may add more such types.
    pub(super) fn shapes(&mut self) {
        while let Some((id, schema)) = self.shapeless.pop() {
            let at = self.types[id.0].at.clone();
            self.note_format(&at, schema);
            self.note_keywords(&at, &Keywords::of(schema));
            self.types[id.0].shape =
                match simplify::schema(self.described(), &at, SchemaRef::Inline(schema)).view {
                    View::Enumeration { values, .. } => Shape::Enumeration(values),
                    View::Object(object) if let Some(discriminator) = self.base_at(&at) => {
                        let union = self.base_union(id, discriminator, &object);
                        match union.variants.as_slice() {
                            // No subclass adds anything.
                            [_] => self.fields(&at, id, &object),
                            [] | [_, _, ..] => Shape::Union(union),
                        }
                    }
                    View::Object(object) => self.fields(&at, id, &object),
                    View::Union(union) => Shape::Union(self.union(id, &union)),
                    View::Scalar { .. } | View::Array { .. } | View::Any { .. } => continue,
                    View::Refined(_) | View::Untyped(_) => continue,
                };
        }
    }

    /// The discriminator of the component at a place, if that is a base schema whose values may be of its subclasses.
    /// Objects of a subclass have its value of the discriminator also if there are too many of them for a union.
    fn base_at(&mut self, at: &Pointer) -> Option<&'a Discriminator> {
        let name = at.tokens().last()?;
        let discriminator = self.hierarchy.base(&name)?;
        let subclasses = self.hierarchy.subclasses(&name, discriminator);
        self.claim(discriminator, &subclasses);
        if subclasses.len() > MAX_SUBCLASSES {
            self.too_many_subclasses(at, subclasses.len());
            return None;
        }
        Some(discriminator)
    }

    /// The type of an inline enumeration: one for each set of values, named by its format or by
    /// what its owners have in common.
    pub(super) fn inline_enumeration(
        &mut self,
        lowered: &Schema,
        bounds: &Bounds,
        values: &[EnumValue],
        context: &Context<'_>,
    ) -> Type {
        let mut key: Vec<String> = values.iter().map(|it| it.text.clone()).collect();
        key.sort();
        let format = bounds.format.as_deref();
        let format = format.filter(|it| known(self.vendor, Primitive::String, it).is_some());
        if let Some(&id) = self.inline_enumerations.get(&key) {
            self.shared_names.add(id, context, lowered.doc.as_ref());
            return Type::Named(id);
        }
        let (names, doc) = match format {
            Some(format) => (
                vec![format.replace('-', "_")],
                self.vendor.format_doc(format).map(str::to_owned),
            ),
            None => (context.names(), lowered.doc.clone()),
        };
        let id = self.define(names, doc, &lowered.at);
        if format.is_none() {
            self.shared_names.start(id, context, lowered.doc.as_ref());
        }
        self.types[id.0].shape = Shape::Enumeration(values.to_vec());
        self.inline_enumerations.insert(key, id);
        Type::Named(id)
    }

    /// The type of an inline object: a map, arbitrary JSON, or a named type if its fields are known.
    pub(super) fn object(
        &mut self,
        lowered: &mut Schema,
        inline: &Inline<'a, '_>,
        object: &ObjectView<'a>,
    ) {
        lowered.bounds = object.bounds.clone().into();
        match object.format {
            Some(ObjectFormat::TextByName) => {
                let text = Schema::of(Type::Scalar(Scalar::String), &lowered.at);
                lowered.ty = Type::Map(self.add(text, false));
                return;
            }
            Some(ObjectFormat::AsItsFields) | None => {}
        }
        if !object.properties.is_empty() {
            let (id, is_new) = self.define_inline(inline, lowered);
            lowered.ty = Type::Named(id);
            if is_new {
                self.types[id.0].shape = self.fields(&lowered.at, id, object);
            }
            return;
        }
        match &object.additional {
            Additional::Typed(part) => {
                let value = self.value(&part.at, part.schema, &inline.context);
                lowered.pii |= self.schema(value.schema).pii;
                lowered.ty = self.wrapped(&lowered.at, value, Type::Map);
            }
            // Like an empty schema, which says the same (JSON Schema, "Core", §4.3.2).
            Additional::Any => {
                let value = self.any(&lowered.at.key("additionalProperties"));
                lowered.ty = self.wrapped(&lowered.at, value, Type::Map);
            }
            Additional::Ignored => lowered.bounds.change(|it| it.is_object = true),
            Additional::Forbidden => lowered.bounds.change(|it| {
                it.is_object = true;
                it.max_properties = Some(0);
            }),
        }
    }

    /// The shape of a type with fields.
    pub(super) fn fields(&mut self, at: &Pointer, id: TypeId, object: &ObjectView<'a>) -> Shape {
        let owner = self.types[id.0].names();
        let owner = Context::Names(&owner);
        let place = at.key("properties");
        let fields = object.properties.iter().map(|(name, parts)| {
            let is_listed = object.required.contains(name);
            self.field(&place, &owner, is_listed, name, parts)
        });
        let fields = fields.collect();
        let at = at.key("additionalProperties");
        let rest = match &object.additional {
            Additional::Typed(part) => Some(self.value(&part.at, part.schema, &owner)),
            Additional::Any => Some(self.any(&at)),
            Additional::Ignored | Additional::Forbidden => None,
        };
        Shape::Object(Object { fields, rest })
    }

    /// Lowers a property of an object. All of `parts` apply to its value.
    fn field(
        &mut self,
        place: &Pointer,
        owner: &Context<'_>,
        is_listed: bool,
        name: &str,
        parts: &[SchemaPart<'a>],
    ) -> Field {
        let at = parts
            .first()
            .map_or_else(|| place.key(name), |it| it.at.clone());
        let value = self.value_of_all(&at, parts, &owner.part(name));
        Field {
            wire_name: name.to_owned(),
            listed: self.is_required(&at, is_listed, value.schema),
            presence: Presence::Optional, // Set by `presence`, once all operations are known.
            tells_null: false,            // Set by `update`.
            initial: None,                // Set by `initial_value`, once all unions are known.
            value,
        }
    }

    /// The type of an inline schema, and whether it is new and has no shape yet.
    pub(super) fn define_inline(
        &mut self,
        inline: &Inline<'a, '_>,
        lowered: &Schema,
    ) -> (TypeId, bool) {
        if let Some(&id) = self.inline_types.get(&inline.key) {
            return (id, false);
        }
        let names = inline.context.titled(inline.title);
        let id = self.define(names, lowered.doc.clone(), &lowered.at);
        self.inline_types.insert(inline.key.clone(), id);
        (id, true)
    }

    /// Defines a type without a shape. `names` are those that it may have, the preferred one first.
    pub(super) fn define(
        &mut self,
        names: Vec<String>,
        doc: Option<String>,
        at: &Pointer,
    ) -> TypeId {
        let id = TypeId(self.types.len());
        let mut names = names.into_iter();
        self.types.push(TypeDefinition {
            name: names.next().unwrap_or_default(),
            longer_names: names.collect(),
            uses: 1,
            doc,
            at: at.clone(),
            shape: Shape::Object(Object::default()),
            is_item: false, // Set by `direction`, once all operations are known.
            received_as: None,
            left_out: Vec::new(),
            is_base: false,
        });
        id
    }
}
