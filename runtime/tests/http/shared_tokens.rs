//! Concurrent calls share one token refresh, even if some of them are dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use twilio_runtime::{
    Body, Bytes, ClientBuilder, Error, RetryPolicy, Transport, TransportFuture, http,
};
use twilio_test_support::{Reply, Server};

use crate::api::Client;
use crate::server::json;
use crate::transports::{Scripted, answer, late};

/// The timeout of a call; the token takes twice as long.
const SHORT: Duration = Duration::from_millis(500);

/// A slow token endpoint on a socket, and a service that requires one of its tokens.
struct Pair {
    endpoint: Server,
    service: Server,
}

impl Pair {
    fn start() -> Self {
        let issued = AtomicUsize::new(0);
        let endpoint = Server::start(move |_| {
            thread::sleep(2 * SHORT);
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            json(&format!(
                r#"{{"access_token": "T{number}", "expires_in": 3600}}"#
            ))
        });
        let service = Server::start(|request| match request.header("authorization") {
            Some(token) if token.starts_with("Bearer T") => json("{}"),
            _ => Reply::new("401 Unauthorized", &[], ""),
        });
        Self { endpoint, service }
    }

    fn builder(&self) -> ClientBuilder<Client> {
        let token_url = format!("{}/token", self.endpoint.url);
        let builder = Client::builder().client_credentials(token_url, "id", "secret");
        builder.base_url(&self.service.url)
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Makes a call, and drops it when the endpoint has received the token request.
    async fn asked(&self, client: &Client) {
        let call = tokio::spawn(client.fleet("HF1").fetch().send());
        while self.endpoint.requests().is_empty() {
            sleep(SHORT / 100).await;
        }
        call.abort();
    }
}

/// Makes a call with too little time for a token.
async fn give_up(client: &Client) {
    let call = client.fleet("HF1").fetch().timeout(SHORT);
    assert!(call.await.unwrap_err().is_timeout());
}

/// Makes a call with enough time, and checks the total number of token requests.
async fn meets_token(client: &Client, pair: &Pair, requests: usize) {
    let call = client.fleet("HF1").fetch().timeout(10 * SHORT);
    call.await.unwrap();
    assert_eq!(pair.endpoint.requests().len(), requests);
}

#[tokio::test]
async fn timed_out_calls_leave_the_token_to_later_ones() {
    let pair = Pair::start();
    let client = pair.client();
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let client = client.clone();
        calls.spawn(async move { give_up(&client).await });
    }
    calls.join_all().await;
    assert_eq!(pair.service.requests().len(), 0);
    sleep(SHORT + SHORT / 2).await;
    meets_token(&client, &pair, 1).await;
}

