//! The values of absent fields, from their JSON.

use serde::de::DeserializeOwned;

use super::codec::{self, Read};
use super::decimals::Decimals;
use crate::json::{self, Budget};

/// Returns the value of a JSON text; `None` if it is not a value of the type.
pub fn default_json<T: DeserializeOwned>(json: &str) -> Option<T> {
    json::read(json, Budget::new(usize::MAX, None)).ok()
}

/// Does the same for decimals, and for lists and maps of them, with all their digits.
pub fn default_decimals<T: Decimals>(json: &str) -> Option<T> {
    default_json::<Read<codec::Decimals, T>>(json).map(Read::into_inner)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn decimals_of_a_default_keep_their_digits() {
        let digits = "0.1000000000000000000001";
        let expected: Decimal = digits.parse().unwrap();
        assert_eq!(default_decimals(digits), Some(expected));
        assert_eq!(
            default_decimals(&format!("[{digits}]")),
            Some(vec![expected])
        );
        assert_eq!(default_decimals("1e3"), Some(Decimal::from(1000)));
    }

    #[test]
    fn a_text_of_another_type_has_no_value() {
        assert_eq!(default_json("[\"a\"]"), Some(vec!["a".to_owned()]));
        assert_eq!(default_json::<Vec<bool>>("[1]"), None);
        assert_eq!(default_json::<bool>("true true"), None);
    }
}
