//! Models how a list is divided into pages, where a vendor's conventions do not say it.

/// How a list is divided into pages. A key is a list of names, each of which leads into the object of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The key of the items in a page; empty if the response is the list itself.
    pub items: Vec<String>,
    /// Whether every page has that key.
    pub requires_items: bool,
    /// How the next page is found.
    pub next: NextPage<Vec<String>>,
    /// The parameter for the number of items per page, if the operation has one.
    pub size: Option<PageSize>,
}

/// How the next page is found, with keys of type `K`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage<K> {
    /// The page has its URL under this key.
    Url(K),
    /// The response has a header `Link` with the relation `next` (RFC 8288).
    LinkHeader,
    /// A query parameter has a value of the page before.
    Cursor {
        /// The query parameter.
        parameter: String,
        /// The key of the value in the page.
        value: K,
        /// The key of a Boolean that is false on the last page.
        more: Option<K>,
    },
    /// A query parameter has a value of the last item before the page.
    LastItem {
        /// The query parameter.
        parameter: String,
        /// The key of the value in an item.
        key: K,
        /// The key of a Boolean that is false on the last page.
        more: Option<K>,
    },
    /// A query parameter has the number of the page.
    Number {
        /// The query parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
        /// How the list ends. A total is the number of pages.
        end: ListEnd<K>,
    },
    /// A query parameter has the number of items before the page.
    Offset {
        /// The query parameter.
        parameter: String,
        /// The value of the first page.
        first: u64,
        /// How the list ends. A total is the number of items.
        end: ListEnd<K>,
    },
}

/// How a list ends whose pages are counted, with keys of type `K`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListEnd<K> {
    /// With a page that has no items.
    EmptyPage,
    /// With a page whose Boolean under this key is false.
    More(K),
    /// When the total under this key is reached.
    Total(K),
}

/// The parameter for the number of items per page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The query parameter.
    pub parameter: String,
    /// The largest value, unless the spec states another.
    pub largest: usize,
}

/// What a key of a page leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMeaning {
    /// The URL of the next page.
    Url,
    /// A cursor.
    Cursor,
    /// A cursor in an item.
    OfItem,
    /// Whether there are more pages.
    More,
    /// The number of pages or of items.
    Total,
}

impl Paging {
    /// Whether a query parameter selects a part of the list.
    pub fn selects_by(&self, parameter: &str) -> bool {
        let size = self.size.as_ref().map(|it| it.parameter.as_str());
        [self.next.parameter(), size].contains(&Some(parameter))
    }
}

impl<K> NextPage<K> {
    /// The query parameter that selects a page, if there is one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Url(_) | Self::LinkHeader => None,
            Self::Cursor { parameter, .. } | Self::LastItem { parameter, .. } => Some(parameter),
            Self::Number { parameter, .. } | Self::Offset { parameter, .. } => Some(parameter),
        }
    }

    /// Converts every key.
    ///
    /// # Errors
    ///
    /// Returns the error of the first key that cannot be converted.
    pub fn with_keys<L, E>(
        &self,
        mut convert: impl FnMut(&K, KeyMeaning) -> Result<L, E>,
    ) -> Result<NextPage<L>, E> {
        let more = |key: &Option<K>, convert: &mut dyn FnMut(&K, KeyMeaning) -> Result<L, E>| {
            let key = key.as_ref().map(|it| convert(it, KeyMeaning::More));
            key.transpose()
        };
        Ok(match self {
            Self::Url(key) => NextPage::Url(convert(key, KeyMeaning::Url)?),
            Self::LinkHeader => NextPage::LinkHeader,
            Self::Cursor {
                parameter,
                value,
                more: end,
            } => NextPage::Cursor {
                parameter: parameter.clone(),
                value: convert(value, KeyMeaning::Cursor)?,
                more: more(end, &mut convert)?,
            },
            Self::LastItem {
                parameter,
                key,
                more: end,
            } => NextPage::LastItem {
                parameter: parameter.clone(),
                key: convert(key, KeyMeaning::OfItem)?,
                more: more(end, &mut convert)?,
            },
            Self::Number {
                parameter,
                first,
                end,
            } => NextPage::Number {
                parameter: parameter.clone(),
                first: *first,
                end: end.with_key(convert)?,
            },
            Self::Offset {
                parameter,
                first,
                end,
            } => NextPage::Offset {
                parameter: parameter.clone(),
                first: *first,
                end: end.with_key(convert)?,
            },
        })
    }
}

impl<K> ListEnd<K> {
    fn with_key<L, E>(
        &self,
        mut convert: impl FnMut(&K, KeyMeaning) -> Result<L, E>,
    ) -> Result<ListEnd<L>, E> {
        Ok(match self {
            Self::EmptyPage => ListEnd::EmptyPage,
            Self::More(key) => ListEnd::More(convert(key, KeyMeaning::More)?),
            Self::Total(key) => ListEnd::Total(convert(key, KeyMeaning::Total)?),
        })
    }
}
