//! What of a request its answer is read with.

use http::{HeaderMap, Request, Uri};

use crate::body::Body;
use crate::error::one_line;
use crate::response;
use crate::signing::SignedWith;
use crate::vendor::Vendor;

/// The length, in characters, to which the id of a request is cut. UUIDs have 36.
const REQUEST_ID_LIMIT: usize = 100;

/// What of a request its answer is read with.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) vendor: &'static Vendor,
    pub(crate) url: Uri,
    pub(crate) signed_with: SignedWith,
}

impl Sent {
    /// A request of which nothing is known but the vendor.
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

    /// Returns what a server wrote, to be shown: on one line of at most `limit` characters, without what it repeats of
    /// the credentials. They are taken out first, because a part of them could not be told.
    pub(crate) fn shown(&self, text: &str, limit: usize) -> String {
        one_line(&self.signed_with.concealed_in(text), limit)
    }

    /// Returns the id of the request among the headers of its answer, for an error to keep.
    pub(crate) fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        response::request_id(headers, self.vendor).map(|id| self.shown(id, REQUEST_ID_LIMIT))
    }
}
