//! Handling of 2xx responses.

use twilio_runtime::{DateTime, Error, Utc};
use twilio_test_support::{Reply, Server};

use crate::api::{Fleet, SimStatus};
use crate::server::{client, json};

async fn fetch(body: &str) -> Result<Fleet, Error> {
    client(&Server::replying([json(body)]))
        .fleet("HF1")
        .fetch()
        .await
}

#[tokio::test]
async fn body_is_decoded_leniently() {
    let body = r#"{"sid": "HF1", "size": "12", "data_limit": null, "other": 5.0, "total": "0.030",
        "date_created": "2026-01-31T09:00:00+0100", "status": "asleep", "anything": {"a": [1]}, "new": {}}"#;
    let fleet = fetch(body).await.unwrap();
    assert_eq!(fleet.sid.as_deref(), Some("HF1"));
    assert_eq!(
        (fleet.size, fleet.data_limit, fleet.other),
        (Some(12), 0, 5)
    );
    assert_eq!(fleet.total.unwrap().to_string(), "0.030");
    assert_eq!(
        fleet.date_created,
        Some("2026-01-31T08:00:00Z".parse::<DateTime<Utc>>().unwrap())
    );
    assert_eq!(fleet.status, Some(SimStatus::Other("asleep".to_owned())));
    assert_eq!(fleet.anything.unwrap()["a"][0], 1);
    let fleet = fetch("{}").await.unwrap();
    assert_eq!(
        (fleet.sid, fleet.size, fleet.data_limit, fleet.other),
        (None, None, 0, 250)
    );
}

#[tokio::test]
async fn response_has_status_headers_and_request_id() {
    let server = Server::replying([Reply::new(
        "202 Accepted",
        &["Twilio-Request-Id: RQ7", "Set-Cookie: hunter3"],
        "{}",
    )]);
    let response = client(&server).fleet("HF1").fetch().send().await.unwrap();
    assert!(response.status() == 202);
    assert_eq!(response.request_id(), Some("RQ7"));
    assert_eq!(response.headers()["set-cookie"], "hunter3");
    assert!(!format!("{response:?}").contains("hunter3"));
    assert_eq!(response.body().other, 250);
    assert_eq!(response.into_body().sid, None);
}

#[tokio::test]
async fn decode_error_has_its_path() {
    let error = fetch(r#"{"sid": "HF1", "data_limit": "much"}"#)
        .await
        .unwrap_err();
    let Error::Decode(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.path(), "data_limit");
    assert_eq!(fault.operation(), "FetchFleet");
    assert!(fault.text().contains("much") && fault.body().starts_with(b"{\"sid\""));
    let text = error.to_string();
    let start = "FetchFleet: cannot decode the response (200, request RQ1) at `data_limit`: expected an integer";
    assert!(
        text.starts_with(start) && text.ends_with("found a string"),
        "{text}"
    );
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("RQ1"))
    );
    assert!(!format!("{error:?}").contains("HF1"), "{error:?}");
}

#[tokio::test]
async fn body_that_is_not_json_is_a_decode_error() {
    let deep = "[".repeat(100_000);
    let long = format!(r#"{{"status": {{"{}": 1}}}}"#, "x".repeat(100_000));
    let bodies = [
        "",
        "<html>",
        "{}x",
        "{",
        "null",
        "[]",
        "\u{0}",
        "{\"sid\":\"\\ud800\"}",
        "1e999",
        &deep,
        &long,
    ];
    for body in bodies {
        let error = fetch(body).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(
            error.to_string().len() < 600 && format!("{error:?}").len() < 1200,
            "{error}"
        );
    }
    assert!(
        fetch("")
            .await
            .unwrap_err()
            .to_string()
            .ends_with("the body is empty")
    );
    let server = Server::replying([Reply::raw(
        *b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\"\xff\xfe\"",
    )]);
    let error = client(&server).fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn byte_order_mark_before_json_is_skipped() {
    let fleet = fetch("\u{feff}{\"sid\": \"HF1\"}").await.unwrap();
    assert_eq!(fleet.sid.as_deref(), Some("HF1"));
}

#[tokio::test]
async fn decimal_numbers_are_exact() {
    for (number, total) in [
        (
            "0.1234567890123456789012345678",
            "0.1234567890123456789012345678",
        ),
        (
            "12345678901234567890.12345678",
            "12345678901234567890.12345678",
        ),
        (
            "0.12345678901234567890123456785",
            "0.1234567890123456789012345678",
        ),
    ] {
        let fleet = fetch(&format!("{{\"total\": {number}}}")).await.unwrap();
        assert_eq!(fleet.total.unwrap().to_string(), total, "{number}");
    }
    let error = fetch(r#"{"total": 79228162514264337593543950336}"#)
        .await
        .unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.path(), "total");
}

#[tokio::test]
async fn error_with_a_success_status_is_found_in_any_member_order() {
    for body in [
        r#"{"status": 404, "code": 20404, "message": "gone", "sid": "HF1"}"#,
        r#"{"size": "many", "status": 404, "code": 20404, "message": "gone"}"#,
    ] {
        let error = fetch(body).await.unwrap_err();
        assert_eq!(error.code(), Some(20404), "{error:?}");
    }
    // Invalid JSON is not an error of the service.
    let error = fetch(r#"{"size": "many", "status": 404, "code": 20404, "message": "gone""#);
    let error = error.await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(error.to_string().contains("EOF while parsing"), "{error}");
}
