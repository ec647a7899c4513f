//! The requests and results of calls.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use super::support::{Reply, Request, Server, TOKEN};
use super::{Session, server_program};

#[tokio::test]
async fn object_is_returned() {
    let sim =
        json!({"sid": "HS1", "unique_name": "van-07", "status": "active", "iccid": "89880000"});
    let server = Server::start(move |_| Reply::json(200, &sim));
    let session = Session::start(&server, &[]).await;
    let answer = session
        .call("supersim_sim_fetch", json!({"sim_sid": "HS1"}))
        .await;
    assert_eq!(answer.object["status"], "active");
    assert!(answer.text.contains("status: active"), "{}", answer.text);
    assert_eq!(server.lines(), ["GET /v1/Sims/HS1"]);
    assert_eq!(session.end().await, "");
}

#[tokio::test]
async fn api_error_is_a_tool_error() {
    let body = json!({"code": 20404, "message": "The SIM was not found", "status": 404,
        "more_info": "https://www.twilio.com/docs/errors/20404"});
    let reply = Reply::json(404, &body).header("Twilio-Request-Id", "RQ17");
    let server = Server::replying([reply]);
    let session = Session::start(&server, &[]).await;
    let answer = session
        .fail("supersim_sim_fetch", json!({"sim_sid": "HS9"}))
        .await;
    assert_eq!(
        answer.text,
        "FetchSim: 404 Not Found: The SIM was not found (code 20404, request RQ17); see \
         https://www.twilio.com/docs/errors/20404"
    );
    let error = &answer.object["error"];
    assert_eq!(
        (&error["code"], &error["request_id"]),
        (&json!(20404), &json!("RQ17"))
    );
}

#[tokio::test]
async fn each_kind_of_call_is_sent_like_the_clients() {
    let server = Server::start(|request| match request.method.as_str() {
        "DELETE" => Reply::empty(204),
        _ => Reply::json(200, &json!({"sid": "X1", "status": "ready"})),
    });
    let session = Session::start(&server, &[]).await;
    for (tool, arguments, line, form) in [
        (
            "supersim_fleets_create",
            json!({"network_access_profile": "HA1", "data_limit": 500, "data_enabled": false}),
            "POST /v1/Fleets",
            "NetworkAccessProfile=HA1&DataEnabled=false&DataLimit=500",
        ),
        (
            "supersim_fleet_update",
            json!({"fleet_sid": "HF1", "sms_commands_url": "", "unique_name": null}),
            "POST /v1/Fleets/HF1",
            "SmsCommandsUrl=",
        ),
        (
            "wireless_rate_plans_create",
            json!({"international_roaming": ["data", "messaging"], "unique_name": "ü"}),
            "POST /v1/RatePlans",
            "UniqueName=%C3%BC&InternationalRoaming=data&InternationalRoaming=messaging",
        ),
        (
            "wireless_sim_delete",
            json!({"sim_sid": "a/b"}),
            "DELETE /v1/Sims/a%2Fb",
            "",
        ),
    ] {
        let answer = session.call(tool, arguments).await;
        let request = server.requests().pop().unwrap();
        assert_eq!(request.line(), line);
        let body = request.text();
        let sorted = |form: &str| {
            let mut fields: Vec<String> = form.split('&').map(str::to_owned).collect();
            fields.sort();
            fields
        };
        assert_eq!(sorted(body), sorted(form), "{tool}");
        match request.method.as_str() {
            "DELETE" => assert_eq!(answer.object, json!({"status": 204})),
            _ => assert_eq!(answer.object["sid"], "X1"),
        }
    }
}

