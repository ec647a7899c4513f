//! The HTTP client core of the generated client: everything that does not depend on the operation.
//!
//! Generated code names an [`Operation`], collects its parameters in a [`Call`], and declares the type of the response
//! with [`awaitable!`] and [`streamable!`]. This crate builds the URL, authenticates, sends, parses errors, decodes and
//! pages, so the generated crate stays small and compiles fast.
//!
//! This crate must not know any one resource of the API. Only the module `transport/http_client` names the underlying
//! HTTP library, and one public signature: that of `reqwest_builder`, with the Cargo feature `reqwest`.
//!
//! A [`Vendor`] holds what specifications do not say: environment variables, hosts, headers, paging, errors, times.
//! Generated code selects the conventions of its client through [`ApiClient`]. Twilio's are in [`twilio`], along with
//! what only its clients have: edge and region, KORE and, with the Cargo feature `webhooks`, webhooks. Nothing else
//! here names a vendor.
//!
//! The crate guarantees:
//!
//! - A client is a cheap handle, and every future and stream owns its data: all of them are `Send + 'static`.
//! - Credentials go to one origin only: that of the operation, or the base URL that replaces it. Redirects are not
//!   followed, and a link to a page on another server is an [`Error::NextPage`].
//! - A list never loops forever: a link back to an earlier page, or an endless row of empty pages, is an error.
//! - Every call ends: its time, the size of its response, the memory for decoding and the number of attempts are
//!   limited. A request or response body that is a stream may have any size and take any time, but each wait for a
//!   chunk is limited.
//! - A failed request is retried if that cannot carry it out twice, as its [`RetryPolicy`] says.
//! - Credentials, parameter values and bodies appear in no `Debug` output, error or log.
//! - Nothing here panics, whatever the service returns.
//!
//! Requests need a Tokio runtime, as the underlying HTTP library does; without one they fail with [`Error::Runtime`].
//! It must have timers and IO (`enable_all()`): without them tokio panics. With the Cargo feature `blocking`, this
//! crate provides its own runtime.
//!
//! The default transport speaks HTTP/1.1, without cookies, redirects or compression (except with the Cargo feature
//! `gzip`), whatever features of the HTTP library other crates enable. It uses the proxies in the environment
//! (`HTTPS_PROXY`, `NO_PROXY` and so on), but never for plain `http` to this machine; [`ClientBuilder::build`] fails if
//! one is invalid.

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
mod loop_detector;
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
mod paging;
mod parameter;
mod payload;
mod product;
mod received;
mod redacted;
mod request;
mod resource;
mod response;
mod response_as;
mod retry;
mod sending;
mod server_variable;
mod signing;
mod span;
mod style;
#[cfg(feature = "cli")]
mod suggestion;
mod transport;
pub mod twilio;
mod vendor;
pub mod wire;

pub use crate::answers::{Answers, Success};
pub use crate::argument::{IntoId, Many, One, OneOrMany};
pub use crate::auth::{Authorization, AuthorizationFuture, CredentialSource};
pub use crate::base64_bytes::{Base64, Base64Error};
#[cfg(feature = "blocking")]
pub use crate::blocking::{BlockingItems, BlockingReader};
pub use crate::body::{Body, BodyStream};
pub use crate::builder::ClientBuilder;
pub use crate::byte_stream::{ByteStream, ServerSentEvent};
pub use crate::call::Call;
pub use crate::client::{ApiClient, Client};
pub use crate::enum_conversion::EnumConversionError;
pub use crate::error::{
    ApiError, AuthenticationError, BodyTooLargeError, ConfigurationError, DecodeError, DecodeLimit,
    DecodeLimitError, Error, FileError, HeaderParameterError, HeaderParameterProblem,
    JsonParameterError, NextPageError, NextPageProblem, PageSizeError, PathParameterError,
    PathParameterProblem, RuntimeError, SendError, SendErrorKind, TransportError,
};
pub use crate::finished_request::FinishedRequest;
pub use crate::future::BoxFuture;
pub use crate::items::Items;
pub use crate::json::JsonShape;
pub use crate::json_text::Json;
pub use crate::multipart::{NamedPart, Part};
pub use crate::operation::{Method, Operation};
pub use crate::page::Page;
pub use crate::paging::{ListEnd, NextPage, PageSize, PagingRule};
pub use crate::parameter::Parameter;
pub use crate::product::Product;
pub use crate::redacted::Redacted;
pub use crate::resource::Resource;
pub use crate::response::Response;
pub use crate::response_as::ResponseAs;
pub use crate::retry::{Retry, RetryPolicy, RetryReason};
pub use crate::signing::Credential;
pub use crate::style::{FormField, Location, PathStyle, Style};
pub use crate::transport::{ResponseBody, Transport, TransportFuture};
#[cfg(feature = "webhooks")]
pub use crate::twilio::webhooks;
pub use crate::vendor::{
    ClientCredentialsFlow, Environment, EnvironmentCredential, ServerPart, ServerVariable, Vendor,
};

pub use bytes::Bytes;
pub use chrono::{self, DateTime, NaiveDate, Utc};
pub use futures_core::Stream;
pub use http::{self, HeaderMap, StatusCode};
pub use rust_decimal::{self, Decimal};
/// Any JSON: the type of fields to which the specification gives none.
///
/// Integers from `i64::MIN` to `u64::MAX` are exact. Any other number is the nearest `f64`, which keeps 15 significant
/// digits: `0.1` prints as `0.1`, but `12345678901234567890.123` as `1.2345678901234567e+19`. Fields of type [`Decimal`]
/// keep every digit. The raw body has them, too.
///
/// ---
#[doc(inline)]
pub use serde_json::Value;

/// What the macros name in the crate that uses them; not for anyone else.
#[doc(hidden)]
pub mod macro_support {
    pub use serde;
    pub use tracing;
}
