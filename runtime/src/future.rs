//! The future of a request.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Error;

/// A request and its result. The first poll sends it; dropping the future cancels it.
///
/// With the feature `blocking`, a program without an async runtime calls `wait()` on it.
#[must_use = "a request does nothing until it is awaited"]
pub struct BoxFuture<T>(Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>);

impl<T> BoxFuture<T> {
    pub(crate) fn new(future: impl Future<Output = Result<T, Error>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }
}

impl<T> Future for BoxFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for BoxFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxFuture").finish_non_exhaustive()
    }
}
