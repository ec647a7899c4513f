//! Floating-point numbers in JSON request bodies.

use serde::ser::{Error as _, Serializer};

use super::written::{Write, Written};
use crate::parameter::NOT_FINITE;

/// The form of floating-point numbers that must be finite. Serde would write null for the others.
#[derive(Debug)]
pub enum Finite {}

impl Write<Finite> for f64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(S::Error::custom(NOT_FINITE));
        }
        serializer.serialize_f64(*self)
    }
}

/// Writes floating-point numbers that must be finite, for a body that contains nothing else.
pub fn finite<T: Write<Finite>>(floats: &T) -> Written<'_, Finite, T> {
    Written::new(floats)
}

/// Writes floating-point numbers that must be finite, for `#[serde(serialize_with = "…")]`.
pub fn write_floats<T: Write<Finite>, S: Serializer>(
    floats: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    floats.write(serializer)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(serde::Serialize)]
    struct Body {
        #[serde(serialize_with = "write_floats")]
        one: f64,
        #[serde(serialize_with = "write_floats")]
        map: Option<BTreeMap<String, Vec<Option<f64>>>>,
    }

    #[test]
    fn only_finite_numbers_are_written() {
        let body = |number| Body {
            one: 0.1,
            map: Some(BTreeMap::from([("a".to_owned(), vec![Some(number), None])])),
        };
        let text = serde_json::to_string(&body(-1e300)).unwrap();
        assert_eq!(text, r#"{"one":0.1,"map":{"a":[-1e+300,null]}}"#);
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = serde_json::to_string(&body(number)).unwrap_err();
            assert_eq!(error.to_string(), NOT_FINITE);
        }
    }
}
