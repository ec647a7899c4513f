//! Splits lists into pages as a rule says.

use http::Uri;
use serde_json::{Map, Value, json};

use super::{MockedPage, TOKEN, value};
use crate::paging::{ListEnd, NextPage, PagingRule, with_parameter_in};

/// The number of items on a page if the request does not say.
const USUAL_SIZE: usize = 50;

/// The query parameter of links, which have none of their own.
const PAGE: &str = "mock-page";

/// Returns the query parameter that has the token of the next page.
pub(super) fn token_parameter(rule: &PagingRule) -> &'static str {
    match rule.next {
        NextPage::Cursor { parameter, .. } => parameter,
        NextPage::Url { .. } | NextPage::LinkHeader => PAGE,
        NextPage::LastItem { .. } | NextPage::Number { .. } | NextPage::Offset { .. } => PAGE,
    }
}

/// Returns the index of the first item that a request asks for by a number or by the item before it.
pub(super) fn start(rule: &PagingRule, items: &[Value], uri: &Uri) -> Option<usize> {
    let position = |parameter, first: u64| {
        let number: u64 = value(uri, parameter)?.parse().ok()?;
        usize::try_from(number.saturating_sub(first)).ok()
    };
    match rule.next {
        NextPage::Url { .. } | NextPage::LinkHeader | NextPage::Cursor { .. } => None,
        NextPage::LastItem { parameter, key, .. } => {
            let wanted = value(uri, parameter)?;
            let at = items.iter().position(|it| text_at(it, key) == wanted)?;
            Some(at + 1)
        }
        NextPage::Number {
            parameter, first, ..
        } => Some(position(parameter, first)?.saturating_mul(size(rule, uri))),
        NextPage::Offset {
            parameter, first, ..
        } => position(parameter, first),
    }
}

/// Returns the page that begins with the item at `start`. One past the end is empty.
pub(super) fn page(
    rule: &PagingRule,
    items: &[Value],
    index: usize,
    start: usize,
    uri: &Uri,
) -> MockedPage {
    let size = size(rule, uri);
    let start = start.min(items.len());
    let end = start.saturating_add(size).min(items.len());
    let has_more = end < items.len();
    let token = has_more.then(|| format!("{TOKEN}{index}-{end}"));
    let link = |token: &String| {
        let query = uri.query().unwrap_or_default();
        let query = with_parameter_in(query, PAGE, token.clone());
        let (scheme, authority) = (uri.scheme_str(), uri.authority());
        let authority = authority.map(ToString::to_string).unwrap_or_default();
        let scheme = scheme.unwrap_or_default();
        format!("{scheme}://{authority}{}?{query}", uri.path())
    };
    let mut page = MockedPage {
        body: json!({}),
        link: None,
    };
    let mut put = |key: &[&str], value: Value| put(&mut page.body, key, value);
    put(rule.items, json!(&items[start..end]));
    match rule.next {
        NextPage::Url { key } => put(key, json!(token.as_ref().map(link))),
        NextPage::LinkHeader => {
            let link = token.as_ref().map(link);
            page.link = link.map(|it| format!(r#"<{it}>; rel="next""#));
        }
        NextPage::Cursor { value, more, .. } => {
            put(value, json!(token));
            if let Some(key) = more {
                put(key, json!(has_more));
            }
        }
        NextPage::LastItem { more, .. } => {
            if let Some(key) = more {
                put(key, json!(has_more));
            }
        }
        NextPage::Number { end, .. } => put_end(end, has_more, items.len().div_ceil(size), put),
        NextPage::Offset { end, .. } => put_end(end, has_more, items.len(), put),
    }
    page
}

/// Adds how a list ends.
fn put_end(end: ListEnd, has_more: bool, total: usize, mut put: impl FnMut(&[&str], Value)) {
    match end {
        ListEnd::EmptyPage => {}
        ListEnd::More(key) => put(key, json!(has_more)),
        ListEnd::Total(key) => put(key, json!(total)),
    }
}

/// Returns the requested number of items per page.
fn size(rule: &PagingRule, uri: &Uri) -> usize {
    let Some(size) = rule.size else {
        return USUAL_SIZE;
    };
    let asked = value(uri, size.parameter).and_then(|it| it.parse().ok());
    asked.unwrap_or(USUAL_SIZE).clamp(1, size.largest)
}

/// Sets the value of a key, and adds the objects around it.
fn put(whole: &mut Value, key: &[&str], value: Value) {
    let mut place = whole;
    for name in key {
        if !place.is_object() {
            *place = Map::new().into();
        }
        place = &mut place[*name];
    }
    *place = value;
}

/// Returns the text of a scalar in an item; empty if there is none.
fn text_at(item: &Value, key: &[&str]) -> String {
    let found = key.iter().try_fold(item, |it, name| it.get(name));
    match found {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => {
            String::new()
        }
    }
}
