//! Decodes responses whose type depends on their status.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;
use crate::payload;
use crate::received::Received;

/// The possible types of an operation's response. Generated code implements it for an enum of them.
pub trait Answers: Sized {
    /// Decodes a response as the type that belongs to its status.
    ///
    /// # Errors
    ///
    /// Those of the [`Success`] method that it calls.
    fn read(answer: Success<'_>) -> Result<Self, Error>;
}

/// A 2xx response that has not been decoded.
pub struct Success<'a>(&'a Received);

impl Success<'_> {
    /// Returns the status code.
    pub fn status(&self) -> u16 {
        self.0.answer.status.as_u16()
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it is not JSON or not a `T`, [`Error::DecodeLimit`] if it takes too much to decode, and
    /// [`Error::Api`] if it is an error despite the status.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        payload::json(self.0)
    }

    /// Decodes the body as JSON of any kind. An empty body is null.
    ///
    /// # Errors
    ///
    /// Those of [`json`](Self::json).
    pub fn any_json(&self) -> Result<Value, Error> {
        payload::any_json(self.0)
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it is not in the character set that its media type names.
    pub fn text(&self) -> Result<String, Error> {
        payload::text(self.0)
    }

    /// Returns the undecoded body.
    ///
    /// # Errors
    ///
    /// None.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        payload::bytes(self.0)
    }

    /// Ignores the body.
    ///
    /// # Errors
    ///
    /// If the vendor has errors with a success status, [`Error::Decode`] if the body is not JSON, and [`Error::Api`] if it
    /// is such an error.
    pub fn empty(&self) -> Result<(), Error> {
        payload::empty(self.0)
    }
}

/// Decodes a response by its status.
pub(crate) fn read<T: Answers>(received: &Received) -> Result<T, Error> {
    T::read(Success(received))
}
