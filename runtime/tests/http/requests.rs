//! Requests on the wire.

use twilio_runtime::Error;
use twilio_test_support::{Reply, Server};

use crate::api::{Client, SimStatus};
use crate::server::{client, json};

#[tokio::test]
async fn create_posts_a_form() {
    let server = Server::replying([json("{}")]);
    let create = client(&server).fleets().create("HA 1&2");
    create
        .data_limit(1)
        .networks(["HW1", "HW2"])
        .data_limit(5)
        .data_enabled(true)
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/v1/Fleets")
    );
    assert_eq!(
        request.text(),
        "NetworkAccessProfile=HA+1%262&DataLimit=5&Networks=HW1&Networks=HW2&DataEnabled=true"
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    // printf AC1:hunter2 | base64
    assert_eq!(
        request.header("authorization"),
        Some("Basic QUMxOmh1bnRlcjI=")
    );
    let user_agent = request.header("user-agent").unwrap();
    assert!(
        user_agent.starts_with("twilio-rust/0.") && user_agent.ends_with(')'),
        "{user_agent}"
    );
}

#[tokio::test]
async fn last_list_wins_and_an_empty_one_is_left_out() {
    let server = Server::replying([json("{}"), json("{}")]);
    let create = client(&server).fleets().create("HA");
    create
        .clone()
        .networks(["HW1", "HW2"])
        .networks(["HW3"])
        .await
        .unwrap();
    create
        .networks(["HW1"])
        .networks(Vec::<String>::new())
        .statuses(["active", "asleep"])
        .await
        .unwrap();
    let bodies: Vec<_> = server
        .requests()
        .iter()
        .map(|it| it.text().to_owned())
        .collect();
    assert_eq!(
        bodies,
        [
            "NetworkAccessProfile=HA&Networks=HW3",
            "NetworkAccessProfile=HA&Statuses=active&Statuses=asleep"
        ]
    );
}

