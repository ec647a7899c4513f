//! The conventions of Twilio, and of KORE, which serves some of its products.
//!
//! The core knows them only through [`VENDOR`].

mod builder;
mod kore;
#[cfg(feature = "webhooks")]
pub mod webhooks;

use tracing::Span;

pub use self::builder::TwilioClient;
use crate::operation::{Method, Operation};
use crate::vendor::{
    AccountRule, Envelope, Environment, EnvironmentCredential, ErrorFormat, Headers, HostRule,
    Paging, Unread, Vendor, open_span,
};

/// The conventions of Twilio.
pub const VENDOR: Vendor = Vendor {
    // In the format of Twilio's own libraries.
    user_agent: "twilio-rust",
    environment: Environment {
        ways: &[
            &[EnvironmentCredential::Account {
                username: "TWILIO_API_KEY",
                password: "TWILIO_API_SECRET",
            }],
            &[EnvironmentCredential::Account {
                username: "TWILIO_ACCOUNT_SID",
                password: "TWILIO_AUTH_TOKEN",
            }],
        ],
        is_required: true,
    },
    needs_credentials: true,
    has_public_operations: false,
    headers: Headers {
        request_id: "twilio-request-id",
        request_duration: Some("twilio-request-duration"),
        concurrent_requests: Some("twilio-concurrent-requests"),
    },
    server_variables: &[],
    account: Some(AccountRule {
        prefix: "AC",
        variable: "TWILIO_ACCOUNT_SID",
        method: "account_sid",
    }),
    hosts: Some(HostRule {
        domain: ".twilio.com",
        default_region: "us1",
        variables: ["TWILIO_EDGE", "TWILIO_REGION"],
    }),
    deployments: &[&kore::KORE],
    paging: Some(PAGING),
    errors: ErrorFormat {
        code: "code",
        message: "message",
        more_info: Some("more_info"),
        details: "details",
        explained_at: Some("https://www.twilio.com/docs/errors/"),
        refusals: &[20429],
        status_in_success: Some("status"),
    },
    // RFC 3339 §5.6, which OpenAPI refers to, allows a fraction.
    has_whole_seconds: true,
    sends_empty_forms: true,
    span,
};

/// Paging: the newer envelope, and that of the oldest APIs.
const PAGING: Paging = Paging {
    size: "PageSize",
    number: "Page",
    token: "PageToken",
    usual_size: 50,
    largest_size: 1000,
    envelopes: &[
        Envelope {
            within: Some("meta"),
            size: "page_size",
            next: "next_page_url",
            previous: "previous_page_url",
            unread: Unread {
                first: "first_page_url",
                own: "url",
                number: "page",
                items_key: "key",
            },
        },
        Envelope {
            within: None,
            size: "page_size",
            next: "next_page_uri",
            previous: "previous_page_uri",
            unread: Unread {
                first: "first_page_uri",
                own: "uri",
                number: "page",
                items_key: "key",
            },
        },
    ],
};

fn span(operation: &Operation, method: Method) -> Span {
    open_span!("twilio_call", operation, method)
}
