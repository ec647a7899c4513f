//! Reads a JSON text, within a budget.

use std::borrow::Cow;
use std::mem;

use serde::de::{Deserialize, Error as _, Expected, Unexpected};

use super::budget::Budget;
use super::cursor::{Cursor, Kind};
use super::fault::{Fault, MAX_LEVELS, Problem};
use super::key::Key;
use super::signs::Signs;
use crate::vendor::ErrorFormat;

/// The memory of a string besides its text, in bytes: the allocator's overhead, rounded up.
pub(super) const STRING_OVERHEAD: usize = 32;

/// Reads values from a JSON text, within a budget.
pub(crate) struct Reader<'de> {
    pub(super) cursor: Cursor<'de>,
    pub(super) budget: Budget,
    pub(super) levels: u32,
    signs: Signs,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str, budget: Budget, errors: Option<ErrorFormat>) -> Self {
        Self {
            cursor: Cursor::new(text),
            budget,
            levels: 0,
            signs: Signs::new(errors),
        }
    }

    /// Checks that only white space is left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.cursor.peek() {
            None => Ok(()),
            Some(_) => Err(Fault::syntax()),
        }
    }

    /// Returns whether what was read is an error, whatever the status.
    pub(crate) fn has_read_error(&self) -> bool {
        self.signs.is_error()
    }

    /// Returns whether the next value is null.
    pub(crate) fn is_null(&mut self) -> Result<bool, Fault> {
        Ok(self.cursor.kind()? == Kind::Null)
    }

    /// Reads a list.
    pub(crate) fn list_of<T: Deserialize<'de>>(&mut self) -> Result<Vec<T>, Fault> {
        self.must_be(Kind::List, &"a list")?;
        Vec::deserialize(self)
    }

    /// Reads a list: `each` reads or skips every item.
    pub(crate) fn each_item(
        &mut self,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.must_be(Kind::List, &"a list")?;
        self.open(b'[')?;
        let (mut is_first, mut index) = (true, 0);
        while self.has_more(mem::take(&mut is_first), b']')? {
            each(self).map_err(|fault| fault.below_index(index))?;
            index += 1;
        }
        self.close(b']')
    }

    /// Reads the text of a string or a number; `None` for null.
    pub(crate) fn scalar(&mut self) -> Result<Option<String>, Fault> {
        match self.cursor.kind()? {
            Kind::Null => self.cursor.null().map(|()| None),
            Kind::Number => self.cursor.number().map(|it| Some(it.to_owned())),
            Kind::String => self.string().map(|it| Some(it.into_owned())),
            found @ (Kind::Boolean | Kind::List | Kind::Object) => {
                Err(mismatch(found, &"a string or a number"))
            }
        }
    }

    /// Reads an object: `each` gets every key, and reads or skips its value.
    pub(crate) fn members(
        &mut self,
        expected: &dyn Expected,
        each: &mut dyn FnMut(&str, &mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.must_be(Kind::Object, expected)?;
        self.open(b'{')?;
        let mut is_first = true;
        while let Some(key) = self.next_key(mem::take(&mut is_first))? {
            each(&key.text()?, self).map_err(|fault| key.around(fault))?;
        }
        self.close(b'}')
    }

    /// Skips one value, which takes no memory.
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

    /// Skips one value and returns its text.
    pub(super) fn skipped(&mut self) -> Result<&'de str, Fault> {
        self.cursor.peek();
        let start = self.cursor.clone();
        self.skip()?;
        Ok(start.text_until(&self.cursor))
    }

    /// Enters a list or an object.
    pub(super) fn open(&mut self, bracket: u8) -> Result<(), Fault> {
        self.cursor.expect(bracket)?;
        self.enter()
    }

    /// Goes one level deeper.
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        if self.levels == MAX_LEVELS {
            return Err(Fault::of(Problem::Levels));
        }
        self.levels += 1;
        Ok(())
    }

    /// Leaves a list or an object, which must have no more members.
    pub(super) fn close(&mut self, bracket: u8) -> Result<(), Fault> {
        self.levels -= 1;
        self.cursor.expect(bracket)
    }

    /// Returns whether the list or object that `close` ends has more members, and consumes the comma before the next.
    pub(super) fn has_more(&mut self, is_first: bool, close: u8) -> Result<bool, Fault> {
        self.budget.passed(self.cursor.at())?;
        if self.cursor.peek() == Some(close) {
            return Ok(false);
        }
        if !is_first {
            self.cursor.expect(b',')?;
        }
        Ok(true)
    }

    /// Consumes the next key of an object and returns it; `None` after the last.
    pub(super) fn next_key(&mut self, is_first: bool) -> Result<Option<Key<'de>>, Fault> {
        if !self.has_more(is_first, b'}')? {
            return Ok(None);
        }
        let key = Key::read(&mut self.cursor)?;
        if self.levels == 1 {
            self.signs.note(key.inner(), &self.cursor);
        }
        Ok(Some(key))
    }

    /// Advances to the next member of a list, which takes `size` bytes.
    pub(super) fn next_member(&mut self, is_first: bool, size: usize) -> Result<bool, Fault> {
        let has_more = self.has_more(is_first, b']')?;
        if has_more {
            self.budget.take(size)?;
        }
        Ok(has_more)
    }

    /// Reads a string to keep.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        let text = self.cursor.string()?;
        self.budget.take(text.len() + STRING_OVERHEAD)?;
        Ok(text)
    }

    /// Checks that the next value is of the kind that `expected` names.
    pub(super) fn must_be(&mut self, kind: Kind, expected: &dyn Expected) -> Result<(), Fault> {
        let found = self.cursor.kind()?;
        if found == kind {
            return Ok(());
        }
        Err(mismatch(found, expected))
    }
}

#[cold]
fn mismatch(found: Kind, expected: &dyn Expected) -> Fault {
    let found = match found {
        Kind::Null => Unexpected::Unit,
        Kind::Boolean => Unexpected::Bool(true),
        Kind::Number => Unexpected::Float(0.0),
        Kind::String => Unexpected::Str(""),
        Kind::List => Unexpected::Seq,
        Kind::Object => Unexpected::Map,
    };
    Fault::invalid_type(found, expected)
}
