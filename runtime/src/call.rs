//! A request and the type of its answer: what generated request builders hold.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answers::{self, Answers};
use crate::body::Body;
use crate::byte_stream::ByteStream;
use crate::decoded::{Decode, Decoded};
use crate::encode;
use crate::future::BoxFuture;
use crate::items::Items;
use crate::json::Node;
use crate::multipart::Part;
use crate::operation::Operation;
use crate::page::{self, Page};
use crate::parameter::Parameter;
use crate::payload;
use crate::received::Received;
use crate::request::Request;
use crate::resource::Resource;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::signing::{self, Credential};
use crate::style::{Location, Style};

/// A request that is being put together, and how its answer is decoded.
///
/// Setters take `&mut self`, and a name that is set again replaces its old value in place.
pub struct Call<T> {
    pub(crate) request: Request,
    decode: Decode<T>,
}

impl<T: DeserializeOwned> Call<T> {
    /// Starts a request whose answer is JSON.
    pub fn json(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::json),
        }
    }
}

impl Call<()> {
    /// Starts a request whose answer has no body. JSON is ignored, unless it is an error; anything else is one.
    pub fn empty(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::empty),
        }
    }
}

impl<T: Answers> Call<T> {
    /// Starts a request whose answer is of the kind that its status tells.
    pub fn one_of(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(answers::read),
        }
    }
}

impl Call<String> {
    /// Starts a request whose answer is text.
    pub fn text(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::text),
        }
    }
}

impl Call<Bytes> {
    /// Starts a request whose answer is left as it comes.
    pub fn bytes(resource: &Resource, operation: &'static Operation) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Body(payload::bytes),
        }
    }

    /// Sends the request, when it is first polled, and returns the answer with its body as a stream.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error) but [`Error::Decode`](crate::Error::Decode) and
    /// [`Error::BodyTooLarge`](crate::Error::BodyTooLarge).
    pub fn send_stream(self) -> BoxFuture<Response<ByteStream>> {
        self.request.send_stream()
    }
}

impl<T: DeserializeOwned> Call<Page<T>> {
    /// Starts a request whose answer is a page of a list, with its items under the key `items`.
    pub fn page(resource: &Resource, operation: &'static Operation, items: &'static str) -> Self {
        Self {
            request: Request::new(resource, operation),
            decode: Decode::Page(page::decode, items),
        }
    }
}

