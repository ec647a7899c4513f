//! Lowers request bodies: forms, whose fields become parameters, and all others.

use openapiv3::{Encoding, MediaType, Operation as SpecOperation};

use super::Lowering;
use super::annotations::text;
use super::content::{Content, ContentKind};
use super::context::Context;
use super::fault::LoweringFault;
use super::resolve;
use super::simplify;
use super::style::DeclaredStyle;
use super::view::{Additional, ObjectView, SchemaPart, SchemaRef, Untyped, View};
use crate::api::{Body, Layout, Location, Method, OtherBody, Parameter, Schema, Style, Type, Use};
use crate::media_type::{is_multipart, is_multipart_form, is_sound};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The fields of a form body, or else the body; the parts in the place of either; and the other alternative bodies.
    pub(super) fn request_body(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        (id, noun): (&str, &str),
        owner: &Context<'_>,
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
        let names = match &spec.operation_id {
            Some(_) => vec![id],
            None => vec![noun, id],
        };
        let names = names.into_iter();
        let names = names.map(|it| resolve::context(self.vendor, found.component, it, "body"));
        let names: Vec<String> = names.collect();
        let context = Context::Names(&names);
        let at = content.key(sent.name);
        let several = match sent.kind {
            ContentKind::Form => {
                self.form_of_several_kinds(&at, &sent, found.item.required, &context)
            }
            ContentKind::Json | ContentKind::Multipart | ContentKind::Text | ContentKind::Bytes => {
                None
            }
        };
        if sent.kind == ContentKind::Bytes && is_multipart(sent.name) {
            self.report(&at, LoweringFault::NoBoundary);
        }
        let (fields, body) = match (sent.kind, sent.encoding()) {
            (ContentKind::Form, _) if several.is_some() => (Vec::new(), None),
            (ContentKind::Form, _) => (self.form(&at, sent.media_type, owner), None),
            (ContentKind::Multipart, _) => (self.parts(&at, sent.media_type, owner), None),
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
        let has_parts = found.item.content.keys().any(|it| is_multipart_form(it));
        if let Some(body) = body.as_ref().filter(|_| !has_parts) {
            self.warn_of_files(&body.payload);
        }
        let (others, parts) = self.other_bodies(&content, found.item, &sent, &context);
        let fields = fields.into_iter().chain(parts).collect();
        (fields, body, several.into_iter().chain(others).collect())
    }

    /// The fields of a URL-encoded form, and last those of any other name.
    fn form(&mut self, at: &Pointer, form: &'a MediaType, owner: &Context<'_>) -> Vec<Parameter> {
        let Some(object) = self.form_object(at, form) else {
            return Vec::new();
        };
        let mut fields = self.form_fields(&object, form, owner, DeclaredStyle::of_field);
        fields.extend(self.other_fields(at, &object, owner));
        fields
    }

    /// The object that a form describes. Reports a form that is none.
    pub(super) fn form_object(
        &mut self,
        at: &Pointer,
        form: &'a MediaType,
    ) -> Option<ObjectView<'a>> {
        let Some(schema) = &form.schema else {
            self.unsupported(at, "a form body without a `schema`");
            return None;
        };
        let found = resolve::schema(self.spec, &at.key("schema"), schema)?; // Else refused by `load`.
        let at = found.at;
        let mut view = simplify::schema(self.described(), &at, SchemaRef::Inline(found.item)).view;
        if let View::Refined(part) = view {
            view = simplify::resolved(self.described(), vec![part]);
        }
        match fields_of_form(view) {
            Ok(object) => Some(object),
            Err(Untyped { keyword, what }) => {
                self.unsupported(&at.key(keyword), what);
                None
            }
        }
    }

    /// The fields of a form with an object schema. `style` returns how each one is serialized.
    pub(super) fn form_fields(
        &mut self,
        object: &ObjectView<'a>,
        form: &'a MediaType,
        owner: &Context<'_>,
        style: fn(&Encoding) -> DeclaredStyle,
    ) -> Vec<Parameter> {
        let fields = object.properties.iter();
        fields
            .map(|(name, parts)| {
                let encoding = form.encoding.get(*name);
                let style = encoding.map_or(DeclaredStyle::Nothing, style);
                let media_type = encoding.and_then(|it| it.content_type.as_deref());
                let is_listed = object.required.contains(name);
                self.form_field(is_listed, owner, name, parts, (style, media_type))
            })
            .collect()
    }

    /// The additional properties of a form: a map whose members are fields.
    fn other_fields(
        &mut self,
        at: &Pointer,
        object: &ObjectView<'a>,
        owner: &Context<'_>,
    ) -> Option<Parameter> {
        let style = DeclaredStyle::Style(Style::of(Layout::Exploded));
        let (at, map) = self.other_values(at, object, owner)?;
        let doc = self.schema(map.schema).doc.clone();
        let pii = self.schema(map.schema).pii;
        let (value, writing) = self.written(&at, map, style);
        Some(Parameter {
            wire_name: Parameter::OTHERS.to_owned(),
            doc,
            pii,
            deprecated: false,
            example: None,
            declaration: at.clone(),
            at,
            location: Location::Form,
            required: false,
            part_required: false,
            value,
            media_type: None,
            writing,
            largest_page: None,
        })
    }

    /// The additional properties of a form as a map, and their place.
    pub(super) fn other_values(
        &mut self,
        at: &Pointer,
        object: &ObjectView<'a>,
        owner: &Context<'_>,
    ) -> Option<(Pointer, Use)> {
        let (at, item) = match &object.additional {
            Additional::Typed(part) => {
                let item = self.value(&part.at, part.schema, &owner.part("field"));
                (part.at.clone(), item)
            }
            Additional::Any => (at.key("schema"), self.any(at)),
            Additional::Ignored | Additional::Forbidden => return None,
        };
        let held = self.schema(item.schema);
        let doc = held.doc.as_deref().unwrap_or("Additional properties.");
        let map = Schema {
            doc: Some(doc.to_owned()),
            pii: held.pii,
            ..Schema::of(Type::Map(item), &at)
        };
        let map = self.add(map, false);
        Some((at, map))
    }

    fn form_field(
        &mut self,
        is_listed: bool,
        owner: &Context<'_>,
        name: &str,
        parts: &[SchemaPart<'a>],
        (style, media_type): (DeclaredStyle, Option<&str>),
    ) -> Parameter {
        let at = parts.first().map_or_else(Pointer::root, |it| it.at.clone());
        let value = self.value_of_all(&at, parts, &owner.part(name));
        let is_text = matches!(style, DeclaredStyle::Text | DeclaredStyle::EachText);
        let is_text_of_structure = is_text && !self.is_texts(&value);
        let (value, writing) = self.written(&at, value, style);
        let required = self.is_required(&at, is_listed, value.schema);
        let lowered = self.schema(value.schema);
        let media_type = media_type.filter(|it| is_text_of_structure && is_sound(it));
        let text = media_type.map(|it| format!("Text of the media type `{it}`."));
        let doc: Vec<String> = lowered.doc.iter().cloned().chain(text).collect();
        Parameter {
            wire_name: name.to_owned(),
            doc: (!doc.is_empty()).then(|| doc.join("\n\n")),
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
            part_required: false,
            largest_page: None,
        }
    }
}

/// The object that a form body describes.
fn fields_of_form(view: View<'_>) -> Result<ObjectView<'_>, Untyped> {
    match view {
        View::Object(object) => Ok(object),
        View::Untyped(untyped) => Err(untyped),
        View::Refined(_) | View::Union(_) => {
            Err(Untyped::new("oneOf", "a form body of several kinds"))
        }
        View::Any { .. } => Err(Untyped::new("type", "a form body without `properties`")),
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => {
            Err(Untyped::new("type", "a form body that is not an object"))
        }
    }
}
