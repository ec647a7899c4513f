//! What calls log, and what they never log.
//!
//! A test program of its own: the log collector is process-wide, because a call site that ran without any collector is
//! not checked again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[expect(dead_code, reason = "the request tests use the rest")]
#[path = "../http/api.rs"]
mod api;
#[expect(dead_code, reason = "the fault tests use the rest")]
#[path = "../http/server.rs"]
mod server;

use std::cell::RefCell;
use std::fmt::Debug;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Server};

use crate::api::Client;
use crate::server::json;

thread_local! {
    /// What this thread, which is one test, logged through the crate `tracing`.
    static TRACED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// What this thread logged through the crate `log`.
    static LOGGED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Starts to collect everything that is logged, by any crate, at any level.
fn collect() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Collector::default()).unwrap();
        log::set_boxed_logger(Box::new(Logger)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Returns this crate's own spans and events.
fn own() -> Vec<String> {
    let own = |line: &&String| line.contains("twilio_runtime") || line.starts_with("record ");
    TRACED.with_borrow(|lines| lines.iter().filter(own).cloned().collect())
}

/// Records every span and event as a line of text.
#[derive(Default)]
struct Collector {
    spans: AtomicU64,
}

impl Collector {
    fn add(&self, what: &str, metadata: Option<&Metadata<'_>>, fields: impl FnOnce(&mut Fields)) {
        let mut text = Fields(what.to_owned());
        if let Some(metadata) = metadata {
            text.0.push_str(&format!(" {}", metadata.target()));
            // The name of an event is a source location.
            if metadata.is_span() {
                text.0.push_str(&format!(" {}:", metadata.name()));
            }
        }
        fields(&mut text);
        TRACED.with_borrow_mut(|lines| lines.push(text.0));
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.add("span", Some(span.metadata()), |text| span.record(text));
        Id::from_u64(self.spans.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.add("record", None, |text| values.record(text));
    }

    fn event(&self, event: &Event<'_>) {
        self.add("event", Some(event.metadata()), |text| event.record(text));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LOGGED.with_borrow_mut(|lines| lines.push(record.args().to_string()));
    }

    fn flush(&self) {}
}

fn client(server: &Server) -> Client {
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let builder = Client::builder()
        .basic_auth("AChunter", "hunter2")
        .base_url(&server.url);
    builder.retry_policy(policy).build().unwrap()
}

#[tokio::test]
async fn call_is_a_span_and_retry_is_an_event() {
    let busy = Reply::new(
        "503 Service Unavailable",
        &["Twilio-Request-Id: RQ0"],
        "busy",
    );
    let server = Server::replying([busy, json("{}")]);
    collect();
    client(&server).fleet("HF1").fetch().await.unwrap();
    let mut own = own();
    for line in &mut own {
        // Only the time differs between runs.
        if let Some((before, _)) = line.split_once(" elapsed_ms=") {
            *line = format!("{before} elapsed_ms");
        }
    }
    assert_eq!(
        own,
        [
            "span twilio_runtime::span twilio_call: operation=\"FetchFleet\" method=\"GET\" path=\"/v1/Fleets/{Sid}\"",
            "event twilio_runtime::retry message=retrying request operation=\"FetchFleet\" attempt=2 wait_ms=0 \
             reason=503 Service Unavailable",
            "record status=200",
            "record request_id=\"RQ1\"",
            "record attempts=2",
            "record elapsed_ms",
            "event twilio_runtime::request message=request finished operation=\"FetchFleet\" method=\"GET\" \
             host=\"127.0.0.1\" path=\"/v1/Fleets/{Sid}\" status=200 attempts=2 elapsed_ms",
        ]
    );
}

#[tokio::test]
async fn exhausted_quota_is_an_event() {
    let server = Server::start(|_| Reply::new("503 Service Unavailable", &[], "busy"));
    collect();
    let builder = Client::builder().basic_auth("AC1", "t");
    let policy = RetryPolicy::default().quota(0);
    let builder = builder.base_url(&server.url).retry_policy(policy);
    let client: Client = builder.build().unwrap();
    client.fleet("HF1").fetch().await.unwrap_err();
    let expected = "event twilio_runtime::retry message=not retrying request: the client's retry quota is \
                    used up operation=\"FetchFleet\" attempts=1 reason=503 Service Unavailable";
    assert!(own().iter().any(|line| line == expected), "{:#?}", own());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn logs_contain_no_values_bodies_or_credentials() {
    collect();
    let refusal = r#"{"code": 20001, "message": "hunter is no name", "details": "hunter"}"#;
    let server = Server::replying([
        json(r#"{"sid": "hunter"}"#),
        Reply::new("503 Service Unavailable", &[], refusal),
        Reply::new("400 Bad Request", &["X-Echo: hunter"], refusal),
        json(r#"{"fleets": "hunter"}"#),
    ]);
    let client = client(&server);
    let create = client.fleets().create("hunter").networks(["hunter"]);
    create.header("X-Hunter", "hunter").await.unwrap();
    client.fleet("hunter").fetch().await.unwrap_err();
    client.fleets().list().status("hunter").await.unwrap_err();
    let lines = TRACED.with_borrow(|lines| lines.join("\n"));
    let logged = LOGGED.with_borrow(|lines| lines.join("\n"));
    // printf AChunter:hunter2 | base64
    for secret in ["hunter", "QUNodW50ZXI6aHVudGVyMg=="] {
        assert!(!lines.to_lowercase().contains(secret), "{lines}");
        assert!(!logged.to_lowercase().contains(secret), "{logged}");
    }
    assert!(
        !logged.is_empty(),
        "the HTTP library logs nothing: find out what it does instead"
    );
    assert!(lines.contains("ListFleet"), "{lines}");
}
