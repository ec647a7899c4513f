//! Unions: values of one of several types.

use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;

use crate::json::{CHOICE, JsonShape, candidates};

/// A value of one of several types, selected by the shape of its JSON.
///
/// Generated code implements it for an enum with a variant for each type, plus `Other` for any other JSON.
pub trait Union: Sized {
    /// The key whose value selects the type, if there is one.
    const TAG: Option<&'static str>;

    /// The shape of each type, in the order of the variants, and last of the types in unions among them that the tag
    /// selects.
    const SHAPES: &'static [JsonShape];

    /// Reads a value as the type with this index, or as any JSON if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match the type.
    fn read<'de, D: Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a union as the first of the likely types that the value matches, or else as any JSON. So it fails only if the
/// text is not JSON, or a limit is reached.
pub fn union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(CHOICE, UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    /// Takes a response, whose value can be read more than once.
    fn visit_map<A: MapAccess<'de>>(self, mut choice: A) -> Result<T, A::Error> {
        let text = choice.next_key::<&str>()?.unwrap_or_default();
        let likely = candidates(T::TAG, T::SHAPES, text).map_err(A::Error::custom)?;
        for variant in likely {
            if let Ok(value) = choice.next_value_seed(VariantSeed(variant, PhantomData)) {
                return Ok(value);
            }
        }
        choice.next_value_seed(VariantSeed(usize::MAX, PhantomData))
    }

    /// Receives the value of any other format.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = value.to_string();
        let likely = candidates(T::TAG, T::SHAPES, &text).map_err(D::Error::custom)?;
        for variant in likely {
            if let Ok(value) = T::read(variant, &value) {
                return Ok(value);
            }
        }
        T::read(usize::MAX, value).map_err(D::Error::custom)
    }
}

struct VariantSeed<T>(usize, PhantomData<T>);

impl<'de, T: Union> DeserializeSeed<'de> for VariantSeed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(self.0, deserializer)
    }
}
