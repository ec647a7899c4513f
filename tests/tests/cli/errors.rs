//! Exit statuses and error messages.

use serde_json::{Value, json};

use twilio_test_support::Then;

use super::support::{Reply, Server};
use super::{Run, finish, program, program_of, run};

const FETCH: [&str; 4] = ["supersim", "sim", "HS1", "fetch"];

fn not_found() -> Reply {
    let body = json!({"code": 20404, "message": "The SIM was not found",
        "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404});
    Reply::json(404, &body).header("Twilio-Request-Id", "RQ17")
}

#[test]
fn api_error_is_one_sentence() {
    let server = Server::replying([not_found()]);
    let ran = run(&server, &FETCH);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ran.stderr,
        "error: FetchSim: 404 Not Found: The SIM was not found (code 20404, request RQ17); \
         see https://www.twilio.com/docs/errors/20404\n"
    );
}

#[test]
fn request_ends_after_the_time_that_the_user_gives() {
    let server = Server::replying([Reply::silence()]);
    let ran = run(
        &server,
        &[&FETCH[..], &["--request-timeout", "1s"]].concat(),
    );
    assert_eq!(ran.status, Some(4));
    assert_eq!(
        ran.stderr,
        format!(
            "error: FetchSim: timed out waiting for {}: the --request-timeout of 1s was exceeded (attempt 1 of 3)\n",
            server.url.trim_start_matches("http://")
        )
    );
    let ran = run(&server, &[&FETCH[..], &["--request-timeout", "1"]].concat());
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("expected a duration such as 90s"),
        "{ran:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn request_is_attempted_as_often_as_the_user_says() {
    let server = Server::start(|_| Reply::json(503, &json!({"message": "busy"})));
    for (attempts, end, requests) in [("1", "busy\n", 1), ("4", "busy (attempt 4 of 4)\n", 5)] {
        let ran = run(&server, &[&FETCH[..], &["--attempts", attempts]].concat());
        assert_eq!(ran.status, Some(1));
        assert!(ran.stderr.ends_with(end), "{ran:?}");
        assert_eq!(server.requests().len(), requests);
    }
    for wrong in ["0", "101", "many"] {
        let ran = run(&server, &[&FETCH[..], &["--attempts", wrong]].concat());
        assert_eq!(ran.status, Some(2));
        let problem = "expected a whole number from 1 to 100";
        assert!(ran.stderr.contains(problem), "{ran:?}");
    }
}

#[test]
fn errors_are_json_if_the_output_is() {
    let server = Server::replying([not_found()]);
    let ran = run(&server, &[&FETCH[..], &["-o", "json"]].concat());
    let error: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["error"]["status"], 404);
    assert_eq!(error["error"]["code"], 20404);
    assert_eq!(error["error"]["request_id"], "RQ17");
    assert_eq!(
        error["error"]["more_info"],
        "https://www.twilio.com/docs/errors/20404"
    );
}

#[test]
fn errors_say_whether_the_request_may_have_taken_effect() {
    let update = ["supersim", "sim", "HS1", "update", "--status", "active"];
    let note = "; the request may have taken effect\n";
    let error = |ran: &Run| {
        let error: Value = serde_json::from_str(&ran.stderr).unwrap();
        error["error"].clone()
    };
    let cut = || Reply::json(200, &json!({})).half().then(Then::Close);
    let server = Server::start(move |_| cut());
    let ran = run(&server, &update);
    assert!(ran.stderr.ends_with(note), "{ran:?}");
    let ran = run(&server, &[&update[..], &["-o", "json"]].concat());
    assert_eq!(
        (ran.status, &error(&ran)["unsent"]),
        (Some(4), &json!(false))
    );
    let ran = run(&server, &["wireless", "sim", "DE1", "delete", "--yes"]);
    assert!(ran.stderr.ends_with(note), "{ran:?}");
    let ran = run(&server, &[&FETCH[..], &["-o", "json"]].concat());
    assert_eq!(error(&ran)["unsent"], false);
    assert!(!ran.stderr.contains("taken effect"), "{ran:?}");

    let mut unreachable = program(&update);
    unreachable
        .args(["--base-url", "http://127.0.0.1:9", "-o", "json"])
        .env("TWILIO_ACCOUNT_SID", "AC1")
        .env("TWILIO_AUTH_TOKEN", "t");
    let ran = finish(unreachable);
    assert_eq!(error(&ran)["unsent"], true);
    assert!(!ran.stderr.contains("taken effect"), "{ran:?}");
    let server = Server::replying([not_found()]);
    let ran = run(&server, &[&update[..], &["-o", "json"]].concat());
    assert_eq!(error(&ran).get("unsent"), None);
}

