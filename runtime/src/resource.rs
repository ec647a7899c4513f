//! The position of a handle in an API: its client, and the path parameters so far.

use std::fmt;

use serde::Serialize;

use crate::argument::IntoId;
use crate::client::Client;
use crate::encode::{NoValue, PathValue};
use crate::json::Node;
use crate::parameter::Parameter;
use crate::product::Product;
use crate::style::PathStyle;

/// The position of a resource handle in an API.
///
/// Each step down the hierarchy creates a handle and adds its path parameter.
#[derive(Clone)]
pub struct Resource {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) path_values: Vec<PathValue>,
}

impl Resource {
    /// Returns the root of the API of `product`, without path parameters.
    pub fn new(client: &Client, product: Product) -> Self {
        Self {
            client: client.clone(),
            product,
            path_values: Vec::new(),
        }
    }

    /// Returns the resource below this one that `value` addresses. Any text is accepted: a call that cannot put it in
    /// its path fails with [`Error::PathParameter`](crate::Error::PathParameter) when it is sent.
    pub fn with(&self, value: impl IntoId<String>) -> Self {
        self.with_path_value(PathValue::Text(value.into_id()))
    }

    /// Does the same, encoded in a style.
    pub fn with_text(&self, style: PathStyle, value: impl IntoId<String>) -> Self {
        self.joined(style, Some(Node::Text(value.into_id())))
    }

    /// Returns the resource below this one that a list addresses.
    pub fn with_texts(
        &self,
        style: PathStyle,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let values = values.into_iter().map(|it| Node::Text(it.into()));
        self.joined(style, Some(Node::List(values.collect())))
    }

    /// Returns the resource below this one that a number, a time or the like addresses. A number that is not finite is
    /// an [`Error::PathParameter`](crate::Error::PathParameter) when a call is sent.
    pub fn with_parameter(&self, style: PathStyle, value: impl Parameter) -> Self {
        let is_written = value.fault().is_none();
        let text = value.into_text_for(self.client.shared().vendor);
        self.joined(style, is_written.then_some(Node::Text(text)))
    }

    /// Returns the resource below this one that a value of any type addresses, through its JSON. A value that JSON
    /// cannot represent is an [`Error::PathParameter`](crate::Error::PathParameter) when a call is sent.
    pub fn with_value(&self, style: PathStyle, value: &impl Serialize) -> Self {
        self.joined(style, Node::of(value).ok())
    }

    /// Returns the resource that the account of the client addresses below this one. If the client knows none, a call is
    /// an [`Error::Configuration`](crate::Error::Configuration) when it is sent.
    pub fn with_account(&self) -> Self {
        let shared = self.client.shared();
        self.with_path_value(match &shared.account {
            Some(account) => PathValue::Text(account.clone()),
            None => PathValue::Missing(NoValue::UnknownAccount(shared.vendor)),
        })
    }

    pub(crate) fn joined(&self, style: PathStyle, value: Option<Node>) -> Self {
        self.with_path_value(match value {
            Some(value) => PathValue::styled(value, style),
            None => PathValue::Missing(NoValue::NotJson),
        })
    }

    fn with_path_value(&self, value: PathValue) -> Self {
        let mut resource = self.clone();
        resource.path_values.push(value);
        resource
    }
}

/// Shows no path parameters, which may be personal data.
impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource")
            .field("product", &self.product)
            .field("depth", &self.path_values.len())
            .finish_non_exhaustive()
    }
}
