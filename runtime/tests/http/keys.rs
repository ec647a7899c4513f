//! API keys: where they are sent, and that they are never shown.

use twilio_runtime::{
    ApiClient, Authorization, Bytes, Call, ClientBuilder, Credential, Error, Method, Operation,
    Product, Resource, Value, Vendor, http,
};
use twilio_test_support::Server;

use crate::api::Client;
use crate::server::json;
use crate::transports::{Scripted, answer};

const LIST: Operation = Operation {
    id: "ListAnswer",
    method: Method::Get,
    server: "https://keys.example.com",
    path: "/v1/Answers",
};

const HEADER: Credential = Credential::Header("X-Key");

const ID: Credential = Credential::Header("X-App-Id");

/// Alternatives: both of the above, a token, or a key with a token.
const SEVERAL: &[&[Credential]] = &[
    &[ID, HEADER],
    &[Credential::Query("key"), Credential::Authorization],
];

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
async fn key_is_sent_where_the_operation_requires_it() {
    const PLACES: [&[&[Credential]]; 3] = [
        &[&[HEADER]],
        &[&[Credential::Query("key")]],
        &[&[Credential::Cookie("session")]],
    ];
    let transport = Scripted::agreeing();
    let client = client(&transport);
    for wanted in PLACES {
        let mut call = call(&client);
        call.header("Cookie", "own=1".to_owned());
        call.credentials(wanted);
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
async fn key_that_is_also_a_parameter_is_sent_once() {
    let transport = Scripted::agreeing();
    let client = client(&transport);
    for credential in [
        HEADER,
        Credential::Query("key"),
        Credential::Cookie("session"),
    ] {
        let mut call = call(&client);
        call.header("X-Key", "own".to_owned());
        call.query("key", "o wn".to_owned());
        call.header("Cookie", "a-session=1; session=own".to_owned());
        call.credentials(match credential {
            Credential::Query(_) => &[&[Credential::Query("key")]],
            Credential::Cookie(_) => &[&[Credential::Cookie("session")]],
            Credential::Header(_) | Credential::Authorization => &[&[HEADER]],
        });
        call.send().await.unwrap();
    }
    let sent = transport.sent();
    let keys: Vec<_> = sent
        .iter()
        .map(|it| it.headers()["x-key"].to_str().unwrap())
        .collect();
    assert_eq!(keys, [KEY, "own", "own"]);
    for request in sent {
        assert_eq!(request.uri().query(), Some("a=b&key=o%20wn"));
        assert_eq!(request.headers()["cookie"], "a-session=1; session=own");
    }
}

#[tokio::test]
async fn key_in_the_query_is_sent() {
    let server = Server::start(|_| json("{}"));
    let builder = Client::builder().api_key(KEY).base_url(&server.url);
    let mut call = call(&builder.build().unwrap().core);
    call.credentials(&[&[Credential::Query("key")]]);
    call.send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/v1/Answers?a=b&key=k%26y%3D12345678");
}

#[tokio::test]
async fn operation_without_credentials_gets_none() {
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

/// Sends a call that takes one of `alternatives`, with the client from `builder`.
async fn sent(
    builder: ClientBuilder<Client>,
    alternatives: &'static [&'static [Credential]],
) -> Result<http::Request<Bytes>, String> {
    let transport = Scripted::agreeing();
    let client = builder.transport(transport.clone()).build().unwrap().core;
    let mut call = call(&client);
    call.credentials(alternatives);
    match call.send().await {
        Ok(_) => Ok(transport.sent().remove(0)),
        Err(error) => {
            assert!(matches!(error, Error::Configuration(_)), "{error:?}");
            assert!(transport.sent().is_empty());
            Err(error.to_string())
        }
    }
}

fn shown(request: &http::Request<Bytes>) -> String {
    let header = |name: &str| request.headers().get(name).map(|it| it.to_str().unwrap());
    let [id, key, authorization] = ["x-app-id", "x-key", "authorization"].map(header);
    format!(
        "{id:?} {key:?} {authorization:?} {:?}",
        request.uri().query()
    )
}

#[tokio::test]
async fn first_complete_alternative_is_sent() {
    let builder = Client::builder;
    let both = r#"Some("id-1") Some("key-1") None Some("a=b")"#;
    for (builder, expected) in [
        (
            builder()
                .api_key_named("x-app-id", "id-1")
                .api_key_named("X-Key", "key-1"),
            both,
        ),
        // Header names are case-insensitive, and one key may be unnamed.
        (
            builder()
                .bearer_token("T1")
                .api_key_named("X-App-Id", "id-1")
                .api_key("key-1"),
            both,
        ),
        (
            builder().bearer_token("T1").api_key("key-1"),
            r#"None None Some("Bearer T1") Some("a=b&key=key-1")"#,
        ),
        (
            builder().bearer_token("T1").api_key_named("key", "key-1"),
            r#"None None Some("Bearer T1") Some("a=b&key=key-1")"#,
        ),
    ] {
        let request = sent(builder, SEVERAL).await.unwrap();
        assert_eq!(shown(&request), expected);
    }
}

#[tokio::test]
async fn error_names_the_cookie_that_a_key_does_not_fit() {
    let transport = Scripted::agreeing();
    let builder = Client::builder()
        .api_key("Token 1")
        .transport(transport.clone());
    let mut call = call(&builder.build().unwrap().core);
    call.credentials(&[&[Credential::Cookie("session")], &[HEADER]]);
    let error = call.send().await.unwrap_err().to_string();
    assert!(
        error.contains("cannot be sent in the cookie `session`"),
        "{error}"
    );
    assert_eq!(transport.lines(), [""; 0]);
}

#[tokio::test]
async fn missing_credentials_are_reported_and_nothing_is_sent() {
    let builder = Client::builder;
    for (builder, expected) in [
        (
            builder().api_key("hunter2"),
            "call `api_key_named(\"X-App-Id\", …)` and `api_key_named(\"X-Key\", …)`, \
             or else `basic_auth`, `bearer_token` or `credential_source` on the builder",
        ),
        (
            builder().api_key_named("X-Key", "hunter2"),
            "call `api_key_named(\"X-App-Id\", …)`, or else `api_key_named(\"key\", …)` and `basic_auth`, \
             `bearer_token` or `credential_source` on the builder",
        ),
        // A key of another name is not used.
        (
            builder()
                .bearer_token("hunter2")
                .api_key_named("KEY", "hunter2"),
            "call `api_key_named(\"X-App-Id\", …)` and `api_key_named(\"X-Key\", …)`, \
             or else `api_key_named(\"key\", …)` on the builder",
        ),
    ] {
        assert!(!format!("{builder:?}").contains("hunter2"));
        let message = sent(builder, SEVERAL).await.unwrap_err();
        assert!(
            message.contains("ListAnswer requires credentials"),
            "{message}"
        );
        assert!(message.ends_with(expected), "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[tokio::test]
async fn missing_key_is_reported_unless_it_is_the_authorization_header() {
    let builder = || Client::builder().bearer_token("T1");
    let message = sent(builder(), &[&[HEADER]]).await.unwrap_err();
    assert!(
        message.ends_with("call `api_key` on the builder"),
        "{message}"
    );
    let usual = &[&[Credential::Header("authorization")] as &[_]];
    let request = sent(builder(), usual).await.unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer T1");
}

#[tokio::test]
async fn source_may_return_a_key() {
    let source = Authorization::api_key("key-1").unwrap();
    let builder = || Client::builder().credential_source(source.clone());
    let request = sent(builder(), &[&[HEADER]]).await.unwrap();
    assert_eq!(shown(&request), r#"None Some("key-1") None Some("a=b")"#);
    let message = sent(builder(), &[&[Credential::Authorization]]).await;
    assert!(message.unwrap_err().contains("requires credentials"));
}

#[tokio::test]
async fn credentials_are_optional_if_an_alternative_is_empty() {
    let optional = &[&[HEADER] as &[_], &[]];
    let builder = || Client::builder().bearer_token("T1");
    let request = sent(builder().api_key("key-1"), optional).await.unwrap();
    assert_eq!(shown(&request), r#"None Some("key-1") None Some("a=b")"#);
    let request = sent(builder(), optional).await.unwrap();
    assert_eq!(shown(&request), r#"None None None Some("a=b")"#);
}

/// The client of a service without authentication.
struct Open(twilio_runtime::Client);

impl From<twilio_runtime::Client> for Open {
    fn from(core: twilio_runtime::Client) -> Self {
        Self(core)
    }
}

impl ApiClient for Open {
    const VENDOR: &'static Vendor = &Vendor::plain("open").with_optional_credentials();
}

#[tokio::test]
async fn service_without_authentication_needs_no_credentials() {
    let transport = Scripted::agreeing();
    let builder = || ClientBuilder::<Open>::new().transport(transport.clone());
    let open = builder().build().unwrap();
    call(&open.0).send().await.unwrap();
    let open = builder().bearer_token("T1").build().unwrap();
    call(&open.0).send().await.unwrap();
    let sent = transport.sent();
    assert!(!sent[0].headers().contains_key("authorization"));
    assert_eq!(sent[1].headers()["authorization"], "Bearer T1");
}

/// A service with operations that need credentials, and others that do not.
struct Mixed(twilio_runtime::Client);

impl From<twilio_runtime::Client> for Mixed {
    fn from(core: twilio_runtime::Client) -> Self {
        Self(core)
    }
}

impl ApiClient for Mixed {
    const VENDOR: &'static Vendor = &Vendor::plain("mixed").with_public_operations();
}

#[tokio::test]
async fn client_without_credentials_calls_public_operations() {
    let transport = Scripted::agreeing();
    let builder = ClientBuilder::<Mixed>::new().transport(transport.clone());
    let mixed = builder.build().unwrap();
    let error = call(&mixed.0).send().await.unwrap_err().to_string();
    assert!(error.contains("ListAnswer requires credentials"), "{error}");
    assert!(transport.sent().is_empty());
    let mut public = call(&mixed.0);
    public.credentials(&[&[]]);
    public.send().await.unwrap();
    assert!(!transport.sent()[0].headers().contains_key("authorization"));
}

#[tokio::test]
async fn unneeded_key_is_not_sent() {
    let transport = Scripted::agreeing();
    let error = call(&client(&transport)).send().await.unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(error.to_string().contains("call `basic_auth`"), "{error}");
    assert!(transport.sent().is_empty());
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn mock_has_every_key_and_records_none() {
    let mock = twilio_runtime::mock::Mock::new();
    let client = mock.client::<Client>().core;
    let mut call = call(&client);
    call.credentials(&[&[ID, HEADER, Credential::Query("key")]]);
    drop(call.send().await);
    let requests = mock.requests();
    assert_eq!(
        requests[0].query_pairs(),
        [("a".to_owned(), "b".to_owned())]
    );
    for name in ["x-app-id", "x-key", "authorization"] {
        assert!(!requests[0].headers().contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn errors_and_debug_contain_no_key() {
    const PLACES: [&[&[Credential]]; 2] = [&[&[HEADER]], &[&[Credential::Query("key")]]];
    let transport = Scripted::new(|_| answer(403, r#"{"message": "bad key k&y=12345678"}"#));
    let client = client(&transport);
    for wanted in PLACES {
        let mut call = call(&client);
        call.credentials(wanted);
        let shown = format!("{call:?} {client:?}");
        let error = call.send().await.unwrap_err();
        let shown = format!("{shown} {error} {error:?}");
        assert!(!shown.contains("12345678"), "{shown}");
        assert!(error.to_string().contains("bad key <redacted>"), "{error}");
    }
}

#[test]
fn key_that_cannot_be_sent_is_rejected() {
    for key in ["", " k", "k\n", "k\u{0}", "é"] {
        let error = Client::builder().api_key(key).build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{key:?}");
    }
}
