//! The plan of the docs beyond those of single items: the guide, and an example of each call.

use crate::api::OperationIndex;
use crate::naming::RustName;
use crate::plan::{Doc, Leaf, RustType};

/// The docs of the crate as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Docs {
    /// The docs of its root, without the example that ends them.
    pub root: Doc,
    /// The guide to it, if there is one: the module `guide`.
    pub guide: Option<Guide>,
    /// By version and operation: how the request is made, if the generator can tell.
    pub examples: Vec<Vec<Option<Example>>>,
    /// The version and the operation that a first program calls, if one of the examples will do for it.
    pub first_call: Option<(usize, OperationIndex)>,
}

/// A guide: a module of nothing but docs, with a module for each chapter.
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
    /// What it is called in prose.
    pub title: String,
    /// The module's docs.
    pub doc: Doc,
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
    /// A whole number of this type.
    Integer(i64, Leaf),
    /// A number.
    Float(f64),
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
