//! The fixed properties of an API operation, without the values of a call.

use std::fmt;

/// An HTTP request method (RFC 9110 §9.3, RFC 5789).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `TRACE`
    Trace,
}

impl Method {
    /// Returns the method as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Trace => "TRACE",
        }
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Trace => Self::TRACE,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An operation of an API, as its specification describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    /// The `operationId`, which names the operation in errors.
    pub id: &'static str,
    /// The request method.
    pub method: Method,
    /// The server URL, such as `https://api.example.com`; empty if the specification has none, in which case the client
    /// requires a base URL. A variable is in braces, under the name of the builder method that sets it. A value that
    /// begins with a slash is a path relative to a base URL.
    pub server: &'static str,
    /// The path template below the server, such as `/v1/Fleets/{Id}`, with the query that every request has, if any:
    /// `/v1/Answers?beta=true`.
    pub path: &'static str,
}
