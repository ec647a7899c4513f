//! A future that decodes a response when it arrives.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::error::Error;
use crate::future::BoxFuture;
use crate::paging::PageFormat;
use crate::received::Received;

/// How to decode a 2xx response body as `T`.
pub(crate) enum Decode<T> {
    /// As a whole.
    Body(fn(&Received) -> Result<T, Error>),
    /// As a page of a list.
    Page(fn(&Received, PageFormat) -> Result<T, Error>, PageFormat),
}

impl<T> Decode<T> {
    fn read(&self, received: &Received) -> Result<T, Error> {
        match self {
            Self::Body(read) => read(received),
            Self::Page(read, format) => read(received, *format),
        }
    }
}

impl<T> Clone for Decode<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Decode<T> {}

/// Converts a 2xx response and its decoded body into the future's output.
type Finish<T, Output> = fn(Box<Received>, T) -> Output;

/// A future that decodes a response when it arrives.
///
/// Written by hand because it is compiled for every body type: an `async` block costs several times as much.
pub(crate) struct Decoded<T, Output> {
    received: BoxFuture<Box<Received>>,
    decode: Decode<T>,
    finish: Finish<T, Output>,
}

impl<T: 'static, Output: 'static> Decoded<T, Output> {
    /// Boxes the future.
    pub(crate) fn boxed(
        received: BoxFuture<Box<Received>>,
        decode: Decode<T>,
        finish: Finish<T, Output>,
    ) -> BoxFuture<Output> {
        BoxFuture::new(Self {
            received,
            decode,
            finish,
        })
    }
}

impl<T, Output> Future for Decoded<T, Output> {
    type Output = Result<Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(Pin::new(&mut self.received).poll(context))?;
        let body = self.decode.read(&received)?;
        Poll::Ready(Ok((self.finish)(received, body)))
    }
}
