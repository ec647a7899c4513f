//! Defines scalars: values without parts.
//!
//! A format with its own type is a row of [`FORMATS`] and a variant of [`Scalar`], which defines its name and the JSON
//! that fits it. Its Rust type is a row in the plan.

use super::Json;
use crate::date::Date;

/// The type of a value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A string, also with a format that services do not enforce (`uri`).
    String,
    /// `true` or `false`.
    Boolean,
    /// A signed 64-bit integer.
    Integer,
    /// A signed 32-bit integer.
    Int32,
    /// An unsigned 32-bit integer.
    Uint32,
    /// An unsigned 64-bit integer.
    Uint64,
    /// A 64-bit binary floating-point number.
    Float,
    /// An exact decimal number.
    Decimal,
    /// A point in time in RFC 3339 format.
    DateTime,
    /// A point in time in RFC 2822 format.
    DateTimeRfc2822,
    /// A calendar date.
    Date,
    /// Bytes as base64 text.
    Base64,
}

/// The `type` of a schema without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    String,
    Boolean,
    Integer,
    Number,
}

/// The formats of OpenAPI 3.0.3 (Data Types), of its format registry, of JSON Schema (draft 5 and 2020-12, section 7.3) and of
/// Google's APIs ("Type and Format Summary" of the Discovery service), with their types. A `uri` stays a string, because
/// services put bare host names and empty strings there.
const FORMATS: [(Primitive, &str, Scalar); 45] = [
    (Primitive::String, "date-time", Scalar::DateTime),
    (Primitive::String, "date", Scalar::Date),
    (Primitive::String, "byte", Scalar::Base64),
    (Primitive::String, "uri", Scalar::String),
    (Primitive::String, "email", Scalar::String),
    (Primitive::String, "password", Scalar::String),
    (Primitive::String, "uuid", Scalar::String),
    (Primitive::String, "hostname", Scalar::String),
    (Primitive::String, "ipv4", Scalar::String),
    (Primitive::String, "ipv6", Scalar::String),
    (Primitive::String, "binary", Scalar::String),
    (Primitive::String, "time", Scalar::String),
    (Primitive::String, "duration", Scalar::String),
    (Primitive::String, "idn-email", Scalar::String),
    (Primitive::String, "idn-hostname", Scalar::String),
    (Primitive::String, "uri-reference", Scalar::String),
    (Primitive::String, "iri", Scalar::String),
    (Primitive::String, "iri-reference", Scalar::String),
    (Primitive::String, "uri-template", Scalar::String),
    (Primitive::String, "json-pointer", Scalar::String),
    (Primitive::String, "relative-json-pointer", Scalar::String),
    (Primitive::String, "regex", Scalar::String),
    (Primitive::String, "base64url", Scalar::String),
    (Primitive::String, "char", Scalar::String),
    (Primitive::String, "commonmark", Scalar::String),
    (Primitive::String, "html", Scalar::String),
    (Primitive::String, "http-date", Scalar::String),
    (Primitive::String, "media-range", Scalar::String),
    (Primitive::String, "decimal", Scalar::String),
    (Primitive::String, "decimal128", Scalar::String),
    (Primitive::String, "google-datetime", Scalar::DateTime), // RFC 3339, as in `date-time`.
    (Primitive::String, "google-duration", Scalar::String),
    (Primitive::String, "google-fieldmask", Scalar::String),
    (Primitive::Integer, "int8", Scalar::Integer),
    (Primitive::Integer, "int16", Scalar::Integer),
    (Primitive::Integer, "uint8", Scalar::Integer),
    (Primitive::Integer, "uint16", Scalar::Integer),
    (Primitive::Integer, "int32", Scalar::Int32),
    (Primitive::Integer, "int64", Scalar::Integer),
    (Primitive::Integer, "uint32", Scalar::Uint32),
    (Primitive::Integer, "uint64", Scalar::Uint64),
    (Primitive::Number, "float", Scalar::Float),
    (Primitive::Number, "double", Scalar::Float),
    (Primitive::Number, "decimal", Scalar::Decimal),
    (Primitive::Number, "decimal128", Scalar::Decimal),
];

