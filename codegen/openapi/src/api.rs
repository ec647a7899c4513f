//! Models what an API does, in terms of its wire format.
//!
//! It answers "which operations are there, what is sent, what is received?". It holds wire names and ids, never OpenAPI
//! concepts (`nullable`, `allOf`, `$ref`) and never Rust identifiers or tokens. All collections keep the order of the
//! spec; `Debug` output is stable.

mod bounds;
mod declared_error;
mod paging;
mod parameter;
mod payload;
mod scalar;
pub mod schema;
mod security;
mod server;
mod shape;
pub mod usage;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::tree::Places;
use crate::vendor::Vendor;

pub use self::bounds::{Bounds, Limit, SchemaBounds};
pub use self::declared_error::{DeclaredError, ErrorHeaders, ErrorStatuses};
pub use self::paging::{KeyMeaning, ListEnd, NextPage, PageSize, Paging};
pub use self::parameter::{
    Constant, Layout, Location, Parameter, ParameterEncoding, PartForm, Prefix, Style,
    have_same_styles,
};
pub use self::payload::{
    BodyEncoding, Encoding, FieldEncoding, FormField, OtherBody, OtherResponse, Payload, StreamItem,
};
pub use self::scalar::Scalar;
pub(crate) use self::scalar::{Primitive, typed_formats};
pub use self::schema::{Marks, Schema, SchemaId, Type, Use};
pub use self::security::{
    Credential, KeyLocation, Requirement, SecurityScheme, Signing, TokenUrlBase,
};
pub use self::server::{
    Server, ServerPart, ServerPiece, ServerTemplate, ServerVariable, ServerVariableId,
};
pub use self::shape::{
    Direction, EnumValue, Field, LeftOut, NestedTag, Object, Presence, Shape, TypeDefinition,
    Union, Variant,
};

/// A JSON value of a spec.
pub type Json = serde_json::Value;

/// One version of one product of an API vendor: the contents of one spec file.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The vendor whose conventions apply.
    pub vendor: Vendor,
    /// The product's name, in `snake_case` words: `supersim`.
    pub product: String,
    /// The version's name: `v1`.
    pub version: String,
    /// The names of the source files: the spec, and its overlay if it has one.
    pub files: Vec<String>,
    /// The title of the spec.
    pub title: String,
    /// What the API is for.
    pub doc: Option<String>,
    /// The schemes that calls can authenticate with, by name.
    pub security_schemes: Vec<(String, SecurityScheme)>,
    /// The document's servers to which requests can be sent, the one that operations use first.
    pub servers: Vec<Server>,
    /// The variables in server URLs; a [`ServerVariableId`] is an index into it.
    pub server_variables: Vec<ServerVariable>,
    /// All schemas of values; a [`SchemaId`] is an index into it.
    pub schemas: Vec<Schema>,
    /// The component schemas that conditions refer to, by reference and without prose. Only used to compare two versions.
    pub referenced: BTreeMap<String, Json>,
    /// All named types; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDefinition>,
    /// The component types that include others by `allOf`, each with one that it includes.
    pub extensions: Vec<(TypeId, TypeId)>,
    /// All operations; an [`OperationIndex`] is an index into it.
    pub operations: Vec<Operation>,
    /// The operations that were left out because they cannot be called correctly.
    pub skipped: Vec<SkippedOperation>,
    /// The places of `type`s that the schemas beside them contradict, so that values are arbitrary JSON.
    pub contradicted: Vec<Pointer>,
    /// The tree of resources from the paths; a [`ResourceId`] is an index into it. The first is the root.
    pub resources: Vec<Resource>,
    /// The places of the spec's values, which the model refers to by pointers.
    pub places: Places,
}

impl Api {
    /// The type with this id.
    pub fn type_definition(&self, id: TypeId) -> &TypeDefinition {
        &self.types[id.0]
    }

    /// The ways to authenticate that are part of requests, by name.
    pub fn sent_schemes(&self) -> impl Iterator<Item = (&str, &SecurityScheme)> {
        let schemes = self.security_schemes.iter();
        let sent = schemes.filter(|(_, scheme)| scheme.is_sent());
        sent.map(|(name, scheme)| (name.as_str(), scheme))
    }

