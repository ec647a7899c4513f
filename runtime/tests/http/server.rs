//! Clients of the test server, and its usual response.

use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Server};

use crate::api::Client;

/// Returns a client of a server.
pub fn client(server: &Server) -> Client {
    let builder = Client::builder().basic_auth("AC1", "hunter2");
    builder.base_url(&server.url).build().unwrap()
}

/// Returns a client of a server that does not retry.
pub fn client_without_retries(server: &Server) -> Client {
    let builder = Client::builder().basic_auth("AC1", "hunter2");
    let builder = builder.base_url(&server.url);
    builder.retry_policy(RetryPolicy::off()).build().unwrap()
}

/// Returns `200 OK` with JSON.
pub fn json(body: &str) -> Reply {
    let headers = ["Content-Type: application/json", "Twilio-Request-Id: RQ1"];
    Reply::new("200 OK", &headers, body)
}
