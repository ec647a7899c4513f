//! Credentials of requests, and requests for tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::{advance, sleep};
use twilio_runtime::{
    Authorization, AuthorizationFuture, Bytes, CredentialSource, Error, RetryPolicy, SendError,
    SendErrorKind, http,
};
use twilio_test_support::{Reply, Server};

use crate::api::Client;
use crate::limits::assert_unsent;
use crate::transports::{Scripted, Sent, Step, answer, late};

const TOKEN_URL: &str = "https://auth.example/token";

/// Issues the tokens `T1`, `T2` and so on, each for `expires_in`, and accepts any of them.
fn issuing(expires_in: &'static str) -> Scripted {
    let issued = AtomicUsize::new(0);
    Scripted::new(move |request| {
        if !is_token_request(request) {
            return answer(200, "{}");
        }
        let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
        let body = format!(r#"{{"access_token": "T{number}", "expires_in": {expires_in}}}"#);
        (Duration::ZERO, Ok(http::Response::new(Bytes::from(body))))
    })
}

fn is_token_request(request: &Sent) -> bool {
    request.uri() == TOKEN_URL
}

fn client(transport: &Scripted) -> Client {
    let builder = Client::builder().client_credentials(TOKEN_URL, "id1", "hunter2");
    builder.transport(transport.clone()).build().unwrap()
}

/// Returns the credentials of each request, `token` for token requests.
fn signatures(transport: &Scripted) -> Vec<String> {
    let signature = |request: &Sent| match is_token_request(request) {
        true => "token".to_owned(),
        false => {
            let value = &request.headers()["authorization"];
            value.to_str().unwrap().to_owned()
        }
    };
    transport.sent().iter().map(signature).collect()
}

async fn fetch(client: &Client) {
    client.fleet("HF1").fetch().await.unwrap();
}

#[tokio::test]
async fn bearer_token_signs_every_request() {
    let transport = Scripted::agreeing();
    let builder = Client::builder().bearer_token("T0");
    let client = builder.transport(transport.clone()).build().unwrap();
    fetch(&client).await;
    fetch(&client).await;
    assert_eq!(signatures(&transport), ["Bearer T0", "Bearer T0"]);
}

#[tokio::test(start_paused = true)]
async fn token_is_cached_and_renewed_before_it_expires() {
    let transport = issuing("3600");
    let client = client(&transport);
    fetch(&client).await;
    advance(Duration::from_secs(3539)).await;
    fetch(&client).await;
    advance(Duration::from_secs(2)).await;
    fetch(&client).await;
    fetch(&client).await;
    assert_eq!(
        signatures(&transport),
        [
            "token",
            "Bearer T1",
            "Bearer T1",
            "token",
            "Bearer T2",
            "Bearer T2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn short_lived_token_is_renewed_at_a_tenth() {
    let transport = issuing("\"100\"");
    let client = client(&transport);
    fetch(&client).await;
    advance(Duration::from_secs(89)).await;
    fetch(&client).await;
    advance(Duration::from_secs(2)).await;
    fetch(&client).await;
    assert_eq!(
        signatures(&transport),
        ["token", "Bearer T1", "Bearer T1", "token", "Bearer T2"]
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_share_one_token_request() {
    let transport = Scripted::new(|request| {
        let step = answer(200, r#"{"access_token": "T1", "expires_in": 3600}"#);
        if is_token_request(request) {
            late(step, Duration::from_secs(5))
        } else {
            answer(200, "{}")
        }
    });
    let client = client(&transport);
    let calls: Vec<_> = (0..64)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { fetch(&client).await }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    let signatures = signatures(&transport);
    assert_eq!(signatures.len(), 65);
    assert_eq!(signatures.iter().filter(|it| *it == "token").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_share_one_failure() {
    let transport = Scripted::new(|_| {
        late(
            answer(400, r#"{"error": "invalid_client"}"#),
            Duration::from_secs(5),
        )
    });
    let client = client(&transport);
    let calls: Vec<_> = (0..64)
        .map(|_| tokio::spawn(client.fleet("HF1").fetch().send()))
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(
            error.to_string(),
            "no access token: the token endpoint returned 400 Bad Request: invalid_client"
        );
    }
    assert_eq!(signatures(&transport), ["token", "token"]);
    // A later call tries again.
    client.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(transport.sent().len(), 4);
}

/// No call owns the refresh, so it goes on without the call that started it.
#[tokio::test(start_paused = true)]
async fn dropped_call_does_not_cancel_the_refresh() {
    let transport = Scripted::new(|request| {
        if is_token_request(request) {
            late(
                answer(200, r#"{"access_token": "T1"}"#),
                Duration::from_secs(5),
            )
        } else {
            answer(200, "{}")
        }
    });
    let client = client(&transport);
    let first = tokio::spawn(client.fleet("HF1").fetch().send());
    let second = tokio::spawn(client.fleet("HF1").fetch().send());
    sleep(Duration::from_secs(1)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(signatures(&transport), ["token", "Bearer T1"]);
}

#[tokio::test(start_paused = true)]
async fn token_that_cannot_be_renewed_is_used_until_it_expires() {
    let issued = AtomicUsize::new(0);
    let transport = Scripted::new(move |request| {
        if !is_token_request(request) {
            answer(200, "{}")
        } else if issued.fetch_add(1, Ordering::SeqCst) == 0 {
            answer(200, r#"{"access_token": "T1", "expires_in": 600}"#)
        } else {
            answer(500, "")
        }
    });
    let client = client(&transport);
    fetch(&client).await;
    advance(Duration::from_secs(550)).await;
    fetch(&client).await;
    fetch(&client).await;
    assert_eq!(
        signatures(&transport),
        ["token", "Bearer T1", "token", "Bearer T1", "Bearer T1"]
    );
    advance(Duration::from_secs(51)).await;
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn rejected_token_is_replaced_once_per_call() {
    let issued = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&issued);
    let transport = Scripted::new(move |request| {
        if is_token_request(request) {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let body = format!(r#"{{"access_token": "T{number}"}}"#);
            return (Duration::ZERO, Ok(http::Response::new(Bytes::from(body))));
        }
        match request.headers()["authorization"].to_str().unwrap() {
            "Bearer T2" => answer(200, "{}"),
            _ => answer(
                401,
                r#"{"code": 20003, "message": "Authenticate", "status": 401}"#,
            ),
        }
    });
    let client = client(&transport);
    client.fleets().create("HA1").await.unwrap();
    assert_eq!(
        signatures(&transport),
        ["token", "Bearer T1", "token", "Bearer T2"]
    );
    fetch(&client).await;
    assert_eq!(issued.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn second_rejection_is_final_and_fixed_credentials_are_not_retried() {
    let refusing = || {
        Scripted::new(|request| {
            if is_token_request(request) {
                answer(200, r#"{"access_token": "T1"}"#)
            } else {
                answer(401, "")
            }
        })
    };
    let transport = refusing();
    let error = client(&transport).fleets().create("HA1").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(
        signatures(&transport),
        ["token", "Bearer T1", "token", "Bearer T1"]
    );
    let transport = refusing();
    let error = transport.client().fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), transport.sent().len()),
        (401, 1)
    );
}

/// A token is rejected while another call fails to fetch the next one.
#[tokio::test(start_paused = true)]
async fn rejected_token_is_not_reused_if_it_cannot_be_renewed() {
    let (issued, served) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let transport = Scripted::new(move |request| {
        let count = if is_token_request(request) {
            &issued
        } else {
            &served
        };
        match (
            is_token_request(request),
            count.fetch_add(1, Ordering::SeqCst),
        ) {
            (true, 0) => answer(200, r#"{"access_token": "T1", "expires_in": 600}"#),
            (true, _) => late(answer(500, ""), Duration::from_secs(5)),
            (false, 1) => late(answer(401, ""), Duration::from_secs(20)),
            (false, _) => answer(200, "{}"),
        }
    });
    let client = client(&transport);
    fetch(&client).await;
    advance(Duration::from_secs(522)).await;
    let refused = tokio::spawn(client.fleet("HF1").fetch().send());
    // The token is due for renewal 60 s before its expiry; the rejection comes in between.
    sleep(Duration::from_secs(19)).await;
    let replacing = tokio::spawn(client.fleet("HF1").fetch().send());
    for call in [refused, replacing] {
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    }
    assert_eq!(
        signatures(&transport),
        ["token", "Bearer T1", "Bearer T1", "token"]
    );
}

/// What the endpoint does, the end of the caller's error, and the number of token requests.
type Failure = (fn() -> Step, &'static str, usize);

/// Returns the error of a call whose token requests all fail like this, and their number.
async fn token_failure(step: fn() -> Step) -> (String, usize) {
    let transport = Scripted::new(move |_| step());
    let error = client(&transport).fleets().create("HA1").await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("hunter2") && !shown.contains("id1"),
        "{shown}"
    );
    (error.to_string(), transport.sent().len())
}

#[tokio::test(start_paused = true)]
async fn token_endpoint_failure_is_reported_and_nothing_is_sent() {
    let broken = || {
        (
            Duration::ZERO,
            Err(SendError::new(SendErrorKind::Disconnect, "reset")),
        )
    };
    let steps: [Failure; 9] = [
        (
            || {
                answer(
                    401,
                    r#"{"error": "invalid_client", "error_description": "id1 and hunter2 do not fit"}"#,
                )
            },
            "returned 401 Unauthorized: invalid_client: <redacted> and <redacted> do not fit",
            2,
        ),
        (
            || answer(500, "<html>"),
            "returned 500 Internal Server Error",
            1,
        ),
        (|| answer(503, ""), "returned 503 Service Unavailable", 3),
        (|| answer(429, ""), "returned 429 Too Many Requests", 3),
        (|| answer(302, ""), "returned 302 Found", 1),
        (broken, "did not respond", 3),
        (|| answer(200, "<html>"), "response is not JSON", 1),
        (
            || answer(200, "{}"),
            "response has no string `access_token`",
            1,
        ),
        (
            || answer(200, r#"{"access_token": "x", "token_type": "mac"}"#),
            "response has a token of another type than `bearer`",
            1,
        ),
    ];
    for (step, message, requests) in steps {
        let (error, seen) = token_failure(step).await;
        assert!(
            error.starts_with("no access token: the token endpoint") && error.ends_with(message),
            "{error}"
        );
        assert_eq!(seen, requests, "{message}");
    }
    let odd = || answer(200, "{\"access_token\": \"a\\r\\nX: y\"}");
    assert!(
        token_failure(odd)
            .await
            .0
            .ends_with("cannot be sent in a header")
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_token_counts_toward_the_timeout() {
    let transport = Scripted::new(|_| late(answer(200, "{}"), Duration::from_secs(3600)));
    let call = client(&transport)
        .fleet("HF1")
        .fetch()
        .timeout(Duration::from_secs(7));
    let start = tokio::time::Instant::now();
    assert_unsent(call.await.unwrap_err());
    assert_eq!(start.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn slow_token_endpoint_is_a_timeout() {
    let transport = Scripted::new(|_| late(answer(200, "{}"), Duration::from_secs(3600)));
    let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn custom_source_is_asked_for_every_attempt() {
    struct Rotating(AtomicUsize);
    impl CredentialSource for Rotating {
        fn authorization(&self) -> AuthorizationFuture {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move { Authorization::bearer(&format!("R{number}")) })
        }
    }
    let transport = Scripted::new(|_| answer(503, ""));
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let builder = Client::builder().credential_source(Rotating(AtomicUsize::new(0)));
    let client = builder
        .retry_policy(policy)
        .transport(transport.clone())
        .build()
        .unwrap();
    client.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(
        signatures(&transport),
        ["Bearer R0", "Bearer R1", "Bearer R2"]
    );
}

#[tokio::test]
async fn credentials_echoed_by_the_service_are_redacted_in_errors() {
    let transport = Scripted::new(|request| {
        let sent = request.headers()["authorization"].to_str().unwrap();
        let body = format!(
            r#"{{"code": 20003, "message": "`{sent}` (swordfish-9) is wrong", "more_info": "{sent}"}}"#
        );
        let mut response = http::Response::new(Bytes::from(body));
        *response.status_mut() = http::StatusCode::FORBIDDEN;
        (Duration::ZERO, Ok(response))
    });
    let builder = Client::builder().basic_auth("AC1", "swordfish-9");
    let client = builder.transport(transport).build().unwrap();
    let error = client.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "FetchFleet: 403 Forbidden: `Basic <redacted>` (<redacted>) is wrong (code 20003)"
    );
    // printf AC1:swordfish-9 | base64
    let shown = format!("{error:?}");
    assert!(
        !shown.contains("swordfish") && !shown.contains("QUMxOnN3b3JkZmlzaC05"),
        "{shown}"
    );
}

/// The credentials are redacted before the text is truncated: a part of them would not be recognised.
#[tokio::test]
async fn truncated_credentials_are_redacted() {
    let token = "0123456789abcdef".repeat(4);
    for before in [40, 70, 950, 990, 1200] {
        let message = format!("{}{token}", "x".repeat(before));
        let body = format!(
            r#"{{"code": 1, "message": "{message}", "more_info": "{message}", "status": 403}}"#
        );
        for status in ["403 Forbidden", "200 OK"] {
            let server = Server::replying([Reply::new(
                status,
                &[&format!("Twilio-Request-Id: {message}")],
                &body,
            )]);
            let builder = Client::builder().bearer_token(&token);
            let client = builder.base_url(&server.url).build().unwrap();
            let error = client.fleet("HF1").fetch().await.unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("0123"), "{shown}");
        }
        let id = format!("Twilio-Request-Id: {message}");
        let server = Server::replying([Reply::new("200 OK", &[&id], "no JSON")]);
        let builder = Client::builder().bearer_token(&token);
        let client = builder.base_url(&server.url).build().unwrap();
        let error = client.fleet("HF1").fetch().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("0123"), "{error:?}");
    }
}
