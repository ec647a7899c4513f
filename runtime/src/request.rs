//! A request from its description to a 2xx answer. Nothing here depends on the type of the body.

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Request as HttpRequest, StatusCode};
use serde_json::Value;
use tracing::{Instrument as _, Span};
use url::Url;

use crate::auth::Authorization;
use crate::client::Client;
use crate::encode;
use crate::error::{
    ApiError, DecodeError, Error, HeaderParameterError, HeaderParameterProblem, RuntimeError,
    TransportError, one_line,
};
use crate::exchange::{self, Answer, Limits, within};
use crate::future::BoxFuture;
use crate::json::{self, Fault};
use crate::operation::{Method, Operation};
use crate::origin;
use crate::parameter::Fields;
use crate::product::Product;
use crate::resource::Resource;
use crate::response::Response;
use crate::retry::{Attempts, RetryPolicy};
use crate::span;

/// The largest page that the service gives.
const MAX_PAGE_SIZE: usize = 1000;

/// The headers that only the client sets: what they hold decides where a request ends and who made it.
const RESERVED: [HeaderName; 8] = [
    header::ACCEPT,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// The length, in characters, to which the name of a header is cut in an error.
const HEADER_NAME_LIMIT: usize = 100;

/// The query parameter for the number of items on a page.
const PAGE_SIZE: &str = "PageSize";

/// What stays the same from one page of a list to the next.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) operation: &'static Operation,
    pub(crate) headers: Fields,
    pub(crate) limits: Limits,
    /// The key of the items in a page; empty if the answer is not one.
    pub(crate) items_key: &'static str,
    pub(crate) retry_policy: RetryPolicy,
}

/// A request as the caller described it: nothing is escaped or checked yet.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) context: Context,
    pub(crate) path_values: Vec<String>,
    pub(crate) query: Fields,
    pub(crate) form: Fields,
    /// A JSON body, which takes the place of the form.
    pub(crate) json: Option<Vec<u8>>,
    /// How many items are wanted of a list, all pages together.
    pub(crate) limit: Option<usize>,
    /// A link to the page of a list to start with, which takes the place of the path and the query.
    pub(crate) page_link: Option<String>,
}

/// The body of a request.
#[derive(Clone)]
struct Body {
    /// Its media type.
    content_type: &'static str,
    bytes: Bytes,
}

/// A 2xx answer that has not been decoded.
pub(crate) struct Received {
    pub(crate) context: Context,
    pub(crate) url: Url,
    pub(crate) answer: Answer,
}

impl Request {
    /// Describes a request without parameters but those of the path.
    pub(crate) fn new(
        resource: &Resource,
        operation: &'static Operation,
        items_key: &'static str,
    ) -> Self {
        let client = resource.client.clone();
        let (retry_policy, limits) = (client.shared().retry_policy, client.shared().limits);
        Self {
            context: Context {
                client,
                product: resource.product,
                operation,
                headers: Fields::default(),
                limits,
                items_key,
                retry_policy,
            },
            path_values: resource.path_values.clone(),
            query: Fields::default(),
            form: Fields::default(),
            json: None,
            limit: None,
            page_link: None,
        }
    }

    /// Sends the request when the future is first polled.
    pub(crate) fn send(mut self) -> BoxFuture<Box<Received>> {
        BoxFuture::new(async move {
            self.limit_page_size();
            let url = self.url()?;
            if let Some(link) = &self.page_link {
                let page = origin::page_url(self.context.operation, &url, link);
                return self.context.get(page).await;
            }
            let (method, body) = (self.context.operation.method, self.body());
            self.context.send(method, url, body).await
        })
    }

    /// Sends the request when the future is first polled, and leaves the body as it comes.
    pub(crate) fn send_raw(self) -> BoxFuture<Response<Bytes>> {
        let received = self.send();
        BoxFuture::new(async move {
            let mut received = received.await?;
            let body = std::mem::take(&mut received.answer.body);
            Ok(received.into_response(body))
        })
    }

