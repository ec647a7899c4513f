//! Models unions.

use crate::api::TypeId;
use crate::naming::RustName;
use crate::plan::client::Derive;
use crate::plan::{Codec, Doc, Gate, RustType, WireFunction};

/// A value of one of several types; more may be added.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
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
    /// Whether one of its types may be or contain personal data, so that it has its own `Debug` without the value.
    pub redacts: bool,
    /// How it is deserialized, if it is.
    pub reading: Option<UnionReading>,
    /// Whether only mocks serialize it.
    pub serialize_behind_feature: bool,
    /// Its types.
    pub variants: Vec<Variant>,
}

/// How a [`Union`] is deserialized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionReading {
    /// The tag property, if there is one.
    pub tag: Option<String>,
    /// The variants of unions inside that the tag selects.
    pub nested: Vec<NestedVariant>,
}

/// A variant of a union inside of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedVariant {
    /// The tag values that select it.
    pub tags: Vec<String>,
    /// The variants on the way to it, from the outer union inwards, and last itself.
    pub way: Vec<NestedStep>,
    /// The codec that reads it, if serde is too strict.
    pub decoding: Option<Codec>,
}

/// A variant on the way to a [`NestedVariant`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedStep {
    /// The union.
    pub union: RustType,
    /// The name of the variant.
    pub name: RustName,
    /// The type of the variant.
    pub ty: RustType,
}

/// A variant of a [`Union`].
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// Its type.
    pub ty: RustType,
    /// Whether its type converts into the union: callers build the union, and no other variant has the type.
    pub converts: bool,
    /// Whether it may be personal data, which `Debug` does not show.
    pub redacts: bool,
    /// The codec that reads it, if serde is too strict.
    pub decoding: Option<Codec>,
    /// The function that serializes it, if serde's default differs.
    pub encoding: Option<WireFunction>,
    /// The JSON that matches it.
    pub shape: JsonShape,
}

/// How to recognize JSON of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonShape {
    /// The kind of JSON.
    pub kind: JsonKind,
    /// The tag values that select it.
    pub tags: Vec<String>,
    /// Keys that have only one value.
    pub constants: Vec<(String, String)>,
    /// Keys that have certain values, which differ between the types.
    pub listed: Vec<(String, Vec<String>)>,
    /// Keys that are always present.
    pub required: Vec<String>,
    /// Known keys.
    pub known: Vec<String>,
    /// Whether the type keeps other keys, which others lose.
    pub keeps_others: bool,
    /// The tag property of the types in `inner`.
    pub inner_tag: Option<String>,
    /// The JSON that matches one of the types of a union inside, or the items of a list. Empty if that does not decide.
    pub inner: Vec<JsonShape>,
}

impl JsonShape {
    /// JSON of a kind.
    pub(crate) fn of(kind: JsonKind, tags: Vec<String>) -> Self {
        Self {
            kind,
            tags,
            constants: Vec::new(),
            listed: Vec::new(),
            required: Vec::new(),
            known: Vec::new(),
            keeps_others: false,
            inner_tag: None,
            inner: Vec::new(),
        }
    }
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// Any of them.
    Any,
    /// Whatever has the tag.
    Tagged,
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
