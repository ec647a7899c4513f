//! Lowers request bodies: forms, whose fields become parameters, and all others.

use openapiv3::Operation as SpecOperation;

use super::Lowering;
use super::annotations::text;
use super::body_fault::BodyFault;
use super::content::{Content, ContentKind};
use super::context::Context;
use super::resolve;
use crate::api::{Body, Method, OtherBody, Parameter};
use crate::media_type::{is_multipart, is_multipart_form};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The fields of a form body, or else the body; the parts in the place of either; and the other alternative bodies.
    pub(super) fn request_body(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        (own, noun): (&[String], &str),
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
            Some(_) => None,
            None => Some(noun),
        };
        let names = names.into_iter().chain(own.iter().map(String::as_str));
        let names = names.map(|it| resolve::context(self.vendor, found.component, it, "body"));
        let names: Vec<String> = names.collect();
        let context = Context::Names(&names);
        let at = content.key(sent.name);
        if sent.kind == ContentKind::Bytes && is_multipart(sent.name) {
            self.report(&at, BodyFault::NoBoundary);
        }
        let required = found.item.required;
        let (fields, encoding, several) = match sent.kind {
            ContentKind::Form => self.form(&at, &sent, required, (owner, &context)),
            ContentKind::Multipart => (self.parts(&at, &sent, required, owner), None, None),
            ContentKind::Json | ContentKind::Text | ContentKind::Bytes => {
                (Vec::new(), sent.encoding(), None)
            }
        };
        let body = encoding.map(|encoding| Body {
            payload: self.payload(&at, encoding, sent.media_type, &context),
            doc: text(found.item.description.as_deref()),
            at,
            required,
        });
        let has_parts = found.item.content.keys().any(|it| is_multipart_form(it));
        if let Some(body) = body.as_ref().filter(|_| !has_parts) {
            self.warn_of_files(&body.payload);
        }
        let (others, parts) = self.other_bodies(&content, found.item, &sent, &context);
        let fields = fields.into_iter().chain(parts).collect();
        (fields, body, several.into_iter().chain(others).collect())
    }
}
