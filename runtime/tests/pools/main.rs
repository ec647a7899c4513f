//! A program's own connection pool, and compressed responses: the features `reqwest` and `gzip`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../http/api.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod api;
#[path = "../http/server.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod server;

use std::io::Write as _;
use std::net::SocketAddr;

use flate2::Compression;
use flate2::write::GzEncoder;
use twilio_runtime::{Error, RetryPolicy};
use twilio_test_support::{Reply, Server};

use crate::api::Client;
use crate::server::{client, json};

fn gzip(body: &[u8]) -> Reply {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    let body = encoder.finish().unwrap();
    let length = body.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    Reply::raw([head.into_bytes(), body].concat())
}

#[tokio::test]
async fn compressed_response_is_requested_and_decoded() {
    let server = Server::start(|_| gzip(br#"{"sid": "HF1"}"#));
    let fleet = client(&server).fleet("HF1").fetch().await.unwrap();
    assert_eq!(fleet.sid.as_deref(), Some("HF1"));
    assert_eq!(server.request().header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn body_limit_applies_after_decompression() {
    let server = Server::start(|_| gzip(&vec![b' '; 1 << 20]));
    let client = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&server.url)
        .max_body_size(100_000)
        .build()
        .unwrap();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge(_)), "{error:?}");
    assert!(server.bytes_sent() < 100_000);
}

#[tokio::test]
async fn custom_pool_follows_the_clients_rules() {
    let server = Server::start(|request| match request.target.as_str() {
        "/v1/Fleets/HF1" => Reply::new("302 Found", &["Location: /v1/Fleets/HF2"], ""),
        _ => json("{}"),
    });
    let address: SocketAddr = server.url.strip_prefix("http://").unwrap().parse().unwrap();
    let own = reqwest::Client::builder()
        .resolve("service.invalid", address)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::limited(5));
    let builder = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(format!("http://service.invalid:{}", address.port()))
        .allow_plain_http()
        .retry_policy(RetryPolicy::off())
        .reqwest_builder(own);
    let again = builder.clone();
    let client = builder.build().unwrap();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302, "{error:?}");
    client.fleet("HF2").fetch().await.unwrap();
    let Err(error) = again.build() else {
        panic!("one builder made two clients")
    };
    assert!(
        error.to_string().contains("already made a client"),
        "{error}"
    );
}
