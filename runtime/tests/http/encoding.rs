//! A strict parser reads back what was set: random values in paths, queries and forms.
//!
//! The parsers follow RFC 3986 and the WHATWG URL standard to the letter, and share no code with the runtime.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, TestCaseError, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestRunner};
use tokio::runtime::Runtime;
use twilio_runtime::{
    Call, Client, Error, Json, Method, Operation, PathParameterProblem, Product, Resource, Value,
};
use twilio_test_support::{Request, Server};

use crate::server::json;

const OPERATION: Operation = Operation {
    id: "UpdatePart",
    method: Method::Post,
    server: "https://supersim.twilio.com",
    path: "/v1/Things/{Thing}/Parts/{Part}",
};

/// The number of random requests in each test. They are the same in every run.
const CASES: u32 = 1000;

/// Decodes the segments of a path, which may only contain valid characters (RFC 3986 §3.3).
fn read_path(path: &str) -> Vec<String> {
    let may_stand = |it: u8| it.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&it);
    let segments = path.strip_prefix('/').unwrap().split('/');
    segments.map(|it| decode(it, may_stand)).collect()
}

/// Decodes the pairs of a query or a form, which may only contain the characters that a serializer leaves unescaped
/// (WHATWG URL, `application/x-www-form-urlencoded`).
fn read_form(text: &str) -> Vec<(String, String)> {
    let may_stand = |it: u8| it.is_ascii_alphanumeric() || b"*-._ ".contains(&it);
    let read = |it: &str| {
        assert!(!it.contains(' '), "a raw space in `{text}`");
        decode(&it.replace('+', " "), may_stand)
    };
    let pairs = text.split('&').filter(|it| !it.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (read(name), read(value))
        })
        .collect()
}

/// Decodes `%HH` (RFC 3986 §2.1). `may_stand` must accept every other byte.
fn decode(text: &str, may_stand: impl Fn(u8) -> bool) -> String {
    let mut decoded = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next().unwrap()).to_digit(16).unwrap();
            let number = digit() * 16 + digit();
            decoded.push(u8::try_from(number).unwrap());
        } else {
            assert!(may_stand(byte), "{:?} in `{text}`", char::from(byte));
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).unwrap()
}

#[test]
fn parsers_are_strict() {
    assert_eq!(read_path("/v1/a%2Fb%C3%A9+c"), ["v1", "a/b\u{e9}+c"]);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        read_form("a+b=%2B&=&a=%3D"),
        [pair("a b", "+"), pair("", ""), pair("a", "=")]
    );
    assert_eq!(read_form(""), []);
    for wrong in [
        "/a b",
        "/a%2",
        "/a%zz",
        "/%ff",
        "/caf\u{e9}",
        "/a?b",
        "/a\"",
        "/a\0",
        "v1",
    ] {
        assert!(
            std::panic::catch_unwind(|| read_path(wrong)).is_err(),
            "{wrong}"
        );
    }
    for wrong in [
        "a b=c", "a", "a=b=c", "a=~", "a=%", "a=%ff", "a=\u{e9}", "a=b\r\n",
    ] {
        assert!(
            std::panic::catch_unwind(|| read_form(wrong)).is_err(),
            "{wrong}"
        );
    }
}

/// Any text, mostly characters with a meaning somewhere in a URL or a request.
fn text() -> impl Strategy<Value = String> {
    let special = select(vec![
        "",
        ".",
        "..",
        "%2e",
        "%2E%2e",
        "%",
        "%%",
        "%00",
        "\0",
        "\r\n",
        "\n",
        "\t",
        " ",
        "+",
        "/",
        "\\",
        "//",
        "?",
        "#",
        "&",
        "=",
        ";",
        ":",
        "@",
        "~",
        "*",
        "{Part}",
        "é",
        "\u{1f4f6}",
        "\u{feff}",
        "\u{202e}",
        "\u{ffff}",
        "HTTP/1.1",
        "\u{7f}",
        "\u{80}",
        "\"",
        "'",
        "<",
        "|",
        "^",
        "`",
        "\r\nHost: evil.example\r\n\r\n",
    ]);
    let piece = prop_oneof![
        special.prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        vec(any::<char>(), 0..20).prop_map(String::from_iter),
    ];
    prop_oneof![
        1 => Just(String::new()),
        1 => Just(".".to_owned()),
        1 => Just("..".to_owned()),
        20 => vec(piece, 1..4).prop_map(|it| it.concat()),
    ]
}

