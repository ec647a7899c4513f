//! Response bodies that are read as they arrive, never held in memory as a whole.

mod event;
mod lines;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Sleep, sleep_until};

use self::event::Fields;
pub use self::event::ServerSentEvent;
use self::lines::Lines;
use crate::error::{BodyTooLargeError, Error, SendError, TransportError};
use crate::exchange::{Answer, Deadline, Limits, OpenAnswer, OutOfTime, Take};
use crate::response::Response;
use crate::transport::ResponseBody;

/// The body of a response that is read as it arrives: a [`Stream`], or read [`chunk`](ByteStream::chunk) by chunk.
///
/// It has no limit on time or size. Only the wait for each chunk is limited, by the client's `attempt_timeout`. It
/// counts as a call in flight until it is dropped, which also discards the rest. Nothing is retried: a broken
/// connection is an [`Error::Transport`], which is the last item.
#[must_use = "a stream does nothing until it is asked for a piece"]
pub struct ByteStream {
    body: ResponseBody,
    length: Option<u64>,
    operation: &'static str,
    authority: String,
    limits: Limits,
    wait: Option<Wait>,
    is_over: bool,
    lines: Lines,
    event: Fields,
    status: StatusCode,
    request_id: Option<String>,
    _place: Option<OwnedSemaphorePermit>,
}

/// The timeout for the next chunk.
struct Wait {
    by: Deadline,
    timer: Option<Pin<Box<Sleep>>>,
}

impl ByteStream {
    /// Returns the total number of bytes, if the service declares it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Transport`] if the connection breaks or no chunk arrives in time. The stream then ends.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let next = poll_fn(|context| Pin::new(&mut *self).poll_next(context));
        next.await.transpose()
    }

    /// Returns the next line, without its end, such as a value of `application/x-ndjson`; `None` at the end. Bytes that
    /// are not UTF-8 become `\u{fffd}`.
    ///
    /// [`chunk`](Self::chunk) does not return what this has read, which may be more than the line.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`chunk`](Self::chunk), and [`Error::BodyTooLarge`] for a line of more than
    /// `max_body_size`.
    pub async fn line(&mut self) -> Result<Option<String>, Error> {
        let line = self.next_line().await?;
        Ok(line.map(|it| String::from_utf8_lossy(&it).into_owned()))
    }

    /// Returns the next event of a `text/event-stream`; `None` at the end. An event that the end cuts off is ignored, as
    /// the standard says.
    ///
    /// The stream does not connect again. To do so, call the operation again, with the
    /// [`id`](ServerSentEvent::id) of the last event if it takes one.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`chunk`](Self::chunk), and [`Error::BodyTooLarge`] for an event of more than
    /// `max_body_size`.
    pub async fn event(&mut self) -> Result<Option<ServerSentEvent>, Error> {
        // Decoding may use as much as for a body.
        let memory = self.limits.max_body_size.saturating_mul(2);
        while let Some(line) = self.next_line().await? {
            if self.event.len() + line.len() > self.limits.max_body_size {
                return Err(self.too_large());
            }
            if let Some(event) = self.event.add(&line, self.operation, memory) {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    async fn next_line(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(line) = self.lines.next() {
                return Ok(Some(line));
            }
            if self.lines.len() > self.limits.max_body_size {
                return Err(self.too_large());
            }
            match self.chunk().await? {
                Some(piece) => self.lines.push(&piece),
                None => return Ok(self.lines.last()),
            }
        }
    }

    /// Ends the stream.
    fn too_large(&mut self) -> Error {
        self.is_over = true;
        let error = BodyTooLargeError {
            operation: self.operation,
            status: self.status,
            request_id: self.request_id.clone(),
            limit: self.limits.max_body_size,
        };
        error.into()
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, SendError>>> {
        if let Poll::Ready(piece) = self.body.poll_piece(context) {
            self.wait = None;
            return Poll::Ready(piece);
        }
        let limits = &self.limits;
        let wait = self.wait.get_or_insert_with(|| Wait::start(limits));
        ready!(wait.poll(context));
        Poll::Ready(Some(Err(OutOfTime::of(wait.by).into())))
    }
}

impl Wait {
    fn start(limits: &Limits) -> Self {
        let by = Deadline::of_attempt(Instant::now(), limits.attempt_timeout);
        Self {
            timer: by.at.map(|at| Box::pin(sleep_until(at))),
            by,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let piece = ready!(self.poll_piece(context));
        self.is_over = !matches!(piece, Some(Ok(_)));
        let failed = |error| TransportError::new(self.operation, error).to(self.authority.clone());
        Poll::Ready(piece.map(|it| it.map_err(|error| failed(error).into())))
    }
}

impl Take for ByteStream {
    async fn take(
        open: OpenAnswer,
        limits: &Limits,
        place: Option<OwnedSemaphorePermit>,
    ) -> Result<Answer<Self>, Error> {
        let (length, authority) = (open.length(), open.sent.authority());
        let request_id = open.sent.request_id(&open.headers);
        Ok(Answer {
            sent: open.sent,
            status: open.status,
            headers: open.headers,
            body: Self {
                body: open.body,
                length,
                operation: open.operation,
                authority,
                limits: *limits,
                wait: None,
                is_over: false,
                lines: Lines::default(),
                event: Fields::default(),
                status: open.status,
                request_id,
                _place: place,
            },
            ends: None,
        })
    }
}

/// Shows only the length: the bytes may be personal data.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("operation", &self.operation)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Response<ByteStream> {
    /// Returns the next chunk of the body, as [`ByteStream::chunk`] does.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::chunk`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.body.chunk().await
    }

    /// Returns the next line of the body, as [`ByteStream::line`] does.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::line`].
    pub async fn line(&mut self) -> Result<Option<String>, Error> {
        self.body.line().await
    }

    /// Returns the next event of the body, as [`ByteStream::event`] does.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::event`].
    pub async fn event(&mut self) -> Result<Option<ServerSentEvent>, Error> {
        self.body.event().await
    }
}

/// The chunks of the body.
impl Stream for Response<ByteStream> {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}
