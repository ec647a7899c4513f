//! A table of failures of bearer tokens, checked over real sockets: what the caller gets, and how many requests each
//! server sees.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use tokio::runtime::Handle;
use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Request, Server, Then};

use crate::api::Client;
use crate::faults::{ATTEMPT, KINDS};
use crate::server::json;
use crate::site::{ANSWER, Id, Kind, Lasts, closed, count, outcome};
use crate::wrong_answers::{
    bytes, cut, drip, gibibyte, gibibyte_in_chunks, html, length, limited, with_skipped_wait,
};

/// A failure of a token.
struct Fault {
    name: &'static str,
    /// Creates the response of the token endpoint, given a server that must not receive any request. Without it, the
    /// endpoint issues tokens.
    endpoint: Option<fn(&str) -> Reply>,
    /// Returns whether the service rejects a token, by its number.
    is_refused: fn(usize) -> bool,
    gets: &'static str,
    /// The number of requests to the service, and to the token endpoint.
    requests: (usize, usize),
}

impl Fault {
    /// Returns whether the token endpoint is unreachable.
    fn is_closed(&self) -> bool {
        self.requests == (0, 0)
    }
}

/// A fault of the token endpoint: the service gets no request.
const fn endpoint(name: &'static str, answer: fn(&str) -> Reply, tokens: usize) -> Fault {
    Fault {
        name,
        endpoint: Some(answer),
        is_refused: |_| false,
        gets: "`Authentication`",
        requests: (0, tokens),
    }
}

/// A token that the service rejects.
const fn refused(
    name: &'static str,
    is_refused: fn(usize) -> bool,
    gets: &'static str,
    requests: (usize, usize),
) -> Fault {
    Fault {
        name,
        endpoint: None,
        is_refused,
        gets,
        requests,
    }
}

