//! The README and the examples: the code that they show compiles and runs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/activate_sim.rs"]
mod activate_sim;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/export_usage.rs"]
mod export_usage;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/follow_usage.rs"]
mod follow_usage;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/list_fleets.rs"]
mod list_fleets;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/quick_start.rs"]
mod quick_start;
#[expect(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../examples/receive_webhook.rs"]
mod receive_webhook;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use activate_sim::{Failure, Patience};
use export_usage::{Export, Totals};
use indicatif::ProgressBar;
use receive_webhook::Signature;
use serde_json::{Value, json};
use support::{Reply, Request, Server, client};
use tokio::net::TcpListener;
use twilio_iot::supersim::v1::{SimStatus, UsageRecordGroup};
use twilio_iot::webhooks::{KoreSignature, TwilioSignature};
use twilio_iot::{Decimal, Error, Method};
use twilio_test_support::ScratchFolder;

const README: &str = include_str!("../../README.md");
const QUICK_START: &str = include_str!("../examples/quick_start.rs");

fn page(key: &str, items: &Value) -> Reply {
    Reply::json(
        200,
        &json!({ key: items, "meta": { "key": key, "next_page_url": null } }),
    )
}

/// The docs for users of the crate and for those who change the workspace.
const DOCS: [&str; 6] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "specs/README.md",
    "tests/README.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn files_named_in_the_docs_exist() {
    for doc in ["ARCHITECTURE.md", "tests/README.md"] {
        let text = fs::read_to_string(root().join(doc)).unwrap();
        let names = text.split('`').skip(1).step_by(2);
        let paths: Vec<&str> = names
            .filter(|it| it.contains('/') && !it.contains([' ', '\n', '{']))
            .collect();
        assert!(paths.len() > 15, "{doc}: {paths:?}");
        for path in paths {
            assert!(root().join(path).exists(), "{doc} names `{path}`");
        }
    }
}

#[test]
fn links_in_the_docs_are_valid() {
    for doc in DOCS {
        let path = root().join(doc);
        let text = fs::read_to_string(&path).unwrap();
        let links = text.split("](").skip(1).filter_map(|it| it.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            let target = fs::read_to_string(&target);
            let target = target.unwrap_or_else(|error| panic!("{doc}: {link}: {error}"));
            let mut headings = target.lines().filter(|it| it.starts_with('#'));
            assert!(
                anchor.is_empty() || headings.any(|it| slug(it) == anchor),
                "{doc}: {link}"
            );
        }
    }
}

/// Returns the anchor of a heading, as most Markdown sites generate it.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let known = text
        .chars()
        .filter(|it| it.is_alphanumeric() || " -".contains(*it));
    known.map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// Commands and options must be in the help of `cargo xtask`, and packages in the workspace.
/// The main page of the client's docs has a whole program, what that depends on, and every Cargo feature.
#[test]
fn the_main_page_of_the_client_is_complete() {
    let text = fs::read_to_string(root().join("generated/src/lib.rs")).unwrap();
    let docs: Vec<&str> = text.lines().filter(|it| it.starts_with("//!")).collect();
    let docs = docs.join("\n");
    assert!(
        docs.contains("async fn main() -> Result<") && docs.contains("also depends on `tokio`")
    );
    let manifest = fs::read_to_string(root().join("generated/Cargo.toml")).unwrap();
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n\n").unwrap();
    let names = features.lines().filter(|it| !it.starts_with('#'));
    let names = names.map(|it| it.split(' ').next().unwrap());
    let names: Vec<&str> = names.filter(|it| *it != "default").collect();
    assert!(names.contains(&"mcp"), "{names:?}");
    for name in names {
        assert!(docs.contains(&format!("`{name}`")), "no feature `{name}`");
    }
}

/// Docs of the runtime are docs of the client, which programs know it by. Examples hide what they import.
#[test]
fn docs_show_no_path_of_the_runtime() {
    let mut folders = ["runtime/src", "generated/src"]
        .map(|it| root().join(it))
        .to_vec();
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().map(str::trim_start);
            let docs = lines.filter_map(|it| it.strip_prefix("//")?.strip_prefix(['/', '!']));
            for line in docs.map(str::trim_start) {
                count += 1;
                // Hidden lines, and links to items, whose text is what they are called in the client.
                let line = line.replace("](runtime::", "](");
                let is_hidden = line.starts_with("# ");
                // The macros are for generated code.
                let is_shown = !is_hidden && !path.ends_with("macros.rs");
                let names = ["twilio_runtime::", "`runtime::", "use runtime"];
                let is_named = names.iter().any(|it| line.contains(it));
                assert!(!(is_shown && is_named), "{}: {line}", path.display());
            }
        }
    }
    assert!(count > 5000, "only {count} lines of docs");
}

