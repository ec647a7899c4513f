//! Compares a call over loopback by the client with one written by hand with reqwest. Both call the same server and
//! decode the response into the same fields.
//!
//! ```sh
//! cargo bench -p twilio-tests --bench call
//! ```
//!
//! The two take turns, so that whatever slows down the machine affects both: each benchmark measures pairs, and counts
//! its own half. At the end it prints the ratio of the medians of all pairs.

use std::cell::RefCell;
use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use reqwest::header::ACCEPT;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use twilio_iot::supersim::v1::SimStatus;
use twilio_iot::{Client, DateTime, Utc};

const SID: &str = "HSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const BODY: &str = r#"{
    "sid": "HSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "unique_name": "van-07",
    "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "iccid": "89883070000123456789", "status": "active",
    "fleet_sid": "HFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "date_created": "2026-07-30T20:00:00Z",
    "date_updated": "2026-07-31T21:12:34Z",
    "url": "https://supersim.twilio.com/v1/Sims/HSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "links": {"usage_records": "https://supersim.twilio.com/v1/UsageRecords?Sim=HSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
}"#;

/// The struct that a user would write without the generated crate.
#[expect(dead_code, reason = "only the call is measured")]
#[derive(Deserialize)]
struct Sim {
    sid: String,
    unique_name: Option<String>,
    account_sid: Option<String>,
    iccid: Option<String>,
    status: Option<SimStatus>,
    fleet_sid: Option<String>,
    date_created: Option<DateTime<Utc>>,
    date_updated: Option<DateTime<Utc>>,
    url: Option<String>,
    links: Option<std::collections::BTreeMap<String, String>>,
}

/// Starts a server that responds to each request with a SIM and keeps its connections; returns its URL.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(&stream.expect("a connection")));
        }
    });
    url
}

/// Responds to the requests on a connection. None has a body, and each arrives in one piece.
fn answer(mut stream: &TcpStream) {
    stream.set_nodelay(true).expect("a socket");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTwilio-Request-Id: RQ1\r\n";
    let answer = format!("{head}Content-Length: {}\r\n\r\n{BODY}", BODY.len());
    let mut request = [0; 4096];
    while stream.read(&mut request).is_ok_and(|length| length > 0) {
        stream.write_all(answer.as_bytes()).expect("a client");
    }
}

/// Both ways to make the call, on one runtime.
struct Pair {
    runtime: Runtime,
    client: Client,
    http: reqwest::Client,
    url: String,
    /// How long each call took so far, by the client and by hand.
    times: RefCell<[Vec<Duration>; 2]>,
}

impl Pair {
    fn new() -> Self {
        let url = server();
        let builder = Client::builder().basic_auth("AC1", "token").base_url(&url);
        Self {
            runtime: Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            client: builder.build().expect("a client"),
            http: reqwest::Client::new(),
            url,
            times: RefCell::default(),
        }
    }

    async fn by_client(&self) {
        let sim = self.client.supersim().sim(SID).fetch().await;
        black_box(sim.expect("a SIM"));
    }

    async fn by_hand(&self) {
        let request = self
            .http
            .get(format!("{}/v1/Sims/{SID}", self.url))
            .basic_auth("AC1", Some("token"))
            .header(ACCEPT, "application/json");
        let answer = request.send().await.expect("an answer");
        let answer = answer.error_for_status().expect("a SIM");
        let body = answer.bytes().await.expect("a whole answer");
        let sim: Sim = serde_json::from_slice(&body).expect("a SIM");
        black_box(sim);
    }

    /// Makes this many pairs of calls; returns the total time of the client's, or of those by hand.
    fn measure(&self, pairs: u64, of_client: bool) -> Duration {
        let mut times = self.times.borrow_mut();
        let mut total = Duration::ZERO;
        for pair in 0..pairs {
            let is_first = pair % 2 == 0;
            for is_client in [is_first, !is_first] {
                let start = Instant::now();
                self.runtime.block_on(async {
                    if is_client {
                        self.by_client().await;
                    } else {
                        self.by_hand().await;
                    }
                });
                let time = start.elapsed();
                times[usize::from(!is_client)].push(time);
                if is_client == of_client {
                    total += time;
                }
            }
        }
        total
    }

    /// Returns the ratio of the client's median time to the other.
    fn ratio(&self) -> f64 {
        let medians = self.times.borrow_mut().each_mut().map(|times| {
            times.sort();
            times[times.len() / 2].as_secs_f64()
        });
        medians[0] / medians[1]
    }
}

#[expect(clippy::print_stdout, reason = "what a bench is run for")]
fn call(criterion: &mut Criterion) {
    let pair = Pair::new();
    let mut group = criterion.benchmark_group("call");
    group.bench_function("reqwest", |bencher| {
        bencher.iter_custom(|pairs| pair.measure(pairs, false));
    });
    group.bench_function("client", |bencher| {
        bencher.iter_custom(|pairs| pair.measure(pairs, true));
    });
    group.finish();
    println!("client / reqwest: {:.3}", pair.ratio());
}

criterion_group!(benches, call);
criterion_main!(benches);
