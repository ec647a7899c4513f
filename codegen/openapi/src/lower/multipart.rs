//! Lowers multipart bodies (RFC 7578): each property is a part, sent as a file, text or JSON.

use openapiv3::MediaType;

use super::body_fault::BodyFault;
use super::content::Content;
use super::context::Context;
use super::form::FormView;
use super::style::DeclaredStyle;
use super::view::{ObjectView, SchemaPart, View};
use super::{Lowering, simplify};
use crate::api::{
    Bounds, Encoding, Json, Location, Parameter, ParameterEncoding, PartForm, Payload, Scalar,
    Schema, Type, Use, Variant,
};
use crate::media_type::{JSON, is_json, is_range, is_sound, is_text};
use crate::pointer::Pointer;

/// The format of a string that contains bytes (OpenAPI 3.0.3, Data Types).
const BINARY: &str = "binary";

impl<'a> Lowering<'a> {
    /// The parts of a body with the media type at `at`. The schema determines the form of each; `encoding` may override
    /// its media type (OpenAPI 3.0.3, Encoding Object).
    pub(super) fn parts(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        required: bool,
        owner: &Context<'_>,
    ) -> Vec<Parameter> {
        let body = content.media_type;
        let (place, view) = self.form_view(at, body, required);
        let object = match view {
            FormView::Fields(object) => object,
            FormView::File | FormView::Files => {
                self.report(&place, BodyFault::UnnamedPart);
                return vec![self.other_files(&place)];
            }
            FormView::Value => {
                self.report(&place, BodyFault::UnnamedPart);
                ObjectView::any().into()
            }
            FormView::Union(union) => {
                self.report(&place, BodyFault::PartsOfSeveralKinds);
                self.parts_of_all_kinds(union).into()
            }
        };
        self.parts_of(at, body, &object, owner)
    }

    /// The parts of a body that is an object.
    fn parts_of(
        &mut self,
        at: &Pointer,
        body: &'a MediaType,
        object: &ObjectView<'a>,
        owner: &Context<'_>,
    ) -> Vec<Parameter> {
        self.report_part_headers(at, body);
        let fields = self.form_fields(object, body, owner, DeclaredStyle::of_part);
        let parts = fields.into_iter().map(|it| {
            let schemas = object.properties.get(it.wire_name.as_str());
            let is_described = schemas.is_none_or(|it| self.is_described(it));
            self.part(body, it, is_described)
        });
        let mut parts: Vec<Parameter> = parts.collect();
        parts.extend(self.rest_of_parts(at, object, owner));
        parts
    }

    /// Reports the headers of parts, except those that every part has.
    fn report_part_headers(&mut self, at: &Pointer, body: &MediaType) {
        for (part, encoding) in &body.encoding {
            let at = at.key("encoding").key(part).key("headers");
            for name in encoding.headers.keys() {
                let sent = ["content-disposition", "content-type"];
                if !sent.iter().any(|it| name.eq_ignore_ascii_case(it)) {
                    let fault = BodyFault::PartHeader { name: name.clone() };
                    self.report(&at.key(name), fault);
                }
            }
        }
    }

    /// The additional properties of a multipart body: a map whose members are parts, sent as text or JSON, and files. Both,
    /// if they may be anything.
    fn rest_of_parts(
        &mut self,
        at: &Pointer,
        object: &ObjectView<'a>,
        owner: &Context<'_>,
    ) -> Vec<Parameter> {
        let Some((at, map)) = self.other_values(at, object, owner) else {
            return Vec::new();
        };
        let held = self.ty(&map).held();
        if held.is_some_and(|it| self.is_binary(it)) {
            return vec![self.other_files(&at)];
        }
        let is_any = held.is_some_and(|it| *self.ty(it) == Type::Any);
        let values = Parameter {
            location: Location::Part(PartForm::Text),
            ..self.rest(&at, Parameter::OTHERS, map, ParameterEncoding::TextOrJson)
        };
        let files = is_any.then(|| self.other_files(&at));
        [values].into_iter().chain(files).collect()
    }

    /// Files under names that the document does not list.
    fn other_files(&mut self, at: &Pointer) -> Parameter {
        let format = Some(BINARY.to_owned());
        let bounds = Bounds {
            format,
            ..Bounds::default()
        };
        let file = Schema {
            bounds: bounds.into(),
            ..Schema::of(Type::Scalar(Scalar::String), at)
        };
        let file = self.add(file, false);
        let files = Schema {
            doc: Some("Files, each with the name of its part.".to_owned()),
            ..Schema::of(Type::Map(file), at)
        };
        let files = self.add(files, false);
        Parameter {
            location: Location::Part(PartForm::File),
            ..self.rest(at, Parameter::OTHER_FILES, files, ParameterEncoding::PLAIN)
        }
    }

    /// The parts of an alternative body. A call may have them or not, so all of them are optional.
    pub(super) fn other_parts(
        &mut self,
        at: &Pointer,
        body: &'a MediaType,
        object: &ObjectView<'a>,
        owner: &Context<'_>,
    ) -> Vec<Parameter> {
        let parts = self.parts_of(at, body, object, owner).into_iter();
        let parts = parts.map(|it| {
            let required = it.required.then_some(" Such a body must have it.");
            let required = required.unwrap_or_default();
            let place = format!(
                "A part of a body as `multipart/form-data`, replacing any other.{required}"
            );
            let own = it.doc.as_deref().into_iter();
            Parameter {
                doc: Some(own.chain([place.as_str()]).collect::<Vec<_>>().join("\n\n")),
                required: false,
                part_required: it.required,
                example: None,
                ..it
            }
        });
        parts.collect()
    }

