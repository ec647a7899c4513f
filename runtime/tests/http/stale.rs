//! Connections that the server closed while the program was idle, as happens to cron jobs, lambdas and programs that
//! block on each call.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time;
use twilio_runtime::{Error, RetryPolicy, SendErrorKind};
use twilio_test_support::{Server, Then};

use crate::api::Client;
use crate::server::{client, client_without_retries, json};

/// How long the server keeps an idle connection.
const KEPT: Duration = Duration::from_millis(20);

/// The pause of a program between its calls, so that the server's FIN has arrived.
const PAUSE: Duration = Duration::from_millis(60);

const CALLS: usize = 12;

fn server() -> Server {
    Server::start(|_| json(r#"{"sid": "HF1"}"#).then(Then::NextWithin(KEPT)))
}

/// Makes a `POST`, which must not be retried once it may have arrived.
async fn post(client: &Client) {
    client.fleets().create("HA1").await.unwrap();
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn multi_thread(workers: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(workers).enable_all();
    builder.build().unwrap()
}

#[test]
fn connection_closed_while_the_thread_sleeps_is_not_used() {
    let server = server();
    let client = client_without_retries(&server);
    current_thread().block_on(async {
        for _ in 0..CALLS {
            post(&client).await;
            thread::sleep(PAUSE);
        }
    });
    assert_eq!(server.requests().len(), CALLS);
}

#[test]
fn connection_closed_between_two_calls_of_block_on_is_not_used() {
    for runtime in [current_thread(), multi_thread(1), multi_thread(2)] {
        let server = server();
        let client = client_without_retries(&server);
        for _ in 0..CALLS {
            runtime.block_on(post(&client));
            thread::sleep(PAUSE);
        }
        assert_eq!(server.requests().len(), CALLS);
    }
}

#[test]
fn connection_closed_while_the_task_sleeps_is_not_used() {
    for runtime in [current_thread(), multi_thread(1), multi_thread(2)] {
        let server = server();
        let client = client_without_retries(&server);
        runtime.block_on(async {
            for _ in 0..CALLS {
                post(&client).await;
                time::sleep(PAUSE).await;
            }
        });
        assert_eq!(server.requests().len(), CALLS);
    }
}

#[test]
fn connection_closed_while_a_worker_is_busy_is_not_used() {
    for workers in [1, 2] {
        let server = server();
        let client = client_without_retries(&server);
        let calls = async move {
            for _ in 0..CALLS {
                post(&client).await;
                thread::sleep(PAUSE);
            }
        };
        let runtime = multi_thread(workers);
        runtime.block_on(runtime.spawn(calls)).unwrap();
        assert_eq!(server.requests().len(), CALLS);
    }
}

#[test]
fn many_connections_closed_at_once_are_not_used() {
    // Long enough that none is closed while the others are busy.
    let kept = Duration::from_millis(400);
    let server = Server::start(move |_| json(r#"{"sid": "HF1"}"#).then(Then::NextWithin(kept)));
    let client = client_without_retries(&server);
    let runtime = current_thread();
    for _ in 0..2 {
        runtime.block_on(async {
            let calls: Vec<_> = (0..30)
                .map(|_| tokio::spawn(client.fleets().create("HA1").into_future()))
                .collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
        });
        thread::sleep(2 * kept);
    }
    assert_eq!(server.requests().len(), 60);
}

#[test]
fn connections_of_a_runtime_that_has_ended_are_not_used() {
    let server = Server::start(|_| json(r#"{"sid": "HF1"}"#));
    let client = client_without_retries(&server);
    for _ in 0..CALLS {
        current_thread().block_on(post(&client));
        multi_thread(1).block_on(post(&client));
    }
    assert_eq!(server.requests().len(), 2 * CALLS);
}

#[cfg(feature = "blocking")]
#[test]
fn connection_closed_between_two_blocking_calls_is_not_used() {
    let server = server();
    let client = client_without_retries(&server);
    for _ in 0..CALLS {
        let call = client.fleets().create("HA1").into_future();
        call.wait().unwrap();
        thread::sleep(PAUSE);
    }
    assert_eq!(server.requests().len(), CALLS);
}

#[test]
fn connection_ended_by_a_408_is_not_used() {
    let farewell =
        b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let server = Server::start(|_| {
        json(r#"{"sid": "HF1"}"#).then(Then::Repeat {
            piece: farewell,
            times: 1,
            pause: Duration::ZERO,
        })
    });
    let client = client_without_retries(&server);
    let runtime = current_thread();
    for _ in 0..CALLS {
        runtime.block_on(post(&client));
        thread::sleep(PAUSE);
    }
    assert_eq!(server.requests().len(), CALLS);
}

/// Servers keep idle connections for 30 s and more.
#[tokio::test]
async fn client_closes_idle_connections_before_servers_do() {
    let server = Server::start(|_| json(r#"{"sid": "HF1"}"#));
    let client = client(&server);
    let pause = async |time| {
        time::pause();
        time::advance(time).await;
        time::resume();
    };
    post(&client).await;
    pause(Duration::from_secs(20)).await;
    post(&client).await;
    assert_eq!(server.connections(), 1);
    pause(Duration::from_secs(30)).await;
    post(&client).await;
    assert_eq!(server.connections(), 2);
}

/// Starts a server that closes its first `connections` at once, as an overloaded one does, and responds on later ones.
/// Returns its URL and the number of connections so far.
fn closing(connections: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    thread::spawn(move || {
        for _ in 0..connections {
            drop(listener.accept().unwrap());
            count.fetch_add(1, Ordering::SeqCst);
        }
        Server::on(listener, |_| json(r#"{"sid": "HF1"}"#))
    });
    (url, accepted)
}

/// Makes a `POST` on a thread so busy that a new connection has been closed before the thread looks at it.
fn post_on_a_busy_thread(url: &str, policy: RetryPolicy) -> Result<(), Error> {
    let builder = Client::builder().basic_auth("AC1", "hunter2").base_url(url);
    let client = builder.retry_policy(policy).build().unwrap();
    let busy = async {
        loop {
            thread::sleep(Duration::from_millis(20));
            yield_now().await;
        }
    };
    current_thread().block_on(async {
        tokio::spawn(busy);
        client.fleets().create("HA1").await.map(drop)
    })
}

#[test]
fn unwritten_request_is_retried_for_every_method() {
    let (url, closed) = closing(2);
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    post_on_a_busy_thread(&url, policy).unwrap();
    assert_eq!(closed.load(Ordering::SeqCst), 2);
}

#[test]
fn unwritten_request_is_unsent() {
    let (url, _) = closing(1);
    let error = post_on_a_busy_thread(&url, RetryPolicy::off()).unwrap_err();
    let Error::Transport(fault) = error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.kind(), SendErrorKind::Unsent, "{fault:?}");
    assert!(fault.is_unsent() && !fault.is_timeout() && !fault.is_connect());
}
