//! Values that serde would write otherwise than services expect: alone, or in lists, maps and options.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::ser::{Serialize, Serializer};

/// A value that can be written in the form `F`.
pub trait Write<F> {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the form has no text for the value, or that of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A value that is serialized in the form `F`.
pub struct Written<'v, F, T> {
    value: &'v T,
    form: PhantomData<F>,
}

impl<'v, F, T> Written<'v, F, T> {
    pub(super) fn new(value: &'v T) -> Self {
        let form = PhantomData;
        Self { value, form }
    }
}

impl<F, T: Write<F>> Serialize for Written<'_, F, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.write(serializer)
    }
}

impl<F, T: Write<F>> Write<F> for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Written::new(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<F, T: Write<F>> Write<F> for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written::new))
    }
}

impl<F, T: Write<F>> Write<F> for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.iter();
        serializer.collect_map(entries.map(|(key, value)| (key, Written::new(value))))
    }
}
