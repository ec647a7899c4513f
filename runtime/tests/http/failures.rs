//! Error responses and transport failures.

use std::error::Error as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use twilio_runtime::{ApiError, Error, RetryPolicy, SendErrorKind};
use twilio_test_support::{Reply, Server, Then};

use crate::api::Client;
use crate::server::client_without_retries;
use crate::site::closed;

async fn error(answer: Reply) -> Error {
    client_without_retries(&Server::replying([answer]))
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
async fn twilio_errors_are_parsed() {
    let body = r#"{"code": 20404, "message": "The requested resource\nwas not found",
        "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404, "details": {"a": 1}}"#;
    let error = error(Reply::new(
        "404 Not Found",
        &["Twilio-Request-Id: RQ9", "Retry-After: 3"],
        body,
    ))
    .await;
    assert_eq!(
        error.to_string(),
        "FetchFleet: 404 Not Found: The requested resource was not found (code 20404, request RQ9)"
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
async fn problem_details_are_parsed() {
    let body = r#"{"type": "https://www.twilio.com/docs/errors/20001", "title": "Bad", "status": 400,
        "code": "20001", "detail": "Page size is too large", "errors": [{"pointer": "/x"}]}"#;
    let error = api_error(Reply::new(
        "400 Bad Request",
        &["Content-Type: application/problem+json"],
        body,
    ))
    .await;
    assert_eq!(
        error.to_string(),
        "FetchFleet: 400 Bad Request: Page size is too large (code 20001)"
    );
    assert_eq!(
        error.more_info.as_deref(),
        Some("https://www.twilio.com/docs/errors/20001")
    );
    assert_eq!(error.details.unwrap()[0]["pointer"], "/x");
}

#[tokio::test]
async fn other_errors_keep_the_status_and_the_body() {
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
        let error = api_error(Reply::new("503 Service Unavailable", &[], body)).await;
        assert_eq!(error.to_string(), "FetchFleet: 503 Service Unavailable");
        assert_eq!(
            (error.code, error.message.as_str(), error.body),
            (None, "Service Unavailable", body.into())
        );
    }
    let error = api_error(Reply::new("599 Odd", &[], "")).await;
    assert_eq!(error.to_string(), "FetchFleet: 599 unknown status");
    let error = api_error(Reply::new(
        "500 Internal Server Error",
        &[],
        "[".repeat(200_000),
    ))
    .await;
    assert_eq!(error.body.len(), 64 * 1024);
}

#[tokio::test]
async fn truncated_body_is_reported() {
    let long = format!("[{}1]", "1,".repeat(40_000));
    let cut = api_error(Reply::new("400 Bad Request", &[], &long)).await;
    assert_eq!(
        cut.body_as::<Vec<u8>>().unwrap_err().to_string(),
        "FetchFleet: cannot decode the response (400): only the first 65536 bytes of the body were kept"
    );
    let broken = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\n[1,2";
    let broken = api_error(Reply::raw(*broken).then(Then::Close)).await;
    let broken = broken.body_as::<Vec<u8>>().unwrap_err().to_string();
    assert!(
        broken.ends_with("only the first 4 bytes of the body were kept"),
        "{broken}"
    );
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let target = Server::replying([]);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}/x?token=hunter3", target.url);
        let error = api_error(Reply::new(status, &[&location], "")).await;
        let text = error.to_string();
        assert!(
            text.starts_with(&format!("FetchFleet: {status}"))
                && text.contains("redirects are not followed"),
            "{text}"
        );
        assert!(text.ends_with(&format!("`{}`", target.url)), "{text}");
        assert!(!format!("{error:?}").contains("hunter3"));
    }
    assert!(target.requests().is_empty());
    for location in [&[][..], &["Location: http://["], &["Location: \u{e9}"]] {
        let text = api_error(Reply::new("302 Found", location, ""))
            .await
            .to_string();
        assert!(text.contains("redirects are not followed"), "{text}");
    }
    let text = api_error(Reply::new("304 Not Modified", &[], ""))
        .await
        .to_string();
    assert_eq!(text, "FetchFleet: 304 Not Modified");
}

#[tokio::test]
async fn timeouts_name_their_setting() {
    let server = Server::replying([Reply::silence()]);
    let builder = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&server.url)
        .retry_policy(RetryPolicy::off());
    let client = builder.timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.fleets().list().status("hunter3").await.unwrap_err();
    assert!(error.is_timeout());
    let host = server.url.strip_prefix("http://").unwrap();
    assert_eq!(
        error.to_string(),
        format!("ListFleet: timed out waiting for {host}: the `timeout` of 50ms was exceeded")
    );
    let shown = format!("{error:?} {error} {}", error.source().unwrap());
    assert!(!shown.contains("hunter"), "{shown}");
}

#[tokio::test]
async fn incomplete_body_is_a_transport_error() {
    let server = Server::replying([Reply::raw(
        *b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    )]);
    let client = client_without_retries(&server);
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn refused_connection_is_a_transport_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder()
        .basic_auth("AC1", "t")
        .base_url(&url)
        .retry_policy(RetryPolicy::off())
        .build()
        .unwrap();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    let Error::Transport(fault) = &error else {
        panic!("{error:?}")
    };
    assert!(fault.is_connect() && !error.is_timeout());
    let host = url.strip_prefix("http://").unwrap();
    assert_eq!(
        error.to_string(),
        format!("FetchFleet: cannot connect to {host}: connection refused")
    );
    assert_eq!(
        (error.status(), error.code(), error.request_id()),
        (None, None, None)
    );
}

