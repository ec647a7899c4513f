//! Errors from a caller's point of view: enough to act on, and no secrets.

mod support;

use std::time::{Duration, Instant};

use serde_json::json;
use support::{
    ACCOUNT, Reply, Server, TOKEN, assert_no_secret, builder, client, client_without_retries, shown,
};
use tokio::net::TcpSocket;
use twilio_iot::{ApiError, Client, DecodeError, Error, RetryPolicy, TransportError};
use twilio_test_support::Then;

/// A name in every request here; no error may contain it.
const NAME: &str = "harbour-crane";

/// Returns the error of a request for the fleet [`NAME`], and checks what it shows.
async fn error_of(client: &Client) -> Error {
    let result = client.supersim().fleet(NAME).fetch().await;
    checked(result.expect_err("an error"))
}

#[track_caller]
fn checked(error: Error) -> Error {
    let text = shown(&error);
    assert_no_secret(&text);
    assert!(!text.contains(NAME), "a parameter is shown: {text}");
    error
}

async fn answer(reply: Reply) -> Error {
    let server = Server::replying([reply]);
    let error = error_of(&client_without_retries(&server)).await;
    assert_eq!(server.lines(), ["GET /v1/Fleets/harbour-crane"]);
    error
}

async fn api_error(reply: Reply) -> ApiError {
    let error = answer(reply).await;
    let Error::Api(error) = error else {
        panic!("{error:?}");
    };
    *error
}

async fn decode_error(reply: Reply) -> DecodeError {
    let error = answer(reply).await;
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    *error
}

#[track_caller]
fn transport_error(error: Error) -> TransportError {
    assert_eq!(
        (error.status(), error.code(), error.request_id()),
        (None, None, None)
    );
    let Error::Transport(error) = error else {
        panic!("{error:?}");
    };
    *error
}

#[tokio::test]
async fn twilio_error_is_parsed() {
    let body = json!({
        "code": 20404,
        "message": "The requested resource /Fleets/x was not found",
        "more_info": "https://www.twilio.com/docs/errors/20404",
        "status": 404,
        "details": {"reason": "gone"},
    });
    let request_id = "RQ0123456789abcdef0123456789abcdef";
    let reply = Reply::json(404, &body).header("Twilio-Request-Id", request_id);
    let error = answer(reply).await;
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some(20404));
    assert_eq!(error.request_id(), Some(request_id));
    assert!(!error.is_timeout());
    let text = error.to_string();
    for part in [
        "404",
        "The requested resource /Fleets/x was not found",
        "20404",
        request_id,
    ] {
        assert!(text.contains(part), "{text}");
    }
    let Error::Api(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.operation, "FetchFleet");
    assert_eq!(
        error.message,
        "The requested resource /Fleets/x was not found"
    );
    assert_eq!(
        error.more_info.as_deref(),
        Some("https://www.twilio.com/docs/errors/20404")
    );
    assert_eq!(error.details, Some(json!({"reason": "gone"})));
    assert_eq!(error.headers["twilio-request-id"], request_id);
    assert_eq!(error.body, body.to_string().as_bytes());
}

#[tokio::test]
async fn problem_details_are_parsed() {
    let body = json!({
        "type": "https://www.twilio.com/docs/errors/20001",
        "title": "Bad Request",
        "status": 400,
        "code": 20001,
        "detail": "PageSize must be at most 1000",
        "instance": "/v1/Fleets",
        "errors": [{"detail": "too large", "pointer": "#/PageSize"}],
    });
    let error = api_error(Reply::of_type(
        400,
        "application/problem+json",
        body.to_string(),
    ))
    .await;
    assert_eq!(error.status, 400);
    assert_eq!(error.code, Some(20001));
    assert_eq!(error.message, "PageSize must be at most 1000");
    assert_eq!(
        error.more_info.as_deref(),
        Some("https://www.twilio.com/docs/errors/20001")
    );
    assert_eq!(error.details, Some(body["errors"].clone()));
}

#[tokio::test]
async fn html_of_a_gateway_does_not_hide_the_status() {
    let html = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";
    let error = api_error(Reply::of_type(503, "text/html", html)).await;
    assert_eq!(error.status, 503);
    assert_eq!((error.code, &error.details), (None, &None));
    assert_eq!(error.message, "Service Unavailable");
    assert_eq!(error.body, html.as_bytes());
    assert!(!error.to_string().contains('<'), "{error}");
}

