//! Answers of several kinds, which their status tells apart.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::payload;
use crate::received::Received;

/// The kinds of answers that an operation brings. Generated code implements it for an enum of them.
pub trait Answers: Sized {
    /// Reads an answer as the kind that comes with its status.
    ///
    /// # Errors
    ///
    /// Those of the [`Success`]'s methods.
    fn read(answer: Success<'_>) -> Result<Self, Error>;
}

/// A 2xx answer that has not been decoded.
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
    /// [`Error::Decode`] if it is none or no `T`, [`Error::DecodeLimit`] if it takes too much to decode, and [`Error::Api`]
    /// if it is an error in spite of the status.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        payload::json(self.0)
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it is not in the character set that its media type names.
    pub fn text(&self) -> Result<String, Error> {
        payload::text(self.0)
    }

    /// Returns the body as it came.
    ///
    /// # Errors
    ///
    /// None.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        payload::bytes(self.0)
    }

    /// Ignores a body of JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it is anything else, and [`Error::Api`] if it is an error in spite of the status.
    pub fn empty(&self) -> Result<(), Error> {
        payload::empty(self.0)
    }
}

/// Reads an answer by its status.
pub(crate) fn read<T: Answers>(received: &Received) -> Result<T, Error> {
    T::read(Success(received))
}
