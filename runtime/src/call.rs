//! A request and the type of its response; generated request builders wrap it.

mod body;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answers::{self, Answers};
use crate::byte_stream::ByteStream;
use crate::decoded::{Decode, Decoded};
use crate::future::BoxFuture;
use crate::items::Items;
use crate::json::Node;
use crate::operation::Operation;
use crate::page::{self, Page};
use crate::paging::{PageFormat, PagingRule};
use crate::parameter::Parameter;
use crate::payload;
use crate::received::Received;
use crate::request::Request;
use crate::resource::Resource;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::signing::{self, Credential};
use crate::style::{Location, Style};

/// A request under construction, and how to decode its response.
///
/// Setters take `&mut self`. Setting a name again replaces its value in place.
pub struct Call<T> {
    pub(crate) request: Request,
    pub(crate) decode: Decode<T>,
}

impl<T: DeserializeOwned> Call<T> {
    /// Starts a request whose response is JSON.
    pub fn json(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::json),
        }
    }
}

impl Call<Value> {
    /// Starts a request whose response is JSON of any kind. An empty body is null.
    pub fn any_json(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::any_json),
        }
    }
}

impl Call<()> {
    /// Starts a request whose response has no body. Any is ignored; but if the vendor has errors with a success status, a
    /// body must be JSON, and not such an error.
    pub fn empty(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::empty),
        }
    }
}

impl<T: Answers> Call<T> {
    /// Starts a request whose response type depends on the status.
    pub fn one_of(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(answers::read),
        }
    }
}

impl Call<String> {
    /// Starts a request whose response is text.
    pub fn text(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::text),
        }
    }
}

impl Call<Bytes> {
    /// Starts a request whose response is bytes.
    pub fn bytes(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::bytes),
        }
    }
}

impl<T: DeserializeOwned> Call<Page<T>> {
    /// Starts a request whose response is a page in the vendor's envelope, with its items under the key `items`.
    pub fn page(resource: &Resource, operation: &'static Operation, items: &'static str) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Page(page::decode, PageFormat::Envelope(items)),
        }
    }

    /// Starts a request whose response is a page of a list that is divided as `rule` says.
    pub fn list(
        resource: &Resource,
        operation: &'static Operation,
        rule: &'static PagingRule,
    ) -> Self {
        let mut request = Request::new(resource, operation);
        request.paging = Some(rule);
        Self {
            request,
            decode: Decode::Page(page::decode, PageFormat::Rule(rule)),
        }
    }
}

