//! Which failures are retried, with the number of requests that the server sees.
//!
//! Most clients here have the default policy. The tests skip the waits, so they do not take longer.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpSocket;
use twilio_runtime::{ClientBuilder, Error, Method, Retry, RetryPolicy, RetryReason};
use twilio_test_support::{Reply, Server, Then};

use crate::api::{Client, next};
use crate::server::json;

/// The retries that a client reported.
#[derive(Clone, Default)]
pub struct RetryLog(Arc<Mutex<Vec<Retry>>>);

impl RetryLog {
    /// Returns the builder of a client of `url` that records its retries and does not wait for them.
    pub fn builder(&self, url: &str) -> ClientBuilder<Client> {
        let log = self.clone();
        Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(url)
            .on_retry(move |retry| {
                log.0.lock().unwrap().push(retry.clone());
                skip_wait(retry.wait);
            })
    }

    fn client(&self, url: &str) -> Client {
        self.builder(url).build().unwrap()
    }

    pub fn retries(&self) -> Vec<Retry> {
        self.0.lock().unwrap().clone()
    }

    pub fn waits(&self) -> Vec<Duration> {
        self.retries().iter().map(|it| it.wait).collect()
    }

    fn reasons(&self) -> Vec<RetryReason> {
        self.retries().iter().map(|it| it.reason).collect()
    }
}

/// Lets Tokio's clock skip a wait that is about to begin. The clock must run again when a request is in progress, or
/// the request's own timeouts expire at once.
pub fn skip_wait(wait: Duration) {
    tokio::spawn(async move {
        tokio::time::pause();
        tokio::time::advance(wait + Duration::from_millis(1)).await;
        tokio::time::resume();
    });
}

fn client(server: &Server) -> Client {
    RetryLog::default().client(&server.url)
}

fn busy() -> Reply {
    Reply::new("503 Service Unavailable", &[], "busy")
}

fn limited(headers: &[&str]) -> Reply {
    let body = r#"{"code": 20429, "message": "Too Many Requests", "status": 429}"#;
    Reply::new("429 Too Many Requests", headers, body)
}

fn forever(answer: Reply) -> Server {
    Server::start(move |_| answer.clone())
}

/// Returns how often a `GET`, a `DELETE` and a `POST` are sent if the response is always this one.
async fn counts(answer: Reply) -> [usize; 3] {
    let server = forever(answer);
    let client = client(&server);
    client.fleet("HF1").fetch().await.unwrap_err();
    client.fleet("HF1").delete().await.unwrap_err();
    client.fleets().create("HA1").await.unwrap_err();
    let requests = server.requests();
    ["GET", "DELETE", "POST"].map(|method| requests.iter().filter(|it| it.method == method).count())
}

#[tokio::test]
async fn unavailable_service_is_retried_except_for_posts() {
    for status in [
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
    ] {
        assert_eq!(counts(Reply::new(status, &[], "")).await, [3, 3, 1]);
    }
}

#[tokio::test]
async fn idempotent_posts_are_retried_like_gets() {
    let server = forever(busy());
    let client = client(&server);
    let create = client.fleets().create("HA1");
    let keyed = create.header("Idempotency-Key", "order-4711");
    let keyed = keyed.retry_policy(RetryPolicy::default().idempotent());
    let error = keyed.await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|it| it.header("idempotency-key") == Some("order-4711"))
    );
    // The next request has the client's policy.
    client.fleets().create("HA1").await.unwrap_err();
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn too_many_requests_is_retried_for_every_method() {
    assert_eq!(counts(limited(&[])).await, [3, 3, 3]);
    let bare = Reply::new("429 Too Many Requests", &[], "<html>");
    assert_eq!(counts(bare).await, [3, 3, 3]);
}

