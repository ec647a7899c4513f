//! The items of every page of a list, as a stream.

use std::fmt;
use std::future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::task::coop;

use crate::error::{Error, NextPageError, NextPageProblem};
use crate::future::BoxFuture;
use crate::operation::Operation;
use crate::page::Page;
use crate::visited::Visited;

/// How many pages in a row may be empty. A service that filters what it has cut into pages leaves some of them empty; with
/// pages of the largest size, this many are 100,000 items that were left out. A service or a gateway that makes up a new
/// link for each empty page would be asked without an end.
const MAX_EMPTY_PAGES: u32 = 100;

/// The items of a list, page after page.
///
/// Nothing is sent before the first poll, and a page is asked for when the one before it has been used up. An
/// error ends the stream, after the items that came before it. A page that leads back to one that was there before
/// is such an error ([`NextPageProblem::Loop`](crate::NextPageProblem::Loop)), and so are 100 empty pages in a row that
/// lead to another ([`NextPageProblem::Empty`](crate::NextPageProblem::Empty)). A stream holds the items of one page
/// at most, and up to about 1 MiB for noticing loops, which suffices for those of fewer than 65,536 pages.
///
/// A stream lets other tasks of its Tokio runtime go on now and then, however many items are at hand.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T> {
    operation: &'static Operation,
    /// What is left of the page at hand.
    items: std::vec::IntoIter<T>,
    /// The request for the page after it, which sends nothing until it is polled; `None` after the last page.
    next: Option<BoxFuture<Page<T>>>,
    /// The link to that page; `None` for the first.
    link: Option<String>,
    /// The URL of the page at hand; `None` before the first.
    at_hand: Option<String>,
    /// How many items may still be yielded; `None` is any number.
    left: Option<usize>,
    /// How many of the last pages were empty.
    empty_pages: u32,
    visited: Visited,
}

impl<T: 'static> Items<T> {
    pub(crate) fn new(
        operation: &'static Operation,
        limit: Option<usize>,
        first: BoxFuture<Page<T>>,
    ) -> Self {
        Self {
            operation,
            items: Vec::new().into_iter(),
            next: Some(first),
            link: None,
            at_hand: None,
            left: limit,
            empty_pages: 0,
            visited: Visited::default(),
        }
    }

    /// Returns what `resume()` of a list request takes to go on with the items that have not been given, so that none
    /// is lost: the URL of the page at hand while it has items left, also those beyond a `limit()`, and then the link to
    /// the page after it. The items of a page that is resumed come again, all of them.
    ///
    /// After an error it leads to the page that failed; `None` before the first page and after the last item.
    pub fn next_page_url(&self) -> Option<&str> {
        if self.items.len() > 0 {
            self.at_hand.as_deref()
        } else {
            self.link.as_deref()
        }
    }

    /// Returns the next item of the page at hand.
    fn pop(&mut self) -> Option<T> {
        let item = self.items.next()?;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        Some(item)
    }

    /// Takes the next page.
    ///
    /// # Errors
    ///
    /// Returns [`NextPageProblem::Empty`] if it is the last empty page that is taken.
    fn turn(&mut self, page: Page<T>) -> Result<(), Error> {
        self.next = page.following(&mut self.visited);
        self.link = page.next_page_url().map(str::to_owned);
        self.at_hand = Some(page.url().to_owned());
        self.empty_pages = match page.items() {
            [] => self.empty_pages + 1,
            [_, ..] => 0,
        };
        self.items = page.into_iter();
        if self.empty_pages < MAX_EMPTY_PAGES || self.next.is_none() {
            return Ok(());
        }
        let problem = NextPageProblem::Empty {
            pages: self.empty_pages,
        };
        let operation = self.operation.id;
        Err(NextPageError { operation, problem }.into())
    }

    /// Tells whether the next item is on a page that has not been asked for.
    #[cfg(feature = "cli")]
    pub(crate) fn is_page_used_up(&self) -> bool {
        self.items.len() == 0
    }

    /// Returns the URL of the page at hand; `None` before the first.
    #[cfg(feature = "mcp")]
    pub(crate) fn page_url(&self) -> Option<&str> {
        self.at_hand.as_deref()
    }

    /// Tells whether the stream has come to its end.
    #[cfg(feature = "blocking")]
    pub(crate) fn is_over(&self) -> bool {
        self.next.is_none() && self.items.len() == 0
    }

    /// Ends the stream, and keeps where it would go on.
    pub(crate) fn end(&mut self) {
        self.link = self.next_page_url().map(str::to_owned);
        self.next = None;
        self.items = Vec::new().into_iter();
    }
}

impl<T: Send + 'static> Items<T> {
    /// Gets all items that are left, or the first error.
    pub(crate) fn collect(mut self) -> BoxFuture<Vec<T>> {
        BoxFuture::new(async move {
            let mut all = Vec::new();
            while let Some(item) =
                future::poll_fn(|context| Pin::new(&mut self).poll_next(context)).await
            {
                all.push(item?);
            }
            Ok(all)
        })
    }
}

impl<T: 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        // A page may hold many items, and a task that is never pending keeps its runtime from all others.
        let budget = ready!(coop::poll_proceed(context));
        loop {
            if this.left == Some(0) {
                this.end();
            }
            if let Some(item) = this.pop() {
                budget.made_progress();
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(next) = &mut this.next else {
                return Poll::Ready(None);
            };
            let page = ready!(Pin::new(next).poll(context));
            if let Err(error) = page.and_then(|page| this.turn(page)) {
                this.end();
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

/// Nothing in a stream of items is pinned: the items move out of it, and the request is in a box of its own.
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.operation.id)
            .field("at_hand", &self.items.len())
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
