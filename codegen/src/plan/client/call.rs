//! Models requests: their parameters, and where they are sent.

use super::AnswerKinds;
use crate::api::OperationIndex;
pub use crate::api::{
    BodyEncoding, Encoding, FieldEncoding, FormField, Layout, ListEnd, Method, NextPage, PageSize,
    Paging, ParameterEncoding, PartForm, Prefix, Style,
};
use crate::naming::RustName;
use crate::plan::{Doc, Gate, ResponseDecoding, RustType, WireFunction};

/// A request that is ready to be sent, with setters for its optional parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The operation.
    pub origin: OperationIndex,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The types of error bodies, as the end of the docs.
    pub errors: Doc,
    /// The docs of the constant that describes the operation.
    pub operation_doc: Doc,
    /// The operation's id in the spec.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// The URL that the path is appended to. Its variables are named after the builder's methods that set them.
    pub server: String,
    /// The path, with parameters as `{Name}`, and the fixed query if there is one.
    pub path: String,
    /// The result of a success.
    pub output: RustType,
    /// The kinds of responses, if there are several.
    pub kinds: Option<AnswerKinds>,
    /// The item of the list, if the request can follow pages.
    pub item: Option<RustType>,
    /// How the list is divided into pages, if not by the vendor's conventions.
    pub paging: Option<Paging>,
    /// Whether the result is bytes or may be, so that it can be read as a stream.
    pub is_download: bool,
    /// The setters.
    pub setters: Vec<Setter>,
    /// The methods that ask for a response of another media type.
    pub other_responses: Vec<OtherResponseMethod>,
}

/// A method that asks for a response of another media type.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherResponseMethod {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The media type.
    pub media_type: String,
    /// The type of the response.
    pub output: RustType,
    /// How the response is decoded.
    pub answer: ResponseDecoding,
}

/// A method that sets an optional parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Setter {
    /// Its docs.
    pub doc: Doc,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its name and what it takes.
    pub argument: Argument,
    /// Where the value is sent.
    pub destination: ArgumentUse,
}

/// An argument of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: RustName,
    /// What it takes.
    pub ty: ArgumentType,
}

/// What an argument takes.
#[derive(Clone, Debug, PartialEq)]
pub enum ArgumentType {
    /// Anything that converts into this type.
    Into(RustType),
    /// This type.
    Exactly(RustType),
    /// This type, which serde only serializes as services expect if this function wraps it.
    Wrapped(RustType, WireFunction),
    /// One value that converts into this type, or any number of them.
    OneOrMany(RustType),
    /// Any number of values that convert into this type. A single value could be mistaken for a list.
    Each(RustType),
}

/// What a request method does with an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentUse {
    /// It sets a parameter.
    Parameter(Placement),
    /// It sets the page size of a list.
    PageSize,
    /// It is the whole body.
    Body(Encoding),
    /// It replaces the body and has this media type.
    OtherBody(BodyEncoding, String),
}

/// The place of a parameter in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The part of the request.
    pub part: RequestPart,
    /// The parameter's name there.
    pub wire_name: String,
    /// The media type of a part, if it has its own.
    pub media_type: Option<String>,
    /// How the value is serialized.
    pub writing: ParameterEncoding,
    /// Whether the argument has the value's type, instead of strings or the caller's JSON.
    pub is_value: bool,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestPart {
    /// The query.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The form in the body.
    Form,
    /// A part of the body.
    Part(PartForm),
}

impl RequestPart {
    /// Whether it carries text, in which a string has no quotes, rather than a part of a media type.
    pub(crate) fn is_text(self) -> bool {
        match self {
            Self::Query | Self::Header | Self::Cookie | Self::Form => true,
            Self::Part(_) => false,
        }
    }
}
