//! How the pages of a list follow one another, for APIs without a vendor's envelope. Generated code declares it.

mod facts;
mod link_header;

use http::HeaderMap;
use http::header::LINK;
use url::Url;

pub(crate) use self::facts::Facts;
use crate::encode;
use crate::parameter::Fields;

/// Where a page has its items and its links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageFormat {
    /// In the vendor's envelope, with the items under this key.
    Envelope(&'static str),
    /// As this rule says.
    Rule(&'static PagingRule),
}

impl PageFormat {
    /// Returns whether the client counts the pages, rather than following what they say.
    pub(crate) fn counts_pages(self) -> bool {
        match self {
            Self::Envelope(_) => false,
            Self::Rule(rule) => match rule.next {
                NextPage::Number { .. } | NextPage::Offset { .. } => true,
                NextPage::Url { .. } | NextPage::LinkHeader => false,
                NextPage::Cursor { .. } | NextPage::LastItem { .. } => false,
            },
        }
    }
}

/// How a list is divided into pages. A key is a list of names, each of which leads into the object of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagingRule {
    /// The key of the items in a page; empty if the response is the list itself.
    pub items: &'static [&'static str],
    /// Whether every page must have that key. If not, a page without it has no items.
    pub requires_items: bool,
    /// How the next page is found.
    pub next: NextPage,
    /// The parameter for the number of items per page, if there is one.
    pub size: Option<PageSize>,
}

/// How the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The page has its URL under a key. An absent, null or empty one ends the list.
    Url {
        /// The key.
        key: &'static [&'static str],
    },
    /// The response has a header `Link` with the relation `next` (RFC 8288).
    LinkHeader,
    /// The page has a cursor under a key, which is a query parameter of the request for the next page. An absent, null
    /// or empty one ends the list.
    Cursor {
        /// The query parameter.
        parameter: &'static str,
        /// The key.
        value: &'static [&'static str],
        /// The key of a Boolean that is false on the last page.
        more: Option<&'static [&'static str]>,
    },
    /// A value of the last item is a query parameter of the request for the next page.
    LastItem {
        /// The query parameter.
        parameter: &'static str,
        /// The key of the value in an item.
        key: &'static [&'static str],
        /// The key of a Boolean that is false on the last page.
        more: Option<&'static [&'static str]>,
    },
    /// A query parameter has the number of the page.
    Number {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
        /// How the list ends. A total is the number of pages.
        end: ListEnd,
    },
    /// A query parameter has the number of items before the page.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The value of the first page.
        first: u64,
        /// How the list ends. A total is the number of items.
        end: ListEnd,
    },
}

/// How a list ends whose pages are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListEnd {
    /// With a page that has no items.
    EmptyPage,
    /// With a page whose Boolean under this key is false.
    More(&'static [&'static str]),
    /// When the total under this key is reached, or with a page that has no items.
    Total(&'static [&'static str]),
}

/// The parameter for the number of items per page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The query parameter.
    pub parameter: &'static str,
    /// The largest value.
    pub largest: usize,
}

/// The links of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) next: Option<String>,
    pub(crate) previous: Option<String>,
}

/// A page that arrived.
pub(crate) struct Arrival<'a> {
    /// The URL of its request.
    pub(crate) url: &'a Url,
    pub(crate) headers: &'a HeaderMap,
    /// The number of its items.
    pub(crate) count: usize,
    /// The value of its last item, if the rule needs it.
    pub(crate) last: Option<String>,
}

impl PagingRule {
    /// Returns the links of a page.
    ///
    /// # Errors
    ///
    /// Returns why the next page cannot be determined.
    pub(crate) fn neighbours(&self, page: Arrival<'_>, facts: Facts) -> Result<Neighbours, String> {
        let Arrival {
            url,
            headers,
            count,
            last,
        } = page;
        let Facts {
            next: said,
            more,
            total,
        } = facts;
        let mut previous = None;
        let next = match self.next {
            NextPage::Url { .. } => said,
            NextPage::LinkHeader => {
                let values = || {
                    headers
                        .get_all(LINK)
                        .iter()
                        .filter_map(|it| it.to_str().ok())
                };
                previous = link_header::target(values(), &["prev", "previous"]);
                link_header::target(values(), &["next"])
            }
            NextPage::Cursor { parameter, .. } => {
                let cursor = following(more, said, "it has no cursor")?;
                cursor.map(|it| with_parameter(url, parameter, it))
            }
            NextPage::LastItem { parameter, key, .. } => {
                if more != Some(false) && count > 0 && last.is_none() {
                    return Err(format!("its last item has no `{}`", key.join(".")));
                }
                let cursor = following(more, last, "it has no items")?;
                cursor.map(|it| with_parameter(url, parameter, it))
            }
            NextPage::Number {
                parameter, first, ..
            } => {
                let number = position(url, parameter, first)?;
                let pages = number.saturating_sub(first).saturating_add(1);
                let is_last = is_last(more, count, total.is_some_and(|it| pages >= it));
                let next = (!is_last).then(|| number.saturating_add(1).to_string());
                next.map(|it| with_parameter(url, parameter, it))
            }
            NextPage::Offset {
                parameter, first, ..
            } => {
                let next = position(url, parameter, first)?.saturating_add(count as u64);
                let items = next.saturating_sub(first);
                let is_last = is_last(more, count, total.is_some_and(|it| items >= it));
                (!is_last).then(|| with_parameter(url, parameter, next.to_string()))
            }
        };
        Ok(Neighbours { next, previous })
    }
}

/// Returns the cursor of the next page, unless the page is the last.
fn following(
    more: Option<bool>,
    cursor: Option<String>,
    lack: &str,
) -> Result<Option<String>, String> {
    match (more, cursor) {
        (Some(false), _) => Ok(None),
        (Some(true), None) => Err(format!("there are more pages, but {lack}")),
        (_, cursor) => Ok(cursor),
    }
}

/// Whether a counted page is the last.
fn is_last(more: Option<bool>, count: usize, is_total_reached: bool) -> bool {
    match more {
        Some(more) => !more,
        None => count == 0 || is_total_reached,
    }
}

/// Returns the value of the parameter that counts, in the request for a page.
fn position(url: &Url, parameter: &str, first: u64) -> Result<u64, String> {
    let value = url.query_pairs().find(|(name, _)| name == parameter);
    let Some((_, value)) = value else {
        return Ok(first);
    };
    let number = value.parse();
    number.map_err(|_| format!("the parameter `{parameter}` of the request is not a number"))
}

/// Returns the URL of the same request with another value of a query parameter.
fn with_parameter(url: &Url, name: &'static str, value: String) -> String {
    let query = with_parameter_in(url.query().unwrap_or_default(), name, value);
    let mut url = url.clone();
    url.set_query(Some(&query));
    url.into()
}

/// Returns a query with another value of a parameter, at its end.
pub(crate) fn with_parameter_in(query: &str, name: &'static str, value: String) -> String {
    let mut parameter = Fields::default();
    parameter.set(name, vec![value]);
    let (kept, own) = (without(query, &[name]), encode::query(&parameter));
    match kept.is_empty() {
        true => own,
        false => format!("{kept}&{own}"),
    }
}

/// Returns a query without the parameters of these names. The others stay as they are written.
pub(crate) fn without(query: &str, names: &[&str]) -> String {
    let is_kept = |pair: &&str| {
        let mut parsed = form_urlencoded::parse(pair.as_bytes());
        parsed.all(|(name, _)| !names.contains(&name.as_ref()))
    };
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    kept.join("&")
}

#[cfg(test)]
mod tests;
