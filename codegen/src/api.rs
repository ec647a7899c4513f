//! The API model: what an API does, in terms of its wire format.
//!
//! It answers "which operations are there, what goes out, what comes back?". It holds wire names and
//! ids, never OpenAPI spelling (`nullable`, `allOf`, `$ref`) and never Rust identifiers or tokens. All
//! collections keep the order of the spec; `Debug` output is stable.

mod bounds;
mod payload;
mod scalar;
pub(crate) mod schema;
pub(crate) mod usage;

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::tree::Places;
use crate::vendor::Vendor;

pub(crate) use self::bounds::LIMIT_KEYWORDS;
pub use self::bounds::{Bounds, Limit};
pub use self::payload::{Encoding, Payload};
pub(crate) use self::scalar::Primitive;
pub use self::scalar::Scalar;
pub use self::schema::{Marks, Schema, SchemaId, Type, Use};

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
    /// The title of the spec.
    pub title: String,
    /// What the API is for.
    pub doc: Option<String>,
    /// The schemes that calls can authenticate with, by name.
    pub security_schemes: Vec<(String, SecurityScheme)>,
    /// Every schema of a value; a [`SchemaId`] is an index into it.
    pub schemas: Vec<Schema>,
    /// Every named type; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDefinition>,
    /// Every operation; an [`OperationIndex`] is an index into it.
    pub operations: Vec<Operation>,
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

/// How a call proves who makes it.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityScheme {
    /// HTTP Basic (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750) that the caller has, be it got by OAuth 2.0 or OpenID Connect.
    Bearer,
    /// A bearer token got with OAuth 2.0 client credentials (RFC 6749 §4.4).
    ClientCredentials {
        /// Where tokens are issued.
        token_url: String,
        /// The scopes that a token may have (RFC 6749 §3.3), sorted.
        scopes: Vec<String>,
    },
    /// An API key.
    ApiKey {
        /// Where it goes.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
    /// Another HTTP authentication scheme, by its name: the caller makes the `Authorization` header (RFC 9110 §11.4).
    Http(String),
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}

/// What a call is signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// The `Authorization` header.
    Usual,
    /// The same, or nothing.
    Optional,
    /// All of the first list that the caller has all of. An empty list comes last, for calls without credentials.
    OneOf(Vec<Vec<Credential>>),
    /// Nothing: anybody may call.
    Nothing,
}

/// A part of what a call is signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The `Authorization` header.
    Authorization,
    /// An API key.
    Key {
        /// Where it goes.
        location: KeyLocation,
        /// Its name there.
        name: String,
    },
}

impl Signing {
    /// Whether nobody may call without credentials.
    pub fn needs_credentials(&self) -> bool {
        match self {
            Self::Usual => true,
            Self::Optional | Self::Nothing => false,
            Self::OneOf(alternatives) => !alternatives.iter().any(Vec::is_empty),
        }
    }
}

/// A security scheme that an operation wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requirement {
    /// The scheme's name.
    pub scheme: String,
    /// The scopes that a token must have (RFC 6749 §3.3), sorted.
    pub scopes: Vec<String>,
}

/// A type with a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefinition {
    /// Its name in words, as `snake_case`: `billing_period`, `sim_status`.
    pub name: String,
    /// What it stands for.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// What it holds.
    pub shape: Shape,
    /// Whether the crate has an item for it: something that is sent or received mentions it, or it is a component.
    pub is_item: bool,
    /// The type that answers bring, where the same schema describes other objects in answers than in requests. This
    /// is the one that requests send.
    pub received_as: Option<TypeId>,
    /// The properties that it lacks because they only travel the other way.
    pub left_out: Vec<LeftOut>,
}

/// A property that only travels the other way than what holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name on the wire.
    pub wire_name: String,
    /// Where the spec defines it.
    pub at: Pointer,
}

/// What a [`TypeDefinition`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known fields.
    Object(Object),
    /// One of a list of strings. Services add values without notice, so the list is open.
    Enumeration(Vec<EnumValue>),
    /// One of several types. Services add to them without notice, so the list is open.
    Union(Union),
}

impl Shape {
    /// The fields of an object.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Object(object) => &object.fields,
            Self::Enumeration(_) | Self::Union(_) => &[],
        }
    }

    /// The fields of an object, to be changed.
    pub(crate) fn fields_mut(&mut self) -> Option<&mut Vec<Field>> {
        match self {
            Self::Object(object) => Some(&mut object.fields),
            Self::Enumeration(_) | Self::Union(_) => None,
        }
    }

    /// What an object holds under keys that are no fields, if it keeps that.
    pub fn rest(&self) -> Option<&Use> {
        match self {
            Self::Object(object) => object.rest.as_ref(),
            Self::Enumeration(_) | Self::Union(_) => None,
        }
    }

    /// The values of an enumeration, if it is one.
    pub fn values(&self) -> Option<&[EnumValue]> {
        match self {
            Self::Object(_) | Self::Union(_) => None,
            Self::Enumeration(values) => Some(values),
        }
    }

    /// The alternatives of a union.
    pub fn variants(&self) -> &[Variant] {
        match self {
            Self::Object(_) | Self::Enumeration(_) => &[],
            Self::Union(union) => &union.variants,
        }
    }

    /// What it holds.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Use> {
        let fields = self.fields().iter().map(|it| &it.value);
        let variants = self.variants().iter().map(|it| &it.value);
        fields.chain(self.rest()).chain(variants)
    }

    /// What it holds, to be changed.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Use> {
        let (fields, rest, variants) = match self {
            Self::Object(object) => (
                object.fields.as_mut_slice(),
                object.rest.as_mut(),
                &mut [][..],
            ),
            Self::Enumeration(_) => (&mut [][..], None, &mut [][..]),
            Self::Union(union) => (&mut [][..], None, union.variants.as_mut_slice()),
        };
        let fields = fields.iter_mut().map(|it| &mut it.value);
        let variants = variants.iter_mut().map(|it| &mut it.value);
        fields.chain(rest).chain(variants)
    }
}

