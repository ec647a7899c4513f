//! Reads a value of any type from a JSON text in one pass.
//!
//! Visitors are handed nothing but what their type can use: an object to a struct, a list to a list. So the half of
//! every derived `Deserialize` that reads structs from lists is never compiled. What is generic here is small; the
//! rest is compiled once, with this crate.

use std::borrow::Cow;
use std::mem;

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::budget::Budget;
use super::cursor::{Cursor, Kind, unescaped};
use super::fault::{Fault, MAX_LEVELS, Problem};
use super::signs::Signs;

/// The name of a newtype that takes a number as it was written: as bytes, which JSON has none of.
pub(crate) const NUMBER_TEXT: &str = "$twilio_runtime::NumberText";

/// The memory that a string takes beside its text, in bytes: what an allocator adds, rounded up.
const STRING_OVERHEAD: usize = 32;

/// How many entries a node of a map has room for; every map has one, however few its entries.
const ENTRIES_OF_NODE: usize = 11;

/// Reads values from a JSON text, within a budget.
pub(crate) struct Reader<'de> {
    cursor: Cursor<'de>,
    budget: Budget,
    levels: u32,
    signs: Signs,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str, budget: Budget) -> Self {
        Self {
            cursor: Cursor::new(text),
            budget,
            levels: 0,
            signs: Signs::default(),
        }
    }

    /// Checks that nothing but white space is left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.cursor.peek() {
            None => Ok(()),
            Some(_) => Err(Fault::syntax()),
        }
    }

    /// Tells whether what was read is an error, whatever the status says.
    pub(crate) fn has_read_error(&self) -> bool {
        self.signs.tell_error()
    }

    /// Reads a list.
    pub(crate) fn list_of<T: Deserialize<'de>>(&mut self) -> Result<Vec<T>, Fault> {
        match self.cursor.kind()? {
            Kind::List => Vec::deserialize(self),
            _ => Err(self.mismatch(&"a list")),
        }
    }

    /// Reads an object: `each` is given every key and reads or skips its value.
    pub(crate) fn members(
        &mut self,
        expected: &dyn Expected,
        each: &mut dyn FnMut(&str, &mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if self.cursor.kind()? != Kind::Object {
            return Err(self.mismatch(expected));
        }
        self.open(b'{')?;
        let mut is_first = true;
        while let Some(key) = self.next_key(mem::take(&mut is_first))? {
            each(&key.text()?, self).map_err(|fault| key.around(fault))?;
        }
        self.close(b'}')
    }

    /// Passes one value, which takes no memory.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        match self.cursor.kind()? {
            Kind::Null => self.cursor.null(),
            Kind::Boolean => self.cursor.boolean().map(|_| ()),
            Kind::Number => self.cursor.number().map(|_| ()),
            Kind::String => self.cursor.raw_string().map(|_| ()),
            Kind::List => {
                self.open(b'[')?;
                let mut is_first = true;
                while self.has_more(mem::take(&mut is_first), b']')? {
                    self.skip()?;
                }
                self.close(b']')
            }
            Kind::Object => {
                self.open(b'{')?;
                let mut is_first = true;
                while self.next_key(mem::take(&mut is_first))?.is_some() {
                    self.skip()?;
                }
                self.close(b'}')
            }
        }
    }

    /// Enters a list or an object.
    fn open(&mut self, bracket: u8) -> Result<(), Fault> {
        self.cursor.expect(bracket)?;
        if self.levels == MAX_LEVELS {
            return Err(Fault::of(Problem::Levels));
        }
        self.levels += 1;
        Ok(())
    }

    /// Leaves a list or an object, of which nothing may be left.
    fn close(&mut self, bracket: u8) -> Result<(), Fault> {
        self.levels -= 1;
        self.cursor.expect(bracket)
    }

    /// Tells whether the list or object that `close` ends has more members, and passes the comma before the next.
    fn has_more(&mut self, is_first: bool, close: u8) -> Result<bool, Fault> {
        self.budget.passed(self.cursor.at())?;
        if self.cursor.peek() == Some(close) {
            return Ok(false);
        }
        if !is_first {
            self.cursor.expect(b',')?;
        }
        Ok(true)
    }

    /// Passes the next key of an object and returns it; `None` after the last.
    fn next_key(&mut self, is_first: bool) -> Result<Option<Key<'de>>, Fault> {
        if !self.has_more(is_first, b'}')? {
            return Ok(None);
        }
        let (raw, has_escapes) = self.cursor.raw_string()?;
        self.cursor.expect(b':')?;
        let key = Key { raw, has_escapes };
        if self.levels == 1 {
            self.signs.note(key.inner(), &self.cursor);
        }
        Ok(Some(key))
    }

    /// Goes to the next member of a list, which is kept in `size` bytes.
    fn next_member(&mut self, is_first: bool, size: usize) -> Result<bool, Fault> {
        let has_more = self.has_more(is_first, b']')?;
        if has_more {
            self.budget.take(size)?;
        }
        Ok(has_more)
    }

    /// Reads a string that is kept.
    fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        let text = self.cursor.string()?;
        self.budget.take(text.len() + STRING_OVERHEAD)?;
        Ok(text)
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Members {
            reader: &mut *self,
            count: 0,
        })?;
        self.close(b']')?;
        Ok(value)
    }

    fn object<V: Visitor<'de>>(
        &mut self,
        container: Container,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.open(b'{')?;
        let value = visitor.visit_map(Entries {
            reader: &mut *self,
            container,
            key: Key::NONE,
            count: 0,
        })?;
        self.close(b'}')?;
        Ok(value)
    }

    /// Says that the value that comes next is of another kind than `expected`.
    #[cold]
    fn mismatch(&mut self, expected: &dyn Expected) -> Fault {
        let found = match self.cursor.kind() {
            Ok(Kind::Null) => Unexpected::Unit,
            Ok(Kind::Boolean) => Unexpected::Bool(true),
            Ok(Kind::Number) => Unexpected::Float(0.0),
            Ok(Kind::String) => Unexpected::Str(""),
            Ok(Kind::List) => Unexpected::Seq,
            Ok(Kind::Object) => Unexpected::Map,
            Err(fault) => return fault,
        };
        Fault::invalid_type(found, expected)
    }
}