impl Primitive {
    /// Its name in a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
        }
    }

    /// The scalar without a format, or with an unknown one.
    pub(crate) fn scalar(self) -> Scalar {
        match self {
            Self::String => Scalar::String,
            Self::Boolean => Scalar::Boolean,
            Self::Integer => Scalar::Integer,
            Self::Number => Scalar::Decimal,
        }
    }

    /// The scalar with a format. `None` if the format is unknown. The formats of integers are formats of numbers in the
    /// registry.
    pub(crate) fn in_format(self, format: &str) -> Option<Scalar> {
        let row = |own| {
            let mut rows = FORMATS.iter();
            rows.find(|(primitive, name, _)| (*primitive, *name) == (own, format))
        };
        let row = row(self).or_else(|| match self {
            Self::Number => row(Self::Integer),
            Self::String | Self::Boolean | Self::Integer => None,
        });
        row.map(|(.., scalar)| *scalar)
    }
}

/// The formats of text that have types of their own.
pub(crate) fn typed_formats() -> impl Iterator<Item = &'static str> {
    let texts = FORMATS
        .iter()
        .filter(|(primitive, ..)| *primitive == Primitive::String);
    let typed = texts.filter(|(.., scalar)| *scalar != Scalar::String);
    typed.map(|(_, name, _)| *name)
}

impl Scalar {
    /// Its name in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Int32 => "32-bit integer",
            Self::Uint32 => "unsigned 32-bit integer",
            Self::Uint64 => "unsigned 64-bit integer",
            Self::Decimal => "number",
            Self::Float => "floating-point number",
            Self::DateTime | Self::DateTimeRfc2822 => "time",
            Self::Date => "date",
            Self::Base64 => "bytes in base64",
        }
    }

    /// The noun for such a value in identifiers, whatever its range.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Integer | Self::Int32 | Self::Uint32 | Self::Uint64 => "integer",
            Self::Decimal | Self::Float => "number",
            Self::String | Self::Boolean => self.words(),
            Self::DateTime | Self::DateTimeRfc2822 | Self::Date => self.words(),
            Self::Base64 => "bytes",
        }
    }

    /// Whether it is a string in JSON.
    pub fn is_text(self) -> bool {
        match self {
            Self::String | Self::DateTime | Self::DateTimeRfc2822 => true,
            Self::Date | Self::Base64 => true,
            Self::Boolean | Self::Decimal | Self::Float => false,
            Self::Integer | Self::Int32 | Self::Uint32 | Self::Uint64 => false,
        }
    }

    /// The smallest and the largest value, if it is an integer type.
    pub fn whole_range(self) -> Option<(i128, i128)> {
        match self {
            Self::Integer => Some((i64::MIN.into(), i64::MAX.into())),
            Self::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
            Self::Uint32 => Some((0, u32::MAX.into())),
            Self::Uint64 => Some((0, u64::MAX.into())),
            Self::String | Self::Boolean | Self::Decimal | Self::Float => None,
            Self::DateTime | Self::DateTimeRfc2822 | Self::Date | Self::Base64 => None,
        }
    }

    /// The scalar whose values belong to both. `None` if there is none.
    pub(crate) fn narrower(self, other: Self) -> Option<Self> {
        match (self.rank(), other.rank()) {
            (Some(own), Some(others)) => Some(if own <= others { self } else { other }),
            _ if self == other => Some(self),
            _ if self == Self::String && other.is_text() => Some(other),
            _ if other == Self::String && self.is_text() => Some(self),
            (_, _) => None,
        }
    }

    /// The scalar that has the values of both. `None` if there is none.
    pub(crate) fn wider(self, other: Self) -> Option<Self> {
        if self == other {
            return Some(self);
        }
        let holds = |one: Self, other: Self| {
            let ranges = one.whole_range().zip(other.whole_range());
            ranges.is_some_and(|(one, other)| one.0 <= other.0 && other.1 <= one.1)
        };
        match (self.rank(), other.rank()) {
            (Some(_), Some(_)) => {
                let wholes = [self, other, Self::Integer].into_iter();
                let mut wholes = wholes.filter(|it| holds(*it, self) && holds(*it, other));
                Some(wholes.next().unwrap_or(Self::Decimal))
            }
            _ if self.is_text() && other.is_text() => Some(Self::String),
            (_, _) => None,
        }
    }

    /// The rank of a number type by its range; `None` for anything else.
    fn rank(self) -> Option<u8> {
        match self {
            Self::Int32 => Some(0),
            Self::Uint32 => Some(1),
            Self::Integer => Some(2),
            Self::Uint64 => Some(3),
            Self::Float => Some(4),
            Self::Decimal => Some(5),
            Self::String | Self::Boolean => None,
            Self::DateTime | Self::DateTimeRfc2822 | Self::Date | Self::Base64 => None,
        }
    }

    /// Converts a JSON value to the form that examples use, if it fits.
    pub fn fitted(self, value: &Json) -> Option<Json> {
        let fits = match self {
            Self::String => value.is_string(),
            Self::Boolean => value.is_boolean(),
            Self::Integer | Self::Int32 | Self::Uint32 | Self::Uint64 => {
                let range = self.whole_range();
                let number = value.as_i64().map(i128::from);
                number.is_some_and(|it| range.is_some_and(|(low, high)| (low..=high).contains(&it)))
            }
            Self::Float => value.is_number(),
            Self::Decimal => return decimal(value).map(Json::String),
            Self::DateTime => value.as_str().is_some_and(is_date_time),
            Self::DateTimeRfc2822 => false, // No parameter has this type.
            Self::Date => value.as_str().is_some_and(is_date),
            Self::Base64 => value.as_str().is_some_and(is_base64),
        };
        fits.then(|| value.clone())
    }
}

