//! Floating-point numbers in JSON request bodies.

use std::collections::BTreeMap;

use serde::ser::{Error as _, Serialize, Serializer};

use crate::parameter::NOT_FINITE;

/// Floating-point numbers in a JSON body: a single one, or lists, maps and options of them.
pub trait Floats {
    /// Writes them.
    ///
    /// # Errors
    ///
    /// Fails if one is NaN or infinite, for which serde would write null.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Floats for f64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(S::Error::custom(NOT_FINITE));
        }
        serializer.serialize_f64(*self)
    }
}

impl<T: Floats> Floats for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(floats) => serializer.serialize_some(&Finite(floats)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Floats> Floats for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Finite))
    }
}

impl<T: Floats> Floats for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.iter();
        serializer.collect_map(entries.map(|(key, floats)| (key, Finite(floats))))
    }
}

/// Floating-point numbers that must be finite, for a body that contains nothing else.
pub struct Finite<'f, T>(pub &'f T);

impl<T: Floats> Serialize for Finite<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Writes floating-point numbers that must be finite, for `#[serde(serialize_with = "…")]`.
pub fn write_floats<F: Floats, S: Serializer>(
    floats: &F,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    floats.write(serializer)
}

#[cfg(test)]
mod tests {
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