#[tokio::test]
async fn list_parameters_are_a_query() {
    let server = Server::replying([json(r#"{"fleets":[]}"#)]);
    let start: twilio_runtime::DateTime<twilio_runtime::Utc> =
        "2026-01-31T09:00:00.75+01:00".parse().unwrap();
    let list = client(&server)
        .fleets()
        .list()
        .status(SimStatus::Active)
        .start(start)
        .page_size(7);
    list.day(start.date_naive()).await.unwrap();
    let request = server.request();
    assert_eq!(
        request.target,
        "/v1/Fleets?Status=active&Start=2026-01-31T08%3A00%3A00Z&Day=2026-01-31&PageSize=7"
    );
    assert_eq!((request.method.as_str(), request.text()), ("GET", ""));
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn path_parameters_are_escaped_and_the_base_path_is_kept() {
    let server = Server::replying([json("{}")]);
    let builder = Client::builder()
        .basic_auth("AC1", "t")
        .base_url(format!("{}/proxy/", server.url));
    builder
        .build()
        .unwrap()
        .fleet("my fleet/é%2e")
        .fetch()
        .await
        .unwrap();
    assert_eq!(
        server.lines(),
        ["GET /proxy/v1/Fleets/my%20fleet%2F%C3%A9%252e"]
    );
}

#[tokio::test]
async fn invalid_path_parameter_is_not_sent() {
    let server = Server::replying([]);
    for sid in ["", ".", ".."] {
        let error = client(&server).fleet(sid).delete().await.unwrap_err();
        assert!(matches!(error, Error::PathParameter { .. }), "{error:?}");
        assert!(
            error
                .to_string()
                .starts_with("DeleteFleet: the path parameter `Sid`"),
            "{error}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn headers_are_sent_and_cannot_be_forged() {
    let server = Server::replying([json("{}")]);
    client(&server)
        .fleets()
        .create("HA")
        .idempotency_key("k1")
        .idempotency_key("k2")
        .await
        .unwrap();
    assert_eq!(server.request().header("i-idempotency-key"), Some("k2"));
    let forged = client(&server)
        .fleets()
        .create("HA")
        .idempotency_key("k\r\nX-Evil: hunter3");
    let error = forged.await.unwrap_err();
    assert!(matches!(error, Error::HeaderParameter { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hunter3"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn delete_has_no_request_or_response_body() {
    let server = Server::replying([
        Reply::new("204 No Content", &[], ""),
        json("{}"),
        json("not json"),
    ]);
    let delete = client(&server).fleet("HF1").delete();
    let response = delete.clone().send().await.unwrap();
    assert_eq!(response.status(), 204);
    delete.clone().await.unwrap();
    // It comes from an intermediary, and the service may not have seen the request.
    assert!(matches!(delete.await, Err(Error::Decode(_))));
    assert_eq!(server.lines(), ["DELETE /v1/Fleets/HF1"; 3]);
    assert_eq!(server.requests()[0].header("content-type"), None);
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll() {
    let server = Server::replying([]);
    drop(client(&server).fleet("HF1").fetch().send());
    drop(IntoFuture::into_future(
        client(&server).fleet("HF1").fetch(),
    ));
    drop(client(&server).fleets().list().stream());
    assert!(server.requests().is_empty());
}

#[test]
fn debug_shows_names_but_no_values() {
    let client = Client::builder()
        .basic_auth("AC-hunter", "hunter")
        .build()
        .unwrap();
    let create = client
        .fleets()
        .create("hunter")
        .data_limit(424242)
        .networks(["hunter"])
        .idempotency_key("hunter");
    let list = client.fleets().list().status("hunter");
    let shown = format!(
        "{client:?} {:?} {:?} {create:?} {list:?}",
        client.fleet("hunter"),
        list.clone().stream()
    );
    assert!(
        !shown.contains("hunter") && !shown.contains("424242"),
        "{shown}"
    );
    for name in [
        "CreateFleet",
        "Post",
        "/v1/Fleets",
        "DataLimit",
        "Networks",
        "I-Idempotency-Key",
        "Status",
    ] {
        assert!(shown.contains(name), "{name} in {shown}");
    }
}

/// Everything can be moved into a spawned task.
#[test]
fn futures_and_streams_are_send_and_static() {
    fn check<T: Send + 'static>(value: T) -> T {
        value
    }
    fn shared<T: Send + Sync + 'static>() {}
    fn unpin<T: Unpin>(_: &T) {}
    let client = Client::builder().basic_auth("AC1", "t").build().unwrap();
    let list = check(client.fleets()).list();
    drop(check(check(client.fleet("HF1")).fetch().send()));
    drop(check(client.fleet("HF1").delete().into_future()));
    drop(check(list.clone().into_future()));
    let items = check(list.stream());
    unpin(&items);
    shared::<Client>();
    shared::<Error>();
    shared::<crate::api::ListFleet>();
    shared::<twilio_runtime::Page<crate::api::Fleet>>();
    shared::<twilio_runtime::Response<crate::api::Fleet>>();
    assert!(size_of::<Error>() <= 2 * size_of::<usize>());
}

/// The complete head of a request, which does not depend on the features of the HTTP library.
#[tokio::test]
#[cfg_attr(feature = "gzip", ignore = "with it, compressed answers are asked for")]
async fn head_contains_only_the_expected_headers() {
    let server = Server::start(|_| json("{}"));
    let client = client(&server);
    client.fleet("HF1").fetch().await.unwrap();
    client.fleets().create("HA1").await.unwrap();
    let host = server.url.strip_prefix("http://").unwrap();
    let [fetch, create] = &server.requests()[..] else {
        panic!("{:?}", server.requests())
    };
    let agent = fetch.header("user-agent").unwrap();
    let both = [
        ("user-agent", agent),
        ("accept", "application/json"),
        ("authorization", "Basic QUMxOmh1bnRlcjI="),
        ("host", host),
    ];
    let of_a_body = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-length", "24"),
    ];
    let sorted = |headers: &[(&str, &str)]| {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut headers: Vec<_> = headers.iter().map(owned).collect();
        headers.sort();
        headers
    };
    for (request, expected) in [
        (fetch, both.to_vec()),
        (create, [&both[..], &of_a_body].concat()),
    ] {
        let mut headers = request.headers.clone();
        headers.sort();
        assert_eq!(headers, sorted(&expected));
    }
    assert_eq!(create.text(), "NetworkAccessProfile=HA1");
}
