//! Models the contents of request and response bodies.

use super::{Style, Use};
use crate::pointer::Pointer;

/// The contents of a request or response body.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The encoding of the value.
    pub encoding: Encoding,
    /// The value. For text and bytes, only the description and limits matter, not the type.
    pub value: Use,
    /// What it consists of, if it is a stream of objects.
    pub item: Option<StreamItem>,
}

impl Payload {
    /// The values in it that have types.
    pub fn values(&self) -> impl Iterator<Item = &Use> {
        let item = self.item.as_ref().map(StreamItem::value);
        [&self.value].into_iter().chain(item)
    }
}

/// What a stream consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamItem {
    /// Events with JSON of this type as their data.
    Event(Use),
    /// Lines of JSON of this type.
    Line(Use),
}

impl StreamItem {
    /// The value of each.
    pub fn value(&self) -> &Use {
        match self {
            Self::Event(value) | Self::Line(value) => value,
        }
    }
}

/// The encoding of a value in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As JSON (RFC 8259).
    Json,
    /// As text other than JSON.
    Text,
    /// As raw bytes.
    Bytes,
}

/// An alternative body; the caller may send it in place of the usual one, or must send it if it is required.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherBody {
    /// Where the spec defines it.
    pub at: Pointer,
    /// Its media type.
    pub media_type: String,
    /// Whether requests must have it. Then there is no usual body.
    pub required: bool,
    /// How the value is serialized.
    pub writing: BodyEncoding,
    /// The value. For text and bytes, only the description and limits matter, not the type.
    pub value: Use,
}

/// A response of another media type, which callers may ask for in place of the usual one.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherResponse {
    /// Its media type.
    pub media_type: String,
    /// Its contents.
    pub payload: Payload,
}

/// How a value is serialized as a whole body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// As JSON.
    Json,
    /// As a form, with a field for each member. Those that the document gives an encoding are listed; of the others, a
    /// scalar is text, a list repeats the field, and an object is JSON.
    Form(Vec<FormField>),
    /// As text.
    Text,
    /// As raw bytes.
    Bytes,
}

/// A field of a form, with the encoding that the document gives it (OpenAPI 3.0.3, Encoding Object).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its name.
    pub wire_name: String,
    /// How its value is serialized.
    pub encoding: FieldEncoding,
}

/// How the value of a form field is serialized, if not as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldEncoding {
    /// In a style.
    Styled(Style),
    /// As JSON, even if it is a list or a string.
    Json,
}
