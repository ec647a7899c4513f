//! Values of one of several types, which are chosen by looking ahead in the text.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, MapAccess};

use super::cursor::Cursor;
use super::fault::Fault;
use super::reader::Reader;

/// The name of the newtype that is read as a [`Choice`].
pub(crate) const CHOICE: &str = "$twilio_runtime::Choice";

/// A value that can be read more than once. It is a map with its text as its only key; each requested value is read
/// from the start of that text, until one succeeds.
pub(super) struct Choice<'r, 'de> {
    reader: &'r mut Reader<'de>,
    text: Option<&'de str>,
    start: Cursor<'de>,
    levels: u32,
}

impl<'r, 'de> Choice<'r, 'de> {
    /// Looks ahead at the next value.
    pub(super) fn new(reader: &'r mut Reader<'de>) -> Result<Self, Fault> {
        reader.cursor.peek();
        let start = reader.cursor.clone();
        let levels = reader.levels;
        let text = Some(reader.skipped()?);
        Ok(Self {
            reader,
            text,
            start,
            levels,
        })
    }
}

impl<'de> MapAccess<'de> for Choice<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let text = self.text.take().map(BorrowedStrDeserializer::new);
        text.map(|it| seed.deserialize(it)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        self.reader.cursor = self.start.clone();
        // Nested choices count as levels, like nested lists: types may refer to each other without end.
        self.reader.levels = self.levels;
        self.reader.enter()?;
        self.reader.budget.rewind(self.start.at());
        let value = seed.deserialize(&mut *self.reader);
        self.reader.levels = self.levels;
        value
    }
}
