//! The HTTP client core under the generated client: everything that does not differ from operation to operation.
//!
//! Generated code names an [`Operation`], collects its parameters in a [`Call`] and says with [`awaitable!`] and
//! [`streamable!`] what comes back. Building the URL, signing in, sending, reading errors, decoding and paging
//! happen here, once, so that the generated crate stays small and compiles fast.
//!
//! This crate must know nothing about any one resource of the API. The HTTP library behind it is named in one module,
//! `transport/http_client`, and in one public signature: that of `reqwest_builder`, with the Cargo feature `reqwest`.
//!
//! What no specification says is a [`Vendor`]: names in the environment, hosts, headers, pages of lists, errors, times.
//! Generated code says by [`ApiClient`] whose conventions hold for its client. Those of Twilio are in [`twilio`], with
//! what only its clients have: edge and region, KORE and, with the Cargo feature `webhooks`, webhooks. Nothing else here
//! names a vendor.
//!
//! What the crate promises:
//!
//! - A client is a cheap handle, and every future and stream owns what it needs: all of them are `Send + 'static`.
//! - Credentials go to one origin only: that of the operation, or the base URL that replaces it. Redirects are not
//!   followed, and a link to a page elsewhere is an [`Error::NextPage`].
//! - A list whose pages lead back to one that was there, or are empty without an end, is an error, never an endless loop.
//! - A call has an end: its time, the size of its answer, the memory for decoding it and the number of its attempts are
//!   limited. A body that is a stream, of a request or of an answer, has any size and as much time as it takes: each wait
//!   for a piece of it is limited.
//! - A request that failed is repeated if that cannot make it happen twice, as its [`RetryPolicy`] says.
//! - Credentials, parameter values and bodies appear in no `Debug` output, error or log.
//! - Whatever the service answers, nothing here panics.
//!
//! Requests need a Tokio runtime, as the HTTP library underneath does; outside of one they are an [`Error::Runtime`].
//! It must have timers and IO (`enable_all()`): without them tokio panics. With the Cargo feature `blocking`, requests
//! bring their own.
//!
//! Unless the client has a [`Transport`] of its own, it speaks HTTP/1.1, without cookies or redirects, and without
//! compression but by the Cargo feature `gzip`, whatever Cargo features the crates of a program switch on in the HTTP library. A proxy named by the environment (`HTTPS_PROXY`,
//! `NO_PROXY` and so on) is used, never for plain `http` to this machine; one that cannot be read is an error of
//! [`ClientBuilder::build`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answers;
mod argument;
mod auth;
mod base64_bytes;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod builder;
mod byte_stream;
mod call;
#[cfg(feature = "cli")]
pub mod cli;
mod client;
mod client_credentials;
mod context;
mod decoded;
mod encode;
mod enum_conversion;
mod environment;
mod error;
mod exchange;
mod finished_request;
mod future;
mod headers;
mod hosts;
mod items;
mod json;
mod json_text;
mod keyring;
mod macros;
#[cfg(feature = "mcp")]
pub mod mcp;
mod media_type;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
mod operation;
mod origin;
mod page;
mod parameter;
mod payload;
mod product;
mod received;
mod redacted;
mod request;
mod resource;
mod response;
mod retry;
mod sending;
mod server_variable;
mod signing;
mod span;
mod style;
mod transport;
pub mod twilio;
mod vendor;
mod visited;
pub mod wire;

pub use crate::answers::{Answers, Success};
pub use crate::argument::{IntoId, Many, One, OneOrMany};
pub use crate::auth::{Authorization, AuthorizationFuture, CredentialSource};
pub use crate::base64_bytes::{Base64, Base64Error};
#[cfg(feature = "blocking")]
pub use crate::blocking::{BlockingItems, BlockingReader};
pub use crate::body::{Body, BodyStream};
pub use crate::builder::ClientBuilder;
pub use crate::byte_stream::ByteStream;
pub use crate::call::Call;
pub use crate::client::{ApiClient, Client};
pub use crate::enum_conversion::EnumConversionError;
pub use crate::error::{
    ApiError, AuthenticationError, BodyTooLargeError, ConfigurationError, DecodeError, DecodeLimit,
    DecodeLimitError, Error, FileError, HeaderParameterError, HeaderParameterProblem,
    JsonParameterError, NextPageError, NextPageProblem, PathParameterError, PathParameterProblem,
    RuntimeError, SendError, SendErrorKind, TransportError,
};
pub use crate::finished_request::FinishedRequest;
pub use crate::future::BoxFuture;
pub use crate::items::Items;
pub use crate::json::JsonShape;
pub use crate::json_text::Json;
pub use crate::multipart::Part;
pub use crate::operation::{Method, Operation};
pub use crate::page::Page;
pub use crate::parameter::Parameter;
pub use crate::product::Product;
pub use crate::redacted::Redacted;
pub use crate::resource::Resource;
pub use crate::response::Response;
pub use crate::retry::{Retry, RetryPolicy, RetryReason};
pub use crate::signing::Credential;
pub use crate::style::{Location, PathStyle, Style};
pub use crate::transport::{ResponseBody, Transport, TransportFuture};
#[cfg(feature = "webhooks")]
pub use crate::twilio::webhooks;
pub use crate::vendor::{Environment, EnvironmentCredential, ServerPart, ServerVariable, Vendor};

pub use bytes::Bytes;
pub use chrono::{self, DateTime, NaiveDate, Utc};
pub use futures_core::Stream;
pub use http::{self, HeaderMap, StatusCode};
pub use rust_decimal::{self, Decimal};
pub use serde_json::Value;

/// What the macros name in the crate that uses them; not for anyone else.
#[doc(hidden)]
pub mod macro_support {
    pub use serde;
    pub use tracing;
}
