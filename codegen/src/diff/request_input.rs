//! A parameter or body of a request, as the comparison sees it.

use super::limits::left_out;
use super::place::{part, place, place_of_body};
use super::snapshot::Snapshot;
use super::wording::{self, code};
use crate::api::{
    self, Api, Body, Constant, LeftOut, Location, Operation, OperationIndex, OtherBody, Parameter,
    Payload, Scalar, Schema, SchemaBounds, Type,
};
use crate::media_type::{BYTES, TEXT, are_same};
use crate::plan::{ArgumentType, ArgumentUse, BodyEncoding, Encoding, PartForm, RequestPart};
use crate::pointer::Pointer;

/// A parameter or a body.
pub(super) struct RequestInput<'a> {
    pub(super) name: &'a str,
    /// The part of the request that carries it.
    pub(super) part: &'static str,
    /// That part, and how the value is written there.
    pub(super) place: String,
    /// The part of the request that carries it, unless that is the path.
    pub(super) destination: Option<ArgumentUse>,
    /// The media type that a file or the text of a part must have.
    pub(super) file_type: Option<&'a str>,
    /// Whether it is in the path and callers pass it as text.
    pub(super) is_text_in_path: bool,
    pub(super) at: &'a Pointer,
    pub(super) declaration: &'a Pointer,
    pub(super) doc: &'a Option<String>,
    pub(super) required: bool,
    /// Whether it is a part of an alternative body that must have it.
    pub(super) part_required: bool,
    pub(super) value: &'a api::Use,
    pub(super) said: &'a Schema,
    pub(super) pii: bool,
    pub(super) deprecated: bool,
}

/// A parameter that callers do not pass.
pub(super) enum Unpassed<'a> {
    /// Requests leave it out.
    ReadOnly(&'a LeftOut),
    /// Requests always have it.
    Constant(&'a Constant),
}

impl<'a> Unpassed<'a> {
    /// Returns where the spec defines it.
    pub(super) fn at(&self) -> &'a Pointer {
        match self {
            Self::ReadOnly(it) => &it.at,
            Self::Constant(it) => &it.at,
        }
    }
}

impl<'a> RequestInput<'a> {
    pub(super) fn parameter(api: &'a Api, parameter: &'a Parameter) -> Self {
        let Parameter {
            wire_name,
            doc,
            at,
            declaration,
            location,
            required,
            part_required,
            value,
            media_type, // of JSON, services accept the usual one
            writing: _,
            example: _, // prose
            pii,
            deprecated,
            largest_page: _, // within `destination`
        } = parameter;
        Self {
            name: wire_name,
            part: part(parameter.location),
            file_type: file_type(*location, media_type.as_deref()),
            place: place(api, parameter),
            destination: ArgumentUse::of(api, parameter),
            is_text_in_path: parameter.location == Location::Path
                && api.path_scalar(parameter) == Some(Scalar::String),
            at,
            declaration,
            doc,
            required: *required,
            part_required: *part_required,
            value,
            said: api.schema(value.schema),
            pii: *pii,
            deprecated: *deprecated,
        }
    }

    pub(super) fn body(api: &'a Api, body: &'a Body) -> Self {
        let Body {
            doc,
            at,
            required,
            payload:
                Payload {
                    encoding,
                    value,
                    item: _,
                },
        } = body;
        Self {
            doc,
            required: *required,
            ..Self::whole(api, at, value, ArgumentUse::Body(*encoding))
        }
    }

    pub(super) fn other_body(api: &'a Api, body: &'a OtherBody) -> Self {
        let OtherBody {
            at,
            media_type,
            required,
            writing,
            value,
        } = body;
        let destination = ArgumentUse::OtherBody(writing.clone(), media_type.clone());
        Self {
            name: media_type,
            place: place_of_body(writing),
            required: *required,
            ..Self::whole(api, at, value, destination)
        }
    }

    /// A whole body.
    fn whole(api: &'a Api, at: &'a Pointer, value: &'a api::Use, destination: ArgumentUse) -> Self {
        let said = api.schema(value.schema);
        Self {
            name: "body",
            part: "body",
            file_type: None,
            place: "body".to_owned(),
            destination: Some(destination),
            is_text_in_path: false,
            at,
            declaration: at,
            doc: &None,
            required: false,
            part_required: false,
            value,
            said,
            pii: said.pii,
            deprecated: said.deprecated,
        }
    }

    /// Returns its encoding, if it is a body.
    pub(super) fn body_encoding(&self) -> Option<Encoding> {
        match self.destination {
            Some(ArgumentUse::Body(form)) => Some(form),
            Some(ArgumentUse::OtherBody(BodyEncoding::Text, _)) => Some(Encoding::Text),
            Some(ArgumentUse::OtherBody(BodyEncoding::Bytes, _)) => Some(Encoding::Bytes),
            Some(ArgumentUse::OtherBody(BodyEncoding::Json | BodyEncoding::Form(_), _)) => {
                Some(Encoding::Json)
            }
            Some(ArgumentUse::Parameter(_) | ArgumentUse::PageSize) | None => None,
        }
    }

