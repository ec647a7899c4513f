//! The transport of every client that has no other: the only module that names the HTTP library.
//!
//! All that the library's own Cargo features could switch on is set in `pool`: they are one for a whole program, so that
//! another crate in it decides about them.

mod pool;
mod tls_setup;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use http_body_util::BodyExt as _;
use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

pub(crate) use self::pool::HttpSettings;
#[cfg(feature = "reqwest")]
pub(crate) use self::pool::{OwnBuilder, ReqwestBuilder};
use self::tls_setup::Secured;
use super::proxies::Proxies;
use super::unsent::{Broken, TellingBody};
use super::{ResponseBody, Target, Transport, TransportFuture, roots};
use crate::body::Body;
use crate::error::{Error, SendError, SendErrorKind, cause, one_line};
use crate::origin;

/// The length, in characters, to which what the library says of a fault is cut.
const TEXT_LIMIT: usize = 200;

/// Two pools of connections.
pub(crate) struct HttpClient(Arc<Pools>);

struct Pools {
    /// By way of the proxies that the environment names.
    http: reqwest::Client,
    /// To this machine, without a proxy and without TLS.
    own_machine: reqwest::Client,
    /// What `http` goes by, to be named in errors.
    proxies: Matcher,
    connect_timeout: Duration,
    /// Whether nobody is trusted, because the system has no root certificates.
    lacks_roots: bool,
}

impl HttpClient {
    /// Whether it can speak `https`.
    pub(crate) const HAS_TLS: bool = cfg!(any(feature = "__rustls", feature = "native-tls"));

    /// Sets up the pools without opening a connection. A system without root certificates is none of its faults.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a proxy cannot be read, if a certificate is none, or if TLS cannot be set up.
    pub(crate) fn new(settings: &HttpSettings) -> Result<Self, Error> {
        let (secured, proxies) = outward(settings)?;
        let text = |url: &Option<Url>| url.as_ref().map_or_else(String::new, Url::to_string);
        let matcher = Matcher::builder()
            .http(text(&proxies.http))
            .https(text(&proxies.https))
            .no(proxies.except);
        Ok(Self(Arc::new(Pools {
            http: pool::built(secured.pool)?,
            own_machine: pool::built(tls_setup::trusting_nobody(pool::start(settings))?)?,
            proxies: matcher.build(),
            connect_timeout: settings.connect_timeout,
            lacks_roots: secured.lacks_roots,
        })))
    }
}

/// Returns the pool for requests that leave this machine, with TLS and by proxies, and those proxies. Those of a program's
/// own builder are not known.
fn outward(settings: &HttpSettings) -> Result<(Secured, Proxies), Error> {
    #[cfg(feature = "reqwest")]
    if let Some(own) = &settings.own {
        let pool = pool::ruled(own.take()?);
        let secured = tls_setup::added_to(pool, &settings.tls)?;
        return Ok((secured, Proxies::default()));
    }
    let lookup = |name: &str| std::env::var(name);
    let proxies = settings.proxy.proxies(lookup, HttpClient::HAS_TLS)?;
    let pool = pool::with_proxies(pool::start(settings), &proxies)?;
    Ok((tls_setup::secured(pool, &settings.tls)?, proxies))
}

/// Tells whether no proxy is used for a request to `url`.
///
/// Plain `http` is allowed to this machine because nobody can listen in there. A proxy (`HTTP_PROXY`, `ALL_PROXY`)
/// would be handed the credentials in clear text over the network.
fn goes_past_proxies(url: &Url) -> bool {
    url.scheme() != "https" && origin::is_loopback(url)
}

impl Pools {
    /// Returns the pool for a request to `url`.
    fn pool_for(&self, url: &Url) -> Result<&reqwest::Client, SendError> {
        if goes_past_proxies(url) {
            return Ok(&self.own_machine);
        }
        if url.scheme() == "https" && self.lacks_roots {
            let missing = roots::missing();
            let error = SendError::new(SendErrorKind::Certificate, missing.clone());
            return Err(error.because(missing));
        }
        Ok(&self.http)
    }

    async fn send(
        &self,
        request: Request<Body>,
    ) -> Result<http::Response<ResponseBody>, SendError> {
        let request = self.request(request)?;
        let pool = self.pool_for(request.url())?;
        // Between two calls of `block_on`, or while a program blocks its thread, nobody sees that a server closed a
        // connection. The runtime looks at its sockets before it goes on here, so that such a connection is not used.
        tokio::task::yield_now().await;
        let response = pool.execute(request).await;
        let response = response.map_err(|error| self.send_error(error))?;
        let (head, body) = http::Response::from(response).into_parts();
        let body = ResponseBody::failing_so(body.map_err(body_error));
        Ok(http::Response::from_parts(head, body))
    }

