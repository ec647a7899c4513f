//! Compares decoding a page of 1,000 fleets by the client with serde_json and a handwritten struct with the same
//! fields.
//!
//! ```sh
//! cargo bench -p twilio-tests --bench decode
//! ```

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use runtime::{Body, Bytes, ResponseBody, Transport, TransportFuture, http};
use serde::Deserialize;
use serde_json::{Value, json};
use twilio_iot::supersim::v1::FleetDataMetering;
use twilio_iot::{Client, DateTime, Utc};

/// The number of fleets on a page: the service's maximum.
const FLEETS: usize = 1000;

/// The struct that a user would write without the generated crate.
#[expect(dead_code, reason = "only decoding is measured")]
#[derive(Deserialize)]
struct Fleet {
    account_sid: Option<String>,
    sid: String,
    unique_name: Option<String>,
    date_created: Option<DateTime<Utc>>,
    date_updated: Option<DateTime<Utc>>,
    url: Option<String>,
    data_enabled: Option<bool>,
    data_limit: Option<i64>,
    data_metering: Option<FleetDataMetering>,
    sms_commands_enabled: Option<bool>,
    sms_commands_url: Option<String>,
    sms_commands_method: Option<HttpMethod>,
    network_access_profile_sid: Option<String>,
    ip_commands_url: Option<String>,
    ip_commands_method: Option<HttpMethod>,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum HttpMethod {
    Get,
    Post,
}

#[derive(Deserialize)]
struct FleetPage {
    fleets: Vec<Fleet>,
    #[expect(dead_code, reason = "only decoding is measured")]
    meta: Meta,
}

#[expect(dead_code, reason = "only decoding is measured")]
#[derive(Deserialize)]
struct Meta {
    page_size: i64,
    next_page_url: Option<String>,
    previous_page_url: Option<String>,
}

fn fleet(number: usize) -> Value {
    let sid = format!("HF{number:032x}");
    json!({
        "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "sid": sid,
        "unique_name": format!("fleet {number}"),
        "data_enabled": true,
        "data_limit": 1000,
        "data_metering": "payg",
        "date_created": "2026-07-30T20:00:00Z",
        "date_updated": "2026-07-31T21:12:34Z",
        "sms_commands_enabled": true,
        "sms_commands_method": "POST",
        "sms_commands_url": "https://example.com/webhooks/sms",
        "network_access_profile_sid": "HAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "ip_commands_method": "POST",
        "ip_commands_url": null,
        "url": format!("https://supersim.twilio.com/v1/Fleets/{sid}"),
    })
}

fn page() -> Bytes {
    let fleets: Vec<Value> = (0..FLEETS).map(fleet).collect();
    let body = json!({
        "meta": {
            "first_page_url": "https://supersim.twilio.com/v1/Fleets?PageSize=1000&Page=0",
            "key": "fleets",
            "next_page_url": null,
            "page": 0,
            "page_size": 1000,
            "previous_page_url": null,
            "url": "https://supersim.twilio.com/v1/Fleets?PageSize=1000&Page=0"
        },
        "fleets": fleets,
    });
    body.to_string().into()
}

/// Responds to every request with the same body, at once.
struct Always(Bytes);

impl Transport for Always {
    fn send(&self, _: http::Request<Body>) -> TransportFuture {
        let body = ResponseBody::from(self.0.clone());
        Box::pin(async move { Ok(http::Response::new(body)) })
    }
}

fn decode(criterion: &mut Criterion) {
    let body = page();
    let mut group = criterion.benchmark_group("1000 fleets");
    group.throughput(criterion::Throughput::Bytes(body.len() as u64));
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| {
            let page: FleetPage = serde_json::from_slice(&body).expect("a page");
            assert_eq!(page.fleets.len(), FLEETS);
            black_box(page);
        });
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client: Client = Client::builder()
        .basic_auth("AC1", "t")
        .transport(Always(body.clone()))
        .build()
        .expect("a client");
    group.bench_function("client", |bencher| {
        bencher.iter(|| {
            let page = runtime.block_on(client.supersim().fleets().list().into_future());
            let page = page.expect("a page");
            assert_eq!(page.items().len(), FLEETS);
            black_box(page);
        });
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