/// The digits of a number without an exponent; strings are accepted.
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

/// Whether a text is a point in time in RFC 3339 format.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let in_utc = time.strip_suffix('Z');
    let Some(time) = in_utc.or_else(|| without_offset(time)) else {
        return false;
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    is_date(date) && is_time(time) && fraction.bytes().all(|it| it.is_ascii_digit())
}

/// The time of day before a UTC offset: `+02:00`.
fn without_offset(time: &str) -> Option<&str> {
    let (time, offset) = time.split_at_checked(time.len().checked_sub("+02:00".len())?)?;
    let offset = offset.strip_prefix(['+', '-'])?;
    is_time(&format!("{offset}:00")).then_some(time)
}

/// Whether a text is a date in RFC 3339 format.
fn is_date(text: &str) -> bool {
    Date::try_from(text.to_owned()).is_ok()
}

/// Whether a text is base64 in the standard alphabet (RFC 4648 §4).
fn is_base64(text: &str) -> bool {
    let bytes = text.trim_end_matches('=');
    let padding = text.len() - bytes.len();
    let is_digit = |it: u8| it.is_ascii_alphanumeric() || b"+/".contains(&it);
    // The unused bits of the last digit must be zero.
    let last = match padding {
        0 => None,
        1 => Some("AEIMQUYcgkosw048"),
        _ => Some("AQgw"),
    };
    let is_end = last.is_none_or(|it| {
        bytes
            .chars()
            .next_back()
            .is_some_and(|end| it.contains(end))
    });
    padding < 3 && text.len().is_multiple_of(4) && bytes.bytes().all(is_digit) && is_end
}

/// Whether a text is a time of day in RFC 3339 format, in whole seconds.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let is_below = |part: &str, limit: &str| {
        part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit()) && part < limit
    };
    matches!(parts[..], [hour, minute, second]
        if is_below(hour, "24") && is_below(minute, "60") && is_below(second, "60"))
}
