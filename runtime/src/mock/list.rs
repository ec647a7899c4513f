//! Splits list responses into pages.

mod rule;

use http::Uri;
use serde_json::{Map, Value, json};

use self::rule::start;
use crate::operation::Operation;
use crate::paging::PageFormat;
use crate::vendor::{Envelope, Paging, Unread, Vendor};

/// The prefix of the page tokens of these lists.
const TOKEN: &str = "PTmock";

/// The complete lists that responses were set to.
#[derive(Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    /// For each operation, the index of the list that it returned last.
    latest: Vec<(Operation, usize)>,
}

struct List {
    format: PageFormat,
    items: Vec<Value>,
}

/// A page as a response.
pub(super) struct MockedPage {
    pub(super) body: Value,
    /// The header `Link`.
    pub(super) link: Option<String>,
}

impl From<Value> for MockedPage {
    fn from(body: Value) -> Self {
        Self { body, link: None }
    }
}

impl Lists {
    /// Adds a list, and returns its index.
    pub(super) fn add(&mut self, format: PageFormat, items: Vec<Value>) -> usize {
        self.lists.push(List { format, items });
        self.lists.len() - 1
    }

    /// Returns the first page of a list, or the one that the request asks for; all of the list if the vendor has no pages.
    pub(super) fn first_page(
        &mut self,
        vendor: &Vendor,
        operation: &Operation,
        index: usize,
        uri: &Uri,
    ) -> MockedPage {
        self.latest.retain(|(it, _)| it != operation);
        self.latest.push((*operation, index));
        let List { format, items } = &self.lists[index];
        match (format, &vendor.paging) {
            (PageFormat::Rule(rule), _) => rule::page(
                rule,
                items,
                index,
                start(rule, items, uri).unwrap_or(0),
                uri,
            ),
            (PageFormat::Envelope(key), Some(paging)) => {
                slice(paging, (key, items), index, 0, uri).into()
            }
            (PageFormat::Envelope(key), None) => json!({ *key: items }).into(),
        }
    }

    /// Returns the page that a request continues a list with; `None` if it does not continue one of these.
    pub(super) fn page(
        &self,
        vendor: &Vendor,
        operation: &Operation,
        uri: &Uri,
    ) -> Option<MockedPage> {
        if let Some((index, number, name)) = self.token(uri) {
            let List { format, items } = &self.lists[index];
            return match (format, &vendor.paging) {
                (PageFormat::Envelope(key), Some(paging)) if name == paging.token => {
                    Some(slice(paging, (key, items), index, number, uri).into())
                }
                (PageFormat::Rule(rule), _) if name == rule::token_parameter(rule) => {
                    Some(rule::page(rule, items, index, number, uri))
                }
                (PageFormat::Envelope(_) | PageFormat::Rule(_), _) => None,
            };
        }
        let latest = self.latest.iter().find(|(it, _)| it == operation);
        let (_, index) = *latest?;
        let List { format, items } = &self.lists[index];
        let PageFormat::Rule(rule) = format else {
            return None;
        };
        let start = start(rule, items, uri).filter(|it| *it > 0)?;
        Some(rule::page(rule, items, index, start, uri))
    }

    /// Returns what a token in the query says: the index of a list, a number, and the parameter.
    fn token(&self, uri: &Uri) -> Option<(usize, usize, String)> {
        let mut query = form_urlencoded::parse(uri.query()?.as_bytes());
        query.find_map(|(name, value)| {
            let (index, number) = value.strip_prefix(TOKEN)?.split_once('-')?;
            let (index, number) = (index.parse().ok()?, number.parse().ok()?);
            (index < self.lists.len()).then(|| (index, number, name.into_owned()))
        })
    }
}

/// Returns a page in the vendor's envelope by number, counted from 0. One past the end is empty.
fn slice(
    paging: &Paging,
    (key, items): (&str, &[Value]),
    index: usize,
    number: usize,
    uri: &Uri,
) -> Value {
    let size = value(uri, paging.size).and_then(|it| it.parse().ok());
    let size = size.unwrap_or(paging.usual_size);
    let size = size.clamp(1, paging.largest_size);
    let start = number.saturating_mul(size).min(items.len());
    let end = start.saturating_add(size).min(items.len());
    let link = |number| link(paging, uri, index, number, size);
    let next = (end < items.len()).then(|| link(number + 1));
    let previous = number.checked_sub(1).map(link);
    let mut page = Map::from_iter([(key.to_owned(), json!(&items[start..end]))]);
    let Some(Envelope {
        within,
        size: size_key,
        next: next_key,
        previous: previous_key,
        unread,
    }) = paging.envelopes.first()
    else {
        return page.into();
    };
    let Unread {
        first,
        own,
        number: number_key,
        items_key,
    } = unread;
    let facts = [
        (items_key, json!(key)),
        (number_key, json!(number)),
        (size_key, json!(size)),
        (first, json!(link(0))),
        (previous_key, json!(previous)),
        (next_key, json!(next)),
        (own, json!(link(number))),
    ];
    let facts = facts.map(|(key, value)| ((*key).to_owned(), value));
    match within {
        Some(within) => page.extend([((*within).to_owned(), Map::from_iter(facts).into())]),
        None => page.extend(facts),
    }
    page.into()
}

/// Returns the URL of another page of the list that `uri` requests: the same except for the start of the page.
fn link(paging: &Paging, uri: &Uri, index: usize, number: usize, size: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let kept = |name: &str| ![paging.size, paging.number, paging.token].contains(&name);
    let own = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    query.extend_pairs(own.filter(|(name, _)| kept(name)));
    query.append_pair(paging.size, &size.to_string());
    query.append_pair(paging.number, &number.to_string());
    query.append_pair(paging.token, &format!("{TOKEN}{index}-{number}"));
    let (scheme, authority) = (uri.scheme_str(), uri.authority());
    format!(
        "{}://{}{}?{}",
        scheme.unwrap_or_default(),
        authority.map(ToString::to_string).unwrap_or_default(),
        uri.path(),
        query.finish()
    )
}

fn value(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(it, _)| it == name)
        .map(|(_, value)| value.into_owned())
}
