//! Models the client: modules, items and names, as they will be written.

mod handle;
mod union;

pub use self::handle::{
    Constant, Credential, Handle, KeyLocation, Link, Opening, Selector, SelectorKind, Signing,
};
pub use self::union::{
    JsonKind, JsonShape, NestedStep, NestedVariant, Union, UnionReading, Variant,
};
use super::default_value::DefaultValue;
use super::{BuilderMethod, Constructor, Conversion, DefaultImpl, Environment, Request};
use crate::api::TypeId;
use crate::naming::RustName;
use crate::plan::{Codec, Doc, Gate, Named, RustType, TagFeature, WireFunction};
use crate::vendor::Vendor;

/// The planned client.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// The vendor whose conventions it follows.
    pub vendor: Vendor,
    /// Whether some operation needs credentials.
    pub needs_credentials: bool,
    /// Whether some operation needs none.
    pub has_public_operations: bool,
    /// The credentials it reads from the environment, unless its vendor defines them.
    pub environment: Environment,
    /// The builder's methods that set server variables.
    pub builder_methods: Vec<BuilderMethod>,
    /// Its products, in the order of their first specs.
    pub products: Vec<Product>,
    /// The recursion limit that its docs need, if the default is not enough.
    pub recursion_limit: Option<usize>,
    /// The lints that its names would trigger.
    pub lints: Vec<Lint>,
    /// Whether a request sends files.
    pub sends_files: bool,
    /// Whether a request sends files under names that callers choose.
    pub sends_named_files: bool,
    /// Whether a body may be a stream.
    pub has_streams: bool,
    /// Whether a request can ask for a response of another media type.
    pub has_other_responses: bool,
    /// Whether a request sends JSON as text.
    pub sends_json_text: bool,
    /// Whether a value is base64.
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

    /// The files of every version.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.products.iter().flat_map(Product::files)
    }

    /// Whether a type derives `Serialize` without a feature of its own: one that requests contain as JSON.
    pub(crate) fn derives_serialize(&self) -> bool {
        self.files().any(|it| it.serializes.is_some())
    }
}

/// A lint that the crate allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Its name.
    pub name: &'static str,
    /// Why the lint does not apply.
    pub reason: &'static str,
}

/// One product: a Cargo feature and a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Its name, as in the file names of its specs.
    pub name: String,
    /// The Cargo feature that includes it.
    pub feature: String,
    /// The features of its tags, if it is large.
    pub tags: Vec<TagFeature>,
    /// Its module.
    pub module: RustName,
    /// Its title.
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

    /// The files of its versions.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.versions.iter().flat_map(|it| &it.files)
    }

    /// Its gate: the features of its tags, which its own feature turns on, or only its own.
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
    /// The index of its model.
    pub origin: usize,
    /// The names of the files that describe it.
    pub sources: Vec<String>,
    /// Its gate, unless it is the feature of the product.
    pub gate: Gate,
    /// Its module.
    pub module: RustName,
    /// The client's method that returns its root handle.
    pub accessor: RustName,
    /// For each of its server variables: the builder's method that sets it.
    pub server_methods: Vec<RustName>,
    /// Its title.
    pub title: String,
    /// The docs of its module.
    pub doc: Doc,
    /// The handle that the client's method returns.
    pub root: RustName,
    /// The files of its module.
    pub files: Vec<File>,
}

/// A file of items about one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The module.
    pub module: RustName,
    /// Its gate.
    pub gate: Gate,
    /// The module's docs.
    pub doc: Doc,
    /// The gate of the types that derive `Serialize` without a feature of its own, if there are any.
    pub serializes: Option<Gate>,
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
    /// The type in the model.
    pub origin: TypeId,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The traits that it derives, in the order of its attribute.
    pub derives: Vec<Derive>,
    /// Whether one of its fields may hold personal data, so that it has its own `Debug` without the value.
    pub redacts: bool,
    /// Whether later versions may add fields without breaking callers.
    pub non_exhaustive: bool,
    /// Whether only mocks serialize it, so that it has no `Serialize` otherwise.
    pub serialize_behind_feature: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field for additional properties, if it keeps them.
    pub rest: Option<RestField>,
    /// Its `Default`, if that cannot be derived.
    pub default_impl: Option<DefaultImpl>,
    /// Its function `new`, if callers build it and some of its fields are required.
    pub constructor: Option<Constructor>,
    /// The conversion from the response type of the same schema, if that is complete.
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
    /// serde's `Deserialize`, which a macro of the runtime implements
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
    /// Its key in JSON, if serde does not derive it from the name.
    pub rename: Option<String>,
    /// Its docs.
    pub doc: Doc,
    /// Its type.
    pub ty: RustType,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is omitted from requests if there is no value.
    pub skips_none: bool,
    /// What `Debug` shows.
    pub shown: DebugPolicy,
    /// How it is deserialized, if not in serde's way.
    pub decoding: Option<Decoding>,
    /// The function that serializes it, if serde's default differs.
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

/// The field of a [`Struct`] for additional properties.
#[derive(Clone, Debug, PartialEq)]
pub struct RestField {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its type: a map.
    pub ty: RustType,
    /// The codec that reads its values, if serde is too strict.
    pub codec: Option<Codec>,
    /// The function that serializes it, if serde's default differs.
    pub encoding: Option<WireFunction>,
    /// Whether `Debug` shows its values.
    pub is_shown: bool,
}

/// What `Debug` shows of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebugPolicy {
    /// Its value.
    Value,
    /// Whether there is one.
    Presence,
    /// Only that the field exists.
    Nothing,
}

/// How a field is deserialized.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoding {
    /// The codec that reads it, if serde is too strict.
    pub codec: Option<Codec>,
    /// Its value in `Some` if it is absent, unless that is an error, `None`, or what the codec says.
    pub default: Option<DefaultValue>,
}

/// A list of known strings; more may be added.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The type in the model.
    pub origin: TypeId,
    /// Its gate.
    pub gate: Gate,
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its variants.
    pub variants: Vec<EnumVariant>,
    /// The enumerations of responses that convert into it, as far as it has their values.
    pub conversions: Vec<Named>,
}

/// A known value of an [`Enumeration`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumVariant {
    /// Its name.
    pub name: RustName,
    /// Its text on the wire.
    pub wire: String,
    /// Its docs besides the text, which the runtime's macro adds.
    pub doc: Doc,
}
