//! Reads what a page says about the next one, from its body.

use serde::Deserialize as _;

use super::{ListEnd, NextPage, PagingRule};
use crate::json::{Fault, Reader};
use crate::wire;

/// What the body of a page says about the next one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The URL or the cursor of the next page, if it is not empty.
    pub(crate) next: Option<String>,
    /// Whether there is another page.
    pub(crate) more: Option<bool>,
    /// The number of pages or of items.
    pub(crate) total: Option<u64>,
}

/// What a value of a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Items,
    Next,
    More,
    Total,
}

/// A value to read: the rest of its key, below the current object.
type Wanted = (&'static [&'static str], Meaning);

/// Reads the value with a meaning.
type Read<'r> = &'r mut dyn FnMut(Meaning, &mut Reader<'_>) -> Result<(), Fault>;

impl PagingRule {
    /// Reads a page. `read_items` reads the list of its items.
    pub(crate) fn read(
        &self,
        reader: &mut Reader<'_>,
        read_items: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), Fault>,
    ) -> Result<Facts, Fault> {
        let mut facts = Facts::default();
        let mut has_items = false;
        value(reader, &self.wanted(), &mut |meaning, reader| {
            match meaning {
                Meaning::Items => {
                    has_items = true;
                    // Some services write an empty list as null.
                    return match reader.is_null()? {
                        true => reader.skip(),
                        false => read_items(reader),
                    };
                }
                Meaning::Next => facts.next = reader.scalar()?.filter(|it| !it.is_empty()),
                Meaning::More => facts.more = Option::deserialize(reader)?,
                Meaning::Total => {
                    let total: Option<i64> = wire::codec::Integer::read(reader)?;
                    facts.total = total.map(|it| u64::try_from(it).unwrap_or_default());
                }
            }
            Ok(())
        })?;
        if self.requires_items && !has_items {
            let key = self.items.join(".");
            return Err(Fault::new(format!("missing field `{key}`")));
        }
        Ok(facts)
    }

    /// Reads the value of the last item of a page that selects the next page.
    pub(crate) fn last_item(&self, reader: &mut Reader<'_>) -> Result<Option<String>, Fault> {
        let NextPage::LastItem { key, .. } = self.next else {
            return reader.skip().map(|()| None);
        };
        let mut last = None;
        value(reader, &[(self.items, Meaning::Items)], &mut |_, reader| {
            if reader.is_null()? {
                return reader.skip();
            }
            reader.each_item(&mut |reader| {
                last = None;
                value(reader, &[(key, Meaning::Next)], &mut |_, reader| {
                    last = reader.scalar()?.filter(|it| !it.is_empty());
                    Ok(())
                })
            })
        })?;
        Ok(last)
    }

    /// The values to read, by their keys.
    fn wanted(&self) -> Vec<Wanted> {
        let (next, more, total) = match self.next {
            NextPage::Url { key } => (Some(key), None, None),
            NextPage::LinkHeader => (None, None, None),
            NextPage::Cursor { value, more, .. } => (Some(value), more, None),
            NextPage::LastItem { more, .. } => (None, more, None),
            NextPage::Number { end, .. } | NextPage::Offset { end, .. } => match end {
                ListEnd::EmptyPage => (None, None, None),
                ListEnd::More(key) => (None, Some(key), None),
                ListEnd::Total(key) => (None, None, Some(key)),
            },
        };
        let all = [
            (Some(self.items), Meaning::Items),
            (next, Meaning::Next),
            (more, Meaning::More),
            (total, Meaning::Total),
        ];
        let all = all.into_iter();
        all.filter_map(|(key, meaning)| Some((key?, meaning)))
            .collect()
    }
}

/// Reads one value of a page, and in it what is wanted. Null has none of it.
fn value(reader: &mut Reader<'_>, wanted: &[Wanted], read: Read<'_>) -> Result<(), Fault> {
    match wanted {
        [] => return reader.skip(),
        [([], meaning)] => return read(*meaning, reader),
        [..] => {}
    }
    if reader.is_null()? {
        return reader.skip();
    }
    let keys: Vec<String> = wanted.iter().map(|(key, _)| key.join(".")).collect();
    let expected = format!("an object with `{}`", keys.join("` and `"));
    reader.members(&expected.as_str(), &mut |key, reader| {
        let inside = wanted.iter().filter_map(|(names, meaning)| {
            let (first, rest) = names.split_first()?;
            (*first == key).then_some((rest, *meaning))
        });
        let inside: Vec<Wanted> = inside.collect();
        value(reader, &inside, read)
    })
}