#[tokio::test]
async fn error_without_a_readable_body_has_the_status() {
    let bodies: [&[u8]; 6] = [
        b"",
        b"null",
        b"[404]",
        b"{\"message\": ",
        b"{\"message\": 5}",
        b"\xff\xfe{",
    ];
    for body in bodies {
        let error = api_error(Reply::of_type(500, "application/json", body)).await;
        assert_eq!(error.status, 500);
        assert_eq!(
            (error.code, error.message.as_str()),
            (None, "Internal Server Error")
        );
        assert_eq!(error.body, body);
    }
    let error = api_error(Reply::empty(599)).await;
    assert_eq!(error.status, 599);
    assert!(error.to_string().contains("599"), "{error}");
}

#[tokio::test]
async fn status_line_wins_over_the_status_in_the_body() {
    let error = api_error(Reply::json(
        502,
        &json!({"status": 200, "code": "20502", "message": "m"}),
    ))
    .await;
    assert_eq!((error.status.as_u16(), error.code), (502, Some(20502)));
}

#[tokio::test]
async fn wrong_credentials_are_reported_without_showing_them() {
    let body =
        json!({"code": 20003, "message": "Authenticate", "more_info": "https://x", "status": 401});
    let reply = Reply::json(401, &body).header("WWW-Authenticate", "Basic realm=\"Twilio API\"");
    let error = api_error(reply).await;
    assert_eq!((error.status.as_u16(), error.code), (401, Some(20003)));
    assert_eq!(error.message, "Authenticate");
}

#[tokio::test]
async fn too_many_requests_keep_their_headers() {
    let body = json!({"code": 20429, "message": "Too Many Requests", "status": 429});
    let reply = Reply::json(429, &body)
        .header("Retry-After", "7")
        .header("Twilio-Concurrent-Requests", "101");
    let server = Server::start(move |_| reply.clone());
    let error = error_of(&client_without_retries(&server)).await;
    assert_eq!(
        (error.status().unwrap().as_u16(), error.code()),
        (429, Some(20429))
    );
    let Error::Api(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.headers["retry-after"], "7");
    assert_eq!(error.headers["twilio-concurrent-requests"], "101");
}

#[tokio::test]
async fn message_cannot_forge_log_lines() {
    let error = answer(Reply::json(
        400,
        &json!({"message": "a\r\nroot logged in\u{1b}[2J"}),
    ))
    .await;
    let text = error.to_string();
    assert!(text.contains("root logged in"), "{text}");
    assert!(!text.contains(char::is_control), "{text:?}");
}

/// A command that is sent twice is carried out twice.
#[tokio::test]
async fn post_that_may_have_arrived_is_sent_once() {
    let failures = [
        Reply::empty(500),
        Reply::empty(503),
        Reply::json(200, &json!([])),
        Reply::json(200, &json!({"sid": "HC1"}))
            .half()
            .then(Then::Close),
    ];
    for failure in failures {
        let server = Server::start(move |_| failure.clone());
        let commands = client(&server).supersim().sms_commands();
        checked(commands.create(NAME, "reboot").await.unwrap_err());
        let request = server.request();
        assert_eq!(request.line(), "POST /v1/SmsCommands");
        assert_eq!(request.body, b"Sim=harbour-crane&Payload=reboot");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let target = Server::replying([]);
        let location = format!("{}/v1/Fleets?secret=1", target.url);
        let error = api_error(Reply::empty(status).header("Location", location)).await;
        assert_eq!(error.status, status);
        assert!(error.to_string().contains(&target.url), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_eq!(target.lines(), [""; 0]);
    }
}

#[tokio::test]
async fn body_that_is_not_json_is_a_decode_error() {
    let bodies: [&[u8]; 5] = [
        b"",
        b"{\"sid\": ",
        b"<html>",
        b"{}{}",
        b"{\"sid\": \"\xff\xfe\"}",
    ];
    for body in bodies {
        let error = decode_error(Reply::of_type(200, "application/json", body)).await;
        assert_eq!(error.operation(), "FetchFleet");
        assert_eq!((error.status().as_u16(), error.path()), (200, "."));
        assert_eq!(error.body(), body);
    }
}

#[tokio::test]
async fn decode_error_names_the_path_and_keeps_the_body() {
    let body = json!({
        "meta": {"next_page_url": null},
        "fleets": [{"sid": "HF1"}, {"sid": "HF2", "data_limit": "lots"}],
    });
    let request_id = "RQ0123456789abcdef0123456789abcdef";
    let reply = Reply::json(200, &body).header("Twilio-Request-Id", request_id);
    let server = Server::replying([reply]);
    let error = checked(
        client(&server)
            .supersim()
            .fleets()
            .list()
            .await
            .unwrap_err(),
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some(request_id));
    let text = error.to_string();
    for part in ["ListFleet", "fleets[1].data_limit", "a string", request_id] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("lots"), "{text}");
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.operation(), "ListFleet");
    assert_eq!(error.path(), "fleets[1].data_limit");
    assert_eq!(error.body(), body.to_string().as_bytes());
    assert_eq!(error.text(), body.to_string());
}

