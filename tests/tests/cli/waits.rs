//! `--wait-until`: polling, and what ends it.

use serde_json::json;

use super::support::{Reply, Server};
use super::{Run, run};

const FETCH: [&str; 4] = ["supersim", "sim", "HS1", "fetch"];

fn sim(status: &str) -> Reply {
    Reply::json(
        200,
        &json!({"sid": "HS1", "status": status, "fleet": {"state": "on"}}),
    )
}

/// Returns the result of the program with these replies, and the number of requests.
fn waited(
    replies: impl IntoIterator<Item = Reply>,
    condition: &str,
    timeout: &str,
) -> (Run, usize) {
    let server = Server::replying(replies);
    let wait = ["--wait-until", condition, "--timeout", timeout];
    let ran = run(&server, &[&FETCH[..], &wait, &["-o", "jsonl"]].concat());
    (ran, server.requests().len())
}

#[test]
fn polls_until_the_field_has_one_of_the_values() {
    let replies = [sim("scheduled"), sim("scheduled"), sim("active")];
    let (ran, requests) = waited(replies, "status=ready,active", "1m");
    assert_eq!(requests, 3);
    let written = ran.written();
    assert!(written.contains(r#""status":"active""#), "{written}");
    assert_eq!(written.lines().count(), 1);
    let (ran, requests) = waited([sim("new")], "fleet.state=on", "1m");
    assert_eq!((ran.status, requests), (Some(0), 1));
}

#[test]
fn timeout_exits_with_six() {
    let (ran, requests) = waited([sim("new"), sim("new"), sim("new")], "status=active", "1s");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(6), ""));
    assert!(requests >= 2, "{requests}");
    let error = r#"{"error":{"message":"not active after 1 s: status is new"}}"#;
    assert_eq!(ran.stderr.trim_end(), error);
    let (ran, requests) = waited([sim("new")], "status=active", "0s");
    assert_eq!((ran.status, requests), (Some(6), 1));
}

#[test]
fn transient_failures_after_a_response_are_waited_out() {
    let busy = || Reply::json(503, &json!({"message": "busy"}));
    // The client itself retries such a failure three times.
    let replies = [sim("new"), busy(), busy(), busy(), sim("active")];
    let (ran, requests) = waited(replies, "status=active", "1m");
    assert_eq!((ran.status, requests), (Some(0), 5), "{ran:?}");
    let (ran, requests) = waited([busy(), busy(), busy()], "status=active", "1m");
    assert_eq!((ran.status, requests), (Some(1), 3), "{ran:?}");
    let gone = Reply::json(404, &json!({"message": "gone"}));
    let (ran, requests) = waited([sim("new"), gone], "status=active", "1m");
    assert_eq!((ran.status, requests), (Some(1), 2));
}

#[test]
fn unknown_field_is_an_error_at_once() {
    let (ran, requests) = waited([sim("new")], "stauts=active", "1m");
    assert_eq!((ran.status, requests), (Some(2), 1));
    assert!(ran.stderr.contains("did you mean `status`?"), "{ran:?}");
    // The specification has this one, so it may appear.
    let (ran, requests) = waited([sim("new"), sim("new")], "fleet_sid=HF1", "1s");
    assert_eq!((ran.status, requests), (Some(6), 2));
    assert!(ran.stderr.contains("fleet_sid is absent"), "{ran:?}");
}

#[test]
fn unlisted_value_is_a_warning_at_once() {
    let (ran, _) = waited([sim("new")], "status=actve,ready,", "0s");
    assert_eq!(ran.status, Some(6));
    let warning = "warning: `actve` is not among the known values of status: new, ready, active, inactive, scheduled";
    assert_eq!(ran.stderr.lines().next(), Some(warning));
    let error = r#"{"error":{"message":"not actve or ready or empty after 0 s: status is new"}}"#;
    assert_eq!(ran.stderr.lines().nth(1), Some(error));
    // The specification lists no values of these.
    for condition in ["sid=HS2", "fleet.state=off"] {
        let (ran, _) = waited([sim("new")], condition, "0s");
        assert!(!ran.stderr.contains("known values"), "{ran:?}");
    }
}

#[test]
fn invalid_condition_is_a_usage_error() {
    for wait in [
        &["--wait-until", "status"][..],
        &["--wait-until", "=active"],
        &["--wait-until", "status=active", "--timeout", "soon"],
        &["--timeout", "1m"],
    ] {
        let server = Server::replying([]);
        let ran = run(&server, &[&FETCH[..], wait].concat());
        assert_eq!(ran.status, Some(2), "{ran:?}");
        assert!(server.requests().is_empty());
    }
}