/// A key of an object.
#[derive(Clone, Copy)]
struct Key<'de> {
    /// The key with its quotes.
    raw: &'de str,
    has_escapes: bool,
}

impl<'de> Key<'de> {
    /// The key before the first.
    const NONE: Self = Self {
        raw: "\"\"",
        has_escapes: false,
    };

    /// What is between the quotes.
    fn inner(self) -> &'de str {
        &self.raw[1..self.raw.len() - 1]
    }

    /// What the key says.
    fn text(self) -> Result<Cow<'de, str>, Fault> {
        if self.has_escapes {
            unescaped(self.raw).map(Cow::Owned)
        } else {
            Ok(Cow::Borrowed(self.inner()))
        }
    }

    /// Hands the key to `seed`.
    fn read<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        match self.text()? {
            Cow::Borrowed(text) => seed.deserialize(BorrowedStrDeserializer::new(text)),
            Cow::Owned(text) => seed.deserialize(text.into_deserializer()),
        }
    }

    /// Moves a fault below the key.
    #[cold]
    fn around(self, fault: Fault) -> Fault {
        match self.text() {
            Ok(text) => fault.below(&text),
            Err(fault) => fault,
        }
    }
}

fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Fault> {
    if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else {
        visitor.visit_f64(float(text)?)
    }
}

/// Converts a number to the nearest float; one that is too large for any is no JSON for serde_json, either.
fn float(text: &str) -> Result<f64, Fault> {
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok(float),
        Ok(_) | Err(_) => Err(Fault::new("number out of range".to_owned())),
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::Null => {
                self.cursor.null()?;
                visitor.visit_unit()
            }
            Kind::Boolean => visitor.visit_bool(self.cursor.boolean()?),
            Kind::Number => visit_number(self.cursor.number()?, visitor),
            Kind::String => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Kind::List => self.list(visitor),
            Kind::Object => self.object(Container::Map, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.cursor.kind()? != Kind::Null {
            return visitor.visit_some(self);
        }
        self.cursor.null()?;
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == NUMBER_TEXT && self.cursor.kind()? == Kind::Number {
            return visitor.visit_borrowed_bytes(self.cursor.number()?.as_bytes());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::List => self.list(visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::Object => self.object(Container::Map, visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::Object => self.object(Container::Struct, visitor),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::String => visitor.visit_enum(self.cursor.string()?.into_deserializer()),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier
    }
}

/// What is left of a list.
struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// How many have been read.
    count: usize,
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    /// A struct, whose memory is that of what holds it.
    Struct,
    /// A map, which has memory of its own.
    Map,
}

/// What is left of an object.
struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    container: Container,
    /// The key that was read last.
    key: Key<'de>,
    /// How many keys have been read.
    count: usize,
}

impl<'de> Entries<'_, 'de> {
    /// Goes to the next value; `None` after the last.
    fn next(&mut self) -> Result<Option<Key<'de>>, Fault> {
        let Some(key) = self.reader.next_key(self.count == 0)? else {
            return Ok(None);
        };
        if self.container == Container::Map {
            self.reader.budget.take(key.raw.len() + STRING_OVERHEAD)?;
        }
        self.key = key;
        self.count += 1;
        Ok(Some(key))
    }

    /// Takes the memory that the container has for a value of `size` bytes and its key.
    fn take(&mut self, size: usize) -> Result<(), Fault> {
        let entries = match (self.container, self.count) {
            (Container::Struct, _) => return Ok(()),
            (Container::Map, 1) => ENTRIES_OF_NODE,
            // A node is at least half full.
            (Container::Map, _) => 2,
        };
        let entry = size + size_of::<String>();
        self.reader.budget.take(entries * entry)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        match self.next()? {
            Some(key) => key.read(seed).map(Some),
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

impl<'de> Entries<'_, 'de> {
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
