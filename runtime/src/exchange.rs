//! One attempt: a request out, the answer in, within its time and its size.
//!
//! Nothing here repeats a request or decodes a body.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, Uri, header};
use tokio::task::unconstrained;
use tokio::time::{Instant, sleep_until};

use crate::auth::Authorization;
use crate::error::{
    ApiError, BodyTooLargeError, ERROR_BODY_LIMIT, Error, TransportError, one_line,
};
use crate::operation::Operation;
use crate::transport::{ResponseBody, SendError, SendErrorKind, Transport, Unsent};

/// What one call may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The time from the start of an attempt to the last byte of its answer.
    pub(crate) attempt_timeout: Duration,
    /// The time for all attempts and the waits between them.
    pub(crate) timeout: Duration,
    /// The size of a decoded body, in bytes.
    pub(crate) max_body_size: usize,
}

/// The least memory that the decoded values of an answer may take, in bytes.
const LEAST_DECODE_MEMORY: usize = 16 * 1024 * 1024;

impl Limits {
    /// Returns how much memory the decoded values of one answer may take, in bytes: twice the size of the largest body.
    /// Small objects take more memory than their text, so it is never less than 16 MiB.
    pub(crate) fn decode_memory(&self) -> usize {
        self.max_body_size
            .saturating_mul(2)
            .max(LEAST_DECODE_MEMORY)
    }
}

/// What of a request its answer is read with.
#[derive(Clone, Default)]
pub(crate) struct Sent {
    pub(crate) url: Uri,
    pub(crate) authorization: Option<Authorization>,
}

impl Sent {
    fn new(request: &Request<Bytes>) -> Self {
        Self {
            url: request.uri().clone(),
            authorization: Authorization::sent_in(request.headers()),
        }
    }

    /// Returns host and port of the request.
    fn authority(&self) -> String {
        let host = self.url.host().unwrap_or_default();
        let default = match self.url.scheme_str() {
            Some("http") => 80,
            Some(_) | None => 443,
        };
        format!("{host}:{}", self.url.port_u16().unwrap_or(default))
    }

    /// Returns what a server wrote, to be shown: on one line of at most `limit` characters, without what it repeats of
    /// the credentials. They are taken out first, because a part of them could not be told.
    pub(crate) fn shown(&self, text: &str, limit: usize) -> String {
        match &self.authorization {
            Some(authorization) => one_line(&authorization.concealed_in(text), limit),
            None => one_line(text, limit),
        }
    }
}

/// A 2xx answer, read to its end.
pub(crate) struct Answer {
    pub(crate) sent: Sent,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// When the time for the attempt ends, and with it that for decoding; `None` is never.
    pub(crate) ends: Option<Instant>,
}

/// Sends `request` once and reads the answer, until the time `by`.
///
/// # Errors
///
/// Returns [`Error::Transport`] if no whole answer came, [`Error::BodyTooLarge`] if it was larger than `limits` let
/// it be, and [`Error::Api`] for any status but 2xx, with what came of the body.
pub(crate) async fn attempt(
    transport: &dyn Transport,
    operation: &'static Operation,
    mut request: Request<Bytes>,
    by: Deadline,
    limits: &Limits,
) -> Result<Answer, Error> {
    let of_request = Sent::new(&request);
    let failed = |error| TransportError::new(operation.id, error).to(of_request.authority());
    let unsent = Unsent::default();
    request.extensions_mut().insert(unsent.clone());
    let sent = within(by, transport.send(request)).await;
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
        let body = start_of(body, by).await;
        return Err(
            ApiError::read(operation.id, &of_request, head.status, head.headers, body).into(),
        );
    }
    let too_large = || BodyTooLargeError {
        operation: operation.id,
        status: head.status,
        limit: limits.max_body_size,
    };
    if announced_length(&head.headers).is_some_and(|it| it > limits.max_body_size) {
        return Err(too_large().into());
    }
    match whole(body, by, limits.max_body_size).await {
        Ok(Some(body)) => Ok(Answer {
            sent: of_request,
            status: head.status,
            headers: head.headers,
            body,
            ends: by.at,
        }),
        Ok(None) => Err(too_large().into()),
        Err(error) => Err(failed(error).into()),
    }
}

/// Returns the error of a request that no transport can send.
pub(crate) fn unsendable(operation: &Operation, error: http::Error) -> Error {
    TransportError::new(
        operation.id,
        SendError::new(SendErrorKind::Unsendable, error),
    )
    .into()
}

/// Waits for `future`, until the time `by`.
pub(crate) async fn within<F: Future>(by: Deadline, future: F) -> Result<F::Output, OutOfTime> {
    let Some(at) = by.at else {
        return Ok(future.await);
    };
    let mut future = pin!(future);
    // Made when it is needed: most of what is waited for is there already. It does not share the task's budget, which
    // the future may have used up.
    let mut timer = pin!(None);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if timer.is_none() {
            timer.set(Some(unconstrained(sleep_until(at))));
        }
        if let Some(timer) = timer.as_mut().as_pin_mut() {
            ready!(timer.poll(context));
        }
        Poll::Ready(Err(OutOfTime(by)))
    })
    .await
}

/// Reads a body to its end; `None` if it has more than `limit` bytes.
async fn whole(
    mut body: ResponseBody,
    by: Deadline,
    limit: usize,
) -> Result<Option<Bytes>, SendError> {
    // Most bodies come in one piece, which is not copied.
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

/// Reads the body of an error as far as it comes: its status counts even if the rest is lost.
async fn start_of(mut body: ResponseBody, by: Deadline) -> Bytes {
    let mut bytes = Vec::new();
    while bytes.len() < ERROR_BODY_LIMIT
        && let Ok(Some(Ok(piece))) = within(by, body.piece()).await
    {
        let wanted = piece.len().min(ERROR_BODY_LIMIT - bytes.len());
        bytes.extend_from_slice(&piece[..wanted]);
    }
    bytes.into()
}

/// Returns the length that an answer says its body has (RFC 9110 §8.6).
fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// When something must have come to its end, and which limit says so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    /// `None` is never.
    at: Option<Instant>,
    /// The builder's method that sets the limit.
    setting: &'static str,
    limit: Duration,
}

impl Deadline {
    /// The end of an attempt that began at `start`.
    pub(crate) fn of_attempt(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: "attempt_timeout",
            limit,
        }
    }

    /// The end of a call that began at `start`.
    pub(crate) fn of_call(start: Instant, limit: Duration) -> Self {
        Self {
            at: start.checked_add(limit),
            setting: "timeout",
            limit,
        }
    }

    /// Returns whichever of two comes first.
    pub(crate) fn earlier(self, other: Self) -> Self {
        match (self.at, other.at) {
            (None, Some(_)) => other,
            (Some(own), Some(others)) if others < own => other,
            (None | Some(_), _) => self,
        }
    }
}

/// A limit of time that was reached.
#[derive(Debug)]
pub(crate) struct OutOfTime(Deadline);

impl OutOfTime {
    /// Returns the error of a request that was so far when the limit was reached.
    pub(crate) fn into_error(self, kind: SendErrorKind) -> SendError {
        let cause = self.to_string();
        SendError::new(kind, self).because(cause)
    }
}

/// Of a request that is under way.
impl From<OutOfTime> for SendError {
    fn from(error: OutOfTime) -> Self {
        error.into_error(SendErrorKind::Timeout)
    }
}

impl fmt::Display for OutOfTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Deadline { setting, limit, .. } = self.0;
        write!(f, "the `{setting}` of {limit:?} is over")
    }
}

impl std::error::Error for OutOfTime {}