/// Returns invalid calls, with the start of each line of the error.
fn wrong_calls() -> [(&'static str, Value, &'static [&'static str]); 6] {
    [
        (
            "supersim_sim_fetch",
            json!({"simSid": "HS1"}),
            &[
                "there is no parameter `simSid`; did you mean `sim_sid`?",
                "the parameter `sim_sid` is required: ",
            ][..],
        ),
        (
            "supersim_sims_create",
            json!({"iccid": 89880000, "registration_code": ["x"]}),
            &[
                "`iccid`: expected a string, not a number",
                "`registration_code`: expected a string, not a list",
            ],
        ),
        (
            "supersim_fleets_create",
            json!({"network_access_profile": "HA1", "data_limit": "many", "data_enabled": 1}),
            &[
                "`data_limit`: expected a whole number",
                "`data_enabled`: expected true or false, not a number",
            ],
        ),
        (
            "supersim_usage_records_list",
            json!({"start_time": "yesterday", "limit": 0, "color": "red"}),
            &[
                "`start_time`: expected a time such as ",
                "`limit` must be a whole number of at least 1",
                "there is no parameter `color`; the tool takes: ",
            ],
        ),
        (
            "wireless_rate_plans_create",
            json!({"international_roaming": "data"}),
            &["`international_roaming` takes a list, not a string: put it in brackets"],
        ),
        (
            "supersim_esim_profiles_list",
            json!({"eid": "***"}),
            &["`eid`: `***` stands for hidden personal data"],
        ),
    ]
}

#[tokio::test]
async fn errors_about_arguments_say_how_to_fix_them() {
    let server = Server::replying([]);
    let session = Session::start(&server, &[]).await;
    for (tool, arguments, faults) in wrong_calls() {
        let answer = session.fail(tool, arguments).await;
        for fault in faults {
            assert!(answer.text.contains(fault), "{fault}\n{}", answer.text);
        }
        assert_eq!(
            answer.text.matches("\n- ").count(),
            faults.len(),
            "{}",
            answer.text
        );
    }
    // Only the client knows which values a path can contain.
    let answer = session
        .fail("supersim_sim_fetch", json!({"sim_sid": ".."}))
        .await;
    assert!(answer.text.contains("`Sid`"), "{}", answer.text);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn unknown_enum_value_is_sent_with_a_note() {
    let server = Server::start(|_| Reply::json(200, &json!({"sid": "HS1"})));
    let session = Session::start(&server, &[]).await;
    let arguments = json!({"sim_sid": "HS1", "status": "frozen"});
    let answer = session.call("supersim_sim_update", arguments).await;
    assert_eq!(server.request().body, b"Status=frozen");
    let note = "note: `frozen` is not among the known values of `status`";
    assert!(answer.text.contains(note), "{}", answer.text);
}

#[tokio::test]
async fn file_path_is_an_ordinary_value() {
    let server = Server::start(|_| Reply::json(200, &json!({"sid": "HF1"})));
    let session = Session::start(&server, &[]).await;
    let arguments = json!({"fleet_sid": "HF1", "unique_name": "@/etc/hostname"});
    session.call("supersim_fleet_update", arguments).await;
    assert_eq!(server.request().body, b"UniqueName=%40%2Fetc%2Fhostname");
}

/// Returns a page of SIMs, each with its number, with a link to the next until there are `total`.
fn page(request: &Request, total: usize, size: usize) -> Reply {
    let query = request.query().unwrap_or_default();
    let number = query.split('&').find_map(|it| it.strip_prefix("Page="));
    let number: usize = number.map_or(0, |it| it.parse().unwrap());
    let first = size * number;
    let sims: Vec<Value> = (first..total.min(first + size))
        .map(|it| json!({"sid": format!("HS{it}"), "iccid": format!("8988{it}")}))
        .collect();
    let link = format!("{}/v1/Sims?Page={}", request.origin(), number + 1);
    let next = (first + size < total).then_some(link);
    Reply::json(200, &json!({"meta": {"next_page_url": next}, "sims": sims}))
}

/// Returns the numbers of the SIMs in a result.
fn numbers(answer: &Value) -> Vec<usize> {
    let sims = answer["items"].as_array().unwrap().iter();
    sims.map(|it| it["sid"].as_str().unwrap()[2..].parse().unwrap())
        .collect()
}

/// Calls a list until it ends, and returns the number of items in each result.
async fn listed(session: &Session, arguments: Value) -> Vec<usize> {
    let (mut sizes, mut all) = (Vec::new(), Vec::new());
    let mut next = Value::Null;
    loop {
        let mut arguments = arguments.clone();
        arguments["next"] = next;
        let answer = session.call("supersim_sims_list", arguments).await;
        let found = numbers(&answer.object);
        sizes.push(found.len());
        all.extend(found);
        next = answer.object["next"].clone();
        if next.is_null() {
            assert!(all.iter().copied().eq(0..all.len()), "{all:?}");
            return sizes;
        }
        assert!(
            answer.text.contains("There are more: `next` is "),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn list_ends_after_twenty_items_and_continues() {
    for size in [20, 7, 50, 1000] {
        let server = Server::start(move |it| page(it, 45, size));
        let session = Session::start(&server, &[]).await;
        assert_eq!(listed(&session, json!({})).await, [20, 20, 5], "{size}");
        assert_eq!(listed(&session, json!({"limit": 45})).await, [45], "{size}");
    }
    let server = Server::start(|it| page(it, 45, 20));
    let session = Session::start(&server, &[]).await;
    session
        .call("supersim_sims_list", json!({"status": "active"}))
        .await;
    assert_eq!(server.lines(), ["GET /v1/Sims?Status=active&PageSize=20"]);
}

#[tokio::test]
async fn truncated_list_continues_where_it_was_cut() {
    let server = Server::start(|it| page(it, 45, 20));
    let session = Session::start(&server, &["--max-answer", "500"]).await;
    let sizes = listed(&session, json!({"limit": 40})).await;
    assert!(sizes.len() > 4, "{sizes:?}");
    let answer = session.call("supersim_sims_list", json!({})).await;
    assert!((300..=500).contains(&answer.length()), "{answer:?}");
    // A single item may also be too long.
    let server = Server::start(|request| {
        let name = format!("\"{}\"", "n".repeat(1000));
        let sims = [1, 2].map(|it| json!({"sid": format!("HS{it}"), "unique_name": name}));
        let link = format!("{}/v1/Sims?Page=1", request.origin());
        Reply::json(200, &json!({"meta": {"next_page_url": link}, "sims": sims}))
    });
    let session = Session::start(&server, &["--max-answer", "500"]).await;
    let first = session.call("supersim_sims_list", json!({})).await;
    let next = json!({"next": first.object["next"]});
    let second = session.call("supersim_sims_list", next).await;
    for (answer, start) in [(first, "{\"sid\":\"HS1\""), (second, "{\"sid\":\"HS2\"")] {
        assert_eq!(answer.object["items"].as_array().unwrap().len(), 1);
        let item = &answer.object["items"][0];
        assert_eq!(item["truncated"], true);
        let beginning = item["beginning"].as_str().unwrap();
        assert!(beginning.starts_with(start), "{beginning}");
        assert!(answer.length() <= 500, "{answer:?}");
    }
}

#[tokio::test]
async fn results_have_a_minimum_length() {
    let output = server_program(&["--max-answer", "499"]).output().await;
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let problem = "expected a whole number, at least 500";
    assert!(stderr.contains(problem), "{stderr}");
}

#[tokio::test]
async fn only_tokens_of_the_server_continue_a_list() {
    let server = Server::start(|it| page(it, 45, 20));
    let session = Session::start(&server, &[]).await;
    let first = session
        .call("supersim_sims_list", json!({"status": "active"}))
        .await;
    let next = &first.object["next"];
    let sent = server.requests().len();
    for (tool, arguments, problem) in [
        (
            "supersim_sims_list",
            json!({"next": "https://evil.example/v1/Sims"}),
            "is not a `next`",
        ),
        (
            "supersim_sims_list",
            json!({"next": "/v1/Fleets"}),
            "is not a `next`",
        ),
        (
            "supersim_fleets_list",
            json!({"next": next}),
            "is the `next` of another tool",
        ),
        (
            "supersim_sims_list",
            json!({"next": next, "status": "ready"}),
            "other parameters",
        ),
        (
            "supersim_sims_list",
            json!({"next": 7}),
            "`next` must be a string",
        ),
    ] {
        let answer = session.fail(tool, arguments).await;
        assert!(answer.text.contains(problem), "{}", answer.text);
    }
    assert_eq!(server.requests().len(), sent);
    session
        .call(
            "supersim_sims_list",
            json!({"next": next, "status": "active"}),
        )
        .await;
}

#[tokio::test]
async fn link_to_another_server_is_not_followed() {
    let elsewhere = Server::replying([]);
    let link = format!("{}/v1/Sims?Page=1", elsewhere.url);
    let page = json!({"meta": {"next_page_url": link}, "sims": [{"sid": "HS0"}]});
    let server = Server::start(move |_| Reply::json(200, &page));
    let session = Session::start(&server, &[]).await;
    // The items before it are returned.
    let answer = session.call("supersim_sims_list", json!({})).await;
    assert_eq!(numbers(&answer.object), [0]);
    assert!(
        answer.text.contains("the next page failed"),
        "{}",
        answer.text
    );
    let next = &answer.object["next"];
    session
        .fail("supersim_sims_list", json!({"next": next}))
        .await;
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn personal_data_is_hidden_by_default() {
    let profile = json!({"sid": "HP1", "eid": "89049032", "iccid": null});
    let body = json!({"meta": {}, "esim_profiles": [profile]});
    let server = Server::start(move |_| Reply::json(200, &body));
    for (arguments, eid) in [(&[][..], "***"), (&["--show-personal-data"], "89049032")] {
        let session = Session::start(&server, arguments).await;
        let answer = session.call("supersim_esim_profiles_list", json!({})).await;
        let item = &answer.object["items"][0];
        assert_eq!((&item["eid"], &item["iccid"]), (&json!(eid), &Value::Null));
        assert!(eid != "***" || !answer.text.contains("89049032"));
    }
}

#[tokio::test]
async fn echoed_credentials_are_redacted() {
    let sim = json!({"sid": "HS1", "unique_name": format!("token {TOKEN}"), TOKEN: [TOKEN]});
    let server = Server::start(move |_| Reply::json(200, &sim));
    let session = Session::start(&server, &[]).await;
    let answer = session
        .call("supersim_sim_fetch", json!({"sim_sid": "HS1"}))
        .await;
    assert_eq!(answer.object["unique_name"], "token <redacted>");
}

#[tokio::test]
async fn transport_failure_is_reported() {
    let server = Server::start(|_| Reply::of_type(200, "text/html", "<html>"));
    let session = Session::start(&server, &[]).await;
    let answer = session
        .fail("supersim_sim_fetch", json!({"sim_sid": "HS1"}))
        .await;
    assert!(answer.text.contains("FetchSim"), "{}", answer.text);
    let server = Server::start(|_| Reply::json(401, &json!({"code": 20003, "message": "no"})));
    let session = Session::start(&server, &[]).await;
    let answer = session.fail("supersim_sims_list", json!({})).await;
    assert_eq!(answer.object["error"]["status"], 401);
}

/// The connection of a canceled call is closed.
#[tokio::test]
async fn canceled_call_ends_its_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let mut command = server_program(&["--base-url", &origin]);
    command
        .env("TWILIO_ACCOUNT_SID", "AC1")
        .env("TWILIO_AUTH_TOKEN", "t");
    let session = Session::of(command).await;
    let call = session.try_call("supersim_sim_fetch", json!({"sim_sid": "HS1"}));
    let accepted = async {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        assert!(connection.read(&mut request).await.unwrap() > 0);
        connection
    };
    let mut connection = tokio::select! {
        connection = accepted => connection,
        result = call => panic!("nothing has answered: {result:?}"),
    };
    let ended = async {
        let mut rest = Vec::new();
        // A reset also ends it.
        let _ = connection.read_to_end(&mut rest).await;
    };
    tokio::time::timeout(Duration::from_secs(10), ended)
        .await
        .unwrap();
    assert_eq!(session.tools().await.len(), 47);
}
