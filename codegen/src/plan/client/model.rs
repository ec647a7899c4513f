//! The plan of the client: modules, items and names, as they will be written.

use super::{Argument, BuilderMethod, Conversion, Environment, Layout, Request, Use};
use crate::api::{OperationIndex, ResourceId, TypeId};
use crate::naming::RustName;
use crate::plan::{Answer, Doc, Gate, Named, RustType, TagFeature, WireFunction};
use crate::vendor::Vendor;

/// The client to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// Whose conventions hold for it.
    pub vendor: Vendor,
    /// Whether some operation takes no call without credentials.
    pub needs_credentials: bool,
    /// What it reads from the environment to sign in, unless its vendor has names of its own.
    pub environment: Environment,
    /// The methods of its builder that set variables of servers.
    pub builder_methods: Vec<BuilderMethod>,
    /// Its products, in the order of their first specs.
    pub products: Vec<Product>,
    /// The lints that its names would trip.
    pub lints: Vec<Lint>,
    /// Whether a request sends files.
    pub sends_files: bool,
    /// Whether a body or an answer may be a stream.
    pub has_streams: bool,
    /// Whether a request sends JSON as text.
    pub sends_json_text: bool,
    /// Whether a value is of bytes in base64.
    pub has_base64: bool,
    /// Whether an enumeration converts into another.
    pub converts_enumerations: bool,
}

impl Client {
    /// The names of the files that describe it.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &str> {
        self.products.iter().flat_map(Product::sources)
    }

    /// Every version, product by product.
    pub fn versions(&self) -> impl Iterator<Item = (&Product, &Version)> {
        let products = self.products.iter();
        products.flat_map(|product| product.versions.iter().map(move |it| (product, it)))
    }
}

/// A lint that the crate allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Its name.
    pub name: &'static str,
    /// Why what it warns of is right here.
    pub reason: &'static str,
}

/// One product: a Cargo feature and a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Its name, as the files of its specs have it.
    pub name: String,
    /// The Cargo feature that includes it.
    pub feature: String,
    /// The features of its tags, if it is large.
    pub tags: Vec<TagFeature>,
    /// Its module.
    pub module: RustName,
    /// What it is called in prose.
    pub title: String,
    /// Its versions, in the order of their specs.
    pub versions: Vec<Version>,
}

impl Product {
    /// The names of the files that describe it.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &str> {
        let sources = self.versions.iter().flat_map(|it| &it.sources);
        sources.map(String::as_str)
    }

    /// What it is compiled with: the features of its tags, which its own turns on, or that alone.
    pub(crate) fn gate(&self) -> Gate {
        match self.tags.as_slice() {
            [] => vec![self.feature.clone()],
            tags => tags.iter().map(|it| it.name.clone()).collect(),
        }
    }
}

/// One version of a product: a module in the product's.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The number of its model among those that the crate is planned for.
    pub origin: usize,
    /// The names of the files that describe it.
    pub sources: Vec<String>,
    /// What it is compiled with, if not with the feature of the product.
    pub gate: Gate,
    /// Its module.
    pub module: RustName,
    /// The method of the client that leads to it.
    pub accessor: RustName,
    /// By variable of its servers: the method of the builder that sets it.
    pub server_methods: Vec<RustName>,
    /// What it is called in prose.
    pub title: String,
    /// The docs of its module.
    pub doc: Doc,
    /// The handle that the client's method returns.
    pub root: RustName,
    /// The files of its module.
    pub files: Vec<File>,
}

/// One file of items about one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The module.
    pub module: RustName,
    /// What it is compiled with.
    pub gate: Gate,
    /// The module's docs.
    pub doc: Doc,
    /// The derives of serde that the types use, with what those are compiled with.
    pub serde_derives: Vec<(Derive, Gate)>,
    /// Objects.
    pub structs: Vec<Struct>,
    /// Enumerations.
    pub enumerations: Vec<Enumeration>,
    /// Unions.
    pub unions: Vec<Union>,
    /// Handles.
    pub handles: Vec<Handle>,
    /// Requests.
    pub requests: Vec<Request>,
}

/// An object with known fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The type that it stands for.
    pub origin: TypeId,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The traits that it derives, in the order of its attribute.
    pub derives: Vec<Derive>,
    /// Whether one of its fields may hold personal data, so that it writes its own `Debug`, without the value.
    pub redacts: bool,
    /// Whether later versions may add fields without breaking callers.
    pub non_exhaustive: bool,
    /// Whether it is written by mocks alone, which is why it has no `Serialize` otherwise.
    pub serialize_behind_feature: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What it holds under keys that are no fields, if it keeps that.
    pub rest: Option<RestField>,
    /// How the answer of the same schema becomes it, if that has all that it needs.
    pub conversion: Option<Conversion>,
}

/// A trait that a [`Struct`] derives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// `Clone`
    Clone,
    /// `Debug`
    Debug,
    /// `Default`
    Default,
    /// `PartialEq`
    PartialEq,
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
    /// serde's `Deserialize`
    Deserialize,
    /// serde's `Serialize`
    Serialize,
}

impl Derive {
    /// The trait's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Derive::Clone => "Clone",
            Derive::Debug => "Debug",
            Derive::Default => "Default",
            Derive::PartialEq => "PartialEq",
            Derive::Eq => "Eq",
            Derive::Hash => "Hash",
            Derive::Deserialize => "Deserialize",
            Derive::Serialize => "Serialize",
        }
    }
}

