//! Response bodies in chunks, as they arrive over a network.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};

use crate::transport::ResponseBody;

/// The maximum size of a chunk, in bytes.
const PIECE: usize = 16 * 1024;

/// Returns `bytes` as the body of a response.
pub(super) fn in_pieces(bytes: Bytes) -> ResponseBody {
    if bytes.len() > PIECE {
        ResponseBody::new(Pieces(bytes))
    } else {
        bytes.into()
    }
}

/// The unread bytes.
struct Pieces(Bytes);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.0.len().min(PIECE);
        let piece = self.0.split_to(length);
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }
}
