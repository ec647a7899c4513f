//! One page of a list, and the way to the next.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::context::Context;
use crate::decoded::{Decode, Decoded};
use crate::error::{Error, NextPageError, NextPageProblem};
use crate::future::BoxFuture;
use crate::json::{Fault, Reader};
use crate::origin;
use crate::received::Received;
use crate::visited::Visited;
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

/// What a page says about its neighbours.
#[derive(Clone, Debug, Default)]
struct Links {
    page_size: Option<i64>,
    next: Option<String>,
    previous: Option<String>,
}

impl<T> Page<T> {
    /// Returns the items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Returns the items alone.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Returns how many items the service puts on a page, if it says so.
    pub fn page_size(&self) -> Option<i64> {
        self.links.page_size
    }

    /// Returns the link to the next page as the service gave it; `None` on the last page.
    pub fn next_page_url(&self) -> Option<&str> {
        self.links.next.as_deref()
    }

    /// Returns the link to the previous page as the service gave it; `None` on the first page.
    pub fn previous_page_url(&self) -> Option<&str> {
        self.links.previous.as_deref()
    }
}

impl<T: 'static> Page<T> {
    /// Gets the next page, when it is first polled; `None` if this is the last.
    ///
    /// # Errors
    ///
    /// Returns [`Error::NextPage`] if the link leads away from the server that this page came from, or back to this
    /// page, and otherwise what any request may.
    pub fn next(&self) -> BoxFuture<Option<Self>> {
        self.turn(self.next_page_url())
    }

    /// Gets the previous page, when it is first polled; `None` if this is the first.
    ///
    /// # Errors
    ///
    /// Those of [`Page::next`].
    pub fn previous(&self) -> BoxFuture<Option<Self>> {
        self.turn(self.previous_page_url())
    }

    /// The URL that the page was asked for at.
    pub(crate) fn url(&self) -> &str {
        self.source.url.as_str()
    }

    fn turn(&self, link: Option<&str>) -> BoxFuture<Option<Self>> {
        let Some(link) = link else {
            return BoxFuture::new(async { Ok(None) });
        };
        let received = self.source.follow(link, &mut Visited::default());
        Decoded::boxed(received, self.decode, |_, page| Some(page))
    }

    /// The request for the next page, if there is one, of a list that has come by the pages in `visited`. Nothing
    /// is sent before it is polled.
    pub(crate) fn following(&self, visited: &mut Visited) -> Option<BoxFuture<Self>> {
        let received = self.source.follow(self.next_page_url()?, visited);
        Some(Decoded::boxed(received, self.decode, |_, page| page))
    }
}

impl Source {
    /// Gets the page that `link` on this page leads to, unless it is this page or among `visited`. This page is
    /// added to those.
    fn follow(&self, link: &str, visited: &mut Visited) -> BoxFuture<Box<Received>> {
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

/// Shows no links: their queries may hold what was searched for.
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
        self.items.iter()
    }
}

/// Decodes a page: `{"<items>": […], "meta": {…}}`, or, in the oldest APIs, `{"<items>": […], "next_page_uri": …}`.
///
/// `items_key` is the key of the items.
pub(crate) fn decode<T: DeserializeOwned>(
    received: &Received,
    items_key: &'static str,
) -> Result<Page<T>, Error> {
    let mut reader = received.reader()?;
    let mut items = Vec::new();
    let links = Links::read(&mut reader, items_key, &mut |reader| {
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
    /// Reads a page. `read_items` reads the value of the key `items`, which must be there; the links are in `meta`, or
    /// beside the items. An empty link is none.
    fn read(
        reader: &mut Reader<'_>,
        items: &str,
        read_items: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), Fault>,
    ) -> Result<Self, Fault> {
        let mut has_items = false;
        let mut meta: Option<Meta> = None;
        let (mut next_uri, mut previous_uri): (Option<String>, Option<String>) = (None, None);
        let expected = format!("an object with a list `{items}`");
        reader.members(&expected.as_str(), &mut |key, reader| {
            match key {
                key if key == items => {
                    has_items = true;
                    read_items(reader)?;
                }
                "meta" => meta = Deserialize::deserialize(reader)?,
                "next_page_uri" => next_uri = Deserialize::deserialize(reader)?,
                "previous_page_uri" => previous_uri = Deserialize::deserialize(reader)?,
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        if !has_items {
            return Err(Fault::new(format!("missing field `{items}`")));
        }
        let meta = meta.unwrap_or_default();
        let link =
            |url: Option<String>, uri: Option<String>| url.or(uri).filter(|link| !link.is_empty());
        Ok(Self {
            page_size: meta.page_size,
            next: link(meta.next_page_url, next_uri),
            previous: link(meta.previous_page_url, previous_uri),
        })
    }
}

/// What a page says about itself beside its items.
#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "wire::optional_integer")]
    page_size: Option<i64>,
    next_page_url: Option<String>,
    previous_page_url: Option<String>,
}
