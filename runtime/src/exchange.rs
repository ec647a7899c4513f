//! Makes one attempt: sends a request and reads the response, within limits on time and size.
//!
//! This module neither retries nor decodes.

pub(crate) mod api_error;
mod limits;
mod sent;

use std::error::Error as StdError;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

pub(crate) use self::api_error::Start;
#[cfg(feature = "cli")]
pub(crate) use self::limits::TIMEOUTS;
use self::limits::while_moving;
pub(crate) use self::limits::{Deadline, Limits, OutOfTime, within};
pub(crate) use self::sent::Sent;
use crate::body::Body;
use crate::error::{BodyTooLargeError, Error, SendError, SendErrorKind, TransportError};
use crate::operation::Operation;
use crate::response::request_id;
use crate::transport::{ResponseBody, Transport, Unsent};
use crate::vendor::Vendor;

/// A 2xx response, read to its end unless its body is a stream.
pub(crate) struct Answer<B = Bytes> {
    pub(crate) sent: Sent,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: B,
    /// When the time for the attempt, including decoding, ends; `None` for never.
    pub(crate) ends: Option<Instant>,
}

/// Returns the status and the request id of the response that ended a call, if there was one.
pub(crate) fn told<B>(outcome: &Result<Answer<B>, Error>) -> (Option<StatusCode>, Option<&str>) {
    match outcome {
        Ok(it) => (Some(it.status), request_id(&it.headers, it.sent.vendor)),
        Err(error) => (error.status(), error.request_id()),
    }
}

/// A 2xx response whose body has not been read.
pub(crate) struct OpenAnswer {
    pub(crate) operation: &'static str,
    pub(crate) sent: Sent,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ResponseBody,
    by: Deadline,
}

/// How an attempt consumes the body of its response.
pub(crate) trait Take: Sized {
    /// Consumes the body of a call that holds a `place` among the calls in flight.
    fn take(
        open: OpenAnswer,
        limits: &Limits,
        place: Option<OwnedSemaphorePermit>,
    ) -> impl Future<Output = Result<Answer<Self>, Error>> + Send;
}

/// The whole body.
impl Take for Bytes {
    async fn take(
        open: OpenAnswer,
        limits: &Limits,
        _: Option<OwnedSemaphorePermit>,
    ) -> Result<Answer, Error> {
        open.whole(limits).await
    }
}

/// Sends `request` once and waits for the head of the response: until the time `by`, or, if its body is a stream, as
/// long as the stream is being read.
///
/// # Errors
///
/// Returns [`Error::Transport`] without a response, and [`Error::Api`] for any status but 2xx, with the body as far as
/// it came.
pub(crate) async fn open(
    transport: &dyn Transport,
    vendor: &'static Vendor,
    operation: &'static Operation,
    mut request: Request<Body>,
    mut by: Deadline,
    limits: &Limits,
) -> Result<OpenAnswer, Error> {
    let of_request = Sent::new(vendor, &request);
    let failed = |error| TransportError::new(operation.id, error).to(of_request.authority());
    let unsent = Unsent::default();
    request.extensions_mut().insert(unsent.clone());
    let sent = match request.body_mut().watched() {
        None => within(by, transport.send(request)).await,
        Some(progress) => {
            let sent = while_moving(&progress, limits, transport.send(request)).await;
            by = Deadline::of_attempt(Instant::now(), limits.attempt_timeout);
            sent
        }
    };
    let out_of_time = |error: OutOfTime| {
        error.into_error(if unsent.give_up() {
            SendErrorKind::ConnectTimeout
        } else {
            SendErrorKind::Timeout
        })
    };
    let response = sent.map_err(out_of_time).and_then(|it| it);
    let response = response.map_err(failed)?;
    let (head, body) = response.into_parts();
    if !head.status.is_success() {
        let start = start_of(body, by).await;
        return Err(
            api_error::read(operation.id, &of_request, head.status, head.headers, start).into(),
        );
    }
    Ok(OpenAnswer {
        operation: operation.id,
        sent: of_request,
        status: head.status,
        headers: head.headers,
        body,
        by,
    })
}

impl OpenAnswer {
    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Transport`] if the body does not arrive completely and in time, and [`Error::BodyTooLarge`] if
    /// it exceeds `limits`.
    pub(crate) async fn whole(self, limits: &Limits) -> Result<Answer, Error> {
        let too_large = || BodyTooLargeError {
            operation: self.operation,
            status: self.status,
            request_id: self.sent.request_id(&self.headers),
            limit: limits.max_body_size,
        };
        let limit = u64::try_from(limits.max_body_size).unwrap_or(u64::MAX);
        if self.length().is_some_and(|it| it > limit) {
            return Err(too_large().into());
        }
        match whole(self.body, self.by, limits.max_body_size).await {
            Ok(Some(body)) => Ok(Answer {
                sent: self.sent,
                status: self.status,
                headers: self.headers,
                body,
                ends: self.by.at,
            }),
            Ok(None) => Err(too_large().into()),
            Err(error) => {
                let error = TransportError::new(self.operation, error);
                Err(error.to(self.sent.authority()).into())
            }
        }
    }

    /// Returns the declared length of the body (RFC 9110 §8.6).
    pub(crate) fn length(&self) -> Option<u64> {
        let length = self.headers.get(header::CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }
}

/// Returns the error for a request that no transport can send.
pub(crate) fn unsendable(
    operation: &Operation,
    error: impl Into<Box<dyn StdError + Send + Sync>>,
) -> Error {
    TransportError::new(
        operation.id,
        SendError::new(SendErrorKind::Unsendable, error),
    )
    .into()
}

/// Reads a whole body; `None` if it has more than `limit` bytes.
async fn whole(
    mut body: ResponseBody,
    by: Deadline,
    limit: usize,
) -> Result<Option<Bytes>, SendError> {
    // Most bodies arrive in one chunk, which is not copied.
    let mut first = Bytes::new();
    let mut bytes = Vec::new();
    while let Some(piece) = within(by, body.piece()).await? {
        let piece = piece?;
        if piece.len() > limit - first.len().max(bytes.len()) {
            return Ok(None);
        }
        if first.is_empty() && bytes.is_empty() {
            first = piece;
            continue;
        }
        bytes.extend_from_slice(&std::mem::take(&mut first));
        bytes.extend_from_slice(&piece);
    }
    Ok(Some(if bytes.is_empty() {
        first
    } else {
        bytes.into()
    }))
}

/// Reads the body of an error as far as it arrives: its status matters even if the rest is lost.
async fn start_of(mut body: ResponseBody, by: Deadline) -> Start {
    let mut bytes = Vec::new();
    let is_whole = loop {
        match within(by, body.piece()).await {
            Ok(Some(Ok(piece))) => {
                let left = api_error::BODY_LIMIT - bytes.len();
                bytes.extend_from_slice(&piece[..piece.len().min(left)]);
                if piece.len() > left {
                    break false;
                }
            }
            Ok(None) => break true,
            Ok(Some(Err(_))) | Err(_) => break false,
        }
    };
    let body = bytes.into();
    Start { body, is_whole }
}
