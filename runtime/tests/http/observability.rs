//! What a program's log is told of calls, and what it is never told.

use std::cell::RefCell;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use twilio_runtime::RetryPolicy;

use crate::api::Client;
use crate::server::{Server, json, reply};

/// Keeps every span and event, of whatever crate and level, as lines of text.
#[derive(Clone, Default)]
struct Captured {
    lines: Arc<Mutex<Vec<String>>>,
    spans: Arc<AtomicU64>,
}

impl Captured {
    fn add(&self, what: &str, metadata: Option<&Metadata<'_>>, fields: impl FnOnce(&mut Fields)) {
        let mut text = Fields(what.to_owned());
        if let Some(metadata) = metadata {
            text.0.push_str(&format!(" {}", metadata.target()));
            // The name of an event is a place in the source.
            if metadata.is_span() {
                text.0.push_str(&format!(" {}:", metadata.name()));
            }
        }
        fields(&mut text);
        self.lines.lock().unwrap().push(text.0);
    }

    /// Returns the lines about this crate's own spans and events.
    fn own(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        let own = |line: &&String| line.contains("twilio_runtime") || line.starts_with("record ");
        lines.iter().filter(own).cloned().collect()
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl Subscriber for Captured {
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

thread_local! {
    /// What the crate `log` was told on this thread.
    static LOGGED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
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
async fn a_call_is_a_span_and_a_retry_an_event() {
    let busy = reply(
        "503 Service Unavailable",
        &["Twilio-Request-Id: RQ0"],
        "busy",
    );
    let server = Server::with([busy, json("{}")]);
    let captured = Captured::default();
    let _guard = tracing::subscriber::set_default(captured.clone());
    client(&server).fleet("HF1").fetch().await.unwrap();
    let mut own = captured.own();
    for line in &mut own {
        // The time is the only thing that is not the same in every run.
        if let Some((before, _)) = line.split_once(" elapsed_ms=") {
            *line = format!("{before} elapsed_ms");
        }
    }
    assert_eq!(
        own,
        [
            "span twilio_runtime::span twilio_call: operation=\"FetchFleet\" method=\"GET\" path=\"/v1/Fleets/{Sid}\"",
            "event twilio_runtime::retry message=a request is repeated operation=\"FetchFleet\" attempt=2 wait_ms=0 \
             reason=503 Service Unavailable",
            "record status=200",
            "record request_id=\"RQ1\"",
            "record attempts=2",
            "record elapsed_ms",
        ]
    );
}

#[tokio::test]
async fn no_log_holds_a_value_a_body_or_credentials() {
    // Another test of this program may have set it already.
    let _ = log::set_boxed_logger(Box::new(Logger));
    log::set_max_level(log::LevelFilter::Trace);
    let refusal = r#"{"code": 20001, "message": "hunter is no name", "details": "hunter"}"#;
    let server = Server::with([
        json(r#"{"sid": "hunter"}"#),
        reply("503 Service Unavailable", &[], refusal),
        reply("400 Bad Request", &["X-Echo: hunter"], refusal),
        json(r#"{"fleets": "hunter"}"#),
    ]);
    let captured = Captured::default();
    let _guard = tracing::subscriber::set_default(captured.clone());
    let client = client(&server);
    let create = client.fleets().create("hunter").networks(["hunter"]);
    create.header("X-Hunter", "hunter").await.unwrap();
    client.fleet("hunter").fetch().await.unwrap_err();
    client.fleets().list().status("hunter").await.unwrap_err();
    let lines = captured.lines.lock().unwrap().join("\n");
    let logged = LOGGED.with_borrow(|lines| lines.join("\n"));
    // printf AChunter:hunter2 | base64
    for secret in ["hunter", "QUNodW50ZXI6aHVudGVyMg=="] {
        assert!(!lines.to_lowercase().contains(secret), "{lines}");
        assert!(!logged.to_lowercase().contains(secret), "{logged}");
    }
    assert!(
        !logged.is_empty(),
        "the HTTP library logs nothing: look for what it does instead"
    );
    assert!(lines.contains("ListFleet"), "{lines}");
}
