//! Types with a name of their own: objects with known fields, and enumerations.

use openapiv3::{ReferenceOr, Schema as SpecSchema};

use super::Lowering;
use super::format::known;
use super::schema::{said, text};
use super::view::{Additional, ObjectView, View, view};
use crate::api::{
    EnumValue, Field, Presence, Primitive, Scalar, Schema, Shape, Type, TypeDefinition, TypeId,
};
use crate::pointer::Pointer;
use crate::twilio::{self, ObjectFormat};

impl<'a> Lowering<'a> {
    /// Gives every component schema that has a shape of its own a type, in the order of the spec.
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

    /// Gives a component schema a type, if it has a shape of its own.
    pub(super) fn component_type(&mut self, name: &'a str, schema: &'a ReferenceOr<SpecSchema>) {
        let ReferenceOr::Item(schema) = schema else {
            return; // Another name of a schema that is lowered on its own.
        };
        let bounds = match view(schema) {
            View::Enumeration { bounds, .. } => bounds,
            View::Object(object) if !object.properties.is_empty() => object.bounds,
            View::Object(_) | View::Scalar { .. } | View::Array { .. } | View::Any { .. } => return,
            View::Refined(_) | View::Unsupported(_) => return,
        };
        let at = Pointer::root().key("components").key("schemas").key(name);
        let doc = text(schema.schema_data.description.as_deref())
            .or_else(|| text(schema.schema_data.title.as_deref()));
        let id = self.define(twilio::type_name(name), doc, &at);
        let said = Schema {
            doc: None, // The type says it.
            ty: Type::Named(id),
            bounds,
            ..said(&at, schema)
        };
        let value = self.add(said, schema.schema_data.nullable);
        self.components.insert(name, value);
        self.shapeless.push((id, schema));
    }

    /// Gives the types of components their shapes, the last first, which may bring more such types.
    pub(super) fn shapes(&mut self) {
        while let Some((id, schema)) = self.shapeless.pop() {
            let at = self.types[id.0].at.clone();
            self.note_format(&at, schema);
            self.types[id.0].shape = match view(schema) {
                View::Enumeration { values, .. } => enumeration(&values),
                View::Object(object) => self.fields(&at, id, &object),
                View::Scalar { .. } | View::Array { .. } | View::Any { .. } => continue,
                View::Refined(_) | View::Unsupported(_) => continue,
            };
        }
    }

    /// The type of an inline enumeration: one for each set of values, named by its format or its first owner.
    pub(super) fn inline_enumeration(
        &mut self,
        at: &Pointer,
        schema: &SpecSchema,
        format: Option<&str>,
        values: &[(usize, &str)],
        context: &str,
    ) -> Type {
        let mut key: Vec<String> = values.iter().map(|(_, text)| (*text).to_owned()).collect();
        let shape = enumeration(values);
        key.sort();
        if let Some(&id) = self.inline_enumerations.get(&key) {
            return Type::Named(id);
        }
        let (name, doc) = match format.filter(|it| known(Primitive::String, it).is_some()) {
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

    /// Gives an inline object its type: a map, any JSON, or a type of its own if its fields are known.
    pub(super) fn object(
        &mut self,
        lowered: &mut Schema,
        schema: &'a SpecSchema,
        object: &ObjectView<'a>,
        context: &str,
    ) {
        lowered.bounds = object.bounds.clone();
        match object.format {
            Some(ObjectFormat::TextByName) => {
                let text = Schema::of(Type::Scalar(Scalar::String), &lowered.at);
                lowered.ty = Type::Map(self.add(text, false));
                return;
            }
            Some(ObjectFormat::AsItsFields) | None => {}
        }
        if !object.properties.is_empty() {
            let name = schema.schema_data.title.as_deref().unwrap_or(context);
            let id = self.define(name.to_owned(), lowered.doc.clone(), &lowered.at);
            lowered.ty = Type::Named(id);
            self.types[id.0].shape = self.fields(&lowered.at, id, object);
            return;
        }
        match object.additional {
            Additional::Typed(schema) => {
                let value = self.value(&lowered.at.key("additionalProperties"), schema, context);
                lowered.pii |= self.schema(value.schema).pii;
                lowered.ty = self.wrapped(&lowered.at, value, Type::Map);
            }
            Additional::Any | Additional::Ignored => lowered.bounds.is_object = true,
            Additional::Forbidden => {
                lowered.bounds.is_object = true;
                lowered.bounds.max_properties = Some(0);
            }
        }
    }

    /// The shape of a type with fields.
    fn fields(&mut self, at: &Pointer, id: TypeId, object: &ObjectView<'a>) -> Shape {
        if matches!(object.additional, Additional::Typed(_) | Additional::Any) {
            self.unsupported(
                &at.key("additionalProperties"),
                "`additionalProperties` beside `properties`",
            );
        }
        let owner = self.types[id.0].name.clone();
        let at = at.key("properties");
        let fields = object
            .properties
            .iter()
            .map(|(name, schema)| self.field(&at.key(name), &owner, object.required, name, schema));
        Shape::Object(fields.collect())
    }

    /// Lowers one entry of an object's properties.
    fn field(
        &mut self,
        at: &Pointer,
        owner: &str,
        required: &[String],
        name: &str,
        schema: &'a ReferenceOr<Box<SpecSchema>>,
    ) -> Field {
        let value = self.boxed_value(at, schema, &format!("{owner}_{name}"));
        let is_listed = required.iter().any(|it| it == name);
        Field {
            wire_name: name.to_owned(),
            listed: self.is_required(at, is_listed, value.schema),
            presence: Presence::Optional, // `presence` decides, once all operations are known.
            value,
        }
    }

    fn define(&mut self, name: String, doc: Option<String>, at: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDefinition {
            name,
            doc,
            at: at.clone(),
            shape: Shape::Object(Vec::new()),
            is_item: false, // `direction` decides, once all operations are known.
            received_as: None,
            left_out: Vec::new(),
        });
        id
    }
}

fn enumeration(values: &[(usize, &str)]) -> Shape {
    let values = values.iter().map(|&(index, text)| EnumValue {
        text: text.to_owned(),
        index,
    });
    Shape::Enumeration(values.collect())
}