#[tokio::test]
async fn wrong_type_is_named_by_its_path() {
    let cases = [
        (json!(5), "."),
        (json!({"sid": 5}), "sid"),
        (json!({"data_enabled": "true"}), "data_enabled"),
        (json!({"data_metering": 7}), "data_metering"),
        (json!({"date_created": "yesterday"}), "date_created"),
        (json!({"date_updated": 1_767_225_600}), "date_updated"),
        (json!({"data_limit": 0.5}), "data_limit"),
    ];
    for (body, path) in cases {
        let error = decode_error(Reply::json(200, &body)).await;
        assert_eq!(error.path(), path, "{body}: {error}");
        assert_eq!(error.body(), body.to_string().as_bytes());
    }
}

#[tokio::test]
async fn debug_of_an_error_omits_the_body() {
    let body = json!({"sid": 5, "iccid": "89883070000004128835"});
    for status in [200, 400] {
        let error = answer(Reply::json(status, &body)).await;
        assert!(!shown(&error).contains("89883070000004128835"), "{error:?}");
    }
}

#[tokio::test]
async fn refused_connection_is_reported() {
    // Bound but not listening: the port is taken, and nothing responds.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let client = Client::builder()
        .basic_auth(ACCOUNT, TOKEN)
        .base_url(format!("http://{address}"))
        .retry_policy(RetryPolicy::off());
    let error = error_of(&client.build().unwrap()).await;
    assert!(!error.is_timeout());
    let error = transport_error(error);
    assert_eq!(error.operation(), "FetchFleet");
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn stalled_server_is_a_timeout() {
    let fleet = Reply::json(200, &json!({"sid": "HF1"}));
    for reply in [Reply::silence(), fleet.half().then(Then::Silence)] {
        let server = Server::start(move |_| reply.clone());
        let client = builder(&server)
            .timeout(Duration::from_millis(300))
            .retry_policy(RetryPolicy::off())
            .build();
        let start = Instant::now();
        let error = error_of(&client.unwrap()).await;
        assert!(start.elapsed() < Duration::from_secs(10), "its own timeout");
        assert!(error.is_timeout(), "{error:?}");
        let error = transport_error(error);
        assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
        assert!(error.to_string().contains("FetchFleet"), "{error}");
    }
}

#[tokio::test]
async fn truncated_body_is_a_transport_error() {
    let reply = Reply::json(200, &json!({"sid": "HF1"}))
        .half()
        .then(Then::Close);
    let error = transport_error(answer(reply).await);
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn error_with_a_truncated_body_keeps_its_status() {
    let reply = Reply::json(404, &json!({"code": 20404}))
        .half()
        .then(Then::Close);
    let error = answer(reply).await;
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn failed_delete_is_an_error() {
    let server = Server::replying([Reply::json(409, &json!({"code": 20409}))]);
    let delete = client(&server).wireless().sim(NAME).delete();
    let error = checked(delete.await.unwrap_err());
    assert_eq!(
        (error.status().unwrap().as_u16(), error.code()),
        (409, Some(20409))
    );
}

#[test]
fn error_is_send_sync_and_small() {
    fn check<T: std::error::Error + Send + Sync + 'static>() {}
    check::<Error>();
    let size = size_of::<Result<(), Error>>();
    assert!(
        size <= 2 * size_of::<usize>(),
        "{size} bytes in every `Result`"
    );
}
