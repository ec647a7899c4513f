//! Lenient decoding of scalars, for `#[serde(deserialize_with = "…")]`.
//!
//! The service sends numbers as JSON numbers in one place and as strings in another, whatever its specification
//! says. Every function here takes both. Where a value is optional, `null` and an empty string are `None`.
//!
//! All functions read through one visitor into a `Scalar` and convert that without generics, so a field costs
//! the generated crate next to nothing.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use crate::error::one_line;

const INTEGER: &str = "an integer or a string of digits";
const DECIMAL: &str = "a number or a number in a string";
const DATE_TIME: &str = "an RFC 3339 date-time";
const DATE_TIME_RFC2822: &str = "an RFC 2822 date-time";
const DATE: &str = "a date such as 2026-01-31";

/// The length, in characters, to which a wrong value is cut in an error.
const FOUND_LIMIT: usize = 60;

/// Reads an integer that must be there, from a number or a string of digits.
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    required(scalar(deserializer, INTEGER)?, to_integer).map_err(D::Error::custom)
}

/// Reads an integer, from a number or a string of digits.
pub fn optional_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    to_integer(scalar(deserializer, INTEGER)?).map_err(D::Error::custom)
}

/// Reads an integer; `null` and an empty string mean 0.
pub fn integer_or_default<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    integer_or::<0, D>(deserializer)
}

/// Reads an integer; `null` and an empty string mean `DEFAULT`.
pub fn integer_or<'de, const DEFAULT: i64, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    optional_integer(deserializer).map(|value| value.unwrap_or(DEFAULT))
}

/// Returns `DEFAULT`, for `#[serde(default = "…")]` beside [`integer_or`].
pub const fn default_integer<const DEFAULT: i64>() -> i64 {
    DEFAULT
}

/// Reads a boolean; `null` means `DEFAULT`.
pub fn boolean_or<'de, const DEFAULT: bool, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Option::deserialize(deserializer).map(|value| value.unwrap_or(DEFAULT))
}

/// Returns `DEFAULT`, for `#[serde(default = "…")]` beside [`boolean_or`].
pub const fn default_boolean<const DEFAULT: bool>() -> bool {
    DEFAULT
}

/// Reads any value; `null` means the default of its type.
pub fn value_or_default<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a decimal that must be there, from a number or a string.
///
/// A string is exact up to 28 digits. A JSON number passes through a binary float, which keeps 15 digits.
pub fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    required(scalar(deserializer, DECIMAL)?, to_decimal).map_err(D::Error::custom)
}

/// Reads a decimal, as [`decimal`] does.
pub fn optional_decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    to_decimal(scalar(deserializer, DECIMAL)?).map_err(D::Error::custom)
}

/// Reads a date-time that must be there (RFC 3339 §5.6, or ISO 8601 with an offset such as `+0000`).
///
/// One without an offset is in UTC, as all times of the service are.
pub fn date_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    required(scalar(deserializer, DATE_TIME)?, to_date_time).map_err(D::Error::custom)
}

/// Reads a date-time, as [`date_time`] does.
pub fn optional_date_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    to_date_time(scalar(deserializer, DATE_TIME)?).map_err(D::Error::custom)
}

/// Reads a date-time that must be there (RFC 2822 §3.3: `Sat, 31 Jan 2026 08:00:00 +0000`).
pub fn date_time_rfc2822<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    required(scalar(deserializer, DATE_TIME_RFC2822)?, to_date_time_rfc2822).map_err(D::Error::custom)
}

/// Reads a date-time, as [`date_time_rfc2822`] does.
pub fn optional_date_time_rfc2822<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    to_date_time_rfc2822(scalar(deserializer, DATE_TIME_RFC2822)?).map_err(D::Error::custom)
}

/// Reads a date that must be there (RFC 3339 `full-date`: `2026-01-31`).
pub fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    required(scalar(deserializer, DATE)?, to_date).map_err(D::Error::custom)
}

/// Reads a date, as [`date`] does.
pub fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    to_date(scalar(deserializer, DATE)?).map_err(D::Error::custom)
}

