//! The plan as a whole, and what its outputs share: types, and how an answer is read.

mod leaf;
mod wire;

pub use self::leaf::Leaf;
pub use self::wire::{Codec, DefaultCodec, WireFunction};
use super::{Client, CommandTable, Docs, Mock};
use crate::api::{Encoding, Outcome, Payload};
use crate::naming::RustName;

/// The crate to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Crate {
    /// The client.
    pub client: Client,
    /// By version: what tests can have of it.
    pub mocks: Vec<Mock>,
    /// By version: its commands.
    pub commands: Vec<CommandTable>,
    /// The docs beyond those of single items.
    pub docs: Docs,
}

/// Documentation: lines of Markdown that are safe in a doc comment.
pub type Doc = Vec<String>;

/// How the answer to a request is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// As one JSON value.
    Json,
    /// As a page whose items have this key.
    Page(String),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// By status, as one of several kinds.
    OneOf,
    /// Not at all.
    Empty,
}

impl Answer {
    /// How the answer is read that brings `result`.
    pub(super) fn of(result: &Outcome) -> Self {
        match result {
            Outcome::Nothing => Self::Empty,
            Outcome::OneOf(_) => Self::OneOf,
            Outcome::Value(payload) => Self::of_payload(payload),
            Outcome::Page { items, .. } => Self::Page(items.clone()),
        }
    }

    /// How a value is read that stands in an answer so.
    pub(super) fn of_payload(payload: &Payload) -> Self {
        match payload.encoding {
            Encoding::Json => Self::Json,
            Encoding::Text => Self::Text,
            Encoding::Bytes => Self::Bytes,
        }
    }
}

/// A type of the same version, as it is named from one of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: RustName,
    /// Whether another file has it.
    pub elsewhere: bool,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `()`
    Unit,
    /// A type that the crate takes from elsewhere.
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
