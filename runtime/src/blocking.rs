//! Requests of programs that have no asynchronous runtime: `wait()` where others write `.await`, an iterator where
//! others write `.stream()`.
//!
//! There is no second client: the same futures run on one runtime of this crate's own, which has one thread and is
//! started by the first request that is waited for.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream as _;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::call::Call;
use crate::error::{Error, RuntimeError};
use crate::future::BoxFuture;
use crate::items::Items;
use crate::page::Page;

/// The runtime that everything runs on, or why there is none. It lives as long as the program, as connections that
/// are kept open do.
static RUNTIME: OnceLock<Result<Runtime, std::io::ErrorKind>> = OnceLock::new();

impl<T> BoxFuture<T> {
    /// Blocks the thread until the request has come to its end.
    ///
    /// # Errors
    ///
    /// Those of the request, and [`Error::Runtime`] on a thread that belongs to an asynchronous runtime, which it would
    /// bring to a standstill. Nothing is sent then. The threads of `tokio::task::spawn_blocking` are among those,
    /// because they cannot be told from the others.
    pub fn wait(self) -> Result<T, Error> {
        wait(self)
    }
}

impl<T: 'static> Call<Page<T>> {
    /// Returns the items of every page, each page being fetched when it is needed.
    pub fn iter(self) -> BlockingItems<T> {
        BlockingItems(self.stream())
    }
}

/// The items of a list, page after page, for programs without an asynchronous runtime.
///
/// Nothing is sent before the first item is asked for. An error is the last item; [`Error::Runtime`] is one if the
/// iterator is used inside of an asynchronous runtime.
#[must_use = "an iterator does nothing until it is asked for an item"]
pub struct BlockingItems<T>(Items<T>);

impl<T: 'static> BlockingItems<T> {
    /// Returns where to go on with the items that have not been given, as [`Items::next_page_url`] does.
    pub fn next_page_url(&self) -> Option<&str> {
        self.0.next_page_url()
    }
}

impl<T: 'static> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let items = &mut self.0;
        if items.is_over() {
            return None;
        }
        let next = poll_fn(|context| Pin::new(&mut *items).poll_next(context));
        match wait(async { Ok(next.await) }) {
            Ok(item) => item,
            Err(error) => {
                self.0.end();
                Some(Err(error))
            }
        }
    }
}

impl<T> fmt::Debug for BlockingItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingItems").field(&self.0).finish()
    }
}

fn wait<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(RuntimeError::Blocking.into());
    }
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => runtime.block_on(future),
        Err(kind) => Err(RuntimeError::Unavailable((*kind).into()).into()),
    }
}

/// Starts the runtime. Its thread keeps connections alive while nobody waits.
fn start() -> Result<Runtime, std::io::ErrorKind> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("api-blocking");
    builder.enable_all().build().map_err(|error| error.kind())
}
