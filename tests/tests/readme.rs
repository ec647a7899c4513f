//! The README and the examples: what they show is what is compiled, and it runs.

mod support;

#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/follow_usage.rs"]
mod follow_usage;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/list_fleets.rs"]
mod list_fleets;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/quick_start.rs"]
mod quick_start;

use serde_json::{Value, json};
use support::{Reply, Server, client};

const README: &str = include_str!("../../README.md");
const THIS: &str = include_str!("readme.rs");
const QUICK_START: &str = include_str!("../examples/quick_start.rs");

fn page(key: &str, items: &Value) -> Reply {
    Reply::json(
        200,
        &json!({ key: items, "meta": { "key": key, "next_page_url": null } }),
    )
}

#[test]
fn the_readme_shows_the_quick_start() {
    let (_, code) = QUICK_START.split_once("\n\n").unwrap();
    assert!(
        README.contains(&format!("```rust\n{code}```")),
        "README.md shows other code than {code}"
    );
}

#[tokio::test]
async fn the_quick_start_runs() {
    let server = Server::replying([
        Reply::json(201, &json!({ "sid": "HF1" })),
        page(
            "sims",
            &json!([{ "iccid": "8988000000000000001", "status": "active" }]),
        ),
        Reply::json(
            404,
            &json!({ "code": 20404, "message": "not found", "status": 404 }),
        ),
    ])
    .await;
    quick_start::run(client(&server)).await.unwrap();
    assert_eq!(
        server.lines(),
        [
            "POST /v1/Fleets",
            "GET /v1/Sims?Fleet=trackers&Status=active&PageSize=200",
            "GET /v1/Sims/HS0123456789abcdef0123456789abcdef",
        ]
    );
}

#[tokio::test]
async fn the_list_of_fleets_runs() {
    let server = Server::replying([
        page(
            "fleets",
            &json!([{ "sid": "HF1", "unique_name": "trackers", "data_limit": 5 }]),
        ),
        page("sims", &json!([{}, {}])),
    ])
    .await;
    list_fleets::run(client(&server)).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /v1/Fleets", "GET /v1/Sims?Fleet=HF1&PageSize=1000"]
    );
}

#[tokio::test]
async fn usage_is_followed() {
    let server = Server::replying([page(
        "usage_records",
        &json!([{ "data_total": 5, "period": { "start_time": "2026-01-31T08:00:00Z" } }, { "data_total": "7" }]),
    )])
    .await;
    let total = follow_usage::run(&client(&server), "HS1", 0).await.unwrap();
    assert_eq!(total, 12);
    assert_eq!(
        server.lines(),
        ["GET /v1/UsageRecords?Sim=HS1&Granularity=hour"]
    );
}

#[tokio::test]
async fn the_quick_start_can_be_tested() {
    use quick_start::run;
    use twilio_iot::mock::{Mock, example};
    use twilio_iot::supersim::v1::{CreateFleet, FetchSim};
    use twilio_iot::{Client, StatusCode};

    let mock = Mock::new();
    let mut sim = example::<FetchSim>(); // as the spec shows it
    sim.unique_name = Some("van-07".to_owned());
    mock.on::<FetchSim>().answer(sim);
    mock.on::<CreateFleet>()
        .error(StatusCode::BAD_REQUEST, 20001, "The name is taken");

    let client: Client = mock.client();
    assert!(run(client).await.is_err());
    assert_eq!(
        mock.requests_of::<CreateFleet>()[0].form("UniqueName"),
        Some("trackers")
    );
}

#[test]
fn the_readme_shows_that_test() {
    let (_, rest) = README
        .split_once("tests of your own code:\n\n```rust\n")
        .unwrap();
    let (code, _) = rest.split_once("```").unwrap();
    let here = THIS.replace("\n    ", "\n");
    assert!(here.contains(code), "this test is another than {code}");
}
