//! Lenient decoding of scalars, for `#[serde(deserialize_with = "…")]`.
//!
//! The service sends numbers sometimes as JSON numbers and sometimes as strings, whatever its specification says. Every
//! function here accepts both. If a value is optional, `null` and a blank string are `None`; surrounding white space is
//! ignored. Any other value is an error that names the expected kind and the kind that was found, but never the value.
//!
//! All functions read through one visitor into a `Scalar` and convert it without generics, so a field adds almost no
//! code to the generated crate.

mod decimal;
mod decimals;
mod defaults;
mod floats;
mod rest;
mod scalar;
mod times;
mod union;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::de::{Deserializer, Error as _};
use serde::ser::Serializer;

pub use self::decimals::{Decimals, Exact, read_decimals, write_decimals};
pub use self::defaults::{default_boolean, default_decimals, default_json};
pub use self::floats::{Finite, Floats, write_floats};
pub use self::rest::{with_rest, with_rest_of_decimals};
use self::scalar::{
    Mismatch, Scalar, ScalarVisitor, to_date, to_date_time, to_date_time_rfc2822, to_decimal,
    to_float, to_int32, to_integer, to_uint32, to_uint64,
};
pub use self::times::{InSeconds, Times, write_date_times};
pub use self::union::{Union, union};
use crate::json::NUMBER_TEXT;

const INTEGER: &str = "an integer or a string of digits";
const INTEGER_IN_RANGE: &str = "an integer in the range of its type or a string of digits";
const DECIMAL: &str = "a number or a number in a string";
const DATE_TIME: &str = "an RFC 3339 date-time";
const DATE_TIME_RFC2822: &str = "an RFC 2822 date-time";
const DATE: &str = "a date such as 2026-01-31";

/// Reads a required integer, from a number or a string of digits.
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    required(deserializer, INTEGER, to_integer)
}

/// Reads an optional integer, like [`integer`].
pub fn optional_integer<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    optional(deserializer, INTEGER, to_integer)
}

/// Reads an integer; `null` and an empty string mean 0.
pub fn integer_or_default<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    integer_or::<0, D>(deserializer)
}

/// Reads an integer; `null` and an empty string mean `DEFAULT`.
pub fn integer_or<'de, const DEFAULT: i64, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<i64, D::Error> {
    optional_integer(deserializer).map(|value| value.unwrap_or(DEFAULT))
}

/// Returns `DEFAULT`, for `#[serde(default = "…")]` with [`integer_or`].
pub const fn default_integer<const DEFAULT: i64>() -> i64 {
    DEFAULT
}

/// Defines the functions for an integer type, like those of [`integer`].
macro_rules! whole_numbers {
    ($ty:ty, $convert:ident: $required:ident, $optional:ident, $or_default:ident, $or:ident, $default:ident) => {
        #[doc = concat!("Reads a `", stringify!($ty), "` that must be there, as [`integer`] does.")]
        pub fn $required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$ty, D::Error> {
            required(deserializer, INTEGER_IN_RANGE, $convert)
        }

        #[doc = concat!("Reads a `", stringify!($ty), "`, as [`optional_integer`] does.")]
        pub fn $optional<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<$ty>, D::Error> {
            optional(deserializer, INTEGER_IN_RANGE, $convert)
        }

        #[doc = concat!("Reads a `", stringify!($ty), "`; `null` and an empty string mean 0.")]
        pub fn $or_default<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$ty, D::Error> {
            $optional(deserializer).map(Option::unwrap_or_default)
        }

        #[doc = concat!("Reads a `", stringify!($ty), "`; `null` and an empty string mean `DEFAULT`.")]
        pub fn $or<'de, const DEFAULT: $ty, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<$ty, D::Error> {
            $optional(deserializer).map(|value| value.unwrap_or(DEFAULT))
        }

        /// Returns `DEFAULT`.
        pub const fn $default<const DEFAULT: $ty>() -> $ty {
            DEFAULT
        }
    };
}

whole_numbers!(i32, to_int32: int32, optional_int32, int32_or_default, int32_or, default_int32);
whole_numbers!(u32, to_uint32: uint32, optional_uint32, uint32_or_default, uint32_or, default_uint32);
whole_numbers!(u64, to_uint64: uint64, optional_uint64, uint64_or_default, uint64_or, default_uint64);

