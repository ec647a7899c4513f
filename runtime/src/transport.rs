//! The seam between this crate and the HTTP library: one request out, one answer in.
//!
//! Nothing here knows about errors of the API or paging, follows redirects or repeats a request: those decisions
//! are made above it. The HTTP library is named in `http_client` alone.

mod body;
mod cause;
mod http_client;
mod proxies;
mod roots;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod unsent;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use url::Url;

pub use self::body::ResponseBody;
pub(crate) use self::http_client::{HttpClient, HttpSettings};
pub(crate) use self::unsent::Unsent;

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
/// The request carries its [`Operation`](crate::Operation) as an extension (`&'static Operation`), unless it is one
/// for a token. Its `Authorization` header is marked as sensitive, and holds the credentials.
///
/// ```
/// use std::sync::Mutex;
///
/// use twilio_runtime::{Bytes, Client, Transport, TransportFuture, http};
///
/// /// Answers everything with the same JSON, and keeps the paths that were asked for.
/// #[derive(Default)]
/// struct Recorder {
///     paths: Mutex<Vec<String>>,
/// }
///
/// impl Transport for Recorder {
///     fn send(&self, request: http::Request<Bytes>) -> TransportFuture {
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
    fn send(&self, request: Request<Bytes>) -> TransportFuture;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> TransportFuture {
        (**self).send(request)
    }
}

/// Why a [`Transport`] has no answer to a request. It decides whether the request may be sent again.
#[derive(Debug)]
pub struct SendError {
    kind: SendErrorKind,
    /// What is shown of the source.
    cause: Option<Cow<'static, str>>,
    source: Box<dyn StdError + Send + Sync>,
}

/// What kept a request from being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The request is none that can be sent, however often.
    Unsendable,
    /// No connection could be made: the service has not seen the request.
    Connect,
    /// No connection was made in time: the service has not seen the request.
    ConnectTimeout,
    /// A certificate kept the connection from being made, the server's or the client's, so that another attempt would not
    /// help: the service has not seen the request.
    Certificate,
    /// The connection closed before any of the request was written to it: the service has not seen the request.
    Unsent,
    /// The time for the whole call ran out while the request waited for its turn or for credentials: it was not sent.
    WaitTimeout,
    /// The time for the attempt, or for the whole call, ran out. The service may have carried the request out.
    Timeout,
    /// The connection broke, or what came over it was no HTTP. The service may have carried the request out.
    Disconnect,
}

impl SendError {
    /// Makes an error. `source` is shown to whoever prints the chain of errors, so it must hold no credentials. If it comes
    /// of an [`std::io::Error`] of the system, such as a refused connection, the error of the call says that, too.
    pub fn new(kind: SendErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self {
            kind,
            cause: cause::of(&*source).map(Cow::from),
            source,
        }
    }

    /// Says what is shown of the source, which must be free of what the request holds.
    pub(crate) fn because(mut self, cause: impl Into<Cow<'static, str>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Returns what happened.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Returns what is shown of the source, and the source.
    pub(crate) fn into_cause(self) -> (Option<Cow<'static, str>>, Box<dyn StdError + Send + Sync>) {
        (self.cause, self.source)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.kind, f)
    }
}

impl fmt::Display for SendErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsendable => "the request cannot be sent",
            Self::Connect => "no connection could be made",
            Self::ConnectTimeout => "connecting timed out",
            Self::Certificate => "a certificate kept the connection from being made",
            Self::Unsent => "the connection closed before the request was sent",
            Self::WaitTimeout => "the time ran out before the request was sent",
            Self::Timeout => "the request timed out",
            Self::Disconnect => "the request failed on its way",
        })
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
