//! Lenient reading of scalars.
//!
//! The service sends numbers sometimes as JSON numbers and sometimes as strings, whatever its specification says. Every
//! codec here accepts both. If a value is optional, `null` and a blank string are `None`; surrounding white space is
//! ignored. Any other value is an error that names the expected kind and the kind that was found, but never the value.
//!
//! All codecs read through one visitor into a `Scalar` and convert it without generics, so a field adds almost no code to
//! the generated crate.

use std::marker::PhantomData;

use chrono::{NaiveDate, Utc};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};

use super::absent::Absent;
use super::scalar::{
    Mismatch, Scalar, ScalarVisitor, to_date, to_date_time, to_date_time_rfc2822, to_decimal,
    to_float, to_int32, to_integer, to_uint32, to_uint64,
};
use crate::json::NUMBER_TEXT;

/// A type that the codec `C` can read.
pub trait Lenient<C>: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is of another kind, or out of range.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Returns the value of a field that is absent.
    ///
    /// # Errors
    ///
    /// Returns an error if the field must be there.
    fn absent<E: Error>(key: &'static str) -> Result<Self, E> {
        Err(E::missing_field(key))
    }
}

/// A value that is read with the codec `C`.
pub(super) struct Read<C, T> {
    value: T,
    codec: PhantomData<C>,
}

impl<C, T> Read<C, T> {
    pub(super) fn into_inner(self) -> T {
        self.value
    }
}

impl<'de, C, T: Lenient<C>> Deserialize<'de> for Read<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let codec = PhantomData;
        T::read(deserializer).map(|value| Self { value, codec })
    }
}

/// Defines a type that stands for a codec. Values of it do not exist.
macro_rules! codec_type {
    ($(#[$doc:meta])* $codec:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $codec {}

        impl $codec {
            /// Reads a value.
            ///
            /// # Errors
            ///
            /// Those of [`Lenient::read`].
            pub fn read<'de, T: Lenient<Self>, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<T, D::Error> {
                T::read(deserializer)
            }
        }
    };
}

/// Defines a codec for a type and for an `Option` of it.
macro_rules! codec {
    ($(#[$doc:meta])* $codec:ident: $ty:ty = $expected:literal, $convert:ident) => {
        codec_type!($(#[$doc])* $codec);

        impl Lenient<$codec> for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                required(deserializer, $expected, $convert)
            }
        }

        impl Lenient<$codec> for Option<$ty> {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                optional(deserializer, $expected, $convert)
            }

            fn absent<E: Error>(_: &'static str) -> Result<Self, E> {
                Ok(None)
            }
        }
    };
}

/// Defines a codec for an integer whose absence means a number.
macro_rules! codec_with_default {
    ($(#[$doc:meta])* $or:ident($codec:ident): $ty:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $or<const DEFAULT: $ty> {}

        impl<const DEFAULT: $ty> Lenient<$or<DEFAULT>> for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: Option<$ty> = $codec::read(deserializer)?;
                Ok(value.unwrap_or(DEFAULT))
            }

            fn absent<E: Error>(_: &'static str) -> Result<Self, E> {
                Ok(DEFAULT)
            }
        }
    };
}

codec_type! {
    /// Reads any type as serde does. An absent `Option` is `None`, any other absent type an error.
    Plain
}

impl<T: DeserializeOwned> Lenient<Plain> for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }

    fn absent<E: Error>(key: &'static str) -> Result<Self, E> {
        T::deserialize(Absent::new(key))
    }
}

codec! {
    /// Reads an integer from a number or a string of digits.
    Integer: i64 = "an integer or a string of digits", to_integer
}
codec! {
    /// Reads an `i32`, as [`Integer`] does.
    Int32: i32 = "an integer in the range of its type or a string of digits", to_int32
}
codec! {
    /// Reads a `u32`, as [`Integer`] does.
    Uint32: u32 = "an integer in the range of its type or a string of digits", to_uint32
}
codec! {
    /// Reads a `u64`, as [`Integer`] does.
    Uint64: u64 = "an integer in the range of its type or a string of digits", to_uint64
}
codec_with_default! {
    /// Reads an integer; if it is absent, null or blank, it is `DEFAULT`.
    IntegerOr(Integer): i64
}
codec_with_default! {
    /// Reads an `i32`; if it is absent, null or blank, it is `DEFAULT`.
    Int32Or(Int32): i32
}
codec_with_default! {
    /// Reads a `u32`; if it is absent, null or blank, it is `DEFAULT`.
    Uint32Or(Uint32): u32
}
codec_with_default! {
    /// Reads a `u64`; if it is absent, null or blank, it is `DEFAULT`.
    Uint64Or(Uint64): u64
}
codec! {
    /// Reads a floating-point number, from a number or a string, as the nearest value.
    Float: f64 = "a number or a number in a string", to_float
}
codec! {
    /// Reads a decimal, from a number or a string.
    ///
    /// Both are exact to 28 significant digits, and rounded half to even beyond. That applies to responses; serde_json by
    /// itself passes a JSON number as a binary float, which keeps 15 digits.
    Decimal: rust_decimal::Decimal = "a number or a number in a string", to_decimal
}
codec! {
    /// Reads a date-time (RFC 3339 §5.6, or ISO 8601 with an offset such as `+0000`).
    ///
    /// One without an offset is in UTC, like all times of the service.
    DateTime: chrono::DateTime<Utc> = "an RFC 3339 date-time", to_date_time
}
codec! {
    /// Reads a date-time of RFC 2822 §3.3: `Sat, 31 Jan 2026 08:00:00 +0000`.
    Rfc2822: chrono::DateTime<Utc> = "an RFC 2822 date-time", to_date_time_rfc2822
}
codec! {
    /// Reads a date (RFC 3339 `full-date`: `2026-01-31`).
    Date: NaiveDate = "a date such as 2026-01-31", to_date
}

codec_type! {
    /// Reads decimals inside of lists and maps, each like [`Decimal`].
    Decimals
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
