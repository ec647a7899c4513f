//! Maps each scalar to Rust.

use super::{Codec, Leaf, ValueKind, Writing};
use crate::api::Scalar;

/// A scalar in Rust.
pub(super) struct Row {
    pub(super) leaf: Leaf,
    /// The codec that reads it, if services send it in more than one way.
    pub(super) reading: Option<Codec>,
    /// How the runtime writes it, if serde writes it in another way.
    pub(super) writing: Option<Writing>,
    pub(super) passing: Passing,
    pub(super) literal: Literal,
    /// What a command takes.
    pub(super) kind: ValueKind,
}

/// What an argument takes.
pub(super) enum Passing {
    /// Anything that converts into the type.
    Into,
    /// The type itself.
    Exactly,
}

/// How an example shows a value.
pub(super) enum Literal {
    Text,
    Boolean,
    Integer,
    Float,
    /// As a string that is parsed, such as this one.
    Parsed(&'static str),
}

impl Literal {
    /// What a command takes for values of this kind, unless their row says more.
    fn kind(&self) -> ValueKind {
        match self {
            Self::Boolean => ValueKind::Boolean,
            Self::Integer => ValueKind::Integer,
            Self::Float => ValueKind::Number,
            Self::Text | Self::Parsed(_) => ValueKind::Text,
        }
    }
}

const TIME: Literal = Literal::Parsed("2026-01-31T08:00:00Z");

/// The Rust mapping of a scalar.
pub(super) fn row(scalar: Scalar) -> Row {
    let plain = |leaf, passing, literal: Literal| Row {
        leaf,
        reading: None,
        writing: None,
        passing,
        kind: literal.kind(),
        literal,
    };
    match scalar {
        Scalar::String => plain(Leaf::STRING, Passing::Into, Literal::Text),
        Scalar::Boolean => plain(Leaf::BOOL, Passing::Exactly, Literal::Boolean),
        Scalar::Integer => Row {
            reading: Some(Codec::INTEGER),
            ..plain(Leaf::I64, Passing::Exactly, Literal::Integer)
        },
        Scalar::Int32 => Row {
            reading: Some(Codec::INT32),
            ..plain(Leaf::I32, Passing::Exactly, Literal::Integer)
        },
        Scalar::Uint32 => Row {
            reading: Some(Codec::UINT32),
            ..plain(Leaf::U32, Passing::Exactly, Literal::Integer)
        },
        Scalar::Uint64 => Row {
            reading: Some(Codec::UINT64),
            ..plain(Leaf::U64, Passing::Exactly, Literal::Integer)
        },
        Scalar::Float => Row {
            reading: Some(Codec::FLOAT),
            ..plain(Leaf::F64, Passing::Exactly, Literal::Float)
        },
        Scalar::Decimal => Row {
            reading: Some(Codec::DECIMAL),
            writing: Some(Writing::DECIMAL),
            kind: ValueKind::Number,
            ..plain(Leaf::DECIMAL, Passing::Into, Literal::Parsed("1.5"))
        },
        Scalar::DateTime => Row {
            reading: Some(Codec::DATE_TIME),
            kind: ValueKind::DateTime,
            ..plain(Leaf::DATE_TIME, Passing::Into, TIME)
        },
        Scalar::DateTimeRfc2822 => Row {
            reading: Some(Codec::RFC2822),
            writing: Some(Writing::RFC2822),
            ..plain(Leaf::DATE_TIME, Passing::Into, TIME)
        },
        Scalar::Date => Row {
            reading: Some(Codec::DATE),
            kind: ValueKind::Date,
            ..plain(Leaf::DATE, Passing::Exactly, Literal::Parsed("2026-01-31"))
        },
        Scalar::Base64 => plain(Leaf::BASE64, Passing::Into, Literal::Parsed("aGVsbG8=")),
    }
}
