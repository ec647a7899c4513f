//! A request: what it takes, where that goes, and an example of a call.

use super::{Doc, Leaf, RustType};
use crate::api::OperationIndex;
use crate::naming::RustName;

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
    /// This type of times, which are sent in whole seconds.
    Times(RustType),
    /// Any number of values that turn into this type.
    Each(RustType),
}

/// Where a request carries a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The part of the request.
    pub part: Part,
    /// The parameter's name there.
    pub wire_name: String,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The query.
    Query,
    /// A header field.
    Header,
    /// The form in the body.
    Form,
}

/// What a request method does with an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// It sets a parameter.
    Parameter(Placement),
    /// It is the whole body, as JSON.
    Body,
}

/// A request that is ready to be sent, with setters for what it may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The operation that it carries out.
    pub origin: OperationIndex,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// How it is made, for the docs, if the generator can tell.
    pub example: Option<Example>,
    /// The docs of the constant that describes the operation.
    pub operation_doc: Doc,
    /// The operation's id in the spec.
    pub id: String,
    /// The variant of the runtime's `Method`.
    pub method: &'static str,
    /// The URL that the path is appended to.
    pub server: String,
    /// The path, with its parameters as `{Name}`, and the query that every request has, if there is one.
    pub path: String,
    /// What a success gives.
    pub output: RustType,
    /// The item of the list, if the request can follow pages.
    pub item: Option<RustType>,
    /// The setters.
    pub setters: Vec<Setter>,
}

/// A call as a user writes it: methods from the client to the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What the answer is called, if there is one.
    pub answer: Option<RustName>,
    /// The methods that lead from the client to the finished request, in order.
    pub steps: Vec<Step>,
    /// The type of the body, if the call needs one; it is the reader's own value, called `body`.
    pub body: Option<RustType>,
    /// The enumerations of the version that the values name.
    pub enumerations: Vec<RustName>,
    /// The types of the crate's root that the values name.
    pub shared: Vec<&'static str>,
    /// Whether it reads the items of every page rather than the answer itself.
    pub all_pages: bool,
}

/// One method call of an [`Example`].
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The method.
    pub method: RustName,
    /// Its arguments.
    pub arguments: Vec<ExampleValue>,
}

/// An argument in an [`Example`].
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleValue {
    /// Text.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text that is parsed as this type.
    Parsed(String, Leaf),
    /// A variant of an enumeration.
    Variant(RustName, RustName),
    /// JSON that is sent as this text.
    Json(String),
    /// Values in a row.
    List(Vec<ExampleValue>),
    /// The reader's own value for the body.
    Body,
}

/// A method that sets an optional parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Setter {
    /// Its docs.
    pub doc: Doc,
    /// Its name and what it takes.
    pub argument: Argument,
    /// Where it goes.
    pub destination: Use,
}
