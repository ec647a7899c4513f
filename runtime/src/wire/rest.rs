//! Objects with additional properties.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny,
    MapAccess, Visitor,
};
use serde_json::Value;

use super::decimals::{Decimals, Read};
use crate::json::CHOICE;

/// Reads an object: its fields, whose keys are `keys`, and the values of all other keys.
///
/// serde's `flatten` would buffer the values in its own format, in which numbers are binary floats.
///
/// # Errors
///
/// Fails if a field or a value does not match its type. If the type does not accept null, a null is treated as absent.
pub fn with_rest<'de, F, V, D>(
    deserializer: D,
    keys: &[&str],
) -> Result<(F, BTreeMap<String, V>), D::Error>
where
    F: DeserializeOwned,
    V: DeserializeOwned,
    D: Deserializer<'de>,
{
    let read = PhantomData;
    deserializer.deserialize_newtype_struct(CHOICE, Whole { keys, read })
}

/// Does the same for values that are decimals, or lists and maps of them.
///
/// # Errors
///
/// Those of [`with_rest`].
pub fn with_rest_of_decimals<'de, F, V, D>(
    deserializer: D,
    keys: &[&str],
) -> Result<(F, BTreeMap<String, V>), D::Error>
where
    F: DeserializeOwned,
    V: Decimals,
    D: Deserializer<'de>,
{
    let (fields, rest) = with_rest::<F, Read<V>, D>(deserializer, keys)?;
    let rest = rest.into_iter().map(|(key, it)| (key, it.0));
    Ok((fields, rest.collect()))
}

/// An object that is read twice: for its fields, and for everything else.
struct Whole<'k, F, V> {
    keys: &'k [&'k str],
    read: PhantomData<(F, V)>,
}

impl<'de, F: DeserializeOwned, V: DeserializeOwned> Visitor<'de> for Whole<'_, F, V> {
    type Value = (F, BTreeMap<String, V>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    /// Takes a response, whose value can be read more than once.
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        object.next_key::<IgnoredAny>()?; // The text.
        let fields = object.next_value()?;
        let keys = self.keys;
        let rest = object.next_value_seed(Rest {
            keys,
            read: PhantomData,
        })?;
        Ok((fields, rest))
    }

    /// Receives the value of any other format.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let keys = self.keys;
        let fields = F::deserialize(&value).map_err(D::Error::custom)?;
        let rest = Rest {
            keys,
            read: PhantomData,
        };
        let rest = rest.deserialize(&value).map_err(D::Error::custom)?;
        Ok((fields, rest))
    }
}

/// The values of keys other than `keys`.
struct Rest<'k, V> {
    keys: &'k [&'k str],
    read: PhantomData<V>,
}

impl<'de, V: DeserializeOwned> DeserializeSeed<'de> for Rest<'_, V> {
    type Value = BTreeMap<String, V>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, V: DeserializeOwned> Visitor<'de> for Rest<'_, V> {
    type Value = BTreeMap<String, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut rest = BTreeMap::new();
        while let Some(key) = object.next_key::<String>()? {
            if self.keys.contains(&key.as_str()) {
                object.next_value::<IgnoredAny>()?;
            } else if let Entry(Some(value)) = object.next_value::<Entry<V>>()? {
                rest.insert(key, value);
            }
        }
        Ok(rest)
    }
}

/// A value, or nothing for a null that the type does not accept.
struct Entry<V>(Option<V>);

impl<'de, V: DeserializeOwned> Deserialize<'de> for Entry<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(EntryVisitor(PhantomData))
    }
}

struct EntryVisitor<V>(PhantomData<V>);

impl<'de, V: DeserializeOwned> Visitor<'de> for EntryVisitor<V> {
    type Value = Entry<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E>(self) -> Result<Entry<V>, E> {
        Ok(Entry(V::deserialize(&Value::Null).ok()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Entry<V>, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry<V>, D::Error> {
        V::deserialize(deserializer).map(|it| Entry(Some(it)))
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::json::{self, Budget};

    #[derive(Debug, serde::Deserialize)]
    struct Fields {
        a: i64,
        #[serde(rename = "b c")]
        b: Option<String>,
    }

    const KEYS: &[&str] = &["a", "b c"];

    struct Prices(Fields, BTreeMap<String, Decimal>);

    impl<'de> Deserialize<'de> for Prices {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let (fields, rest) = with_rest_of_decimals(deserializer, KEYS)?;
            Ok(Self(fields, rest))
        }
    }

    struct Anything(BTreeMap<String, Value>);

    impl<'de> Deserialize<'de> for Anything {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let (_, rest) = with_rest::<Fields, _, D>(deserializer, KEYS)?;
            Ok(Self(rest))
        }
    }

    fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
        json::read(text, Budget::new(usize::MAX, None))
            .map_err(|fault| format!("{}: {fault}", fault.path()))
    }

    const TEXT: &str =
        r#"{"x": 0.1234567890123456789012345, "a": 1, "n": null, "b c": "t", "y": "2.50", "a": 7}"#;

    #[test]
    fn other_keys_keep_their_digits() {
        let Prices(fields, rest) = read(TEXT).unwrap();
        assert_eq!((fields.a, fields.b.as_deref()), (1, Some("t")));
        let rest: Vec<String> = rest.iter().map(|(key, it)| format!("{key}={it}")).collect();
        assert_eq!(rest, ["x=0.1234567890123456789012345", "y=2.50"]);
    }

    #[test]
    fn null_is_kept_if_the_type_accepts_it() {
        let Anything(rest) = read(TEXT).unwrap();
        assert_eq!(rest.keys().collect::<Vec<_>>(), ["n", "x", "y"]);
        assert!(rest["n"].is_null());
    }

    #[test]
    fn faults_have_a_path() {
        for (text, expected) in [
            (r#"{"b c": "t"}"#, ".: missing field `a`"),
            (
                r#"{"a": 1, "x": {"y": 1}}"#,
                "x: invalid type: an object, expected a number or a number in a string",
            ),
            (r#"{"a": 1, "x": [}"#, ".: not JSON"),
            ("[1]", ".: invalid type: a list, expected struct Fields"),
        ] {
            assert_eq!(
                read::<Prices>(text).map(|_| ()),
                Err(expected.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn other_formats_are_supported() {
        let value: Value = serde_json::from_str(TEXT).unwrap();
        let Prices(fields, rest) = serde_json::from_value(value).unwrap();
        assert_eq!(fields.a, 7); // serde_json keeps the last of two.
        assert_eq!(rest["y"].to_string(), "2.50");
        assert_eq!(rest.len(), 2);
    }

    /// Each level reads its fields, and then the rest: no value is read twice.
    #[test]
    fn nested_objects_are_read_in_linear_time() {
        #[derive(Debug)]
        struct Nested(BTreeMap<String, Nested>);

        #[derive(serde::Deserialize)]
        struct None {}

        impl<'de> Deserialize<'de> for Nested {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (None {}, rest) = with_rest(deserializer, &[])?;
                Ok(Self(rest))
            }
        }

        let nested = |levels| {
            format!(
                "{}{}",
                "{\"a\":".repeat(levels),
                "{}".to_owned() + &"}".repeat(levels)
            )
        };
        let Nested(rest) = read(&nested(60)).unwrap();
        assert_eq!(rest.len(), 1);
        let fault = read::<Nested>(&nested(100_000)).unwrap_err();
        assert!(
            fault.ends_with("lists and objects are nested more than 128 levels deep"),
            "{fault}"
        );
    }
}
