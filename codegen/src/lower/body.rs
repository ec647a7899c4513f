//! Lowers request bodies: forms, whose fields become parameters, and all others.

use openapiv3::{Encoding, MediaType, Operation as SpecOperation};

use super::Lowering;
use super::annotations::text;
use super::content::{Content, ContentKind};
use super::resolve;
use super::simplify;
use super::style::DeclaredStyle;
use super::view::{ObjectView, SchemaPart, SchemaRef, Untyped, View};
use crate::api::{Body, Location, Method, OtherBody, Parameter};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The fields of a form body, or else the body; and the alternative bodies.
    pub(super) fn request_body(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        noun: &str,
    ) -> (Vec<Parameter>, Option<Body>, Vec<OtherBody>) {
        let at = at.key("requestBody");
        let body = spec.request_body.as_ref();
        let found = body.and_then(|it| resolve::request_body(self.spec, &at, it));
        let Some(found) = found else {
            return (Vec::new(), None, Vec::new());
        };
        if !self.carries_body(&at, method, found.item) {
            return (Vec::new(), None, Vec::new());
        }
        let content = found.at.key("content");
        let Some(sent) = Content::sent(found.item) else {
            self.no_media_type(&content, "a request body", &found.item.content);
            return (Vec::new(), None, Vec::new());
        };
        let id = spec.operation_id.as_deref().unwrap_or(noun);
        let context = resolve::context(self.vendor, found.component, id, "body");
        let at = content.key(sent.name);
        let several = match sent.kind {
            ContentKind::Form => {
                self.form_of_several_kinds(&at, &sent, found.item.required, &context)
            }
            ContentKind::Json | ContentKind::Multipart | ContentKind::Text | ContentKind::Bytes => {
                None
            }
        };
        let (fields, body) = match (sent.kind, sent.encoding()) {
            (ContentKind::Form, _) if several.is_some() => (Vec::new(), None),
            (ContentKind::Form, _) => {
                let style = DeclaredStyle::of_field;
                (self.form_fields(&at, sent.media_type, noun, style), None)
            }
            (ContentKind::Multipart, _) => (self.parts(&at, sent.media_type, noun), None),
            (ContentKind::Json | ContentKind::Text | ContentKind::Bytes, Some(encoding)) => {
                let body = Body {
                    payload: self.payload(&at, encoding, sent.media_type, &context),
                    doc: text(found.item.description.as_deref()),
                    at,
                    required: found.item.required,
                };
                (Vec::new(), Some(body))
            }
            (ContentKind::Json | ContentKind::Text | ContentKind::Bytes, None) => {
                (Vec::new(), None)
            } // These always have an encoding.
        };
        let others = self.other_bodies(&content, found.item, &sent, &context);
        (fields, body, several.into_iter().chain(others).collect())
    }

    /// The fields of a form with an object schema. `style` returns how each one is serialized.
    pub(super) fn form_fields(
        &mut self,
        at: &Pointer,
        form: &'a MediaType,
        noun: &str,
        style: fn(&Encoding) -> DeclaredStyle,
    ) -> Vec<Parameter> {
        let Some(schema) = &form.schema else {
            self.unsupported(at, "a form body without a `schema`");
            return Vec::new();
        };
        let at = at.key("schema");
        let Some(found) = resolve::schema(self.spec, &at, schema) else {
            return Vec::new(); // Refused by `load`.
        };
        let at = found.at;
        let view = simplify::schema(self.described(), &at, SchemaRef::Inline(found.item)).view;
        let object = match fields_of_form(view) {
            Ok(object) => object,
            Err(Untyped { keyword, what }) => {
                self.unsupported(&at.key(keyword), what);
                return Vec::new();
            }
        };
        let fields = object.properties.iter();
        fields
            .map(|(name, parts)| {
                let style = form
                    .encoding
                    .get(*name)
                    .map_or(DeclaredStyle::Nothing, style);
                self.form_field(object.required.contains(name), noun, name, parts, style)
            })
            .collect()
    }

    fn form_field(
        &mut self,
        is_listed: bool,
        noun: &str,
        name: &str,
        parts: &[SchemaPart<'a>],
        style: DeclaredStyle,
    ) -> Parameter {
        let at = parts.first().map_or_else(Pointer::root, |it| it.at.clone());
        let value = self.value_of_all(&at, parts, &format!("{noun}_{name}"));
        let (value, writing) = self.written(&at, value, style);
        let required = self.is_required(&at, is_listed, value.schema);
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
            writing,
            largest_page: None,
        }
    }
}

/// The object that a form body describes.
fn fields_of_form(view: View<'_>) -> Result<ObjectView<'_>, Untyped> {
    match view {
        View::Object(object) => Ok(object),
        View::Untyped(untyped) => Err(untyped),
        View::Refined(_) => Err(Untyped::new(
            "allOf",
            "an `allOf` or a `$ref` with sibling keywords, as a form,",
        )),
        View::Union(_) => Err(Untyped::new("oneOf", "a form body of several kinds")),
        View::Any { .. } => Err(Untyped::new("type", "a form body without `properties`")),
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => {
            Err(Untyped::new("type", "a form body that is not an object"))
        }
    }
}
