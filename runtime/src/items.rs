//! A stream of the items of every page of a list.

use std::fmt;
use std::future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::task::coop;

use crate::error::{Error, NextPageError, NextPageProblem};
use crate::future::BoxFuture;
use crate::loop_detector::LoopDetector;
use crate::operation::Operation;
use crate::page::Page;

/// The number of consecutive empty pages to accept. A service that filters after it has cut pages leaves some of them
/// empty; with pages of the largest size, this many pages are 100,000 items that were filtered out. Without the limit,
/// a service or gateway that makes up a new link for each empty page would keep the client busy forever.
const MAX_EMPTY_PAGES: u32 = 100;

/// The items of a list, page after page.
///
/// The first poll sends the first request, and each page is requested when the one before it is used up. An error ends
/// the stream, after the items before it. A link back to an earlier page is such an error
/// ([`NextPageProblem::Loop`](crate::NextPageProblem::Loop)), and so are more than 100 consecutive pages that are the
/// same, if the client counts them, and 100 consecutive empty pages that link to another
/// ([`NextPageProblem::Empty`](crate::NextPageProblem::Empty)). A stream holds the items of at most one page,
/// and up to about 1 MiB to detect loops, which suffices for loops of fewer than 65,536 pages.
///
/// A stream yields to other tasks of its Tokio runtime now and then, however many items it has in memory.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T> {
    operation: &'static Operation,
    /// The remaining items of the current page.
    items: std::vec::IntoIter<T>,
    /// The request for the next page, not sent until it is polled; `None` after the last page.
    next: Option<BoxFuture<Page<T>>>,
    /// The link to that page; `None` for the first.
    link: Option<String>,
    /// The URL of the current page; `None` before the first.
    at_hand: Option<String>,
    /// The number of items that may still be yielded; `None` for any.
    left: Option<usize>,
    /// The number of consecutive empty pages.
    empty_pages: u32,
    visited: LoopDetector,
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
            visited: LoopDetector::default(),
        }
    }

    /// Returns the URL to pass to `resume()` of a list request to continue without losing an item: the URL of the
    /// current page while it has items left, including those beyond a `limit()`, and after that the link to the next
    /// page. Resuming a page returns all of its items again.
    ///
    /// After an error it is the URL of the page that failed; `None` before the first page and after the last item.
    pub fn next_page_url(&self) -> Option<&str> {
        if self.items.len() > 0 {
            self.at_hand.as_deref()
        } else {
            self.link.as_deref()
        }
    }

    /// Returns the next item of the current page.
    fn pop(&mut self) -> Option<T> {
        let item = self.items.next()?;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        Some(item)
    }

    /// Continues with the next page.
    ///
    /// # Errors
    ///
    /// Returns [`NextPageProblem::Empty`] if there were too many consecutive empty pages.
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

    /// Returns whether the next item is on a page that has not been requested.
    #[cfg(feature = "cli")]
    pub(crate) fn is_page_used_up(&self) -> bool {
        self.items.len() == 0
    }

    /// Returns the URL of the current page; `None` before the first.
    #[cfg(feature = "mcp")]
    pub(crate) fn page_url(&self) -> Option<&str> {
        self.at_hand.as_deref()
    }

    /// Returns whether the stream has ended.
    #[cfg(feature = "blocking")]
    pub(crate) fn is_over(&self) -> bool {
        self.next.is_none() && self.items.len() == 0
    }

    /// Ends the stream, but keeps where it can be resumed.
    pub(crate) fn end(&mut self) {
        self.link = self.next_page_url().map(str::to_owned);
        self.next = None;
        self.items = Vec::new().into_iter();
    }
}

impl<T: Send + 'static> Items<T> {
    /// Collects the remaining items, or returns the first error.
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
        // A page may have many items, and a task that is never pending blocks its runtime.
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

/// Nothing in the stream is pinned: items move out of it, and the request is boxed.
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