    /// Makes the library's own request, which tells whether it was sent.
    fn request(&self, request: Request<Body>) -> Result<reqwest::Request, SendError> {
        let (mut head, body) = request.into_parts();
        let unsent = head.extensions.remove().unwrap_or_default();
        let body = reqwest::Body::wrap(TellingBody::new(body, unsent));
        let Some(Target(url)) = head.extensions.remove() else {
            let request = reqwest::Request::try_from(Request::from_parts(head, body));
            return request.map_err(|error| self.send_error(error));
        };
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body);
        Ok(request)
    }

    /// Keeps the library's error without its URL, whose query may hold personal data.
    fn send_error(&self, error: reqwest::Error) -> SendError {
        let fault = certificate_fault(&error);
        let kind = if error.is_builder() {
            SendErrorKind::Unsendable
        } else if is_of_body(&error) {
            SendErrorKind::Body
        } else if fault.is_some() {
            SendErrorKind::Certificate
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
        let cause = fault.or_else(|| self.cause(kind, &error));
        let proxy = error.url().and_then(|url| self.proxy_for(url));
        let error = SendError::new(kind, error.without_url());
        match (cause, proxy) {
            (Some(cause), Some(proxy)) => error.because(format!("by the proxy {proxy}: {cause}")),
            (Some(cause), None) => error.because(cause),
            (None, _) => error,
        }
    }

    /// Returns host and port of the proxy that a request to `url` goes by.
    fn proxy_for(&self, url: &Url) -> Option<String> {
        if goes_past_proxies(url) {
            return None;
        }
        let proxy = self.proxies.intercept(&url.as_str().parse().ok()?)?;
        Some(proxy.uri().authority()?.to_string())
    }

    /// Returns what is behind a failure, but for certificates.
    fn cause(&self, kind: SendErrorKind, error: &reqwest::Error) -> Option<Cow<'static, str>> {
        let by_system = cause::of(error).map(Cow::from);
        let said = || cause::chain(error).find_map(named);
        if kind == SendErrorKind::ConnectTimeout && by_system.is_none() {
            let limit = self.connect_timeout;
            return Some(format!("the `connect_timeout` of {limit:?} is over").into());
        }
        if error.is_dns() {
            return Some(unresolved(error));
        }
        let by_tls = || {
            let is_tls = error.url().is_some_and(|url| url.scheme() == "https");
            (is_tls && kind == SendErrorKind::Connect).then_some("TLS failed".into())
        };
        by_system.or_else(said).or_else(by_tls)
    }
}

/// Returns what a name server said.
fn unresolved(error: &reqwest::Error) -> Cow<'static, str> {
    let said = cause::chain(error).last().map(ToString::to_string);
    let said = said.unwrap_or_default();
    let said = said.rsplit(": ").next().unwrap_or_default();
    format!(
        "its name cannot be resolved ({})",
        one_line(said, TEXT_LIMIT)
    )
    .into()
}

/// Returns what is wrong with a certificate, and if none can be right here, what is missing.
fn certificate_fault(error: &reqwest::Error) -> Option<Cow<'static, str>> {
    #[cfg(any(feature = "__rustls", feature = "native-tls"))]
    {
        let fault = cause::chain(error).find_map(super::tls::certificate_fault)?;
        if fault == super::tls::UNKNOWN_ISSUER && roots::are_missing() {
            return Some(roots::missing().into());
        }
        Some(fault.into())
    }
    #[cfg(not(any(feature = "__rustls", feature = "native-tls")))]
    {
        let _ = error;
        None
    }
}

/// Returns what an error of the library's parts says.
fn named(error: &(dyn StdError + 'static)) -> Option<Cow<'static, str>> {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        if error.is_incomplete_message() {
            return Some("the connection closed before an answer came".into());
        }
        if error.is_parse() {
            return Some("what came is no HTTP/1.1".into());
        }
    }
    #[cfg(feature = "__rustls")]
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(format!("TLS failed, {}", one_line(&error.to_string(), TEXT_LIMIT)).into());
    }
    let text = error.to_string();
    match text.strip_prefix("tunnel error: ")? {
        "proxy authorization required" => Some("it wants other credentials".into()),
        _ => Some("it makes no connection".into()),
    }
}

/// Tells whether nothing of the request was written.
///
/// An error of the pool without a connection is from before the request was handed to one. One that was canceled had
/// the request, but was closed before it took it up; the library repeats that by itself if the connection was not new.
fn was_unsent(error: &reqwest::Error) -> bool {
    cause::chain(error).any(|error| {
        let pool = error.downcast_ref::<hyper_util::client::legacy::Error>();
        let connection = error.downcast_ref::<hyper::Error>();
        pool.is_some_and(|error| error.connect_info().is_none())
            || connection.is_some_and(hyper::Error::is_canceled)
    })
}

/// Tells whether the body of the request could not be read.
fn is_of_body(error: &reqwest::Error) -> bool {
    cause::chain(error).any(|it| matches!(it.downcast_ref(), Some(Broken::Body(_))))
}

/// An error in the body of an answer.
fn body_error(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let cause = cause::of(&error).unwrap_or_else(|| "the body broke off".to_owned());
    SendError::new(SendErrorKind::Disconnect, error).because(cause)
}

impl Transport for HttpClient {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let pools = Arc::clone(&self.0);
        Box::pin(async move { pools.send(request).await })
    }
}
