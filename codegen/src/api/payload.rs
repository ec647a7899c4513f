//! What bodies and answers hold, by their media types.

use super::Use;

/// What a body or an answer holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// How the value stands in it.
    pub encoding: Encoding,
    /// The value. Of text and of bytes only what the spec says of them counts, not the type.
    pub value: Use,
}

/// How a value stands in a body or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As JSON (RFC 8259).
    Json,
    /// As text that is no JSON.
    Text,
    /// As bytes that nothing is known of.
    Bytes,
}
