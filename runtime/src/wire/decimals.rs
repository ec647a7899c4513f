//! Decimals inside lists and maps, with all their digits.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::ser::Serializer;

use super::codec::{self, Lenient, Read};
use super::decimal;
use super::written::{Write, Written};

type ReadDecimals<T> = Read<codec::Decimals, T>;

/// Decimals in JSON: a single one, or lists, maps and options of them.
pub trait Decimals: DeserializeOwned {
    /// Reads them, each like [`codec::Decimal`].
    ///
    /// # Errors
    ///
    /// Fails if the JSON is something else, or a number out of range.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads decimals that may be null.
    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let read = Option::<ReadDecimals<Self>>::deserialize(deserializer)?;
        Ok(read.map(Read::into_inner))
    }
}

impl Decimals for Decimal {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        codec::Decimal::read(deserializer)
    }

    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        codec::Decimal::read(deserializer)
    }
}

impl<T: Decimals> Decimals for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_optional(deserializer)
    }
}

impl<T: Decimals> Decimals for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<ReadDecimals<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(Read::into_inner).collect())
    }
}

impl<T: Decimals> Decimals for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<String, ReadDecimals<T>>::deserialize(deserializer)?;
        Ok(entries
            .into_iter()
            .map(|(key, it)| (key, it.into_inner()))
            .collect())
    }
}

impl<T: Decimals> Lenient<codec::Decimals> for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Decimals::read(deserializer)
    }

    fn absent<E: Error>(key: &'static str) -> Result<Self, E> {
        <T as Lenient<codec::Plain>>::absent(key)
    }
}

/// The form of decimals with all their digits: each like [`write_decimal`].
#[derive(Debug)]
pub enum Exact {}

impl Write<Exact> for Decimal {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_decimal(self, serializer)
    }
}

/// Writes decimals with all their digits, for a body that contains nothing else.
pub fn exact<T: Write<Exact>>(decimals: &T) -> Written<'_, Exact, T> {
    Written::new(decimals)
}

/// Writes decimals with all their digits, for `#[serde(serialize_with = "…")]`.
pub fn write_decimals<T: Write<Exact>, S: Serializer>(
    decimals: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    decimals.write(serializer)
}

/// Writes a decimal as a number if a 64-bit integer or float represents it exactly, otherwise as a string; [`codec::Decimal`]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Budget};

    #[derive(Debug, PartialEq, serde::Serialize)]
    struct Prices {
        #[serde(serialize_with = "write_decimals")]
        list: Option<Vec<Option<Decimal>>>,
        #[serde(serialize_with = "write_decimals")]
        map: BTreeMap<String, Vec<Decimal>>,
    }

    crate::deserialize! {
        Prices {
            list: Decimals,
            map: Decimals,
        }
    }

    #[test]
    fn digits_survive_lists_and_maps() {
        let text = r#"{"list": [0.1234567890123456789012345, null, "", "1.50", 3], "map": {"a": [12345678901234567890.12], "b": [18446744073709551615]}}"#;
        let read: Prices = json::read(text, Budget::new(usize::MAX, None)).unwrap();
        let shown = |it: &Option<Decimal>| it.map(|it| it.to_string());
        let list: Vec<_> = read.list.iter().flatten().map(shown).collect();
        let digits = ["0.1234567890123456789012345", "1.50", "3"]
            .map(str::to_owned)
            .map(Some);
        let [first, second, third] = digits;
        assert_eq!(list, [first, None, None, second, third]);
        assert_eq!(read.map["a"][0].to_string(), "12345678901234567890.12");
        // A number if a binary float represents it, otherwise text.
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(
            written,
            r#"{"list":["0.1234567890123456789012345",null,null,1.5,3],"map":{"a":["12345678901234567890.12"],"b":[18446744073709551615]}}"#
        );
        let again: Prices = json::read(&written, Budget::new(usize::MAX, None)).unwrap();
        assert_eq!(again, read);
        let absent: Prices = json::read(r#"{"map": {}}"#, Budget::new(usize::MAX, None)).unwrap();
        assert_eq!(absent.list, None);
    }

    #[test]
    fn non_number_is_an_error_with_its_path() {
        let read = |text| {
            let read = json::read::<Prices>(text, Budget::new(usize::MAX, None));
            let fault = read.unwrap_err();
            format!("{}: {fault}", fault.path())
        };
        for (text, expected) in [
            (
                r#"{"map": {"a": [1, "x"]}}"#,
                "map.a[1]: expected a number or a number in a string, found a string",
            ),
            (
                r#"{"map": {"a": [1e99]}}"#,
                "map.a[0]: expected a number or a number in a string, found a number",
            ),
            (
                r#"{"map": {}, "list": 1}"#,
                "list: invalid type: a number, expected a sequence",
            ),
        ] {
            assert_eq!(read(text), expected);
        }
    }

    /// Nothing is lost, although serde_json passes a number as a binary float.
    #[test]
    fn decimals_round_trip() {
        #[derive(serde::Serialize)]
        struct Pair {
            #[serde(serialize_with = "write_decimal")]
            one: Decimal,
            #[serde(serialize_with = "write_optional_decimal")]
            other: Option<Decimal>,
        }

        crate::deserialize! {
            Pair {
                one: Decimal,
                other: Decimal,
            }
        }

        let cases = [
            ("0.03", "0.03"),
            ("0.030", "0.03"),
            ("-12", "-12"),
            ("9007199254740993", "9007199254740993"),
            (
                "0.1000000000000000055511151231",
                "\"0.1000000000000000055511151231\"",
            ),
            (
                "12345678901234567890.12345678",
                "\"12345678901234567890.12345678\"",
            ),
            (
                "79228162514264337593543950335",
                "\"79228162514264337593543950335\"",
            ),
        ];
        for (text, written) in cases {
            let one: Decimal = text.parse().unwrap();
            let other = Some(one);
            let json = serde_json::to_string(&Pair { one, other }).unwrap();
            assert_eq!(json, format!(r#"{{"one":{written},"other":{written}}}"#));
            let pair: Pair = serde_json::from_str(&json).unwrap();
            assert_eq!((pair.one, pair.other), (one, Some(one)));
        }
        let none = Pair {
            one: Decimal::ZERO,
            other: None,
        };
        let json = r#"{"one":0,"other":null}"#;
        assert_eq!(serde_json::to_string(&none).unwrap(), json);
    }

    /// A feature of `rust_decimal` changes this for every crate of a program, so this crate must enable none.
    #[test]
    fn serialization_of_decimals_elsewhere_is_unchanged() {
        let value: Decimal = "12345678901234567890.12".parse().unwrap();
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(json, "\"12345678901234567890.12\"");
    }
}
