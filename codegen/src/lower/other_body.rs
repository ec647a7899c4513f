//! Lowers alternative bodies: those of other media types than the usual one.

use openapiv3::{Encoding as SpecEncoding, RequestBody};

use super::Lowering;
use super::content::{Content, ContentKind};
use super::resolve;
use super::simplify;
use super::style::DeclaredStyle;
use super::view::{SchemaPart, SchemaRef, View};
use crate::api::{BodyEncoding, Encoding, Layout, OtherBody, Parameter, Style};
use crate::media_type::{are_same, is_json, is_multipart, is_multipart_form};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The alternative bodies that callers may send, one for each media type, and the parts of the first that has parts.
    /// Those without a setter are noted, such as forms with field encodings.
    pub(super) fn other_bodies(
        &mut self,
        at: &Pointer,
        body: &'a RequestBody,
        sent: &Content<'a>,
        context: &str,
    ) -> (Vec<OtherBody>, Vec<Parameter>) {
        let mut bodies: Vec<OtherBody> = Vec::new();
        let mut parts = Vec::new();
        let mut unused = Vec::new();
        for content in Content::all_sent(body) {
            let media_type = content.media_type();
            let is_known = are_same(media_type, sent.media_type())
                || bodies.iter().any(|it| are_same(media_type, &it.media_type));
            if content.name == sent.name || is_known {
                continue;
            }
            let at = at.key(content.name);
            // The runtime sends parts in place of the usual body as a form.
            let is_form = is_multipart_form(media_type);
            if content.kind == ContentKind::Multipart && is_form && parts.is_empty() {
                parts = self.parts_in_place(&at, &content, context);
                unused.extend(parts.is_empty().then_some(content.name));
                continue;
            }
            match self.other_body(&at, &content, context) {
                Some(body) => bodies.push(body),
                None => unused.push(content.name),
            }
        }
        self.note_unused(at, sent.name, &unused);
        (bodies, parts)
    }

    /// The parts of an alternative body, if it is an object.
    fn parts_in_place(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        context: &str,
    ) -> Vec<Parameter> {
        match self.view_of_form(content) {
            Some(View::Object(_)) => self.other_parts(at, content.media_type, context),
            Some(_) | None => Vec::new(),
        }
    }

    fn other_body(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        context: &str,
    ) -> Option<OtherBody> {
        let media_type = content.media_type();
        let (writing, encoding) = match content.kind {
            ContentKind::Json => (BodyEncoding::Json, Encoding::Json),
            ContentKind::Form => (BodyEncoding::Form, Encoding::Json),
            ContentKind::Text => (BodyEncoding::Text, Encoding::Text),
            ContentKind::Bytes if is_multipart(media_type) => return None, // It has no boundary.
            ContentKind::Bytes => (BodyEncoding::Bytes, Encoding::Bytes),
            ContentKind::Multipart => return None,
        };
        if content.kind == ContentKind::Form && !self.is_plain_form(content) {
            return None;
        }
        let kind = if is_json(media_type) { "json" } else { "form" };
        let context = format!("{context}_{kind}");
        let payload = self.payload(at, encoding, content.media_type, &context);
        Some(OtherBody {
            at: at.clone(),
            media_type: media_type.to_owned(),
            required: false,
            writing,
            value: payload.value,
        })
    }

    /// A form with one of several object schemas: it is a single value, not a parameter for each field. One with field
    /// encodings is not supported.
    pub(super) fn form_of_several_kinds(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        required: bool,
        context: &str,
    ) -> Option<OtherBody> {
        let schema = content.media_type.schema.as_ref()?;
        let found = resolve::schema(self.spec, &at.key("schema"), schema)?;
        let view =
            simplify::schema(self.described(), &found.at, SchemaRef::Inline(found.item)).view;
        if !matches!(view, View::Union(_)) || !content.media_type.encoding.is_empty() {
            return None;
        }
        let payload = self.payload(at, Encoding::Json, content.media_type, context);
        Some(OtherBody {
            at: at.clone(),
            media_type: content.media_type().to_owned(),
            required,
            writing: BodyEncoding::Form,
            value: payload.value,
        })
    }

    /// Whether a form is an object, or one of several. Field encodings are not supported, unless they have no effect.
    fn is_plain_form(&self, content: &Content<'a>) -> bool {
        let encodings = &content.media_type.encoding;
        match self.view_of_form(content) {
            Some(View::Object(object)) => object.properties.iter().all(|(name, parts)| {
                let encoding = encodings.get(*name);
                encoding.is_none_or(|it| self.is_usual_encoding(it, parts))
            }),
            Some(View::Union(_)) => encodings.is_empty(),
            Some(_) | None => false,
        }
    }

    /// Whether a form field is sent the same way without its encoding.
    fn is_usual_encoding(&self, encoding: &SpecEncoding, parts: &[SchemaPart<'a>]) -> bool {
        let view = simplify::resolved(self.described(), parts.to_vec());
        let plain = Style::of(Layout::Exploded);
        match (DeclaredStyle::of_field(encoding), view) {
            (DeclaredStyle::Nothing, _) | (DeclaredStyle::Json, View::Object(_)) => true,
            (DeclaredStyle::Style(style), View::Array { items, .. }) => {
                let item = simplify::resolved(self.described(), items);
                style == plain && is_text(&item)
            }
            (DeclaredStyle::Style(style), view) => !style.keeps_reserved && is_text(&view),
            (DeclaredStyle::Text, view) => is_text(&view),
            (DeclaredStyle::Json, _) => false,
        }
    }

    fn view_of_form(&self, content: &Content<'a>) -> Option<View<'a>> {
        let schema = content.media_type.schema.as_ref()?;
        let found = resolve::schema(self.spec, &Pointer::root(), schema)?;
        let schema = SchemaRef::Inline(found.item);
        Some(simplify::schema(self.described(), &found.at, schema).view)
    }
}

/// Whether a value is a single text in a form.
fn is_text(view: &View<'_>) -> bool {
    matches!(view, View::Scalar { .. } | View::Enumeration { .. })
}
