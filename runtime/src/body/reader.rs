//! Turns readers into streams of chunks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::{JoinHandle, spawn_blocking};

/// The number of bytes per read: large enough to make the cost of switching threads negligible.
const PIECE: usize = 64 * 1024;

/// The chunks of a blocking reader.
pub(super) struct Blocking<R>(State<R>);

enum State<R> {
    Idle(R),
    Reading(JoinHandle<(R, io::Result<Bytes>)>),
    Over,
}

impl<R> Blocking<R> {
    pub(super) fn new(reader: R) -> Self {
        Self(State::Idle(reader))
    }
}

impl<R: io::Read + Send + 'static> Stream for Blocking<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let Self(state) = self.get_mut();
        loop {
            match std::mem::replace(state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Idle(reader) => *state = State::Reading(spawn_blocking(|| read(reader))),
                State::Reading(mut reading) => match Pin::new(&mut reading).poll(context) {
                    Poll::Pending => {
                        *state = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                    Poll::Ready(Ok((_, Ok(piece)))) if piece.is_empty() => {
                        return Poll::Ready(None);
                    }
                    Poll::Ready(Ok((reader, piece))) => {
                        if piece.is_ok() {
                            *state = State::Idle(reader);
                        }
                        return Poll::Ready(Some(piece));
                    }
                },
            }
        }
    }
}

/// Moves the reader to the thread and back, so nothing is pinned.
impl<R> Unpin for Blocking<R> {}

fn read<R: io::Read>(mut reader: R) -> (R, io::Result<Bytes>) {
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (reader, Err(error)),
            Ok(length) => {
                piece.truncate(length);
                return (reader, Ok(piece.into()));
            }
        }
    }
}

/// The chunks of an asynchronous reader.
pub(super) struct Asynchronous<R> {
    reader: Pin<Box<R>>,
    buffer: Box<[u8]>,
}

impl<R> Asynchronous<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: vec![0; PIECE].into(),
        }
    }
}

impl<R: AsyncRead> Stream for Asynchronous<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let Self { reader, buffer } = &mut *self;
        let mut buffer = ReadBuf::new(buffer);
        let read = ready!(reader.as_mut().poll_read(context, &mut buffer));
        let piece = read.map(|()| Bytes::copy_from_slice(buffer.filled()));
        let is_end = matches!(&piece, Ok(piece) if piece.is_empty());
        Poll::Ready((!is_end).then_some(piece))
    }
}
