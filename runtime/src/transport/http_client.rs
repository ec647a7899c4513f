//! The default transport: the only module that names the HTTP library.
//!
//! `pool` sets everything that the library's own Cargo features could enable: features are unified across a program, so
//! another crate may turn them on.

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
use crate::environment::PROCESS;
use crate::error::{Error, SendError, SendErrorKind, cause, one_line};
use crate::origin;

/// The length, in characters, to which a message of the library is truncated.
const TEXT_LIMIT: usize = 200;

/// Two connection pools.
pub(crate) struct HttpClient(Arc<Pools>);

struct Pools {
    /// Through the proxies in the environment.
    http: reqwest::Client,
    /// To this machine, without a proxy and without TLS.
    own_machine: reqwest::Client,
    /// The proxies of the first pool, to be named in errors.
    proxies: Matcher,
    connect_timeout: Duration,
    /// Whether no certificate is trusted, because the system has no root certificates.
    lacks_roots: bool,
}

impl HttpClient {
    /// Whether `https` is supported.
    pub(crate) const HAS_TLS: bool = cfg!(any(feature = "__rustls", feature = "native-tls"));

    /// Sets up the pools without opening a connection. A system without root certificates is not an error here.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a proxy cannot be parsed, a certificate is invalid, or TLS cannot be set up.
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

/// Returns the pool for requests that leave this machine, with TLS and proxies, and those proxies. The proxies of a
/// program's own builder are unknown.
fn outward(settings: &HttpSettings) -> Result<(Secured, Proxies), Error> {
    #[cfg(feature = "reqwest")]
    if let Some(own) = &settings.own {
        let pool = pool::ruled(own.take()?);
        let secured = tls_setup::added_to(pool, &settings.tls)?;
        return Ok((secured, Proxies::default()));
    }
    let proxies = settings.proxy.proxies(PROCESS, HttpClient::HAS_TLS)?;
    let pool = pool::with_proxies(pool::start(settings), &proxies)?;
    Ok((tls_setup::secured(pool, &settings.tls)?, proxies))
}

/// Returns whether requests to `url` use no proxy.
///
/// Plain `http` is allowed to this machine because nobody can listen in. A proxy (`HTTP_PROXY`, `ALL_PROXY`) would
/// receive the credentials in clear text over the network.
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
        // Between two calls of `block_on`, or while a program blocks its thread, the runtime does not notice that a
        // server closed a connection. Yielding makes it check its sockets first, so that such a connection is not used.
        tokio::task::yield_now().await;
        let response = pool.execute(request).await;
        let response = response.map_err(|error| self.send_error(error))?;
        let (head, body) = http::Response::from(response).into_parts();
        let body = ResponseBody::failing_so(body.map_err(body_error));
        Ok(http::Response::from_parts(head, body))
    }

    /// Creates the library's request, and tracks whether it was sent.
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

    /// Converts the library's error, without its URL, whose query may contain personal data.
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
            (Some(cause), Some(proxy)) => {
                error.because(format!("through the proxy {proxy}: {cause}"))
            }
            (Some(cause), None) => error.because(cause),
            (None, _) => error,
        }
    }

    /// Returns host and port of the proxy for requests to `url`.
    fn proxy_for(&self, url: &Url) -> Option<String> {
        if goes_past_proxies(url) {
            return None;
        }
        let proxy = self.proxies.intercept(&url.as_str().parse().ok()?)?;
        Some(proxy.uri().authority()?.to_string())
    }

    /// Returns the cause of a failure, except for certificates.
    fn cause(&self, kind: SendErrorKind, error: &reqwest::Error) -> Option<Cow<'static, str>> {
        let by_system = cause::of(error).map(Cow::from);
        let said = || cause::chain(error).find_map(named);
        if kind == SendErrorKind::ConnectTimeout && by_system.is_none() {
            let limit = self.connect_timeout;
            return Some(format!("the `connect_timeout` of {limit:?} was exceeded").into());
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

/// Returns the error of name resolution.
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

/// Returns what is wrong with a certificate and, if there are no root certificates, how to get them.
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

/// Describes an error of the library's components.
fn named(error: &(dyn StdError + 'static)) -> Option<Cow<'static, str>> {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        if error.is_incomplete_message() {
            return Some("the connection closed before a response arrived".into());
        }
        if error.is_parse() {
            return Some("the response is not HTTP/1.1".into());
        }
    }
    #[cfg(feature = "__rustls")]
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(format!("TLS failed, {}", one_line(&error.to_string(), TEXT_LIMIT)).into());
    }
    let text = error.to_string();
    match text.strip_prefix("tunnel error: ")? {
        "proxy authorization required" => Some("it requires other credentials".into()),
        _ => Some("it cannot connect".into()),
    }
}

/// Returns whether nothing of the request was written.
///
/// An error of the pool without a connection occurs before the request is passed to one. A canceled request was passed
/// to a connection that closed before it took the request up; the library itself retries that if the connection was not
/// new.
fn was_unsent(error: &reqwest::Error) -> bool {
    cause::chain(error).any(|error| {
        let pool = error.downcast_ref::<hyper_util::client::legacy::Error>();
        let connection = error.downcast_ref::<hyper::Error>();
        pool.is_some_and(|error| error.connect_info().is_none())
            || connection.is_some_and(hyper::Error::is_canceled)
    })
}

/// Returns whether the body of the request could not be read.
fn is_of_body(error: &reqwest::Error) -> bool {
    cause::chain(error).any(|it| matches!(it.downcast_ref(), Some(Broken::Body(_))))
}

/// Converts an error in the body of a response.
fn body_error(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let cause = cause::of(&error).unwrap_or_else(|| "the body is incomplete".to_owned());
    SendError::new(SendErrorKind::Disconnect, error).because(cause)
}

impl Transport for HttpClient {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let pools = Arc::clone(&self.0);
        Box::pin(async move { pools.send(request).await })
    }
}
