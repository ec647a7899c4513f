//! JSON and forms under other media types, on later pages and in mocks as well.

use serde_json::json;
use twilio_runtime::{Call, Client, Method, Operation, Page, Product, Resource, Value};
use twilio_test_support::{Reply, Server};

use crate::api;
use crate::server::json;

static UPDATE: Operation = Operation {
    id: "UpdateDevice",
    method: Method::Patch,
    server: "https://supersim.twilio.com",
    path: "/v1/Devices",
};
static LIST: Operation = Operation {
    id: "ListDevice",
    method: Method::Get,
    server: "https://supersim.twilio.com",
    path: "/v1/Devices",
};
const ACCEPT: &str = "application/vnd.example.device+json, Application/JSON; charset=utf-8";
const PATCH: &str = "application/merge-patch+json";
const FORM: &str = "Application/X-WWW-Form-Urlencoded; charset=utf-8";

fn resource(client: &Client) -> Resource {
    Resource::new(client, Product::new("supersim"))
}

fn client(server: &Server) -> Client {
    let builder = api::Client::builder().basic_auth("AC1", "hunter2");
    builder.base_url(&server.url).build().unwrap().core
}

fn update(client: &Client) -> Call<Value> {
    let mut call = Call::json(&resource(client), &UPDATE);
    call.accept(ACCEPT);
    call.content_type(PATCH);
    call
}

#[tokio::test]
async fn json_body_has_the_operations_media_type() {
    let vendors = |_: &_| {
        Reply::new(
            "200 OK",
            &["Content-Type: Application/VND.Example.Device+JSON; charset=utf-8"],
            r#"{"name": "van"}"#,
        )
    };
    let server = Server::start(vendors);
    let mut call = update(&client(&server));
    call.body(&json!({"name": null}));
    assert_eq!(call.fetch().await.unwrap(), json!({"name": "van"}));
    let request = &server.requests()[0];
    assert_eq!(request.header("content-type"), Some(PATCH));
    assert_eq!(request.header("accept"), Some(ACCEPT));
    assert_eq!(request.text(), r#"{"name":null}"#);
}

/// A missing body is not JSON, so it does not have that media type.
#[tokio::test]
async fn missing_json_body_is_an_empty_form() {
    let server = Server::start(|_| json("{}"));
    update(&client(&server)).fetch().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn form_has_the_operations_media_type() {
    let server = Server::start(|_| json("{}"));
    for name in [Some("a b"), None] {
        let mut call: Call<Value> = Call::json(&resource(&client(&server)), &UPDATE);
        call.content_type(FORM);
        if let Some(name) = name {
            call.form("Name", name);
        }
        call.fetch().await.unwrap();
    }
    let requests = server.requests();
    let sent = requests
        .iter()
        .map(|it| (it.header("content-type"), it.text()));
    let sent: Vec<_> = sent.collect();
    assert_eq!(sent, [(Some(FORM), "Name=a+b"), (Some(FORM), "")]);
}

#[tokio::test]
async fn every_page_accepts_the_same_media_types() {
    let server = Server::start(|request| {
        let is_last = request.target.contains("Page=1");
        let next = (!is_last).then_some("/v1/Devices?Page=1");
        json(&json!({"devices": [{}], "meta": {"next_page_url": next}}).to_string())
    });
    let mut call: Call<Page<Value>> = Call::page(&resource(&client(&server)), &LIST, "devices");
    call.accept(ACCEPT);
    assert_eq!(call.all().await.unwrap().len(), 2);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.header("accept"), Some(ACCEPT));
    }
}

#[cfg(feature = "mock")]
mod mocked {
    use twilio_runtime::StatusCode;
    use twilio_runtime::mock::{AnswerSpec, Content, Mock, Mocked};

    use super::*;

    /// A generated request, as far as mocks need it.
    struct UpdateDevice;

    impl Mocked for UpdateDevice {
        type Body = Value;
        const ANSWER: &'static AnswerSpec = &AnswerSpec {
            operation: &UPDATE,
            status: 200,
            content: Content::Value,
            examples: "{}",
        };
    }

    #[tokio::test]
    async fn mocks_read_any_json_and_respond_in_the_accepted_media_type() {
        let mock = Mock::new();
        mock.on::<UpdateDevice>()
            .answer(json!({"name": "van"}))
            .error(StatusCode::NOT_FOUND, 20404, "No such device");
        let mut call = update(&mock.client());
        call.body(&json!({"name": null}));
        let response = call.clone().send().await.unwrap();
        assert_eq!(
            response.headers()["content-type"],
            "application/vnd.example.device+json"
        );
        let error = call.send().await.unwrap_err();
        assert_eq!(error.code(), Some(20404));
        for request in mock.requests() {
            assert_eq!(request.json(), Some(&json!({"name": null})));
            assert_eq!(request.form_pairs(), []);
            assert_eq!(request.headers()["content-type"], PATCH);
        }
    }
}
