//! Names of products.

use std::fmt;

/// One of the products of an API; [`ClientBuilder::product_base_url`](crate::ClientBuilder::product_base_url) sets its
/// server.
///
/// The generated crate has a constant for each of its products: `store::PRODUCT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Product(&'static str);

impl Product {
    /// Creates a product from its name in the specification: `store`.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