#[tokio::test]
async fn invalid_http_is_a_transport_error() {
    for bytes in [
        &b""[..],
        b"\x16\x03\x01\x00",
        b"HTTP/1.1 999999 ?\r\n\r\n",
        b"SSH-2.0-x\r\n",
    ] {
        let error = error(Reply::raw(bytes)).await;
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

/// Returns a client of `url` that retries at once.
fn impatient(url: &str) -> Client {
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let builder = Client::builder().basic_auth("AC1", "hunter2").base_url(url);
    builder.retry_policy(policy).build().unwrap()
}

#[tokio::test]
async fn error_names_host_cause_and_attempts() {
    let url = closed();
    let host = url.strip_prefix("http://").unwrap();
    let error = impatient(&url).fleets().create("HA1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("CreateFleet: cannot connect to {host}: connection refused (attempt 3 of 3)")
    );
    let Error::Transport(fault) = error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.attempts(), 3);

    let server = Server::start(|_| Reply::raw("").then(Then::Reset));
    let host = server.url.strip_prefix("http://").unwrap();
    let client = impatient(&server.url);
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("FetchFleet: incomplete response from {host}: connection reset (attempt 3 of 3)")
    );
    let error = client.fleets().create("HA1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("CreateFleet: incomplete response from {host}: connection reset (attempt 1 of 3)")
    );

    let busy = Server::start(|_| Reply::new("503 Service Unavailable", &[], ""));
    let error = impatient(&busy.url).fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "FetchFleet: 503 Service Unavailable (attempt 3 of 3)"
    );
    let Error::Api(fault) = error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.attempts(), 3);
}

#[tokio::test]
async fn error_describes_an_invalid_response() {
    let short = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    let cases: [(&str, &str); 3] = [
        ("", "the connection closed before a response arrived"),
        ("SSH-2.0-x\r\n", "the response is not HTTP/1.1"),
        (short, "the connection closed early"),
    ];
    for (bytes, message) in cases {
        let server = Server::replying([Reply::raw(bytes)]);
        let client = client_without_retries(&server);
        let error = client.fleet("HF1").fetch().await.unwrap_err();
        let host = server.url.strip_prefix("http://").unwrap();
        let expected = format!("FetchFleet: incomplete response from {host}: {message}");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn name_resolution_failure_is_reported() {
    let client = impatient("https://service.invalid");
    let error = client.fleets().create("HA1").await.unwrap_err();
    let shown = error.to_string();
    let message =
        "CreateFleet: cannot connect to service.invalid:443: its name cannot be resolved (";
    assert!(shown.starts_with(message), "{shown}");
    assert!(shown.ends_with("(attempt 3 of 3)"), "{shown}");
    let Error::Transport(fault) = error else {
        panic!("{error:?}")
    };
    assert!(fault.is_unsent() && fault.is_connect());
}

/// The error names the limit that was exceeded.
#[tokio::test]
async fn timeout_names_its_limit_and_whether_the_request_was_sent() {
    let server = Server::start(|_| Reply::silence());
    let host = server.url.strip_prefix("http://").unwrap();
    let builder = || {
        Client::builder()
            .basic_auth("AC1", "t")
            .base_url(&server.url)
    };
    let limit = Duration::from_millis(40);
    for (builder, message) in [
        (
            builder().attempt_timeout(limit),
            "the `attempt_timeout` of 40ms was exceeded (attempt 1 of 3)",
        ),
        (
            builder().timeout(limit),
            "the `timeout` of 40ms was exceeded (attempt 1 of 3)",
        ),
    ] {
        let client = builder.build().unwrap();
        let error = client.fleets().create("HA1").await.unwrap_err();
        let expected = format!("CreateFleet: timed out waiting for {host}: {message}");
        assert_eq!(error.to_string(), expected);
        let Error::Transport(fault) = error else {
            panic!("{error:?}")
        };
        assert!(!fault.is_unsent() && fault.is_timeout());
    }
}

/// Returns an address that does not respond, like a machine behind a firewall: the backlog of a listener is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn timeout_before_the_connection_is_unsent() {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let address: SocketAddr = "127.0.0.1:0".parse().unwrap();
    socket.bind(&address.into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let _backlog = TcpStream::connect(address).unwrap();
    let url = format!("http://{address}");
    let builder = || {
        let policy = RetryPolicy::default().base_delay(Duration::ZERO);
        let builder = Client::builder().basic_auth("AC1", "t").base_url(&url);
        builder.retry_policy(policy)
    };
    let limit = Duration::from_millis(50);
    for (builder, message) in [
        (
            builder().connect_timeout(limit),
            "the `connect_timeout` of 50ms was exceeded (attempt 3 of 3)",
        ),
        (
            builder().attempt_timeout(limit),
            "the `attempt_timeout` of 50ms was exceeded (attempt 3 of 3)",
        ),
        (
            builder().timeout(limit),
            "the `timeout` of 50ms was exceeded (attempt 1 of 3)",
        ),
    ] {
        let client = builder.build().unwrap();
        let error = client.fleets().create("HA1").await.unwrap_err();
        let expected = format!("CreateFleet: cannot connect to {address}: {message}");
        assert_eq!(error.to_string(), expected);
        let Error::Transport(fault) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fault.kind(), SendErrorKind::ConnectTimeout);
        assert!(fault.is_unsent() && fault.is_timeout() && fault.is_connect());
    }
}
