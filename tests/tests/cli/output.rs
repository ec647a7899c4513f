//! Output: each format, for objects, lists, and values that are easy to get wrong.

use serde_json::{Value, json};

use super::support::{Reply, Server};
use super::{finish, program, run};

const SIM: &str = r#"{"sid":"HS1","unique_name":"größe \"7\", 東京","account_sid":null,"iccid":"8988307",
    "status":"active","fleet_sid":"","date_created":"2026-01-31T08:00:00Z","links":{"a":"b"},"big":12345678901234567890.10}"#;

fn serving(body: &str) -> Server {
    let body = body.to_owned();
    Server::start(move |_| Reply::of_type(200, "application/json", body.as_str()))
}

fn fetched(format: &[&str]) -> String {
    let server = serving(SIM);
    let arguments = [&["supersim", "sim", "HS1", "fetch"], format].concat();
    run(&server, &arguments).written()
}

#[test]
fn object_is_json_without_a_terminal() {
    let json = fetched(&[]);
    assert_eq!(
        json,
        r#"{
  "sid": "HS1",
  "unique_name": "größe \"7\", 東京",
  "account_sid": null,
  "iccid": "8988307",
  "status": "active",
  "fleet_sid": "",
  "date_created": "2026-01-31T08:00:00Z",
  "links": {
    "a": "b"
  },
  "big": 12345678901234567890.10
}
"#
    );
    let line = fetched(&["-o", "jsonl"]);
    assert_eq!(line.lines().count(), 1);
    assert!(
        line.ends_with("\"big\":12345678901234567890.10}\n"),
        "{line}"
    );
}

#[test]
fn object_in_a_table_has_a_line_for_each_field() {
    let table = fetched(&["-o", "table"]);
    assert_eq!(
        table,
        "sid           HS1\n\
         unique_name   größe \"7\", 東京\n\
         account_sid\n\
         iccid         ***\n\
         status        active\n\
         fleet_sid\n\
         date_created  2026-01-31T08:00:00Z\n\
         links.a       b\n\
         big           12345678901234567890.10\n"
    );
}

#[test]
fn columns_apply_to_every_format() {
    let columns = ["--columns", "iccid, links.a,date_updated"];
    for (format, written) in [
        (
            "table",
            "iccid         ***\nlinks.a       b\ndate_updated\n",
        ),
        (
            "json",
            "{\n  \"iccid\": \"8988307\",\n  \"links.a\": \"b\",\n  \"date_updated\": null\n}\n",
        ),
        (
            "jsonl",
            "{\"iccid\":\"8988307\",\"links.a\":\"b\",\"date_updated\":null}\n",
        ),
        ("csv", "iccid,links.a,date_updated\n8988307,b,\n"),
        ("plain", "8988307\tb\t\n"),
    ] {
        let arguments = [&columns[..], &["-o", format]].concat();
        assert_eq!(fetched(&arguments), written, "{format}");
    }
}

