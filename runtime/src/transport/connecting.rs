//! Tells whether a request still waits for its connection: given up then, it was not sent.
//!
//! The HTTP library does not say. But it polls the connection that a request waits for each time that the request is
//! polled, and in the same thread: so whether that was pending is noted for the thread, and read when the poll is over.

use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

thread_local! {
    /// Whether a connection was pending during this poll.
    static IS_PENDING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a request is known to be unsent: an extension of the request, for a transport that can tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unsent(Arc<AtomicBool>);

impl Unsent {
    /// Returns what the transport has said last; nothing counts as sent.
    pub(crate) fn is_certain(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, is_certain: bool) {
        self.0.store(is_certain, Ordering::Relaxed);
    }
}

/// Returns what `poll` returns, and whether a connection was pending when it did.
pub(super) fn is_pending_after<T>(poll: impl FnOnce() -> T) -> (T, bool) {
    IS_PENDING.set(false);
    let outcome = poll();
    (outcome, IS_PENDING.get())
}

/// Wraps what makes connections.
#[derive(Clone, Copy)]
pub(super) struct WatchConnections;

impl<S> Layer<S> for WatchConnections {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Connector(inner)
    }
}

/// Makes connections that note when they are pending.
#[derive(Clone)]
pub(super) struct Connector<S>(S);

impl<S: Service<R>, R> Service<R> for Connector<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Connecting<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, target: R) -> Self::Future {
        Connecting(Box::pin(self.0.call(target)))
    }
}

/// A connection that is being made.
pub(super) struct Connecting<F>(Pin<Box<F>>);

impl<F: Future> Future for Connecting<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = self.0.as_mut().poll(context);
        IS_PENDING.set(outcome.is_pending());
        outcome
    }
}
