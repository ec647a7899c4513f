//! Looks at a JSON value without reading it.

use std::borrow::Cow;

use super::super::budget::Budget;
use super::super::cursor::{Kind, unescaped};
use super::super::fault::Fault;
use super::super::reader::Reader;

/// How many items of a list are looked at. They are usually alike.
const MAX_ITEMS: usize = 8;

/// What is seen of a JSON value: its kind, and the keys of an object.
pub(super) struct Glance<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// The keys of an object, with the JSON of a value that is text, a number or a Boolean.
    members: Vec<(Cow<'t, str>, Option<&'t str>)>,
}

impl<'t> Glance<'t> {
    /// Looks at a value that is JSON.
    pub(super) fn at(text: &'t str) -> Result<Self, Fault> {
        let text = text.trim_ascii();
        let mut reader = reader(text);
        let kind = reader.cursor.kind()?;
        let mut members = Vec::new();
        if kind == Kind::Object {
            reader.open(b'{')?;
            while let Some(key) = reader.next_key(members.is_empty())? {
                let kind = reader.cursor.kind()?;
                let is_scalar = matches!(kind, Kind::String | Kind::Number | Kind::Boolean);
                let value = reader.skipped()?;
                members.push((key.text()?, is_scalar.then_some(value)));
            }
        }
        Ok(Self {
            kind,
            text,
            members,
        })
    }

    /// How many keys it has.
    pub(super) fn keys(&self) -> usize {
        self.members.len()
    }

    /// Whether it is an object with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|it| it.0 == key)
    }

    /// Whether it is an object with text under this key.
    pub(super) fn has_text(&self, key: &str) -> bool {
        let member = self.members.iter().find(|it| it.0 == key);
        member.is_some_and(|it| it.1.is_some_and(|it| it.starts_with('"')))
    }

    /// Whether the value under a key is one of `texts`; `None` if there is no text, number or Boolean. The first value of a
    /// key counts.
    pub(super) fn is(&self, key: &str, texts: &[&str]) -> Result<Option<bool>, Fault> {
        let member = self.members.iter().find(|it| it.0 == key);
        match member.and_then(|it| it.1) {
            Some(value) => Ok(Some(texts.contains(&&*content(value)?))),
            None => Ok(None),
        }
    }

    /// Whether it is one of `texts`.
    pub(super) fn is_one_of(&self, texts: &[&str]) -> Result<bool, Fault> {
        Ok(self.kind == Kind::String && texts.contains(&&*content(self.text)?))
    }

    /// The first items, if it is a list.
    pub(super) fn items(&self) -> Result<Vec<Self>, Fault> {
        let mut items = Vec::new();
        if self.kind != Kind::List {
            return Ok(items);
        }
        let mut reader = reader(self.text);
        reader.open(b'[')?;
        while items.len() < MAX_ITEMS && reader.has_more(items.is_empty(), b']')? {
            items.push(Self::at(reader.skipped()?)?);
        }
        Ok(items)
    }
}

/// A reader of a text that has been read once already, so that it needs no limits; nothing of it is kept.
fn reader(text: &str) -> Reader<'_> {
    Reader::new(text, Budget::new(usize::MAX, None), None)
}

/// The text of a scalar: of a string, without quotes.
fn content(json: &str) -> Result<Cow<'_, str>, Fault> {
    let quoted = json.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match quoted {
        Some(_) if json.contains('\\') => unescaped(json).map(Cow::Owned),
        Some(text) => Ok(Cow::Borrowed(text)),
        None => Ok(Cow::Borrowed(json)),
    }
}