/// A token that is useless to a later call.
const fn ended(name: &'static str, answer: fn(&str) -> Reply) -> Fault {
    Fault {
        gets: ANSWER,
        requests: (1, 1),
        ..endpoint(name, answer, 1)
    }
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    refused("token that has expired",                    |number| number == 1,                 ANSWER,      (2, 2)),
    refused("token that stays refused",                  |_| true,                             "`Api` 401", (2, 2)),
    ended("token that has expired when it comes",        |_| json(r#"{"access_token": "hunter2.1", "expires_in": 0}"#)),
    ended("token that expired long ago when it comes",   |_| json(r#"{"access_token": "hunter2.1", "expires_in": -3600}"#)),
    endpoint("token endpoint: connection refused, each time of three", |_| Reply::silence(),             0),
    endpoint("token endpoint: reset",                       |_| Reply::raw("").then(Then::Reset),        3),
    endpoint("token endpoint: close",                       |_| Reply::raw(""),                          3),
    endpoint("token endpoint: truncated body",              |_| cut(),                            3),
    endpoint("token endpoint: no answer",                   |_| Reply::silence(),                        3),
    endpoint("token endpoint: stalled body",                |_| cut().then(Then::Silence),        3),
    endpoint("token endpoint: body in a slow drip",         |_| length("1000000").then(drip(b" ")), 3),
    endpoint("token endpoint: 400",                         |_| Reply::new("400 Bad Request", &[], r#"{"error": "invalid_client", "error_description": "the-secret-hunter2 is wrong"}"#), 2),
    endpoint("token endpoint: 400, another error",          |_| Reply::new("400 Bad Request", &[], r#"{"error": "invalid_scope"}"#), 1),
    endpoint("token endpoint: 401, HTML",                   |_| html("401 Unauthorized"),         2),
    endpoint("token endpoint: 429",                         |_| limited(&[]),                     3),
    endpoint("token endpoint: 500, HTML",                   |_| html("500 Internal Server Error"), 1),
    endpoint("token endpoint: 503, HTML",                   |_| html("503 Service Unavailable"),  3),
    endpoint("token endpoint: 503, 1 GiB",                  |_| gibibyte("503 Service Unavailable"), 3),
    endpoint("token endpoint: 307 to another host",         |it| elsewhere("307 Temporary Redirect", it), 1),
    endpoint("token endpoint: 302 to another host",         |it| elsewhere("302 Found", it),      1),
    endpoint("token endpoint: HTML",                        |_| html("200 OK"),                   1),
    endpoint("token endpoint: JSON without a token",        |_| json("{}"),                       1),
    endpoint("token endpoint: token with a line end",       |_| json(r#"{"access_token": "a\r\nX-Evil: 1"}"#), 1),
    endpoint("token endpoint: invalid UTF-8",               |_| bytes("200 OK", b"{\"access_token\": \"\xff\"}"), 1),
    endpoint("token endpoint: 204",                         |_| Reply::new("204 No Content", &[], ""), 1),
    endpoint("token endpoint: 1 GiB, with its length",      |_| gibibyte("200 OK"),               1),
    endpoint("token endpoint: 1 GiB, chunked",              |_| gibibyte_in_chunks(),             1),
];

/// The prefix of each token. No error may contain it.
const TOKEN: &str = "hunter2.";

/// Must not appear in errors, nor in any request but token requests.
const SECRET: &str = "the-secret-hunter2";

fn issued(number: usize) -> Reply {
    let token = format!("{TOKEN}{number}");
    json(&format!(
        r#"{{"access_token": "{token}", "token_type": "Bearer", "expires_in": 3600}}"#
    ))
}

fn elsewhere(status: &str, other: &str) -> Reply {
    Reply::new(status, &[&format!("Location: {other}/token")], "")
}

/// Three servers. The id of a call is the first segment of every path.
struct TokenBench {
    service: Server,
    endpoint: Server,
    closed_url: String,
    /// Must not receive any request.
    other: Server,
}

impl TokenBench {
    fn start() -> Self {
        let other = Server::replying([]);
        let (clock, other_url) = (Handle::current(), other.url.clone());
        let asked = Mutex::new(BTreeMap::new());
        let endpoint = Server::start(move |request| {
            let id = id_of(request);
            let before = count(&asked, id);
            match FAULTS[id.fault].endpoint {
                Some(answer) if id.lasts == Lasts::Always || before == 0 => {
                    with_skipped_wait(answer(&other_url), &clock, ATTEMPT)
                }
                _ => issued(before + 1),
            }
        });
        let service = Server::start(|request| {
            let id = id_of(request);
            let token = request.header("authorization").unwrap();
            let number = token.strip_prefix("Bearer hunter2.").unwrap();
            if (FAULTS[id.fault].is_refused)(number.parse().unwrap()) {
                html("401 Unauthorized")
            } else {
                json(&format!(r#"{{"sid": "{id}"}}"#))
            }
        });
        Self {
            service,
            endpoint,
            closed_url: closed(),
            other,
        }
    }

    /// Returns the result of a call, and how many requests the service and the token endpoint see.
    async fn meet(&self, kind: Kind, id: Id) -> (String, (usize, usize)) {
        let endpoint = if FAULTS[id.fault].is_closed() {
            &self.closed_url
        } else {
            &self.endpoint.url
        };
        let policy = RetryPolicy::default().base_delay(Duration::ZERO);
        let client: Client = Client::builder()
            .client_credentials(format!("{endpoint}/{id}"), "the-id", SECRET)
            .base_url(format!("{}/{id}", self.service.url))
            .retry_policy(policy)
            .attempt_timeout(ATTEMPT)
            .build()
            .unwrap();
        let gets = outcome(&client, kind, id).await;
        let seen = |server: &Server| {
            let requests = server.requests();
            requests.iter().filter(|it| id_of(it) == id).count()
        };
        (gets, (seen(&self.service), seen(&self.endpoint)))
    }

    fn check_credentials(&self) {
        assert_eq!(self.other.lines(), Vec::<String>::new());
        for request in self.endpoint.requests() {
            assert_eq!(request.method, "POST");
            let basic = request.header("authorization");
            let is_in_body = request.text().contains(SECRET);
            // printf the-id:the-secret-hunter2 | base64
            let expected = (!is_in_body).then_some("Basic dGhlLWlkOnRoZS1zZWNyZXQtaHVudGVyMg==");
            assert_eq!(basic, expected);
            assert!(!request.target.contains("hunter2"), "{request:?}");
        }
        for request in self.service.requests() {
            assert!(!format!("{request:?}").contains(SECRET), "{request:?}");
        }
    }
}

fn id_of(request: &Request) -> Id {
    Id::read(request.target.split('/').nth(1).unwrap())
}

#[tokio::test]
async fn token_faults_have_the_expected_results_and_requests() {
    let bench = TokenBench::start();
    let mut table = String::from(HEAD);
    let mut wrong = Vec::new();
    for (at, fault) in FAULTS.iter().enumerate() {
        for (number, kind) in KINDS.into_iter().enumerate() {
            let id = |lasts| Id {
                fault: at,
                lasts,
                number,
            };
            let met = bench.meet(kind, id(Lasts::Always)).await;
            if met != (fault.gets.to_owned(), fault.requests) {
                wrong.push(format!("{}, {kind:?}: {met:?}", fault.name));
            }
            if fault.endpoint.is_none() || fault.is_closed() {
                continue;
            }
            let expected = match fault.requests {
                (_, 1) => (fault.gets, fault.requests),
                (_, _) => (ANSWER, (1, 2)),
            };
            let met = bench.meet(kind, id(Lasts::Once)).await;
            if met != (expected.0.to_owned(), expected.1) {
                wrong.push(format!("{}, once, {kind:?}: {met:?}", fault.name));
            }
        }
        let (service, endpoint) = fault.requests;
        let row = format!(
            "| {} | {} | {service} | {endpoint} |\n",
            fault.name, fault.gets
        );
        table.push_str(&row);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    bench.check_credentials();
    insta::assert_snapshot!("token_faults", table);
}

const HEAD: &str = "\
The same for a GET, a DELETE and a POST. Each fault lasts for as long as the client asks. A token that was asked for
more than once is issued if the fault passes after one request, and the call gets its answer. No request came to
another host, the secret was sent to the token endpoint alone, and no error shows it or a token.

| fault | what the caller gets | requests to the service | requests for a token |
|---|---|---|---|
";