/// An object with known fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its fields, in the order of the spec.
    pub fields: Vec<Field>,
    /// What it holds under other keys. Without it, readers pass over what they do not know.
    pub rest: Option<Use>,
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The key whose value tells which of them it is, if the document names one.
    pub tag: Option<String>,
    /// The types, in the order of the spec, each once.
    pub variants: Vec<Variant>,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name in words, as `snake_case`.
    pub name: String,
    /// What it holds.
    pub value: Use,
    /// The values of the union's key that stand for it.
    pub tags: Vec<String>,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Its text on the wire.
    pub text: String,
    /// Its place in the spec's list, which may have a null before it.
    pub index: usize,
}

/// One field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in JSON.
    pub wire_name: String,
    /// What it holds when it is there.
    pub value: Use,
    /// Whether it is there, as far as callers can tell.
    pub presence: Presence,
    /// Whether the spec promises its key.
    pub listed: bool,
}

impl Field {
    /// Whether a request says null where there is no value: its key has to be there.
    pub fn is_none_null(&self) -> bool {
        self.listed && self.value.nullable
    }
}

/// Which way a value may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    Both,
    /// Only back: no request should have it.
    Received,
    /// Only out: no answer has it.
    Sent,
}

impl Direction {
    /// Whether a request may have the value.
    pub fn is_sent(self) -> bool {
        match self {
            Self::Both | Self::Sent => true,
            Self::Received => false,
        }
    }

    /// Whether an answer may have the value.
    pub fn is_received(self) -> bool {
        match self {
            Self::Both | Self::Received => true,
            Self::Sent => false,
        }
    }
}

/// Whether a value is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always, and never null.
    Required,
    /// Absent and null mean this number.
    Default(i64),
    /// Absent and null mean that there is none.
    Optional,
}

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
    /// The URL that `path` is appended to, without a slash at its end.
    pub server: String,
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
    /// What a success brings.
    pub result: Outcome,
    /// The ways to succeed, in the order of the spec.
    pub success: Vec<Success>,
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

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the request.
    pub wire_name: String,
    /// What it means.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Where the spec declares it: `at`, or what a `$ref` there leads to.
    pub declaration: Pointer,
    /// The part of the request that carries it.
    pub location: Location,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// What it holds. No request can say null: it leaves out what would be null, and items of lists that would. The
    /// service checks the limits, not the client.
    pub value: Use,
    /// The media type of a part, if the spec names one.
    pub media_type: Option<String>,
    /// What stands between the values of a list that is one field of the query.
    pub delimiter: Option<Delimiter>,
    /// What the spec says of the JSON that a form carries as text, by the place in it: `.rules[].name`. Only good for
    /// telling whether it is the same.
    pub json: BTreeMap<String, Json>,
    /// A value to show in docs, which fits the type. The values of one operation's parameters belong together.
    pub example: Option<Json>,
    /// Whether it may hold personal data.
    pub pii: bool,
    /// Whether it is going away.
    pub deprecated: bool,
}

/// What stands between the values of a list that is one field (OpenAPI 3.0.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`: the style `form` without `explode`.
    Comma,
    /// A space: the style `spaceDelimited`.
    Space,
    /// `|`: the style `pipeDelimited`.
    Pipe,
}

impl Delimiter {
    /// The delimiter as it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Pipe => "%7C",
        }
    }
}

impl Parameter {
    /// Whether a request cannot have both: they are in the same place and have the same name. The names of headers
    /// ignore case (RFC 9110 §5.1).
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let [name, other_name] = [self, other].map(|it| it.wire_name.as_str());
        let is_same_name = match self.location {
            Location::Header => name.eq_ignore_ascii_case(other_name),
            Location::Path | Location::Query | Location::Form | Location::Part(_) => {
                name == other_name
            }
        };
        let is_same_place = match (self.location, other.location) {
            (Location::Part(_), Location::Part(_)) => true, // However each is written.
            (one, other) => one == other,
        };
        is_same_place && is_same_name
    }
}

/// The part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header field.
    Header,
    /// A field of a form body.
    Form,
    /// A part of a body with several (RFC 7578).
    Part(PartForm),
}

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// As text.
    Text,
    /// As JSON.
    Json,
    /// As a file.
    File,
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
