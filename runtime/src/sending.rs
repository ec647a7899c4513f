//! Sends a request until there is a 2xx response: headers, credentials, permits, attempts. Nothing here depends on the
//! type of the body.

use std::fmt;
use std::sync::Arc;

use http::header::{self, HeaderValue};
use http::{HeaderMap, Request as HttpRequest, StatusCode, Uri};
use tracing::{Instrument as _, Span};
use url::Url;

use crate::body::Body;
use crate::context::{Context, Draft, TypedBody};
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
use crate::retry::Attempts;
use crate::signing::{self, SignedWith};
use crate::span;
use crate::transport::Target;

/// The number of headers that the client and the HTTP library set, to reserve room for them in one allocation.
const SET_HEADERS: usize = 8;

/// The parts of a request that its attempts share.
struct Head {
    method: Method,
    uri: Uri,
    url: Url,
    /// The headers that the caller set.
    headers: HeaderMap,
    body: Option<TypedBody>,
}

impl Head {
    /// Returns whether the body can still be sent: a body that can be read once has not been read.
    fn is_available(&self) -> bool {
        self.body.as_ref().is_none_or(|it| it.body.is_available())
    }
}

impl Context {
    /// Fetches the page at `url`. If `url` is an error, the first poll returns it.
    pub(crate) fn get(self, url: Result<Url, Error>) -> BoxFuture<Box<Received>> {
        self.send(url.map(|url| Draft {
            method: Method::Get,
            url,
            body: None,
        }))
    }

    /// Sends a request, and retries it if that is safe, until there is a response or a final failure. If `draft` is an
    /// error, the first poll returns it.
    ///
    /// It boxes the future because the compiler copies an `async` block, with all that it awaits, to wherever it is
    /// awaited.
    pub(crate) fn send<B: Take + Send + 'static>(
        self,
        draft: Result<Draft, Error>,
    ) -> BoxFuture<Box<Received<B>>> {
        BoxFuture::new(async move { self.sent(draft?).await })
    }

    async fn sent<B: Take>(self, draft: Draft) -> Result<Box<Received<B>>, Error> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(RuntimeError::Missing.into());
        }
        // A transport may respond at once, and consecutive calls must not keep other tasks waiting.
        tokio::task::consume_budget().await;
        let request = self.head(draft)?;
        if !request.is_available() {
            return Err(exchange::unsendable(self.operation, ReadBefore));
        }
        let span = (self.client.shared().vendor.span)(self.operation, request.method);
        let attempts = self.attempts(&request, &span).instrument(span.clone());
        let answer = attempts.await?;
        Ok(Box::new(Received {
            context: self,
            url: request.url,
            answer,
        }))
    }

    /// Builds the parts of a request that its attempts share.
    fn head(&self, draft: Draft) -> Result<Head, Error> {
        let Draft { method, url, body } = draft;
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
    /// Returns [`Error::HeaderParameter`] for an invalid header, or one that only the client may set.
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

    /// Sends `request` until an attempt succeeds or a failure is final.
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
            if !request.is_available() {
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

    /// Logs the end of a request.
    fn log<B>(&self, request: &Head, attempts: &Attempts<'_>, outcome: &Result<Answer<B>, Error>) {
        let (status, request_id) = exchange::told(outcome);
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

    /// Sends `request` with credentials and, once per call, with better ones if the service rejects them. A `TRACE` has
    /// none, because any intermediary may return it as it was received (RFC 9110 §9.3.8).
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
        let source = keyring.source_for(id, alternatives)?;
        loop {
            let given = match source {
                Some(source) => Some(self.in_time(attempts, source.authorization()).await??),
                None => None,
            };
            let signed_with = keyring.signed_with(id, alternatives, given.as_ref())?;
            let outcome = self.signed(attempts, request, signed_with).await;
            let is_refused =
                matches!(&outcome, Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED));
            let may_give_better = is_refused
                && !*was_refused
                && source
                    .zip(given)
                    .is_some_and(|(source, it)| source.refused(&it))
                && request.is_available();
            if !may_give_better {
                return outcome;
            }
            *was_refused = true;
        }
    }

    /// Sends `request` once, when it gets a permit among the calls in flight.
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

    /// Creates the request of one attempt.
    fn request(
        &self,
        head: &Head,
        mut signed_with: SignedWith,
    ) -> Result<HttpRequest<Body>, Error> {
        let body = head.body.as_ref();
        let mut request = HttpRequest::new(body.map_or_else(Body::default, |it| it.body.clone()));
        *request.method_mut() = http::Method::from(head.method);
        *request.uri_mut() = head.uri.clone();
        *request.headers_mut() = head.headers.clone();
        let headers = request.headers_mut();
        headers.reserve(SET_HEADERS);
        if !headers.contains_key(header::USER_AGENT) {
            let user_agent = self.client.shared().user_agent.clone();
            headers.insert(header::USER_AGENT, user_agent);
        }
        headers.insert(header::ACCEPT, HeaderValue::from_static(self.accept));
        let url = signed_with.sign(headers, &head.url)?;
        if let Some(body) = body {
            // A value that is not a valid header does not come from a document: `load` rejects it.
            if let Some(Ok(content_type)) = body.content_type.as_deref().map(HeaderValue::from_str)
            {
                headers.insert(header::CONTENT_TYPE, content_type);
            }
            if body.body.length() == Some(0) {
                // HTTP libraries omit it, and some gateways then reject the request (RFC 9110 §8.6).
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

    /// Waits for `future`, which a request needs before it is sent, within the time of the call.
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

/// A stream that can be read once was read by an earlier attempt.
#[derive(Debug)]
struct ReadBefore;

impl fmt::Display for ReadBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its body is a stream that has already been read")
    }
}

impl std::error::Error for ReadBefore {}
