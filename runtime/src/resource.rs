//! Where in an API a handle stands: its client, and the path parameters given so far.

use std::fmt;

use crate::client::Client;
use crate::product::Product;

/// The place of a resource handle in an API.
///
/// Handles are made by going down the hierarchy, and each step adds the path parameter that it was given.
#[derive(Clone)]
pub struct Resource {
    pub(crate) client: Client,
    pub(crate) product: Product,
    pub(crate) path_values: Vec<String>,
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
    pub fn with(&self, value: impl Into<String>) -> Self {
        self.joined(value.into())
    }

    fn joined(&self, value: String) -> Self {
        let mut resource = self.clone();
        resource.path_values.push(value);
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
