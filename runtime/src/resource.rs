//! Where in an API a handle stands: its client, and the path parameters given so far.

use std::fmt;

use serde::Serialize;

use crate::argument::IntoId;
use crate::client::Client;
use crate::encode::PathValue;
use crate::json::Node;
use crate::parameter::Parameter;
use crate::product::Product;
use crate::style::PathStyle;

/// The place of a resource handle in an API.
///
/// Handles are made by going down the hierarchy, and each step adds the path parameter that it was given.
#[derive(Clone)]
pub struct Resource {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) path_values: Vec<PathValue>,
}

impl Resource {
    /// Returns the top of the API of `product`, with no path parameters.
    pub fn new(client: &Client, product: Product) -> Self {
        Self {
            client: client.clone(),
            product,
            path_values: Vec::new(),
        }
    }

    /// Returns the resource that `value` addresses below this one. Any text will do: a call that cannot have it in its
    /// path is an [`Error::PathParameter`](crate::Error::PathParameter) when it is sent.
    pub fn with(&self, value: impl IntoId<String>) -> Self {
        self.with_text(PathStyle::SIMPLE, value)
    }

    /// Does the same in a style.
    pub fn with_text(&self, style: PathStyle, value: impl IntoId<String>) -> Self {
        self.joined(style, Some(Node::Text(value.into_id())))
    }

    /// Returns the resource that a list addresses below this one.
    pub fn with_texts(
        &self,
        style: PathStyle,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let values = values.into_iter().map(|it| Node::Text(it.into()));
        self.joined(style, Some(Node::List(values.collect())))
    }

    /// Returns the resource that a number, a time or the like addresses below this one. One that is not finite is an
    /// [`Error::PathParameter`](crate::Error::PathParameter) when a call is sent.
    pub fn with_parameter(&self, style: PathStyle, value: impl Parameter) -> Self {
        let is_written = value.fault().is_none();
        let text = value.into_text_for(self.client.shared().vendor);
        self.joined(style, is_written.then_some(Node::Text(text)))
    }

    /// Returns the resource that a value of any type addresses below this one, by what its JSON says. One that has no JSON
    /// is an [`Error::PathParameter`](crate::Error::PathParameter) when a call is sent.
    pub fn with_value(&self, style: PathStyle, value: &impl Serialize) -> Self {
        self.joined(style, Node::of(value).ok())
    }

    pub(crate) fn joined(&self, style: PathStyle, value: Option<Node>) -> Self {
        let mut resource = self.clone();
        resource.path_values.push(PathValue { value, style });
        resource
    }
}

/// Shows no path parameters: they may be personal data.
impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource")
            .field("product", &self.product)
            .field("depth", &self.path_values.len())
            .finish_non_exhaustive()
    }
}