#[test]
fn invalid_arguments_are_json_if_the_output_is() {
    let list = ["supersim", "sims", "list"];
    for output in [
        &["-o", "json"][..],
        &["-ojson"],
        &["-o=jsonl"],
        &["--output", "jsonl"],
        &["--output=json"],
    ] {
        let ran = finish(program(&[&list[..], output, &["--color"]].concat()));
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        let error: Value = serde_json::from_str(&ran.stderr).unwrap();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with("unexpected argument '--color' found"),
            "{message}"
        );
        assert!(!message.contains("Usage"), "{message}");
    }
    for (arguments, start) in [
        (
            &["supersim", "usage-records", "list", "--start-time", "soon"][..],
            "invalid value 'soon' for '--start-time <TIME>': expected a time",
        ),
        (
            &["supersim", "fleets", "create"],
            "the following required arguments were not provided: --network-access-profile",
        ),
        (&["supersim", "sims"], "a command is missing"),
        (
            &["profile", "remove", "work"],
            "`profile remove` does not take",
        ),
    ] {
        let ran = finish(program(&[&["-o", "json"], arguments].concat()));
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        let error: Value = serde_json::from_str(&ran.stderr).unwrap();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(start), "{message}");
    }
    for arguments in [
        &["-o", "csv", "--color"][..],
        &["--color", "--", "-o", "json"],
    ] {
        let ran = finish(program(&[&list[..], arguments].concat()));
        assert!(ran.stderr.starts_with("error: unexpected"), "{ran:?}");
    }
}

