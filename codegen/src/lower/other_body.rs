//! Lowers alternative bodies: those of other media types than the usual one.

use openapiv3::RequestBody;

use super::Lowering;
use super::content::{Content, ContentKind};
use super::resolve;
use super::simplify::{self, resolved};
use super::view::{Additional, SchemaPart, SchemaRef, View};
use crate::api::{BodyWriting, Encoding, OtherBody};
use crate::media_type::{are_same, is_json};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The alternative bodies that callers may send, one for each media type. Those without a setter are noted:
    /// multipart bodies, and forms with field encodings or nested objects.
    pub(super) fn other_bodies(
        &mut self,
        at: &Pointer,
        body: &'a RequestBody,
        sent: &Content<'a>,
        context: &str,
    ) -> Vec<OtherBody> {
        let mut bodies: Vec<OtherBody> = Vec::new();
        let mut unused = Vec::new();
        for content in Content::all_sent(body) {
            let media_type = content.media_type();
            let is_known = are_same(media_type, sent.media_type())
                || bodies.iter().any(|it| are_same(media_type, &it.media_type));
            if content.name == sent.name || is_known {
                continue;
            }
            match self.other_body(&at.key(content.name), &content, context) {
                Some(body) => bodies.push(body),
                None => unused.push(content.name),
            }
        }
        self.note_unused(at, sent.name, &unused);
        bodies
    }

    fn other_body(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        context: &str,
    ) -> Option<OtherBody> {
        let media_type = content.media_type();
        let (writing, encoding) = match content.kind {
            ContentKind::Json => (BodyWriting::Json, Encoding::Json),
            ContentKind::Form => (BodyWriting::Form, Encoding::Json),
            ContentKind::Text => (BodyWriting::Text, Encoding::Text),
            ContentKind::Bytes => (BodyWriting::Bytes, Encoding::Bytes),
            ContentKind::Multipart => return None,
        };
        let is_form = content.kind == ContentKind::Form;
        if is_form && !(content.media_type.encoding.is_empty() && self.is_flat(content)) {
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
            writing: BodyWriting::Form,
            value: payload.value,
        })
    }

    /// Whether a form has only strings and lists of strings, which can be written in one way only.
    fn is_flat(&self, content: &Content<'a>) -> bool {
        let schema = content.media_type.schema.as_ref();
        let found = schema.and_then(|it| resolve::schema(self.spec, &Pointer::root(), it));
        let view = found
            .map(|it| simplify::schema(self.described(), &it.at, SchemaRef::Inline(it.item)).view);
        let Some(View::Object(object)) = view else {
            return false;
        };
        let is_closed = match object.additional {
            Additional::Ignored | Additional::Forbidden => true,
            Additional::Any | Additional::Typed(_) => false,
        };
        let mut properties = object.properties.values();
        is_closed && properties.all(|it| self.is_text_or_list(it.clone()))
    }

    fn is_text_or_list(&self, parts: Vec<SchemaPart<'a>>) -> bool {
        match resolved(self.described(), parts) {
            View::Scalar { .. } | View::Enumeration { .. } => true,
            View::Array { items, .. } => match resolved(self.described(), items) {
                View::Scalar { .. } | View::Enumeration { .. } => true,
                View::Array { .. } | View::Object(_) | View::Union(_) => false,
                View::Any { .. } | View::Refined(_) | View::Untyped(_) => false,
            },
            View::Object(_) | View::Union(_) | View::Any { .. } => false,
            View::Refined(_) | View::Untyped(_) => false,
        }
    }
}