#[test]
fn commands_in_the_docs_exist() {
    let help = fs::read_to_string(root().join("xtask/src/help.rs")).unwrap();
    let mut commands = 0;
    for doc in DOCS {
        let text = fs::read_to_string(root().join(doc)).unwrap();
        let lines = text.lines().flat_map(|line| line.split('`'));
        for line in lines.filter_map(|it| it.split_once("cargo xtask ")) {
            let line = line.1.split(" #").next().unwrap();
            let mut words = line.split_whitespace();
            let command = words.next().unwrap();
            commands += 1;
            assert!(
                help.contains(&format!("\n  {command} ")),
                "{doc}: `cargo xtask {line}`"
            );
            for option in words.filter(|it| it.starts_with("--")) {
                assert!(help.contains(option), "{doc}: `cargo xtask {line}`");
            }
        }
        let of_cargo = text.lines().filter_map(|it| it.split_once("cargo "));
        for (_, package) in of_cargo.filter_map(|(_, it)| it.split_once(" -p ")) {
            let package = package.split([' ', '`']).next().unwrap();
            let is_known =
                ["twilio-codegen", "twilio-iot", "twilio-tests", "xtask"].contains(&package);
            assert!(is_known, "{doc}: -p {package}");
        }
    }
    assert!(commands > 15, "{commands}");
}

#[test]
fn readme_shows_the_quick_start() {
    let (_, code) = QUICK_START.split_once("\n\n").unwrap();
    assert!(
        README.contains(&format!("```rust\n{code}```")),
        "README.md does not contain {code}"
    );
}

#[tokio::test]
async fn quick_start_runs() {
    let server = Server::replying([
        Reply::json(201, &json!({ "sid": "HF1" })),
        page(
            "sims",
            &json!([{ "sid": "HS1", "iccid": "8988000000000000001", "status": "active" }]),
        ),
        Reply::json(
            404,
            &json!({ "code": 20404, "message": "not found", "status": 404 }),
        ),
    ]);
    quick_start::run(client(&server)).await.unwrap();
    assert_eq!(
        server.lines(),
        [
            "POST /v1/Fleets",
            "GET /v1/Sims?Fleet=trackers&Status=active&PageSize=200",
            "GET /v1/Sims/van-07",
        ]
    );
}

#[tokio::test]
async fn list_fleets_runs() {
    let server = Server::replying([
        page(
            "fleets",
            &json!([{ "sid": "HF1", "unique_name": "trackers", "data_limit": 5 }]),
        ),
        page("sims", &json!([{ "sid": "HS1" }, { "sid": "HS2" }])),
    ]);
    list_fleets::run(client(&server)).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /v1/Fleets", "GET /v1/Sims?Fleet=HF1&PageSize=1000"]
    );
}

#[tokio::test]
async fn follow_usage_runs() {
    let server = Server::replying([page(
        "usage_records",
        &json!([{ "data_total": 5, "period": { "start_time": "2026-01-31T08:00:00Z" } }, { "data_total": "7" }]),
    )]);
    let total = follow_usage::run(&client(&server), "HS1", 0).await.unwrap();
    assert_eq!(total, 12);
    assert_eq!(
        server.lines(),
        ["GET /v1/UsageRecords?Sim=HS1&Granularity=hour"]
    );
}