    fn url(&self) -> Result<Url, Error> {
        let Context {
            client,
            product,
            operation,
            ..
        } = &self.context;
        let path = encode::path(operation, &self.path_values)?;
        let query = encode::form(&self.query);
        let hosts = &client.shared().hosts;
        hosts.request_url(*product, operation, &path, &query)
    }

    /// Asks for no larger page than the limit needs. A page size that the caller set stays an upper bound.
    fn limit_page_size(&mut self) {
        let Some(limit) = self.limit else { return };
        let asked = self.query.first(PAGE_SIZE).map(str::parse::<usize>);
        let size = match asked {
            Some(Ok(asked)) => limit.min(MAX_PAGE_SIZE).min(asked),
            // The service is to judge a page size that makes no sense.
            Some(Err(_)) => return,
            None => limit.min(MAX_PAGE_SIZE),
        };
        self.query.set(PAGE_SIZE, vec![size.max(1).to_string()]);
    }

    /// Returns the body to send: for a method that carries one (RFC 9110 §9.3) an empty form, if there is nothing
    /// else; `None` for other methods.
    fn body(&mut self) -> Option<Body> {
        if let Some(json) = self.json.take() {
            return Some(Body {
                content_type: "application/json",
                bytes: json.into(),
            });
        }
        let form = Bytes::from(encode::form(&self.form));
        let is_sent = match self.context.operation.method {
            Method::Post | Method::Put | Method::Patch => true,
            Method::Get | Method::Delete => !form.is_empty(),
        };
        is_sent.then_some(Body {
            content_type: "application/x-www-form-urlencoded",
            bytes: form,
        })
    }
}

impl Received {
    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if it is none, and [`Error::Api`] if it is an error in spite of the status.
    pub(crate) fn json(&self) -> Result<Value, Error> {
        let body = json::parse(&self.answer.body).map_err(|fault| self.not_json(fault))?;
        match ApiError::in_success(self.context.operation.id, &self.answer, &body) {
            Some(error) => Err(error.into()),
            None => Ok(body),
        }
    }

    /// Says what the body is instead of JSON, where the headers tell.
    fn not_json(&self, fault: Fault) -> DecodeError {
        let header = |name: HeaderName| self.answer.headers.get(name)?.to_str().ok();
        let coding = header(header::CONTENT_ENCODING).filter(|it| *it != "identity");
        let kind = header(header::CONTENT_TYPE).filter(|it| !it.contains("json"));
        let fault = match (coding, kind) {
            (Some(coding), _) => {
                Fault::new(format!("encoded as `{coding}`, which was not asked for"))
            }
            (None, Some(kind)) => Fault::new(format!("{}; it is `{kind}`", fault.message())),
            (None, None) => fault,
        };
        DecodeError::new(self, &fault)
    }

    pub(crate) fn into_response<T>(self: Box<Self>, body: T) -> Response<T> {
        Response {
            status: self.answer.status,
            headers: self.answer.headers,
            body,
        }
    }
}

impl Context {
    /// Gets the page at `url`, or fails when first polled if there is none.
    pub(crate) fn get(self, url: Result<Url, Error>) -> BoxFuture<Box<Received>> {
        BoxFuture::new(async move { self.send(Method::Get, url?, None).await })
    }

