//! Structs that are read from JSON objects.
//!
//! serde's derive writes about 50 lines for each field, some of them for formats that have no keys; half of what a large
//! client takes to compile would be that. [`deserialize!`](crate::deserialize) writes four, and leaves the rest to the
//! functions of this module, which are compiled once for each type of field.

mod member;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use self::member::{Entry, Key};
use super::codec::{Lenient, Read};

/// Implements `serde::Deserialize` for a struct.
///
/// It names every field, each with what differs from the default: how it is read (a codec of
/// [`wire::codec`](crate::wire::codec)), its key, and its value if it is absent. Without the last, an absent `Option` is
/// `None`, and any other absent field is an error. `..` precedes the map for the values of all other keys.
///
/// If an object has a key twice, its first value counts.
///
/// ```
/// # use std::collections::BTreeMap;
/// # use twilio_runtime::deserialize;
/// struct Plan {
///     sid: String,
///     data_limit: Option<i64>,
///     network: Option<String>,
///     metering: Option<String>,
///     labels: BTreeMap<String, String>,
/// }
///
/// deserialize! {
///     Plan {
///         sid,
///         data_limit: Integer = "dataLimit",
///         network,
///         metering or Some("payg".to_owned()),
///         ..labels
///     }
/// }
///
/// let json = r#"{"sid": "WP1", "dataLimit": "250", "site": "Berlin"}"#;
/// let plan: Plan = serde_json::from_str(json)?;
/// assert_eq!(plan.data_limit, Some(250));
/// assert_eq!(plan.network, None);
/// assert_eq!(plan.metering.as_deref(), Some("payg"));
/// assert_eq!(plan.labels["site"], "Berlin");
/// # Ok::<(), serde_json::Error>(())
/// ```
// No spec has a type with the name of a type parameter here.
#[macro_export]
macro_rules! deserialize {
    (
        $name:ident {
            $(
                $field:ident
                $(: $codec:ident $(($number:literal))?)?
                $(= $key:literal)?
                $(or $default:expr)?,
            )*
            $(.. $rest:ident $(: $values:ident)?)?
        }
    ) => {
        impl<'de> $crate::macro_support::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::macro_support::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::deserialize!(@object deserializer $($rest)?)
            }
        }

        #[doc(hidden)]
        impl $crate::wire::FromObject for $name {
            const NAME: &'static str = ::core::stringify!($name);

            #[allow(deprecated, reason = "it has all fields, those that are going away among them")]
            fn read<'de, __A: $crate::macro_support::serde::de::MapAccess<'de>>(
                mut object: __A,
            ) -> ::core::result::Result<Self, __A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let ::core::option::Option::Some(key) = $crate::wire::next_key(&mut object)? {
                    match &*key {
                        $(
                            $crate::deserialize!(@key $field $($key)?) => {
                                $crate::wire::fill::<$crate::deserialize!(@codec $($codec $(($number))?)?), _, _>(
                                    &mut object,
                                    &mut $field,
                                )?
                            }
                        )*
                        _ => $crate::deserialize!(@other object key $($rest $($values)?)?),
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::deserialize!(
                        @field $field [$($key)?] [$($codec $(($number))?)?] $($default)?
                    ),)*
                    $($rest,)?
                })
            }
        }
    };

    (@object $deserializer:ident) => { $crate::wire::object($deserializer) };
    (@object $deserializer:ident $rest:ident) => { $crate::wire::open_object($deserializer) };

    (@key $field:ident) => { ::core::stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@codec) => { $crate::wire::codec::Plain };
    (@codec $codec:ident $(($number:literal))?) => { $crate::wire::codec::$codec $(<$number>)? };

    (@other $object:ident $key:ident) => { $crate::wire::skip(&mut $object)? };
    (@other $object:ident $key:ident $rest:ident $($codec:ident)?) => {
        $crate::wire::insert::<$crate::deserialize!(@codec $($codec)?), _, _>(&mut $object, $key, &mut $rest)?
    };

    (@field $field:ident [$($key:literal)?] [$($codec:tt)*]) => {
        $crate::wire::present::<$crate::deserialize!(@codec $($codec)*), _, _>(
            $field,
            $crate::deserialize!(@key $field $($key)?),
        )?
    };
    (@field $field:ident [$($key:literal)?] [$($codec:tt)*] $default:expr) => {
        match $field {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => $default,
        }
    };
}

/// A struct that is read from an object, as [`deserialize!`](crate::deserialize) implements it.
pub trait FromObject: Sized {
    /// The name of the struct.
    const NAME: &'static str;

    /// Reads all keys of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if a value does not match its field, or a field is missing.
    fn read<'de, A: MapAccess<'de>>(object: A) -> Result<Self, A::Error>;
}

/// Reads an object whose other keys are skipped.
///
/// # Errors
///
/// Those of [`FromObject::read`], and one for anything but an object.
pub fn object<'de, T: FromObject, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // Formats with keys do not need a list of them, and `fill` recognizes duplicates.
    deserializer.deserialize_struct(T::NAME, &[], ObjectVisitor(PhantomData))
}

/// Reads an object whose other keys are kept.
///
/// # Errors
///
/// Those of [`object()`].
pub fn open_object<'de, T: FromObject, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: FromObject> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct ")?;
        f.write_str(T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::read(object)
    }
}

/// Reads the next key; `None` after the last.
///
/// # Errors
///
/// Those of the format.
pub fn next_key<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    Ok(object.next_key::<Key<'de>>()?.map(|it| it.0))
}

/// Skips the value of a key that the struct does not have.
///
/// # Errors
///
/// Those of the format.
pub fn skip<'de, A: MapAccess<'de>>(object: &mut A) -> Result<(), A::Error> {
    object.next_value::<IgnoredAny>().map(|_| ())
}

/// Reads the value of a field with the codec `C`, unless there was one before.
///
/// # Errors
///
/// Those of [`Lenient::read`].
pub fn fill<'de, C, T: Lenient<C>, A: MapAccess<'de>>(
    object: &mut A,
    field: &mut Option<T>,
) -> Result<(), A::Error> {
    if field.is_some() {
        return skip(object);
    }
    *field = Some(object.next_value::<Read<C, T>>()?.into_inner());
    Ok(())
}

/// Keeps the value of a key that is not a field, unless there was one before. If the codec `C` does not accept null, a
/// null is treated as absent.
///
/// # Errors
///
/// Those of [`Lenient::read`].
pub fn insert<'de, C, T: Lenient<C>, A: MapAccess<'de>>(
    object: &mut A,
    key: Cow<'de, str>,
    rest: &mut BTreeMap<String, T>,
) -> Result<(), A::Error> {
    if let Entry(Some(value)) = object.next_value::<Entry<Read<C, T>>>()? {
        rest.entry(key.into_owned()).or_insert(value.into_inner());
    }
    Ok(())
}

/// Returns the value of a field that has been read, or what the codec `C` says of an absent one.
///
/// # Errors
///
/// Returns an error if the field is missing.
pub fn present<C, T: Lenient<C>, E: Error>(field: Option<T>, key: &'static str) -> Result<T, E> {
    match field {
        Some(value) => Ok(value),
        None => T::absent(key),
    }
}

#[cfg(test)]
mod tests;
