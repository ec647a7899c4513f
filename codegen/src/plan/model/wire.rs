//! The functions of the runtime's module `wire` that emitted code calls.

use std::fmt;

/// A function that reads or writes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireFunction(&'static str);

impl WireFunction {
    /// Reads an integer; absence stands for the default of its type.
    pub const INTEGER_OR_DEFAULT: Self = Self("integer_or_default");
    /// Reads an integer; absence stands for the number that is its argument.
    pub const INTEGER_OR: Self = Self("integer_or");
    /// Writes times inside of lists and maps.
    pub const WRITE_DATE_TIMES: Self = Self("write_date_times");
}

impl fmt::Display for WireFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The functions for one type, which read or write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codec {
    /// For a value that is there.
    pub required: WireFunction,
    /// For one that may be missing.
    pub optional: WireFunction,
}

impl Codec {
    pub(crate) const READ_INTEGER: Self = Self::new("integer", "optional_integer");
    pub(crate) const READ_DECIMAL: Self = Self::new("decimal", "optional_decimal");
    pub(crate) const WRITE_DECIMAL: Self = Self::new("write_decimal", "write_optional_decimal");
    pub(crate) const READ_DATE_TIME: Self = Self::new("date_time", "optional_date_time");
    pub(crate) const READ_DATE_TIME_RFC2822: Self =
        Self::new("date_time_rfc2822", "optional_date_time_rfc2822");
    pub(crate) const WRITE_DATE_TIME_RFC2822: Self = Self::new(
        "write_date_time_rfc2822",
        "write_optional_date_time_rfc2822",
    );
    pub(crate) const READ_DATE: Self = Self::new("date", "optional_date");

    const fn new(required: &'static str, optional: &'static str) -> Self {
        Self {
            required: WireFunction(required),
            optional: WireFunction(optional),
        }
    }
}
