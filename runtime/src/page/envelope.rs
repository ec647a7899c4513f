//! Reads a page in a vendor's envelope: `{"<items>": […], …}`, with the size and the links beside the items or in an
//! object of their own.

use serde::Deserialize;

use super::Links;
use crate::json::{Fault, Reader};
use crate::vendor::Envelope;
use crate::wire;

impl Links {
    /// Decodes a page. `read_items` reads the value of the key `items`, which is required; `envelopes` locate the
    /// links. An empty link is treated as absent.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        envelopes: &[Envelope],
        items: &str,
        read_items: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), Fault>,
    ) -> Result<Self, Fault> {
        let mut has_items = false;
        let mut facts = vec![Facts::default(); envelopes.len()];
        let expected = format!("an object with a list `{items}`");
        reader.members(&expected.as_str(), &mut |key, reader| {
            if key == items {
                has_items = true;
                return read_items(reader);
            }
            for (facts, envelope) in facts.iter_mut().zip(envelopes) {
                if envelope.within == Some(key) {
                    return facts.read_all(reader, envelope);
                }
                if envelope.within.is_none() && facts.read(key, reader, envelope)? {
                    return Ok(());
                }
            }
            reader.skip()
        })?;
        if !has_items {
            return Err(Fault::new(format!("missing field `{items}`")));
        }
        let said = |of: fn(&Facts) -> &Option<String>| {
            let links = facts.iter().map(|it| of(it).as_deref());
            links.flatten().find(|it| !it.is_empty()).map(str::to_owned)
        };
        Ok(Self {
            page_size: facts.iter().find_map(|it| it.page_size),
            next: said(|it| &it.next),
            previous: said(|it| &it.previous),
        })
    }
}

/// The values that an envelope has for a page.
#[derive(Clone, Default)]
struct Facts {
    page_size: Option<usize>,
    next: Option<String>,
    previous: Option<String>,
}

impl Facts {
    /// Reads the object that contains them. The last one wins.
    fn read_all(&mut self, reader: &mut Reader<'_>, envelope: &Envelope) -> Result<(), Fault> {
        *self = Self::default();
        if reader.is_null()? {
            return reader.skip();
        }
        reader.members(
            &"an object",
            &mut |key, reader| match self.read(key, reader, envelope)? {
                true => Ok(()),
                false => reader.skip(),
            },
        )
    }

    /// Reads the value of `key`, and returns whether it is one of them.
    fn read(
        &mut self,
        key: &str,
        reader: &mut Reader<'_>,
        envelope: &Envelope,
    ) -> Result<bool, Fault> {
        if key == envelope.size {
            let size: Option<i64> = wire::codec::Integer::read(reader)?;
            self.page_size = size.and_then(|it| usize::try_from(it).ok());
        } else if key == envelope.next {
            self.next = Deserialize::deserialize(reader)?;
        } else if key == envelope.previous {
            self.previous = Deserialize::deserialize(reader)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}
