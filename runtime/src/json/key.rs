//! The keys of objects.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer as _};

use super::cursor::{Cursor, unescaped};
use super::fault::Fault;

/// A key of an object.
#[derive(Clone, Copy)]
pub(super) struct Key<'de> {
    /// The key with its quotes.
    raw: &'de str,
    has_escapes: bool,
}

impl<'de> Key<'de> {
    /// The key before the first.
    pub(super) const NONE: Self = Self {
        raw: "\"\"",
        has_escapes: false,
    };

    /// Consumes a key and the colon after it.
    pub(super) fn read(cursor: &mut Cursor<'de>) -> Result<Self, Fault> {
        let (raw, has_escapes) = cursor.raw_string()?;
        cursor.expect(b':')?;
        Ok(Self { raw, has_escapes })
    }

    /// The key with its quotes.
    pub(super) fn raw(self) -> &'de str {
        self.raw
    }

    /// Returns the text between the quotes.
    pub(super) fn inner(self) -> &'de str {
        &self.raw[1..self.raw.len() - 1]
    }

    /// Returns the unescaped key.
    pub(super) fn text(self) -> Result<Cow<'de, str>, Fault> {
        if self.has_escapes {
            unescaped(self.raw).map(Cow::Owned)
        } else {
            Ok(Cow::Borrowed(self.inner()))
        }
    }

    /// Passes the key to `seed`.
    pub(super) fn deserialize<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        match self.text()? {
            Cow::Borrowed(text) => seed.deserialize(BorrowedStrDeserializer::new(text)),
            Cow::Owned(text) => seed.deserialize(text.into_deserializer()),
        }
    }

    /// Prepends the key to the path of a fault.
    #[cold]
    pub(super) fn around(self, fault: Fault) -> Fault {
        match self.text() {
            Ok(text) => fault.below(&text),
            Err(fault) => fault,
        }
    }
}