/// A parameter name, from a set small enough for repetitions, and the values to set.
type Setting = (&'static str, Vec<String>);

fn settings() -> impl Strategy<Value = Vec<Setting>> {
    let names = [
        "Status", "PageSize", "a b", "a+b", "x&y=z", "é%20", "list[]", "", "Date<", "\0",
    ];
    vec((select(names.to_vec()), vec(text(), 0..4)), 0..6)
}

/// Returns what a call with these settings must send: names and values in the order in which the names were first set.
/// Setting a name again replaces its values.
fn expected(settings: &[Setting]) -> Vec<(String, String)> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in settings {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let mut pairs = Vec::new();
    for name in names {
        let last = settings.iter().rfind(|(it, _)| *it == name).unwrap();
        pairs.extend(last.1.iter().map(|value| (name.to_owned(), value.clone())));
    }
    pairs
}

/// A client of a server that keeps the last request.
struct RecordingClient {
    tokio: Runtime,
    client: Client,
    last: Arc<Mutex<Option<Request>>>,
}

impl RecordingClient {
    fn new() -> Self {
        let last = Arc::<Mutex<Option<Request>>>::default();
        let own = Arc::clone(&last);
        let server = Server::start(move |request| {
            *own.lock().unwrap() = Some(request.clone());
            json("{}")
        });
        let builder = Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&server.url);
        Self {
            tokio: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            client: builder.build().unwrap(),
            last,
        }
    }

    /// Sends a call for a part of a thing, which `set` prepares.
    fn send(
        &self,
        thing: &str,
        part: &str,
        set: impl FnOnce(&mut Call<Value>),
    ) -> Result<Request, Error> {
        let resource = Resource::new(&self.client, Product::new("supersim"))
            .with(thing)
            .with(part);
        let mut call = Call::json(&resource, &OPERATION);
        set(&mut call);
        self.tokio.block_on(call.send())?;
        Ok(self.last.lock().unwrap().take().unwrap())
    }
}

/// Checks `test` with random values, and shrinks the first failure.
fn check<S: Strategy>(values: &S, test: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_131),
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(values, |value| {
        test(value);
        Ok::<(), TestCaseError>(())
    });
    outcome.unwrap();
}

#[test]
fn any_path_value_is_one_segment_or_rejected() {
    let wire = RecordingClient::new();
    check(&(text(), text()), |(thing, part)| {
        let sent = wire.send(&thing, &part, |_| {});
        let wrong = [("Thing", &thing), ("Part", &part)]
            .into_iter()
            .find(|(_, it)| matches!(it.as_str(), "" | "." | ".."));
        match (sent, wrong) {
            (Ok(request), None) => {
                assert_eq!(
                    read_path(&request.target),
                    ["v1", "Things", &thing, "Parts", &part]
                );
                assert_eq!(request.text(), "");
            }
            (Err(Error::PathParameter(error)), Some((name, value))) => {
                assert_eq!(error.parameter, name);
                let is_empty = error.problem == PathParameterProblem::Empty;
                assert_eq!(is_empty, value.is_empty());
                assert!(wire.last.lock().unwrap().is_none());
            }
            (sent, wrong) => panic!("{sent:?}, {wrong:?}"),
        }
    });
}

