//! A request and the type of its answer: what generated request builders hold.

use std::fmt;
use std::pin::Pin;

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::items::Items;
use crate::operation::Operation;
use crate::page::Page;
use crate::parameter::Parameter;
use crate::request::{Received, Request};
use crate::resource::Resource;
use crate::response::Response;

/// A boxed future of a `Result`: what a request is when it is under way.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'static>>;

/// How a 2xx answer becomes a body of type `T`.
pub(crate) type Decode<T> = fn(Received) -> Result<Response<T>, Error>;

/// A request that is being put together, and how its answer is decoded.
///
/// Setters take `&mut self`, and a name that is set again replaces its old value in place.
pub struct Call<T> {
    request: Request,
    decode: Decode<T>,
}

impl<T: DeserializeOwned> Call<T> {
    /// Starts a request whose answer is JSON.
    pub fn json(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation, ""),
            decode: Received::into_json,
        }
    }
}

impl Call<()> {
    /// Starts a request whose answer has no body; if it has one after all, it is ignored.
    pub fn empty(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation, ""),
            decode: Received::into_empty,
        }
    }
}

impl<T: DeserializeOwned> Call<Page<T>> {
    /// Starts a request whose answer is a page of a list, with its items under the key `items`.
    pub fn page(resource: &Resource, operation: &'static Operation, items: &'static str) -> Self {
        Self {
            request: Request::new(resource, operation, items),
            decode: Received::into_page,
        }
    }
}

impl<T> Call<T> {
    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, value: impl Parameter) {
        self.request.query.set(name, vec![value.into_text()]);
    }

    /// Sets a query parameter that is repeated for each value; with no values it is left out.
    pub fn query_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        self.request
            .query
            .set(name, values.into_iter().map(P::into_text).collect());
    }

    /// Sets a field of the form that is the body.
    pub fn form(&mut self, name: &'static str, value: impl Parameter) {
        self.request.form.set(name, vec![value.into_text()]);
    }

    /// Sets a field of the form that is repeated for each value; with no values it is left out.
    pub fn form_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        self.request
            .form
            .set(name, values.into_iter().map(P::into_text).collect());
    }

    /// Sets a header. A value that no header can hold is an [`Error::HeaderParameter`] when the call is sent.
    pub fn header(&mut self, name: &'static str, value: impl Parameter) {
        self.request
            .context
            .headers
            .set(name, vec![value.into_text()]);
    }
}

impl<T: 'static> Call<T> {
    /// Sends the request, when it is first polled, and returns the decoded answer.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub fn send(self) -> BoxFuture<Response<T>> {
        let (received, decode) = (self.request.send(), self.decode);
        Box::pin(async move { decode(received.await?) })
    }

    /// Sends the request, when it is first polled, and returns the body of the answer alone.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub fn fetch(self) -> BoxFuture<T> {
        let (received, decode) = (self.request.send(), self.decode);
        Box::pin(async move { decode(received.await?).map(Response::into_body) })
    }
}

impl<T: 'static> Call<Page<T>> {
    /// Limits how many items [`Call::stream`] yields, all pages together.
    pub fn limit(&mut self, limit: usize) {
        self.request.limit = Some(limit);
    }

    /// Returns the items of every page.
    pub fn stream(self) -> Items<T> {
        let (operation, limit) = (self.request.context.operation, self.request.limit);
        Items::new(operation, limit, self.fetch())
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            decode: self.decode,
        }
    }
}

/// Shows the operation and the names of the parameters, never their values.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Request {
            context,
            query,
            form,
            ..
        } = &self.request;
        f.debug_struct("Call")
            .field("operation", &context.operation.id)
            .field("method", &context.operation.method)
            .field("path", &context.operation.path)
            .field("query", &query.names())
            .field("form", &form.names())
            .field("headers", &context.headers.names())
            .finish_non_exhaustive()
    }
}