#[test]
fn unknown_columns_are_reported() {
    let warning = "warning: the response has no field `unique_nam`; did you mean `unique_name`?\n";
    let page = r#"{"meta": {"key": "sims"}, "sims": [{"sid": "HS1"}, {"sid": "HS2"}]}"#;
    for (body, words) in [
        (r#"{"sid": "HS1"}"#, &["sim", "HS1", "fetch"][..]),
        (page, &["sims", "list"]),
    ] {
        for format in ["table", "json", "jsonl", "csv", "plain"] {
            let server = serving(body);
            let columns = ["-o", format, "--columns", "sid,unique_nam,fleet_sid"];
            let ran = run(&server, &[&["supersim"], words, &columns].concat());
            assert_eq!(
                (ran.status, ran.stderr.as_str()),
                (Some(0), warning),
                "{format}"
            );
        }
    }
}

#[test]
fn personal_data_is_hidden_in_tables_and_with_mask() {
    for (arguments, is_shown) in [
        (&["-o", "table"][..], false),
        (&["-o", "table", "--show-personal-data"], true),
        (&["-o", "json"], true),
        (&["-o", "csv"], true),
        (&["-o", "plain", "--columns", "iccid"], true),
        (&["-o", "plain", "--mask"], false),
        (&["-o", "jsonl", "--mask"], false),
        (&["-o", "csv", "--mask"], false),
        (&["-o", "json", "--mask", "--columns", "iccid"], false),
    ] {
        let written = fetched(arguments);
        assert_eq!(written.contains("8988307"), is_shown, "{arguments:?}");
        assert_eq!(written.contains("***"), !is_shown, "{arguments:?}");
    }
}

#[test]
fn lists_are_written_in_each_format() {
    let page = json!({"meta": {"key": "sims"}, "sims": [
        {"sid": "HS1", "unique_name": "a", "status": "new", "iccid": "89", "date_created": "2026-01-31T08:00:00Z"},
        {"sid": "HS22", "unique_name": null, "status": "x, \"y\"", "iccid": null},
    ]});
    let server = serving(&page.to_string());
    for (format, written) in [
        (
            "table",
            "sid   unique_name  status  iccid  date_created          date_updated\n\
             HS1   a            new     ***    2026-01-31T08:00:00Z\n\
             HS22               x, \"y\"\n",
        ),
        (
            "csv",
            "sid,unique_name,account_sid,iccid,status,fleet_sid,date_created,date_updated,url\n\
             HS1,a,,89,new,,2026-01-31T08:00:00Z,,\n\
             HS22,,,,\"x, \"\"y\"\"\",,,,\n",
        ),
        (
            "plain",
            "HS1\ta\tnew\t89\t2026-01-31T08:00:00Z\t\n\
             HS22\t\tx, \"y\"\t\t\t\n",
        ),
        (
            "jsonl",
            "{\"date_created\":\"2026-01-31T08:00:00Z\",\"iccid\":\"89\",\"sid\":\"HS1\",\"status\":\"new\",\"unique_name\":\"a\"}\n\
             {\"iccid\":null,\"sid\":\"HS22\",\"status\":\"x, \\\"y\\\"\",\"unique_name\":null}\n",
        ),
    ] {
        let ran = run(&server, &["supersim", "sims", "list", "-o", format]);
        let lines: Vec<String> = ran.written().lines().map(sorted).collect();
        let expected: Vec<String> = written.lines().map(sorted).collect();
        assert_eq!(lines, expected, "{format}");
    }
    let ran = run(&server, &["supersim", "sims", "list"]);
    let json: Value = serde_json::from_str(&ran.written()).unwrap();
    assert_eq!(json, page["sims"]);
}

/// Sorts the keys of a line of JSON: whether their order is kept depends on features of other crates.
fn sorted(line: &str) -> String {
    match serde_json::from_str::<std::collections::BTreeMap<String, Value>>(line) {
        Ok(object) => serde_json::to_string(&object).unwrap(),
        Err(_) => line.trim_end().to_owned(),
    }
}

#[test]
fn empty_list_is_valid_in_each_format() {
    let server = serving(r#"{"meta":{},"sims":[]}"#);
    for (format, written) in [
        ("json", "[]\n"),
        ("jsonl", ""),
        ("plain", ""),
        (
            "table",
            "sid  unique_name  status  iccid  date_created  date_updated\n",
        ),
        (
            "csv",
            "sid,unique_name,account_sid,iccid,status,fleet_sid,date_created,date_updated,url\n",
        ),
    ] {
        let ran = run(&server, &["supersim", "sims", "list", "-o", format]);
        assert_eq!(ran.written(), written, "{format}");
    }
}

#[test]
fn table_contains_no_control_sequences() {
    let server = serving(r#"{"sid":"a\u001b[2Jb\nc\u202ed"}"#);
    let arguments = ["supersim", "sim", "HS1", "fetch", "-o", "table"];
    assert_eq!(
        run(&server, &arguments).written(),
        "sid  a\u{fffd}[2Jb c\u{fffd}d\n"
    );
}

#[test]
fn plain_values_are_on_one_line_each() {
    let page =
        r#"{"meta": {}, "sims": [{"sid": "a\tb\u001b[2J\nc"}, {"sid": null}, {"sid": "d"}]}"#;
    let list = ["supersim", "sims", "list", "-o", "plain", "--columns"];
    let plain = run(&serving(page), &[&list[..], &["sid"]].concat()).written();
    assert_eq!(plain, "a b\u{fffd}[2J c\n\nd\n");
    let plain = run(&serving(page), &[&list[..], &["status,sid"]].concat()).written();
    assert_eq!(plain, "\ta b\u{fffd}[2J c\n\t\n\td\n");
}

#[test]
fn usage_shows_what_it_is_grouped_by() {
    let server = serving(r#"{"meta": {}, "usage_records": []}"#);
    let list = ["supersim", "usage-records", "list", "-o", "table"];
    let table = run(&server, &list).written();
    assert_eq!(
        table.split_whitespace().collect::<Vec<_>>(),
        [
            "period.start_time",
            "period.end_time",
            "sim_sid",
            "fleet_sid",
            "network_sid",
            "iso_country",
            "data_upload",
            "data_download",
            "data_total",
        ]
    );
}

#[test]
fn dry_run_shows_the_request_and_sends_nothing() {
    let server = Server::replying([]);
    let arguments = [
        "supersim",
        "sim",
        "van 07",
        "update",
        "--status",
        "active",
        "--dry-run",
    ];
    let origin = &server.url;
    assert_eq!(
        run(&server, &arguments).written(),
        format!(
            "POST {origin}/v1/Sims/van%2007\nContent-Type: application/x-www-form-urlencoded\nAuthorization: ***\n\nStatus=active\n"
        )
    );
    let json = run(&server, &[&arguments[..], &["-o", "json"]].concat());
    let json: Value = serde_json::from_str(&json.written()).unwrap();
    assert_eq!(json["method"], "POST");
    assert_eq!(json["body"], "Status=active");
    assert!(server.requests().is_empty());
    // It needs no credentials.
    let unsigned = finish(program(&arguments));
    assert_eq!(unsigned.status, Some(0));
    let start = "POST https://supersim.twilio.com/v1/Sims/van%2007\n";
    assert!(unsigned.stdout.starts_with(start), "{unsigned:?}");
    assert!(!unsigned.stdout.contains("Authorization"), "{unsigned:?}");
    let warning = "warning: not signed in: ";
    assert!(unsigned.stderr.starts_with(warning), "{unsigned:?}");
}

#[test]
fn help_contains_the_specs_text_and_an_example() {
    let help = finish(program(&["supersim", "sims", "list", "--help"]));
    let help = help.written();
    for part in [
        "Lists the SIMs of the account.",
        "Lists only the SIMs with this status.",
        "[possible values: new, ready, active, inactive, scheduled]",
        "twilio-iot supersim sims list --status scheduled --fleet trackers",
    ] {
        assert!(help.contains(part), "`{part}` is not in {help}");
    }
}
