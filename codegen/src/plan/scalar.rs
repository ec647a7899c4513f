//! What Rust makes of each scalar.

use super::Leaf;
use crate::api::Scalar;

/// A scalar in Rust.
pub(super) struct Row {
    pub(super) leaf: Leaf,
    /// How the runtime reads it, where services send it in more than one way.
    pub(super) reading: Option<Reading>,
    /// How the runtime writes it, where serde writes it in another way.
    pub(super) writing: Option<Writing>,
    pub(super) passing: Passing,
    pub(super) literal: Literal,
}

/// Functions of the runtime's `wire` module that read a field.
pub(super) struct Reading {
    pub(super) required: &'static str,
    pub(super) optional: &'static str,
}

/// Functions of the runtime's `wire` module that write a field.
pub(super) struct Writing {
    pub(super) required: &'static str,
    pub(super) optional: &'static str,
}

/// What an argument takes.
pub(super) enum Passing {
    /// What turns into it.
    Into,
    /// Nothing else.
    Exactly,
}

/// How an example shows a value.
pub(super) enum Literal {
    Text,
    Boolean,
    Integer,
    /// As text that is parsed, such as this.
    Parsed(&'static str),
}

const TIME: Literal = Literal::Parsed("2026-01-31T08:00:00Z");

/// What Rust makes of a scalar.
pub(super) fn row(scalar: Scalar) -> Row {
    let plain = |leaf, passing, literal| Row {
        leaf,
        reading: None,
        writing: None,
        passing,
        literal,
    };
    let reading = |required, optional| Some(Reading { required, optional });
    let writing = |required, optional| Some(Writing { required, optional });
    match scalar {
        Scalar::String => plain(Leaf::STRING, Passing::Into, Literal::Text),
        Scalar::Boolean => plain(Leaf::BOOL, Passing::Exactly, Literal::Boolean),
        Scalar::Integer => Row {
            reading: reading("integer", "optional_integer"),
            ..plain(Leaf::I64, Passing::Exactly, Literal::Integer)
        },
        Scalar::Decimal => Row {
            reading: reading("decimal", "optional_decimal"),
            writing: writing("write_decimal", "write_optional_decimal"),
            ..plain(Leaf::DECIMAL, Passing::Into, Literal::Parsed("1.5"))
        },
        Scalar::DateTime => Row {
            reading: reading("date_time", "optional_date_time"),
            ..plain(Leaf::DATE_TIME, Passing::Into, TIME)
        },
        Scalar::DateTimeRfc2822 => Row {
            reading: reading("date_time_rfc2822", "optional_date_time_rfc2822"),
            writing: writing(
                "write_date_time_rfc2822",
                "write_optional_date_time_rfc2822",
            ),
            ..plain(Leaf::DATE_TIME, Passing::Into, TIME)
        },
        Scalar::Date => Row {
            reading: reading("date", "optional_date"),
            ..plain(Leaf::DATE, Passing::Exactly, Literal::Parsed("2026-01-31"))
        },
    }
}
