//! A client whose API has no conventions beyond its specification: none of the vendor's that the other tests have.

use twilio_runtime::{
    ApiClient, Call, ClientBuilder, Error, Method, Operation, Product, Resource, Vendor, http,
};

use crate::api::Client;
use crate::transports::{Scripted, Step, answer};

/// The client of the same operations, of no vendor.
struct Plain(Client);

impl From<twilio_runtime::Client> for Plain {
    fn from(core: twilio_runtime::Client) -> Self {
        Self(core.into())
    }
}

impl ApiClient for Plain {
    const VENDOR: &'static Vendor = &Vendor::plain("demo");
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
async fn no_page_size_is_asked_for_and_no_link_followed() {
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
async fn times_have_their_fraction_and_requests_their_own_agent() {
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
async fn a_request_without_a_body_has_no_media_type() {
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
async fn an_object_with_a_status_is_no_error() {
    let body = r#"{"sid": "HF1", "status": 404, "code": 1, "message": "m"}"#;
    let transport = Scripted::new(move |_| answer(200, body));
    // The status of a fleet is a text, so that the value does not fit: it is not the error that it would be elsewhere.
    let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn no_code_is_repeated_and_no_member_is_a_link() {
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
async fn the_id_of_a_request_has_the_usual_header() {
    for (header, id) in [("x-request-id", Some("R1")), ("twilio-request-id", None)] {
        let transport = Scripted::new(move |_| with_header(answer(200, "{}"), header));
        let response = client(&transport).fleet("HF1").fetch().send().await;
        assert_eq!(response.unwrap().request_id(), id, "{header}");
        let transport = Scripted::new(move |_| with_header(answer(404, "{}"), header));
        let error = client(&transport).fleet("HF1").fetch().await.unwrap_err();
        assert_eq!(error.request_id(), id, "{header}");
    }
}
