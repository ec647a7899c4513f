//! The interface to the HTTP library: sends one request and returns the response.
//!
//! This module neither knows API errors and paging nor follows redirects or retries: the modules above decide that.
//! Only `http_client` names the HTTP library.

mod body;
mod http_client;
mod proxies;
mod roots;
#[cfg(any(feature = "__rustls", feature = "native-tls"))]
mod tls;
mod unsent;

use std::pin::Pin;
use std::sync::Arc;

use http::{Request, Response};
use url::Url;

pub use self::body::ResponseBody;
pub(crate) use self::http_client::{HttpClient, HttpSettings};
#[cfg(feature = "reqwest")]
pub(crate) use self::http_client::{OwnBuilder, ReqwestBuilder};
pub(crate) use self::proxies::ProxyChoice;
pub(crate) use self::unsent::Unsent;
use crate::body::Body;
use crate::error::SendError;

/// The future of a response, or of why there is none.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<Response<ResponseBody>, SendError>> + Send>>;

/// The parsed URL of a request, as an extension of it, which the HTTP library requires.
#[derive(Clone)]
pub(crate) struct Target(pub(crate) Url);

/// Sends HTTP requests. Implement it to use your own HTTP client, a recorder or a fake service.
///
/// The default is a connection pool. Set another transport with
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// An implementation sends a request once and returns the response whatever its status. It must neither follow
/// redirects nor retry: credentials are only for the URL of the request, and the client decides what to retry. The
/// client enforces timeouts, body limits and the limit on concurrent calls for every transport, except the connect
/// timeout, which the transport must implement itself.
///
/// The body of a request is bytes or a stream. Send it as [`Body::into_stream`] returns it, or read it whole with
/// [`Body::collect`]. If that fails, return a [`SendErrorKind::Body`](crate::SendErrorKind::Body).
///
/// The request carries its [`Operation`](crate::Operation) as an extension (`&'static Operation`), unless it is a token
/// request. Its `Authorization` header contains the credentials, and is marked as sensitive.
///
/// ```
/// # use twilio_runtime::{Body, Client, Transport, TransportFuture, http};
/// use std::sync::Mutex;
///
/// /// Responds to everything with the same JSON, and records the requested paths.
/// #[derive(Default)]
/// struct Recorder {
///     paths: Mutex<Vec<String>>,
/// }
///
/// impl Transport for Recorder {
///     fn send(&self, request: http::Request<Body>) -> TransportFuture {
///         self.paths.lock().unwrap().push(request.uri().path().to_owned());
///         Box::pin(async { Ok(http::Response::new(r#"{"sid": "HF1"}"#.into())) })
///     }
/// }
///
/// let client = Client::builder().basic_auth("AC…", "token").transport(Recorder::default()).build()?;
/// # Ok::<(), twilio_runtime::Error>(())
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, whose URL is absolute, once. The future fails if no response arrives; no status is a failure.
    fn send(&self, request: Request<Body>) -> TransportFuture;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        (**self).send(request)
    }
}
