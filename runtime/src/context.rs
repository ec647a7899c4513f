//! The parts of a call that do not depend on the type of its response.

use std::borrow::Cow;

use url::Url;

use crate::body::Body;
use crate::client::Client;
use crate::exchange::Limits;
use crate::operation::{Method, Operation};
use crate::parameter::Fields;
use crate::product::Product;
use crate::retry::RetryPolicy;
use crate::signing::Alternatives;

/// The parts of a request that all pages of a list share.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) operation: &'static Operation,
    pub(crate) headers: Fields,
    /// The parameters in the header `Cookie`.
    pub(crate) cookies: Fields,
    /// The credentials that the operation accepts.
    pub(crate) credentials: Alternatives,
    /// The accepted media types, as a comma-separated list.
    pub(crate) accept: &'static str,
    pub(crate) limits: Limits,
    pub(crate) retry_policy: RetryPolicy,
}

/// A request without its headers.
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) body: Option<TypedBody>,
}

/// The body of a request and its media type.
#[derive(Clone)]
pub(crate) struct TypedBody {
    /// The media type; `None` if there is no body.
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) body: Body,
}
