//! The error of a conversion between two enums of an API.

use std::fmt;

use crate::error::one_line;

/// The length, in characters, to which the message truncates a value.
const VALUE_LIMIT: usize = 100;

/// A value of one enum that has no counterpart in another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnumConversionError {
    /// The value, as it is on the wire.
    pub value: String,
    /// The name of the target enum.
    pub target: &'static str,
}

impl EnumConversionError {
    /// Creates the error for [`convert_enum!`](crate::convert_enum).
    #[doc(hidden)]
    pub fn new(value: &str, target: &'static str) -> Self {
        Self {
            value: value.to_owned(),
            target,
        }
    }
}

impl fmt::Display for EnumConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, target } = self;
        let value = one_line(value, VALUE_LIMIT);
        write!(f, "`{target}` has no value `{value}`")
    }
}

impl std::error::Error for EnumConversionError {}