#[tokio::test]
async fn other_responses_are_not_retried() {
    for status in [
        "302 Found",
        "400 Bad Request",
        "401 Unauthorized",
        "404 Not Found",
        "408 Request Timeout",
        "409 Conflict",
        "500 Internal Server Error",
        "501 Not Implemented",
    ] {
        assert_eq!(
            counts(Reply::new(status, &[], "")).await,
            [1; 3],
            "{status}"
        );
    }
    let server = Server::replying([json("[]")]);
    let error = client(&server).fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn broken_connection_is_retried_except_for_posts() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    for bytes in [&b""[..], b"HTTP/1.1 2", cut] {
        assert_eq!(counts(Reply::raw(bytes)).await, [3, 3, 1]);
    }
}

#[tokio::test]
async fn reset_before_the_response_is_retried_except_for_posts() {
    assert_eq!(counts(Reply::raw("").then(Then::Reset)).await, [3, 3, 1]);
}

#[tokio::test]
async fn timeout_is_retried_except_for_posts() {
    for (is_post, expected) in [(false, 3), (true, 1)] {
        let server = forever(Reply::silence());
        let log = RetryLog::default();
        let builder = log
            .builder(&server.url)
            .attempt_timeout(Duration::from_millis(50));
        let client = builder.build().unwrap();
        let error = if is_post {
            client.fleets().create("HA1").await.unwrap_err()
        } else {
            client.fleet("HF1").fetch().await.unwrap_err()
        };
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(server.requests().len(), expected);
        assert!(log.reasons().iter().all(|it| *it == RetryReason::Timeout));
    }
}

