//! Response bodies, as they arrive. Do not collect them here: the modules above decide how much to read.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};

use crate::error::{SendError, SendErrorKind};

/// The body of a response, which is read chunk by chunk.
///
/// Created from bytes or text, or from any [`http_body::Body`].
pub struct ResponseBody(UnsyncBoxBody<Bytes, SendError>);

impl ResponseBody {
    /// Wraps the body type of an HTTP library. An error in it counts as a broken connection.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::failing_so(body.map_err(|error| SendError::new(SendErrorKind::Disconnect, error)))
    }

    /// Wraps a body whose errors tell the kind of failure.
    pub(super) fn failing_so<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = SendError> + Send + 'static,
    {
        Self(body.boxed_unsync())
    }

    /// Returns the next chunk; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Option<Result<Bytes, SendError>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// Polls for the next chunk; `None` at the end.
    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            match frame.map(|it| it.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => return Poll::Ready(Some(Ok(data))),
                // Trailers are ignored.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(Full::new(bytes))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ResponseBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for ResponseBody {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
