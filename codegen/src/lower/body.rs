//! Request bodies: forms, whose fields are parameters, and all others.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{MediaType, Operation as SpecOperation};

use super::annotations::{json_text, text};
use super::behind;
use super::content::{self, Content, Kind};
use super::seen::seen;
use super::view::{ObjectView, Part, SchemaRef, Untyped, View};
use super::{Lowering, facts};
use crate::api::{Body, Location, Method, Parameter, Use};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The fields of a form body, or else the body.
    pub(super) fn request_body(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        noun: &str,
    ) -> (Vec<Parameter>, Option<Body>) {
        let at = at.key("requestBody");
        let body = spec.request_body.as_ref();
        let found = body.and_then(|it| behind::request_body(self.spec, &at, it));
        let Some(found) = found else {
            return (Vec::new(), None);
        };
        if !self.carries_body(&at, method) {
            return (Vec::new(), None);
        }
        let content = found.at.key("content");
        let Some(sent) = Content::sent(found.item) else {
            self.no_media_type(&content, "a request body", &found.item.content);
            return (Vec::new(), None);
        };
        self.note_unused(&content, sent.name, &content::unsent(found.item));
        let at = content.key(sent.name);
        match (sent.kind, sent.encoding()) {
            (Kind::Form, _) => (self.form(&at, sent.media_type, noun), None),
            (Kind::Multipart, _) => (self.parts(&at, sent.media_type, noun), None),
            (Kind::Json | Kind::Text | Kind::Bytes, Some(encoding)) => {
                let id = spec.operation_id.as_deref().unwrap_or(noun);
                let context = behind::context(self.vendor, found.component, id, "body");
                let body = Body {
                    payload: self.payload(&at, encoding, sent.media_type, &context),
                    doc: text(found.item.description.as_deref()),
                    at,
                    required: found.item.required,
                };
                (Vec::new(), Some(body))
            }
            (Kind::Json | Kind::Text | Kind::Bytes, None) => (Vec::new(), None), // Each has an encoding.
        }
    }

    fn form(&mut self, at: &Pointer, form: &'a MediaType, noun: &str) -> Vec<Parameter> {
        if !form.encoding.is_empty() {
            self.unsupported(&at.key("encoding"), "`encoding` of a form body");
        }
        self.form_fields(at, form, noun)
    }

    /// The fields of a body that is an object.
    pub(super) fn form_fields(
        &mut self,
        at: &Pointer,
        form: &'a MediaType,
        noun: &str,
    ) -> Vec<Parameter> {
        let Some(schema) = &form.schema else {
            self.unsupported(at, "a form body without a `schema`");
            return Vec::new();
        };
        let at = at.key("schema");
        let Some(found) = behind::schema(self.spec, &at, schema) else {
            return Vec::new(); // `load` has refused it.
        };
        let at = found.at;
        let view = seen(self.described(), &at, SchemaRef::Inline(found.item)).view;
        let object = match fields_of_form(view) {
            Ok(object) => object,
            Err(Untyped { keyword, what }) => {
                self.unsupported(&at.key(keyword), what);
                return Vec::new();
            }
        };
        let fields = object.properties.iter();
        fields
            .map(|(name, parts)| self.form_field(&object.required, noun, name, parts))
            .collect()
    }

    fn form_field(
        &mut self,
        required: &BTreeSet<&str>,
        noun: &str,
        name: &str,
        parts: &[Part<'a>],
    ) -> Parameter {
        let json = facts::written(parts);
        let at = parts.first().map_or_else(Pointer::root, |it| it.at.clone());
        let value = self.form_value(&at, parts, &format!("{noun}_{name}"));
        let json = if self.is_json_text(&value) {
            self.facts(&at, json)
        } else {
            BTreeMap::new()
        };
        let required = self.is_required(&at, required.contains(name), value.schema);
        let lowered = self.schema(value.schema);
        Parameter {
            wire_name: name.to_owned(),
            doc: lowered.doc.clone(),
            pii: lowered.pii,
            deprecated: lowered.deprecated,
            example: self.example(&value, required),
            declaration: at.clone(),
            at,
            location: Location::Form,
            required,
            value,
            media_type: None,
            delimiter: None,
            json,
        }
    }

    /// Lowers the value of a field of a form: what has parts is sent as JSON text.
    fn form_value(&mut self, at: &Pointer, parts: &[Part<'a>], context: &str) -> Use {
        if let [Part { schema, .. }] = parts
            && let SchemaRef::Inline(item) = *schema
            && let View::Object(object) = seen(self.described(), at, *schema).view
        {
            self.note_format(at, item);
            return self.add(
                json_text(self.vendor, at, item, object.bounds),
                item.schema_data.nullable,
            );
        }
        let value = self.value_of_all(at, parts, context);
        let value = self.sent_as_text(value);
        let is_list = self.is_list(&value);
        let is_structured = self.is_structured(&value);
        if is_list && (is_structured || self.is_json_text(&value)) {
            self.list_of_any(value)
        } else if is_structured {
            self.any_object(value)
        } else {
            value
        }
    }
}

/// What a form body describes, which must be an object.
fn fields_of_form(view: View<'_>) -> Result<ObjectView<'_>, Untyped> {
    match view {
        View::Object(object) => Ok(object),
        View::Untyped(untyped) => Err(untyped),
        View::Refined(_) => Err(Untyped::new(
            "allOf",
            "an `allOf` or a `$ref` with more beside it, as a form,",
        )),
        View::Union(_) => Err(Untyped::new("oneOf", "a form body of several kinds")),
        View::Any { .. } => Err(Untyped::new("type", "a form body without `properties`")),
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => {
            Err(Untyped::new("type", "a form body that is not an object"))
        }
    }
}
