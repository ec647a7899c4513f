//! Models the docs beyond those of single items: the guide, and an example of each call.

use crate::api::OperationIndex;
use crate::naming::RustName;
use crate::plan::{Doc, Leaf, RustType};

/// The docs of the crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Docs {
    /// The crate docs, without the example at their end.
    pub root: Doc,
    /// The guide, if there is one: the module `guide`.
    pub guide: Option<Guide>,
    /// The example calls by version and operation, where possible.
    pub examples: Vec<Vec<Option<Example>>>,
    /// The version and the operation that a first program calls, if an example is suitable.
    pub first_call: Option<(usize, OperationIndex)>,
}

/// A guide: a module that only contains docs, with a submodule for each chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The docs of the module, with a link to each chapter.
    pub doc: Doc,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
}

/// A chapter of a guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The module.
    pub module: RustName,
    /// Its title.
    pub title: String,
    /// The module's docs.
    pub doc: Doc,
}

/// A call in user code: methods from the client to the response.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The variable for the response, if there is one.
    pub answer: Option<RustName>,
    /// The methods from the client to the finished request, in order.
    pub steps: Vec<Step>,
    /// The type of the body, if the call needs one; the reader provides the value `body`.
    pub body: Option<RustType>,
    /// The version's enumerations that the values use.
    pub enumerations: Vec<RustName>,
    /// The types of the crate root that the values use.
    pub shared: Vec<&'static str>,
    /// What it reads of the response.
    pub reading: Reading,
}

/// What an [`Example`] reads of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    Whole,
    /// The items of all pages.
    AllPages,
    /// One event after the other: the stream may have no end.
    Events,
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
    /// A string.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number of this type.
    Integer(i64, Leaf),
    /// A number.
    Float(f64),
    /// A string that is parsed as this type.
    Parsed(String, Leaf),
    /// A variant of an enumeration.
    Variant(RustName, RustName),
    /// JSON that is sent as this string.
    Json(String),
    /// A file with this path.
    File(String),
    /// A list.
    List(Vec<ExampleValue>),
    /// The body that the reader provides.
    Body,
}