    /// The types that become items of the crate.
    pub fn items(&self) -> impl Iterator<Item = TypeId> {
        let ids = (0..self.types.len()).map(TypeId);
        ids.filter(|it| self.type_definition(*it).is_item)
    }

    /// The operation with this index.
    pub fn operation(&self, index: OperationIndex) -> &Operation {
        &self.operations[index.0]
    }

    /// The resource with this id.
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
    /// The method's name in requests.
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

/// An operation: a request and its successful responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its `operationId`, or one made of its method and path: `ListBillingPeriod`.
    pub id: String,
    /// What its items are named after: its id without the path that FastAPI appends.
    pub name: String,
    /// The same with what its id has besides and only tells it from others: a hash or a number at its end, or else the
    /// words that it repeats.
    pub longer_name: Option<String>,
    /// Whether its `operationId` is a hash, which is not its `id`.
    pub has_hash: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it does, in words: `list`.
    pub verb: String,
    /// What it operates on, in words: `billing_period`.
    pub noun: String,
    /// A one-sentence summary.
    pub summary: Option<String>,
    /// A longer description.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// The request's method.
    pub method: Method,
    /// The URL that `path` is appended to, without a trailing slash. Variables have their defaults.
    pub server: String,
    /// The parts of the URL, or of the start of `path`, if it has variables.
    pub template: Option<ServerTemplate>,
    /// The path, with parameters as `{Name}`, and the fixed query if there is one.
    pub path: String,
    /// The path parameters, in the order of the path.
    pub path_parameters: Vec<Parameter>,
    /// All other parameters, in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// The parameters that always have the same value.
    pub constants: Vec<Constant>,
    /// The header parameters that are left out because only the client may set them or no header has their name, by name.
    pub headers_of_client: Vec<String>,
    /// The parameters that are left out because they are API keys of every call, by name.
    pub keys_of_client: Vec<String>,
    /// The properties of the form that only responses have.
    pub left_out: Vec<LeftOut>,
    /// The body, if the operation takes one that is not a form.
    pub body: Option<Body>,
    /// Alternative bodies of other media types, in the order of the spec.
    pub other_bodies: Vec<OtherBody>,
    /// The result of a successful call.
    pub result: ResponseKind,
    /// The responses of other media types that callers may ask for, in the order of the spec.
    pub other_responses: Vec<OtherResponse>,
    /// The successful responses, in the order of the spec.
    pub success: Vec<Success>,
    /// The errors with a typed body, in the order of the spec.
    pub errors: Vec<DeclaredError>,
    /// The headers of all declared errors, in the order of the spec.
    pub error_headers: Vec<ErrorHeaders>,
    /// Examples of successful responses. Nothing relies on them being correct.
    pub examples: Vec<AnswerExample>,
    /// The accepted credentials: each entry is sufficient and needs all its members.
    pub security: Vec<Vec<Requirement>>,
    /// How calls are authenticated.
    pub signing: Signing,
    /// The media types of the bodies.
    pub media_types: MediaTypes,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

impl Operation {
    /// Whether callers may send parts in place of the usual body.
    pub fn has_other_parts(&self) -> bool {
        let is_form = |it: &Parameter| it.location == Location::Form;
        let is_required = |it: &OtherBody| it.required;
        self.body.is_some()
            || self.parameters.iter().any(is_form)
            || self.other_bodies.iter().any(is_required)
    }

    /// The path below the server.
    pub fn path_below_server(&self) -> &str {
        let prefix = self.template.as_ref().map_or(0, |it| it.prefix);
        &self.path[prefix..]
    }

