//! Tells of a request that is given up whether it was sent.
//!
//! The HTTP library does not say. But a connection that takes a request up asks whether it has a body before it writes
//! anything, and a body of our own notes that.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// The transport cannot tell.
const UNKNOWN: u8 = 0;
/// No connection has taken the request up.
const WAITING: u8 = 1;
/// A connection has taken it up, and may have written it.
const TAKEN_UP: u8 = 2;
/// Nobody waits for it any more, and no connection will write the whole of it.
const GIVEN_UP: u8 = 3;

/// Whether a request is known to be unsent: an extension of the request, for a transport that can tell.
#[derive(Clone, Debug)]
pub(crate) struct Unsent(Arc<AtomicU8>);

impl Default for Unsent {
    fn default() -> Self {
        Self(Arc::new(AtomicU8::new(UNKNOWN)))
    }
}

impl Unsent {
    /// Gives the request up; tells whether it is certain that it was not sent and will not be.
    pub(crate) fn give_up(&self) -> bool {
        self.change(WAITING, GIVEN_UP).is_ok()
    }

    /// Says that the transport can tell.
    fn wait(&self) {
        // Some other state would be that of an attempt before this one.
        self.0.store(WAITING, Ordering::SeqCst);
    }

    /// Notes that a connection takes the request up; tells whether it still may.
    fn take_up(&self) -> bool {
        !matches!(self.change(WAITING, TAKEN_UP), Err(GIVEN_UP))
    }

    fn change(&self, from: u8, to: u8) -> Result<u8, u8> {
        self.0
            .compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst)
    }
}

/// The body of a request, which keeps `unsent` up to date. A connection that takes up a request which has been given up
/// finds its body broken.
pub(super) struct TellingBody {
    /// What has not been read; empty at the end.
    bytes: Bytes,
    unsent: Unsent,
}

impl TellingBody {
    pub(super) fn new(bytes: Bytes, unsent: Unsent) -> Self {
        unsent.wait();
        Self { bytes, unsent }
    }
}

impl Body for TellingBody {
    type Data = Bytes;
    type Error = GivenUp;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, GivenUp>>> {
        if !self.unsent.take_up() {
            return Poll::Ready(Some(Err(GivenUp)));
        }
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.unsent.take_up();
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX))
    }
}

/// The error of a body whose request was given up.
#[derive(Debug)]
pub(super) struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was given up")
    }
}

impl std::error::Error for GivenUp {}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn is_broken(body: &mut TellingBody) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        matches!(
            Pin::new(body).poll_frame(&mut context),
            Poll::Ready(Some(Err(GivenUp)))
        )
    }

    #[test]
    fn what_no_transport_tells_of_may_have_been_sent() {
        assert!(!Unsent::default().give_up());
    }

    #[test]
    fn a_request_is_given_up_or_taken_up_and_never_both() {
        let unsent = Unsent::default();
        let mut body = TellingBody::new("x".into(), unsent.clone());
        assert_eq!(body.size_hint().exact(), Some(1));
        assert!(unsent.give_up());
        assert!(!body.is_end_stream() && is_broken(&mut body));
        let unsent = Unsent::default();
        let mut body = TellingBody::new("x".into(), unsent.clone());
        assert!(!body.is_end_stream());
        assert!(!unsent.give_up());
        assert!(!is_broken(&mut body) && body.is_end_stream());
    }
}
