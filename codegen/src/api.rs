//! The API model: what an API does, in terms of its wire format.
//!
//! It answers "which operations are there, what goes out, what comes back?". It holds wire names and
//! ids, never OpenAPI spelling (`nullable`, `allOf`, `$ref`) and never Rust identifiers or tokens. All
//! collections keep the order of the spec; `Debug` output is stable.

mod bounds;
mod declared_error;
mod parameter;
mod payload;
mod scalar;
pub(crate) mod schema;
mod security;
mod server;
mod shape;
pub(crate) mod usage;

use crate::pointer::Pointer;
use crate::tree::Places;
use crate::vendor::Vendor;

pub use self::bounds::{Bounds, Limit};
pub use self::declared_error::{DeclaredError, ErrorStatuses};
pub use self::parameter::{Layout, Location, Parameter, PartForm, Prefix, Style, Writing};
pub use self::payload::{BodyWriting, Encoding, OtherBody, Payload};
pub(crate) use self::scalar::Primitive;
pub use self::scalar::Scalar;
pub use self::schema::{Marks, Schema, SchemaId, Type, Use};
pub use self::security::{Credential, KeyLocation, Requirement, SecurityScheme, Signing};
pub use self::server::{ServerPart, ServerPiece, ServerTemplate, ServerVariable, ServerVariableId};
pub use self::shape::{
    Direction, EnumValue, Field, LeftOut, Object, Presence, Shape, TypeDefinition, Union, Variant,
};

/// JSON as a spec shows it.
pub type Json = serde_json::Value;

/// One product of an API vendor in one version: what one spec file describes.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Whose conventions hold.
    pub vendor: Vendor,
    /// The product's name, in `snake_case` words: `supersim`.
    pub product: String,
    /// The version's name: `v1`.
    pub version: String,
    /// The names of the files that say so: the spec, and its overlay if it has one.
    pub files: Vec<String>,
    /// The title of the spec.
    pub title: String,
    /// What the API is for.
    pub doc: Option<String>,
    /// The schemes that calls can authenticate with, by name.
    pub security_schemes: Vec<(String, SecurityScheme)>,
    /// The variables in the URLs of servers; a [`ServerVariableId`] is an index into it.
    pub server_variables: Vec<ServerVariable>,
    /// Every schema of a value; a [`SchemaId`] is an index into it.
    pub schemas: Vec<Schema>,
    /// Every named type; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDefinition>,
    /// Every operation; an [`OperationIndex`] is an index into it.
    pub operations: Vec<Operation>,
    /// The operations that were left out because they cannot be called rightly.
    pub skipped: Vec<SkippedOperation>,
    /// The tree of resources that the paths span; a [`ResourceId`] is an index into it. The first is the root.
    pub resources: Vec<Resource>,
    /// Where the values of the spec stand, which the model names by their pointers.
    pub places: Places,
}

impl Api {
    /// The type behind `id`.
    pub fn type_definition(&self, id: TypeId) -> &TypeDefinition {
        &self.types[id.0]
    }

    /// The types that the crate has items for.
    pub fn items(&self) -> impl Iterator<Item = TypeId> {
        let ids = (0..self.types.len()).map(TypeId);
        ids.filter(|it| self.type_definition(*it).is_item)
    }

    /// The operation behind `index`.
    pub fn operation(&self, index: OperationIndex) -> &Operation {
        &self.operations[index.0]
    }

    /// The resource behind `id`.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }
}

/// Names an entry of [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Names an entry of [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationIndex(pub usize);

/// Names an entry of [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub usize);

/// An HTTP method (RFC 9110 §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `TRACE`
    Trace,
}

impl Method {
    /// Its name in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Trace => "TRACE",
        }
    }
}