#[test]
fn each_failure_has_its_exit_status() {
    let unreadable = Reply::of_type(200, "text/html", "<html>");
    let unauthorized = Reply::json(401, &json!({"code": 20003, "message": "Authenticate"}));
    for (reply, status) in [(not_found(), 1), (unauthorized, 3), (unreadable, 5)] {
        let server = Server::replying([reply]);
        assert_eq!(run(&server, &FETCH).status, Some(status));
    }
    let mut unreachable = program(&FETCH);
    unreachable
        .args(["--base-url", "http://127.0.0.1:9"])
        .env("TWILIO_ACCOUNT_SID", "AC1")
        .env("TWILIO_AUTH_TOKEN", "t");
    assert_eq!(finish(unreachable).status, Some(4));
    let unsigned = finish(program(&FETCH));
    assert_eq!(unsigned.status, Some(3));
    assert!(
        unsigned.stderr.contains("TWILIO_ACCOUNT_SID"),
        "{unsigned:?}"
    );
    for arguments in [
        &["supersim", "sims", "lists"][..],
        &["supersim", "sims", "create", "--iccid", "89"],
        &["supersim", "fleets", "list", "--page-size", "many"],
        &["supersim", "fleets", "list", "--page-size", "0"],
        &["supersim", "fleets", "list", "--page-size", "1001"],
        &["supersim", "fleets", "list", "--page-size", ""],
        &[
            "supersim",
            "usage-records",
            "list",
            "--start-time",
            "yesterday",
        ],
        &[],
    ] {
        let wrong = finish(program(arguments));
        assert_eq!(
            (wrong.status, wrong.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
    }
    assert_eq!(finish(program(&["--version"])).status, Some(0));
}

#[test]
fn remedies_are_options_of_the_program() {
    let to = |url: &str, more: &[&str]| {
        let mut command = program(&FETCH);
        command.args(["--base-url", url]).args(more);
        command
            .env("TWILIO_ACCOUNT_SID", "AC1")
            .env("TWILIO_AUTH_TOKEN", "t");
        finish(command)
    };
    let refused = to("http://api.invalid", &[]);
    assert_eq!(refused.status, Some(2));
    assert_eq!(
        refused.stderr,
        "error: credentials would go to `http://api.invalid` unencrypted: use `https`, or pass --allow-plain-http\n"
    );
    let shown = to("http://api.invalid", &["--allow-plain-http", "--dry-run"]).written();
    assert!(
        shown.starts_with("GET http://api.invalid/v1/Sims/HS1\n"),
        "{shown}"
    );
    let limit = ["supersim", "sims", "list", "--limit=-1"];
    let limit = finish(program(&limit));
    assert!(
        limit.stderr.contains("expected a whole number"),
        "{limit:?}"
    );
}

#[test]
fn headers_are_added_to_each_request() {
    let server = Server::start(|_| Reply::json(200, &json!({"sid": "HS1"})));
    let run = |more: &[&str]| {
        let mut command = program(&FETCH);
        command.args(["--base-url", &server.url]).args(more);
        command
            .env("TWILIO_ACCOUNT_SID", "AC1")
            .env("TWILIO_AUTH_TOKEN", "t");
        finish(command)
    };
    let two = ["-H", "X-Team: vans: red ", "-H", "x-trace:1"];
    assert_eq!(run(&two).status, Some(0));
    let request = server.request();
    assert_eq!(request.header("x-team"), Some("vans: red"));
    assert_eq!(request.header("x-trace"), Some("1"));
    let shown = run(&["-H", "X-Team: hunter2", "--dry-run"]).written();
    assert!(shown.contains("\nx-team: ***\n"), "{shown}");
    for (wrong, problem) in [
        ("X-Team", "expected a name and a value"),
        ("X Team: vans", "header names cannot contain"),
        ("Authorization: x", "the client sets it itself"),
    ] {
        let refused = run(&["-H", wrong]);
        assert_eq!(refused.status, Some(2), "{refused:?}");
        assert!(refused.stderr.contains(problem), "{refused:?}");
    }
    let list = finish(program(&["profile", "list", "-H", "X-Team: vans"]));
    assert_eq!(list.stderr, "error: `profile list` does not take -H\n");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_cause_is_told_once() {
    let mut command = program(&FETCH);
    command
        .args(["--base-url", "http://127.0.0.1:9"])
        .env("TWILIO_ACCOUNT_SID", "AC1")
        .env("TWILIO_AUTH_TOKEN", "t");
    let refused = finish(command);
    assert_eq!(
        refused.stderr,
        "error: FetchSim: cannot connect to 127.0.0.1:9: connection refused (attempt 3 of 3)\n"
    );
}

#[test]
fn a_forgotten_product_is_suggested() {
    let tip = |arguments: &[&str]| {
        let stderr = finish(program(arguments)).stderr;
        let tips = stderr.lines().filter_map(|it| it.strip_prefix("  tip: "));
        tips.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        tip(&["sims", "list"]),
        ["there is `twilio-iot supersim sims` and `twilio-iot wireless sims`"]
    );
    let fleets = ["there is `twilio-iot supersim fleets`"];
    assert_eq!(tip(&["wireless", "fleets", "list"]), fleets);
    assert_eq!(tip(&["supersim", "nothing"]), [""; 0]);
}

#[test]
fn errors_say_when_to_try_again() {
    let busy = || {
        Reply::json(429, &json!({"code": 20429, "message": "Busy"})).header("Retry-After", "120")
    };
    let server = Server::replying([busy()]);
    let ran = run(&server, &FETCH);
    assert_eq!(
        ran.stderr,
        "error: FetchSim: 429 Too Many Requests: Busy (code 20429, retry after 120 s)\n"
    );
    let server = Server::replying([busy()]);
    let ran = run(&server, &[&FETCH[..], &["-o", "json"]].concat());
    let error: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["error"]["retry_after"], 120);
}

#[test]
fn help_lists_exit_statuses_and_optional_json_members() {
    let help = finish(program(&["--help"])).written();
    let (_, statuses) = help.split_once("Exit status:\n").unwrap();
    let statuses = statuses
        .lines()
        .map(|it| it.split_whitespace().next().unwrap());
    assert!(
        statuses.eq(["0", "1", "2", "3", "4", "5", "6", "130"]),
        "{help}"
    );
    let help = finish(program(&["supersim", "sims", "list", "--help"])).written();
    let words: Vec<&str> = help.split_whitespace().collect();
    assert!(words.join(" ").contains("json may be cut off"), "{help}");
}

#[test]
fn own_commands_refuse_options_without_effect() {
    for (arguments, error) in [
        (
            &["completions", "bash", "--dry-run"][..],
            "`completions` does not take --dry-run",
        ),
        (
            &["--columns", "sid", "man", "pages"],
            "`man` does not take --columns",
        ),
        (
            &["profile", "use", "work", "-v"],
            "`profile use` does not take --verbose",
        ),
        (
            &["-o", "csv", "profile", "remove", "work"],
            "`profile remove` does not take --output",
        ),
        (
            &["profile", "list", "--edge", "dublin"],
            "`profile list` does not take --edge",
        ),
    ] {
        let refused = finish(program(arguments));
        assert_eq!(refused.status, Some(2), "{refused:?}");
        assert_eq!(refused.stderr, format!("error: {error}\n"));
    }
    let help = finish(program(&["profile", "list", "--help"])).written();
    assert!(
        help.contains("--columns") && !help.contains("--dry-run"),
        "{help}"
    );
}

#[test]
fn non_object_response_is_an_error() {
    for body in [r#"[{"sid": "HS1"}]"#, r#""HS1""#, "17"] {
        let server = Server::replying([Reply::of_type(200, "application/json", body)]);
        let ran = run(&server, &FETCH);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(5), ""), "{ran:?}");
    }
    let page = r#"{"meta": {}, "sims": [{"sid": "HS1"}, "HS2"]}"#;
    let server = Server::replying([Reply::of_type(200, "application/json", page)]);
    let ran = run(&server, &["supersim", "sims", "list", "-o", "jsonl"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(5), "{\"sid\":\"HS1\"}\n")
    );
}

