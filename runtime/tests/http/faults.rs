//! A table of failures, checked by tests: what the caller gets, and how many requests the server sees.

use std::time::Duration;

use tokio::runtime::Handle;
use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Server, Then};

use crate::retries::RetryLog;
use crate::server::{client_without_retries, json};
use crate::site::{ANSWER, Id, Kind, Lasts, Site, Target, Visit, outcome, page};
use crate::tls::AUTHORITY;
use crate::wrong_answers::{
    bytes, chunked, cut, drip, gibibyte, gibibyte_in_chunks, gzip, html, length, limited,
    with_skipped_wait,
};

/// A failure.
pub struct Fault {
    pub name: &'static str,
    pub target: Target,
    pub answer: fn(&Visit) -> Reply,
    /// The result of a `GET`, a `DELETE` and a `POST` if the failure persists.
    pub gets: [&'static str; 3],
    /// The number of requests in that case.
    pub requests: [usize; 3],
    pub time: Time,
}

/// How long a fault takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// It is over at once.
    None,
    /// It lasts until the client times out.
    Timeout,
    /// The client is told to wait for this many seconds.
    RetryAfter(u64),
}

/// A faulty response: the results of a `GET`, a `DELETE` and a `POST`.
const fn fault(
    name: &'static str,
    answer: fn(&Visit) -> Reply,
    gets: [&'static str; 3],
    requests: [usize; 3],
) -> Fault {
    Fault {
        name,
        target: Target::Server,
        answer,
        gets,
        requests,
        time: Time::None,
    }
}

impl Fault {
    const fn at(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    const fn takes(mut self, time: Time) -> Self {
        self.time = time;
        self
    }
}

/// The same result for all three methods.
const fn all(gets: &'static str) -> [&'static str; 3] {
    [gets; 3]
}

/// The result for methods with a response body. A `DELETE` succeeds with a status and JSON, or nothing.
const fn body(gets: &'static str) -> [&'static str; 3] {
    [gets, ANSWER, gets]
}

const BROKEN: [&str; 3] = all("`Transport`");
const TIMEOUT: [&str; 3] = all("`Transport`: timeout");
/// Nothing is retried.
const ONE: [usize; 3] = [1; 3];
/// It is retried, except for a `POST`, which may have been carried out.
const SAFE: [usize; 3] = [3, 3, 1];
/// It is retried: nothing has been carried out.
const EACH: [usize; 3] = [3; 3];

/// The faults of connections and responses.
#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    // Connections.
    fault("connection refused, each time of three",     |_| Reply::silence(), all("`Transport`: no connection"), [0; 3]).at(Target::Closed),
    fault("reset before the request is read",          |_| Reply::silence(),                                  BROKEN, SAFE).at(Target::Resetting),
    fault("reset after the request is read",           |_| Reply::raw("").then(Then::Reset),                  BROKEN, SAFE),
    fault("close after the request is read",           |_| Reply::raw(""),                                    BROKEN, SAFE),
    fault("close within the head",                     |_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Le"),       BROKEN, SAFE),
    fault("reset within the body",                     |_| cut().then(Then::Reset),                    BROKEN, SAFE),
    fault("truncated body, with its length",           |_| cut(),                                      BROKEN, SAFE),
    fault("truncated body, chunked",                   |_| chunked("5\r\n{\"sid\r\n"),                 BROKEN, SAFE),
    fault("truncated body, without a length",          |_| Reply::raw("HTTP/1.1 200 OK\r\n\r\n{\"sid"),       all("`Decode` of a 200"), ONE),
    fault("a server without TLS, each time of three",  |_| Reply::silence(), all("`Transport`: no connection"), [0; 3]).at(Target::WithoutTls),
    fault("a certificate of an unknown issuer",        |_| Reply::silence(), all("`Transport`: certificate"), [0; 3]).at(Target::Untrusted),
    fault("a certificate that has expired",            |_| Reply::silence(), all("`Transport`: certificate"), [0; 3]).at(Target::Expired),
    fault("a certificate for another host",            |_| Reply::silence(), all("`Transport`: certificate"), [0; 3]).at(Target::OtherHost),
    fault("a client certificate wanted",               |_| Reply::silence(), all("`Transport`: certificate"), [0; 3]).at(Target::Wanting),
    // Time.
    fault("no answer",                                 |_| Reply::silence(),                                  TIMEOUT, SAFE).takes(Time::Timeout),
    fault("stalled head",                              |_| Reply::raw("HTTP/1.1 200 OK\r\nConte").then(Then::Silence), TIMEOUT, SAFE).takes(Time::Timeout),
    fault("stalled body",                              |_| cut().then(Then::Silence),                  TIMEOUT, SAFE).takes(Time::Timeout),
    fault("body in a slow drip",                       |_| length("1000000").then(drip(b" ")),       TIMEOUT, SAFE).takes(Time::Timeout),
    fault("chunks in a slow drip",                     |_| chunked("").then(drip(b"1\r\n \r\n")),      TIMEOUT, SAFE).takes(Time::Timeout),
    fault("head in a slow drip",                       |_| Reply::raw("HTTP/1.1 200 OK\r\nA: ").then(drip(b"a")), TIMEOUT, SAFE).takes(Time::Timeout),
    fault("interim answers in a slow drip",            |_| Reply::raw("").then(drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")), TIMEOUT, SAFE).takes(Time::Timeout),
    // Refusals.
    fault("429",                                       |_| limited(&[]),                               all("`Api` 429, code 20429"), EACH),
    fault("429, HTML",                                 |_| html("429 Too Many Requests"),              all("`Api` 429"), EACH),
    fault("429, `Retry-After` of 7 s",                 |_| limited(&["Retry-After: 7"]),               all("`Api` 429, code 20429"), EACH).takes(Time::RetryAfter(7)),
    fault("429, `Retry-After` with a date in 10 s",    |_| limited(&[NOW, IN_TEN_SECONDS]),            all("`Api` 429, code 20429"), EACH).takes(Time::RetryAfter(10)),
    fault("429, `Retry-After` of 0 s",                 |_| limited(&["Retry-After: 0"]),               all("`Api` 429, code 20429"), EACH),
    fault("429, `Retry-After` with a date that has passed", |_| limited(&[NOW, TEN_SECONDS_AGO]),      all("`Api` 429, code 20429"), EACH),
    fault("429, `Retry-After` of an hour",             |_| limited(&["Retry-After: 3600"]),            all("`Api` 429, code 20429"), ONE),
    fault("503, `Retry-After` of 7 s",                 |_| Reply::new("503 Service Unavailable", &["Retry-After: 7"], ""), all("`Api` 503"), SAFE).takes(Time::RetryAfter(7)),
    fault("401",                                       |_| html("401 Unauthorized"),                   all("`Api` 401"), ONE),
    fault("404",                                       |_| Reply::new("404 Not Found", &[], r#"{"code": 20404, "message": "no", "status": 404}"#), all("`Api` 404, code 20404"), ONE),
    fault("500, HTML",                                 |_| html("500 Internal Server Error"),          all("`Api` 500"), ONE),
    fault("502, HTML",                                 |_| html("502 Bad Gateway"),                    all("`Api` 502"), SAFE),
    fault("503, HTML",                                 |_| html("503 Service Unavailable"),            all("`Api` 503"), SAFE),
    fault("504, HTML",                                 |_| html("504 Gateway Timeout"),                all("`Api` 504"), SAFE),
    fault("503, invalid UTF-8",                        |_| bytes("503 Service Unavailable", b"\xff\xfe{"), all("`Api` 503"), SAFE),
    fault("503, truncated body",                       |_| Reply::raw("HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\n<"), all("`Api` 503"), SAFE),
    fault("503, stalled body",                         |_| Reply::raw("HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\n<").then(Then::Silence), all("`Api` 503"), SAFE).takes(Time::Timeout),
    fault("503, 1 GiB",                                |_| gibibyte("503 Service Unavailable"),        all("`Api` 503"), SAFE),
    // Bodies of a 200.
    fault("error envelope",                            |_| json(r#"{"code": 20404, "message": "no", "status": 404}"#), all("`Api` 200, code 20404"), ONE),
    fault("1 GiB, with its length",                    |_| gibibyte("200 OK"),                         all("`BodyTooLarge`, 200"), ONE),
    fault("1 GiB, chunked",                            |_| gibibyte_in_chunks(),                       all("`BodyTooLarge`, 200"), ONE),
    fault("JSON that is not the schema",               |_| json(r#"{"sid": {"a": [1]}}"#),             body("`Decode` of a 200"), ONE),
    fault("JSON of another type",                      |_| json("[]"),                                 body("`Decode` of a 200"), ONE),
    fault("no body",                                   |_| json(""),                                   body("`Decode` of a 200"), ONE),
    fault("invalid UTF-8",                             |_| bytes("200 OK", b"{\"sid\": \"\xff\xfe\"}"), all("`Decode` of a 200"), ONE),
    fault("HTML",                                      |_| html("200 OK"),                             all("`Decode` of a 200"), ONE),
    fault("gzip, which was not requested",             |_| gzip(),                                     all("`Decode` of a 200"), ONE),
    fault("JSON that says it is HTML",                 as_html,                                        all(ANSWER), ONE),
    fault("204 with a body",                           |_| Reply::raw("HTTP/1.1 204 No Content\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"sid\": \"x\"}"), body("`Decode` of a 204"), ONE),
    // Framing.
    fault("`Content-Length` that is too short",        |_| length("5"),                                all("`Decode` of a 200"), ONE),
    fault("`Content-Length` that is too long",         |_| length("500"),                              BROKEN, SAFE),
    fault("`Content-Length` that is no number",        |_| length("-1"),                               BROKEN, SAFE),
    fault("two lengths",                               |_| length("5\r\nContent-Length: 6"),           BROKEN, SAFE),
    fault("chunk without a size",                      |_| chunked("x\r\n"),                           BROKEN, SAFE),
    fault("bytes that are no HTTP",                    |_| Reply::raw("SSH-2.0-x\r\n"),                       BROKEN, SAFE),
    // Headers.
    fault("header value of 64 KiB",                    |it| big_header(it, 1),                         all(ANSWER), ONE),
    fault("404, request id of 64 KiB",                 |_| Reply::new("404 Not Found", &[&format!("Twilio-Request-Id: {}", long())], ""), all("`Api` 404"), ONE),
    fault("429, `Retry-After` of 64 KiB",              |_| limited(&[&format!("Retry-After: {}", long())]), all("`Api` 429, code 20429"), ONE),
    fault("headers of 6.4 MB in all",                  |it| big_header(it, 100),                       BROKEN, SAFE),
    fault("1000 headers",                              small_headers,                                  BROKEN, SAFE),
    // Redirects.
    fault("301 to another host",                       |it| redirect(it, "301 Moved Permanently"),     all("`Api` 301"), ONE),
    fault("302 to another host",                       |it| redirect(it, "302 Found"),                 all("`Api` 302"), ONE),
    fault("303 to another host",                       |it| redirect(it, "303 See Other"),             all("`Api` 303"), ONE),
    fault("307 to another host",                       |it| redirect(it, "307 Temporary Redirect"),    all("`Api` 307"), ONE),
    fault("308 to another host",                       |it| redirect(it, "308 Permanent Redirect"),    all("`Api` 308"), ONE),
];

const NOW: &str = "Date: Fri, 31 Dec 1999 23:59:55 GMT";
const IN_TEN_SECONDS: &str = "Retry-After: Sat, 01 Jan 2000 00:00:05 GMT";
const TEN_SECONDS_AGO: &str = "Retry-After: Fri, 31 Dec 1999 23:59:45 GMT";

fn as_html(visit: &Visit) -> Reply {
    Reply::new("200 OK", &["Content-Type: text/html"], visit.body())
}

fn long() -> String {
    "1".repeat(64 * 1024)
}

fn big_header(visit: &Visit, count: usize) -> Reply {
    let header = format!("X-Long: {}", long());
    Reply::new("200 OK", &vec![&*header; count], visit.body())
}

fn small_headers(visit: &Visit) -> Reply {
    Reply::new("200 OK", &["X-Short: 1"; 1000], visit.body())
}

fn redirect(visit: &Visit, status: &str) -> Reply {
    Reply::new(
        status,
        &[&format!("Location: {}/v1/Fleets/HF1", visit.other)],
        "",
    )
}

/// A link on the first page of a list that the client must not follow, or that does not lead to a new page.
pub struct Link {
    pub name: &'static str,
    pub next: fn(&Visit) -> String,
    /// Whether the pages have no items.
    pub is_empty: bool,
    pub gets: &'static str,
    pub requests: usize,
}

const fn link(
    name: &'static str,
    next: fn(&Visit) -> String,
    gets: &'static str,
    requests: usize,
) -> Link {
    Link {
        name,
        next,
        is_empty: false,
        gets,
        requests,
    }
}

impl Link {
    const fn without_items(mut self) -> Self {
        self.is_empty = true;
        self
    }
}

const ELSEWHERE: &str = "1 item, then `NextPage`: other origin";

/// The faults of links. Their indices follow those of [`FAULTS`].
#[rustfmt::skip]
pub const LINKS: &[Link] = &[
    link("next page on another host",     |it| it.own.replace("127.0.0.1", "localhost") + PATH, ELSEWHERE, 1),
    link("next page on another port",     |it| it.other.to_owned() + PATH,                      ELSEWHERE, 1),
    link("next page with another scheme", |it| it.own.replace("http:", "https:") + PATH,        ELSEWHERE, 1),
    link("next page without a scheme",    |it| it.other.replace("http:", "") + PATH,            ELSEWHERE, 1),
    link("next page with userinfo",       |it| it.own.replace("//", "//mallory:x@") + PATH,     "1 item, then `NextPage`: userinfo", 1),
    link("next page with our host as userinfo of another", |it| it.other.replace("//", "//127.0.0.1@") + PATH, ELSEWHERE, 1),
    link("next page that is no URL",      |_| "http://[".to_owned(),                            "1 item, then `NextPage`: no URL", 1),
    link("next page that is a file",      |_| "file:///etc/passwd".to_owned(),                  ELSEWHERE, 1),
    link("next page that is this one",    |it| it.own.to_owned() + &it.request.target,          "1 item, then `NextPage`: loop", 1),
    link("page that comes again",         there_and_back,                                       "2 items, then `NextPage`: loop", 2),
    link("empty pages without an end",    one_more,                                             "`NextPage`: empty pages", 100).without_items(),
];

fn there_and_back(visit: &Visit) -> String {
    let page = if visit.is_first_page() { "&Page=1" } else { "" };
    format!("{}/v1/Fleets?Status={}{page}", visit.own, visit.id)
}

fn one_more(visit: &Visit) -> String {
    let number = visit.request.target.split_once("&Number=");
    let number = number.map_or(0, |(_, it)| it.parse::<usize>().unwrap());
    format!(
        "{}/v1/Fleets?Status={}&Number={}",
        visit.own,
        visit.id,
        number + 1
    )
}

const PATH: &str = "/v1/Fleets?Page=1";

/// Responds as the fault or the link at this index of the tables does.
pub fn answer(visit: &Visit) -> Reply {
    let at = visit.id.fault;
    match FAULTS.get(at) {
        Some(_) if visit.is_first_page() => visit.well(),
        Some(fault) => (fault.answer)(visit),
        None => {
            let link = &LINKS[at - FAULTS.len()];
            let next = (link.next)(visit);
            json(&if link.is_empty {
                page(&[], &next)
            } else {
                visit.page(&next)
            })
        }
    }
}

/// In the order of [`Fault::gets`].
pub const KINDS: [Kind; 3] = [Kind::Get, Kind::Delete, Kind::Post];

/// The time limit of an attempt. The tests' clock skips it.
pub const ATTEMPT: Duration = Duration::from_secs(5);

fn site(log: &RetryLog) -> Site {
    let clock = Handle::current();
    Site::start(
        |_| None,
        move |visit| with_skipped_wait(answer(visit), &clock, ATTEMPT),
        |url| {
            let policy = RetryPolicy::default().base_delay(Duration::ZERO);
            // The table is about single calls: earlier ones must not have used up the quota.
            let policy = policy.without_quota();
            let builder = log.builder(url).retry_policy(policy);
            let builder = builder.root_certificate(AUTHORITY.pem());
            builder.attempt_timeout(ATTEMPT).build().unwrap()
        },
    )
}

/// Checks that no request went elsewhere, and that each had the credentials.
fn check_credentials(site: &Site) {
    assert_eq!(site.other.lines(), Vec::<String>::new());
    for request in site.server.requests() {
        // printf AC1:hunter2 | base64
        assert_eq!(
            request.header("authorization"),
            Some("Basic QUMxOmh1bnRlcjI=")
        );
        assert_eq!(request.header("accept-encoding"), None);
    }
}

/// How much of a response may leave the server: the largest body that is read, plus the system's buffers. On Linux, that of
/// the client may grow to 32 MiB (`net.ipv4.tcp_rmem`) and that of the server to 4 MiB (`tcp_wmem`).
const MOST_TAKEN: usize = (32 + 40) << 20;

/// The result of a request, and how often the server saw it.
type CallResult = (String, usize);

/// The servers under test, and the deviations from the tables.
struct FaultBench {
    site: Site,
    log: RetryLog,
    wrong: Vec<String>,
}

impl FaultBench {
    /// Sends a request that meets a fault, and checks the waits.
    async fn meet(&mut self, fault: &Fault, kind: Kind, id: Id) -> CallResult {
        let (site, log) = (&self.site, &self.log);
        let (resets, retries) = (site.resets(), log.waits().len());
        let bytes = site.server.bytes_sent();
        let gets = outcome(site.client(fault.target), kind, id).await;
        let requests = site.seen(id) + site.resets() - resets;
        let bytes = site.server.bytes_sent() - bytes;
        if bytes > requests.max(1) * MOST_TAKEN {
            self.wrong
                .push(format!("{}, {kind:?}: {bytes} bytes sent", fault.name));
        }
        let waits = log.waits().split_off(retries);
        let wait = match fault.time {
            Time::RetryAfter(seconds) => Duration::from_secs(seconds),
            Time::None | Time::Timeout => Duration::ZERO,
        };
        let attempts = fault.target.attempts().unwrap_or(requests);
        if waits != vec![wait; attempts - 1] {
            self.wrong
                .push(format!("{}, {kind:?}: {waits:?}", fault.name));
        }
        (gets, requests)
    }

    fn expect(&mut self, name: &str, outcome: &CallResult, gets: &str, requests: usize) {
        if *outcome != (gets.to_owned(), requests) {
            self.wrong
                .push(format!("{name}: {outcome:?}, not {:?}", (gets, requests)));
        }
    }

    /// Returns the results of a `GET`, a `DELETE` and a `POST` with a persistent fault.
    async fn row(&mut self, at: usize, fault: &Fault) -> [CallResult; 3] {
        let mut row = [const { (String::new(), 0) }; 3];
        for (number, kind) in KINDS.into_iter().enumerate() {
            let (gets, requests) = (fault.gets[number], fault.requests[number]);
            let id = |lasts| Id {
                fault: at,
                lasts,
                number,
            };
            row[number] = self.meet(fault, kind, id(Lasts::Always)).await;
            let name = format!("{}, {kind:?}", fault.name);
            self.expect(&name, &row[number], gets, requests);
            if fault.target == Target::Server {
                // A retry finds the service working.
                let (gets, requests) = if requests == 1 {
                    (gets, 1)
                } else {
                    (ANSWER, 2)
                };
                let outcome = self.meet(fault, kind, id(Lasts::Once)).await;
                self.expect(&format!("{name}, once"), &outcome, gets, requests);
            }
        }
        row
    }
}

#[tokio::test]
#[cfg_attr(feature = "gzip", ignore = "with it, compressed answers are asked for")]
async fn faults_have_the_expected_results_and_requests() {
    let log = RetryLog::default();
    let mut bench = FaultBench {
        site: site(&log),
        log,
        wrong: Vec::new(),
    };
    let mut table = String::from(HEAD);
    for (at, fault) in FAULTS.iter().enumerate() {
        let row = bench.row(at, fault).await;
        let [get, delete, post] = row.each_ref().map(|it| it.1);
        table.push_str(&format!(
            "| {} | {} | {get}/{delete}/{post} |\n",
            fault.name,
            cell(&row)
        ));
    }
    for (at, link) in LINKS.iter().enumerate() {
        let id = Id {
            fault: FAULTS.len() + at,
            lasts: Lasts::Always,
            number: 0,
        };
        let gets = outcome(bench.site.client(Target::Server), Kind::List, id).await;
        let requests = bench.site.seen(id);
        table.push_str(&format!("| {} | {gets} | {requests}/-/- |\n", link.name));
        bench.expect(link.name, &(gets, requests), link.gets, link.requests);
    }
    assert!(bench.wrong.is_empty(), "{:#?}", bench.wrong);
    check_credentials(&bench.site);
    insta::assert_snapshot!("faults", table);
}

const HEAD: &str = "\
Each fault lasts for as long as the client asks, at most 3 times. If it passes after one request, those that were
repeated get their answer with the second request, and the others what is said here. No request came to another
host, and no error shows a credential.

| fault | what the caller gets | requests seen (GET/DELETE/POST) |
|---|---|---|
";

/// Returns the results of the three methods in as few words as possible.
fn cell([(get, _), (delete, _), (post, _)]: &[CallResult; 3]) -> String {
    if get == delete && delete == post {
        get.clone()
    } else {
        assert_eq!(get, post, "the table has no words for it");
        format!("{get}; for a `DELETE` {delete}")
    }
}

/// A server or an intermediary sends more than it declared: a response to a request that has not been made yet (reverse
/// request smuggling).
#[tokio::test]
async fn extra_bytes_after_a_response_are_not_the_next_response() {
    let heads = ["200 OK", "204 No Content", "304 Not Modified"];
    for head in heads {
        let server = Server::start(move |request| {
            let forged = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"sid\": \"forged\"}";
            if request.method == "DELETE" {
                let answer = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n{forged}");
                Reply::raw(answer).then(Then::Next)
            } else {
                json(r#"{"sid": "own"}"#)
            }
        });
        let client = client_without_retries(&server);
        for _ in 0..20 {
            let deleted = client.fleet("HF1").delete().await;
            assert_eq!(deleted.is_ok(), !head.starts_with("304"), "{deleted:?}");
            let fleet = client.fleets().create("HA1").await.unwrap();
            assert_eq!(fleet.sid.as_deref(), Some("own"), "{head}");
        }
        assert_eq!(server.requests().len(), 40);
    }
}
