//! Pages of a list, and their links.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::context::Context;
use crate::decoded::{Decode, Decoded};
use crate::error::{Error, NextPageError, NextPageProblem};
use crate::future::BoxFuture;
use crate::json::{Fault, Reader};
use crate::loop_detector::LoopDetector;
use crate::origin;
use crate::received::Received;
use crate::vendor::Envelope;
use crate::wire;

/// A page of a list.
pub struct Page<T> {
    items: Vec<T>,
    links: Links,
    source: Source,
    decode: Decode<Page<T>>,
}

/// Where a page came from.
#[derive(Clone)]
struct Source {
    context: Context,
    url: Url,
}

/// The links of a page to its neighbours.
#[derive(Clone, Debug, Default)]
struct Links {
    page_size: Option<usize>,
    next: Option<String>,
    previous: Option<String>,
}

impl<T> Page<T> {
    /// Returns the items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Returns the number of items on this page.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns whether this page has no items. The next may have some.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Returns an iterator over the items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Returns only the items.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Returns the page size, if the service reports it.
    pub fn page_size(&self) -> Option<usize> {
        self.links.page_size
    }

    /// Returns the service's link to the next page; `None` on the last page.
    pub fn next_page_url(&self) -> Option<&str> {
        self.links.next.as_deref()
    }

    /// Returns the service's link to the previous page; `None` on the first page.
    pub fn previous_page_url(&self) -> Option<&str> {
        self.links.previous.as_deref()
    }
}

impl<T: 'static> Page<T> {
    /// Returns a future that fetches the next page; `None` if this is the last.
    ///
    /// # Errors
    ///
    /// Returns [`Error::NextPage`] if the link leads away from the server that this page came from, or back to this
    /// page; and any error of a request.
    pub fn next(&self) -> BoxFuture<Option<Self>> {
        self.turn(self.next_page_url())
    }

    /// Returns a future that fetches the previous page; `None` if this is the first.
    ///
    /// # Errors
    ///
    /// Those of [`Page::next`].
    pub fn previous(&self) -> BoxFuture<Option<Self>> {
        self.turn(self.previous_page_url())
    }

    /// Returns the URL of the request for this page.
    pub(crate) fn url(&self) -> &str {
        self.source.url.as_str()
    }

    fn turn(&self, link: Option<&str>) -> BoxFuture<Option<Self>> {
        let Some(link) = link else {
            return BoxFuture::new(async { Ok(None) });
        };
        let received = self.source.follow(link, &mut LoopDetector::default());
        Decoded::boxed(received, self.decode, |_, page| Some(page))
    }

    /// Returns the request for the next page, if there is one, of a list whose earlier pages are in `visited`. Nothing
    /// is sent before it is polled.
    pub(crate) fn following(&self, visited: &mut LoopDetector) -> Option<BoxFuture<Self>> {
        let received = self.source.follow(self.next_page_url()?, visited);
        Some(Decoded::boxed(received, self.decode, |_, page| page))
    }
}

impl Source {
    /// Fetches the page that `link` on this page leads to, unless it is this page or in `visited`. This page is added
    /// to `visited`.
    fn follow(&self, link: &str, visited: &mut LoopDetector) -> BoxFuture<Box<Received>> {
        visited.add(&self.url);
        let operation = self.context.operation;
        let url = match origin::page_url(operation, &self.url, link) {
            Ok(url) if visited.contains(&url) => Err(NextPageError {
                operation: operation.id,
                problem: NextPageProblem::Loop,
            }
            .into()),
            checked => checked,
        };
        self.context.clone().get(url)
    }
}

impl<T: Clone> Clone for Page<T> {
    fn clone(&self) -> Self {
        let Self {
            items,
            links,
            source,
            decode,
        } = self;
        Self {
            items: items.clone(),
            links: links.clone(),
            source: source.clone(),
            decode: *decode,
        }
    }
}

/// Omits the links, whose queries may contain search terms.
impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("page_size", &self.links.page_size)
            .field("has_next", &self.links.next.is_some())
            .finish_non_exhaustive()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Decodes a page: `{"<items>": […], …}`, with the members of the vendor's envelope.
///
/// `items_key` is the key of the items.
pub(crate) fn decode<T: DeserializeOwned>(
    received: &Received,
    items_key: &'static str,
) -> Result<Page<T>, Error> {
    let mut reader = received.reader()?;
    let mut items = Vec::new();
    let paging = received.context.client.shared().vendor.paging;
    let envelopes = paging.map_or(&[][..], |it| it.envelopes);
    let links = Links::read(&mut reader, envelopes, items_key, &mut |reader| {
        items = reader.list_of()?;
        Ok(())
    });
    let links = received.finish(reader, links)?;
    let source = Source {
        context: received.context.clone(),
        url: received.url.clone(),
    };
    Ok(Page {
        items,
        links,
        source,
        decode: Decode::Page(decode, items_key),
    })
}

impl Links {
    /// Decodes a page. `read_items` reads the value of the key `items`, which is required; `envelopes` locate the
    /// links. An empty link is treated as absent.
    fn read(
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
