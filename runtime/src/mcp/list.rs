//! Returns a part of a list: as many items as requested and possible, and a token to continue.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream as _;
use serde_json::Value;

use super::arguments::Given;
use super::bookmarks::Bookmark;
use super::caller::Caller;
use super::length::ENVELOPE;
use super::tool_result::{self, Space, ToolResult};
use crate::call::Call;
use crate::cli::exit::Failure;
use crate::cli::table::Command;
use crate::decoded::Decode;
use crate::error::Error;
use crate::items::Items;
use crate::json::Node;
use crate::page;
use crate::paging::PageFormat;

/// Returns as many items of a list as requested and possible, and a token to continue.
///
/// # Errors
///
/// Returns [`Failure::Usage`] for a list that cannot continue, and the errors of a call.
pub(super) async fn list(
    caller: &Caller,
    command: &'static Command,
    format: PageFormat,
    given: Given,
) -> Result<ToolResult, Failure> {
    let begin = match &given.next {
        None => None,
        Some(name) => {
            let found = caller.bookmarks().find(name, command, &given.asked);
            Some(found.map_err(Failure::Usage)?)
        }
    };
    let (asked, values, link, skipped) = match begin {
        None => (given.asked, given.values, None, 0),
        Some(Bookmark {
            asked,
            values,
            link,
            given,
            command: _,
        }) => (asked, values, Some(link), given),
    };
    let mut request = caller.request(command, values.clone()).await?;
    request.limit = Some(given.limit.saturating_add(skipped));
    request.page_link = link;
    let decode = Decode::Page(page::decode, format);
    let mut piece = Piece {
        items: Call { request, decode }.stream(),
        on_page: 0,
    };
    let (taken, end) = piece.take(caller, command, given.limit, skipped).await?;
    let next = end.place.map(|(link, given)| {
        caller.bookmarks().add(Bookmark {
            command,
            asked,
            values,
            link,
            given,
        })
    });
    Ok(result(command, &taken, next, end.failure.as_ref()))
}

/// Creates a result from items, the token to continue, and the error of the next page.
fn result(
    command: &Command,
    taken: &[Node],
    next: Option<String>,
    failure: Option<&Failure>,
) -> ToolResult {
    let text = tool_result::table(taken, command.shape);
    let failed = failure.map(|it| format!("note: the next page failed: {}", it.message()));
    let more = next
        .as_ref()
        .map(|it| format!("There are more: `next` is `{it}`."));
    let items = Value::Array(taken.iter().map(tool_result::value).collect());
    let next = next.map_or(Value::Null, Value::String);
    ToolResult::new([("items", items), ("next", next)], text).noted(more.into_iter().chain(failed))
}

/// The items of a list, and the current position.
struct Piece {
    items: Items<Node>,
    /// The number of items of the current page that have been processed.
    on_page: usize,
}

/// Where and why the items end.
struct End {
    /// The link to the page at which to continue, and how many of its items to skip.
    place: Option<(String, usize)>,
    /// Why the next page could not be fetched.
    failure: Option<Failure>,
}

impl Piece {
    async fn next(&mut self) -> Option<Result<Node, Error>> {
        if self.items.is_page_used_up() {
            self.on_page = 0;
        }
        let next = poll_fn(|it| Pin::new(&mut self.items).poll_next(it)).await;
        self.on_page += 1;
        next
    }

    /// Takes items until there are enough, or the result is full.
    ///
    /// # Errors
    ///
    /// Returns the error of the first page. The error of a later page is part of the end.
    async fn take(
        &mut self,
        caller: &Caller,
        command: &Command,
        limit: usize,
        skipped: usize,
    ) -> Result<(Vec<Node>, End), Failure> {
        let mut taken = Vec::new();
        let mut space = Space::new(caller.max_result, command.shape);
        let mut signed_with = None;
        for _ in 0..skipped {
            if let Some(Err(error)) = self.next().await {
                return Err(error.into());
            }
        }
        while taken.len() < limit {
            let item = match self.next().await {
                None => break,
                Some(Ok(item)) => item,
                Some(Err(error)) if taken.is_empty() => return Err(error.into()),
                Some(Err(error)) => {
                    let mut end = self.end();
                    end.failure = Some(error.into());
                    return Ok((taken, end));
                }
            };
            let signed_with = match &mut signed_with {
                Some(known) => known,
                unknown => unknown.insert(caller.signed_with(command).await),
            };
            let item = caller.shown(command, signed_with, item);
            let left = space.left();
            match space.take(&item) {
                true => taken.push(item),
                false if taken.is_empty() => {
                    let left = left.saturating_sub(ENVELOPE);
                    let beginning = tool_result::beginning(&item.json(), left);
                    taken.push(Node::Object(beginning));
                }
                false => return Ok((taken, self.end_before())),
            }
        }
        Ok((taken, self.end()))
    }

    /// Returns the end after the last item.
    fn end(&self) -> End {
        let on_page = match self.items.is_page_used_up() {
            true => 0,
            false => self.on_page,
        };
        End {
            place: self
                .items
                .next_page_url()
                .map(|it| (it.to_owned(), on_page)),
            failure: None,
        }
    }

    /// Returns the end before the last item, which is to be returned next time.
    fn end_before(&self) -> End {
        let link = self.items.page_url();
        End {
            place: link.map(|it| (it.to_owned(), self.on_page.saturating_sub(1))),
            failure: None,
        }
    }
}
