//! Pages of a list, and their links.

mod envelope;

use std::fmt;

use serde::de::DeserializeOwned;
use url::Url;

use crate::context::Context;
use crate::decoded::{Decode, Decoded};
use crate::error::{Error, NextPageError, NextPageProblem};
use crate::future::BoxFuture;
use crate::json::{Fault, Reader};
use crate::loop_detector::{LoopDetector, fingerprint_of_body};
use crate::origin;
use crate::paging::{self, Arrival, Facts, Neighbours, NextPage, PageFormat, PagingRule};
use crate::received::Received;
use crate::signing::Credential;

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
    /// A fingerprint of the body, if the client counts the pages and this one has items.
    body: Option<u64>,
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

    /// Returns the URL of the next page: the service's link to it, or the URL of the same request for the next page;
    /// `None` on the last page.
    pub fn next_page_url(&self) -> Option<&str> {
        self.links.next.as_deref()
    }

    /// Returns the service's link to the previous page; `None` on the first page, or if the service has no such links.
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

    /// Returns a future that fetches the previous page; `None` if this is the first, or if the service has no links to
    /// previous pages.
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
    /// Fetches the page that `link` on this page leads to, unless it is this page or in `visited`, or repeats too many
    /// of the last ones there. This page is added to `visited`.
    fn follow(&self, link: &str, visited: &mut LoopDetector) -> BoxFuture<Box<Received>> {
        visited.add(&self.url);
        let repeats = visited.repeats(self.body);
        let operation = self.context.operation;
        let url = match origin::page_url(operation, &self.url, link) {
            Ok(url) if repeats || visited.contains(&url) => Err(NextPageError {
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

/// Decodes a page.
pub(crate) fn decode<T: DeserializeOwned>(
    received: &Received,
    format: PageFormat,
) -> Result<Page<T>, Error> {
    let mut reader = received.reader()?;
    let mut items = Vec::new();
    let mut read_items = |reader: &mut Reader<'_>| {
        items = reader.list_of()?;
        Ok(())
    };
    let said = Said::read(received, format, &mut reader, &mut read_items);
    let said = received.finish(reader, said)?;
    let counted = format.counts_pages() && !items.is_empty();
    let links = said.links(received, items.len())?;
    let source = Source {
        context: received.context.clone(),
        url: received.url.clone(),
        body: counted.then(|| fingerprint_of_body(&received.answer.body)),
    };
    Ok(Page {
        items,
        links,
        source,
        decode: Decode::Page(decode, format),
    })
}

/// What the body of a page says about its neighbours.
enum Said {
    Links(Links),
    Facts(&'static PagingRule, Facts),
}

impl Said {
    fn read(
        received: &Received,
        format: PageFormat,
        reader: &mut Reader<'_>,
        read_items: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), Fault>,
    ) -> Result<Self, Fault> {
        match format {
            PageFormat::Envelope(items) => {
                let paging = received.context.client.shared().vendor.paging;
                let envelopes = paging.map_or(&[][..], |it| it.envelopes);
                Links::read(reader, envelopes, items, read_items).map(Self::Links)
            }
            PageFormat::Rule(rule) => {
                let facts = rule.read(reader, read_items)?;
                Ok(Self::Facts(rule, facts))
            }
        }
    }

    /// Returns the links of a page with this number of items.
    fn links(self, received: &Received, count: usize) -> Result<Links, Error> {
        let (rule, facts) = match self {
            Self::Links(links) => return Ok(links),
            Self::Facts(rule, facts) => (rule, facts),
        };
        let last = match rule.next {
            NextPage::LastItem { .. } => {
                let mut reader = received.reader()?;
                let last = rule.last_item(&mut reader);
                received.finish(reader, last)?
            }
            NextPage::Url { .. }
            | NextPage::LinkHeader
            | NextPage::Cursor { .. }
            | NextPage::Number { .. }
            | NextPage::Offset { .. } => None,
        };
        let page = Arrival {
            url: &received.url,
            headers: &received.answer.headers,
            count,
            last,
        };
        let neighbours = rule.neighbours(page, facts);
        let Neighbours { next, previous } = neighbours
            .map_err(|why| received.undecodable(format!("the next page is unclear: {why}")))?;
        let [next, previous] = [next, previous].map(|it| it.map(|it| unsigned(received, it)));
        Ok(Links {
            page_size: None,
            next,
            previous,
        })
    }
}

/// Returns a link without the API key that the request was signed with: some services repeat the query of the request.
fn unsigned(received: &Received, link: String) -> String {
    let credentials = &received.answer.sent.signed_with.credentials;
    let keys = credentials.iter().filter_map(|(it, _)| match it {
        Credential::Query(name) => Some(*name),
        Credential::Authorization | Credential::Header(_) | Credential::Cookie(_) => None,
    });
    let keys: Vec<&str> = keys.collect();
    let Some((start, rest)) = link.split_once('?').filter(|_| !keys.is_empty()) else {
        return link;
    };
    let (query, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let query = paging::without(query, &keys);
    let signs = match (query.is_empty(), fragment.is_empty()) {
        (true, true) => ["", ""],
        (true, false) => ["", "#"],
        (false, true) => ["?", ""],
        (false, false) => ["?", "#"],
    };
    format!("{start}{}{query}{}{fragment}", signs[0], signs[1])
}