/// Reads a required floating-point number, from a number or a string, as the nearest value.
pub fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    required(deserializer, DECIMAL, to_float)
}

/// Reads an optional floating-point number, like [`float`].
pub fn optional_float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    optional(deserializer, DECIMAL, to_float)
}

/// Reads a required decimal, from a number or a string.
///
/// Both are exact to 28 significant digits, and rounded half to even beyond. That applies to responses; serde_json by
/// itself passes a JSON number as a binary float, which keeps 15 digits.
pub fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    required(deserializer, DECIMAL, to_decimal)
}

/// Reads an optional decimal, like [`decimal`].
pub fn optional_decimal<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    optional(deserializer, DECIMAL, to_decimal)
}

/// Reads a required date-time (RFC 3339 §5.6, or ISO 8601 with an offset such as `+0000`).
///
/// One without an offset is in UTC, like all times of the service.
pub fn date_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    required(deserializer, DATE_TIME, to_date_time)
}

/// Reads an optional date-time, like [`date_time`].
pub fn optional_date_time<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    optional(deserializer, DATE_TIME, to_date_time)
}

/// Reads a required date-time (RFC 2822 §3.3: `Sat, 31 Jan 2026 08:00:00 +0000`).
pub fn date_time_rfc2822<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<DateTime<Utc>, D::Error> {
    required(deserializer, DATE_TIME_RFC2822, to_date_time_rfc2822)
}

/// Reads an optional date-time, like [`date_time_rfc2822`].
pub fn optional_date_time_rfc2822<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    optional(deserializer, DATE_TIME_RFC2822, to_date_time_rfc2822)
}

/// Reads a required date (RFC 3339 `full-date`: `2026-01-31`).
pub fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    required(deserializer, DATE, to_date)
}

/// Reads an optional date, like [`date`].
pub fn optional_date<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    optional(deserializer, DATE, to_date)
}

/// Writes a date-time in the format of RFC 2822 §3.3, in UTC and whole seconds, for `#[serde(serialize_with = "…")]`. A
/// year that the RFC cannot represent is written all the same; the service decides.
pub fn write_date_time_rfc2822<S: Serializer>(
    value: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // `to_rfc2822` panics if the year has more than four digits or a sign.
    serializer.collect_str(&value.format("%a, %-d %b %Y %H:%M:%S %z"))
}

/// Writes an optional date-time, like [`write_date_time_rfc2822`].
pub fn write_optional_date_time_rfc2822<S: Serializer>(
    value: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => write_date_time_rfc2822(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// Writes a decimal as a number if a 64-bit integer or float represents it exactly, otherwise as a string; [`decimal`]
/// reads both. Only trailing zeros may be lost.
pub fn write_decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let text = value.to_string();
    if let Ok(integer) = text.parse() {
        return serializer.serialize_i64(integer);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_u64(integer);
    }
    match text.parse::<f64>() {
        Ok(float) if decimal::decimal(&float.to_string()) == Some(*value) => {
            serializer.serialize_f64(float)
        }
        Ok(_) | Err(_) => serializer.serialize_str(&text),
    }
}

/// Writes an optional decimal, like [`write_decimal`].
pub fn write_optional_decimal<S: Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => write_decimal(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// Converts a scalar to a value; `None` if it does not match. Never called for an absent value.
type Convert<T> = fn(&Scalar<'_>) -> Option<T>;

fn required<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    convert: Convert<T>,
) -> Result<T, D::Error> {
    let found = deserializer.deserialize_newtype_struct(NUMBER_TEXT, ScalarVisitor { expected })?;
    convert(&found).ok_or_else(|| D::Error::custom(Mismatch { expected, found }))
}

fn optional<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    convert: Convert<T>,
) -> Result<Option<T>, D::Error> {
    let found = deserializer.deserialize_newtype_struct(NUMBER_TEXT, ScalarVisitor { expected })?;
    if found.is_absent() {
        return Ok(None);
    }
    convert(&found)
        .map(Some)
        .ok_or_else(|| D::Error::custom(Mismatch { expected, found }))
}

#[cfg(test)]
mod tests;
