//! The members of lists and objects, as visitors ask for them.

use serde::Deserialize;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::cursor::Cursor;
use super::fault::{Fault, Problem};
use super::key::Key;
use super::reader::{Reader, STRING_OVERHEAD};

/// How many entries a node of a map has room for; every map has one, however few its entries.
const ENTRIES_OF_NODE: usize = 11;

/// What is left of a list.
pub(super) struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// How many have been read.
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

/// What keeps the values of an object.
#[derive(Clone, Copy)]
pub(super) enum Container {
    /// A struct with these fields, whose memory is that of what holds it.
    Struct(&'static [&'static str]),
    /// A map, which has memory of its own.
    Map,
}

/// What is left of an object.
pub(super) struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    container: Container,
    /// The key that was read last.
    key: Key<'de>,
    /// How many keys have been read.
    count: usize,
    /// A bit for each field of a struct that has been read.
    seen: u128,
    /// The field that comes next if the service keeps to the order of its specification.
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

    /// Goes to the next value; `None` after the last.
    ///
    /// The first value of a field counts, and others are passed over: a derived `Deserialize` refuses them.
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

    /// Tells whether `key` is a field that has been read before, and takes note of it.
    fn has_seen(&mut self, fields: &[&str], key: &str) -> bool {
        let is_likely = fields.get(self.likely) == Some(&key);
        let likely = is_likely.then_some(self.likely);
        let Some(field) = likely.or_else(|| fields.iter().position(|it| *it == key)) else {
            return false;
        };
        self.likely = field + 1;
        // A struct of more fields than bits is read by the rules of its `Deserialize` alone.
        let bit = u32::try_from(field)
            .ok()
            .and_then(|it| 1_u128.checked_shl(it));
        let bit = bit.unwrap_or(0);
        let has_seen = self.seen & bit != 0;
        self.seen |= bit;
        has_seen
    }

    /// Takes the memory that the container has for a value of `size` bytes and its key.
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

    /// Passes the value after `before`, which could not be read, if it is a null.
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

    /// Reads an entry of a map, which has its keys from the service: structs ask for keys and values in turn. A null is
    /// as good as no entry where the type has no place for one, just as it is in a field.
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
