//! Tools that the generated crate does not have: files, bytes, JSON bodies, and more operations than are tools of their
//! own.

use std::sync::{Arc, Mutex};

use http::{Request, Response, header};
use rmcp::model::{CallToolResult, JsonObject};
use serde_json::{Value, json};

use super::caller::Caller;
use super::catalog::Catalog;
use super::length::{ENVELOPE, ENVELOPE_OF_BYTES};
use super::server::Server;
use super::settings::{Selection, Settings};
use crate::body::Body;
use crate::cli::sign_in::Conventions;
use crate::cli::{Answer, Argument, Command, CommandLine, Effect, Kind, Version};
use crate::client::Client;
use crate::operation::{Method, Operation};
use crate::product::Product;
use crate::style::{FormField, Style};
use crate::transport::{Transport, TransportFuture};

/// Responds to everything with a body of one type, and records the requests.
#[derive(Clone)]
struct Service {
    answer: (&'static str, Vec<u8>),
    sent: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn of(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            answer: (media_type, body.into()),
            sent: Arc::default(),
        }
    }

    fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Service {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let Self { answer, sent } = self.clone();
        Box::pin(async move {
            let target = request.uri().path_and_query();
            let target = target.map_or("", |it| it.as_str());
            let line = format!("{} {target}", request.method());
            let action = request.headers().get("x-action").cloned();
            let line = match action.as_ref().and_then(|it| it.to_str().ok()) {
                Some(action) => format!("{line} ({action})"),
                None => line,
            };
            let body = request.into_body().collect().await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            sent.lock().unwrap().push(format!("{line} {body}"));
            let mut response = Response::new(answer.1.into());
            let media_type = header::HeaderValue::from_static(answer.0);
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, media_type);
            Ok(response)
        })
    }
}

const PRODUCT: Product = Product::new("store");

const fn operation(id: &'static str, method: Method, path: &'static str) -> Operation {
    Operation {
        id,
        method,
        server: "https://store.example.com",
        path,
    }
}

static DOWNLOAD: Operation = operation("getFile", Method::Get, "/files/{id}");
static UPLOAD: Operation = operation("putFile", Method::Put, "/files/{id}");
static ATTACH: Operation = operation("attachFiles", Method::Post, "/files");
static ORDER: Operation = operation("createOrder", Method::Post, "/orders");
static CHANGE: Operation = operation("changeOrder", Method::Patch, "/orders/{id}");
static LIST: Operation = operation("listOrders", Method::Get, "/orders");
static REPORT: Operation = operation("getReport", Method::Get, "/report");

const ID: Argument = Argument::path("id", "id", Kind::Text, "Which file.").required();

/// A handful of operations of different kinds.
static VERSION: Version = Version {
    about: "Store",
    groups: &[],
    commands: &[
        Command::new(
            "store file {id} download",
            "Gets a file.",
            &DOWNLOAD,
            PRODUCT,
            Answer::Bytes,
            Effect::Read,
        )
        .arguments(&[ID]),
        Command::new(
            "store file {id} upload",
            "Replaces a file.",
            &UPLOAD,
            PRODUCT,
            Answer::Nothing,
            Effect::Change,
        )
        .arguments(&[
            ID,
            Argument::bytes_body("body", "body", Kind::File, "").required(),
        ]),
        Command::new(
            "store files attach",
            "Attaches files.",
            &ATTACH,
            PRODUCT,
            Answer::Nothing,
            Effect::Create,
        )
        .arguments(&[Argument::file("files", "*files", Kind::NamedFile, "").list()])
        .content_type("multipart/form-data"),
        Command::new(
            "store orders create",
            "Orders.",
            &ORDER,
            PRODUCT,
            Answer::Json,
            Effect::Create,
        )
        .arguments(&[
            Argument::member("item", "item", Kind::Text, "").required(),
            Argument::member("price", "price", Kind::Number, "").default("1.5"),
            Argument::member("tags", "tags", Kind::Value, ""),
            Argument::json_body("body", "body", Kind::Value, ""),
            Argument::form_body("form_body", "body", Kind::Value, "")
                .media_type("application/x-www-form-urlencoded")
                .encoded(&[FormField::styled("tags", Style::PIPES)]),
        ]),
        Command::new(
            "store order {id} change",
            "Changes an order.",
            &CHANGE,
            PRODUCT,
            Answer::Json,
            Effect::Change,
        )
        .arguments(&[
            ID,
            Argument::member("price", "price", Kind::Number, ""),
            Argument::json_body("body", "body", Kind::Value, "").required(),
        ]),
        Command::new(
            "store orders list",
            "Lists orders.",
            &LIST,
            PRODUCT,
            Answer::Json,
            Effect::Read,
        ),
        Command::new(
            "store report fetch",
            "Gets a report.",
            &REPORT,
            PRODUCT,
            Answer::Any,
            Effect::Read,
        )
        .query(&[("version", "2 b")])
        .headers(&[("X-Action", "Report")]),
    ],
};

