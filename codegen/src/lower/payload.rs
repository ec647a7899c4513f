//! Lowers bodies that are not forms: JSON, text or bytes.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody, Schema as SpecSchema};

use super::Lowering;
use super::annotations::annotations_of;
use super::content;
use super::fault::LoweringFault;
use crate::api::{Bounds, Encoding, Method, Payload, Scalar, Schema, Type, Use};
use crate::load;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The contents of a body with the media type at `at`.
    pub(super) fn payload(
        &mut self,
        at: &Pointer,
        encoding: Encoding,
        media_type: &'a MediaType,
        context: &str,
    ) -> Payload {
        let schema = media_type.schema.as_ref();
        let value = match (encoding, schema) {
            (Encoding::Json, Some(schema)) => self.value_once(&at.key("schema"), schema, context),
            (Encoding::Json, None) => self.add(Schema::of(Type::Any, at), false), // Like an empty schema.
            (Encoding::Text | Encoding::Bytes, schema) => self.uninterpreted(at, schema),
        };
        Payload { encoding, value }
    }

    /// The value of a body that is not decoded. Annotations of its schema are kept; types inside of it are not part of
    /// the crate.
    fn uninterpreted(&mut self, at: &Pointer, schema: Option<&'a ReferenceOr<SpecSchema>>) -> Use {
        let plain = Schema::of(Type::Scalar(Scalar::String), at);
        let Some(ReferenceOr::Item(schema)) = schema else {
            return self.add(plain, false);
        };
        let text = load::keywords(schema);
        if text.typ.as_deref() != Some("string") {
            return self.add(plain, false);
        }
        let bounds = Bounds {
            min_length: text.min_length,
            max_length: text.max_length,
            pattern: text.pattern.clone(),
            ..Bounds::default()
        };
        let lowered = Schema {
            ty: plain.ty,
            bounds: bounds.into(),
            ..annotations_of(self.vendor, &at.key("schema"), schema)
        };
        self.add(lowered, false)
    }

    /// Refuses a body whose media types are all invalid. A body without media types has unknown contents.
    pub(super) fn no_media_type(
        &mut self,
        at: &Pointer,
        what: &str,
        content: &IndexMap<String, MediaType>,
    ) {
        if !content.is_empty() {
            let names: Vec<&str> = content.keys().map(String::as_str).collect();
            self.unsupported(at, format!("{what} of `{}`", names.join("`, `")));
        }
    }

    /// Notes that the client only uses the media type `used`, once for each set of others.
    pub(super) fn note_unused(&mut self, at: &Pointer, used: &str, unused: &[&str]) {
        if unused.is_empty() {
            return;
        }
        let unused = unused.join("`, `");
        if self
            .unused_media_types
            .insert((used.to_owned(), unused.clone()))
        {
            let used = used.to_owned();
            self.report(at, LoweringFault::UnusedMediaTypes { used, unused });
        }
    }

    /// Whether a request with this method is sent with its body; reports the unusual cases. A form without fields,
    /// which some document generators give every operation, is dropped silently.
    pub(super) fn carries_body(
        &mut self,
        at: &Pointer,
        method: Method,
        body: &RequestBody,
    ) -> bool {
        let is_sent = content::carries_body(method);
        if !body.required && content::is_form_without_fields(body) {
            return is_sent;
        }
        match method {
            Method::Get | Method::Head | Method::Trace => {
                self.report(at, LoweringFault::BodyLeftOut { method });
            }
            Method::Delete => self.report(at, LoweringFault::UnusualBody { method }),
            Method::Post | Method::Put | Method::Patch | Method::Options => {}
        }
        is_sent
    }
}
