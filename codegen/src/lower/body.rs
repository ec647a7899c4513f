//! Request bodies: forms, whose fields are parameters, and JSON.

use std::collections::BTreeMap;

use openapiv3::{MediaType, Operation as SpecOperation, ReferenceOr, Schema};

use super::Lowering;
use super::content::SentBody;
use super::refusal::Refusal;
use super::schema::{Value, component, text};
use super::view::{ObjectView, View, view};
use crate::api::{Body, Bounds, Location, Parameter, Type};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The fields of a form body, or else the JSON body. An operation that takes both is sent a form.
    pub(super) fn request_body(
        &mut self,
        at: &Pointer,
        spec: &'a SpecOperation,
        noun: &str,
    ) -> (Vec<Parameter>, Option<Body>) {
        let at = at.key("requestBody");
        let body = match &spec.request_body {
            None => return (Vec::new(), None),
            Some(ReferenceOr::Item(body)) => body,
            Some(ReferenceOr::Reference { .. }) => {
                self.unsupported(&at.key("$ref"), "a request body behind a `$ref`");
                return (Vec::new(), None);
            }
        };
        let doc = text(body.description.as_deref());
        let at = at.key("content");
        match SentBody::of(body) {
            Some(SentBody::Form(name, form)) => (self.form(&at.key(name), form, noun), None),
            Some(SentBody::Json(name, json)) => {
                let context = format!("{}_body", spec.operation_id.as_deref().unwrap_or_default());
                let at = at.key(name);
                let value = self.json_body(&at, json, &context);
                (
                    Vec::new(),
                    Some(Body {
                        doc,
                        at,
                        required: body.required,
                        ty: value.ty,
                        bounds: value.bounds,
                        nullable: value.nullable,
                        default: value.default.map(|it| it.to_string()),
                        pii: value.pii,
                        deprecated: value.deprecated,
                    }),
                )
            }
            None => {
                if !body.content.is_empty() {
                    let names: Vec<&str> = body.content.keys().map(String::as_str).collect();
                    self.unsupported(&at, format!("a request body of `{}`", names.join("`, `")));
                }
                (Vec::new(), None)
            }
        }
    }

    fn json_body(&mut self, at: &Pointer, media_type: &'a MediaType, context: &str) -> Value {
        match &media_type.schema {
            Some(schema) => self.value(&at.key("schema"), schema, context),
            None => Value {
                nullable: false, // As of a schema that says nothing.
                ..Value::any()
            },
        }
    }

    fn form(&mut self, at: &Pointer, form: &'a MediaType, noun: &str) -> Vec<Parameter> {
        let Some(schema) = &form.schema else {
            self.unsupported(at, "a form body without a `schema`");
            return Vec::new();
        };
        let (at, encoding) = (at.key("schema"), at.key("encoding"));
        if !form.encoding.is_empty() {
            self.unsupported(&encoding, "`encoding` of a form body");
        }
        let Some((at, schema)) = self.resolved_schema(&at, schema) else {
            return Vec::new(); // `load` has refused it.
        };
        let object = match fields_of_form(schema) {
            Ok(object) => object,
            Err(Refusal { keyword, what }) => {
                self.unsupported(&at.key(keyword), what);
                return Vec::new();
            }
        };
        let at = at.key("properties");
        let fields = object.properties.iter();
        fields
            .map(|(name, schema)| {
                self.form_field(&at.key(name), object.required, noun, name, schema)
            })
            .collect()
    }

    fn form_field(
        &mut self,
        at: &Pointer,
        required: &[String],
        noun: &str,
        name: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
    ) -> Parameter {
        let context = format!("{noun}_{name}");
        let value = match schema {
            ReferenceOr::Item(item) if let View::Object(object) = view(item) => {
                // Not lowered, so that no type is made of what is sent as text.
                self.note_format(at, item);
                let bounds = Bounds {
                    is_object: true,
                    ..object.bounds
                };
                Value::json_text(item, bounds)
            }
            ReferenceOr::Item(_) | ReferenceOr::Reference { .. } => {
                self.boxed_value(at, schema, &context).sent_as_text()
            }
        };
        let is_list = matches!(value.ty, Type::Array(_));
        let is_structured = self.is_structured(&value.ty);
        let value = if is_list && (is_structured || value.ty.is_json_text()) {
            value.list_of_any()
        } else if is_structured {
            value.any_object()
        } else {
            value
        };
        let json = if value.ty.is_json_text() {
            self.facts(at, schema)
        } else {
            BTreeMap::new()
        };
        let is_listed = required.iter().any(|it| it == name);
        let (required, direction) = self.required_way(at, is_listed, value.marks);
        Parameter {
            wire_name: name.to_owned(),
            at: at.clone(),
            declaration: at.clone(),
            definition: self.definition(at, schema),
            location: Location::Form,
            required,
            example: self.example(&value, required),
            doc: value.doc,
            ty: value.ty,
            bounds: value.bounds,
            json,
            nullable: value.nullable,
            default: value.default.map(|it| it.to_string()),
            direction,
            pii: value.pii,
            deprecated: value.deprecated,
        }
    }

    /// The schema behind any number of references, and where it stands.
    fn resolved_schema(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
    ) -> Option<(Pointer, &'a Schema)> {
        let mut at = at.clone();
        let mut schema = schema;
        // `load` has refused circles of references.
        loop {
            match schema {
                ReferenceOr::Item(schema) => return Some((at, schema)),
                ReferenceOr::Reference { reference } => {
                    let found = component(self.spec, reference)?;
                    (at, schema) = (found.at, found.schema);
                }
            }
        }
    }
}

/// What a form body describes, which must be an object.
fn fields_of_form(schema: &Schema) -> Result<ObjectView<'_>, Refusal> {
    let refused = |keyword, what: &str| {
        let what = what.to_owned();
        Err(Refusal { keyword, what })
    };
    match view(schema) {
        View::Object(object) => Ok(object),
        View::Unsupported(refusal) => Err(refusal),
        View::Refined(_) => refused(
            "allOf",
            "an `allOf` or a `$ref` with more beside it, as a form,",
        ),
        View::Any { .. } => refused("type", "a form body without `properties`"),
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => {
            refused("type", "a form body that is not an object")
        }
    }
}