fn line(versions: &'static [&'static Version]) -> &'static CommandLine {
    Box::leak(Box::new(CommandLine {
        name: "store",
        version: "1.0.0",
        about: "A store.",
        versions,
    }))
}

/// Returns this many operations: every third changes something.
fn many(count: usize) -> &'static CommandLine {
    let commands = (0..count).map(|number| {
        let path = format!(
            "store thing-{number} {}",
            ["fetch", "list", "delete"][number % 3]
        );
        let effect = [Effect::Read, Effect::Read, Effect::Delete][number % 3];
        let about = format!("Does thing {number}.");
        Command::new(
            Box::leak(path.into()),
            Box::leak(about.into()),
            &LIST,
            PRODUCT,
            Answer::Json,
            effect,
        )
    });
    let commands = commands.collect::<Vec<Command>>().leak();
    let version: &'static Version = Box::leak(Box::new(Version {
        about: "Store",
        groups: &[],
        commands,
    }));
    line(Box::leak(Box::new([version])))
}

fn server(
    line: &'static CommandLine,
    service: &Service,
    selection: Selection,
    size: usize,
) -> Server {
    let settings = Settings {
        selection,
        shows_personal_data: false,
        max_result: size,
    };
    let catalog = Catalog::of(line, &settings.selection).unwrap();
    let builder = Client::builder().bearer_token("open-sesame-41");
    let client: Client = builder.transport(service.clone()).build().unwrap();
    let caller = Caller::new(Conventions::of::<Client>(), client, &settings);
    Server::new(line, catalog, caller)
}

fn store(service: &Service, size: usize) -> Server {
    static VERSIONS: [&Version; 1] = [&VERSION];
    server(line(&VERSIONS), service, Selection::default(), size)
}

fn object(value: Value) -> JsonObject {
    serde_json::from_value(value).unwrap()
}

async fn called(server: &Server, name: &str, given: Value) -> CallToolResult {
    server.call(name, object(given)).await.unwrap()
}

/// Calls a tool that succeeds, and returns the object in its result.
async fn done(server: &Server, name: &str, given: Value) -> Value {
    let result = called(server, name, given).await;
    assert_eq!(result.is_error, Some(false), "{result:?}");
    result.structured_content.unwrap()
}

/// Calls a tool that fails, and returns its text.
async fn failed(server: &Server, name: &str, given: Value) -> String {
    let result = called(server, name, given).await;
    assert_eq!(result.is_error, Some(true), "{result:?}");
    result.content[0].as_text().unwrap().text.clone()
}

#[tokio::test]
async fn files_are_given_by_content() {
    let service = Service::of("text/plain", "");
    let server = store(&service, 1000);
    let given = json!({"id": "7", "body": "aGVsbG8="});
    let answer = done(&server, "store_file_upload", given).await;
    assert_eq!(answer, json!({"status": 200}));
    assert_eq!(service.sent(), ["PUT /files/7 hello"]);
    for path in ["/etc/hostname", "-", "@/etc/hostname"] {
        let given = json!({"id": "7", "body": path});
        let text = failed(&server, "store_file_upload", given).await;
        assert!(text.contains("`body`: invalid base64"), "{text}");
    }
    assert_eq!(service.sent().len(), 1);
}

