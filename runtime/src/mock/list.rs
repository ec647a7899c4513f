//! Lists that are answered page by page.

use http::Uri;
use serde_json::{Value, json};

/// The page sizes of the service, where none is asked for and at most.
const PAGE_SIZE: usize = 50;
const MAX_PAGE_SIZE: usize = 1000;

/// What opens the page tokens of these lists.
const TOKEN: &str = "PTmock";

/// The lists that answers were set to, each whole.
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

    /// Returns the first page of a list.
    pub(super) fn first_page(&self, index: usize, uri: &Uri) -> Value {
        self.slice(index, 0, uri)
    }

    /// Returns the page that a link leads to; `None` if the link is none of these lists'.
    pub(super) fn page(&self, uri: &Uri) -> Option<Value> {
        let token = value(uri, "PageToken")?;
        let (index, number) = token.strip_prefix(TOKEN)?.split_once('-')?;
        let (index, number) = (index.parse().ok()?, number.parse().ok()?);
        (index < self.0.len()).then(|| self.slice(index, number, uri))
    }

    /// The page with a number, counted from 0. One that is past the end is empty.
    fn slice(&self, index: usize, number: usize, uri: &Uri) -> Value {
        let List { key, items } = &self.0[index];
        let size = value(uri, "PageSize").and_then(|it| it.parse().ok());
        let size = size.unwrap_or(PAGE_SIZE).clamp(1, MAX_PAGE_SIZE);
        let start = number.saturating_mul(size).min(items.len());
        let end = start.saturating_add(size).min(items.len());
        let next = (end < items.len()).then(|| link(uri, index, number + 1, size));
        let previous = number.checked_sub(1).map(|it| link(uri, index, it, size));
        json!({
            *key: &items[start..end],
            "meta": {
                "key": key,
                "page": number,
                "page_size": size,
                "first_page_url": link(uri, index, 0, size),
                "previous_page_url": previous,
                "next_page_url": next,
                "url": link(uri, index, number, size),
            },
        })
    }
}

/// The URL of another page of the list that `uri` asks for: the same but for where the page begins.
fn link(uri: &Uri, index: usize, number: usize, size: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let kept = |name: &str| !["PageSize", "Page", "PageToken"].contains(&name);
    let own = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    query.extend_pairs(own.filter(|(name, _)| kept(name)));
    query.append_pair("PageSize", &size.to_string());
    query.append_pair("Page", &number.to_string());
    query.append_pair("PageToken", &format!("{TOKEN}{index}-{number}"));
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
