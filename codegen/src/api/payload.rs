//! What bodies and answers hold, by their media types.

use super::Use;
use crate::pointer::Pointer;

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

/// A body that a caller may send in the place of the usual one, or must send if it is required.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherBody {
    /// Where the spec defines it.
    pub at: Pointer,
    /// Its media type.
    pub media_type: String,
    /// Whether requests must have it. There is no usual body then.
    pub required: bool,
    /// How the value is written.
    pub writing: BodyWriting,
    /// The value. Of text and of bytes only what the spec says of them counts, not the type.
    pub value: Use,
}

/// How a value is written as a whole body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyWriting {
    /// As JSON.
    Json,
    /// As a form, with a field for each member.
    Form,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}
