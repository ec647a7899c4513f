//! A client whose API has no conventions beyond its specification, unlike that of the other tests.

use twilio_runtime::{
    ApiClient, Call, ClientBuilder, Error, Method, Operation, Product, Resource, Vendor, http,
};

use crate::api::Client;
use crate::transports::{Scripted, Step, answer};

/// A client of the same operations, without a vendor.
struct Plain(Client);

impl From<twilio_runtime::Client> for Plain {
    fn from(core: twilio_runtime::Client) -> Self {
        Self(core.into())
    }
}

impl ApiClient for Plain {
    const VENDOR: &'static Vendor = &Vendor::plain("demo");
}

/// Like [`Plain`], with operations that need no credentials.
struct Open(Client);

impl From<twilio_runtime::Client> for Open {
    fn from(core: twilio_runtime::Client) -> Self {
        Self(core.into())
    }
}

impl ApiClient for Open {
    const VENDOR: &'static Vendor = &Vendor::plain("demo").with_optional_credentials();
}

fn client(transport: &Scripted) -> Client {
    let builder = ClientBuilder::<Plain>::new().basic_auth("user", "password");
    builder.transport(transport.clone()).build().unwrap().0
}

fn with_header((time, outcome): Step, name: &'static str) -> Step {
    let outcome = outcome.map(|mut response| {
        let value = http::HeaderValue::from_static("R1");
        response.headers_mut().insert(name, value);
        response
    });
    (time, outcome)
}

#[tokio::test]
async fn plain_client_sends_no_page_size_and_follows_no_link() {
    let transport = Scripted::new(|_| {
        let page =
            r#"{"fleets": [{"sid": "A"}], "meta": {"next_page_url": "/2"}, "next_page_uri": "/2"}"#;
        answer(200, page)
    });
    let all = client(&transport).fleets().list().limit(5).all().await;
    assert_eq!(all.unwrap().len(), 1);
    assert_eq!(
        transport.lines(),
        ["GET https://supersim.twilio.com/v1/Fleets"]
    );
}

#[tokio::test]
async fn plain_client_keeps_fractions_and_has_its_own_user_agent() {
    let transport = Scripted::new(|_| answer(200, r#"{"fleets": []}"#));
    let start = "2026-01-31T08:00:00.250Z".parse::<twilio_runtime::DateTime<twilio_runtime::Utc>>();
    let list = client(&transport).fleets().list().start(start.unwrap());
    list.await.unwrap();
    assert_eq!(
        transport.lines(),
        ["GET https://supersim.twilio.com/v1/Fleets?Start=2026-01-31T08%3A00%3A00.250Z"]
    );
    let agent = transport.sent()[0].headers()["user-agent"].clone();
    assert!(agent.to_str().unwrap().starts_with("demo/"), "{agent:?}");
}

#[tokio::test]
async fn request_without_a_body_has_no_media_type() {
    static PUSH: Operation = Operation {
        id: "PushImage",
        method: Method::Post,
        server: "https://supersim.twilio.com",
        path: "/v1/Push",
    };
    let transport = Scripted::new(|_| answer(200, ""));
    let resource = Resource::new(&client(&transport).core, Product::new("supersim"));
    Call::empty(&resource, &PUSH).fetch().await.unwrap();
    assert_eq!(transport.sent()[0].headers().get("content-type"), None);
}

#[tokio::test]
async fn body_that_is_not_described_is_ignored() {
    static REMOVE: Operation = Operation {
        id: "DeleteFleet",
        method: Method::Delete,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets",
    };
    for body in ["", "OK", "<p>Done</p>", r#"{"status": 404}"#] {
        let transport = Scripted::new(move |_| answer(200, body));
        let resource = Resource::new(&client(&transport).core, Product::new("supersim"));
        Call::empty(&resource, &REMOVE).fetch().await.unwrap();
    }
}

#[tokio::test]
async fn object_with_a_status_is_not_an_error() {
    let body = r#"{"sid": "HF1", "status": 404, "code": 1, "message": "m"}"#;
    let transport = Scripted::new(move |_| answer(200, body));
    // The fleet's status is a string, so the value does not match: a decode error, not the API error it would be
    // elsewhere.
    let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn vendor_codes_and_links_have_no_meaning() {
    let body = r#"{"code": 20429, "message": "m", "more_info": "https://a.example"}"#;
    let transport = Scripted::new(move |_| answer(400, body));
    let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.code, error.message.as_str()), (Some(20429), "m"));
    assert_eq!(error.more_info, None);
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test]
async fn request_id_has_the_common_header() {
    for (header, id) in [("x-request-id", Some("R1")), ("twilio-request-id", None)] {
        let transport = Scripted::new(move |_| with_header(answer(200, "{}"), header));
        let response = client(&transport).fleet("HF1").fetch().send().await;
        assert_eq!(response.unwrap().request_id(), id, "{header}");
        let transport = Scripted::new(move |_| with_header(answer(404, "{}"), header));
        let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
        assert_eq!(error.request_id(), id, "{header}");
    }
}

/// Returns an operation of this server.
fn push(server: &'static str) -> &'static Operation {
    Box::leak(Box::new(Operation {
        id: "pushImage",
        method: Method::Post,
        server,
        path: "/v1/Push",
    }))
}

#[tokio::test]
async fn only_credentials_need_encryption() {
    let transport = Scripted::new(|_| answer(200, ""));
    let builder = || ClientBuilder::<Open>::new().transport(transport.clone());
    let call = |builder: ClientBuilder<Open>| async {
        let resource = Resource::new(&builder.build()?.0.core, Product::new("demo"));
        let operation = push("http://demo.example.com");
        Call::empty(&resource, operation).fetch().await
    };
    call(builder()).await.unwrap();
    assert_eq!(transport.lines(), ["POST http://demo.example.com/v1/Push"]);
    for secret in [
        builder().basic_auth("user", "password"),
        builder().api_key("key"),
        builder().default_header("X-Key", "key"),
    ] {
        call(secret.clone().allow_plain_http()).await.unwrap();
        let error = call(secret).await.unwrap_err().to_string();
        assert!(error.contains("unencrypted"), "{error}");
    }
    assert_eq!(transport.lines().len(), 4);
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn mock_needs_no_server() {
    for server in ["", "/v2", "http://demo.example.com"] {
        let mock = twilio_runtime::mock::Mock::new();
        let client = mock.client::<Plain>().0;
        let resource = Resource::new(&client.core, Product::new("demo"));
        let error = Call::empty(&resource, push(server))
            .fetch()
            .await
            .unwrap_err();
        let Error::Api(error) = error else {
            panic!("{error:?}")
        };
        let hint = "the mock has no response to pushImage: call `mock.on::<PushImage>().answer(…)`";
        assert_eq!(error.message, hint);
        assert_eq!(mock.requests().len(), 1);
    }
}
