//! A decoded answer with its status and headers.

use std::fmt;

use http::{HeaderMap, StatusCode};

/// A successful answer: its status (always 2xx), headers and decoded body.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: T,
}

impl<T> Response<T> {
    /// Returns the status. It compares with a plain number: `response.status() == 202`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id of the request, as Twilio's support asks for it (header `Twilio-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Shows no headers: they may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Returns the `Twilio-Request-Id` among `headers`, if it is text.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("twilio-request-id")?.to_str().ok()
}