    /// Returns why callers of an operation do not pass such a parameter, if it has one.
    pub(super) fn unpassed_by(&self, operation: &'a Operation) -> Option<Unpassed<'a>> {
        if self.body_encoding().is_some() {
            return None;
        }
        let read_only = left_out(&operation.left_out, self.name).map(Unpassed::ReadOnly);
        let constants = operation.constants.iter();
        let mut same = constants.filter(|it| it.name.eq_ignore_ascii_case(self.name));
        read_only.or_else(|| same.next().map(Unpassed::Constant))
    }

    /// Describes its type in words.
    pub(super) fn words(&self, snapshot: &Snapshot<'_>) -> String {
        match self.body_encoding() {
            Some(Encoding::Text) => "plain text".to_owned(),
            Some(Encoding::Bytes) => "bytes".to_owned(),
            Some(Encoding::Json) | None if self.is_file() => match self.said.ty {
                Type::List(_) => "list of files".to_owned(),
                Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => "a file".to_owned(),
            },
            Some(Encoding::Json) | None => wording::ty(snapshot, self.value.schema),
        }
    }

    /// Returns whether it is sent as a file.
    pub(super) fn is_file(&self) -> bool {
        match &self.destination {
            Some(ArgumentUse::Parameter(placement)) => {
                placement.part == RequestPart::Part(PartForm::File)
            }
            Some(ArgumentUse::Body(_) | ArgumentUse::OtherBody(..) | ArgumentUse::PageSize)
            | None => false,
        }
    }

    /// Returns the place of its schema: in its declaration, or the target of a `$ref` there.
    pub(super) fn definition(&self) -> &'a Pointer {
        let is_inline = self.said.at == self.value.at;
        if is_inline || self.body_encoding().is_some() {
            self.declaration
        } else {
            &self.said.at
        }
    }

    /// Returns whether an input that callers pass as text takes any text.
    pub(super) fn is_any_text(&self) -> bool {
        match self.said.ty {
            Type::Scalar(_) | Type::Any => self.said.bounds == SchemaBounds::default(),
            Type::List(_) | Type::Map(_) | Type::Named(_) => false,
        }
    }

    /// Returns the method that takes an input: a setter, or the method that starts the request.
    pub(super) fn member(&self, snapshot: &Snapshot<'_>, index: OperationIndex) -> String {
        let setter = self
            .destination
            .as_ref()
            .and_then(|it| snapshot.setter(index, it));
        match setter {
            Some(setter) => format!("{}::{}", snapshot.request_path(index), setter.argument.name),
            None if self.destination.is_none() => snapshot.request_path(index),
            None => snapshot.opening_path(index),
        }
    }

    /// Returns what the method that takes an input takes for it; `None` in the path.
    pub(super) fn argument<'s>(
        &self,
        snapshot: &Snapshot<'s>,
        index: OperationIndex,
    ) -> Option<&'s ArgumentType> {
        let destination = self.destination.as_ref()?;
        let setter = snapshot.setter(index, destination);
        let setter = setter.map(|it| &it.argument.ty);
        setter.or_else(|| {
            let (_, opening) = snapshot.openings[&index];
            let mut arguments = opening.arguments.iter();
            let argument = arguments.find(|(_, it)| it == destination);
            argument.map(|(argument, _)| &argument.ty)
        })
    }

    /// Returns the subject of messages about it.
    pub(super) fn subject(&self, snapshot: &Snapshot<'_>, index: OperationIndex) -> String {
        let operation = wording::operation(snapshot.api.operation(index));
        match &self.destination {
            Some(ArgumentUse::Parameter(it)) if it.is_rest() => {
                format!("the map of additional fields in the form of {operation}")
            }
            Some(ArgumentUse::Parameter(it)) if it.is_other_files() => {
                format!("the list of additional files in the form of {operation}")
            }
            Some(ArgumentUse::Body(_)) => format!("the body of {operation}"),
            Some(ArgumentUse::OtherBody(..)) => {
                format!("the body of {operation} as {}", code(self.name))
            }
            Some(ArgumentUse::Parameter(_) | ArgumentUse::PageSize) | None => format!(
                "the {} parameter {} of {operation}",
                self.place,
                code(self.name)
            ),
        }
    }
}

/// Returns the media type that a file or the text of a part must have. That of arbitrary bytes or text is none.
fn file_type(location: Location, media_type: Option<&str>) -> Option<&str> {
    match location {
        Location::Part(PartForm::File) => media_type.filter(|it| !are_same(it, BYTES)),
        Location::Part(PartForm::Text) => media_type.filter(|it| !are_same(it, TEXT)),
        Location::Part(PartForm::Json) => None,
        Location::Path | Location::Query | Location::Header | Location::Cookie => None,
        Location::Form => None,
    }
}
