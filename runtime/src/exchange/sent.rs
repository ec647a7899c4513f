//! What of a request its answer is read with.

use bytes::Bytes;
use http::{HeaderMap, Request, Uri};

use crate::auth::Authorization;
use crate::error::one_line;
use crate::response;

/// The length, in characters, to which the id of a request is cut. Twilio's have 34.
const REQUEST_ID_LIMIT: usize = 100;

/// What of a request its answer is read with.
#[derive(Clone, Default)]
pub(crate) struct Sent {
    pub(crate) url: Uri,
    pub(crate) authorization: Option<Authorization>,
}

impl Sent {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        Self {
            url: request.uri().clone(),
            authorization: Authorization::sent_in(request.headers()),
        }
    }

    /// Returns host and port of the request.
    pub(super) fn authority(&self) -> String {
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

    /// Returns the id of the request among the headers of its answer, for an error to keep.
    pub(crate) fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        response::request_id(headers).map(|id| self.shown(id, REQUEST_ID_LIMIT))
    }
}