#[tokio::test]
async fn files_are_given_with_names_of_their_own() {
    let service = Service::of("text/plain", "");
    let server = store(&service, 1000);
    let given = json!({"files": ["logo=aGVsbG8=", "raw=eA=="]});
    done(&server, "store_files_attach", given).await;
    let sent = service.sent().concat();
    for part in [
        "name=\"logo\"; filename=\"logo\"\r\nContent-Type: application/octet-stream\r\n\r\nhello\r\n",
        "name=\"raw\"; filename=\"raw\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n",
    ] {
        assert!(sent.contains(part), "{sent}");
    }
    for (file, problem) in [
        ("logo", "expected a name, `=` and a file"),
        ("=eA==", "expected a name, `=` and a file"),
        ("logo=/etc/hostname", "invalid base64"),
    ] {
        let text = failed(&server, "store_files_attach", json!({"files": [file]})).await;
        assert!(text.contains(&format!("`files[0]`: {problem}")), "{text}");
    }
    assert_eq!(service.sent().len(), 1);
}

#[tokio::test]
async fn parameters_with_a_single_value_are_always_sent() {
    let service = Service::of("text/plain", "");
    let server = store(&service, 1000);
    called(&server, "store_report_fetch", json!({})).await;
    assert_eq!(service.sent(), ["GET /report?version=2%20b (Report) "]);
}

#[tokio::test]
async fn bytes_are_truncated_base64() {
    let service = Service::of("image/png", [255, 1, 2, 3, 4, 5, 6]);
    for (size, answer) in [
        (
            1000,
            json!({"media_type": "image/png", "size": 7, "base64": "/wECAwQFBg=="}),
        ),
        (
            ENVELOPE_OF_BYTES + 4,
            json!({"media_type": "image/png", "size": null, "base64": "/wEC", "truncated": true}),
        ),
    ] {
        let server = store(&service, size);
        let mut found = done(&server, "store_file_download", json!({"id": "7"})).await;
        if size < 1000 {
            // Only a socket reports the size in advance.
            found["size"] = Value::Null;
        }
        assert_eq!(found, answer);
    }
    let server = store(&service, 1000);
    let report = done(&server, "store_report_fetch", json!({})).await;
    assert_eq!(report["size"], 7);
}