#[tokio::test]
async fn success_ends_the_retries() {
    let server = Server::replying([busy(), busy(), json(r#"{"sid": "HF1"}"#)]);
    let fleet = client(&server).fleet("HF1").fetch().await.unwrap();
    assert_eq!(fleet.sid.as_deref(), Some("HF1"));
    assert_eq!(server.lines(), ["GET /v1/Fleets/HF1"; 3]);
}

#[tokio::test]
async fn retried_post_is_the_same_request() {
    let server = Server::replying([limited(&[]), Reply::new("201 Created", &[], "{}")]);
    let create = client(&server).fleets().create("HA1");
    let create = create.data_limit(5).idempotency_key("k1");
    assert_eq!(create.send().await.unwrap().status(), 201);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(request.text(), "NetworkAccessProfile=HA1&DataLimit=5");
    }
    assert_eq!(requests[0].headers, requests[1].headers);
}

#[tokio::test]
async fn last_failure_is_the_error() {
    let server = Server::replying([busy(), limited(&[]), Reply::new("404 Not Found", &[], "")]);
    let error = client(&server).fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(server.requests().len(), 3);
    let server = Server::replying([busy(), busy(), limited(&[])]);
    let error = client(&server).fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(server.requests().len(), 3);
}

/// Returns a port that is bound but not listening, so nothing responds.
fn silent_port() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    (socket, url)
}

#[tokio::test]
async fn refused_connection_is_tried_three_times() {
    let (_socket, url) = silent_port();
    let log = RetryLog::default();
    let error = log.client(&url).fleets().create("HA1").await.unwrap_err();
    let Error::Transport(fault) = &error else {
        panic!("{error:?}")
    };
    assert!(fault.is_connect());
    assert_eq!(log.reasons(), [RetryReason::Connect; 2]);
}

#[tokio::test]
async fn post_is_retried_if_no_server_has_seen_it() {
    let (socket, url) = silent_port();
    let (socket, started) = (Mutex::new(Some(socket)), Arc::new(Mutex::new(None)));
    let own = Arc::clone(&started);
    let builder = Client::builder().basic_auth("AC1", "t").base_url(url);
    let client = builder.on_retry(move |retry| {
        let socket = socket.lock().unwrap().take().unwrap();
        let listener = socket.listen(16).unwrap().into_std().unwrap();
        listener.set_nonblocking(false).unwrap();
        *own.lock().unwrap() = Some(Server::on(listener, |_| json("{}")));
        skip_wait(retry.wait);
    });
    let client = client.build().unwrap();
    client.fleets().create("HA1").await.unwrap();
    let server = started.lock().unwrap().take().unwrap();
    assert_eq!(server.lines(), ["POST /v1/Fleets"]);
}

#[tokio::test]
async fn waits_come_from_a_doubling_range() {
    let server = forever(busy());
    let log = RetryLog::default();
    let patient = RetryPolicy::default()
        .attempts(7)
        .base_delay(Duration::from_secs(1))
        .delay_cap(Duration::from_secs(4));
    let list = log.client(&server.url).fleets().list();
    list.retry_policy(patient).await.unwrap_err();
    assert_eq!(server.requests().len(), 7);
    for (wait, longest) in log.waits().into_iter().zip([1, 2, 4, 4, 4, 4]) {
        assert!(wait < Duration::from_secs(longest), "{wait:?}");
    }
}

/// Returns the waits of a `POST` whose first response is this one and whose second is `{}`, and the number of requests.
async fn waits(answer: Reply) -> (Vec<Duration>, usize) {
    let server = Server::replying([answer, json("{}")]);
    let log = RetryLog::default();
    let sent = log.client(&server.url).fleets().create("HA1").await;
    assert_eq!(sent.is_ok(), server.requests().len() == 2, "{sent:?}");
    (log.waits(), server.requests().len())
}

#[tokio::test]
async fn retry_after_is_respected() {
    for (seconds, header) in [(7, "Retry-After: 7"), (30, "Retry-After: 30")] {
        let wait = Duration::from_secs(seconds);
        assert_eq!(waits(limited(&[header])).await, (vec![wait], 2));
    }
    let date = "Date: Fri, 31 Dec 1999 23:59:55 GMT";
    let wish = "Retry-After: Sat, 01 Jan 2000 00:00:05 GMT";
    let wait = Duration::from_secs(10);
    assert_eq!(waits(limited(&[date, wish])).await, (vec![wait], 2));
}

#[tokio::test]
async fn zero_retry_after_keeps_the_delay() {
    for header in [
        "Retry-After: 0",
        // Without a `Date`, the local clock says that this is in the past.
        "Retry-After: Sat, 01 Jan 2000 00:00:05 GMT",
        "Retry-After: later",
    ] {
        let (waits, requests) = waits(limited(&[header])).await;
        let (least, most) = (Duration::ZERO, Duration::from_millis(500));
        assert!(least < waits[0] && waits[0] < most, "{header}: {waits:?}");
        assert_eq!(requests, 2);
    }
}

#[tokio::test]
async fn overlong_retry_after_ends_the_retries() {
    for header in [
        "Retry-After: 31",
        "Retry-After: 99999999999999999999999",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        assert_eq!(waits(limited(&[header])).await, (vec![], 1), "{header}");
    }
    let server = Server::replying([limited(&["Retry-After: 31"])]);
    let error = client(&server).fleet("HF1").fetch().await.unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.headers["retry-after"], "31");
    // This request allows it.
    let server = Server::replying([limited(&["Retry-After: 31"]), json("{}")]);
    let patient = RetryPolicy::default().retry_after_cap(Duration::from_secs(31));
    let fetch = client(&server).fleet("HF1").fetch();
    fetch.retry_policy(patient).await.unwrap();
}

