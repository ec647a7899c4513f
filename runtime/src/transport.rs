//! Sends one request and reads the whole answer: the only file that names the HTTP library.
//!
//! It must not know about operations, errors of the API or paging, must not follow redirects and must not repeat
//! a request: those decisions are made above it.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode, header};
use reqwest::redirect::Policy;
use url::Url;

use crate::credentials::Credentials;
use crate::error::{ConfigurationError, Error, TransportError};
use crate::operation::Method;

/// How long a request may take.
#[derive(Clone, Debug)]
pub(crate) struct Timeouts {
    /// From the start to a connection, TLS included.
    pub(crate) connect: Duration,
    /// From the start to the last byte of the answer.
    pub(crate) total: Duration,
}

/// A request that is ready to be sent.
#[derive(Clone)]
pub(crate) struct HttpRequest<'a> {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) credentials: &'a Credentials,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
}

/// The body of a request.
#[derive(Clone)]
pub(crate) struct Body {
    /// Its media type.
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// An answer of any status, read to its end.
pub(crate) struct HttpResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A pool of connections.
pub(crate) struct Transport {
    http: reqwest::Client,
}

impl Transport {
    /// Sets up a pool without opening a connection.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if TLS cannot be set up.
    pub(crate) fn new(timeouts: &Timeouts) -> Result<Self, Error> {
        let http = reqwest::Client::builder()
            .user_agent(user_agent())
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            .build()
            .map_err(|error| {
                ConfigurationError::caused_by("the HTTP client cannot be set up", error)
            })?;
        Ok(Self { http })
    }

    /// Sends `request` once. `operation` names it in errors.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Transport`] if no whole answer came. A status is never an error here.
    pub(crate) async fn send(
        &self,
        operation: &'static str,
        request: HttpRequest<'_>,
    ) -> Result<HttpResponse, Error> {
        match self.exchange(request).await {
            Ok(response) => Ok(response),
            Err(error) => Err(transport_error(operation, error).into()),
        }
    }

    async fn exchange(&self, request: HttpRequest<'_>) -> Result<HttpResponse, reqwest::Error> {
        let Credentials::Basic { username, password } = request.credentials;
        let builder = self
            .http
            .request(method(request.method), request.url)
            .headers(headers(request.headers, request.body.as_ref()))
            .basic_auth(username, Some(password));
        let builder = match request.body {
            Some(body) => builder.body(body.bytes),
            None => builder,
        };
        let mut response = builder.send().await?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = response.bytes().await?.into();
        Ok(HttpResponse {
            status,
            headers,
            body,
        })
    }
}

/// Adds the headers that every request has. They win over parameters of the same name, which OpenAPI 3.0
/// tells tools to ignore (Parameter Object, `name`).
fn headers(mut headers: HeaderMap, body: Option<&Body>) -> HeaderMap {
    headers.remove(header::AUTHORIZATION);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(body) = body {
        let content_type = HeaderValue::from_static(body.content_type);
        headers.insert(header::CONTENT_TYPE, content_type);
        if body.bytes.is_empty() {
            // The HTTP library leaves it out, and some gateways then refuse the request (RFC 9110 §8.6).
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
    }
    headers
}

fn user_agent() -> String {
    let (version, os, arch) = (
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    format!("twilio-rust/{version} ({os} {arch})")
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

/// Keeps the library's error without its URL, whose query may hold personal data.
fn transport_error(operation: &'static str, error: reqwest::Error) -> TransportError {
    TransportError {
        operation,
        timeout: error.is_timeout(),
        connect: error.is_connect(),
        unsendable: error.is_builder(),
        source: Box::new(error.without_url()),
    }
}
