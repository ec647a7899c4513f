//! Decimals inside lists and maps, with all their digits.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{decimal, optional_decimal, write_decimal};

/// Decimals in JSON: a single one, or lists, maps and options of them.
pub trait Decimals: Sized {
    /// Reads them, each like [`decimal`].
    ///
    /// # Errors
    ///
    /// Fails if the JSON is something else, or a number out of range.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Writes them, each like [`write_decimal`].
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads decimals that may be null.
    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let read = Option::<Read<Self>>::deserialize(deserializer)?;
        Ok(read.map(|it| it.0))
    }
}

impl Decimals for Decimal {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decimal(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_decimal(self, serializer)
    }

    fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        optional_decimal(deserializer)
    }
}

impl<T: Decimals> Decimals for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_optional(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(decimals) => serializer.serialize_some(&Exact(decimals)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Decimals> Decimals for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Read<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|it| it.0).collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Exact))
    }
}

impl<T: Decimals> Decimals for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<String, Read<T>>::deserialize(deserializer)?;
        Ok(entries.into_iter().map(|(key, it)| (key, it.0)).collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.iter();
        serializer.collect_map(entries.map(|(key, decimals)| (key, Exact(decimals))))
    }
}

/// Decimals that were read with all their digits.
pub(super) struct Read<T>(pub(super) T);

impl<'de, T: Decimals> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// Decimals that are written with all their digits, for a body that contains nothing else.
pub struct Exact<'d, T>(pub &'d T);

impl<T: Decimals> Serialize for Exact<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Reads decimals with all their digits, for `#[serde(deserialize_with = "…")]`.
pub fn read_decimals<'de, T: Decimals, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Writes decimals with all their digits, for `#[serde(serialize_with = "…")]`.
pub fn write_decimals<T: Decimals, S: Serializer>(
    decimals: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    decimals.write(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Budget};

    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Prices {
        #[serde(
            default,
            deserialize_with = "read_decimals",
            serialize_with = "write_decimals"
        )]
        list: Option<Vec<Option<Decimal>>>,
        #[serde(deserialize_with = "read_decimals", serialize_with = "write_decimals")]
        map: BTreeMap<String, Vec<Decimal>>,
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
}
