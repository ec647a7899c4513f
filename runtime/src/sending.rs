//! From a URL and a body to a 2xx answer: headers, credentials, a place in flight, attempts. Nothing here depends on the
//! type of the body.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{HeaderMap, Request as HttpRequest, StatusCode, Uri};
use tracing::{Instrument as _, Span};
use url::Url;

use crate::body::Body;
use crate::context::{Context, TypedBody};
use crate::encode;
use crate::error::{
    Error, HEADER_NAME_LIMIT, HeaderParameterError, RuntimeError, SendErrorKind, TransportError,
    one_line,
};
use crate::exchange::{self, Answer, Take, within};
use crate::finished_request::FinishedRequest;
use crate::future::BoxFuture;
use crate::headers;
use crate::operation::Method;
use crate::received::Received;
use crate::response::request_id;
use crate::retry::Attempts;
use crate::signing::{self, SignedWith};
use crate::span;
use crate::transport::Target;

/// How many headers the client sets, and the HTTP library after it, for which one allocation should do.
const SET_HEADERS: usize = 8;

/// What the attempts of a request have in common.
struct Head {
    method: Method,
    uri: Uri,
    url: Url,
    /// Those that the caller set.
    headers: HeaderMap,
    body: Option<TypedBody>,
}

impl Head {
    /// Tells whether it can be sent: whether a body that can be read once has not been.
    fn is_there(&self) -> bool {
        self.body.as_ref().is_none_or(|it| it.body.is_there())
    }
}

impl Context {
    /// Gets the page at `url`, or fails when first polled if there is none.
    pub(crate) fn get(self, url: Result<Url, Error>) -> BoxFuture<Box<Received>> {
        BoxFuture::new(async move { self.send::<Bytes>(Method::Get, url?, None).await })
    }

