//! Requests of programs that have no asynchronous runtime: `wait()` where others write `.await`, an iterator where
//! others write `.stream()`.
//!
//! There is no second client: the same futures run on one runtime of this crate's own, which has one thread and is
//! started by the first request that is waited for.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::OnceLock;

use bytes::Bytes;
use futures_core::Stream as _;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::byte_stream::ByteStream;
use crate::call::Call;
use crate::error::{Error, RuntimeError};
use crate::future::BoxFuture;
use crate::items::Items;
use crate::page::Page;
use crate::response::Response;

/// The runtime that everything runs on, or why there is none. It lives as long as the program, as connections that
/// are kept open do.
static RUNTIME: OnceLock<Result<Runtime, io::ErrorKind>> = OnceLock::new();

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

impl Response<ByteStream> {
    /// Reads the body as it comes, blocking the thread while a piece is waited for. An error of the request is the source of
    /// the reader's.
    ///
    /// ```no_run
    /// # fn save(call: twilio_runtime::Call<twilio_runtime::Bytes>) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut body = call.send_stream().wait()?.into_reader();
    /// std::io::copy(&mut body, &mut std::fs::File::create("table.csv")?)?;
    /// # Ok(()) }
    /// ```
    pub fn into_reader(self) -> BlockingReader {
        self.into_body().into()
    }
}

/// The body of an answer that is read as it comes, for programs without an asynchronous runtime.
#[derive(Debug)]
pub struct BlockingReader {
    stream: ByteStream,
    /// What has come and has not been read.
    piece: Bytes,
}

impl From<ByteStream> for BlockingReader {
    fn from(stream: ByteStream) -> Self {
        Self {
            stream,
            piece: Bytes::new(),
        }
    }
}

impl io::Read for BlockingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() && !buffer.is_empty() {
            match wait(self.stream.chunk()).map_err(io::Error::other)? {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let length = self.piece.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
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
fn start() -> Result<Runtime, io::ErrorKind> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("api-blocking");
    builder.enable_all().build().map_err(|error| error.kind())
}
