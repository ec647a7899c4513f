//! Clients of the test server, and the client's expected requests.
//!
//! Nothing here may call the generated crate's encoding, decoding or paging: expectations are written by hand.

#![allow(
    dead_code,
    reason = "every test binary uses a different part of this module"
)]

pub mod spec;
pub mod wire;

use std::error::Error as StdError;

use twilio_iot::{Client, ClientBuilder, RetryPolicy};
pub use twilio_test_support::{Reply, Request, Server};

/// The user name of [`client`].
pub const ACCOUNT: &str = "AC7be2f9a0d1c34856a7be2f9a0d1c3485";

/// The password of [`client`], which must never be shown.
pub const TOKEN: &str = "open-sesame-41";

/// The `Authorization` header of [`client`]: `printf "$ACCOUNT:$TOKEN" | base64`.
pub const AUTHORIZATION: &str =
    "Basic QUM3YmUyZjlhMGQxYzM0ODU2YTdiZTJmOWEwZDFjMzQ4NTpvcGVuLXNlc2FtZS00MQ==";

/// The part of [`AUTHORIZATION`] that contains the token.
const ENCODED_TOKEN: &str = "vcGVuLXNlc2FtZS00MQ";

/// Returns the builder of a client of `server`.
pub fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder()
        .basic_auth(ACCOUNT, TOKEN)
        .base_url(&server.url)
}

/// Returns a client of `server`.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("a client of a test server")
}

/// Returns a client of `server` that does not retry.
pub fn client_without_retries(server: &Server) -> Client {
    let builder = builder(server).retry_policy(RetryPolicy::off());
    builder.build().expect("a client of a test server")
}

/// Fails if `text` contains the credentials of [`client`].
#[track_caller]
pub fn assert_no_secret(text: &str) {
    for secret in [TOKEN, ENCODED_TOKEN, ACCOUNT] {
        assert!(!text.contains(secret), "`{secret}` is shown: {text}");
    }
}

/// Returns everything that `error` can print: its `Display` and `Debug` output, and those of its sources.
pub fn shown(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        text.push_str(&format!("{error}\n{error:?}\n{error:#?}\n"));
        cause = error.source();
    }
    text
}
