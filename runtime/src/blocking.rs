//! The blocking API: `wait()` in place of `.await`, and an iterator in place of `.stream()`.
//!
//! There is no second client: the same futures run on a runtime inside this crate, with one thread, which the first
//! blocking call starts.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::OnceLock;

use bytes::Bytes;
use futures_core::Stream as _;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::byte_stream::{ByteStream, ServerSentEvent};
use crate::call::Call;
use crate::error::{Error, RuntimeError};
use crate::future::BoxFuture;
use crate::items::Items;
use crate::page::Page;
use crate::response::Response;

/// The runtime for blocking calls, or why it could not start. It lives as long as the program, because pooled
/// connections run on it.
static RUNTIME: OnceLock<Result<Runtime, io::ErrorKind>> = OnceLock::new();

impl<T> BoxFuture<T> {
    /// Blocks the thread until the request completes.
    ///
    /// # Errors
    ///
    /// Those of the request, and [`Error::Runtime`] on a thread that belongs to an async runtime, which it would block.
    /// Nothing is sent then. That includes the threads of `tokio::task::spawn_blocking`, because they cannot be
    /// distinguished from the others.
    pub fn wait(self) -> Result<T, Error> {
        wait(self)
    }
}

impl<T: 'static> Call<Page<T>> {
    /// Returns the items of every page, and fetches each page when it is needed.
    pub fn iter(self) -> BlockingItems<T> {
        BlockingItems(self.stream())
    }
}

/// The items of a list, page after page, for programs without an async runtime.
///
/// The first call of `next` sends the first request. An error is the last item; inside an async runtime that is
/// [`Error::Runtime`].
#[must_use = "an iterator does nothing until it is asked for an item"]
pub struct BlockingItems<T>(Items<T>);

impl<T: 'static> BlockingItems<T> {
    /// Returns the URL at which to resume after the items so far, as [`Items::next_page_url`] does.
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
    /// Reads the body as it arrives, blocking the thread while it waits for a chunk. The reader's error has the error
    /// of the request as its source.
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

/// The body of a response, read as it arrives, for programs without an async runtime.
#[derive(Debug)]
pub struct BlockingReader {
    stream: ByteStream,
    /// What has arrived but has not been read.
    piece: Bytes,
}

impl BlockingReader {
    /// Returns the next event, as [`ByteStream::event`] does, blocking the thread while it waits. Bytes that were read
    /// before are not part of it.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::event`].
    pub fn event(&mut self) -> Result<Option<ServerSentEvent>, Error> {
        wait(self.stream.event())
    }
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

/// Starts the runtime. Its thread keeps connections alive between calls.
fn start() -> Result<Runtime, io::ErrorKind> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("api-blocking");
    builder.enable_all().build().map_err(|error| error.kind())
}