#[tokio::test]
async fn quick_start_can_be_tested() {
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

fn sim(status: u16, sim_status: &str) -> Reply {
    Reply::json(status, &json!({ "sid": "HS1", "status": sim_status }))
}

/// Polls a SIM without a pause.
fn patience(in_all: Duration) -> Patience {
    Patience {
        first_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        in_all,
    }
}

/// Returns the result of an activation, and its requests.
async fn activation(
    replies: impl IntoIterator<Item = Reply>,
    in_all: Duration,
) -> (Result<Option<SimStatus>, Failure>, Vec<String>) {
    let server = Server::replying(replies);
    let outcome = activate_sim::run(&client(&server), "van-08", patience(in_all)).await;
    (outcome.map(|sim| sim.status), server.lines())
}

#[tokio::test]
async fn activate_sim_waits_until_the_sim_is_active() {
    const UPDATE: &str = "POST /v1/Sims/van-08";
    const LOOK: &str = "GET /v1/Sims/van-08";
    let (outcome, lines) = activation([sim(200, "active")], Duration::MAX).await;
    assert_eq!(outcome.unwrap(), Some(SimStatus::Active));
    assert_eq!(lines, [UPDATE]);

    let replies = [
        sim(202, "scheduled"),
        sim(200, "scheduled"),
        sim(200, "active"),
    ];
    let (outcome, lines) = activation(replies, Duration::MAX).await;
    assert_eq!(outcome.unwrap(), Some(SimStatus::Active));
    assert_eq!(lines, [UPDATE, LOOK, LOOK]);
}

#[tokio::test]
async fn activate_sim_reports_the_failed_step() {
    let gone = || {
        Reply::json(
            404,
            &json!({ "code": 20404, "message": "not found", "status": 404 }),
        )
    };
    let (outcome, _) = activation([gone()], Duration::MAX).await;
    let failure = outcome.unwrap_err();
    assert!(matches!(&failure, Failure::Refused(Error::Api(error)) if error.status == 404));
    assert!(
        failure
            .to_string()
            .contains("was not activated: UpdateSim: 404"),
        "{failure}"
    );

    let (outcome, _) = activation([sim(202, "scheduled"), gone()], Duration::MAX).await;
    assert!(matches!(outcome, Err(Failure::Lost(Error::Api(_)))));

    let replies = [sim(202, "scheduled"), sim(200, "inactive")];
    let (outcome, _) = activation(replies, Duration::MAX).await;
    let failure = outcome.unwrap_err();
    assert!(
        failure.to_string().ends_with("the SIM is inactive"),
        "{failure}"
    );

    let (outcome, lines) = activation([sim(202, "scheduled")], Duration::ZERO).await;
    assert!(matches!(outcome, Err(Failure::Late(Duration::ZERO))));
    assert_eq!(lines.len(), 1, "{lines:?}");
}

/// Returns the usage of a day: two pages for the first day, one record for the others.
fn usage(request: &Request) -> Reply {
    let query = request.query().unwrap_or_default();
    let record = |bytes: u64, billed: &str| json!({ "fleet_sid": "HF1", "data_total": bytes, "data_total_billed": billed, "billed_unit": "USD" });
    let (records, next) = match query {
        "Page=1" => (json!([record(7, "0.07")]), None),
        first if first.contains("StartTime=2026-02-01") => {
            let next = format!("{}/v1/UsageRecords?Page=1", request.origin());
            (json!([record(5, "0.05")]), Some(next))
        }
        _ => (json!([record(1, "0.01")]), None),
    };
    let meta = json!({ "key": "usage_records", "next_page_url": next });
    Reply::json(200, &json!({ "usage_records": records, "meta": meta }))
}

fn export(folder: &Path) -> Export {
    Export {
        month: "2026-02-01".parse().unwrap(),
        group: UsageRecordGroup::Fleet,
        out: folder.join("usage.csv"),
    }
}

#[tokio::test]
async fn export_usage_writes_a_month() {
    let folder = ScratchFolder::new("export");
    let server = Server::start(usage);
    let (export, bar) = (export(folder.path()), ProgressBar::hidden());
    let totals = export_usage::run(&client(&server), &export, &bar).await;
    let billed = [("USD".to_owned(), Decimal::new(39, 2))];
    let expected = Totals {
        records: 29,
        bytes: 39,
        billed: billed.into(),
    };
    assert_eq!(totals.unwrap(), expected);
    assert_eq!((bar.position(), bar.length()), (28, Some(28)));
    let lines = server.lines();
    assert_eq!(lines.len(), 29);
    let last = "GET /v1/UsageRecords?Granularity=day&Group=fleet&StartTime=2026-02-28T00%3A00%3A00Z\
                &EndTime=2026-03-01T00%3A00%3A00Z&PageSize=1000";
    assert_eq!(lines[28], last);
    let csv = fs::read_to_string(&export.out).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "day,sim_sid,fleet_sid,network_sid,iso_country,data_upload,data_download,data_total,data_total_billed,\
             billed_unit",
            "2026-02-01,,HF1,,,,,5,0.05,USD",
            "2026-02-01,,HF1,,,,,7,0.07,USD",
            "2026-02-02,,HF1,,,,,1,0.01,USD",
        ]
    );
    assert_eq!(lines.len(), 30);
}

