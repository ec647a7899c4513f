//! The servers on which KORE serves the APIs that it took over from Twilio, with the same paths, parameters and fields.
//!
//! Its webhooks are in `webhooks`.

use crate::vendor::Deployment;

/// KORE's servers.
pub(super) const KORE: Deployment = Deployment {
    name: "KORE",
    variables: ["KORE_CLIENT_ID", "KORE_CLIENT_SECRET"],
    token_url: "https://api.korewireless.com/api-services/v1/auth/token",
    servers: &[
        ("supersim", "https://supersim.api.korewireless.com"),
        (
            "wireless",
            "https://programmable-wireless.api.korewireless.com",
        ),
    ],
};
