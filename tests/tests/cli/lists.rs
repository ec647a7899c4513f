//! Lists: the number of items, and constant memory.

use serde_json::{Value, json};
use twilio_test_support::Then;

use super::support::{Reply, Request, Server};
use super::{Run, run};

/// Returns a page of `size` SIMs, with a link to the next until there are `total`.
fn page(request: &Request, total: usize) -> Reply {
    let query = request.query().unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
        let found = pairs.find(|(it, _)| *it == name);
        found.map(|(_, it)| it.parse::<usize>().unwrap())
    };
    let (size, number) = (value("PageSize").unwrap_or(50), value("Page").unwrap_or(0));
    let first = size * number;
    let sims: Vec<Value> = (first..total.min(first + size))
        .map(|it| json!({"sid": format!("HS{it}"), "status": "active"}))
        .collect();
    let next = (first + size < total).then(|| {
        let origin = request.origin();
        format!("{origin}/v1/Sims?PageSize={size}&Page={}", number + 1)
    });
    Reply::json(200, &json!({"meta": {"next_page_url": next}, "sims": sims}))
}

fn listed(total: usize, arguments: &[&str]) -> (Run, Vec<String>) {
    let server = Server::start(move |it| page(it, total));
    let arguments = [&["supersim", "sims", "list", "-o", "jsonl"], arguments].concat();
    let ran = run(&server, &arguments);
    (ran, server.lines())
}

#[test]
fn list_ends_after_fifty_items_with_a_note() {
    let (ran, lines) = listed(120, &[]);
    assert_eq!(ran.status, Some(0));
    assert_eq!(ran.stdout.lines().count(), 50);
    assert_eq!(
        ran.stderr,
        "note: there are more than 50 items; --all or --limit returns them\n"
    );
    assert_eq!(lines, ["GET /v1/Sims?PageSize=50"]);
    let (ran, _) = listed(50, &[]);
    assert_eq!(ran.written().lines().count(), 50);
}

#[test]
fn limit_and_all_set_the_number_of_items() {
    let (ran, lines) = listed(120, &["--limit", "60"]);
    assert_eq!(ran.written().lines().count(), 60);
    assert_eq!(lines, ["GET /v1/Sims?PageSize=60"]);
    let (ran, lines) = listed(120, &["--all"]);
    assert_eq!(
        ran.written().lines().last(),
        Some(r#"{"sid":"HS119","status":"active"}"#)
    );
    assert_eq!(lines, ["GET /v1/Sims?PageSize=1000"]);
    let (ran, lines) = listed(120, &["--all", "--page-size", "50"]);
    assert_eq!((ran.written().lines().count(), lines.len()), (120, 3));
    let (ran, lines) = listed(120, &["--limit", "0"]);
    assert_eq!((ran.written().as_str(), lines.len()), ("", 0));
    let (ran, _) = listed(120, &["--limit", "1", "--all"]);
    assert_eq!(ran.status, Some(2));
}

#[test]
fn output_before_a_failure_is_complete() {
    let mut pages = 0;
    let server = Server::scripted(move |request| {
        pages += 1;
        match pages {
            1 => page(request, 120),
            _ => Reply::json(400, &json!({"code": 20001, "message": "no"})),
        }
    });
    let list = ["supersim", "sims", "list", "--all", "--page-size", "50"];
    let ran = run(&server, &[&list[..], &["-o", "jsonl"]].concat());
    assert_eq!(ran.status, Some(1));
    let sims: Vec<Value> = ran
        .stdout
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(sims.len(), 50);
    let error: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["error"]["code"], 20001);
}

#[test]
fn first_page_determines_the_widths_of_a_table() {
    let server = Server::start(|it| page(it, 120));
    let arguments = [
        "supersim",
        "sims",
        "list",
        "--all",
        "--page-size",
        "50",
        "-o",
        "table",
        "--columns",
        "sid,status",
    ];
    let table = run(&server, &arguments).written();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[..2], ["sid   status", "HS0   active"]);
    assert_eq!(lines[100..102], ["HS99  active", "HS100  active"]);
}

/// Returns the peak memory of a process, in KiB.
#[cfg(target_os = "linux")]
fn peak(id: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|it| it.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_list() {
    use std::io::Read as _;
    use std::process::Stdio;

    for format in ["jsonl", "table", "csv", "json"] {
        // The last page never arrives, so that the process is still running when it is measured.
        let server = Server::start(|request| match request.line().contains("Page=100") {
            true => Reply::silence(),
            false => page(request, 200_000),
        });
        let arguments = [
            "supersim",
            "sims",
            "list",
            "--all",
            "--page-size",
            "1000",
            "-o",
            format,
        ];
        let mut process = super::program_of(&server, &arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = process.stdout.take().unwrap();
        let (mut lines, mut buffer) = (0, [0; 65536]);
        while lines < 99_999 {
            let length = output.read(&mut buffer).unwrap();
            assert!(length > 0);
            lines += buffer[..length].iter().filter(|it| **it == b'\n').count();
        }
        let size = peak(process.id());
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(size < 64 * 1024, "{format}: {size} KiB");
    }
}

#[test]
fn incomplete_response_is_an_error() {
    let cut = Reply::json(200, &json!({"meta": {}, "sims": [{"sid": "HS1"}]}))
        .half()
        .then(Then::Close);
    let server = Server::start(move |_| cut.clone());
    let ran = run(&server, &["supersim", "sims", "list"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(4), ""));
}
