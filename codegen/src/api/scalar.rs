//! Scalars: values without parts.
//!
//! A format that is a type of its own is a row of [`FORMATS`] and a variant of [`Scalar`], which answers here how it
//! is called and which JSON fits it. What Rust makes of it is a row of the plan.

use super::Json;
use crate::date::Date;

/// The type of a value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text, also where the spec gives a format that services do not keep (`uri`).
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number of up to 64 bits.
    Integer,
    /// An exact decimal number.
    Decimal,
    /// A point in time as of RFC 3339.
    DateTime,
    /// A point in time as of RFC 2822.
    DateTimeRfc2822,
    /// A calendar date.
    Date,
}

/// The `type` of a schema that has no parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    String,
    Boolean,
    Integer,
    Number,
}

/// The formats of OpenAPI 3.0.3 (Data Types) and of JSON Schema (draft 5, section 7.3), and what each makes of a value. A
/// `uri` stays text: services put bare host names and empty strings there.
const FORMATS: [(Primitive, &str, Scalar); 14] = [
    (Primitive::String, "date-time", Scalar::DateTime),
    (Primitive::String, "date", Scalar::Date),
    (Primitive::String, "byte", Scalar::String),
    (Primitive::String, "uri", Scalar::String),
    (Primitive::String, "email", Scalar::String),
    (Primitive::String, "password", Scalar::String),
    (Primitive::String, "uuid", Scalar::String),
    (Primitive::String, "hostname", Scalar::String),
    (Primitive::String, "ipv4", Scalar::String),
    (Primitive::String, "ipv6", Scalar::String),
    (Primitive::Integer, "int32", Scalar::Integer),
    (Primitive::Integer, "int64", Scalar::Integer),
    (Primitive::Number, "float", Scalar::Decimal),
    (Primitive::Number, "double", Scalar::Decimal),
];

impl Primitive {
    /// What it is called in a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
        }
    }

    /// The scalar without a format, or with one that is not known.
    pub(crate) fn scalar(self) -> Scalar {
        match self {
            Self::String => Scalar::String,
            Self::Boolean => Scalar::Boolean,
            Self::Integer => Scalar::Integer,
            Self::Number => Scalar::Decimal,
        }
    }

    /// The scalar in a format. `None` if the format is not known.
    pub(crate) fn in_format(self, format: &str) -> Option<Scalar> {
        let mut rows = FORMATS.iter();
        let row = rows.find(|(primitive, name, _)| (*primitive, *name) == (self, format));
        row.map(|(.., scalar)| *scalar)
    }
}

impl Scalar {
    /// What it is called in a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "number",
            Self::DateTime | Self::DateTimeRfc2822 => "time",
            Self::Date => "date",
        }
    }

    /// Whether it is text in JSON.
    pub(crate) fn is_text(self) -> bool {
        match self {
            Self::String | Self::DateTime | Self::DateTimeRfc2822 | Self::Date => true,
            Self::Boolean | Self::Integer | Self::Decimal => false,
        }
    }

    /// The JSON value in the form that examples show, if it fits.
    pub(crate) fn fitted(self, value: &Json) -> Option<Json> {
        let fits = match self {
            Self::String => value.is_string(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64(),
            Self::Decimal => return decimal(value).map(Json::String),
            Self::DateTime => value.as_str().is_some_and(is_date_time),
            Self::DateTimeRfc2822 => false, // No parameter is one.
            Self::Date => value.as_str().is_some_and(is_date),
        };
        fits.then(|| value.clone())
    }
}

/// The digits of a number without an exponent, which may be given as text.
fn decimal(value: &Json) -> Option<String> {
    let text = match value {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => return None,
    };
    let digits = |text: &str| {
        !text.is_empty() && text.len() < 19 && text.bytes().all(|it| it.is_ascii_digit())
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let fits = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction);
    fits.then_some(text)
}

/// Whether text is a point in time as of RFC 3339, in UTC.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let time = time.strip_suffix('Z').unwrap_or_default();
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    is_date(date) && is_time(time) && fraction.bytes().all(|it| it.is_ascii_digit())
}

/// Whether text is a date as of RFC 3339.
fn is_date(text: &str) -> bool {
    Date::try_from(text.to_owned()).is_ok()
}

/// Whether text is a time of day as of RFC 3339, in whole seconds.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let is_below = |part: &str, limit: &str| {
        part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit()) && part < limit
    };
    matches!(parts[..], [hour, minute, second]
        if is_below(hour, "24") && is_below(minute, "60") && is_below(second, "60"))
}
