//! A 2xx response and its decoding. Nothing here depends on the type of the body.

use bytes::Bytes;
use url::Url;

use crate::context::Context;
use crate::error::{ApiError, DecodeError, DecodeLimit, DecodeLimitError, Error, not_json};
use crate::exchange::{Answer, Start, api_error};
use crate::json::{self, Budget, Fault, Problem, Reader};
use crate::response::Response;
use crate::vendor::ErrorFormat;

/// A 2xx response that has not been decoded.
pub(crate) struct Received<B = Bytes> {
    pub(crate) context: Context,
    pub(crate) url: Url,
    pub(crate) answer: Answer<B>,
}

impl Received {
    /// Starts to read the body as JSON. Pass the result to [`Received::finish`].
    pub(crate) fn reader(&self) -> Result<Reader<'_>, Error> {
        self.reader_of(&self.answer.body)
    }

    /// Starts to read `body` as JSON, in the place of the response's own. Pass the result to [`Received::finish`].
    pub(crate) fn reader_of<'a>(&self, body: &'a [u8]) -> Result<Reader<'a>, Error> {
        let memory = self.context.limits.decode_memory();
        let budget = Budget::new(memory, self.answer.ends);
        json::reader(body, budget, self.errors()).map_err(|fault| self.fault(&fault))
    }

    /// Returns what was read from the body, or the error.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Api`] if the body is an error despite the status, [`Error::Decode`] if it is not JSON or not
    /// a `T`, and [`Error::DecodeLimit`] if it takes too much to decode.
    pub(crate) fn finish<T>(
        &self,
        mut reader: Reader<'_>,
        read: Result<T, Fault>,
    ) -> Result<T, Error> {
        match read {
            Ok(value) => self.end(&mut reader).map(|()| value),
            Err(fault) => Err(self.fault(&fault)),
        }
    }

    fn end(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        reader.end().map_err(|fault| self.fault(&fault))?;
        if reader.has_read_error() {
            return Err(self.error_in_success().into());
        }
        Ok(())
    }

    fn error_in_success(&self) -> ApiError {
        let operation = self.operation();
        let Answer {
            sent,
            status,
            headers,
            body,
            ..
        } = &self.answer;
        api_error::read(
            operation,
            sent,
            *status,
            headers.clone(),
            Start::whole(body.clone()),
        )
    }

    /// Converts a fault to an error. A body that is not JSON, or is an error despite the status, is reported as such,
    /// wherever decoding stopped.
    #[cold]
    fn fault(&self, fault: &Fault) -> Error {
        let limit = match fault.problem() {
            Problem::Memory => DecodeLimit::Memory(self.context.limits.decode_memory()),
            Problem::Time => DecodeLimit::Time,
            Problem::Syntax | Problem::Levels | Problem::Value(_) => {
                return self.decode_error(fault);
            }
        };
        DecodeLimitError::new(
            self.operation(),
            self.answer.status,
            self.request_id(),
            limit,
        )
        .into()
    }

    fn decode_error(&self, fault: &Fault) -> Error {
        let budget = Budget::new(0, None);
        let whole =
            json::reader(&self.answer.body, budget, self.errors()).and_then(|mut reader| {
                reader.skip()?;
                reader.end()?;
                Ok(reader.has_read_error())
            });
        match whole {
            Ok(true) => self.error_in_success().into(),
            Ok(false) => self.undecoded(fault).into(),
            Err(fault) => self.not_json(fault).into(),
        }
    }

    fn not_json(&self, fault: Fault) -> DecodeError {
        let Answer { headers, body, .. } = &self.answer;
        self.undecoded(&not_json(headers, body, fault))
    }

    /// Returns why a body that is not JSON cannot be decoded.
    pub(crate) fn undecodable(&self, problem: String) -> Error {
        self.undecoded(&Fault::new(problem)).into()
    }

    fn undecoded(&self, fault: &Fault) -> DecodeError {
        let Answer { status, body, .. } = &self.answer;
        let request_id = self.request_id();
        DecodeError::new(self.operation(), *status, request_id, body.clone(), fault)
    }

    /// Returns the members of an error with a success status, if the vendor has such errors.
    pub(crate) fn errors(&self) -> Option<ErrorFormat> {
        let errors = self.answer.sent.vendor.errors;
        errors.status_in_success.map(|_| errors)
    }

    fn operation(&self) -> &'static str {
        self.context.operation.id
    }

    fn request_id(&self) -> Option<String> {
        self.answer.sent.request_id(&self.answer.headers)
    }

    pub(crate) fn into_response<T>(self: Box<Self>, body: T) -> Response<T> {
        Response {
            status: self.answer.status,
            headers: self.answer.headers,
            vendor: self.answer.sent.vendor,
            body,
        }
    }
}

impl<B> Received<B> {
    /// Returns the response with its undecoded body.
    pub(crate) fn into_raw(self) -> Response<B> {
        let Answer {
            sent,
            status,
            headers,
            body,
            ..
        } = self.answer;
        Response {
            status,
            headers,
            vendor: sent.vendor,
            body,
        }
    }
}
