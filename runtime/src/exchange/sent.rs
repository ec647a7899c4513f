//! The properties of a request that are needed to read its response.

use http::{HeaderMap, Request, Uri};

use crate::body::Body;
use crate::error::one_line;
use crate::response;
use crate::signing::SignedWith;
use crate::vendor::Vendor;

/// The length, in characters, to which a request id is truncated. UUIDs have 36.
const REQUEST_ID_LIMIT: usize = 100;

/// The properties of a request that are needed to read its response.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) vendor: &'static Vendor,
    pub(crate) url: Uri,
    pub(crate) signed_with: SignedWith,
}

impl Sent {
    /// Creates a value for a request of which only the vendor is known.
    #[cfg(test)]
    pub(crate) fn to(vendor: &'static Vendor) -> Self {
        Self {
            vendor,
            url: Uri::default(),
            signed_with: SignedWith::default(),
        }
    }

    pub(super) fn new(vendor: &'static Vendor, request: &Request<Body>) -> Self {
        Self {
            vendor,
            url: request.uri().clone(),
            signed_with: SignedWith::of(request).cloned().unwrap_or_default(),
        }
    }

    /// Returns host and port of the request.
    pub(crate) fn authority(&self) -> String {
        let host = self.url.host().unwrap_or_default();
        let default = match self.url.scheme_str() {
            Some("http") => 80,
            Some(_) | None => 443,
        };
        format!("{host}:{}", self.url.port_u16().unwrap_or(default))
    }

    /// Prepares text from a server for display: on one line of at most `limit` characters, with copies of the
    /// credentials redacted. That comes first, because truncated credentials would not be recognised.
    pub(crate) fn shown(&self, text: &str, limit: usize) -> String {
        one_line(&self.signed_with.redacted_in(text), limit)
    }

    /// Returns the request id from the headers of the response, to keep in an error.
    pub(crate) fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        response::request_id(headers, self.vendor).map(|id| self.shown(id, REQUEST_ID_LIMIT))
    }
}
