//! Describes the responses of an operation to a mock. Generated code provides it.

use std::{fmt, slice};

use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::operation::Operation;
use crate::paging::PagingRule;

/// A request that a [`Mock`](super::Mock) can respond to. The generated crate implements it for every request.
pub trait Mocked {
    /// The content of a response: the body, every item of a list, or `()`.
    type Body: Serialize + DeserializeOwned;

    /// The responses of the operation.
    const ANSWER: &'static AnswerSpec;
}

/// The responses of an operation, according to the specification.
#[derive(Clone, Copy)]
pub struct AnswerSpec {
    /// The operation.
    pub operation: &'static Operation,
    /// The success status.
    pub status: u16,
    /// The content of a successful response.
    pub content: Content,
    /// The examples of all operations, as JSON.
    pub examples: &'static str,
}

/// The content of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body.
    Nothing,
    /// One JSON value.
    Value,
    /// A JSON array, all at once.
    Array,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// The items of a list, under this key of a page in the vendor's envelope.
    Items(&'static str),
    /// The items of a list that is divided as this rule says.
    Pages(&'static PagingRule),
}

/// Omits the examples.
impl fmt::Debug for AnswerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerSpec")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Content {
    /// Returns the key of the items in a page, if the content is a list of pages.
    pub(super) fn items_key(&self) -> Option<&[&'static str]> {
        match self {
            Self::Items(key) => Some(slice::from_ref(key)),
            Self::Pages(rule) => Some(rule.items),
            Self::Nothing | Self::Value | Self::Array | Self::Text | Self::Bytes => None,
        }
    }
}

/// Returns the success status.
pub(super) fn status_of(spec: &AnswerSpec) -> StatusCode {
    StatusCode::from_u16(spec.status).unwrap_or(StatusCode::OK)
}
