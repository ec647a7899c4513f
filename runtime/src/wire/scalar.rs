//! Reads a JSON value that is not a container, and converts it.

use std::borrow::Cow;
use std::fmt;
use std::str;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde::de::{self, Deserializer, Error as _, MapAccess, Unexpected, Visitor};

use super::decimal;

/// A JSON value that is not a container.
#[derive(Debug)]
pub(super) enum Scalar<'de> {
    Null,
    Boolean,
    Integer(i64),
    /// An integer too large for [`Scalar::Integer`].
    Unsigned(u64),
    Float(f64),
    /// The text of a number: in a response, and from serde_json if any crate in the program enables its feature
    /// `arbitrary_precision`.
    Digits(Cow<'de, str>),
    Text(Cow<'de, str>),
}

impl Scalar<'_> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Null) || self.text().is_some_and(|it| it.trim().is_empty())
    }

    fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }
}

pub(super) struct ScalarVisitor {
    pub(super) expected: &'static str,
}

/// The only key of the object that serde_json turns a number into, to pass its text to a visitor.
pub(super) const DIGITS: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Boolean)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Scalar::Unsigned(value), Scalar::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(value)))
    }

    /// Receives the text of a number.
    fn visit_borrowed_bytes<E: de::Error>(self, value: &'de [u8]) -> Result<Self::Value, E> {
        let text = str::from_utf8(value).map_err(E::custom)?;
        Ok(Scalar::Digits(Cow::Borrowed(text)))
    }

    /// Receives the value of any other format.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        if object.next_key::<String>()?.as_deref() == Some(DIGITS) {
            return object.next_value().map(Scalar::Digits);
        }
        Err(A::Error::invalid_type(Unexpected::Map, &self))
    }
}

/// A value that does not match its field. `Display` shows only its kind, because the value may be personal data.
pub(super) struct Mismatch<'de> {
    pub(super) expected: &'static str,
    pub(super) found: Scalar<'de>,
}

impl fmt::Display for Mismatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found ", self.expected)?;
        f.write_str(match &self.found {
            Scalar::Null => "null",
            Scalar::Boolean => "a boolean",
            Scalar::Integer(_) | Scalar::Unsigned(_) | Scalar::Float(_) | Scalar::Digits(_) => {
                "a number"
            }
            Scalar::Text(value) if value.trim().is_empty() => "an empty string",
            Scalar::Text(_) => "a string",
        })
    }
}

pub(super) fn to_integer(found: &Scalar<'_>) -> Option<i64> {
    match found {
        Scalar::Integer(value) => Some(*value),
        Scalar::Float(value) => whole(*value),
        Scalar::Digits(text) | Scalar::Text(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| decimal::integer(text))
        }
        Scalar::Null | Scalar::Boolean | Scalar::Unsigned(_) => None,
    }
}

pub(super) fn to_int32(found: &Scalar<'_>) -> Option<i32> {
    i32::try_from(to_integer(found)?).ok()
}

pub(super) fn to_uint32(found: &Scalar<'_>) -> Option<u32> {
    u32::try_from(to_integer(found)?).ok()
}

pub(super) fn to_uint64(found: &Scalar<'_>) -> Option<u64> {
    match found {
        Scalar::Unsigned(value) => Some(*value),
        Scalar::Digits(text) | Scalar::Text(text) if text.trim().parse::<u64>().is_ok() => {
            text.trim().parse().ok()
        }
        Scalar::Integer(_) | Scalar::Float(_) | Scalar::Digits(_) | Scalar::Text(_) => {
            u64::try_from(to_integer(found)?).ok()
        }
        Scalar::Null | Scalar::Boolean => None,
    }
}

pub(super) fn to_float(found: &Scalar<'_>) -> Option<f64> {
    let number = match found {
        // The nearest float, as for a number with a decimal point.
        Scalar::Integer(value) => *value as f64,
        Scalar::Unsigned(value) => *value as f64,
        Scalar::Float(value) => *value,
        Scalar::Digits(text) | Scalar::Text(text) => text.trim().parse().ok()?,
        Scalar::Null | Scalar::Boolean => return None,
    };
    number.is_finite().then_some(number)
}

/// Converts a float that holds an integer exactly, such as `5.0` or `1e3`.
fn whole(value: f64) -> Option<i64> {
    /// 2^53: up to here every integer is a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

pub(super) fn to_decimal(found: &Scalar<'_>) -> Option<Decimal> {
    match found {
        Scalar::Integer(value) => Some(Decimal::from(*value)),
        Scalar::Unsigned(value) => Some(Decimal::from(*value)),
        // The shortest text that reads back as the same float is what the service wrote, up to 15 digits.
        Scalar::Float(value) => decimal::decimal(&value.to_string()),
        Scalar::Digits(text) | Scalar::Text(text) => decimal::decimal(text.trim()),
        Scalar::Null | Scalar::Boolean => None,
    }
}

pub(super) fn to_date_time(found: &Scalar<'_>) -> Option<DateTime<Utc>> {
    let text = found.text()?.trim();
    let iso_8601 = || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%#z");
    let without_offset = |form| NaiveDateTime::parse_from_str(text, form);
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| iso_8601())
        .map(Into::into)
        .or_else(|_| without_offset("%Y-%m-%dT%H:%M:%S%.f").map(|it| it.and_utc()))
        .or_else(|_| without_offset("%Y-%m-%d %H:%M:%S%.f").map(|it| it.and_utc()))
        .ok()
}

pub(super) fn to_date_time_rfc2822(found: &Scalar<'_>) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(found.text()?.trim())
        .map(Into::into)
        .ok()
}

/// A date may be written with the time at which it starts, as JavaScript and .NET write it.
pub(super) fn to_date(found: &Scalar<'_>) -> Option<NaiveDate> {
    let text = found.text()?.trim();
    let starts = || {
        let local = DateTime::parse_from_rfc3339(text).map(|it| it.naive_local());
        let local = local.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f"));
        local.ok().filter(|it| it.time() == NaiveTime::MIN)
    };
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    date.or_else(|| starts().map(|it| it.date()))
}