/// One operation: a request that can be made and what its success brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its `operationId`: `ListBillingPeriod`.
    pub id: String,
    /// What it is sorted under.
    pub tags: Vec<String>,
    /// What it does, in one word: `list`.
    pub verb: String,
    /// What it does it to, in words: `billing_period`.
    pub noun: String,
    /// What it does, in one sentence.
    pub summary: Option<String>,
    /// What else there is to know.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// The request's method.
    pub method: Method,
    /// The URL that `path` is appended to, without a slash at its end. Variables have their defaults.
    pub server: String,
    /// What the URL, or the beginning of `path`, is made of if it has variables.
    pub template: Option<ServerTemplate>,
    /// The path, with its parameters as `{Name}`, and the query that every request has, if there is one.
    pub path: String,
    /// The parameters in the path, in the path's order.
    pub path_parameters: Vec<Parameter>,
    /// All other parameters, in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// The properties of the form that only come back.
    pub left_out: Vec<LeftOut>,
    /// The body, if the operation takes one that is no form.
    pub body: Option<Body>,
    /// The bodies of other media types that it takes in the place of that or of the form, in the order of the spec.
    pub other_bodies: Vec<OtherBody>,
    /// What a success brings.
    pub result: Outcome,
    /// The ways to succeed, in the order of the spec.
    pub success: Vec<Success>,
    /// The errors that have a body of a type of their own, in the order of the spec.
    pub errors: Vec<DeclaredError>,
    /// What a success may look like, in the spec's words. Nothing relies on it being right.
    pub examples: Vec<AnswerExample>,
    /// What proves who calls: each entry is enough, and needs all it holds.
    pub security: Vec<Vec<Requirement>>,
    /// What a call is signed with.
    pub signing: Signing,
    /// The media types of the bodies.
    pub media_types: MediaTypes,
    /// Whether it is going away.
    pub deprecated: bool,
}

/// An operation that was left out because it cannot be called rightly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedOperation {
    /// Its `operationId`, or what it is called without one.
    pub id: String,
    /// The request's method.
    pub method: Method,
    /// The path, as the spec spells it.
    pub path: String,
    /// Where the spec defines it.
    pub at: Pointer,
    /// What is wrong with it, in one sentence.
    pub why: String,
}

/// The media types that an operation knows, and those that the client uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaTypes {
    /// Those that the service reads.
    pub request: Vec<String>,
    /// Those that a success may have.
    pub response: Vec<String>,
    /// The one that the client sends, as the spec spells it; `None` without a body.
    pub sent: Option<String>,
    /// Those that the client reads, as the spec spells them.
    pub read: Vec<String>,
}

/// A body of a request that is no form.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What it means.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// What it holds. Only any JSON can say null. The service checks the limits, not the client.
    pub payload: Payload,
}

/// A status of a success and what the spec says of its answer beyond the type.
#[derive(Clone, Debug, PartialEq)]
pub struct Success {
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it is every code of the same hundred.
    pub is_range: bool,
    /// The names of the headers that come with it, in lower case and sorted.
    pub headers: Vec<String>,
    /// What comes with it: the whole value, or the list of a page.
    pub value: Option<Use>,
}

/// What a successful call brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No content.
    Nothing,
    /// One value.
    Value(Payload),
    /// A value of another kind for each status.
    OneOf(Vec<Alternative>),
    /// One page of a longer list, with the URL of the next.
    Page {
        /// The key of the array in the page.
        items: String,
        /// What the array holds.
        item: Use,
    },
}

/// What comes with one status of a success, where another status brings something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it is every code of the same hundred.
    pub is_range: bool,
    /// What it brings, if anything.
    pub payload: Option<Payload>,
}

/// An answer as the spec shows it. Like prose, it may differ from what the schema says.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerExample {
    /// Its name; empty if the spec gives it none.
    pub name: String,
    /// Where the spec shows it.
    pub at: Pointer,
    /// The status code that it comes with.
    pub status: u16,
    /// The JSON body.
    pub body: Json,
}

/// One node of the tree that the paths span: `/v1/Sims` or `/v1/Sims/{Sid}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The name it is reached by from its parent, in words: `sims` or `sim`.
    pub accessor: String,
    /// What it is, in words: `sim`.
    pub noun: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Its path, with parameters as `{Name}` as its first operation spells them.
    pub path: String,
    /// What selects it among its siblings; a resource without any is a collection, or there is only one.
    pub parameters: Vec<Parameter>,
    /// What can be done with it.
    pub operations: Vec<OperationIndex>,
    /// The resources below it.
    pub children: Vec<ResourceId>,
}
