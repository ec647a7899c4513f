//! One attempt: a request out, the answer in, within its time and its size.
//!
//! Nothing here repeats a request or decodes a body.

pub(crate) mod api_error;
mod limits;
mod sent;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use tokio::time::Instant;

use self::limits::OutOfTime;
pub(crate) use self::limits::{Deadline, Limits, within};
pub(crate) use self::sent::Sent;
use crate::error::{BodyTooLargeError, Error, SendError, SendErrorKind, TransportError};
use crate::operation::Operation;
use crate::transport::{ResponseBody, Transport, Unsent};
use crate::vendor::Vendor;

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
    vendor: &'static Vendor,
    operation: &'static Operation,
    mut request: Request<Bytes>,
    by: Deadline,
    limits: &Limits,
) -> Result<Answer, Error> {
    let of_request = Sent::new(vendor, &request);
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
            api_error::read(operation.id, &of_request, head.status, head.headers, body).into(),
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
    while bytes.len() < api_error::BODY_LIMIT
        && let Ok(Some(Ok(piece))) = within(by, body.piece()).await
    {
        let wanted = piece.len().min(api_error::BODY_LIMIT - bytes.len());
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
