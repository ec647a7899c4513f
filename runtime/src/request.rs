//! A request from its description to a 2xx answer. Nothing here depends on the type of the body.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use url::Url;

use crate::call::BoxFuture;
use crate::client::Client;
use crate::encode;
use crate::error::{ApiError, Error, HeaderParameterError};
use crate::operation::{Method, Operation};
use crate::origin;
use crate::parameter::Fields;
use crate::resource::Resource;
use crate::response::Response;
use crate::retry::{Attempts, RetryPolicy};
use crate::transport::{Body, HttpRequest, HttpResponse};

/// The largest page that the service gives.
const MAX_PAGE_SIZE: usize = 1000;

/// The query parameter for the number of items on a page.
const PAGE_SIZE: &str = "PageSize";

/// What stays the same from one page of a list to the next.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) headers: Fields,
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

/// A 2xx answer that has not been decoded.
pub(crate) struct Received {
    pub(crate) context: Context,
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Describes a request without parameters but those of the path.
    pub(crate) fn new(
        resource: &Resource,
        operation: &'static Operation,
        items_key: &'static str,
    ) -> Self {
        let client = resource.client.clone();
        let retry_policy = client.shared().retry_policy;
        Self {
            context: Context {
                client,
                operation,
                headers: Fields::default(),
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
        Box::pin(async move {
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

    fn url(&self) -> Result<Url, Error> {
        let Context {
            client, operation, ..
        } = &self.context;
        let path = encode::path(operation, &self.path_values)?;
        origin::request_url(
            operation,
            client.shared().base_url.as_ref(),
            &path,
            &encode::form(&self.query),
        )
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
                bytes: json,
            });
        }
        let form = encode::form(&self.form).into_bytes();
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
    pub(crate) fn into_response<T>(self: Box<Self>, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            body,
        }
    }
}

impl Context {
    /// Gets the page at `url`, or fails when first polled if there is none.
    pub(crate) fn get(self, url: Result<Url, Error>) -> BoxFuture<Box<Received>> {
        Box::pin(async move { self.send(Method::Get, url?, None).await })
    }

    async fn send(
        self,
        method: Method,
        url: Url,
        body: Option<Body>,
    ) -> Result<Box<Received>, Error> {
        let shared = self.client.shared();
        let headers = header_map(self.operation, &self.headers)?;
        let request = HttpRequest {
            method,
            url: url.clone(),
            credentials: &shared.credentials,
            headers,
            body,
        };
        let HttpResponse {
            status,
            headers,
            body,
        } = self.attempts(request).await?;
        Ok(Box::new(Received {
            context: self,
            url,
            status,
            headers,
            body,
        }))
    }

    /// Sends `request` until an attempt succeeds or its failure is final.
    async fn attempts(&self, request: HttpRequest<'_>) -> Result<HttpResponse, Error> {
        let mut attempts = Attempts::start(&self.retry_policy, self.operation, request.method);
        loop {
            let error = match self.attempt(request.clone()).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let Some(retry) = attempts.after(&error) else {
                return Err(error);
            };
            if let Some(hook) = &self.client.shared().on_retry {
                hook(&retry);
            }
            retry.due().await;
        }
    }

    async fn attempt(&self, request: HttpRequest<'_>) -> Result<HttpResponse, Error> {
        let (operation, url) = (self.operation.id, request.url.clone());
        let response = self.client.shared().transport.send(operation, request);
        let response = response.await?;
        if response.status.is_success() {
            return Ok(response);
        }
        let HttpResponse {
            status,
            headers,
            body,
        } = response;
        Err(ApiError::read(operation, &url, status, headers, body).into())
    }
}

fn header_map(operation: &Operation, fields: &Fields) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    for (name, value) in fields.iter() {
        let header = HeaderName::from_bytes(name.as_bytes())
            .ok()
            .zip(HeaderValue::from_str(value).ok());
        let Some((header, mut value)) = header else {
            return Err(HeaderParameterError {
                operation: operation.id,
                parameter: name,
            }
            .into());
        };
        // The HTTP library may log headers; what a caller puts into one is not ours to show.
        value.set_sensitive(true);
        headers.append(header, value);
    }
    Ok(headers)
}
