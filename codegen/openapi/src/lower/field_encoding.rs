//! Determines how the fields of a form are serialized that is a value of one type, not a parameter for each field.
//!
//! Such a form may share its type with a JSON body, so the encodings belong to the body and not to the type: the runtime
//! gets them next to the value.

use std::collections::BTreeSet;

use openapiv3::MediaType;

use super::Lowering;
use super::form::FormView;
use super::simplify;
use super::style::DeclaredStyle;
use super::view::{SchemaPart, View};
use crate::api::{BodyEncoding, FieldEncoding, FormField, Layout, Style, TypeId, Use};

/// How a field is serialized, as far as the document says.
enum DeclaredEncoding {
    /// As usual.
    Usual,
    /// In another way.
    Other(FieldEncoding),
    /// In a media type that the client does not write.
    Unknown,
}

impl<'a> Lowering<'a> {
    /// The fields of a form with this view that are not serialized as usual. `None` if the form is not an object or one of
    /// several, or if the client cannot write a field.
    pub(super) fn encoded_fields(
        &self,
        view: FormView<'a>,
        form: &'a MediaType,
    ) -> Option<Vec<FormField>> {
        let mut fields: Vec<FormField> = Vec::new();
        for (name, parts) in self.properties(view, form)? {
            let Some(encoding) = form.encoding.get(name) else {
                continue;
            };
            match self.declared_encoding(DeclaredStyle::of_field(encoding), parts) {
                DeclaredEncoding::Usual => {}
                DeclaredEncoding::Unknown => return None,
                DeclaredEncoding::Other(_) if fields.iter().any(|it| it.wire_name == name) => {}
                DeclaredEncoding::Other(encoding) => fields.push(FormField {
                    wire_name: name.to_owned(),
                    encoding,
                }),
            }
        }
        Some(fields)
    }

    /// The properties of an object, or of all that a value may be. `None` if they are not known: that of unions in unions
    /// only matter if the form has encodings.
    fn properties(
        &self,
        view: FormView<'a>,
        form: &MediaType,
    ) -> Option<Vec<(&'a str, Vec<SchemaPart<'a>>)>> {
        let mut properties = Vec::new();
        match view {
            FormView::Fields(object) => properties.extend(object.properties),
            FormView::Union(_) if form.encoding.is_empty() => {}
            FormView::Union(union) => {
                for variant in union.variants {
                    match simplify::resolved(self.described(), variant) {
                        View::Object(object) => properties.extend(object.properties),
                        View::Union(_) | View::Refined(_) | View::Untyped(_) => return None,
                        View::Scalar { .. } | View::Enumeration { .. } => return None,
                        View::Array { .. } | View::Any { .. } => return None,
                    }
                }
            }
            FormView::Value | FormView::File | FormView::Files => return None,
        }
        Some(properties)
    }

    fn declared_encoding(
        &self,
        declared: DeclaredStyle,
        parts: Vec<SchemaPart<'a>>,
    ) -> DeclaredEncoding {
        let view = simplify::resolved(self.described(), parts);
        match (declared, view) {
            (DeclaredStyle::Nothing, _) | (DeclaredStyle::Json, View::Object(_)) => {
                DeclaredEncoding::Usual
            }
            (DeclaredStyle::Json, _) => DeclaredEncoding::Other(FieldEncoding::Json),
            (DeclaredStyle::Text | DeclaredStyle::EachText, view)
                if self.is_text_or_texts(&view) =>
            {
                DeclaredEncoding::Usual
            }
            (DeclaredStyle::Text | DeclaredStyle::EachText, _) => DeclaredEncoding::Unknown,
            (DeclaredStyle::Style(style), view)
                if style == Style::of(Layout::Exploded) && self.is_text_or_texts(&view) =>
            {
                DeclaredEncoding::Usual
            }
            (DeclaredStyle::Style(style), view) if is_text(&view) && !style.keeps_reserved => {
                DeclaredEncoding::Usual
            }
            (DeclaredStyle::Style(style), _) => {
                DeclaredEncoding::Other(FieldEncoding::Styled(style))
            }
        }
    }

    /// Notes the fields of a form whose style OpenAPI does not define.
    pub(super) fn note_undefined_fields(&mut self, form: &Use, encoding: &BodyEncoding) {
        let encoded = match encoding {
            BodyEncoding::Form(fields) => fields.as_slice(),
            BodyEncoding::Json | BodyEncoding::Text | BodyEncoding::Bytes => return,
        };
        let named = self.ty(form).named();
        let mut open: Vec<TypeId> = named.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let shape = &self.types[id.0].shape;
            let variants = shape.variants().iter();
            open.extend(variants.filter_map(|it| self.ty(&it.value).named()));
            let values = shape.fields().iter().filter_map(|field| {
                let encoded = encoded.iter().find(|it| it.wire_name == field.wire_name)?;
                match encoded.encoding {
                    FieldEncoding::Styled(style) => Some((field.value.clone(), style.layout)),
                    FieldEncoding::Json => None,
                }
            });
            let values: Vec<(Use, Layout)> = values.collect();
            for (value, layout) in values {
                self.note_undefined(&value.at.clone(), &value, layout);
            }
        }
    }

    /// Whether a value is a single text in a form, or a list of them.
    fn is_text_or_texts(&self, view: &View<'a>) -> bool {
        match view {
            View::Array { items, .. } => {
                is_text(&simplify::resolved(self.described(), items.clone()))
            }
            View::Scalar { .. } | View::Enumeration { .. } => true,
            View::Object(_) | View::Refined(_) | View::Union(_) => false,
            View::Any { .. } | View::Untyped(_) => false,
        }
    }
}

/// Whether a value is a single text in a form.
fn is_text(view: &View<'_>) -> bool {
    matches!(view, View::Scalar { .. } | View::Enumeration { .. })
}