#[tokio::test]
async fn body_is_given_by_members_or_as_a_whole() {
    let service = Service::of("application/json", r#"{"id": 1, "total": 0.30}"#);
    let server = store(&service, 1000);
    let whole = json!({"item": "tea", "note": null});
    for (given, body) in [
        (
            json!({"item": "tea", "tags": ["a"]}),
            r#"{"item":"tea","tags":["a"]}"#,
        ),
        // Some clients send lists and objects as text.
        (
            json!({"item": "tea", "tags": "[1]"}),
            r#"{"item":"tea","tags":[1]}"#,
        ),
        (
            json!({"item": "tea", "tags": "[1"}),
            r#"{"item":"tea","tags":"[1"}"#,
        ),
        (
            json!({"item": "tea", "price": "12.50"}),
            r#"{"item":"tea","price":12.50}"#,
        ),
        (
            json!({"body": whole, "price": 2}),
            r#"{"item":"tea","note":null,"price":2}"#,
        ),
        (
            json!({"item": "tea", "form_body": {"more": ["c", "d"], "tags": ["a", "b"]}}),
            "more=c&more=d&tags=a%7Cb",
        ),
    ] {
        let answer = done(&server, "store_orders_create", given).await;
        assert_eq!(answer, json!({"id": 1, "total": 0.3}));
        let sent = service.sent().pop().unwrap();
        assert_eq!(sent, format!("POST /orders {body}"));
    }
    let text = failed(&server, "store_orders_create", json!({"price": 1})).await;
    assert!(text.contains("`item` is required"), "{text}");
}

#[tokio::test]
async fn one_optional_member_makes_a_required_body() {
    let service = Service::of("application/json", "{}");
    let server = store(&service, 1000);
    let change = |given: Value| done(&server, "store_order_change", given);
    change(json!({"id": "7", "price": 2})).await;
    change(json!({"id": "7", "body": {"price": 3}})).await;
    assert_eq!(
        service.sent(),
        [
            r#"PATCH /orders/7 {"price":2}"#,
            r#"PATCH /orders/7 {"price":3}"#
        ]
    );
    let text = failed(&server, "store_order_change", json!({"id": "7"})).await;
    assert!(text.contains("`body` is required"), "{text}");
    let form = json!({"form_body": {"item": "pen"}});
    done(&server, "store_orders_create", form).await;
    assert_eq!(service.sent()[2], "POST /orders item=pen");
}

#[tokio::test]
async fn non_objects_are_wrapped_in_an_object() {
    for (body, size, answer) in [
        ("[1, 2]", 1000, json!({"items": [1, 2]})),
        (
            "[1, 2]",
            ENVELOPE + 4,
            json!({"items": [1], "total": 2, "truncated": true}),
        ),
        (
            r#""open-sesame-41!""#,
            1000,
            json!({"value": "<redacted>!"}),
        ),
    ] {
        let server = store(&Service::of("application/json", body), size);
        assert_eq!(done(&server, "store_orders_list", json!({})).await, answer);
    }
    let server = store(&Service::of("text/plain", "so much"), 1000);
    let report = done(&server, "store_report_fetch", json!({})).await;
    assert_eq!(report, json!({"text": "so much"}));
}

#[tokio::test]
async fn many_operations_are_searched_described_and_called() {
    let service = Service::of("application/json", r#"{"ok": true}"#);
    assert_eq!(
        server(many(60), &service, Selection::default(), 1000)
            .tools()
            .len(),
        60
    );
    let many = many(61);
    let server = server(many, &service, Selection::default(), 1000);
    let tools = server.tools();
    let names: Vec<&str> = tools.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["search", "describe", "call"]);
    let call = tools[2].annotations.clone().unwrap();
    assert_eq!(
        (call.read_only_hint, call.destructive_hint),
        (Some(false), Some(true))
    );

    let found = done(
        &server,
        "search",
        json!({"query": "delete things 17", "limit": 2}),
    )
    .await;
    assert_eq!(found["operations"][0]["name"], "store_thing_17_delete");
    assert_eq!(found["operations"][0]["effect"], "deletes");
    assert_eq!(found["operations"].as_array().unwrap().len(), 2);
    let none = done(&server, "search", json!({"query": "weather"})).await;
    assert_eq!(none, json!({"operations": [], "total": 0}));

    let described = done(
        &server,
        "describe",
        json!({"name": "store_thing_17_delete"}),
    )
    .await;
    assert_eq!(described["input_schema"]["type"], "object");
    let given = json!({"name": "store_thing_17_delete", "arguments": {}});
    assert_eq!(done(&server, "call", given).await, json!({"ok": true}));
    assert_eq!(service.sent().len(), 1);
}

#[tokio::test]
async fn invalid_arguments_of_the_three_tools_are_errors() {
    let service = Service::of("application/json", r#"{"ok": true}"#);
    let server = server(many(61), &service, Selection::default(), 1000);
    for (tool, given, problem) in [
        ("search", json!({}), "`query` is required"),
        (
            "describe",
            json!({"name": "store_thing_99_list"}),
            "unknown tool",
        ),
        (
            "call",
            json!({"name": "store_thing_1_list", "arguments": []}),
            "`arguments` must be an object",
        ),
        (
            "call",
            json!({"name": "store_thing_1_list", "arguments": {"a": 1}}),
            "no parameter `a`",
        ),
        (
            "call",
            json!({"name": "store_thing_1_list", "args": {}}),
            "no parameter `args`",
        ),
    ] {
        let text = failed(&server, tool, given).await;
        assert!(text.contains(problem), "{text}");
    }
    let error = server.call("store_thing_1_list", JsonObject::new()).await;
    assert!(error.unwrap_err().message.contains("use `call`"));
    assert!(service.sent().is_empty());
}

#[tokio::test]
async fn excluded_operations_are_neither_found_nor_called() {
    let service = Service::of("application/json", "{}");
    let selection = Selection {
        read_only: true,
        ..Selection::default()
    };
    let server = server(many(200), &service, selection, 1000);
    let call = server.tools()[2].annotations.clone().unwrap();
    assert_eq!(call.read_only_hint, Some(true));
    let found = done(&server, "search", json!({"query": "delete", "limit": 50})).await;
    assert_eq!(found["total"], 0);
    for tool in ["describe", "call"] {
        let text = failed(&server, tool, json!({"name": "store_thing_17_delete"})).await;
        assert!(text.contains("it changes something"), "{text}");
    }
    assert!(service.sent().is_empty());
}
