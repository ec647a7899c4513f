//! What a product of the API is called.

use std::fmt;

/// One of the products of an API: what [`ClientBuilder::product_base_url`](crate::ClientBuilder::product_base_url)
/// sets a server for.
///
/// The generated crate has one for each of its products: `store::PRODUCT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Product(&'static str);

impl Product {
    /// Names a product as its specification does: `store`.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
