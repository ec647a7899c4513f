//! Lists the functions of the runtime's module `wire` that generated code calls.

use std::fmt;

/// A function that reads or writes a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireFunction(&'static str);

impl WireFunction {
    /// Writes floating-point numbers, also inside of lists and maps.
    pub const WRITE_FLOATS: Self = Self("write_floats");
    /// Reads decimals inside of lists and maps.
    pub const READ_DECIMALS: Self = Self("read_decimals");
    /// Writes decimals inside of lists and maps.
    pub const WRITE_DECIMALS: Self = Self("write_decimals");
    /// Writes times inside of lists and maps.
    pub const WRITE_DATE_TIMES: Self = Self("write_date_times");
}

impl fmt::Display for WireFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The functions for an integer type whose absence stands for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultCodec {
    /// Reads a number; absence means 0.
    pub or_zero: WireFunction,
    /// Reads a number; absence means the number that is its argument.
    pub or_number: WireFunction,
    /// Returns the number that is its argument.
    pub number: WireFunction,
}

impl DefaultCodec {
    pub(crate) const INTEGER: Self =
        Self::new("integer_or_default", "integer_or", "default_integer");
    pub(crate) const INT32: Self = Self::new("int32_or_default", "int32_or", "default_int32");
    pub(crate) const UINT32: Self = Self::new("uint32_or_default", "uint32_or", "default_uint32");
    pub(crate) const UINT64: Self = Self::new("uint64_or_default", "uint64_or", "default_uint64");

    const fn new(or_zero: &'static str, or_number: &'static str, number: &'static str) -> Self {
        Self {
            or_zero: WireFunction(or_zero),
            or_number: WireFunction(or_number),
            number: WireFunction(number),
        }
    }
}

/// The functions for one type, which read or write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codec {
    /// For a value that is present.
    pub required: WireFunction,
    /// For an optional value.
    pub optional: WireFunction,
}

impl Codec {
    pub(crate) const READ_INTEGER: Self = Self::new("integer", "optional_integer");
    pub(crate) const READ_INT32: Self = Self::new("int32", "optional_int32");
    pub(crate) const READ_UINT32: Self = Self::new("uint32", "optional_uint32");
    pub(crate) const READ_UINT64: Self = Self::new("uint64", "optional_uint64");
    pub(crate) const READ_FLOAT: Self = Self::new("float", "optional_float");
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
