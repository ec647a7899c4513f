//! Outages: how many requests the service sees, and when retries resume.

use std::time::Duration;

use tokio::task::JoinSet;
use twilio_runtime::{ClientBuilder, RetryPolicy, SendError, SendErrorKind};
use twilio_test_support::{Reply, Request, Server};

use crate::api::Client;
use crate::server::json;
use crate::transports::{Scripted, Step, answer, late};

const CALLS: usize = 1_000;

/// Returns a builder of clients that do not wait.
fn builder(policy: RetryPolicy) -> ClientBuilder<Client> {
    let policy = policy.base_delay(Duration::ZERO);
    let builder = Client::builder().basic_auth("AC1", "hunter2");
    builder.retry_policy(policy).max_in_flight(32)
}

/// Makes concurrent calls with clones of a client, which all fail.
async fn fail(client: &Client, calls: usize) {
    let mut set = JoinSet::new();
    for _ in 0..calls {
        let fetch = client.clone().fleet("HF1").fetch();
        set.spawn(async move { fetch.await.unwrap_err() });
    }
    assert_eq!(set.join_all().await.len(), calls);
}

#[tokio::test]
async fn quota_limits_retries_in_an_outage() {
    let server = Server::start(|_| Reply::new("503 Service Unavailable", &[], ""));
    let builder = builder(RetryPolicy::default()).base_url(&server.url);
    fail(&builder.build().unwrap(), CALLS).await;
    assert_eq!(server.requests().len(), CALLS + 100);
}

/// Returns the number of requests of a thousand calls with this result.
async fn requests(step: impl Fn() -> Step + Send + Sync + 'static) -> usize {
    let transport = Scripted::new(move |_| step());
    let client = builder(RetryPolicy::default().deadline(Duration::MAX))
        .timeout(Duration::MAX)
        .transport(transport.clone());
    fail(&client.build().unwrap(), CALLS).await;
    transport.sent().len()
}

fn broken(kind: SendErrorKind) -> Step {
    (Duration::ZERO, Err(SendError::new(kind, "an outage")))
}

#[tokio::test(start_paused = true)]
async fn retries_after_processing_draw_from_the_quota() {
    let hour = Duration::from_secs(3600);
    assert_eq!(requests(|| answer(502, "")).await, CALLS + 100);
    assert_eq!(requests(|| answer(504, "")).await, CALLS + 100);
    let disconnect = || broken(SendErrorKind::Disconnect);
    assert_eq!(requests(disconnect).await, CALLS + 100);
    let slow = move || late(answer(200, "{}"), hour);
    assert_eq!(requests(slow).await, CALLS + 50);
}

#[tokio::test(start_paused = true)]
async fn retries_after_rejection_or_before_sending_are_free() {
    assert_eq!(requests(|| answer(429, "")).await, 3 * CALLS);
    assert_eq!(
        requests(|| answer(400, r#"{"code": 20429}"#)).await,
        3 * CALLS
    );
    for kind in [SendErrorKind::Connect, SendErrorKind::ConnectTimeout] {
        assert_eq!(requests(move || broken(kind)).await, 3 * CALLS);
    }
}

#[tokio::test]
async fn request_may_bypass_the_quota_without_changing_it() {
    let transport = Scripted::new(|_| answer(503, ""));
    let client = builder(RetryPolicy::default().quota(10)).transport(transport.clone());
    let client = client.build().unwrap();
    let sent = async |policy: RetryPolicy| {
        let before = transport.sent().len();
        let fetch = client.fleet("HF1").fetch();
        let policy = policy.base_delay(Duration::ZERO);
        fetch.retry_policy(policy).await.unwrap_err();
        transport.sent().len() - before
    };
    let own = RetryPolicy::default();
    assert_eq!(sent(own.without_quota()).await, 3);
    assert_eq!(sent(own).await, 3);
    assert_eq!(sent(own).await, 1);
    assert_eq!(sent(own.quota(1_000_000)).await, 1);
    assert_eq!(sent(own.without_quota()).await, 3);
    // Another client has its own quota, or none.
    for (policy, expected) in [(own, 3), (own.quota(4), 1), (own.without_quota(), 3)] {
        let client = builder(policy).transport(transport.clone());
        let before = transport.sent().len();
        fail(&client.build().unwrap(), 1).await;
        assert_eq!(transport.sent().len() - before, expected);
    }
}

#[tokio::test]
async fn successes_refill_the_quota() {
    let outage = |request: &Request| request.target.ends_with("HF1");
    let server = Server::start(move |request| {
        if outage(request) {
            Reply::new("503 Service Unavailable", &[], "")
        } else {
            json("{}")
        }
    });
    let builder = builder(RetryPolicy::default().quota(10)).base_url(&server.url);
    let client = builder.build().unwrap();
    fail(&client, 2).await;
    assert_eq!(server.requests().len(), 4);
    for _ in 0..5 {
        client.fleet("HF2").fetch().await.unwrap();
    }
    fail(&client, 1).await;
    assert_eq!(server.requests().len(), 4 + 5 + 2);
}

/// A call that eventually succeeds returns what its last retry drew.
#[tokio::test]
async fn successful_retry_costs_nothing() {
    let busy = || Reply::new("503 Service Unavailable", &[], "");
    let server = Server::replying([busy(), json("{}"), busy(), json("{}"), busy(), busy()]);
    let builder = builder(RetryPolicy::default().quota(5)).base_url(&server.url);
    let client = builder.build().unwrap();
    for _ in 0..2 {
        client.fleet("HF1").fetch().await.unwrap();
    }
    fail(&client, 1).await;
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn token_requests_draw_from_the_same_quota() {
    let endpoint = Server::start(|_| Reply::new("503 Service Unavailable", &[], ""));
    let policy = RetryPolicy::default().base_delay(Duration::ZERO).quota(10);
    let client: Client = Client::builder()
        .client_credentials(format!("{}/token", endpoint.url), "id", "secret")
        .base_url("http://127.0.0.1:1")
        .retry_policy(policy)
        .build()
        .unwrap();
    for requests in [3, 4, 5] {
        client.fleet("HF1").fetch().await.unwrap_err();
        assert_eq!(endpoint.requests().len(), requests);
    }
}