/// A field of a [`Struct`].
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: RustName,
    /// Its key in JSON, if serde does not get it from the name.
    pub rename: Option<String>,
    /// Its docs.
    pub doc: Doc,
    /// Its type.
    pub ty: RustType,
    /// Whether the spec says that it is going away.
    pub deprecated: bool,
    /// Whether it is left out of what is sent when there is none.
    pub skips_none: bool,
    /// What `Debug` shows of it.
    pub shown: Shown,
    /// How it is read, if it is read and serde's own way is too strict.
    pub decoding: Option<Decoding>,
    /// What writes it, if serde's own way is another.
    pub encoding: Option<WireFunction>,
}

impl Field {
    /// Its key in JSON.
    pub(crate) fn key(&self) -> &str {
        match &self.rename {
            Some(rename) => rename,
            None => self.name.unraw(),
        }
    }
}

/// The field of a [`Struct`] for what is under other keys.
#[derive(Clone, Debug, PartialEq)]
pub struct RestField {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its type: a map.
    pub ty: RustType,
    /// Whether its values are exact decimals, or lists and maps of them.
    pub has_decimals: bool,
    /// What writes it, if serde's own way is another.
    pub encoding: Option<WireFunction>,
    /// Whether `Debug` shows its values.
    pub is_shown: bool,
}

/// What `Debug` shows of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its value.
    Value,
    /// Whether there is one.
    Presence,
    /// Nothing but that it is there.
    Nothing,
}

/// How a field is read by the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoding {
    /// The value of an absent field.
    pub absent: Absent,
    /// What reads it.
    pub function: WireFunction,
}

/// What an absent field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is an error.
    Error,
    /// The type's own default.
    Default,
    /// This number, which the function returns.
    Number(i64, WireFunction),
}

/// A list of known strings, open to further ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The type that it stands for.
    pub origin: TypeId,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its variants with their text on the wire.
    pub variants: Vec<(RustName, String)>,
    /// The enumerations of answers that convert into it, as far as it has their values.
    pub conversions: Vec<Named>,
}

/// A value of one of several types, open to further ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The type that it stands for.
    pub origin: TypeId,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The traits that it derives, in the order of its attribute.
    pub derives: Vec<Derive>,
    /// Whether one of its types may be or hold personal data, so that it writes its own `Debug`, without other values.
    pub redacts: bool,
    /// Whether it is read, and by which key, if one tells what it is.
    pub reading: Option<UnionReading>,
    /// Whether it is written by mocks alone.
    pub serialize_behind_feature: bool,
    /// Its types.
    pub variants: Vec<Variant>,
}

/// How a [`Union`] is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionReading {
    /// The key whose value tells what it is.
    pub tag: Option<String>,
}

/// One of the types of a [`Union`].
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its type.
    pub ty: RustType,
    /// Whether it may be personal data, which `Debug` does not show.
    pub redacts: bool,
    /// The function that reads it, if serde's own way is too strict.
    pub decoding: Option<WireFunction>,
    /// The function that writes it, if serde's own way is another.
    pub encoding: Option<WireFunction>,
    /// Which JSON it is.
    pub shape: JsonShape,
}

/// What tells that JSON is of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonShape {
    /// The kind of JSON.
    pub kind: JsonKind,
    /// The values of the union's key that stand for it.
    pub tags: Vec<String>,
    /// Keys that have one value only.
    pub constants: Vec<(String, String)>,
    /// Keys that are always there.
    pub required: Vec<String>,
    /// Keys that are known.
    pub known: Vec<String>,
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// Any of them.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// Text.
    String,
    /// A list.
    List,
    /// An object.
    Object,
}

/// What a resource is reached by: a cheap value with methods that make requests and lead on.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The resource that it leads to.
    pub origin: ResourceId,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Whether the client makes it.
    pub is_root: bool,
    /// Its docs.
    pub doc: Doc,
    /// Methods that lead to other handles.
    pub links: Vec<Link>,
    /// Methods that make requests.
    pub openings: Vec<Opening>,
}

/// A method that leads from one handle to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The resource that it leads to.
    pub origin: ResourceId,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// What selects the resource.
    pub arguments: Vec<Selector>,
    /// The handle that it returns.
    pub target: Named,
}

/// An argument that goes into the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// Its name and what it takes.
    pub argument: Argument,
    /// How it is written.
    pub layout: Layout,
    /// What it is.
    pub kind: SelectorKind,
}

/// What an argument that goes into the path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectorKind {
    /// Text.
    Text,
    /// Several texts.
    Texts,
    /// A number, a time or the like.
    Scalar,
    /// A value of any type, written by its JSON.
    Value,
}

/// What a call is signed with.
#[derive(Clone, Debug, PartialEq)]
pub enum Signing {
    /// What the runtime signs with.
    Usual,
    /// All of the first list that the client has all of.
    OneOf(Vec<Vec<Credential>>),
    /// Nothing.
    Nothing,
}

/// A part of it: a variant of the runtime's `Credential`, and the name of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// The variant.
    pub variant: &'static str,
    /// The name; `None` for `Authorization`.
    pub name: Option<String>,
}

/// A method that makes a request from what the request must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The operation that it opens.
    pub origin: OperationIndex,
    /// What it is compiled with.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Whether the spec says that the operation is going away.
    pub deprecated: bool,
    /// The required parameters.
    pub arguments: Vec<(Argument, Use)>,
    /// What the call is signed with.
    pub signing: Signing,
    /// The media types to ask for, as `Accept` has them, if they are not `application/json` alone.
    pub accept: Option<String>,
    /// The media type of the body, if it is neither `application/json` nor `application/x-www-form-urlencoded`.
    pub content_type: Option<String>,
    /// The request that it makes, which is in the same file.
    pub target: RustName,
    /// How the answer is read.
    pub answer: Answer,
}