    /// Whether schemas say anything about a part, or about the items of a list of parts.
    fn is_described(&self, schemas: &[SchemaPart<'a>]) -> bool {
        match simplify::resolved(self.described(), schemas.to_vec()) {
            View::Any { .. } => false,
            View::Array { items, .. } => items.is_empty() || self.is_described(&items),
            View::Scalar { .. } | View::Enumeration { .. } | View::Object(_) => true,
            View::Union(_) | View::Untyped(_) | View::Refined(_) => true,
        }
    }

    /// A part that is not described may be anything, and so is sent as a file (OpenAPI 3.1.0, Encoding Object,
    /// `contentType`).
    fn part(&self, body: &MediaType, mut field: Parameter, is_described: bool) -> Parameter {
        if let Some(files) = self.files_among(&field.value) {
            field.value = files;
            field.writing = ParameterEncoding::PLAIN;
        }
        let encoding = body.encoding.get(&field.wire_name);
        let named = encoding.and_then(|it| it.content_type.as_deref());
        // For several types or a range, the caller provides that of a file; other parts use their default.
        let media_type = named.filter(|it| is_sound(it) && !is_range(it));
        let is_open = !is_described && named.is_none_or(|it| !is_json(it) && !is_text(it));
        let is_text = named.is_none_or(|it| is_text(it) || is_json(it));
        let is_file = self.is_binary(&field.value)
            || is_open
            || (self.is_plain_text(&field.value) && !is_text);
        let is_json = named.is_some_and(is_json) && self.is_quoted(&field.value);
        let writing = match self.ty(&field.value) {
            _ if is_open => ParameterEncoding::PLAIN,
            Type::List(_) if is_json => ParameterEncoding::JsonItems,
            Type::Scalar(_) | Type::Named(_) if is_json => ParameterEncoding::Json,
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Named(_) => {
                field.writing
            }
        };
        let form = match writing {
            _ if is_file => PartForm::File,
            ParameterEncoding::Json | ParameterEncoding::Untyped => PartForm::Json,
            ParameterEncoding::JsonItems => PartForm::Json,
            ParameterEncoding::Styled(_) | ParameterEncoding::TextOrJson => PartForm::Text,
        };
        let default = match form {
            PartForm::Json => Some(JSON),
            PartForm::Text | PartForm::File => None,
        };
        Parameter {
            location: Location::Part(form),
            media_type: media_type.or(default).map(str::to_owned),
            writing,
            example: field.example.filter(|_| form != PartForm::File),
            ..field
        }
    }

    /// The files of a value that is one file or a list of them, because a part for each is what either is sent as; or the
    /// file of one that is a file or something else, because a part can also be text.
    fn files_among(&self, value: &Use) -> Option<Use> {
        let union = self.ty(value).named()?;
        let variants = self.types[union.0].shape.variants().iter();
        let files: Vec<&Variant> = variants.filter(|it| self.is_binary(&it.value)).collect();
        let is_list = |it: &&&Variant| matches!(self.ty(&it.value), Type::List(_));
        let found = files.iter().find(is_list).or(files.first())?;
        Some(Use {
            nullable: value.nullable,
            ..found.value.clone()
        })
    }

    /// Whether a value is a string or a list of strings, which have quotes in JSON.
    fn is_quoted(&self, value: &Use) -> bool {
        let one = self.ty(self.one_of_list(value));
        self.is_texts(value) && one.scalar().is_none_or(Scalar::is_text)
    }

    /// Warns of files among the fields of a JSON body.
    pub(super) fn warn_of_files(&mut self, payload: &Payload) {
        let named = self.ty(&payload.value).named();
        let named = named.filter(|_| payload.encoding == Encoding::Json);
        let fields = named.map_or(&[][..], |it| self.types[it.0].shape.fields());
        let files = fields.iter().filter(|it| self.is_binary(&it.value));
        let files: Vec<Pointer> = files.map(|it| it.value.at.clone()).collect();
        for at in files {
            self.report(&at, BodyFault::FileInJson);
        }
    }

    /// Whether a value is bytes, or a list of them. Bytes or a text are bytes.
    fn is_binary(&self, value: &Use) -> bool {
        let bounds = &self.schema(self.one_of_list(value).schema).bounds;
        let alternatives = bounds.conditions.get("anyOf").and_then(Json::as_array);
        let mut alternatives = alternatives.into_iter().flatten();
        let is_binary = bounds.format.as_deref() == Some(BINARY)
            || alternatives.any(|it| it.get("format").and_then(Json::as_str) == Some(BINARY));
        self.is_plain_text(value) && is_binary
    }

    /// Whether a value is text, base64 or not, or a list of texts.
    fn is_plain_text(&self, value: &Use) -> bool {
        let ty = self.ty(self.one_of_list(value));
        [Scalar::String, Scalar::Base64]
            .map(Type::Scalar)
            .contains(ty)
    }

    /// The items of a list, or the value itself if it is not a list.
    fn one_of_list<'u>(&'u self, value: &'u Use) -> &'u Use {
        match self.ty(value) {
            Type::List(item) => item,
            Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => value,
        }
    }
}
