//! The seam between this crate and the HTTP library: one request out, one answer in.
//!
//! Nothing here knows about errors of the API or paging, follows redirects or repeats a request: those decisions
//! are made above it. The HTTP library is named in `http_client` alone.

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

/// An answer, or why there is none, when it comes.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<Response<ResponseBody>, SendError>> + Send>>;

/// The URL of a request, which is an extension of it: the HTTP library wants it parsed so.
#[derive(Clone)]
pub(crate) struct Target(pub(crate) Url);

/// Sends HTTP requests: the seam where a program puts an HTTP client of its own, a recorder or a fake service.
///
/// The default is a pool of connections. Another one is set with
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// An implementation sends a request once and returns the answer whatever its status. It must not follow redirects
/// and must not repeat a request: the credentials are for the URL of the request alone, and whether it may be sent
/// again is decided above it. Timeouts, the cap on bodies and the limit of calls in flight hold for every
/// transport, because they are kept above it, too; the connect timeout is the transport's own.
///
/// The body of a request is bytes or a stream, which is sent as [`Body::into_stream`] gives it, unless it is wanted whole
/// ([`Body::collect`]). If it fails, the error is a [`SendErrorKind::Body`](crate::SendErrorKind::Body).
///
/// The request carries its [`Operation`](crate::Operation) as an extension (`&'static Operation`), unless it is one
/// for a token. Its `Authorization` header is marked as sensitive, and holds the credentials.
///
/// ```
/// use std::sync::Mutex;
///
/// use twilio_runtime::{Body, Client, Transport, TransportFuture, http};
///
/// /// Answers everything with the same JSON, and keeps the paths that were asked for.
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
    /// Sends `request`, whose URL is absolute, once. The future fails if no answer came; a status is never a
    /// failure.
    fn send(&self, request: Request<Body>) -> TransportFuture;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        (**self).send(request)
    }
}
