//! The members of lists and objects, as visitors request them.

use serde::Deserialize;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::cursor::Cursor;
use super::fault::{Fault, Problem};
use super::key::Key;
use super::reader::{Reader, STRING_OVERHEAD};

/// The number of entries that a node of a map has room for. Every map has at least one node.
const ENTRIES_OF_NODE: usize = 11;

/// The rest of a list.
pub(super) struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// The number of members read so far.
    count: usize,
}

impl<'r, 'de> Members<'r, 'de> {
    pub(super) fn new(reader: &'r mut Reader<'de>) -> Self {
        Self { reader, count: 0 }
    }
}

impl<'de> SeqAccess<'de> for Members<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        if !self
            .reader
            .next_member(self.count == 0, size_of::<S::Value>())?
        {
            return Ok(None);
        }
        let index = self.count;
        self.count += 1;
        seed.deserialize(&mut *self.reader)
            .map(Some)
            .map_err(|fault| fault.below_index(index))
    }
}

/// The type that stores the values of an object.
#[derive(Clone, Copy)]
pub(super) enum Container {
    /// A struct with these fields, whose memory is part of its container's.
    Struct(&'static [&'static str]),
    /// A map, which allocates its own memory.
    Map,
}

/// The rest of an object.
pub(super) struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    container: Container,
    /// The last key that was read.
    key: Key<'de>,
    /// The number of keys read so far.
    count: usize,
    /// A bit for each field of a struct that has been read.
    seen: u128,
    /// The field that is next if the service follows the order of its specification.
    likely: usize,
}

impl<'r, 'de> Entries<'r, 'de> {
    pub(super) fn new(reader: &'r mut Reader<'de>, container: Container) -> Self {
        Self {
            reader,
            container,
            key: Key::NONE,
            count: 0,
            seen: 0,
            likely: 0,
        }
    }

    /// Advances to the next value; `None` after the last.
    ///
    /// The first value of a field wins and others are skipped: a derived `Deserialize` rejects duplicates.
    fn next(&mut self) -> Result<Option<Key<'de>>, Fault> {
        while let Some(key) = self.reader.next_key(self.count == 0)? {
            self.count += 1;
            match self.container {
                Container::Map => self.reader.budget.take(key.raw().len() + STRING_OVERHEAD)?,
                Container::Struct(fields) => {
                    if self.has_seen(fields, key.inner()) {
                        self.reader.skip()?;
                        continue;
                    }
                }
            }
            self.key = key;
            return Ok(Some(key));
        }
        Ok(None)
    }

    /// Records that `key` was read, and returns whether it is a field that had been read before.
    fn has_seen(&mut self, fields: &[&str], key: &str) -> bool {
        let is_likely = fields.get(self.likely) == Some(&key);
        let likely = is_likely.then_some(self.likely);
        let Some(field) = likely.or_else(|| fields.iter().position(|it| *it == key)) else {
            return false;
        };
        self.likely = field + 1;
        // For a struct with more fields than bits, its `Deserialize` handles duplicates.
        let bit = u32::try_from(field)
            .ok()
            .and_then(|it| 1_u128.checked_shl(it));
        let bit = bit.unwrap_or(0);
        let has_seen = self.seen & bit != 0;
        self.seen |= bit;
        has_seen
    }

    /// Takes the memory for a value of `size` bytes and its key from the budget.
    fn take(&mut self, size: usize) -> Result<(), Fault> {
        let entries = match (self.container, self.count) {
            (Container::Struct(_), _) => return Ok(()),
            (Container::Map, 1) => ENTRIES_OF_NODE,
            // A node is at least half full.
            (Container::Map, _) => 2,
        };
        let entry = size + size_of::<String>();
        self.reader.budget.take(entries * entry)
    }

    /// Skips the value after `before`, which could not be read, if it is null.
    #[cold]
    fn pass_null(&mut self, before: Cursor<'de>, fault: Fault) -> Result<(), Fault> {
        let Problem::Value(_) = fault.problem() else {
            return Err(fault);
        };
        self.reader.cursor = before;
        self.reader.cursor.null().map_err(|_| fault)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        match self.next()? {
            Some(key) => key.deserialize(seed).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        self.take(size_of::<S::Value>())?;
        seed.deserialize(&mut *self.reader)
            .map_err(|fault| self.key.around(fault))
    }

    /// Reads an entry of a map, whose keys come from the service; structs request keys and values separately. If the
    /// type does not accept null, a null entry is treated as absent, as in a field.
    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(
        &mut self,
    ) -> Result<Option<(K, V)>, Fault> {
        while let Some(key) = self.next_key()? {
            let before = self.reader.cursor.clone();
            match self.next_value() {
                Ok(value) => return Ok(Some((key, value))),
                Err(fault) => self.pass_null(before, fault)?,
            }
        }
        Ok(None)
    }
}
