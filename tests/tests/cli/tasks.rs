//! Runs the guide's common tasks in a shell, as they are written there.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use twilio_test_support::ScratchFolder;

use super::support::{ACCOUNT, Reply, Request, Server, TOKEN};
use super::{Run, finish, program};

const GUIDE: &str = include_str!("../../../specs/guide.md");

/// Returns the commands that the guide shows under a sentence.
fn commands(sentence: &str) -> &'static str {
    let (_, rest) = GUIDE.split_once(sentence).unwrap();
    let rest = rest.strip_prefix("\n\n```sh\n").unwrap();
    rest.split_once("```").unwrap().0
}

/// A folder with the program under its name. It sends requests to a server of the test, except those of KORE, which it
/// only shows.
fn folder(server: &Server) -> ScratchFolder {
    let folder = ScratchFolder::new("tasks");
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\n\
         profile*) exec \"$PROGRAM\" \"$@\" ;;\n\
         *'--profile field') exec \"$PROGRAM\" \"$@\" --dry-run ;;\n\
         *) exec \"$PROGRAM\" \"$@\" --base-url {} ;;\nesac\n",
        &server.url
    );
    let path = folder.write("twilio-iot", script);
    let made = Command::new("chmod").arg("+x").arg(path).status().unwrap();
    assert!(made.success());
    folder
}

/// Runs the commands under a sentence of the guide with `input` as standard input.
fn task(folder: &ScratchFolder, sentence: &str, input: &str) -> Run {
    let stdin = folder.write("input", input);
    let program = program(&[]);
    let mut shell = Command::new("sh");
    shell
        .args(["-euc", commands(sentence)])
        .env_clear()
        .current_dir(folder.path())
        .stdin(Stdio::from(fs::File::open(stdin).unwrap()))
        .env("PROGRAM", program.get_program())
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
        .env("TWILIO_IOT_CONFIG", folder.path().join("settings"))
        .env("NO_PROXY", "127.0.0.1")
        .env("TWILIO_ACCOUNT_SID", ACCOUNT)
        .env("TWILIO_AUTH_TOKEN", TOKEN);
    finish(shell)
}

fn page(key: &str, items: &[Value]) -> Reply {
    Reply::json(200, &json!({"meta": {"key": key}, key: items}))
}

#[test]
fn a_sim_is_activated() {
    let mut fetched = 0;
    let server = Server::scripted(move |request: &Request| {
        fetched += usize::from(request.method == "GET");
        let status = if fetched < 2 { "scheduled" } else { "active" };
        Reply::json(200, &json!({"sid": "HS7", "status": status}))
    });
    let folder = folder(&server);
    let sentence = "Activate a SIM, and wait until it is active:";
    let written = task(&folder, sentence, "").written();
    assert!(
        written.ends_with("\"status\": \"active\"\n}\n"),
        "{written}"
    );
    let sim = "/v1/Sims/van-07";
    let fetch = format!("GET {sim}");
    assert_eq!(
        server.lines(),
        [format!("POST {sim}"), fetch.clone(), fetch]
    );
    assert_eq!(server.requests()[0].body, b"Status=active");
}

#[test]
fn a_month_of_usage_becomes_a_file() {
    let record = json!({"sim_sid": "HS1", "data_total": 21001,
        "period": {"start_time": "2026-10-01T00:00:00Z", "end_time": "2026-10-02T00:00:00Z"}});
    let server = Server::replying([page("usage_records", &[record])]);
    let folder = folder(&server);
    let ran = task(&folder, "Save a month of usage by day and SIM:", "");
    assert_eq!(ran.written(), "");
    assert_eq!(
        server.lines(),
        [
            "GET /v1/UsageRecords?Group=sim&Granularity=day&StartTime=2026-10-01T00%3A00%3A00Z&EndTime=2026-11-01T00%3A00%3A00Z&PageSize=1000"
        ]
    );
    assert_eq!(
        folder.read("october.csv"),
        "account_sid,sim_sid,network_sid,fleet_sid,iso_country,data_upload,data_download,data_total,\
         data_total_billed,billed_unit,period.start_time,period.end_time\n\
         ,HS1,,,,,,21001,,,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z\n"
    );
}

#[test]
fn sims_without_traffic_are_listed() {
    let server = Server::start(|request: &Request| match request.path() {
        "/v1/Sims" => page(
            "sims",
            &["HS3", "HS1", "HS2", "HS4"].map(|it| json!({"sid": it})),
        ),
        _ => page(
            "usage_records",
            &["HS4", "HS1"].map(|it| json!({"sim_sid": it})),
        ),
    });
    let folder = folder(&server);
    let sentence = "List the SIMs without traffic in the last 30 days:";
    assert_eq!(task(&folder, sentence, "").written(), "HS2\nHS3\n");
}

#[test]
fn a_rate_plan_is_created() {
    let server = Server::replying([Reply::json(201, &json!({"sid": "WP1"}))]);
    let folder = folder(&server);
    task(&folder, "Create a rate plan with roaming:", "").written();
    let request = server.request();
    assert_eq!(request.line(), "POST /v1/RatePlans");
    assert_eq!(
        request.text(),
        "UniqueName=roaming&DataEnabled=true&DataLimit=1000&NationalRoamingEnabled=true\
         &InternationalRoaming=data&InternationalRoaming=messaging"
    );
}

#[test]
fn fleets_of_a_kore_account_are_asked_for_at_kore() {
    let server = Server::replying([]);
    let folder = folder(&server);
    let ran = task(
        &folder,
        "List the fleets of a KORE account:",
        "client\nhunter2\n",
    );
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let request = "GET https://supersim.api.korewireless.com/v1/Fleets";
    assert!(ran.stdout.starts_with(request), "{ran:?}");
}