    async fn send(
        self,
        method: Method,
        url: Url,
        body: Option<Body>,
    ) -> Result<Box<Received>, Error> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(RuntimeError::Missing.into());
        }
        let request = self.head(method, &url, body)?;
        let span = span::of(self.operation, method);
        let answer = self.attempts(method, request, &span);
        let answer = answer.instrument(span.clone()).await?;
        Ok(Box::new(Received {
            context: self,
            url,
            answer,
        }))
    }

    /// Puts together all of a request but its credentials.
    fn head(
        &self,
        method: Method,
        url: &Url,
        body: Option<Body>,
    ) -> Result<HttpRequest<Bytes>, Error> {
        let mut headers = self.own_headers()?;
        let accept = HeaderValue::from_static("application/json");
        headers.insert(header::ACCEPT, accept);
        if let Some(body) = &body {
            let content_type = HeaderValue::from_static(body.content_type);
            headers.insert(header::CONTENT_TYPE, content_type);
            if body.bytes.is_empty() {
                // HTTP libraries leave it out, and some gateways then refuse the request (RFC 9110 §8.6).
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        let request = HttpRequest::builder()
            .method(method.as_str())
            .uri(url.as_str())
            .header(header::USER_AGENT, &self.client.shared().user_agent)
            .extension(self.operation)
            .body(body.map(|it| it.bytes).unwrap_or_default());
        let mut request = request.map_err(|error| exchange::unsendable(self.operation, error))?;
        request.headers_mut().extend(headers);
        Ok(request)
    }

    /// Returns the headers that the caller set.
    ///
    /// # Errors
    ///
    /// Returns [`Error::HeaderParameter`] for one that is none, or that the client sets itself.
    fn own_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter() {
            let refuse = |problem| HeaderParameterError {
                operation: self.operation.id,
                parameter: one_line(name, HEADER_NAME_LIMIT),
                problem,
            };
            let header = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| refuse(HeaderParameterProblem::Name))?;
            if RESERVED.contains(&header) {
                return Err(refuse(HeaderParameterProblem::Reserved).into());
            }
            let mut value =
                HeaderValue::from_str(value).map_err(|_| refuse(HeaderParameterProblem::Value))?;
            // The HTTP library may log headers; what a caller puts into one is not ours to show.
            value.set_sensitive(true);
            headers.append(header, value);
        }
        Ok(headers)
    }

    /// Sends `request` until an attempt succeeds or its failure is final.
    async fn attempts(
        &self,
        method: Method,
        request: HttpRequest<Bytes>,
        span: &Span,
    ) -> Result<Answer, Error> {
        let mut attempts = Attempts::start(&self.retry_policy, self.operation, method);
        let mut was_refused = false;
        let outcome = loop {
            let outcome = self
                .attempt(&attempts, request.clone(), &mut was_refused)
                .await;
            let Err(error) = &outcome else { break outcome };
            let Some(retry) = attempts.after(error, &self.limits) else {
                break outcome;
            };
            retry.announce(self.client.shared().on_retry.as_ref());
            retry.due().await;
        };
        span::record(span, &attempts, &outcome);
        outcome
    }

    /// Sends `request` with credentials, and if they are refused, once in a call, with better ones.
    async fn attempt(
        &self,
        attempts: &Attempts<'_>,
        request: HttpRequest<Bytes>,
        was_refused: &mut bool,
    ) -> Result<Answer, Error> {
        let credentials = &self.client.shared().credentials;
        let by = attempts.call_ends(&self.limits);
        let failed = |error| TransportError::new(self.operation.id, error);
        let authorization = within(by, credentials.authorization())
            .await
            .map_err(failed)??;
        let outcome = self.signed(attempts, request.clone(), &authorization).await;
        let is_refused =
            matches!(&outcome, Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED));
        if !is_refused || *was_refused || !credentials.refused(&authorization) {
            return outcome;
        }
        *was_refused = true;
        let authorization = within(by, credentials.authorization())
            .await
            .map_err(failed)??;
        self.signed(attempts, request, &authorization).await
    }

    /// Sends `request` once, when there is a place for it among the calls in flight.
    async fn signed(
        &self,
        attempts: &Attempts<'_>,
        mut request: HttpRequest<Bytes>,
        authorization: &Authorization,
    ) -> Result<Answer, Error> {
        let shared = self.client.shared();
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, authorization.header_value());
        let place = async {
            match &shared.in_flight {
                Some(places) => places.acquire().await.ok(),
                None => None,
            }
        };
        let _place = within(attempts.call_ends(&self.limits), place)
            .await
            .map_err(|error| TransportError::new(self.operation.id, error))?;
        let by = attempts.attempt_ends(&self.limits);
        exchange::attempt(
            &*shared.transport,
            self.operation,
            request,
            by,
            &self.limits,
        )
        .await
    }
}