    /// Sends a request, again if that is safe, until its answer is there or its failure final.
    pub(crate) async fn send<B: Take>(
        self,
        method: Method,
        url: Url,
        body: Option<TypedBody>,
    ) -> Result<Box<Received<B>>, Error> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(RuntimeError::Missing.into());
        }
        // A transport may have its answers ready at once, and calls in a row must not keep other tasks waiting.
        tokio::task::consume_budget().await;
        let request = self.head(method, url, body)?;
        if !request.is_there() {
            return Err(exchange::unsendable(self.operation, ReadBefore));
        }
        let span = (self.client.shared().vendor.span)(self.operation, method);
        let attempts = self.attempts(&request, &span);
        let answer = if span.is_disabled() {
            attempts.await?
        } else {
            attempts.instrument(span.clone()).await?
        };
        Ok(Box::new(Received {
            context: self,
            url: request.url,
            answer,
        }))
    }

    /// Puts together what the attempts of a request have in common.
    fn head(&self, method: Method, url: Url, body: Option<TypedBody>) -> Result<Head, Error> {
        let headers = self.own_headers()?;
        let uri = Uri::try_from(url.as_str());
        Ok(Head {
            method,
            uri: uri.map_err(|error| exchange::unsendable(self.operation, error))?,
            url,
            headers,
            body,
        })
    }

    /// Returns the headers that the caller set.
    ///
    /// # Errors
    ///
    /// Returns [`Error::HeaderParameter`] for one that is none, or that the client sets itself.
    fn own_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter() {
            let (header, value) =
                headers::checked(name, value).map_err(|problem| HeaderParameterError {
                    operation: self.operation.id,
                    parameter: one_line(name, HEADER_NAME_LIMIT),
                    problem,
                })?;
            headers.append(header, value);
        }
        headers::add_missing(&mut headers, &self.client.shared().default_headers);
        let cookies = encode::cookies(&self.cookies);
        if !cookies.is_empty() {
            let added = signing::add_cookie(&mut headers, &cookies);
            added.unwrap_or_else(|_| unreachable!("a cookie is escaped"));
        }
        Ok(headers)
    }

    /// Sends `request` until an attempt succeeds or its failure is final.
    async fn attempts<B: Take>(&self, request: &Head, span: &Span) -> Result<Answer<B>, Error> {
        let shared = self.client.shared();
        let quota = shared.retry_quota.as_deref();
        let mut attempts =
            Attempts::start(&self.retry_policy, quota, self.operation, request.method);
        let mut was_refused = false;
        let outcome = loop {
            let outcome = self.attempt(&attempts, request, &mut was_refused).await;
            let Err(error) = &outcome else {
                attempts.succeed();
                break outcome;
            };
            if !request.is_there() {
                break outcome;
            }
            let Some(retry) = attempts.after(error, &self.limits) else {
                break outcome;
            };
            retry.announce(self.client.shared().on_retry.as_ref());
            retry.due().await;
        };
        span::record(span, &attempts, &outcome);
        self.log(request, &attempts, &outcome);
        outcome.map_err(|error| {
            let failed = attempts.failed(&error);
            error.after(failed)
        })
    }

    /// Tells the log that a request has ended.
    fn log<B>(&self, request: &Head, attempts: &Attempts<'_>, outcome: &Result<Answer<B>, Error>) {
        let (status, request_id) = match outcome {
            Ok(answer) => {
                let request_id = request_id(&answer.headers, self.client.shared().vendor);
                (Some(answer.status), request_id)
            }
            Err(error) => (error.status(), error.request_id()),
        };
        (self.client.shared().log)(&FinishedRequest {
            operation: self.operation,
            method: request.method,
            host: request.url.host_str().unwrap_or_default(),
            status: status.map(|it| it.as_u16()),
            request_id,
            attempts: attempts.made(),
            elapsed: attempts.elapsed(),
        });
    }

    /// Sends `request` with credentials, and if they are refused, once in a call, with better ones. A `TRACE` comes back
    /// as it was received, from whatever stands on the way, so it has none (RFC 9110 §9.3.8).
    async fn attempt<B: Take>(
        &self,
        attempts: &Attempts<'_>,
        request: &Head,
        was_refused: &mut bool,
    ) -> Result<Answer<B>, Error> {
        let alternatives = if request.method == Method::Trace {
            signing::NOTHING
        } else {
            self.credentials
        };
        let (id, keyring) = (self.operation.id, &self.client.shared().keyring);
        let Some(source) = keyring.source_for(id, alternatives)? else {
            let signed_with = keyring.signed_with(id, alternatives, None)?;
            return self.signed(attempts, request, signed_with).await;
        };
        let authorization = self.in_time(attempts, source.authorization()).await??;
        let signed_with = keyring.signed_with(id, alternatives, Some(&authorization))?;
        let outcome = self.signed(attempts, request, signed_with).await;
        let is_refused =
            matches!(&outcome, Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED));
        if !is_refused || *was_refused || !source.refused(&authorization) || !request.is_there() {
            return outcome;
        }
        *was_refused = true;
        let authorization = self.in_time(attempts, source.authorization()).await??;
        let signed_with = keyring.signed_with(id, alternatives, Some(&authorization))?;
        self.signed(attempts, request, signed_with).await
    }

    /// Sends `request` once, when there is a place for it among the calls in flight.
    async fn signed<B: Take>(
        &self,
        attempts: &Attempts<'_>,
        request: &Head,
        signed_with: SignedWith,
    ) -> Result<Answer<B>, Error> {
        let shared = self.client.shared();
        let place = async {
            match &shared.in_flight {
                Some(places) => Arc::clone(places).acquire_owned().await.ok(),
                None => None,
            }
        };
        let place = self.in_time(attempts, place).await?;
        let by = attempts.attempt_ends(&self.limits);
        let request = self.request(request, signed_with)?;
        let transport = &*shared.transport;
        let (vendor, operation) = (shared.vendor, self.operation);
        let open = exchange::open(transport, vendor, operation, request, by, &self.limits).await?;
        B::take(open, &self.limits, place).await
    }

    /// Makes the request of one attempt.
    fn request(&self, head: &Head, signed_with: SignedWith) -> Result<HttpRequest<Body>, Error> {
        let body = head.body.as_ref();
        let mut request = HttpRequest::new(body.map_or_else(Body::default, |it| it.body.clone()));
        *request.method_mut() = http::Method::from(head.method);
        *request.uri_mut() = head.uri.clone();
        *request.headers_mut() = head.headers.clone();
        let headers = request.headers_mut();
        headers.reserve(SET_HEADERS);
        headers
            .entry(header::USER_AGENT)
            .or_insert_with(|| self.client.shared().user_agent.clone());
        headers.insert(header::ACCEPT, HeaderValue::from_static(self.accept));
        let url = signed_with.sign(headers, &head.url)?;
        if let Some(body) = body {
            // One that cannot be a header comes of no document: `load` refuses it.
            if let Some(Ok(content_type)) = body.content_type.as_deref().map(HeaderValue::from_str)
            {
                headers.insert(header::CONTENT_TYPE, content_type);
            }
            if body.body.length() == Some(0) {
                // HTTP libraries leave it out, and some gateways then refuse the request (RFC 9110 §8.6).
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        if url != head.url {
            let uri = Uri::try_from(url.as_str());
            *request.uri_mut() =
                uri.map_err(|error| exchange::unsendable(self.operation, error))?;
        }
        let extensions = request.extensions_mut();
        extensions.insert(signed_with);
        extensions.insert(self.operation);
        #[cfg(feature = "mock")]
        extensions.insert(self.client.shared().vendor);
        extensions.insert(Target(url));
        Ok(request)
    }

    /// Waits for `future`, which a request needs before it is sent, as long as the call has time.
    async fn in_time<F: Future>(
        &self,
        attempts: &Attempts<'_>,
        future: F,
    ) -> Result<F::Output, Error> {
        let outcome = within(attempts.call_ends(&self.limits), future).await;
        outcome.map_err(|error| {
            let error = error.into_error(SendErrorKind::WaitTimeout);
            TransportError::new(self.operation.id, error).into()
        })
    }
}

/// A stream that can be read once was part of an earlier request.
#[derive(Debug)]
struct ReadBefore;

impl fmt::Display for ReadBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its body is a stream that has been read before")
    }
}

impl std::error::Error for ReadBefore {}
