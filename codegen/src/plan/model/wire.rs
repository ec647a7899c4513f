//! Lists what generated code names of the runtime's module `wire`.

use std::fmt;

/// A function that writes a field, or wraps a value that it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireFunction(&'static str);

impl WireFunction {
    /// Writes floating-point numbers, also inside of lists and maps.
    pub const WRITE_FLOATS: Self = Self("write_floats");
    /// Writes decimals inside of lists and maps.
    pub const WRITE_DECIMALS: Self = Self("write_decimals");
    /// Writes times inside of lists and maps.
    pub const WRITE_DATE_TIMES: Self = Self("write_date_times");
    /// Wraps floating-point numbers.
    pub const FINITE: Self = Self("finite");
    /// Wraps decimals.
    pub const EXACT: Self = Self("exact");
    /// Wraps times.
    pub const IN_SECONDS: Self = Self("in_seconds");
}

impl fmt::Display for WireFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The functions that write one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing {
    /// For a value that is present.
    pub required: WireFunction,
    /// For an optional value.
    pub optional: WireFunction,
}

impl Writing {
    pub(crate) const DECIMAL: Self = Self::new("write_decimal", "write_optional_decimal");
    pub(crate) const RFC2822: Self = Self::new(
        "write_date_time_rfc2822",
        "write_optional_date_time_rfc2822",
    );

    const fn new(required: &'static str, optional: &'static str) -> Self {
        Self {
            required: WireFunction(required),
            optional: WireFunction(optional),
        }
    }
}

/// A type of the runtime that reads values which services send in more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codec {
    /// Its name.
    pub name: &'static str,
    /// The number that an absent value, null and a blank text mean, for integers. A codec of its own reads these.
    pub default: Option<i64>,
}

impl Codec {
    /// Reads decimals inside of lists and maps.
    pub const DECIMALS: Self = Self::new("Decimals");
    pub(crate) const INTEGER: Self = Self::new("Integer");
    pub(crate) const INT32: Self = Self::new("Int32");
    pub(crate) const UINT32: Self = Self::new("Uint32");
    pub(crate) const UINT64: Self = Self::new("Uint64");
    pub(crate) const FLOAT: Self = Self::new("Float");
    pub(crate) const DECIMAL: Self = Self::new("Decimal");
    pub(crate) const DATE_TIME: Self = Self::new("DateTime");
    pub(crate) const RFC2822: Self = Self::new("Rfc2822");
    pub(crate) const DATE: Self = Self::new("Date");

    const fn new(name: &'static str) -> Self {
        Self {
            name,
            default: None,
        }
    }

    /// The codec for which absence means `number`.
    pub(crate) const fn or(self, number: i64) -> Self {
        Self {
            default: Some(number),
            ..self
        }
    }
}
