//! Reads `[[pages]]` of `crate.toml`: how lists are divided into pages.

use serde::Deserialize;
use twilio_codegen::PageRule;
use twilio_codegen::api::{KeyMeaning, ListEnd, NextPage, PageSize};

/// One rule. The first that fits an operation applies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PagesTable {
    /// The key of the list in a page; if it is left out, the response is the list.
    items: Option<String>,
    /// The key of the URL of the next page.
    next: Option<String>,
    /// Whether the header `Link` has that URL.
    #[serde(default)]
    link_header: bool,
    cursor: Option<CursorTable>,
    /// The parameter with the number of a page.
    number: Option<NumberTable>,
    /// The parameter with the number of items before a page.
    offset: Option<OffsetTable>,
    /// The parameter for the number of items per page.
    size: Option<String>,
    /// Its largest value.
    largest: Option<usize>,
    /// The operations that the rule is for, by id, tag or path prefix; by default, all.
    #[serde(default)]
    only: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CursorTable {
    parameter: String,
    /// The key of its next value in a page.
    value: Option<String>,
    /// The key of its next value in the last item of a page.
    last_item: Option<String>,
    /// The key of a Boolean that is false on the last page.
    more: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumberTable {
    parameter: String,
    /// The number of the first page.
    #[serde(default = "one")]
    first: u64,
    /// The key of a Boolean that is false on the last page.
    more: Option<String>,
    /// The key of the number of pages.
    pages: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OffsetTable {
    parameter: String,
    /// The value for the first page.
    #[serde(default)]
    first: u64,
    /// The key of a Boolean that is false on the last page.
    more: Option<String>,
    /// The key of the number of items of all pages.
    total: Option<String>,
}

fn one() -> u64 {
    1
}

impl PagesTable {
    /// The rule, or why the table is none.
    pub(super) fn rule(self) -> Result<PageRule, String> {
        let Self {
            items,
            next,
            link_header,
            cursor,
            number,
            offset,
            size,
            largest,
            only,
        } = self;
        let ways = [
            next.map(|it| Ok(NextPage::Url(it))),
            link_header.then_some(Ok(NextPage::LinkHeader)),
            cursor.map(CursorTable::way),
            number.map(NumberTable::way),
            offset.map(OffsetTable::way),
        ];
        let mut ways = ways.into_iter().flatten();
        let (Some(way), None) = (ways.next(), ways.next()) else {
            return Err(
                "have exactly one of `next`, `link-header = true`, `cursor`, `number` and `offset`"
                    .to_owned(),
            );
        };
        let size = match (size, largest) {
            (None, None) => None,
            (Some(parameter), Some(largest)) if largest > 0 => {
                Some(PageSize { parameter, largest })
            }
            (Some(_), Some(_)) => return Err("have a `largest` above 0".to_owned()),
            (Some(_), None) => {
                return Err(
                    "have a `largest` beside `size`: the largest page that the service returns"
                        .to_owned(),
                );
            }
            (None, Some(_)) => {
                return Err("have a `size` beside `largest`: the parameter for it".to_owned());
            }
        };
        let rule = PageRule {
            items,
            next: way?,
            size,
            only,
        };
        check(&rule).map(|()| rule)
    }
}

impl CursorTable {
    fn way(self) -> Result<NextPage<String>, String> {
        let Self {
            parameter,
            value,
            last_item,
            more,
        } = self;
        match (value, last_item) {
            (Some(value), None) => Ok(NextPage::Cursor {
                parameter,
                value,
                more,
            }),
            (None, Some(key)) => Ok(NextPage::LastItem {
                parameter,
                key,
                more,
            }),
            (Some(_), Some(_)) | (None, None) => {
                Err("have exactly one of `value` and `last-item` in `cursor`".to_owned())
            }
        }
    }
}

impl NumberTable {
    fn way(self) -> Result<NextPage<String>, String> {
        let Self {
            parameter,
            first,
            more,
            pages,
        } = self;
        let end = end(more, pages).ok_or("have at most one of `more` and `pages` in `number`")?;
        Ok(NextPage::Number {
            parameter,
            first,
            end,
        })
    }
}

impl OffsetTable {
    fn way(self) -> Result<NextPage<String>, String> {
        let Self {
            parameter,
            first,
            more,
            total,
        } = self;
        let end = end(more, total).ok_or("have at most one of `more` and `total` in `offset`")?;
        Ok(NextPage::Offset {
            parameter,
            first,
            end,
        })
    }
}

/// How a list ends; `None` if there are two ways.
fn end(more: Option<String>, total: Option<String>) -> Option<ListEnd<String>> {
    match (more, total) {
        (None, None) => Some(ListEnd::EmptyPage),
        (Some(key), None) => Some(ListEnd::More(key)),
        (None, Some(key)) => Some(ListEnd::Total(key)),
        (Some(_), Some(_)) => None,
    }
}

/// Checks the keys of a rule and its parameters, which must be different.
fn check(rule: &PageRule) -> Result<(), String> {
    let mut of_page: Vec<String> = rule.items.iter().cloned().collect();
    let keys = rule.next.with_keys(|key, meaning| {
        if meaning != KeyMeaning::OfItem {
            of_page.push(key.clone());
        }
        is_key(key)
    });
    keys?;
    rule.items.as_ref().map_or(Ok(()), is_key)?;
    let is_within = |one: &str, other: &str| {
        let rest = other.strip_prefix(one);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    for (index, one) in of_page.iter().enumerate() {
        let others = of_page.iter().enumerate().filter(|(it, _)| *it != index);
        for (_, other) in others {
            if is_within(one, other) {
                return Err(format!("have different keys: `{other}` is in `{one}`"));
            }
        }
    }
    let size = rule.size.as_ref().map(|it| it.parameter.as_str());
    match rule.next.parameter().filter(|it| Some(*it) == size) {
        Some(name) => Err(format!(
            "have different parameters for the size and the place of a page: both are `{name}`"
        )),
        None => Ok(()),
    }
}

/// Checks that no name in a key is empty.
fn is_key(key: &String) -> Result<(), String> {
    match key.split('.').any(str::is_empty) {
        true => Err(format!(
            "have keys with names between dots: `{key}` is none"
        )),
        false => Ok(()),
    }
}
