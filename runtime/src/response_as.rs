//! A request for a response of another media type than the usual one.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::byte_stream::ByteStream;
use crate::call::Call;
use crate::decoded::Decode;
use crate::future::BoxFuture;
use crate::payload;
use crate::request::Request;
use crate::response::Response;

/// A request for a response of another media type than the usual one, with everything that was set before.
#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct ResponseAs<T> {
    call: Call<T>,
}

impl<T: DeserializeOwned> ResponseAs<T> {
    /// Asks for `media_type`, which is JSON.
    pub fn json<U>(call: Call<U>, media_type: &'static str) -> Self {
        Self::of(call.request, media_type, Decode::Body(payload::json))
    }
}

impl ResponseAs<Value> {
    /// Asks for `media_type`, which is JSON of any kind. An empty body is null.
    pub fn any_json<U>(call: Call<U>, media_type: &'static str) -> Self {
        Self::of(call.request, media_type, Decode::Body(payload::any_json))
    }
}

impl ResponseAs<String> {
    /// Asks for `media_type`, which is text.
    pub fn text<U>(call: Call<U>, media_type: &'static str) -> Self {
        Self::of(call.request, media_type, Decode::Body(payload::text))
    }
}

impl ResponseAs<Bytes> {
    /// Asks for `media_type`, which is bytes.
    pub fn bytes<U>(call: Call<U>, media_type: &'static str) -> Self {
        Self::of(call.request, media_type, Decode::Body(payload::bytes))
    }

    /// Sends the request and returns the response with its body as a stream, which is read as it arrives and may be of
    /// any size.
    ///
    /// # Errors
    ///
    /// Any status but 2xx is an error.
    pub fn send_stream(self) -> BoxFuture<Response<ByteStream>> {
        self.call.send_stream()
    }
}

impl<T> ResponseAs<T> {
    fn of(request: Request, media_type: &'static str, decode: Decode<T>) -> Self {
        let mut call = Call { request, decode };
        call.accept(media_type);
        Self { call }
    }
}

crate::awaitable!(ResponseAs<R> => R);
