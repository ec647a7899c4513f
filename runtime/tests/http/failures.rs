//! What becomes of any other answer, and of none.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use twilio_runtime::{ApiError, Error, RetryPolicy};

use crate::api::Client;
use crate::server::{Reply, Server, raw, reply, silence};

async fn error(answer: Reply) -> Error {
    Server::with([answer])
        .client_without_retries()
        .fleet("HF1")
        .fetch()
        .await
        .unwrap_err()
}

async fn api_error(answer: Reply) -> ApiError {
    let error = error(answer).await;
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    *error
}

#[tokio::test]
async fn twilios_own_errors_are_read() {
    let body = r#"{"code": 20404, "message": "The requested resource\nwas not found",
        "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404, "details": {"a": 1}}"#;
    let error = error(reply(
        "404 Not Found",
        &["Twilio-Request-Id: RQ9", "Retry-After: 3"],
        body,
    ))
    .await;
    assert_eq!(
        error.to_string(),
        "404 Not Found: The requested resource was not found (code 20404, request RQ9)"
    );
    assert_eq!(
        (
            error.status().unwrap().as_u16(),
            error.code(),
            error.request_id()
        ),
        (404, Some(20404), Some("RQ9"))
    );
    assert!(!error.is_timeout() && error.source().is_none());
    let Error::Api(fault) = error else { panic!() };
    assert_eq!(fault.operation, "FetchFleet");
    assert_eq!(
        fault.more_info.as_deref(),
        Some("https://www.twilio.com/docs/errors/20404")
    );
    assert_eq!(fault.details.unwrap()["a"], 1);
    assert_eq!(fault.headers["retry-after"], "3");
    assert_eq!(fault.body, body.as_bytes());
}

#[tokio::test]
async fn problem_details_are_read() {
    let body = r#"{"type": "https://www.twilio.com/docs/errors/20001", "title": "Bad", "status": 400,
        "code": "20001", "detail": "Page size is too large", "errors": [{"pointer": "/x"}]}"#;
    let error = api_error(reply(
        "400 Bad Request",
        &["Content-Type: application/problem+json"],
        body,
    ))
    .await;
    assert_eq!(
        error.to_string(),
        "400 Bad Request: Page size is too large (code 20001)"
    );
    assert_eq!(
        error.more_info.as_deref(),
        Some("https://www.twilio.com/docs/errors/20001")
    );
    assert_eq!(error.details.unwrap()[0]["pointer"], "/x");
}

#[tokio::test]
async fn anything_else_keeps_the_status_and_the_body() {
    let odd = [
        "",
        "busy",
        "<html>503</html>",
        "null",
        "[]",
        "{}",
        "{",
        "\"text\"",
        r#"{"message": {}, "code": []}"#,
        r#"{"message": "  ", "code": 1.5}"#,
        r#"{"code": null, "message": null}"#,
    ];
    for body in odd {
        let error = api_error(reply("503 Service Unavailable", &[], body)).await;
        assert_eq!(error.to_string(), "503 Service Unavailable");
        assert_eq!(
            (error.code, error.message.as_str(), error.body),
            (None, "Service Unavailable", body.into())
        );
    }
    let error = api_error(reply("599 Odd", &[], "")).await;
    assert_eq!(error.to_string(), "599 unknown status");
    let error = api_error(reply(
        "500 Internal Server Error",
        &[],
        &"[".repeat(200_000),
    ))
    .await;
    assert_eq!(error.body.len(), 64 * 1024);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_target_sees_nothing() {
    let target = Server::with([]);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}/x?token=hunter3", target.url);
        let error = api_error(reply(status, &[&location], "")).await;
        let text = error.to_string();
        assert!(
            text.starts_with(status) && text.contains("redirects are not followed"),
            "{text}"
        );
        assert!(text.ends_with(&format!("`{}`", target.url)), "{text}");
        assert!(!format!("{error:?}").contains("hunter3"));
    }
    assert!(target.requests().is_empty());
    for location in [&[][..], &["Location: http://["], &["Location: \u{e9}"]] {
        let text = api_error(reply("302 Found", location, ""))
            .await
            .to_string();
        assert!(text.contains("redirects are not followed"), "{text}");
    }
    let text = api_error(reply("304 Not Modified", &[], ""))
        .await
        .to_string();
    assert_eq!(text, "304 Not Modified");
}

#[tokio::test]
async fn timeouts_are_named() {
    let server = Server::with([silence()]);
    let builder = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&server.url)
        .retry_policy(RetryPolicy::off());
    let client = builder.timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.fleets().list().status("hunter3").await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "ListFleet: the request timed out");
    let shown = format!("{error:?} {}", error.source().unwrap());
    assert!(
        !shown.contains("hunter") && !shown.contains("127.0.0.1"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_transport_error() {
    let server = Server::with([raw(*b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")]);
    let client = server.client_without_retries();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn no_connection_is_a_transport_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder()
        .basic_auth("AC1", "t")
        .base_url(url)
        .retry_policy(RetryPolicy::off())
        .build()
        .unwrap();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    let Error::Transport(fault) = &error else {
        panic!("{error:?}")
    };
    assert!(fault.is_connect() && !error.is_timeout());
    assert_eq!(error.to_string(), "FetchFleet: no connection could be made");
    assert_eq!(
        (error.status(), error.code(), error.request_id()),
        (None, None, None)
    );
}

#[tokio::test]
async fn bytes_that_are_no_http_are_a_transport_error() {
    for bytes in [
        &b""[..],
        b"\x16\x03\x01\x00",
        b"HTTP/1.1 999999 ?\r\n\r\n",
        b"SSH-2.0-x\r\n",
    ] {
        let error = error(raw(bytes)).await;
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}
