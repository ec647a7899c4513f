//! The limits of a call on time, size and concurrency, and the options of a single call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use twilio_runtime::{
    Body, DecodeLimit, Error, HeaderParameterProblem, RetryPolicy, SendErrorKind, Transport,
    TransportFuture, http,
};

use crate::api::Client;
use crate::transports::{Scripted, Step, answer, late};

const HOUR: Duration = Duration::from_secs(3600);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn client(transport: &Scripted, set: impl FnOnce(Builder) -> Builder) -> Client {
    let builder = Client::builder()
        .basic_auth("AC1", "t")
        .transport(transport.clone());
    set(builder).build().unwrap()
}

type Builder = twilio_runtime::ClientBuilder<Client>;

/// Returns the error of a call, and how long it took on Tokio's clock.
async fn failure(
    call: impl IntoFuture<Output = Result<crate::api::Fleet, Error>>,
) -> (Error, Duration) {
    let start = Instant::now();
    let error = call.await.unwrap_err();
    (error, start.elapsed())
}

fn stalled() -> Scripted {
    Scripted::new(|_| late(answer(200, "{}"), HOUR))
}

/// Checks that a call timed out before its request was sent, and says so.
pub fn assert_unsent(error: Error) {
    assert!(error.is_timeout(), "{error:?}");
    let Error::Transport(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind(), SendErrorKind::WaitTimeout);
    assert!(error.is_unsent() && !error.is_connect());
    assert!(
        error.to_string().contains("before the request was sent"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn attempts_and_calls_time_out() {
    let transport = stalled();
    let client = client(&transport, |it| {
        it.attempt_timeout(seconds(4))
            .timeout(seconds(9))
            .retry_policy(RetryPolicy::default().base_delay(Duration::ZERO))
    });
    // Two attempts of 4 s, and the remaining second of the third.
    let (error, time) = failure(client.fleet("HF1").fetch()).await;
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((time, transport.sent().len()), (seconds(9), 3));
    // A POST that timed out may have been carried out.
    let (error, time) = failure(client.fleets().create("HA1")).await;
    assert!(error.is_timeout());
    assert_eq!((time, transport.sent().len()), (seconds(4), 4));
    let Error::Transport(error) = error else {
        panic!()
    };
    assert_eq!(error.kind(), SendErrorKind::Timeout);
    assert!(!error.is_unsent());
}

#[tokio::test(start_paused = true)]
async fn default_limits_end_every_call() {
    let transport = stalled();
    let (error, time) = failure(transport.client().fleet("HF1").fetch()).await;
    assert!(error.is_timeout());
    assert!(time <= seconds(90), "{time:?}");
    assert!(transport.sent().len() >= 2);
}

#[tokio::test(start_paused = true)]
async fn retry_that_would_be_late_is_not_waited_for() {
    let transport = Scripted::new(|_| {
        let (time, answer) = answer(429, "");
        let mut answer = answer.unwrap();
        answer.headers_mut().insert("retry-after", 20.into());
        (time, Ok(answer))
    });
    let client = client(&transport, |it| it.timeout(seconds(20)));
    let (error, time) = failure(client.fleet("HF1").fetch()).await;
    assert_eq!(
        (error.status().unwrap().as_u16(), time),
        (429, Duration::ZERO)
    );
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn zero_and_maximal_timeouts_work() {
    let transport = Scripted::agreeing();
    let client = client(&transport, |it| {
        it.timeout(Duration::MAX).attempt_timeout(Duration::MAX)
    });
    client.fleet("HF1").fetch().await.unwrap();
    let (error, time) = failure(
        stalled()
            .client()
            .fleets()
            .create("HA1")
            .timeout(Duration::ZERO),
    )
    .await;
    assert!(error.is_timeout(), "{error:?}");
    assert!(time < seconds(1), "{time:?}");
}

/// Returns small objects that take more than 20 times their size when decoded.
fn small_objects() -> String {
    format!("[{}{{}}]", "{\"\":0},".repeat(200_000))
}

/// Lists fleets with a client that accepts only small bodies, and so has the minimum of memory for decoded values.
async fn list_in_little_memory(body: String) -> Result<usize, Error> {
    let body: &str = body.leak();
    let transport = Scripted::new(move |_| answer(200, body));
    let list = client(&transport, |it| it.max_body_size(4 << 20))
        .fleets()
        .list();
    list.await.map(|page| page.items().len())
}

#[tokio::test]
async fn memory_for_decoded_values_is_limited() {
    let many = small_objects();
    for body in [
        format!("{{\"fleets\": {many}}}"),
        format!("{{\"fleets\": [{{\"anything\": {many}}}]}}"),
    ] {
        let error = list_in_little_memory(body).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "ListFleet: cannot decode the response (200): its values take more than 16777216 bytes of memory"
        );
        assert_eq!(error.status().unwrap(), 200);
        assert!(!error.is_timeout());
        let Error::DecodeLimit(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.limit(), DecodeLimit::Memory(16 << 20));
    }
}

#[tokio::test]
async fn unknown_members_take_no_memory() {
    let body = format!(
        "{{\"fleets\": [{{\"new\": {0}}}], \"new\": {0}}}",
        small_objects()
    );
    assert_eq!(list_in_little_memory(body).await.unwrap(), 1);
}

#[tokio::test]
async fn size_of_a_body_is_limited() {
    let transport = Scripted::new(|_| {
        let (delay, mut answer) = answer(200, r#"{"sid": "0123456789"}"#);
        let headers = answer.as_mut().unwrap().headers_mut();
        headers.insert("twilio-request-id", "RQ1".parse().unwrap());
        (delay, answer)
    });
    let at = |size| client(&transport, move |it| it.max_body_size(size));
    let body = r#"{"sid": "0123456789"}"#;
    assert!(at(body.len()).fleet("HF1").fetch().await.is_ok());
    let (error, _) = failure(at(body.len() - 1).fleet("HF1").fetch()).await;
    assert_eq!(
        error.to_string(),
        "FetchFleet: the response (200, request RQ1) has more than 20 bytes"
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("RQ1"));
    assert!(matches!(error, Error::BodyTooLarge(_)));
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_for_a_permit() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    struct Counting(Arc<AtomicUsize>, Arc<AtomicUsize>);
    impl Transport for Counting {
        fn send(&self, _: http::Request<Body>) -> TransportFuture {
            let (now, most) = (Arc::clone(&self.0), Arc::clone(&self.1));
            Box::pin(async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(seconds(1)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(http::Response::new("{}".into()))
            })
        }
    }
    for (limit, expected, time) in [(Some(3), 3, 4), (Some(0), 1, 10), (None, 10, 1)] {
        let builder = Client::builder().basic_auth("AC1", "t");
        let builder = builder.transport(Counting(now.clone(), most.clone()));
        let builder = match limit {
            Some(limit) => builder.max_in_flight(limit),
            None => builder,
        };
        let client = builder.build().unwrap();
        most.store(0, Ordering::SeqCst);
        let start = Instant::now();
        let calls: Vec<_> = (0..10)
            .map(|_| tokio::spawn(client.clone().fleet("HF1").fetch().send()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(
            (most.load(Ordering::SeqCst), start.elapsed().as_secs()),
            (expected, time)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_permit_counts_toward_the_timeout() {
    let transport = stalled();
    let client = client(&transport, |it| {
        it.max_in_flight(1).retry_policy(RetryPolicy::off())
    });
    let first = tokio::spawn(client.fleet("HF1").fetch().send());
    tokio::task::yield_now().await;
    let (error, time) = failure(client.fleets().create("HA1").timeout(seconds(5))).await;
    assert_unsent(error);
    assert_eq!((time, transport.sent().len()), (seconds(5), 1));
    first.abort();
}

#[tokio::test]
async fn call_has_its_own_headers() {
    let transport = Scripted::agreeing();
    let client = transport.client();
    let fetch = client.fleet("HF1").fetch();
    fetch
        .header("X-Trace", "a")
        .header("x-other", "b c")
        .header("User-Agent", "own/1")
        .await
        .unwrap();
    let sent = transport.sent();
    let headers = sent[0].headers();
    assert_eq!(
        (&headers["x-trace"], &headers["x-other"]),
        (&"a".parse().unwrap(), &"b c".parse().unwrap())
    );
    assert!(headers["x-trace"].is_sensitive());
    assert_eq!(
        headers.get_all("user-agent").iter().collect::<Vec<_>>(),
        ["own/1"]
    );
}

/// Header names are case-insensitive (RFC 9110 §5.1).
#[tokio::test]
async fn last_value_of_a_header_wins() {
    let transport = Scripted::agreeing();
    let client = transport.client();
    let fetch = client.fleet("HF1").fetch().header("X-Trace", "1");
    let fetch = fetch.header("x-trace", "2").header("X-Trace", "3");
    fetch.header("x-TRACE", "4").await.unwrap();
    let sent = transport.sent();
    let values = sent[0].headers().get_all("x-trace");
    assert_eq!(values.iter().collect::<Vec<_>>(), ["4"]);
}

#[tokio::test]
async fn invalid_headers_are_rejected() {
    use HeaderParameterProblem::{Name, Reserved, Value};
    let transport = Scripted::agreeing();
    let cases = [
        ("", "v", Name),
        ("a b", "v", Name),
        ("a\r\nb", "v", Name),
        ("x", "a\r\nb: c", Value),
        ("Authorization", "v", Reserved),
        ("HOST", "v", Reserved),
        ("content-length", "1", Reserved),
    ];
    for (name, value, problem) in cases {
        let call = transport.client().fleet("HF1").fetch().header(name, value);
        let Err(Error::HeaderParameter(error)) = call.await else {
            panic!("{name}")
        };
        assert_eq!(error.problem, problem, "{name}");
        assert!(!error.to_string().contains('\n') && error.to_string().starts_with("FetchFleet: "));
    }
    assert_eq!(transport.sent().len(), 0);
}

#[tokio::test]
async fn send_raw_returns_the_undecoded_body() {
    let transport = Scripted::new(|_| answer(202, "<not json>"));
    let response = transport
        .client()
        .fleet("HF1")
        .fetch()
        .send_raw()
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.body()[..]),
        (202, &b"<not json>"[..])
    );
    let step: fn() -> Step = || answer(404, "{}");
    let transport = Scripted::new(move |_| step());
    let error = transport
        .client()
        .fleet("HF1")
        .fetch()
        .send_raw()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn error_with_a_success_status_is_an_error() {
    let transport = Scripted::new(|_| {
        answer(
            200,
            r#"{"code": 20404, "message": "gone", "more_info": "x", "status": 404}"#,
        )
    });
    let (error, _) = failure(transport.client().fleet("HF1").fetch()).await;
    assert_eq!(error.to_string(), "FetchFleet: 200 OK: gone (code 20404)");
    assert!(matches!(error, Error::Api(_)));
    let error = transport.client().fleets().list().await.unwrap_err();
    assert_eq!(error.code(), Some(20404));
    let transport = Scripted::new(|_| {
        answer(
            200,
            r#"{"sid": "x", "message": "m", "status": "active", "code": null}"#,
        )
    });
    assert!(transport.client().fleet("HF1").fetch().await.is_ok());
}

#[test]
fn request_outside_a_runtime_is_an_error() {
    let transport = Scripted::agreeing();
    let mut call = Box::pin(transport.client().fleet("HF1").fetch().into_future());
    let waker = std::task::Waker::noop();
    let std::task::Poll::Ready(outcome) = call
        .as_mut()
        .poll(&mut std::task::Context::from_waker(waker))
    else {
        panic!("it waits")
    };
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::Runtime(_)), "{error:?}");
    assert!(
        error.to_string().contains("needs a Tokio runtime"),
        "{error}"
    );
}