#[test]
fn unknown_enum_value_is_sent_with_a_warning() {
    let server = Server::start(|_| Reply::json(200, &json!({"sid": "HS1"})));
    let arguments = ["supersim", "sim", "HS1", "update", "--status", "frozen"];
    let ran = run(&server, &arguments);
    assert_eq!(ran.status, Some(0));
    assert_eq!(
        ran.stderr,
        "warning: `frozen` is not among the known values of status: ready, active, inactive\n"
    );
    assert_eq!(server.request().body, b"Status=frozen");
}

#[test]
fn path_value_cannot_name_another_resource() {
    let server = Server::replying([]);
    for sid in ["..", "."] {
        let ran = run(&server, &["supersim", "sim", sid, "fetch"]);
        assert_eq!(ran.status, Some(2), "{ran:?}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn delete_requires_confirmation() {
    let server = Server::start(|_| Reply::empty(204));
    let delete = ["wireless", "sim", "DE1", "delete"];
    let ran = run(&server, &delete);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("--yes"), "{ran:?}");
    assert!(server.requests().is_empty());
    let ran = run(&server, &[&delete[..], &["-y"]].concat());
    assert_eq!(ran.written(), "");
    assert_eq!(server.lines(), ["DELETE /v1/Sims/DE1"]);
}

#[test]
fn verbose_reports_each_request() {
    let answer = Reply::json(200, &json!({"sid": "HS1"})).header("Twilio-Request-Id", "RQ3");
    let server = Server::replying([Reply::empty(503), answer]);
    let ran = run(&server, &[&FETCH[..], &["--verbose"]].concat());
    assert_eq!(ran.status, Some(0));
    let stderr = ran.stderr.trim_end();
    assert!(
        stderr.starts_with("GET 127.0.0.1/v1/Sims/{Sid}: 200 after 2 attempts in "),
        "{stderr}"
    );
    assert!(stderr.ends_with(" ms, request RQ3"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn closed_pipe_is_not_an_error() {
    use std::process::Stdio;

    let sims: Vec<Value> = (0..1000)
        .map(|it| json!({"sid": format!("HS{it}")}))
        .collect();
    let page = json!({"meta": {}, "sims": sims});
    let server = Server::start(move |_| Reply::json(200, &page));
    let arguments = ["supersim", "sims", "list", "--all", "-o", "jsonl"];
    let mut process = program_of(&server, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