#[tokio::test]
async fn no_attempt_starts_after_the_deadline() {
    let server = forever(limited(&["Retry-After: 25"]));
    let log = RetryLog::default();
    let policy = RetryPolicy::default()
        .attempts(10)
        .deadline(Duration::from_secs(55));
    let builder = log.builder(&server.url).retry_policy(policy);
    let fetch = builder.build().unwrap().fleet("HF1").fetch();
    let error = fetch.await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    // At 0, 25 and 50 s; the next would be at 75 s.
    assert_eq!(log.waits(), [Duration::from_secs(25); 2]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn retries_can_be_disabled_per_client_or_request() {
    let server = forever(busy());
    let builder = RetryLog::default().builder(&server.url);
    let off = builder.clone().retry_policy(RetryPolicy::off());
    let off = off.build().unwrap();
    off.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    let on = builder.build().unwrap();
    let fetch = on.fleet("HF2").fetch();
    fetch
        .clone()
        .retry_policy(RetryPolicy::off())
        .await
        .unwrap_err();
    assert_eq!(server.requests().len(), 2);
    // The previous request had its own policy, and the client still has its own.
    fetch.send().await.unwrap_err();
    assert_eq!(server.requests().len(), 5);
    let fetch = off.fleet("HF1").fetch();
    let twice = RetryPolicy::default().attempts(2);
    fetch.retry_policy(twice).send().await.unwrap_err();
    assert_eq!(server.requests().len(), 7);
}

#[tokio::test]
async fn hook_gets_the_reason_but_no_secret() {
    let server = Server::replying([busy(), Reply::raw(""), json(r#"{"fleets": []}"#)]);
    let log = RetryLog::default();
    let list = log.client(&server.url).fleets().list();
    list.status("hunter3")
        .request_header("hunter4")
        .await
        .unwrap();
    let retries = log.retries();
    let [first, second] = &retries[..] else {
        panic!("{retries:?}")
    };
    assert_eq!((first.operation, first.method), ("ListFleet", Method::Get));
    assert_eq!((first.attempt, second.attempt), (2, 3));
    assert_eq!(
        first.reason,
        RetryReason::Status(twilio_runtime::StatusCode::SERVICE_UNAVAILABLE)
    );
    assert_eq!(second.reason, RetryReason::Disconnect);
    assert!(first.to_string().starts_with("ListFleet: attempt 2 in 0."));
    let shown = format!("{retries:?} {first} {second}");
    for private in ["hunter", "AC1", "127.0.0.1", "busy", "/v1"] {
        assert!(!shown.contains(private), "`{private}` in {shown}");
    }
}

/// Serves two pages, each after this many responses with 503.
fn shaky(failures: usize) -> Server {
    let left = Mutex::new([failures; 2]);
    Server::start(move |request| {
        let page = usize::from(request.target.contains("Page=1"));
        let left = &mut left.lock().unwrap()[page];
        if *left > 0 {
            *left -= 1;
            return busy();
        }
        json(match page {
            0 => r#"{"fleets": [{"sid": "A"}], "meta": {"next_page_url": "/v1/Fleets?Page=1"}}"#,
            _ => r#"{"fleets": [{"sid": "B"}], "meta": {}}"#,
        })
    })
}

#[tokio::test]
async fn each_page_has_its_own_attempts() {
    let server = shaky(2);
    let mut items = client(&server).fleets().list().stream();
    let mut sids = Vec::new();
    while let Some(item) = next(&mut items).await {
        sids.push(item.unwrap().sid.unwrap());
    }
    assert_eq!(sids, ["A", "B"]);
    assert_eq!(server.requests().len(), 6);
    let server = shaky(2);
    let first = client(&server).fleets().list().await.unwrap();
    let second = first.next().await.unwrap().unwrap();
    assert_eq!(second.items()[0].sid.as_deref(), Some("B"));
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn list_policy_applies_to_later_pages() {
    let server = Server::replying([
        json(r#"{"fleets": [], "meta": {"next_page_url": "/v1/Fleets?Page=1"}}"#),
        busy(),
        busy(),
    ]);
    let list = client(&server).fleets().list();
    let first = list.retry_policy(RetryPolicy::off()).await.unwrap();
    assert_eq!(first.next().await.unwrap_err().status().unwrap(), 503);
    assert_eq!(server.requests().len(), 2);
    let error = first.clone().next().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.requests().len(), 3);
}

/// A request that is dropped while it waits is not sent again.
#[tokio::test]
async fn dropping_the_future_ends_the_wait() {
    let server = forever(limited(&["Retry-After: 7"]));
    let fetch = client(&server).fleet("HF1").fetch();
    let mut sent = fetch.send();
    let given_up = tokio::time::timeout(Duration::from_millis(200), &mut sent);
    assert!(given_up.await.is_err());
    drop(sent);
    assert_eq!(server.requests().len(), 1);
}