#[tokio::test]
async fn failed_export_leaves_the_file_unchanged() {
    let folder = ScratchFolder::new("export");
    let server = Server::start(
        |request| match request.line().contains("StartTime=2026-02-03") {
            true => Reply::json(
                403,
                &json!({ "code": 20003, "message": "no", "status": 403 }),
            ),
            false => usage(request),
        },
    );
    let export = export(folder.path());
    fs::write(&export.out, "the last export").unwrap();
    let outcome = export_usage::run(&client(&server), &export, &ProgressBar::hidden()).await;
    let error = outcome.unwrap_err().to_string();
    assert!(
        error.starts_with("2026-02-03: ListUsageRecord: 403 Forbidden"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&export.out).unwrap(), "the last export");
    assert_eq!(folder.names().len(), 1);
}

const PUBLIC_URL: &str = "https://hooks.example.com";
const WEBHOOK: &str = "CommandSid=HC1&SimSid=HS1&Status=received&Payload=secret";

/// Serves `receive_webhook`, and returns its URL and the names of the SIMs that it has acted on.
async fn receiver(signature: Signature) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/sms?tenant=7", listener.local_addr().unwrap());
    let acts = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&acts);
    let app = receive_webhook::app(signature, PUBLIC_URL, move |event| {
        record.lock().unwrap().push(format!("{event:?}"));
    });
    tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
    (url, acts)
}

/// Sends a webhook and returns the status of the response.
async fn deliver(url: &str, headers: &[(&str, &str)], body: &str) -> u16 {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(url).body(body.to_owned());
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn twilio_webhooks_are_received_once() {
    let key = TwilioSignature::new("12345");
    let signature = key.sign(&format!("{PUBLIC_URL}/sms?tenant=7"), WEBHOOK.as_bytes());
    let (url, acts) = receiver(Signature::Twilio(key)).await;
    let signed = ("X-Twilio-Signature", signature.as_str());
    let token = |token| ("I-Twilio-Idempotency-Token", token);

    // A forged delivery must not suppress the genuine one.
    let forged = ("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assert_eq!(deliver(&url, &[forged, token("t-1")], WEBHOOK).await, 403);
    assert_eq!(deliver(&url, &[token("t-1")], WEBHOOK).await, 403);
    let other_body = WEBHOOK.replace("HS1", "HS2");
    assert_eq!(
        deliver(&url, &[signed, token("t-1")], &other_body).await,
        403
    );
    assert_eq!(acts.lock().unwrap().len(), 0);

    assert_eq!(deliver(&url, &[signed, token("t-1")], WEBHOOK).await, 204);
    assert_eq!(deliver(&url, &[signed, token("t-1")], WEBHOOK).await, 204);
    assert_eq!(acts.lock().unwrap().len(), 1);
    assert_eq!(deliver(&url, &[signed, token("t-2")], WEBHOOK).await, 204);
    let acts = acts.lock().unwrap();
    assert_eq!(acts.len(), 2);
    assert!(
        acts[0].contains("HS1") && !acts[0].contains("secret"),
        "{acts:?}"
    );
}

#[tokio::test]
async fn kore_webhooks_are_received() {
    let key = KoreSignature::new("12345");
    let signature = key.sign(
        Method::Post,
        &format!("{PUBLIC_URL}/sms"),
        WEBHOOK.as_bytes(),
    );
    let (url, acts) = receiver(Signature::Kore(key)).await;
    let forged = ("kore-signature", signature.replace(|it| it != '0', "1"));
    assert_eq!(deliver(&url, &[(forged.0, &forged.1)], WEBHOOK).await, 403);
    assert_eq!(
        deliver(&url, &[("kore-signature", &signature)], WEBHOOK).await,
        204
    );
    assert_eq!(acts.lock().unwrap().len(), 1);
    let large = "a".repeat(100_000);
    assert_eq!(
        deliver(&url, &[("kore-signature", &signature)], &large).await,
        413
    );
}
