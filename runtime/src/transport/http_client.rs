//! The transport of every client that has no other: the only file that names the HTTP library.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use reqwest::redirect::Policy;

use super::{ResponseBody, SendError, SendErrorKind, Transport, TransportFuture};
use crate::error::{ConfigurationError, Error};

/// A pool of connections.
pub(crate) struct HttpClient {
    http: reqwest::Client,
}

impl HttpClient {
    /// Sets up a pool without opening a connection.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if TLS cannot be set up.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, Error> {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .build()
            .map_err(|error| {
                ConfigurationError::caused_by("the HTTP client cannot be set up", error)
            })?;
        Ok(Self { http })
    }
}

impl Transport for HttpClient {
    fn send(&self, request: Request<Bytes>) -> TransportFuture {
        let http = self.http.clone();
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(send_error)?;
            let response = http.execute(request).await.map_err(send_error)?;
            let (head, body) = http::Response::from(response).into_parts();
            let body = ResponseBody::new(http_body_util::BodyExt::map_err(
                body,
                reqwest::Error::without_url,
            ));
            Ok(http::Response::from_parts(head, body))
        })
    }
}

/// Keeps the library's error without its URL, whose query may hold personal data.
fn send_error(error: reqwest::Error) -> SendError {
    let kind = if error.is_builder() {
        SendErrorKind::Unsendable
    } else if error.is_connect() && error.is_timeout() {
        SendErrorKind::ConnectTimeout
    } else if error.is_connect() {
        SendErrorKind::Connect
    } else if error.is_timeout() {
        SendErrorKind::Timeout
    } else {
        SendErrorKind::Disconnect
    };
    SendError::new(kind, error.without_url())
}
