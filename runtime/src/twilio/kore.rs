//! Where KORE serves the APIs that it took over from Twilio: same paths, parameters and fields, other hosts.
//!
//! Its webhooks are in `webhooks`.

use crate::error::{ConfigurationError, Error};
use crate::product::Product;

/// Where KORE issues access tokens.
pub(crate) const TOKEN_URL: &str = "https://api.korewireless.com/api-services/v1/auth/token";

const SERVERS: [(Product, &str); 2] = [
    (
        Product::new("supersim"),
        "https://supersim.api.korewireless.com",
    ),
    (
        Product::new("wireless"),
        "https://programmable-wireless.api.korewireless.com",
    ),
];

/// Returns KORE's server for `product`.
///
/// # Errors
///
/// Returns [`Error::Configuration`] for a product that KORE does not serve.
pub(crate) fn server(product: Product) -> Result<&'static str, Error> {
    if let Some((_, server)) = SERVERS.iter().find(|(it, _)| *it == product) {
        return Ok(server);
    }
    let problem = format!("no server of KORE's is known for `{product}`");
    Err(ConfigurationError::new(problem, "give it a base URL with `product_base_url`").into())
}