/// A JSON value that is not a container.
#[derive(Debug)]
enum Scalar {
    Null,
    Boolean(bool),
    Integer(i64),
    /// An integer too large for [`Scalar::Integer`].
    Unsigned(u64),
    Float(f64),
    Text(String),
}

fn scalar<'de, D: Deserializer<'de>>(deserializer: D, expected: &'static str) -> Result<Scalar, D::Error> {
    deserializer.deserialize_any(ScalarVisitor { expected })
}

struct ScalarVisitor {
    expected: &'static str,
}

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(i64::try_from(value).map_or(Scalar::Unsigned(value), Scalar::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }
}

/// A value that is not what its field holds.
struct Mismatch {
    expected: &'static str,
    found: Scalar,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found ", self.expected)?;
        match &self.found {
            Scalar::Null => f.write_str("null"),
            Scalar::Boolean(value) => write!(f, "{value}"),
            Scalar::Integer(value) => write!(f, "the number {value}"),
            Scalar::Unsigned(value) => write!(f, "the number {value}"),
            Scalar::Float(value) => write!(f, "the number {value:?}"),
            Scalar::Text(value) if value.is_empty() => f.write_str("an empty string"),
            Scalar::Text(value) => write!(f, "the string {:?}", one_line(value, FOUND_LIMIT)),
        }
    }
}

/// Applies the conversion of an optional value to one that must be there.
fn required<T>(found: Scalar, convert: fn(Scalar) -> Result<Option<T>, Mismatch>) -> Result<T, Mismatch> {
    let absent = match &found {
        Scalar::Null => Scalar::Null,
        Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Unsigned(_) | Scalar::Float(_) | Scalar::Text(_) => {
            Scalar::Text(String::new())
        }
    };
    convert(found)?.ok_or(Mismatch { expected: "a value", found: absent })
}

fn to_integer(found: Scalar) -> Result<Option<i64>, Mismatch> {
    let value = match &found {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) if text.is_empty() => return Ok(None),
        Scalar::Integer(value) => Some(*value),
        Scalar::Float(value) => whole(*value),
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Boolean(_) | Scalar::Unsigned(_) => None,
    };
    value.map(Some).ok_or(Mismatch { expected: INTEGER, found })
}

/// Converts a float that holds an integer exactly, such as `5.0` or `1e3`.
fn whole(value: f64) -> Option<i64> {
    /// Up to here every integer is a float: 2^53.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the value is whole and within the exact range")]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

fn to_decimal(found: Scalar) -> Result<Option<Decimal>, Mismatch> {
    let value = match &found {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) if text.is_empty() => return Ok(None),
        Scalar::Integer(value) => Some(Decimal::from(*value)),
        Scalar::Unsigned(value) => Some(Decimal::from(*value)),
        Scalar::Float(value) => parse_decimal(&value.to_string()),
        Scalar::Text(text) => parse_decimal(text),
        Scalar::Boolean(_) => None,
    };
    value.map(Some).ok_or(Mismatch { expected: DECIMAL, found })
}

fn parse_decimal(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

fn to_date_time(found: Scalar) -> Result<Option<DateTime<Utc>>, Mismatch> {
    to_parsed(found, DATE_TIME, parse_date_time)
}

fn parse_date_time(text: &str) -> Option<DateTime<Utc>> {
    let iso_8601 = || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%#z");
    let without_offset = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f");
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| iso_8601())
        .map(Into::into)
        .or_else(|_| without_offset().map(|it| it.and_utc()))
        .ok()
}

fn to_date_time_rfc2822(found: Scalar) -> Result<Option<DateTime<Utc>>, Mismatch> {
    to_parsed(found, DATE_TIME_RFC2822, |text| DateTime::parse_from_rfc2822(text).map(Into::into).ok())
}

fn to_date(found: Scalar) -> Result<Option<NaiveDate>, Mismatch> {
    to_parsed(found, DATE, |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

fn to_parsed<T>(
    found: Scalar,
    expected: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>, Mismatch> {
    let value = match &found {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) if text.is_empty() => return Ok(None),
        Scalar::Text(text) => parse(text),
        Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Unsigned(_) | Scalar::Float(_) => None,
    };
    value.map(Some).ok_or(Mismatch { expected, found })
}
