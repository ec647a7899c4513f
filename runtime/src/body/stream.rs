//! The stream of a request body.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::{Body, Kind, Opening, Pieces, Progress, Source};

/// A request body that is being read: a [`Stream`] of its chunks, and an [`http_body::Body`]. The first poll opens its
/// source.
pub struct BodyStream {
    /// Never locked: it makes the stream `Sync`, which HTTP libraries require of bodies.
    reading: Mutex<Reading>,
    progress: Option<Progress>,
    /// The number of remaining bytes, if it is known.
    left: Option<u64>,
}

enum Reading {
    /// The rest of bytes in memory.
    Bytes(Bytes),
    Opening(Opening),
    /// Taken on the first read; until then, another stream may take it.
    Once(Arc<Mutex<Option<Pieces>>>),
    Open(Pieces),
    /// The part being read, and the parts after it in reverse order.
    Sequence(Option<Pin<Box<BodyStream>>>, Vec<Body>),
    Failed,
}

impl BodyStream {
    pub(super) fn new(body: Body) -> Self {
        let left = body.length();
        let reading = match body.kind {
            Kind::Bytes(bytes) => Reading::Bytes(bytes),
            Kind::Stream { source, .. } => match source {
                Source::Reopened(open) => Reading::Opening(open()),
                Source::Once(pieces) => Reading::Once(pieces),
            },
            Kind::Sequence(bodies) => {
                Reading::Sequence(None, bodies.iter().rev().cloned().collect())
            }
        };
        Self {
            reading: Mutex::new(reading),
            progress: body.progress,
            left,
        }
    }

    /// Returns the next chunk; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Option<io::Result<Bytes>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn fail(&mut self) {
        *self.reading() = Reading::Failed;
    }

    fn reading(&mut self) -> &mut Reading {
        self.reading
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a chunk, or the end.
    fn counted(&mut self, piece: Option<io::Result<Bytes>>) -> Option<io::Result<Bytes>> {
        let Some(left) = &mut self.left else {
            return piece;
        };
        let fault = match &piece {
            Some(Ok(bytes)) => {
                match left.checked_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
                    Some(rest) => {
                        *left = rest;
                        return piece;
                    }
                    None => Length::More,
                }
            }
            None if *left > 0 => Length::Less,
            Some(Err(_)) | None => return piece,
        };
        self.fail();
        Some(Err(io::Error::new(io::ErrorKind::InvalidData, fault)))
    }
}

impl Stream for BodyStream {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let piece = ready!(self.reading().poll(context));
        if let Some(progress) = &self.progress {
            progress.advance();
        }
        if matches!(piece, Some(Err(_))) {
            self.fail();
        }
        Poll::Ready(self.counted(piece))
    }
}

impl Reading {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match self {
                Self::Bytes(bytes) => {
                    let bytes = std::mem::take(bytes);
                    return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
                }
                Self::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(pieces) => *self = Self::Open(pieces),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                Self::Once(pieces) => {
                    let pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner).take();
                    let Some(pieces) = pieces else {
                        return Poll::Ready(Some(Err(io::Error::other(ReadBefore))));
                    };
                    *self = Self::Open(pieces);
                }
                Self::Open(pieces) => return pieces.as_mut().poll_next(context),
                Self::Sequence(current @ None, rest) => match rest.pop() {
                    Some(next) => *current = Some(Box::pin(next.into_stream())),
                    None => return Poll::Ready(None),
                },
                Self::Sequence(current @ Some(_), _) => {
                    if let Some(stream) = current
                        && let Some(piece) = ready!(stream.as_mut().poll_next(context))
                    {
                        return Poll::Ready(Some(piece));
                    }
                    *current = None;
                }
                Self::Failed => return Poll::Ready(None),
            }
        }
    }
}

impl http_body::Body for BodyStream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = ready!(self.poll_next(context));
        Poll::Ready(piece.map(|it| it.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// A caller's own stream, with its chunks and errors converted to those of a body.
pub(super) struct Converted<S>(pub(super) Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|it| it.map(Into::into).map_err(io::Error::other)))
    }
}

/// A body that can be read only once was opened again.
#[derive(Debug)]
struct ReadBefore;

impl fmt::Display for ReadBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body has already been read, and cannot be opened again")
    }
}

impl StdError for ReadBefore {}

/// A stream that does not have the declared length.
#[derive(Debug)]
enum Length {
    Less,
    More,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Less => "the body is shorter than the declared length",
            Self::More => "the body is longer than the declared length",
        })
    }
}

impl StdError for Length {}