impl<T> Call<T> {
    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, value: impl Parameter) {
        self.request.note(Location::Query, name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.query.set(name, vec![text]);
    }

    /// Sets a query parameter that is repeated for each value; with no values it is left out.
    pub fn query_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Query, name, values);
        self.request.query.set(name, texts);
    }

    /// Sets a parameter, in a style that writes lists and objects in a way of their own.
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

    /// Sets a parameter that is a list, as `style` writes it; with no values it is left out.
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

    /// Sets a parameter of any type by what its JSON says, as `style` writes it. What is null is left out. What has no
    /// JSON, because a number in it is not finite, is an [`Error::JsonParameter`](crate::Error::JsonParameter) when the
    /// request is sent.
    pub fn styled_value(
        &mut self,
        location: Location,
        name: &'static str,
        style: Style,
        value: &impl Serialize,
    ) {
        let node = Node::of(value);
        let fault = node.as_ref().err().map(String::as_str);
        self.request.note(location, name, fault);
        self.request
            .put(location, name, style, &node.unwrap_or(Node::Null));
    }

    /// Sets a field of the form that is the body.
    pub fn form(&mut self, name: &'static str, value: impl Parameter) {
        self.request.note(Location::Form, name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.form.set(name, vec![text]);
    }

    /// Sets a field of the form that is repeated for each value; with no values it is left out.
    pub fn form_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Form, name, values);
        self.request.form.set(name, texts);
    }

    /// Sets the whole body, as JSON. One that has none, because a number in it is not finite, is an
    /// [`Error::JsonParameter`](crate::Error::JsonParameter) when the request is sent.
    pub fn body(&mut self, body: &impl Serialize) {
        let json = serde_json::to_vec(body);
        let fault = json.as_ref().err().map(ToString::to_string);
        // A call has a form or a whole body.
        self.request.note(Location::Form, "body", fault.as_deref());
        self.request.body = json.ok().map(Into::into);
    }

    /// Sets the whole body, as text in UTF-8. Its media type is set by [`Call::content_type`].
    pub fn text_body(&mut self, body: String) {
        self.request.body = Some(body.into());
    }

    /// Sets the whole body, as it is. Its media type is set by [`Call::content_type`].
    pub fn bytes_body(&mut self, body: Body) {
        self.request.body = Some(body);
    }

    /// Sets a body of another media type, as JSON, which takes the place of any other.
    pub fn other_json(&mut self, media_type: &'static str, body: &impl Serialize) {
        let json = serde_json::to_vec(body);
        let fault = json.as_ref().err().map(ToString::to_string);
        self.request.note(Location::Form, "body", fault.as_deref());
        self.request.other_body = json.ok().map(|it| (media_type, it.into()));
    }

    /// Does the same with a form that has a field for each member of an object.
    pub fn other_form(&mut self, media_type: &'static str, body: &impl Serialize) {
        let node = Node::of(body);
        let fault = node.as_ref().err().map(String::as_str);
        self.request.note(Location::Form, "body", fault);
        let form = node.ok().map(|it| encode::form_of(&it));
        self.request.other_body = form.map(|it| (media_type, it.into()));
    }

    /// Does the same with text in UTF-8.
    pub fn other_text(&mut self, media_type: &'static str, body: String) {
        self.request.other_body = Some((media_type, body.into()));
    }

    /// Does the same with bytes.
    pub fn other_bytes(&mut self, media_type: &'static str, body: Body) {
        self.request.other_body = Some((media_type, body));
    }

    /// Takes other credentials than `Authorization`: all of the first list that the client has all of. An empty list is
    /// for a client that has none of the others. If there is no such list, nothing is sent, and the error is an
    /// [`Error::Configuration`](crate::Error::Configuration).
    pub fn credentials(&mut self, alternatives: &'static [&'static [Credential]]) {
        self.request.context.credentials = alternatives;
    }

    /// Sends the request without credentials.
    pub fn unsigned(&mut self) {
        self.request.context.credentials = signing::NOTHING;
    }

    /// Sets a part of the body that is text, which `media_type` says more of.
    pub fn part(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        value: impl Parameter,
    ) {
        self.part_all(name, media_type, [value]);
    }

    /// Sets parts of the body of one name; with no values there is none.
    pub fn part_all<P: Parameter>(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Form, name, values);
        self.request.parts.set_texts(name, media_type, texts);
    }

    /// Sets a part of the body that is a file, of this media type unless it says which it has.
    pub fn file(&mut self, name: &'static str, media_type: Option<&'static str>, file: Part) {
        self.file_all(name, media_type, [file]);
    }

    /// Sets files of one name; with no files there is no such part.
    pub fn file_all(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        files: impl IntoIterator<Item = Part>,
    ) {
        let files = files.into_iter();
        self.request.parts.set_files(name, media_type, files);
    }

    /// Sets the media types that are asked for, as a list in one text, in place of `application/json`.
    ///
    /// Sending the request panics if they cannot be the value of a header.
    pub fn accept(&mut self, media_types: &'static str) {
        self.request.context.accept = media_types;
    }

    /// Sets the media type that the body is sent as, in place of `application/json` or
    /// `application/x-www-form-urlencoded`.
    ///
    /// Sending the request panics if it cannot be the value of a header.
    pub fn content_type(&mut self, media_type: &'static str) {
        self.request.content_type = Some(media_type);
    }

    /// Sets a header; case does not tell names apart. One that cannot be sent is an [`Error::HeaderParameter`](crate::Error::HeaderParameter) when the call is.
    pub fn header(&mut self, name: impl Into<Cow<'static, str>>, value: impl Parameter) {
        let name = name.into();
        self.request.note(Location::Header, &name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.context.headers.set_header(name, text);
    }

    /// The texts of values, of which the first that cannot be sent is noted.
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

    /// Limits the time of the whole call, in place of what its client has set.
    pub fn timeout(&mut self, timeout: Duration) {
        self.request.context.limits.timeout = timeout;
    }

    /// Sets how often and how soon the request is sent again if it fails, in place of what its client has set.
    pub fn retry_policy(&mut self, policy: RetryPolicy) {
        self.request.context.retry_policy = policy;
    }
}

impl<T: 'static> Call<T> {
    /// Sends the request, when it is first polled, and returns the decoded answer.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error).
    pub fn send(self) -> BoxFuture<Response<T>> {
        Decoded::boxed(self.request.send(), self.decode, Received::into_response)
    }

    /// Sends the request, when it is first polled, and returns the answer without decoding its body.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error) but [`Error::Decode`](crate::Error::Decode).
    pub fn send_raw(self) -> BoxFuture<Response<Bytes>> {
        self.request.send_raw()
    }

    /// Sends the request, when it is first polled, and returns the body of the answer alone.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error).
    pub fn fetch(self) -> BoxFuture<T> {
        Decoded::boxed(self.request.send(), self.decode, |_, body| body)
    }
}

impl<T: 'static> Call<Page<T>> {
    /// Limits how many items [`Call::stream`] and [`Call::all`] give, all pages together.
    pub fn limit(&mut self, limit: usize) {
        self.request.limit = Some(limit);
    }

    /// Starts with the page at `link`, as a page or the service gave it. It takes the place of the path and the
    /// query; headers are sent nevertheless.
    pub fn resume(&mut self, link: impl Into<String>) {
        self.request.page_link = Some(link.into());
    }

    /// Returns the items of every page.
    pub fn stream(self) -> Items<T> {
        let (operation, limit) = (self.request.context.operation, self.request.limit);
        Items::new(operation, limit, self.fetch())
    }
}

impl<T: Send + 'static> Call<Page<T>> {
    /// Gets the items of every page, when it is first polled.
    ///
    /// # Errors
    ///
    /// Any [`Error`](crate::Error), of any page.
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

/// Shows the operation and the names of the parameters, never their values.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Request {
            context,
            query,
            form,
            parts,
            ..
        } = &self.request;
        f.debug_struct("Call")
            .field("operation", &context.operation.id)
            .field("method", &context.operation.method)
            .field("path", &context.operation.path)
            .field("query", &query.names())
            .field("form", &form.names())
            .field("parts", &parts.names())
            .field("headers", &context.headers.names())
            .field("cookies", &context.cookies.names())
            .finish_non_exhaustive()
    }
}
