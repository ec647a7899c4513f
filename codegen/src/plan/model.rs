//! Models the whole plan and the parts that outputs share: types, and how a response is decoded.

mod leaf;
mod wire;

pub use self::leaf::Leaf;
pub use self::wire::{Codec, WireFunction, Writing};
use super::viewpoint::Viewpoint;
use super::{Client, CommandTable, Docs, Mock};
use crate::api::{Encoding, Payload, ResponseKind, Type};
use crate::naming::RustName;

/// The planned crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Crate {
    /// The client.
    pub client: Client,
    /// The mocks by version.
    pub mocks: Vec<Mock>,
    /// The commands by version.
    pub commands: Vec<CommandTable>,
    /// The docs beyond those of single items.
    pub docs: Docs,
}

/// Documentation: lines of Markdown that are safe in a doc comment.
pub type Doc = Vec<String>;

/// How the response to a request is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseDecoding {
    /// As one JSON value.
    Json,
    /// As one JSON value of any kind, which is null if there is none.
    AnyJson,
    /// As a page in the vendor's envelope, whose items have this key.
    Page(String),
    /// As a page of a list that is divided as its request says.
    List,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// By status, as one of several kinds.
    OneOf,
    /// Not at all.
    Empty,
}

impl ResponseDecoding {
    /// How a response with this result is decoded.
    pub(super) fn of(at: Viewpoint<'_>, result: &ResponseKind) -> Self {
        match result {
            ResponseKind::Nothing => Self::Empty,
            ResponseKind::OneOf(_) => Self::OneOf,
            ResponseKind::Value(payload) => Self::of_payload(at, payload),
            ResponseKind::Page {
                items,
                paging: None,
                ..
            } => Self::Page(items.clone()),
            ResponseKind::Page {
                paging: Some(_), ..
            } => Self::List,
        }
    }

    /// How a payload is decoded.
    pub(super) fn of_payload(at: Viewpoint<'_>, payload: &Payload) -> Self {
        match payload.encoding {
            Encoding::Json if *at.api.ty(payload.value.schema) == Type::Any => Self::AnyJson,
            Encoding::Json => Self::Json,
            Encoding::Text => Self::Text,
            Encoding::Bytes => Self::Bytes,
        }
    }
}

/// A type of the same version, as named in one of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: RustName,
    /// Whether it is in another file.
    pub elsewhere: bool,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `()`
    Unit,
    /// A type from outside of the crate.
    Leaf(Leaf),
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Box<T>`
    Box(Box<RustType>),
    /// `Page<T>`
    Page(Box<RustType>),
    /// A type of the same version.
    Named(Named),
}

impl RustType {
    /// Its spelling; `path` returns that of a type of the same version.
    pub(crate) fn spelled(&self, path: &impl Fn(&Named) -> String) -> String {
        match self {
            Self::Unit => "()".to_owned(),
            Self::Leaf(leaf) => leaf.to_string(),
            Self::Vec(item) => format!("Vec<{}>", item.spelled(path)),
            Self::Map(item) => format!("BTreeMap<String, {}>", item.spelled(path)),
            Self::Option(item) => format!("Option<{}>", item.spelled(path)),
            Self::Box(item) => format!("Box<{}>", item.spelled(path)),
            Self::Page(item) => format!("Page<{}>", item.spelled(path)),
            Self::Named(named) => path(named),
        }
    }

    /// The type in its boxes.
    pub fn unboxed(&self) -> &Self {
        if let Self::Box(inner) = self {
            inner.unboxed()
        } else {
            self
        }
    }

    /// The type of the same version that it is or contains, if there is one.
    pub(crate) fn named(&self) -> Option<&Named> {
        match self {
            Self::Unit | Self::Leaf(_) => None,
            Self::Vec(item) | Self::Map(item) | Self::Option(item) => item.named(),
            Self::Box(item) | Self::Page(item) => item.named(),
            Self::Named(named) => Some(named),
        }
    }
}
