//! What a mock knows of an operation: generated code says it.

use std::fmt;

use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::operation::Operation;

/// A request that a [`Mock`](super::Mock) can answer. The generated crate implements it for every request that it has.
pub trait Mocked {
    /// What an answer holds: the body, every item of a list, or `()`.
    type Body: Serialize + DeserializeOwned;

    /// How the operation is answered.
    const ANSWER: &'static AnswerSpec;
}

/// How an operation is answered, as the specification has it.
#[derive(Clone, Copy)]
pub struct AnswerSpec {
    /// The operation.
    pub operation: &'static Operation,
    /// The status of a success.
    pub status: u16,
    /// What a success brings.
    pub content: Content,
    /// The examples of all operations, as JSON.
    pub examples: &'static str,
}

/// What the answer to an operation brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body.
    Nothing,
    /// One JSON value.
    Value,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Items of a list, under this key of a page.
    Items(&'static str),
}

/// Shows no examples.
impl fmt::Debug for AnswerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerSpec")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Returns the status of a success.
pub(super) fn status_of(spec: &AnswerSpec) -> StatusCode {
    StatusCode::from_u16(spec.status).unwrap_or(StatusCode::OK)
}
