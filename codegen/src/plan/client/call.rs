//! The plan of requests: what each takes, and where that goes.

use super::AnswerKinds;
use crate::api::OperationIndex;
pub use crate::api::{BodyWriting, Layout, Method, PartForm, Prefix, Style, Writing};
use crate::naming::RustName;
use crate::plan::{Doc, Gate, RustType};

/// A request that is ready to be sent, with setters for what it may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The operation that it carries out.
    pub origin: OperationIndex,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Which type the body of each error has, as the end of the docs.
    pub errors: Doc,
    /// The docs of the constant that describes the operation.
    pub operation_doc: Doc,
    /// The operation's id in the spec.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// The URL that the path is appended to. The variables in it are called as the methods of the builder that set them.
    pub server: String,
    /// The path, with its parameters as `{Name}`, and the query that every request has, if there is one.
    pub path: String,
    /// What a success gives.
    pub output: RustType,
    /// The kinds of answers, if a success gives one of several.
    pub kinds: Option<AnswerKinds>,
    /// The item of the list, if the request can follow pages.
    pub item: Option<RustType>,
    /// Whether a success gives bytes, which may be read as a stream.
    pub is_download: bool,
    /// The setters.
    pub setters: Vec<Setter>,
}

/// A method that sets an optional parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Setter {
    /// Its docs.
    pub doc: Doc,
    /// Whether the spec says that it is going away.
    pub deprecated: bool,
    /// Its name and what it takes.
    pub argument: Argument,
    /// Where it goes.
    pub destination: Use,
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
    /// Anything that turns into this type.
    Into(RustType),
    /// This type.
    Exactly(RustType),
    /// This type of floating-point numbers, of which not all have JSON.
    Floats(RustType),
    /// This type of exact decimals, which JSON has as numbers.
    Decimals(RustType),
    /// This type of times, which are sent in whole seconds.
    Times(RustType),
    /// One value that turns into this type, or any number of them.
    OneOrMany(RustType),
    /// Any number of values that turn into this type. One alone could be taken for a list.
    Each(RustType),
}

/// What a request method does with an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// It sets a parameter.
    Parameter(Placement),
    /// It is the whole body.
    Body(BodyForm),
    /// It takes the place of the body, and has this media type.
    OtherBody(BodyWriting, String),
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// Where a request carries a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The part of the request.
    pub part: Part,
    /// The parameter's name there.
    pub wire_name: String,
    /// The media type of a part, if it has one of its own.
    pub media_type: Option<String>,
    /// How the value is written.
    pub writing: Writing,
    /// Whether the argument is a value of its type, not its texts or JSON that the caller has.
    pub is_value: bool,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
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
