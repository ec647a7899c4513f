//! Models handles and their methods.

pub use crate::api::{Constant, Credential, KeyLocation};
use crate::api::{OperationIndex, ResourceId};
use crate::naming::RustName;
use crate::plan::client::{Argument, ArgumentUse, Style};
use crate::plan::{Doc, Gate, Named, ResponseDecoding};

/// A handle to a resource: a cheap value with methods that make requests and return other handles.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The resource.
    pub origin: ResourceId,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Whether the client creates it.
    pub is_root: bool,
    /// Whether features may leave it without methods.
    pub may_lack_methods: bool,
    /// Its docs.
    pub doc: Doc,
    /// Methods that return other handles.
    pub links: Vec<Link>,
    /// Methods of the root that lead to what is below the caller's account, which the client knows.
    pub shortcuts: Vec<Link>,
    /// Methods that make requests.
    pub openings: Vec<Opening>,
}

/// A method that returns another handle.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The resource of that handle.
    pub origin: ResourceId,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The path parameters that select the resource.
    pub arguments: Vec<Selector>,
    /// The handle that it returns.
    pub target: Named,
}

/// An argument that is a path parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// Its name and what it takes.
    pub argument: Argument,
    /// How it is serialized.
    pub style: Style,
    /// Its kind.
    pub kind: SelectorKind,
}

/// The kind of a path parameter's argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectorKind {
    /// A string.
    Text,
    /// Several strings.
    Texts,
    /// A number, a time or the like.
    Scalar,
    /// A value of any type, serialized through its JSON.
    Value,
}

/// The credentials that a call is signed with.
#[derive(Clone, Debug, PartialEq)]
pub enum Signing {
    /// The runtime's default.
    Usual,
    /// The first list whose credentials the client has.
    OneOf(Vec<Vec<Credential>>),
    /// No credentials.
    Nothing,
}

/// A method that creates a request from its required parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The operation.
    pub origin: OperationIndex,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// The required parameters.
    pub arguments: Vec<(Argument, ArgumentUse)>,
    /// The parameters that every call has.
    pub constants: Vec<Constant>,
    /// The credentials of the call.
    pub signing: Signing,
    /// The value of `Accept`, unless it is `application/json`.
    pub accept: Option<String>,
    /// The media type of the body, if it is neither `application/json` nor `application/x-www-form-urlencoded`.
    pub content_type: Option<String>,
    /// The maximum page size, if it is not the vendor's.
    pub largest_page: Option<usize>,
    /// The request it returns, in the same file.
    pub target: RustName,
    /// How the response is decoded.
    pub answer: ResponseDecoding,
}
