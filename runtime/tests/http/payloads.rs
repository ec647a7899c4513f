//! Bodies that are neither JSON nor forms, which are sent and returned unchanged.

use twilio_runtime::{
    Bytes, Call, Client, Error, Location, Method, Operation, Product, Resource, Style, Value,
};
use twilio_test_support::{Reply, Server};

use crate::server::json;

static REPLACE: Operation = Operation {
    id: "ReplaceNote",
    method: Method::Put,
    server: "https://supersim.twilio.com",
    path: "/v1/Note",
};
static DELETE: Operation = Operation {
    id: "DeleteNote",
    method: Method::Delete,
    server: "https://supersim.twilio.com",
    path: "/v1/Note",
};

fn resource(client: &Client) -> Resource {
    Resource::new(client, Product::new("supersim"))
}

fn builder(server: &Server) -> twilio_runtime::ClientBuilder {
    let builder = Client::builder().basic_auth("AC1", "hunter2");
    builder.base_url(&server.url)
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

#[tokio::test]
async fn text_round_trips() {
    let answer = |_: &_| {
        Reply::new(
            "200 OK",
            &["Content-Type: text/csv; charset=utf-8"],
            "a,\"b\"\r\n",
        )
    };
    let server = Server::start(answer);
    let mut call = Call::text(&resource(&client(&server)), &REPLACE);
    call.accept("text/csv");
    call.content_type("text/plain");
    call.text_body("caf\u{e9} & {}=\r\n".to_owned());
    assert_eq!(call.fetch().await.unwrap(), "a,\"b\"\r\n");
    let request = &server.requests()[0];
    assert_eq!(request.header("content-type"), Some("text/plain"));
    assert_eq!(request.header("accept"), Some("text/csv"));
    assert_eq!(request.text(), "caf\u{e9} & {}=\r\n");
}

#[tokio::test]
async fn text_in_an_unsupported_character_set_is_an_error() {
    let answer = |_: &_| Reply::new("200 OK", &["Content-Type: text/plain; charset=koi8-r"], "x");
    let server = Server::start(answer);
    let call = Call::text(&resource(&client(&server)), &REPLACE);
    let error = call.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert!(error.to_string().contains("character set"), "{error}");
}

#[tokio::test]
async fn text_in_the_place_of_json_is_a_string() {
    let fetch = async |media_type: &str, body: &'static str| {
        let header = format!("Content-Type: {media_type}");
        let server = Server::start(move |_| Reply::new("200 OK", &[&header], body));
        let call: Call<String> = Call::json(&resource(&client(&server)), &REPLACE);
        call.fetch().await
    };
    let html = "text/html; charset=utf-8";
    assert_eq!(fetch(html, "Hello \"you\"").await.unwrap(), "Hello \"you\"");
    assert_eq!(fetch(html, "\"Hello\"").await.unwrap(), "Hello");
    for (media_type, body) in [("application/json", "Hello"), ("image/png", "Hello")] {
        let error = fetch(media_type, body).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
}

#[tokio::test]
async fn json_of_any_kind_may_be_absent() {
    let fetch = async |body: &'static str| {
        let json = &["Content-Type: application/json"];
        let server = Server::start(move |_| Reply::new("200 OK", json, body));
        let call = Call::any_json(&resource(&client(&server)), &REPLACE);
        call.fetch().await
    };
    assert_eq!(fetch("").await.unwrap(), Value::Null);
    assert_eq!(fetch("[1]").await.unwrap(), Value::from(vec![1]));
    let error = fetch("x").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn bytes_round_trip() {
    // Only JSON can be an error with a success status, not bytes that happen to look like one.
    let body = r#"{"code": 20404, "status": 404, "message": "x"}"#;
    let server = Server::start(move |_| Reply::new("200 OK", &["Content-Type: image/png"], body));
    let mut call = Call::bytes(&resource(&client(&server)), &REPLACE);
    call.content_type("application/octet-stream");
    call.bytes_body(Bytes::from_static(b"\x00\x01&=\n").into());
    assert_eq!(call.fetch().await.unwrap(), body);
    let request = &server.requests()[0];
    assert_eq!(
        request.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(request.header("content-length"), Some("5"));
    assert_eq!(request.text(), "\0\u{1}&=\n");
}

#[tokio::test]
async fn missing_body_is_empty() {
    let server = Server::start(|_| json("{}"));
    for media_type in ["text/plain", "application/octet-stream"] {
        let mut call = Call::bytes(&resource(&client(&server)), &REPLACE);
        call.content_type(media_type);
        call.fetch().await.unwrap();
    }
    for request in server.requests() {
        assert_eq!(request.header("content-type"), None);
        assert_eq!(request.header("content-length"), Some("0"));
    }
}

/// Serde writes null for numbers that JSON cannot represent.
#[tokio::test]
async fn non_finite_number_is_not_sent() {
    let server = Server::start(|_| json("{}"));
    let resource = resource(&client(&server));
    let mut in_body = Call::empty(&resource, &REPLACE);
    let numbers = vec![1.0, f64::NAN];
    let numbers = twilio_runtime::wire::finite(&numbers);
    in_body.body(&numbers);
    let mut in_query = Call::empty(&resource, &REPLACE);
    in_query.query("ratio", f64::INFINITY);
    let mut as_value = Call::empty(&resource, &REPLACE);
    as_value.styled_value(Location::Query, "ratios", Style::COMMAS, &numbers);
    for call in [in_body.clone(), in_query, as_value] {
        let error = call.fetch().await.unwrap_err();
        assert!(matches!(error, Error::JsonParameter(_)), "{error:?}");
        assert!(
            error.to_string().contains("neither NaN nor infinities"),
            "{error}"
        );
    }
    assert_eq!(server.requests().len(), 0);
    in_body.body(&[0.5]);
    in_body.fetch().await.unwrap();
    assert_eq!(server.request().text(), "[0.5]");
}

#[tokio::test]
async fn delete_may_have_a_body() {
    let server = Server::start(|_| json("{}"));
    let mut call = Call::empty(&resource(&client(&server)), &DELETE);
    call.body(&["a"]);
    call.fetch().await.unwrap();
    let call = Call::empty(&resource(&client(&server)), &DELETE);
    call.fetch().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].text(), r#"["a"]"#);
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    assert_eq!(requests[1].header("content-type"), None);
}

#[tokio::test]
async fn body_limit_applies_to_bytes() {
    let server = Server::start(|_| Reply::new("200 OK", &[], "x".repeat(100)));
    let client = builder(&server).max_body_size(99).build().unwrap();
    let error = Call::bytes(&resource(&client), &REPLACE).fetch().await;
    assert!(matches!(error, Err(Error::BodyTooLarge(_))), "{error:?}");
}

#[cfg(feature = "mock")]
mod mocked {
    use twilio_runtime::mock::{AnswerSpec, Content, Mock, Mocked, example};

    use super::*;

    struct ReplaceText;
    struct ReplaceBytes;

    const fn spec(content: Content) -> AnswerSpec {
        AnswerSpec {
            operation: &REPLACE,
            status: 200,
            content,
            examples: "{}",
        }
    }

    impl Mocked for ReplaceText {
        type Body = String;
        const ANSWER: &'static AnswerSpec = &spec(Content::Text);
    }

    impl Mocked for ReplaceBytes {
        type Body = Vec<u8>;
        const ANSWER: &'static AnswerSpec = &spec(Content::Bytes);
    }

    #[tokio::test]
    async fn mocks_respond_with_text_and_bytes() {
        let mock = Mock::new();
        mock.on::<ReplaceText>().answer("\"quoted\"");
        let mut call = Call::text(&resource(&mock.client()), &REPLACE);
        call.accept("text/plain; charset=iso-8859-1");
        call.content_type("text/plain");
        call.text_body("a=b".to_owned());
        let response = call.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/plain");
        assert_eq!(response.body(), "\"quoted\"");
        let request = &mock.requests()[0];
        assert_eq!((request.body(), request.form("a")), (&b"a=b"[..], None));

        let mock = Mock::new();
        mock.on::<ReplaceBytes>().answer(*b"\x00\xff");
        let call = Call::bytes(&resource(&mock.client()), &REPLACE);
        assert_eq!(call.fetch().await.unwrap(), &b"\x00\xff"[..]);
    }

    #[test]
    fn missing_example_is_an_empty_body() {
        assert_eq!(example::<ReplaceText>(), "");
        assert!(example::<ReplaceBytes>().is_empty());
    }
}
