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

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::wire::codec::{self, Integer};

    #[derive(Debug, PartialEq)]
    enum Limit {
        Number(i64),
        Text(String),
        Nested(Vec<Limit>),
        Exact(Decimal),
        Named(std::collections::BTreeMap<String, bool>),
        Other(Value),
    }

    impl Union for Limit {
        const TAG: Option<&'static str> = None;
        const SHAPES: &'static [JsonShape] = &[
            JsonShape::INTEGER,
            JsonShape::STRING,
            JsonShape::LIST,
            JsonShape::NUMBER,
            JsonShape::OBJECT.required(&["on"]),
        ];

        fn read<'de, D: Deserializer<'de>>(
            variant: usize,
            deserializer: D,
        ) -> Result<Self, D::Error> {
            match variant {
                0 => Integer::read(deserializer).map(Self::Number),
                1 => Deserialize::deserialize(deserializer).map(Self::Text),
                2 => Deserialize::deserialize(deserializer).map(Self::Nested),
                3 => codec::Decimal::read(deserializer).map(Self::Exact),
                4 => Deserialize::deserialize(deserializer).map(Self::Named),
                _ => Deserialize::deserialize(deserializer).map(Self::Other),
            }
        }
    }

    impl<'de> Deserialize<'de> for Limit {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            union(deserializer)
        }
    }

    fn read_answer(json: &str) -> Result<Limit, crate::json::Fault> {
        crate::json::read(json, crate::json::Budget::new(1 << 20, None))
    }

    #[test]
    fn unions_are_read_by_shape() {
        let exact = "0.1234567890123456789012345";
        let list = r#" [1, ["x"], {"on": true, "off": false}, {"on": 1}, null] "#;
        for read in [read_answer as fn(&str) -> _, |json: &str| {
            Ok(serde_json::from_str(json).unwrap())
        }] {
            assert_eq!(read("5").unwrap(), Limit::Number(5));
            assert_eq!(read("\"5\"").unwrap(), Limit::Text("5".to_owned()));
            assert_eq!(read("1.5").unwrap(), Limit::Exact(Decimal::new(15, 1)));
            let Limit::Nested(items) = read(list).unwrap() else {
                panic!("not a list");
            };
            let [
                Limit::Number(1),
                Limit::Nested(inner),
                Limit::Named(named),
                other,
                null,
            ] = &items[..]
            else {
                panic!("{items:?}");
            };
            assert_eq!(inner[..], [Limit::Text("x".to_owned())]);
            assert_eq!(named.len(), 2);
            // A value of no known type is kept unchanged.
            assert_eq!(*other, Limit::Other(serde_json::json!({"on": 1})));
            assert_eq!(*null, Limit::Other(Value::Null));
        }
        // A response keeps every digit.
        assert_eq!(
            read_answer(exact).unwrap(),
            Limit::Exact(exact.parse().unwrap())
        );
    }

    #[test]
    fn unions_respect_the_decoding_limits() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read_answer(&deep).is_err());
        assert!(read_answer("[1, 2").is_err());
        let long = format!("[{}1]", "1,".repeat(1 << 20));
        assert!(read_answer(&long).is_err());
    }
}
