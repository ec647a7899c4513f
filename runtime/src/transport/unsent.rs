//! Determines whether an abandoned request was sent.
//!
//! The HTTP library does not report it. But a connection that takes up a request asks whether it has a body before it
//! writes anything, and our body type records that.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::body::{Body, BodyStream};

/// The transport cannot tell.
const UNKNOWN: u8 = 0;
/// No connection has taken the request up.
const WAITING: u8 = 1;
/// A connection has taken it up, and may have written it.
const TAKEN_UP: u8 = 2;
/// The request was abandoned, and no connection will write the whole of it.
const GIVEN_UP: u8 = 3;

/// Whether a request is known to be unsent. It is an extension of the request, for a transport that can tell.
#[derive(Clone, Debug)]
pub(crate) struct Unsent(Arc<AtomicU8>);

impl Default for Unsent {
    fn default() -> Self {
        Self(Arc::new(AtomicU8::new(UNKNOWN)))
    }
}

impl Unsent {
    /// Abandons the request. Returns whether it is certain that the request was not sent and will not be.
    pub(crate) fn give_up(&self) -> bool {
        self.change(WAITING, GIVEN_UP).is_ok()
    }

    /// Records that the transport can tell.
    fn wait(&self) {
        // Any other state would be that of an earlier attempt.
        self.0.store(WAITING, Ordering::SeqCst);
    }

    /// Records that a connection takes up the request. Returns whether it still may.
    fn take_up(&self) -> bool {
        !matches!(self.change(WAITING, TAKEN_UP), Err(GIVEN_UP))
    }

    fn change(&self, from: u8, to: u8) -> Result<u8, u8> {
        self.0
            .compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst)
    }
}

/// The body of a request, which keeps `unsent` up to date. A connection that takes up an abandoned request gets an
/// error from it.
pub(super) struct TellingBody {
    stream: BodyStream,
    unsent: Unsent,
}

impl TellingBody {
    pub(super) fn new(body: Body, unsent: Unsent) -> Self {
        unsent.wait();
        let stream = body.into_stream();
        Self { stream, unsent }
    }
}

impl HttpBody for TellingBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if !self.unsent.take_up() {
            return Poll::Ready(Some(Err(Broken::GivenUp)));
        }
        let frame = ready!(Pin::new(&mut self.stream).poll_frame(context));
        Poll::Ready(frame.map(|it| it.map_err(Broken::Body)))
    }

    fn is_end_stream(&self) -> bool {
        self.unsent.take_up();
        self.stream.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.stream.size_hint()
    }
}

/// Why the body of a request ends early.
#[derive(Debug)]
pub(super) enum Broken {
    /// The request was abandoned.
    GivenUp,
    /// The body cannot be read.
    Body(io::Error),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GivenUp => "the request was canceled",
            Self::Body(_) => "the body of the request cannot be read",
        })
    }
}

impl std::error::Error for Broken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::GivenUp => None,
            Self::Body(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn is_broken(body: &mut TellingBody) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        matches!(
            Pin::new(body).poll_frame(&mut context),
            Poll::Ready(Some(Err(Broken::GivenUp)))
        )
    }

    #[test]
    fn unknown_state_may_have_been_sent() {
        assert!(!Unsent::default().give_up());
    }

    #[test]
    fn request_is_either_abandoned_or_taken_up() {
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
