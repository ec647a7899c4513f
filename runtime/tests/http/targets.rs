//! The path of an operation is sent as it is: its query, empty segments and characters that URLs must escape.

use serde_json::json;
use twilio_runtime::{Call, Client, Method, Operation, Page, Product, Resource, Value};
use twilio_test_support::Server;

use crate::api;
use crate::server::json;

/// Returns an operation with this path.
const fn operation(path: &'static str) -> Operation {
    Operation {
        id: "ListAnswer",
        method: Method::Get,
        server: "https://supersim.twilio.com",
        path,
    }
}

fn client(server: &Server) -> Client {
    let builder = api::Client::builder().basic_auth("AC1", "hunter2");
    builder.base_url(&server.url).build().unwrap().core
}

/// Returns the target of a request with the path value `Sid` and an optional limit.
async fn sent(operation: &'static Operation, limit: Option<i64>) -> String {
    let server = Server::start(|_| json("{}"));
    let resource = Resource::new(&client(&server), Product::new("supersim")).with("a/b?c");
    let mut call: Call<Value> = Call::json(&resource, operation);
    if let Some(limit) = limit {
        call.query("Limit", limit);
    }
    call.send().await.unwrap();
    server.requests()[0].target.clone()
}

#[tokio::test]
async fn fixed_query_precedes_the_parameters() {
    static FIXED: Operation = operation("/v1/Answers?beta=true");
    static SEVERAL: Operation = operation("/v1/Answers/{Sid}?a=%20b&c&d=/?");
    static EMPTY: Operation = operation("/v1/Answers?");
    for (operation, alone, with_limit) in [
        (
            &FIXED,
            "/v1/Answers?beta=true",
            "/v1/Answers?beta=true&Limit=5",
        ),
        (
            &SEVERAL,
            "/v1/Answers/a%2Fb%3Fc?a=%20b&c&d=/?",
            "/v1/Answers/a%2Fb%3Fc?a=%20b&c&d=/?&Limit=5",
        ),
        (&EMPTY, "/v1/Answers?", "/v1/Answers?Limit=5"),
    ] {
        assert_eq!(sent(operation, None).await, alone);
        assert_eq!(sent(operation, Some(5)).await, with_limit);
    }
}

#[tokio::test]
async fn empty_segments_are_kept() {
    static EMPTY: Operation = operation("/v1//Things/{Sid}///");
    static ROOT: Operation = operation("//");
    assert_eq!(sent(&EMPTY, None).await, "/v1//Things/a%2Fb%3Fc///");
    assert_eq!(sent(&ROOT, None).await, "//");
}

#[tokio::test]
async fn invalid_url_characters_are_escaped() {
    static ODD: Operation = operation("/a\\..\\b/\t{Sid}|\n/ \"<é>^`%41?x=\\ \"<é>^`|%41");
    assert_eq!(
        sent(&ODD, None).await,
        "/a%5C..%5Cb/%09a%2Fb%3Fc%7C%0A/%20%22%3C%C3%A9%3E%5E%60%41?x=%5C%20%22%3C%C3%A9%3E%5E%60%7C%41"
    );
}

/// A link to another page already contains its query.
#[tokio::test]
async fn fixed_query_is_not_added_to_links() {
    static LIST: Operation = operation("/v1/Answers?beta=true");
    let server = Server::start(|request| {
        let is_last = request.target.contains("Page=1");
        let next = (!is_last).then_some("/v1/Answers?Page=1");
        json(&json!({"answers": [{}], "meta": {"next_page_url": next}}).to_string())
    });
    let resource = Resource::new(&client(&server), Product::new("supersim"));
    let call: Call<Page<Value>> = Call::page(&resource, &LIST, "answers");
    assert_eq!(call.all().await.unwrap().len(), 2);
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|it| it.target.clone())
        .collect();
    assert_eq!(targets, ["/v1/Answers?beta=true", "/v1/Answers?Page=1"]);
}

#[tokio::test]
async fn trace_has_no_body_and_no_credentials() {
    static TRACE: Operation = Operation {
        method: Method::Trace,
        ..operation("/v1/Answers")
    };
    let server = Server::start(|_| json("{}"));
    let resource = Resource::new(&client(&server), Product::new("supersim"));
    let mut call = Call::empty(&resource, &TRACE);
    call.body(&json!({"a": 1}));
    call.form("B", 1);
    call.send().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.text()), ("TRACE", ""));
    for header in ["authorization", "content-type", "content-length"] {
        assert_eq!(request.header(header), None, "{header}");
    }
}

#[tokio::test]
async fn head_has_no_response_body() {
    static HEAD: Operation = Operation {
        method: Method::Head,
        ..operation("/v1/Answers")
    };
    let server = Server::start(|_| json(""));
    let resource = Resource::new(&client(&server), Product::new("supersim"));
    Call::empty(&resource, &HEAD).send().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.method, "HEAD");
    assert!(request.header("authorization").is_some());
}
