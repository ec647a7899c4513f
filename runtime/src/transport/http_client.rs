//! The transport of every client that has no other: the only file that names the HTTP library.

use std::error::Error as _;
use std::iter::successors;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use reqwest::ClientBuilder;
use reqwest::redirect::Policy;
use url::Url;

use super::{ResponseBody, SendError, SendErrorKind, Transport, TransportFuture};
use crate::error::{ConfigurationError, Error};
use crate::origin;

/// How long a connection is kept when nothing goes over it. Load balancers and servers give up theirs after 60 s and
/// more; whoever closes first does not meet a connection that the other one has closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(45);

/// Two pools of connections.
pub(crate) struct HttpClient {
    /// By way of the proxies that the environment names.
    http: reqwest::Client,
    /// To this machine, without a proxy and without TLS.
    own_machine: reqwest::Client,
}

impl HttpClient {
    /// Whether it can speak `https`.
    pub(crate) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

    /// Sets up the pools without opening a connection.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if TLS cannot be set up.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, Error> {
        let set_up = |pool: ClientBuilder| {
            let pool = pool
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .pool_idle_timeout(IDLE_TIMEOUT)
                .connect_timeout(connect_timeout);
            pool.build().map_err(|error| {
                ConfigurationError::caused_by("the HTTP client cannot be set up", error)
            })
        };
        Ok(Self {
            http: set_up(reqwest::Client::builder())?,
            own_machine: set_up(trusting_nobody(reqwest::Client::builder().no_proxy()))?,
        })
    }

    /// Returns the pool for a request to `url`.
    ///
    /// Plain `http` is allowed to this machine because nobody can listen in there. A proxy (`HTTP_PROXY`, `ALL_PROXY`)
    /// would be handed the credentials in clear text over the network.
    fn pool_for(&self, url: &Url) -> &reqwest::Client {
        if url.scheme() != "https" && origin::is_loopback(url) {
            &self.own_machine
        } else {
            &self.http
        }
    }
}

/// Leaves out the certificates of the platform, which take long to load: for a pool that has no use for them.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn trusting_nobody(pool: ClientBuilder) -> ClientBuilder {
    pool.tls_certs_only([])
}

/// Without TLS there are no certificates.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn trusting_nobody(pool: ClientBuilder) -> ClientBuilder {
    pool
}

impl Transport for HttpClient {
    fn send(&self, request: Request<Bytes>) -> TransportFuture {
        let request = reqwest::Request::try_from(request)
            .map(|request| (self.pool_for(request.url()).clone(), request));
        Box::pin(async move {
            let (http, request) = request.map_err(send_error)?;
            // Between two calls of `block_on`, or while a program blocks its thread, nobody sees that a server closed a
            // connection. The runtime looks at its sockets before it goes on here, so that such a connection is not used.
            tokio::task::yield_now().await;
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
    } else if was_unsent(&error) {
        SendErrorKind::Unsent
    } else {
        SendErrorKind::Disconnect
    };
    SendError::new(kind, error.without_url())
}

/// Tells whether nothing of the request was written.
///
/// An error of the pool without a connection is from before the request was handed to one. One that was canceled had
/// the request, but was closed before it took it up; the library repeats that by itself if the connection was not new.
fn was_unsent(error: &reqwest::Error) -> bool {
    successors(error.source(), |error| (*error).source()).any(|error| {
        let pool = error.downcast_ref::<hyper_util::client::legacy::Error>();
        let connection = error.downcast_ref::<hyper::Error>();
        pool.is_some_and(|error| error.connect_info().is_none())
            || connection.is_some_and(hyper::Error::is_canceled)
    })
}
