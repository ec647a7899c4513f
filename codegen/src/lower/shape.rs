//! Types with a name of their own: objects with known fields, and enumerations.

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::format::known;
use super::schema::{Held, text};
use super::view::{Additional, ObjectView, View, view};
use crate::api::{
    Bounds, EnumValue, Field, Presence, Primitive, Scalar, Shape, Type, TypeDefinition, TypeId,
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
    pub(super) fn component_type(&mut self, name: &'a str, schema: &'a ReferenceOr<Schema>) {
        let ReferenceOr::Item(schema) = schema else {
            return; // Another name of a schema that is lowered on its own.
        };
        if has_shape(&view(schema)) {
            let at = Pointer::root().key("components").key("schemas").key(name);
            let doc = text(schema.schema_data.description.as_deref())
                .or_else(|| text(schema.schema_data.title.as_deref()));
            let id = self.define(twilio::type_name(name), doc, &at);
            self.components.insert(name, id);
            self.shapeless.push((id, schema));
        }
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
        schema: &Schema,
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

    /// The type of an inline object: a map, any JSON, or a type of its own if its fields are known.
    pub(super) fn object(
        &mut self,
        at: &Pointer,
        schema: &'a Schema,
        object: &ObjectView<'a>,
        context: &str,
    ) -> Held {
        let held = |ty| Held {
            ty,
            bounds: object.bounds.clone(),
            pii: false,
        };
        let any_object = |max_properties| Held {
            ty: Type::Any,
            bounds: Bounds {
                is_object: true,
                max_properties,
                ..object.bounds.clone()
            },
            pii: false,
        };
        match object.format {
            Some(ObjectFormat::TextByName) => {
                return held(Type::Map(Box::new(Type::Scalar(Scalar::String))));
            }
            Some(ObjectFormat::AsItsFields) | None => {}
        }
        if !object.properties.is_empty() {
            let name = schema.schema_data.title.as_deref().unwrap_or(context);
            let doc = text(schema.schema_data.description.as_deref());
            let id = self.define(name.to_owned(), doc, at);
            self.types[id.0].shape = self.fields(at, id, object);
            return held(Type::Named(id));
        }
        match object.additional {
            Additional::Typed(schema) => {
                let value = self.value(&at.key("additionalProperties"), schema, context);
                let inner = Some(Box::new(value.bounds)).filter(|it| **it != Bounds::default());
                Held {
                    ty: self.wrapped(at, value.ty.or_null(value.nullable), Type::Map),
                    bounds: Bounds {
                        inner,
                        ..object.bounds.clone()
                    },
                    pii: value.pii,
                }
            }
            Additional::Any | Additional::Ignored => any_object(object.bounds.max_properties),
            Additional::Forbidden => any_object(Some(0)),
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
        schema: &'a ReferenceOr<Box<Schema>>,
    ) -> Field {
        let value = self.boxed_value(at, schema, &format!("{owner}_{name}"));
        let is_listed = required.iter().any(|it| it == name);
        let (listed, direction) = self.required_way(at, is_listed, value.marks);
        Field {
            wire_name: name.to_owned(),
            doc: value.doc,
            at: at.clone(),
            definition: self.definition(at, schema),
            ty: value.ty,
            bounds: value.bounds,
            presence: Presence::Optional, // `presence` decides, once all operations are known.
            listed,
            nullable: value.nullable,
            default: value.default.map(|it| it.to_string()),
            direction,
            pii: value.pii,
            deprecated: value.deprecated,
        }
    }

    fn define(&mut self, name: String, doc: Option<String>, at: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDefinition {
            name,
            doc,
            at: at.clone(),
            shape: Shape::Object(Vec::new()),
            received_as: None,
            left_out: Vec::new(),
        });
        id
    }
}

/// Whether a component schema becomes a type of its own.
fn has_shape(view: &View<'_>) -> bool {
    match view {
        View::Enumeration { .. } => true,
        View::Object(object) => !object.properties.is_empty(),
        View::Scalar { .. } | View::Array { .. } | View::Any { .. } => false,
        View::Refined(_) | View::Unsupported(_) => false,
    }
}

fn enumeration(values: &[(usize, &str)]) -> Shape {
    let values = values.iter().map(|&(index, text)| EnumValue {
        text: text.to_owned(),
        index,
    });
    Shape::Enumeration(values.collect())
}