#[test]
fn queries_and_forms_round_trip() {
    let wire = RecordingClient::new();
    check(&(settings(), settings()), |(query, form)| {
        let request = wire.send("T1", "P1", |call| {
            for (name, values) in &query {
                call.query_all(name, values.iter().map(String::as_str));
            }
            for (name, values) in &form {
                call.form_all(name, values.iter().map(String::as_str));
            }
        });
        let request = request.unwrap();
        let (path, sent) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        assert_eq!(path, "/v1/Things/T1/Parts/P1");
        assert_eq!(request.target.contains('?'), !expected(&query).is_empty());
        assert_eq!(read_form(sent), expected(&query));
        assert_eq!(read_form(request.text()), expected(&form));
        let length = request.body.len().to_string();
        assert_eq!(request.header("content-length"), Some(&*length));
    });
}

#[test]
fn single_value_is_sent() {
    let wire = RecordingClient::new();
    check(&(text(), text()), |(query, form)| {
        let request = wire.send("T1", "P1", |call| {
            call.query_all("Name", ["first", "second"]);
            call.query("Name", query.as_str());
            call.form("Name", form.as_str());
        });
        let request = request.unwrap();
        let (_, sent) = request.target.split_once('?').unwrap();
        assert_eq!(read_form(sent), [("Name".to_owned(), query)]);
        assert_eq!(read_form(request.text()), [("Name".to_owned(), form)]);
    });
}

#[test]
fn json_text_is_sent_unchanged_and_a_value_serialized() {
    #[derive(serde::Serialize)]
    struct Rule {
        all: bool,
    }
    let wire = RecordingClient::new();
    let request = wire.send("T1", "P1", |call| {
        call.form("Data", Json::text("{\"a\": [1, 2]}"));
        call.form("Value", Json::value(&Rule { all: true }));
        call.form("Text", Json::value("{}"));
        call.form_all("Rules", [Json::from(Value::Null), Json::text("")]);
        call.query("Filter", Json::text("x"));
    });
    let request = request.unwrap();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        read_form(request.text()),
        [
            pair("Data", "{\"a\": [1, 2]}"),
            pair("Value", "{\"all\":true}"),
            pair("Text", "\"{}\""),
            pair("Rules", "null"),
            pair("Rules", ""),
        ]
    );
    assert!(request.target.ends_with("?Filter=x"));
}

#[test]
fn value_without_json_is_an_error_of_the_call() {
    let wire = RecordingClient::new();
    let keyed = || Json::value(&BTreeMap::from([(vec![1], "s3cret")]));
    for is_list in [false, true] {
        let error = wire.send("T1", "P1", |call| {
            if is_list {
                call.form_all("Rules", [Json::text("{}"), keyed()]);
            } else {
                call.form("Rules", keyed());
            }
            call.query("Rules", Json::text("{}"));
        });
        let error = error.unwrap_err();
        assert_eq!(
            error.to_string(),
            "UpdatePart: the parameter `Rules` cannot be sent: JSON cannot represent its value: key must be a string"
        );
        assert!(matches!(&error, Error::JsonParameter(it) if it.parameter == "Rules"));
        assert!(!format!("{error:?}").contains("s3cret"));
    }
    assert!(wire.last.lock().unwrap().is_none());
    // Setting another value fixes it.
    let request = wire.send("T1", "P1", |call| {
        call.form("Rules", keyed());
        call.form("Rules", Json::text("[]"));
    });
    assert_eq!(request.unwrap().text(), "Rules=%5B%5D");
}

/// A request line has a maximum length; a form does not.
#[test]
fn overlong_request_line_is_an_error_and_nothing_is_sent() {
    let wire = RecordingClient::new();
    let long = "é".repeat(100_000);
    let request = wire
        .send("T1", "P1", |call| call.form("Name", long.as_str()))
        .unwrap();
    assert_eq!(
        read_form(request.text()),
        [("Name".to_owned(), long.clone())]
    );
    let errors = [
        wire.send("T1", "P1", |call| call.query("Name", long.as_str()))
            .unwrap_err(),
        wire.send("T1", &long, |_| {}).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("%C3"), "{error:?}");
    }
    assert!(wire.last.lock().unwrap().is_none());
}
