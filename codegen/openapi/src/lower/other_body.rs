//! Lowers alternative bodies: those of other media types than the usual one.

use openapiv3::RequestBody;

use super::Lowering;
use super::content::{Content, ContentKind};
use super::context::Context;
use super::form::FormView;
use crate::api::{BodyEncoding, Encoding, OtherBody, Parameter};
use crate::media_type::{are_same, is_json, is_multipart, is_multipart_form};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The alternative bodies that callers may send, one for each media type, and the parts of the first that has parts.
    /// Those without a setter are noted, such as forms with XML in a field.
    pub(super) fn other_bodies(
        &mut self,
        at: &Pointer,
        body: &'a RequestBody,
        sent: &Content<'a>,
        context: &Context<'_>,
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
        context: &Context<'_>,
    ) -> Vec<Parameter> {
        match self.form_view(at, content.media_type, false).1 {
            FormView::Fields(object) => self.other_parts(at, content.media_type, &object, context),
            FormView::Union(_) | FormView::Value => Vec::new(),
            FormView::File | FormView::Files => Vec::new(),
        }
    }

    fn other_body(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        context: &Context<'_>,
    ) -> Option<OtherBody> {
        let media_type = content.media_type();
        let (writing, encoding) = match content.kind {
            ContentKind::Json => (BodyEncoding::Json, Encoding::Json),
            ContentKind::Form => match self.form_view(at, content.media_type, false).1 {
                FormView::Value => (BodyEncoding::Text, Encoding::Text),
                FormView::File | FormView::Files => (BodyEncoding::Bytes, Encoding::Bytes),
                view @ (FormView::Fields(_) | FormView::Union(_)) => {
                    let fields = self.encoded_fields(view, content.media_type)?;
                    (BodyEncoding::Form(fields), Encoding::Json)
                }
            },
            ContentKind::Text => (BodyEncoding::Text, Encoding::Text),
            ContentKind::Bytes if is_multipart(media_type) => return None, // It has no boundary.
            ContentKind::Bytes => (BodyEncoding::Bytes, Encoding::Bytes),
            ContentKind::Multipart => return None,
        };
        let kind = if is_json(media_type) { "json" } else { "form" };
        let context = context.part(kind);
        Some(self.whole_body(at, content, (writing, encoding), (false, &context)))
    }

    /// A form with one of several object schemas: it is a single value, not a parameter for each field.
    pub(super) fn form_of_several_kinds(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        view: FormView<'a>,
        (required, context): (bool, &Context<'_>),
    ) -> Option<OtherBody> {
        let writing = BodyEncoding::Form(self.encoded_fields(view, content.media_type)?);
        let encodings = (writing, Encoding::Json);
        Some(self.whole_body(at, content, encodings, (required, context)))
    }

    /// A body that is a single value.
    fn whole_body(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        (writing, encoding): (BodyEncoding, Encoding),
        (required, context): (bool, &Context<'_>),
    ) -> OtherBody {
        let payload = self.payload(at, encoding, content.media_type, context);
        self.note_undefined_fields(&payload.value, &writing);
        OtherBody {
            at: at.clone(),
            media_type: content.media_type().to_owned(),
            required,
            writing,
            value: payload.value,
        }
    }
}