/// The timeout may be the client's, and a call may be dropped.
#[tokio::test]
async fn refresh_survives_timeouts_and_drops() {
    let pair = Pair::start();
    let client = pair.builder().timeout(SHORT).build().unwrap();
    let dropped = client.fleet("HF1").fetch().timeout(Duration::MAX);
    assert!(timeout(SHORT / 2, dropped.send()).await.is_err());
    let aborted = tokio::spawn(client.fleet("HF1").fetch().send());
    tokio::task::yield_now().await;
    aborted.abort();
    sleep(2 * SHORT).await;
    meets_token(&client, &pair, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_on_many_threads_share_a_refresh() {
    let pair = Pair::start();
    let client = pair.client();
    let mut calls = JoinSet::new();
    for _ in 0..64 {
        let fetch = client.fleet("HF1").fetch();
        calls.spawn(async move { fetch.await.is_ok() });
    }
    assert!(calls.join_all().await.into_iter().all(|is_ok| is_ok));
    assert_eq!(pair.endpoint.requests().len(), 1);
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Nothing runs between the two calls.
#[test]
fn refresh_continues_when_its_runtime_does() {
    let pair = Pair::start();
    let (client, runtime) = (pair.client(), runtime());
    runtime.block_on(give_up(&client));
    thread::sleep(2 * SHORT);
    runtime.block_on(meets_token(&client, &pair, 1));
}

#[cfg(feature = "blocking")]
#[test]
fn refresh_continues_across_blocking_calls() {
    let pair = Pair::start();
    let client = pair.client();
    let fetch = || client.fleet("HF1").fetch().timeout(SHORT).send();
    assert!(fetch().wait().unwrap_err().is_timeout());
    thread::sleep(2 * SHORT);
    fetch().wait().unwrap();
    assert_eq!(pair.endpoint.requests().len(), 1);
}

#[test]
fn next_call_restarts_a_refresh_that_died_with_its_runtime() {
    let pair = Pair::start();
    let client = pair.client();
    let first = runtime();
    first.block_on(pair.asked(&client));
    drop(first);
    runtime().block_on(async { client.fleet("HF1").fetch().await.unwrap() });
    assert_eq!(pair.endpoint.requests().len(), 2);
}

#[test]
fn waiting_call_restarts_a_refresh_that_dies() {
    let pair = Pair::start();
    let client = pair.client();
    let first = runtime();
    first.block_on(pair.asked(&client));
    let waiting = thread::spawn(move || {
        runtime().block_on(async { client.fleet("HF1").fetch().await.unwrap() })
    });
    thread::sleep(SHORT / 4);
    drop(first);
    waiting.join().unwrap();
    assert_eq!(pair.endpoint.requests().len(), 2);
}

const TOKEN_URL: &str = "https://auth.example/token";

fn is_token_request(request: &http::Request<Bytes>) -> bool {
    request.uri() == TOKEN_URL
}

fn client(transport: impl Transport) -> Client {
    let builder = Client::builder().client_credentials(TOKEN_URL, "id", "secret");
    builder.transport(transport).build().unwrap()
}

/// A stalled runtime keeps its refresh for as long as one may take.
#[test]
fn stalled_refresh_is_abandoned() {
    let paused = || {
        let mut builder = Builder::new_current_thread();
        builder.enable_all().start_paused(true).build().unwrap()
    };
    let transport = Scripted::new(|request| {
        if is_token_request(request) {
            let token = answer(200, r#"{"access_token": "T1"}"#);
            late(token, Duration::from_secs(5))
        } else {
            answer(200, "{}")
        }
    });
    let client = client(transport.clone());
    let still = paused();
    still.block_on(give_up(&client));
    paused().block_on(async { client.fleet("HF1").fetch().await.unwrap() });
    assert_eq!(transport.sent().len(), 3);
    // It has no effect when it continues.
    still.block_on(async {
        sleep(Duration::from_secs(10)).await;
        client.fleet("HF1").fetch().await.unwrap();
    });
    assert_eq!(transport.sent().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_use_a_token_that_is_already_expired() {
    let transport = Scripted::new(|request| {
        if is_token_request(request) {
            let token = answer(200, r#"{"access_token": "T1", "expires_in": 0}"#);
            late(token, Duration::from_secs(5))
        } else {
            answer(200, "{}")
        }
    });
    let client = client(transport.clone());
    let calls: Vec<_> = (0..64)
        .map(|_| tokio::spawn(client.fleet("HF1").fetch().send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let asked = || {
        transport
            .sent()
            .iter()
            .filter(|it| is_token_request(it))
            .count()
    };
    assert_eq!((asked(), transport.sent().len()), (1, 65));
    client.fleet("HF1").fetch().await.unwrap();
    assert_eq!(asked(), 2);
}

/// An endpoint that responds after an hour, for calls that would wait longer.
#[tokio::test(start_paused = true)]
async fn refresh_has_its_own_time_limit() {
    let transport = Scripted::new(|_| late(answer(200, "{}"), Duration::from_secs(3600)));
    let builder = Client::builder().client_credentials(TOKEN_URL, "id", "secret");
    let builder = builder
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    let client = builder.transport(transport).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)) && error.is_timeout());
    assert_eq!(start.elapsed().as_secs(), 60);
}

/// A buggy transport, whose panic must be reported and must not block any call.
#[tokio::test]
async fn refresh_that_panics_is_an_error() {
    struct Faulty(Arc<AtomicUsize>);
    impl Transport for Faulty {
        fn send(&self, _: http::Request<Body>) -> TransportFuture {
            self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { panic!("a fault of this transport") })
        }
    }
    let requests = Arc::new(AtomicUsize::new(0));
    let client = client(Faulty(Arc::clone(&requests)));
    for expected in [1, 2] {
        let fetch = client.fleet("HF1").fetch().retry_policy(RetryPolicy::off());
        let error = fetch.await.unwrap_err();
        assert!(error.to_string().contains("panicked"), "{error}");
        assert_eq!(requests.load(Ordering::SeqCst), expected);
    }
}
