//! API keys: where they go, and where they are never seen.

use twilio_runtime::{ApiKey, Call, Error, Method, Operation, Product, Resource, Value};

use crate::api::Client;
use crate::server::{Server, json};
use crate::transports::{Scripted, answer};

const LIST: Operation = Operation {
    id: "ListAnswer",
    method: Method::Get,
    server: "https://keys.example.com",
    path: "/v1/Answers",
};

const KEY: &str = "k&y=12345678";

fn client(transport: &Scripted) -> twilio_runtime::Client {
    let builder = Client::builder().api_key(KEY);
    builder.transport(transport.clone()).build().unwrap().core
}

fn call(client: &twilio_runtime::Client) -> Call<Value> {
    let mut call = Call::json(&Resource::new(client, Product::new("keys")), &LIST);
    call.query("a", "b");
    call
}

#[tokio::test]
async fn a_key_goes_where_the_operation_wants_it() {
    let transport = Scripted::agreeing();
    let client = client(&transport);
    for place in [
        ApiKey::Header("X-Key"),
        ApiKey::Query("key"),
        ApiKey::Cookie("session"),
    ] {
        let mut call = call(&client);
        call.header("Cookie", "own=1".to_owned());
        call.api_key(place);
        call.send().await.unwrap();
    }
    let sent = transport.sent();
    let headers = |name: &str| -> Vec<Option<&str>> {
        let of = sent.iter().map(|it| it.headers().get(name));
        of.map(|it| it.map(|it| it.to_str().unwrap())).collect()
    };
    assert_eq!(headers("x-key"), [Some(KEY), None, None]);
    let own = Some("own=1");
    assert_eq!(
        headers("cookie"),
        [own, own, Some("own=1; session=k&y=12345678")]
    );
    assert_eq!(headers("authorization"), [None; 3]);
    assert_eq!(
        transport.lines(),
        [
            "GET https://keys.example.com/v1/Answers?a=b",
            "GET https://keys.example.com/v1/Answers?a=b&key=k%26y%3D12345678",
            "GET https://keys.example.com/v1/Answers?a=b",
        ]
    );
}

#[tokio::test]
async fn a_key_in_the_query_arrives() {
    let server = Server::start(|_| json("{}"));
    let builder = Client::builder().api_key(KEY).base_url(&server.url);
    let mut call = call(&builder.build().unwrap().core);
    call.api_key(ApiKey::Query("key"));
    call.send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/v1/Answers?a=b&key=k%26y%3D12345678");
}

#[tokio::test]
async fn an_operation_without_credentials_gets_none() {
    let transport = Scripted::agreeing();
    for builder in [
        Client::builder().api_key(KEY),
        Client::builder().basic_auth("AC1", "hunter2"),
    ] {
        let client = builder.transport(transport.clone()).build().unwrap().core;
        let mut call = call(&client);
        call.unsigned();
        call.send().await.unwrap();
    }
    for sent in transport.sent() {
        assert!(!sent.headers().contains_key("authorization"));
        assert_eq!(sent.uri().query(), Some("a=b"));
    }
}

#[tokio::test]
async fn who_has_no_key_signs_in_as_usual() {
    let transport = Scripted::agreeing();
    let builder = Client::builder().bearer_token("T1");
    let client = builder.transport(transport.clone()).build().unwrap().core;
    let mut call = call(&client);
    call.api_key(ApiKey::Query("key"));
    call.send().await.unwrap();
    let sent = transport.sent();
    assert_eq!(sent[0].headers()["authorization"], "Bearer T1");
    assert_eq!(sent[0].uri().query(), Some("a=b"));
}

#[tokio::test]
async fn a_key_that_is_not_wanted_is_not_sent() {
    let transport = Scripted::agreeing();
    let error = call(&client(&transport)).send().await.unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(error.to_string().contains("ListAnswer takes no API key"));
    assert!(transport.sent().is_empty());
}

#[tokio::test]
async fn no_error_and_no_debug_shows_a_key() {
    let transport = Scripted::new(|_| answer(403, r#"{"message": "bad key k&y=12345678"}"#));
    let client = client(&transport);
    for place in [ApiKey::Header("X-Key"), ApiKey::Query("key")] {
        let mut call = call(&client);
        call.api_key(place);
        let shown = format!("{call:?} {client:?}");
        let error = call.send().await.unwrap_err();
        let shown = format!("{shown} {error} {error:?}");
        assert!(!shown.contains("12345678"), "{shown}");
        assert!(error.to_string().contains("bad key <redacted>"), "{error}");
    }
}

#[test]
fn a_key_that_cannot_be_sent_is_refused() {
    for key in ["", " k", "k\n", "k\u{0}", "é"] {
        let error = Client::builder().api_key(key).build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{key:?}");
    }
}
