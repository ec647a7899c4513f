//! Lowers forms, URL-encoded and multipart: what a form contains, and its fields as parameters.

use openapiv3::{Encoding as FieldEncoding, MediaType};

use super::Lowering;
use super::body_fault::BodyFault;
use super::content::Content;
use super::context::Context;
use super::format::is_binary;
use super::simplify;
use super::style::DeclaredStyle;
use super::view::{Additional, ObjectView, SchemaPart, SchemaRef, UnionView, View};
use crate::api::{
    Encoding, Layout, Location, OtherBody, Parameter, ParameterEncoding, Schema, Style, Type, Use,
};
use crate::media_type::is_sound;
use crate::pointer::Pointer;

/// What a form contains.
pub(super) enum FormView<'a> {
    /// Fields: those with names, and any others.
    Fields(Box<ObjectView<'a>>),
    /// The fields of one of several kinds: a union.
    Union(UnionView<'a>),
    /// A value without fields, such as a text or a list.
    Value,
    /// A file without the name of a field.
    File,
    /// Any number of files without names of fields.
    Files,
}

impl FormView<'_> {
    /// A form that may have any field.
    fn any_fields() -> Self {
        Self::Fields(ObjectView::any().into())
    }
}

impl<'a> Lowering<'a> {
    /// What a form with the media type at `at` contains, and the place of its schema. A schema that says nothing leaves
    /// the fields to callers. So does an object without properties if the body is `required`; others have no fields,
    /// because some document generators give every operation such a body. A schema that no type describes also leaves the
    /// fields to callers.
    pub(super) fn form_view(
        &mut self,
        at: &Pointer,
        form: &'a MediaType,
        required: bool,
    ) -> (Pointer, FormView<'a>) {
        let Some(schema) = &form.schema else {
            return (at.clone(), FormView::any_fields());
        };
        let schema = SchemaPart::new(at.key("schema"), SchemaRef::from(schema));
        let (at, view) = simplify::followed(self.described(), schema);
        let view = match view {
            View::Object(object) if required && says_nothing(&object) => FormView::any_fields(),
            View::Object(object) => FormView::Fields(object.into()),
            View::Any { .. } | View::Refined(_) => FormView::any_fields(),
            View::Union(union) => FormView::Union(union),
            view @ View::Scalar { .. } if is_bytes(&view) => FormView::File,
            View::Scalar { .. } | View::Enumeration { .. } => FormView::Value,
            View::Array { items, .. } => {
                match is_bytes(&simplify::resolved(self.described(), items)) {
                    true => FormView::Files,
                    false => FormView::Value,
                }
            }
            View::Untyped(untyped) => {
                self.untyped(&at, untyped);
                FormView::any_fields()
            }
        };
        (at, view)
    }

    /// A URL-encoded form: a parameter for each field, or else how it is sent as one value, or a body of several kinds.
    pub(super) fn form(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        required: bool,
        (owner, context): (&Context<'_>, &Context<'_>),
    ) -> (Vec<Parameter>, Option<Encoding>, Option<OtherBody>) {
        let form = content.media_type;
        let (place, view) = self.form_view(at, form, required);
        match view {
            FormView::Fields(object) => {
                let mut fields = self.form_fields(&object, form, owner, DeclaredStyle::of_field);
                fields.extend(self.other_fields(at, &object, owner));
                (fields, None, None)
            }
            view @ FormView::Union(_) => {
                match self.form_of_several_kinds(at, content, view, (required, context)) {
                    Some(several) => (Vec::new(), None, Some(several)),
                    None => self.encoded_form(&place, Encoding::Text),
                }
            }
            FormView::Value => self.encoded_form(&place, Encoding::Text),
            FormView::File | FormView::Files => self.encoded_form(&place, Encoding::Bytes),
        }
    }

    /// A form that callers encode.
    fn encoded_form(
        &mut self,
        at: &Pointer,
        encoding: Encoding,
    ) -> (Vec<Parameter>, Option<Encoding>, Option<OtherBody>) {
        self.report(at, BodyFault::EncodedForm);
        (Vec::new(), Some(encoding), None)
    }

    /// The fields of a form with an object schema. `style` returns how each one is serialized.
    pub(super) fn form_fields(
        &mut self,
        object: &ObjectView<'a>,
        form: &'a MediaType,
        owner: &Context<'_>,
        style: fn(&FieldEncoding) -> DeclaredStyle,
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
        let (map, writing) = self.written(&at, map, style);
        Some(self.rest(&at, Parameter::OTHERS, map, writing))
    }

    /// The parameter for values under names that the document does not list.
    pub(super) fn rest(
        &self,
        at: &Pointer,
        name: &str,
        value: Use,
        writing: ParameterEncoding,
    ) -> Parameter {
        let lowered = self.schema(value.schema);
        Parameter {
            wire_name: name.to_owned(),
            doc: lowered.doc.clone(),
            pii: lowered.pii,
            deprecated: false,
            example: None,
            declaration: at.clone(),
            at: at.clone(),
            location: Location::Form,
            required: false,
            part_required: false,
            value,
            media_type: None,
            writing,
            largest_page: None,
        }
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
        let default = match object.properties.is_empty() {
            true => "The fields, by name.",
            false => "Additional properties.",
        };
        let doc = held.doc.as_deref().unwrap_or(default);
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

/// Whether an object is described by its type alone.
fn says_nothing(object: &ObjectView<'_>) -> bool {
    object.properties.is_empty() && matches!(object.additional, Additional::Ignored)
}

fn is_bytes(view: &View<'_>) -> bool {
    match view {
        View::Scalar { bounds, .. } => is_binary(bounds.format.as_deref()),
        View::Enumeration { .. } | View::Object(_) | View::Array { .. } => false,
        View::Refined(_) | View::Union(_) | View::Any { .. } | View::Untyped(_) => false,
    }
}
