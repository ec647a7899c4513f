//! One page of a list, and the way to the next.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny,
    MapAccess, Visitor,
};
use url::Url;

use crate::call::{BoxFuture, Decode};
use crate::error::Error;
use crate::request::{Context, Received};
use crate::response::Response;
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
    /// Returns [`Error::NextPage`] if the link leads away from the server that this page came from, and otherwise
    /// what any request may.
    pub fn next(&self) -> BoxFuture<Option<Self>> {
        let Some(link) = self.next_page_url() else {
            return Box::pin(async { Ok(None) });
        };
        let received = self.source.context.clone().follow(&self.source.url, link);
        let decode = self.decode;
        Box::pin(async move { decode(received.await?).map(|response| Some(response.into_body())) })
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

impl Received {
    /// Decodes a page of a list.
    pub(crate) fn into_page<T: DeserializeOwned>(self) -> Result<Response<Page<T>>, Error> {
        let Envelope { items, links } = self.decode(EnvelopeSeed::new(self.context.items_key))?;
        let source = Source {
            context: self.context,
            url: self.url,
        };
        let page = Page {
            items,
            links,
            source,
            decode: Self::into_page,
        };
        Ok(Response {
            status: self.status,
            headers: self.headers,
            body: page,
        })
    }
}

/// What a page is on the wire: `{"<items>": […], "meta": {…}}`, or, in the oldest APIs, `{"<items>": […],
/// "next_page_uri": …}`.
struct Envelope<T> {
    items: Vec<T>,
    links: Links,
}

struct EnvelopeSeed<T> {
    items_key: &'static str,
    items: PhantomData<T>,
}

impl<T> EnvelopeSeed<T> {
    fn new(items_key: &'static str) -> Self {
        Self {
            items_key,
            items: PhantomData,
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for EnvelopeSeed<T> {
    type Value = Envelope<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Envelope<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for EnvelopeSeed<T> {
    type Value = Envelope<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with a list `{}`", self.items_key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<T>, A::Error> {
        let mut items = None;
        let mut links = Links::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == self.items_key {
                items = Some(map.next_value()?);
            } else {
                links.read(&key, &mut map)?;
            }
        }
        let items = items
            .ok_or_else(|| A::Error::custom(format_args!("missing field `{}`", self.items_key)))?;
        Ok(Envelope { items, links })
    }
}

impl Links {
    /// Reads the value of `key`, which is not the items.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "meta" => {
                let meta: Option<Meta> = map.next_value()?;
                *self = meta.map(Self::from).unwrap_or_default();
            }
            "next_page_uri" => self.next = link(map.next_value()?),
            "previous_page_uri" => self.previous = link(map.next_value()?),
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[derive(serde::Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "wire::optional_integer")]
    page_size: Option<i64>,
    next_page_url: Option<String>,
    previous_page_url: Option<String>,
}

impl From<Meta> for Links {
    fn from(meta: Meta) -> Self {
        let Meta {
            page_size,
            next_page_url,
            previous_page_url,
        } = meta;
        Self {
            page_size,
            next: link(next_page_url),
            previous: link(previous_page_url),
        }
    }
}

/// An empty link is none.
fn link(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