impl<T> Call<T> {
    /// Returns a future that sends the request and resolves to the response with its body as a stream.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error) but [`Error::Decode`](crate::Error::Decode) and
    /// [`Error::BodyTooLarge`](crate::Error::BodyTooLarge).
    pub fn send_stream(self) -> BoxFuture<Response<ByteStream>> {
        self.request.send_stream()
    }

    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, value: impl Parameter) {
        self.request.note(Location::Query, name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.set_query(name, text);
    }

    /// Sets a query parameter that is repeated for each value; without values it is left out.
    pub fn query_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Query, name, values);
        self.request.query.set(name, texts);
    }

    /// Sets a parameter in a style with its own syntax for lists and objects.
    pub fn styled_text(
        &mut self,
        location: Location,
        name: &'static str,
        style: Style,
        value: impl Parameter,
    ) {
        self.request.note(location, name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.put(location, name, style, &Node::Text(text));
    }

    /// Sets a list parameter, written as `style` says; without values it is left out.
    pub fn styled_texts<P: Parameter>(
        &mut self,
        location: Location,
        name: &'static str,
        style: Style,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(location, name, values).into_iter();
        let list = Node::List(texts.map(Node::Text).collect());
        self.request.put(location, name, style, &list);
    }

    /// Sets a parameter of any type from its JSON, written as `style` says. Null is left out. A value that JSON cannot
    /// represent, because a number in it is not finite, is an [`Error::JsonParameter`](crate::Error::JsonParameter)
    /// when the request is sent.
    pub fn styled_value(
        &mut self,
        location: Location,
        name: &'static str,
        style: Style,
        value: &impl Serialize,
    ) {
        let node = self.node_of(location, name, value);
        self.request
            .put(location, name, style, &node.unwrap_or(Node::Null));
    }

    /// Uses credentials other than `Authorization`: the first list that the client has all of. An empty list matches a
    /// client that has none of the others. If no list matches, the request fails with
    /// [`Error::Configuration`](crate::Error::Configuration) and is not sent.
    pub fn credentials(&mut self, alternatives: &'static [&'static [Credential]]) {
        self.request.context.credentials = alternatives;
    }

    /// Sends the request without credentials.
    pub fn unsigned(&mut self) {
        self.request.context.credentials = signing::NOTHING;
    }

    /// Sets the accepted media types, as a comma-separated list, in place of `application/json`.
    ///
    /// Sending the request panics if they are not a valid header value.
    pub fn accept(&mut self, media_types: &'static str) {
        self.request.context.accept = media_types;
    }

    /// Sets the media type of the body, in place of `application/json` or
    /// `application/x-www-form-urlencoded`.
    ///
    /// Sending the request panics if it is not a valid header value.
    pub fn content_type(&mut self, media_type: &'static str) {
        self.request.content_type = Some(media_type);
    }

    /// Sets a header; case does not tell names apart. One that cannot be sent is an
    /// [`Error::HeaderParameter`](crate::Error::HeaderParameter) when the call is.
    pub fn header(&mut self, name: impl Into<Cow<'static, str>>, value: impl Parameter) {
        let name = name.into();
        self.request.note(Location::Header, &name, value.fault());
        let text = value.into_header_text(self.request.vendor());
        self.request.context.headers.set_header(name, text);
    }

    /// Returns the texts of the values, and records the first that cannot be sent.
    fn texts<P: Parameter>(
        &mut self,
        part: Location,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) -> Vec<String> {
        let values: Vec<P> = values.into_iter().collect();
        self.request
            .note(part, name, values.iter().find_map(P::fault));
        let vendor = self.request.vendor();
        let texts = values.into_iter().map(|it| it.into_text_for(vendor));
        texts.collect()
    }

    /// Returns the JSON of the value for `name`, and records whether it can be sent; `None` if it cannot.
    fn node_of(
        &mut self,
        location: Location,
        name: &'static str,
        value: &impl Serialize,
    ) -> Option<Node> {
        let node = Node::of(value);
        let fault = node.as_ref().err().map(String::as_str);
        self.request.note(location, name, fault);
        node.ok()
    }

    /// Limits the time of the whole call, in place of the client's setting.
    pub fn timeout(&mut self, timeout: Duration) {
        self.request.context.limits.timeout = timeout;
    }

    /// Sets how often and how soon the request is sent again if it fails, in place of what its client has set.
    pub fn retry_policy(&mut self, policy: RetryPolicy) {
        self.request.context.retry_policy = policy;
    }
}

impl<T: 'static> Call<T> {
    /// Returns a future that sends the request and resolves to the decoded response.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error).
    pub fn send(self) -> BoxFuture<Response<T>> {
        Decoded::boxed(self.request.send(), self.decode, Received::into_response)
    }

    /// Returns a future that sends the request and resolves to the undecoded response.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error) but [`Error::Decode`](crate::Error::Decode).
    pub fn send_raw(self) -> BoxFuture<Response<Bytes>> {
        self.request.send_raw()
    }

    /// Returns a future that sends the request and resolves to the decoded body.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error).
    pub fn fetch(self) -> BoxFuture<T> {
        Decoded::boxed(self.request.send(), self.decode, |_, body| body)
    }
}

impl<T: 'static> Call<Page<T>> {
    /// Sets the number of items per page. A number that is not from 1 to the maximum of the list is an
    /// [`Error::PageSize`](crate::Error::PageSize) when the request is sent.
    pub fn page_size(&mut self, size: usize) {
        self.request.page_size = Some(size);
    }

    /// Sets the maximum page size, if it is not the usual one.
    pub fn largest_page(&mut self, size: usize) {
        self.request.largest_page = Some(size);
    }

    /// Limits the number of items of [`Call::stream`] and [`Call::all`], across all pages.
    pub fn limit(&mut self, limit: usize) {
        self.request.limit = Some(limit);
    }

    /// Starts with the page at `link`, as a page or the service gave it. It takes the place of the path and the
    /// query; headers are sent nevertheless.
    pub fn resume(&mut self, link: impl Into<String>) {
        self.request.page_link = Some(link.into());
    }

    /// Returns a stream of the items of every page.
    pub fn stream(self) -> Items<T> {
        let (operation, limit) = (self.request.context.operation, self.request.limit);
        Items::new(operation, limit, self.fetch())
    }
}

impl<T: Send + 'static> Call<Page<T>> {
    /// Returns a future that collects the items of every page.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error), from any page.
    pub fn all(self) -> BoxFuture<Vec<T>> {
        self.stream().collect()
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

/// Shows the operation and the names of the parameters, but not their values.
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
            .field("parts", &self.request.part_names())
            .field("headers", &context.headers.names())
            .field("cookies", &context.cookies.names())
            .finish_non_exhaustive()
    }
}
