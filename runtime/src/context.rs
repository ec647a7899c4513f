//! What a call has besides the type of its body.

use std::borrow::Cow;

use crate::body::Body;
use crate::client::Client;
use crate::exchange::Limits;
use crate::operation::Operation;
use crate::parameter::Fields;
use crate::product::Product;
use crate::retry::RetryPolicy;
use crate::signing::Alternatives;

/// What stays the same from one page of a list to the next.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) operation: &'static Operation,
    pub(crate) headers: Fields,
    /// The parameters that travel in the header `Cookie`.
    pub(crate) cookies: Fields,
    /// The credentials that the operation takes.
    pub(crate) credentials: Alternatives,
    /// The media types that are asked for, as a list in one text.
    pub(crate) accept: &'static str,
    pub(crate) limits: Limits,
    pub(crate) retry_policy: RetryPolicy,
}

/// The body of a request, with what it is.
#[derive(Clone)]
pub(crate) struct TypedBody {
    /// Its media type; `None` of one that was left out.
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) body: Body,
}
