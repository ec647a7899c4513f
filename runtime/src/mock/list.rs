//! Splits list responses into pages.

use http::Uri;
use serde_json::{Map, Value, json};

use crate::vendor::{Envelope, Paging, Unread, Vendor};

/// The prefix of the page tokens of these lists.
const TOKEN: &str = "PTmock";

/// The complete lists that responses were set to.
#[derive(Default)]
pub(super) struct Lists(Vec<List>);

struct List {
    key: &'static str,
    items: Vec<Value>,
}

impl Lists {
    /// Adds a list, and returns its index.
    pub(super) fn add(&mut self, key: &'static str, items: Vec<Value>) -> usize {
        self.0.push(List { key, items });
        self.0.len() - 1
    }

    /// Returns the first page of a list; all of it if the vendor has no pages.
    pub(super) fn first_page(&self, vendor: &Vendor, index: usize, uri: &Uri) -> Value {
        let List { key, items } = &self.0[index];
        match &vendor.paging {
            Some(paging) => self.slice(paging, index, 0, uri),
            None => json!({ *key: items }),
        }
    }

    /// Returns the page that a link leads to; `None` if the link is not to one of these lists.
    pub(super) fn page(&self, vendor: &Vendor, uri: &Uri) -> Option<Value> {
        let paging = vendor.paging.as_ref()?;
        let token = value(uri, paging.token)?;
        let (index, number) = token.strip_prefix(TOKEN)?.split_once('-')?;
        let (index, number) = (index.parse().ok()?, number.parse().ok()?);
        (index < self.0.len()).then(|| self.slice(paging, index, number, uri))
    }

    /// Returns a page by number, counted from 0. One past the end is empty.
    fn slice(&self, paging: &Paging, index: usize, number: usize, uri: &Uri) -> Value {
        let List { key, items } = &self.0[index];
        let size = value(uri, paging.size).and_then(|it| it.parse().ok());
        let size = size.unwrap_or(paging.usual_size);
        let size = size.clamp(1, paging.largest_size);
        let start = number.saturating_mul(size).min(items.len());
        let end = start.saturating_add(size).min(items.len());
        let link = |number| link(paging, uri, index, number, size);
        let next = (end < items.len()).then(|| link(number + 1));
        let previous = number.checked_sub(1).map(link);
        let mut page = Map::from_iter([((*key).to_owned(), json!(&items[start..end]))]);
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