    /// The words that the argument or setter of a parameter is named after.
    pub fn words_of<'a>(&self, parameter: &'a Parameter) -> Cow<'a, str> {
        let name = parameter.wire_name.as_str();
        match parameter.location {
            Location::Form if name == Parameter::OTHERS => "rest".into(),
            Location::Part(_) if name == Parameter::OTHERS => match self.has_other_parts() {
                true => "rest_part".into(),
                false => "rest".into(),
            },
            Location::Part(_) if name == Parameter::OTHER_FILES => match self.has_other_parts() {
                true => "file_parts".into(),
                false => "files".into(),
            },
            Location::Part(_) if self.has_other_parts() => format!("{name}_part").into(),
            // `limit` is the number of items of all pages.
            Location::Query if parameter.largest_page.is_some() && name == "limit" => {
                "page_size".into()
            }
            Location::Path | Location::Query | Location::Header | Location::Cookie => name.into(),
            Location::Form | Location::Part(_) => name.into(),
        }
    }
}

/// An operation that was left out because it cannot be called correctly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedOperation {
    /// Its `operationId`, or the name it gets without one.
    pub id: String,
    /// The request's method.
    pub method: Method,
    /// The path as written in the spec.
    pub path: String,
    /// Where the spec defines it.
    pub at: Pointer,
    /// The reason, in one sentence.
    pub why: String,
}

/// The media types that an operation declares, and those that the client uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaTypes {
    /// Those that the service accepts.
    pub request: Vec<String>,
    /// Those that a successful response may have.
    pub response: Vec<String>,
    /// The one that the client sends, as written in the spec; `None` without a body.
    pub sent: Option<String>,
    /// Those that the client reads, as written in the spec.
    pub read: Vec<String>,
}

/// A request body that is not a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What it means.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Whether requests must have it.
    pub required: bool,
    /// Its contents. Only arbitrary JSON can be null. The service checks the limits, not the client.
    pub payload: Payload,
}

/// A success status and what the spec says about its response besides the type.
#[derive(Clone, Debug, PartialEq)]
pub struct Success {
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it stands for the whole hundred.
    pub is_range: bool,
    /// Its headers, sorted by name.
    pub headers: Vec<ResponseHeader>,
    /// The value it returns: the whole body, or the list of a page.
    pub value: Option<Use>,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseHeader {
    /// Its name, in lower case.
    pub name: String,
    /// Whether every such response has it.
    pub required: bool,
}

/// The result of a successful call.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseKind {
    /// No content.
    Nothing,
    /// One value.
    Value(Payload),
    /// A different value for each status.
    OneOf(Vec<Alternative>),
    /// A page of a longer list.
    Page {
        /// The key of the array in the page, with dots between names; empty if the response is the array.
        items: String,
        /// The items of the array.
        item: Use,
        /// How the list is divided, if not by the vendor's conventions.
        paging: Option<Box<Paging>>,
    },
}

impl ResponseKind {
    /// Whether it is bytes or may be, so that it can be read as a stream.
    pub fn may_be_bytes(&self) -> bool {
        let is_bytes = |it: &Payload| it.encoding == Encoding::Bytes;
        match self {
            Self::Value(payload) => is_bytes(payload),
            Self::OneOf(alternatives) => {
                let mut payloads = alternatives.iter().filter_map(|it| it.payload.as_ref());
                payloads.any(is_bytes)
            }
            Self::Nothing | Self::Page { .. } => false,
        }
    }
}

/// The result of one success status, where others have different results.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it stands for the whole hundred.
    pub is_range: bool,
    /// Its contents, if any.
    pub payload: Option<Payload>,
}

/// An example of a response. It may differ from the schema.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerExample {
    /// Its name; empty if the spec gives it none.
    pub name: String,
    /// Where the spec shows it.
    pub at: Pointer,
    /// The status code of the response.
    pub status: u16,
    /// The JSON body.
    pub body: Json,
    /// Whether the spec has the body as a text of JSON.
    pub is_text: bool,
}

/// A node of the tree of paths: `/v1/Sims` or `/v1/Sims/{Sid}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The name of the accessor on its parent, in words: `sims` or `sim`.
    pub accessor: String,
    /// Its noun, in words: `sim`.
    pub noun: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Its path, with parameters as `{Name}`, named as in its first operation.
    pub path: String,
    /// The parameters that select it; a resource without any is a collection or a singleton.
    pub parameters: Vec<Parameter>,
    /// Its operations.
    pub operations: Vec<OperationIndex>,
    /// The resources below it.
    pub children: Vec<ResourceId>,
}
