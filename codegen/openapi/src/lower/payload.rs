//! Lowers bodies that are not forms: JSON, text or bytes.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody, Schema as SpecSchema};

use super::annotations::annotations_of;
use super::context::Context;
use super::fault::LoweringFault;
use super::restriction::type_of;
use super::view::{SchemaPart, SchemaRef, View};
use super::{Lowering, content, resolve, simplify};
use crate::api::{Bounds, Encoding, Method, Payload, Scalar, Schema, Type, Use};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The contents of a body with the media type at `at`.
    pub(super) fn payload(
        &mut self,
        at: &Pointer,
        encoding: Encoding,
        media_type: &'a MediaType,
        context: &Context<'_>,
    ) -> Payload {
        let schema = media_type.schema.as_ref();
        let value = match (encoding, schema) {
            (Encoding::Json, Some(schema)) => self.value_once(&at.key("schema"), schema, context),
            (Encoding::Json, None) => self.add(Schema::of(Type::Any, at), false), // Like an empty schema.
            (Encoding::Text | Encoding::Bytes, schema) => self.uninterpreted(at, schema),
        };
        Payload {
            encoding,
            value,
            item: None,
        }
    }

    /// Contents that nothing is known about.
    pub(super) fn bytes(&mut self, at: &Pointer) -> Payload {
        Payload {
            encoding: Encoding::Bytes,
            value: self.uninterpreted(at, None),
            item: None,
        }
    }

    /// The value of a body that is not decoded. Annotations and limits of its schema are kept; types inside of it are not
    /// part of the crate.
    fn uninterpreted(&mut self, at: &Pointer, schema: Option<&'a ReferenceOr<SpecSchema>>) -> Use {
        let ty = Type::Scalar(Scalar::String);
        let place = at.key("schema");
        let Some(found) = schema.and_then(|it| resolve::schema(self.spec, &place, it)) else {
            return self.add(Schema::of(ty, at), false);
        };
        let parts = vec![SchemaPart::new(found.at, SchemaRef::Inline(found.item))];
        let lowered = Schema {
            ty,
            bounds: text_bounds(simplify::resolved(self.described(), parts)).into(),
            ..annotations_of(self.vendor, &place, found.item)
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

/// The limits of text or bytes with this schema. Text of a number or a boolean is restricted by that type, too.
fn text_bounds(view: View<'_>) -> Bounds {
    let typ = type_of(&view).filter(|it| ["boolean", "integer", "number"].contains(it));
    let bounds = match view {
        View::Scalar { bounds, .. } | View::Any { bounds } => bounds,
        View::Enumeration { values, bounds } => {
            let values = values.into_iter().map(|it| it.text.into());
            Bounds {
                values: values.collect(),
                ..bounds
            }
        }
        // How text expresses the parts of a value is up to the media type.
        View::Object(_) | View::Array { .. } | View::Union(_) => Bounds::default(),
        View::Refined(_) | View::Untyped(_) => Bounds::default(),
    };
    let is_binary = bounds.format.as_deref() == Some("binary"); // Any bytes.
    let condition = typ.map(|it| ("type".to_owned(), it.into()));
    Bounds {
        format: bounds.format.clone().filter(|_| !is_binary),
        conditions: bounds
            .conditions
            .clone()
            .into_iter()
            .chain(condition)
            .collect(),
        ..bounds
    }
}
